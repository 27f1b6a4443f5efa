// The peer that most people would build: the standard as a workbook of hyperformula.
//
// Sheet Figures: column A what is entered, B what counts (entered or derived). Sheet Clauses: the
// verdict as 0, 1 (unknown) or 2 (met), 3 and 4 for what does not count. Sheet Totals: one row of
// counts for everything, then one per group.

import { HyperFormula } from 'hyperformula';
import { YEAR, comparison } from './rules.mjs';

const VERDICTS = [0, 1, 2, 3, 4];

export class Workbook {
  #engine;
  #rows;

  constructor(standard) {
    this.#rows = new Map(standard.figures.map(({ id }, row) => [id, row]));
    this.#engine = HyperFormula.buildFromSheets(
      { Figures: this.#figures(standard), Clauses: standard.clauses.map((clause) => [clause.exempt ? 3 : `=${this.#judge(clause.rule)}`]), Totals: totals(standard) },
      { licenseKey: 'gpl-v3' },
    );
    this.sheets = Object.fromEntries(['Figures', 'Clauses', 'Totals'].map((name) => [name, this.#engine.getSheetId(name)]));
  }

  /** Changes one figure; undefined clears it. Answers the cells that changed. */
  enter(figure, value) {
    return this.#engine.setCellContents({ sheet: this.sheets.Figures, row: this.#rows.get(figure), col: 0 }, [[value ?? null]]);
  }

  verdict(clause) {
    return this.#engine.getCellValue({ sheet: this.sheets.Clauses, row: clause, col: 0 });
  }

  /** How many clauses came out so, in all (row 0) or in a group. */
  count(verdict, row = 0) {
    return this.#engine.getCellValue({ sheet: this.sheets.Totals, row, col: verdict });
  }

  derived(figure) {
    return this.#engine.getCellValue({ sheet: this.sheets.Figures, row: this.#rows.get(figure), col: 1 });
  }

  #figures({ figures, values }) {
    const scale = new Map(figures.map((figure) => [figure.id, figure.scale]));
    return figures.map(({ id, formula }, row) => {
      const names = formula?.match(/[a-z]\w*/g) ?? [];
      const inBaseUnits = formula?.replace(/[a-z]\w*/g, (name) => `(Figures!B${this.#rows.get(name) + 1}*${scale.get(name)})`);
      const fallback = formula ? `IF(AND(${names.map((name) => this.#known(name)).join()}),IFERROR((${inBaseUnits})/${scale.get(id)},""),"")` : '""';
      return [values[id] ?? null, `=IF(ISNUMBER(A${row + 1}),A${row + 1},${fallback})`];
    });
  }

  #at(figure) {
    return `Figures!B${this.#rows.get(figure) + 1}`;
  }

  #known(figure) {
    return `ISNUMBER(${this.#at(figure)})`;
  }

  #compare(figure, operator, threshold, also = []) {
    return `IF(AND(${[this.#known(figure), ...also].join()}),IF(${this.#at(figure)}${operator}${threshold},2,0),1)`;
  }

  #judge(rule) {
    const compared = comparison(rule);
    if (compared) return this.#compare(rule.figure, ...compared);
    const parts = () => rule.of.map((part) => this.#judge(part)).join();
    switch (rule.kind) {
      case 'yes_no': return this.#compare(rule.figure, '>=', 1);
      case 'external': return this.#compare(rule.figure, rule.op, this.#at(rule.target), [this.#known(rule.target)]);
      case 'all_of': return `MIN(${parts()})`;
      case 'any_of': return `MAX(${parts()})`;
      case 'growth': return this.#growth(rule);
      case 'rising': return this.#rising(rule);
      case 'context': return '4';
      default: throw new Error(`no rule ${rule.kind}`);
    }
  }

  #growth(rule) {
    const base = this.#at(rule.base);
    const also = [this.#known(rule.base)];
    let years = '1';
    if (rule.since || rule.since_figure) {
      const from = rule.since ?? this.#at(rule.since_figure);
      years = `(${this.#at(YEAR)}-${from})`;
      also.push(this.#known(YEAR), `${this.#at(YEAR)}>${from}`, ...(rule.since ? [] : [this.#known(rule.since_figure)]));
    }
    const needed = rule.measure === 'percentage_point' ? `(${base}+${rule.value}*${years})` : `(${base}*POWER(1+${rule.value}/100,${years}))`;
    const grown = this.#compare(rule.current, '>=', needed, also);
    return rule.rate ? `IF(${this.#known(rule.rate)},${this.#compare(rule.rate, '>=', rule.value)},${grown})` : grown;
  }

  #rising({ series }) {
    const until = this.#at(YEAR);
    const pairs = series.slice(1).map(({ year, figure }, index) => {
      const before = series[index].figure;
      return `AND(${until}>=${year},${this.#known(before)},${this.#known(figure)},${this.#at(figure)}<=${this.#at(before)})`;
    });
    const complete = series.slice(1).map(({ year }, index) => `AND(${until}=${year},${series.slice(0, index + 2).map(({ figure }) => this.#known(figure)).join()})`);
    return `IF(${this.#known(YEAR)},IF(OR(${pairs.join()}),0,IF(OR(${complete.join()}),2,1)),1)`;
  }
}

/** Clauses of a group follow each other in these documents, so each group is one range. */
function totals({ clauses, groups }) {
  const counts = (from, to) => VERDICTS.map((verdict) => `=COUNTIF(Clauses!A${from + 1}:A${to + 1},${verdict})`);
  const ofGroup = ({ id }) => counts(clauses.findIndex(({ group }) => group === id), clauses.findLastIndex(({ group }) => group === id));
  return [counts(0, clauses.length - 1), ...groups.map(ofGroup)];
}
