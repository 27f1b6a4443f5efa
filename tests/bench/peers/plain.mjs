// The peer in plain JavaScript: one closure per clause over an object of figures, in floats.

import { YEAR, comparison } from './rules.mjs';

export const NOT_MET = 0;
export const UNKNOWN = 1;
export const MET = 2;
export const EXEMPT = 3;
export const CONTEXT = 4;

const HOLDS = { '>=': (a, b) => a >= b, '>': (a, b) => a > b, '<=': (a, b) => a <= b, '<': (a, b) => a < b };

/** A function from what is entered to figures, verdicts and counts. */
export function compile(standard) {
  const scales = Object.fromEntries(standard.figures.map(({ id, scale }) => [id, scale]));
  const derived = standard.figures.filter(({ formula }) => formula).map((figure) => [figure.id, formulaOf(figure, scales)]);
  const judges = standard.clauses.map(({ exempt, rule }) => (exempt ? () => EXEMPT : judge(rule)));
  const groups = standard.clauses.map(({ group }) => group);
  return (entered) => {
    const known = { ...entered };
    for (const [id, formula] of derived) known[id] ??= formula(known);
    const total = [0, 0, 0, 0, 0];
    const tallies = {};
    const verdicts = judges.map((judge, index) => {
      const verdict = judge(known);
      total[verdict] += 1;
      (tallies[groups[index]] ??= [0, 0, 0, 0, 0])[verdict] += 1;
      return verdict;
    });
    return { known, verdicts, tallies, total };
  };
}

function formulaOf({ id, formula }, scales) {
  const names = [...new Set(formula.match(/[a-z]\w*/g))];
  const inBaseUnits = formula.replace(/[a-z]\w*/g, (name) => `(known.${name} * ${scales[name]})`);
  // Written out once, as a person would write it.
  const value = new Function('known', `return (${inBaseUnits}) / ${scales[id]};`);
  return (known) => {
    if (names.some((name) => known[name] === undefined)) return undefined;
    const result = value(known);
    return Number.isFinite(result) ? result : undefined;
  };
}

function judge(rule) {
  const compared = comparison(rule);
  if (compared) {
    const [holds, threshold] = [HOLDS[compared[0]], compared[1]];
    return (known) => verdict(known[rule.figure], threshold, holds);
  }
  switch (rule.kind) {
    case 'yes_no': return (known) => verdict(known[rule.figure], 1, HOLDS['>=']);
    case 'external': return (known) => verdict(known[rule.figure], known[rule.target], HOLDS[rule.op]);
    case 'all_of': return several(rule.of.map(judge), Math.min);
    case 'any_of': return several(rule.of.map(judge), Math.max);
    case 'growth': return growth(rule);
    case 'rising': return rising(rule);
    case 'context': return () => CONTEXT;
    default: throw new Error(`no rule ${rule.kind}`);
  }
}

function verdict(value, threshold, holds) {
  if (value === undefined || threshold === undefined) return UNKNOWN;
  return holds(value, threshold) ? MET : NOT_MET;
}

const several = (judges, choose) => (known) => judges.reduce((found, judge) => choose(found, judge(known)), judges[0](known));

function growth(rule) {
  const asked = Number(rule.value);
  return (known) => {
    const rate = known[rule.rate];
    if (rate !== undefined) return verdict(rate, asked, HOLDS['>=']);
    const from = rule.since ?? known[rule.since_figure];
    const years = rule.since || rule.since_figure ? known[YEAR] - from : 1;
    const base = known[rule.base];
    if (base === undefined || !(years > 0)) return UNKNOWN;
    const needed = rule.measure === 'percentage_point' ? base + asked * years : base * (1 + asked / 100) ** years;
    return verdict(known[rule.current], needed, HOLDS['>=']);
  };
}

const rising = ({ series }) => (known) => {
  const until = known[YEAR];
  const years = series.filter(({ year }) => year <= until);
  const values = years.map(({ figure }) => known[figure]);
  if (values.some((value, index) => index > 0 && value <= values[index - 1])) return NOT_MET;
  const complete = years.length > 1 && years.at(-1).year === until && !values.includes(undefined);
  return complete ? MET : UNKNOWN;
};
