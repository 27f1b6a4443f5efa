// Random questions to the planner: the town standard, 60 measures, six kinds of limits. Everything
// follows from a seed.

import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const STANDARD = 'quxian-central-town-2021';
export const MEASURES = 60;

/** A small generator of random numbers (mulberry32). */
function generator(seed) {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  };
}

const standard = JSON.parse(readFileSync(fileURLToPath(new URL(`../../dist/standards/${STANDARD}.json`, import.meta.url)), 'utf8'));

const units = new Map(standard.figures.map(({ id, unit }) => [id, unit]));

/** What can be done: every answer that a clause asks for, and every threshold. */
const usable = standard.clauses.flatMap((clause) => {
  if (units.get(clause.id) === null) return [{ kind: 'done', figure: clause.id, value: '' }];
  const tests = clause.conditions.filter(({ role, value }) => role === 'test' && value !== null);
  return tests.map(({ figure, op, value }) => {
    // A strict threshold is passed by one whole unit.
    const step = { '>': 1, '<': -1 }[op] ?? 0;
    return { kind: op.startsWith('>') ? 'at_least' : 'at_most', figure, value: step === 0 ? value : String(Number(value) + step) };
  });
});

/**
 * Question number `seed`. About a third of the measures serve several clauses or only together with
 * another, some require or exclude each other; costs are whole 万元 and person-months. Limits: a
 * number of clauses, two floors, money or work, a deadline, a number of measures per department.
 */
export function question(seed) {
  const random = generator(seed);
  const below = (limit) => Math.floor(random() * limit);
  const pool = [...usable];
  const chosen = [];
  while (chosen.length < MEASURES && pool.length > 0) chosen.push(...pool.splice(below(pool.length), 1));
  const departments = [...new Set(standard.clauses.flatMap((clause) => clause.departments.map(({ name }) => name)))];
  const measures = chosen.map(({ kind, figure, value }, number) => ({
    kind,
    figure,
    value,
    class: 'own',
    cost: { money: String(1 + below(200)), effort: String(1 + below(40)), months: String(1 + below(20)) },
    earliest: '',
    department: standard.departments[below(standard.departments.length)].id,
    used: true,
    requires: number > 0 && random() < 0.1 ? [below(number)] : [],
    excludes: number > 0 && random() < 0.05 ? [below(number)] : [],
    own: true,
  }));
  if (departments.length === 0) throw new Error('the standard names no departments');
  const tops = standard.groups.filter(({ parent }) => parent === null);
  const floors = Object.fromEntries([below(tops.length), below(tops.length)].map((index) => [tops[index].id, String(1 + below(3))]));
  const byMoney = random() < 0.5;
  const goal = {
    wanted: byMoney ? 'money' : 'effort',
    least_met: String(10 + below(14)),
    least_share: '',
    money: byMoney ? '' : String(900 + below(900)),
    effort: byMoney ? String(180 + below(180)) : '',
    start: '2024-1',
    deadline: `${2025 + below(2)}-${2 + below(3)}`,
    department: String(3 + below(4)),
    floors,
    must: [],
  };
  const draft = { format: 1, standard: STANDARD, title: '', touched: true, level: 'town', sample: '', figures: {}, clauses: {} };
  const project = { format: 1, scenarios: [], years: [], classes: [], measures, goal };
  return JSON.stringify({ locale: 'zh-CN', draft, project });
}
