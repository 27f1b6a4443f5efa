// P2: the judging alone, in WebAssembly under Node.

import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { fileURLToPath } from 'node:url';
import { MET, compile } from './peers/plain.mjs';
import { Workbook } from './peers/workbook.mjs';
import { digits, median, table, times } from './stats.mjs';

const MODULE = fileURLToPath(new URL('../../dist/embed/node/dabiao_embed.js', import.meta.url));
const EDITS = 2000;
const FIELDS = ['seat_population', 'road_area', 'town_population', 'sewage_treated', 'sports_area', 'urban_income'];
const VALUES = ['1', '12', '3.5', '250000', '13', '21000'];
const GOAL = { edit: 50, rescore: 1 };

/** The edits of a round: field, text and number. */
const edits = Array.from({ length: EDITS }, (_, turn) => {
  const text = VALUES[(turn + Math.floor(turn / FIELDS.length)) % VALUES.length];
  return [FIELDS[turn % FIELDS.length], text, Number(text)];
});

export function run({ rounds, standard }) {
  const Session = existsSync(MODULE) && createRequire(import.meta.url)(MODULE).Session;
  if (!Session) return null;
  const session = new Session(standard.id);
  standard.texts.forEach(({ id, text }) => session.enter(id, text));
  const indexes = new Map(FIELDS.map((id) => [id, session.figureIndex(id)]));
  // The Session has no exemptions, so the peers go without them too.
  const asked = { ...standard, clauses: standard.clauses.map((clause) => ({ ...clause, exempt: false })) };
  const workbook = new Workbook(asked);
  const judge = compile(asked);
  const values = { ...standard.values };

  for (const [figure, text, value] of edits) {
    session.enterAt(indexes.get(figure), text);
    workbook.enter(figure, value);
    values[figure] = value;
    const answers = [session.met(), session.rescore(), workbook.count(MET), judge(values).total[MET]];
    if (new Set(answers).size > 1) throw new Error(`after ${figure} = ${text} the counts differ: ${answers}`);
  }

  const work = {
    oursEdit: () => edits.forEach(([figure, text]) => { session.enterAt(indexes.get(figure), text); session.met(); }),
    workbookEdit: () => edits.forEach(([figure, , value]) => { workbook.enter(figure, value); workbook.count(MET); }),
    oursRescore: () => edits.forEach(() => session.rescore()),
    plainRescore: () => edits.forEach(([figure, , value]) => { values[figure] = value; judge(values); }),
  };
  const taken = Object.fromEntries(Object.keys(work).map((name) => [name, []]));
  for (let round = 0; round < rounds; round += 1) {
    for (const [name, run] of Object.entries(work)) {
      const start = performance.now();
      run();
      taken[name].push(((performance.now() - start) * 1000) / EDITS);
    }
  }
  return Object.fromEntries(Object.entries(taken).map(([name, values]) => [name, median(values)]));
}

export function report(results) {
  if (!results) return { table: 'not measured: dist/embed has no Session', verdicts: [] };
  const { oursEdit, workbookEdit, oursRescore, plainRescore } = results;
  return {
    table: table(['microseconds', 'Dabiao', 'peer', 'faster by'], [
      ['one figure changes → new report (peer: hyperformula)', digits(oursEdit), digits(workbookEdit), times(workbookEdit / oursEdit)],
      ['full re-score (peer: plain objects, floats)', digits(oursRescore), digits(plainRescore), times(plainRescore / oursRescore)],
    ]),
    verdicts: [
      [`an edit at least ${GOAL.edit} times as fast as hyperformula`, times(workbookEdit / oursEdit), workbookEdit / oursEdit >= GOAL.edit],
      ['a full re-score faster than plain objects', times(plainRescore / oursRescore), plainRescore / oursRescore > GOAL.rescore],
    ],
  };
}
