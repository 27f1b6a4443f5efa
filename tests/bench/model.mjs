// A standard and an example as the peers need them: plain objects with numbers in f64, read from the
// same files as ours, so that both judge the same things.

import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { parse } from 'smol-toml';
import { figuresOf } from './peers/rules.mjs';

export const TOWN = { standard: 'quxian-central-town-2021', sample: 'invented-central-town' };
export const COUNTY = { standard: 'quxian-county-seat-2024', sample: 'quxian-county-seat-2022' };

// How many base units make one of the unit; 1 where it is not listed. As in `crates/core/src/unit.rs`.
const SCALES = {
  percent: 0.01, wan_person: 1e4, wan_yuan: 1e4, yi_yuan: 1e8, square_kilometre: 1e6, wan_mu: 2e7 / 3, kilometre: 1e3, ton: 1e3,
  wan_ton: 1e7, staff_per_wan_person: 1e-4, bed_per_thousand_person: 1e-3, wan_yuan_per_person: 1e4,
};

const seed = (path) => parse(readFileSync(fileURLToPath(new URL(`../../seeds/${path}.toml`, import.meta.url)), 'utf8'));

/** Figures, clauses, groups at the top, and what the example enters, as numbers and as text. */
export function load({ standard: id, sample: sampleId }) {
  const standard = seed(`standards/${id}`);
  const sample = seed(`samples/${sampleId}`);
  const exempt = new Set((sample.not_applicable ?? []).map((entry) => entry.clause));
  const parents = new Map(standard.group.map((group) => [group.id, group.parent]));
  const top = (group) => (parents.get(group) ? top(parents.get(group)) : group);
  const figures = new Map();
  const add = (figure) => figures.set(figure.id, { yesNo: figure.kind === 'yes_no', scale: SCALES[figure.unit] ?? 1, ...pick(figure) });
  [...seed('figures').figure, ...standard.figure].forEach(add);
  const clauses = standard.clause.map((clause) => {
    const rule = clause.rule ?? clause.reading[0].rule;
    if (rule.kind === 'yes_no' && !rule.figure) {
      rule.figure = clause.id;
      add({ id: clause.id, zh: clause.zh, kind: 'yes_no' });
    }
    const asked = [...new Set(figuresOf(rule))];
    const raw = asked.flatMap((figure) => figures.get(figure).formula?.match(/[a-z]\w*/g) ?? []);
    return { id: clause.id, ref: clause.ref, name: clause.zh, group: top(clause.group), rule, exempt: exempt.has(clause.id), inputs: [...asked, ...raw] };
  });
  const groups = standard.group.filter((group) => !group.parent).map((group) => ({ id: group.id, name: group.zh }));
  const values = Object.fromEntries(sample.figure.map(({ id, text }) => [id, numberOf(text, figures.get(id))]));
  return { id, figures: [...figures.values()], clauses, groups, values, texts: sample.figure };
}

const pick = ({ id, zh, unit, formula }) => ({ id, label: zh, unit, formula });

/** `31.2万平方米`, `1:13`, `yes`: as much of what ours reads as the examples need. */
function numberOf(text, figure) {
  if (figure.yesNo) return Number(text === 'yes');
  const ratio = text.match(/^1:(.+)$/);
  if (ratio) return Number(ratio[1]);
  const [, number, multiplier] = text.match(/^([\d.]+)([万亿]?)/);
  const units = { 万: 1e4, 亿: 1e8 };
  const own = figure.unit?.startsWith('wan_') ? 1e4 : figure.unit?.startsWith('yi_') ? 1e8 : 1;
  return multiplier ? (Number(number) * units[multiplier]) / own : Number(number);
}
