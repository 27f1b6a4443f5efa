// What rules look at, for both peers.

/** The figures that a rule looks at. */
export function figuresOf(rule) {
  switch (rule.kind) {
    case 'all_of':
    case 'any_of':
      return rule.of.flatMap(figuresOf);
    case 'external':
      return [rule.figure, rule.target];
    case 'growth':
      return [rule.current, rule.base, rule.rate, rule.since_figure, (rule.since || rule.since_figure) && YEAR].filter(Boolean);
    case 'rising':
      return [...rule.series.map(({ figure }) => figure), YEAR];
    default:
      return rule.figure ? [rule.figure] : [];
  }
}

/** The figure that holds the assessed year. */
export const YEAR = 'assessment_year';

/** The comparison and the threshold of a rule that has one. */
export function comparison(rule) {
  switch (rule.kind) {
    case 'at_least': return [rule.strict ? '>' : '>=', Number(rule.value)];
    case 'at_most': return [rule.strict ? '<' : '<=', Number(rule.value)];
    case 'count': return ['>=', Number(rule.value)];
    case 'rank': return ['<=', Number(rule.value)];
    case 'toward': return [rule.direction === 'rising' ? '>=' : '<=', Number(rule.target)];
    default: return null;
  }
}
