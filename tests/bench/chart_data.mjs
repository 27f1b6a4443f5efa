// What our charts show, as numbers for another library.

import { EXEMPT, MET, NOT_MET, UNKNOWN, compile } from './peers/plain.mjs';
import { comparison } from './peers/rules.mjs';

const VERDICTS = [[MET, '达标'], [NOT_MET, '未达标'], [UNKNOWN, '未知'], [EXEMPT, '不适用']];
const JUDGED = VERDICTS.slice(0, 3);

/** Every chart before and after a figure of its standard changed. */
export function chartData(town, county) {
  const [townBefore, townAfter] = states(town, { sewage_treated: 70, road_area: 330000, seat_population: 2.2 });
  const [countyBefore, countyAfter] = states(county, { gdp: 450, resident_population: 92, urban_population: 45 });
  const both = (chart, standard, before, after) => ({ before: chart(standard, before), after: chart(standard, after) });
  return {
    bars: both(bars, town, townBefore, townAfter),
    radar: both(radar, town, townBefore, townAfter),
    bullets: both(bullets, town, townBefore, townAfter),
    ways: both(ways, county, countyBefore, countyAfter),
  };
}

function states(standard, changes) {
  const judge = compile(standard);
  return [judge(standard.values), judge({ ...standard.values, ...changes })];
}

const bars = ({ groups }, { tallies }) => ({
  labels: groups.map(({ name }) => name),
  series: VERDICTS.map(([verdict, name]) => ({ name, data: groups.map(({ id }) => tallies[id][verdict]) })),
});

function radar({ groups }, { tallies }) {
  const applicable = (id) => tallies[id][MET] + tallies[id][NOT_MET] + tallies[id][UNKNOWN];
  const shown = groups.filter(({ id }) => applicable(id) > 0);
  const share = (of) => shown.map(({ id }) => of(tallies[id]) / applicable(id));
  return {
    labels: shown.map(({ name }) => name),
    series: [{ name: '最好', data: share((tally) => tally[MET] + tally[UNKNOWN]) }, { name: '最差', data: share((tally) => tally[MET]) }],
  };
}

function bullets({ clauses }, { known, verdicts }) {
  const rows = clauses.flatMap(({ ref, name, rule }, index) => {
    const compared = [rule, ...(rule.of ?? [])].find((part) => comparison(part) || part.kind === 'external');
    if (!compared) return [];
    const [operator, threshold] = comparison(compared) ?? [compared.op, known[compared.target]];
    if (!threshold) return [];
    const value = known[compared.figure];
    return [{ label: `${ref} ${name}`, verdict: verdicts[index], share: value / threshold, text: `${value ?? '缺'}  ${operator} ${threshold}` }];
  });
  return byVerdict(rows, { min: 0, max: 1.5 });
}

function ways({ clauses }, { known, verdicts }) {
  const rows = clauses.flatMap(({ ref, name, rule }, index) => {
    if (rule.kind !== 'toward') return [];
    const value = known[rule.figure];
    const share = (value - rule.baseline) / (rule.target - rule.baseline);
    return [{ label: `${ref} ${name}`, verdict: verdicts[index], share, text: `${value ?? '缺'} → ${rule.target}` }];
  });
  return byVerdict(rows, { min: -0.5, max: 1.5 });
}

const byVerdict = (rows, scale) => ({
  scale,
  labels: rows.map(({ label }) => label),
  texts: rows.map(({ text }) => text),
  series: JUDGED.map(([verdict, name]) => ({
    name,
    data: rows.map((row) => (row.verdict === verdict ? (Number.isFinite(row.share) ? Math.min(Math.max(row.share, scale.min), scale.max) : 0) : '-')),
  })),
});
