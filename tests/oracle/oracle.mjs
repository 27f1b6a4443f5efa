// A second, independent scorer, used only to check the main one.
// It is written from seeds/README.md alone and shares no code with the main scorer.
//
//   node oracle.mjs <standard.json> < assessments.jsonl > verdicts.jsonl
//
// Per clause: M met, N not met, U unknown, A not applicable, C never judged (context, or another level).
// Malformed input (an unknown id, a bad number, an unknown rule kind) stops the run: no guessing.

import fs from "node:fs";
import readline from "node:readline";
import { once } from "node:events";

// ---------------------------------------------------------------- fractions
// {n, d} over BigInt with d > 0. Not reduced until printed. `null` stands for "unknown".

const whole = (n) => ({ n: BigInt(n), d: 1n });
const add = (a, b) => ({ n: a.n * b.d + b.n * a.d, d: a.d * b.d });
const subtract = (a, b) => ({ n: a.n * b.d - b.n * a.d, d: a.d * b.d });
const multiply = (a, b) => ({ n: a.n * b.n, d: a.d * b.d });
const power = (a, exponent) => ({ n: a.n ** exponent, d: a.d ** exponent });

// null when b is zero
function divide(a, b) {
  if (b.n === 0n) return null;
  const sign = b.n < 0n ? -1n : 1n;
  return { n: sign * a.n * b.d, d: sign * a.d * b.n };
}

// -1, 0 or 1
function compare(a, b) {
  const difference = a.n * b.d - b.n * a.d;
  return difference < 0n ? -1 : difference > 0n ? 1 : 0;
}

// "-12.50" -> -1250/100
function decimal(text) {
  const parts = typeof text === "string" && /^(-?)([0-9]+)(?:\.([0-9]+))?$/.exec(text);
  if (!parts) throw new Error(`not a plain decimal: ${JSON.stringify(text)}`);
  const [, sign, integer, fraction = ""] = parts;
  const digits = BigInt(integer + fraction);
  return { n: sign ? -digits : digits, d: 10n ** BigInt(fraction.length) };
}

function yesOrNo(text) {
  if (text !== "yes" && text !== "no") throw new Error(`neither yes nor no: ${JSON.stringify(text)}`);
  return text === "yes";
}

// Two counts of clauses (plain small integers) as "n/d", reduced; null when nothing is judged.
function ratio(part, all) {
  if (all === 0) return null;
  const commonDivisor = (a, b) => (b === 0 ? a : commonDivisor(b, a % b));
  const divisor = commonDivisor(part, all);
  return `${part / divisor}/${all / divisor}`;
}

// ---------------------------------------------------------------- units
// One of the unit, in base units. Base: person, household, thing, yuan, metre,
// square metre, ton, minute, year; a share has the base unit 1.

const ONE = whole(1);
const per = (d) => ({ n: 1n, d });

const SCALE = {
  percent: per(100n),
  percentage_point: per(100n),
  wan_person: whole(10000),
  wan_yuan: whole(10000),
  yi_yuan: whole(100000000),
  square_kilometre: whole(1000000),
  mu: { n: 2000n, d: 3n },
  wan_mu: { n: 20000000n, d: 3n },
  kilometre: whole(1000),
  wan_ton: whole(10000),
  staff_per_wan_person: per(10000n),
  wan_dwelling: whole(10000),
  bed_per_thousand_person: per(1000n),
  wan_yuan_per_person: whole(10000),
};
const PLAIN_UNITS =
  "person household yuan item enterprise establishment site seat street staff bed dwelling lift year project " +
  "square_metre minute ton square_metre_per_person yuan_per_person staff_per_item rank grade one_to to_one";
for (const unit of PLAIN_UNITS.split(" ")) SCALE[unit] = ONE;

// ---------------------------------------------------------------- formulas
//   sum     = product { ("+" | "-") product }
//   product = atom { ("*" | "/") atom }
//   atom    = number | figure id | "(" sum ")"
// The result is a function sheet -> fraction in base units, or null (unknown).
// `uses` receives the ids of the figures that occur.

const OPERATIONS = { "+": add, "-": subtract, "*": multiply, "/": divide };

function parseFormula(text, inBaseUnits, uses) {
  const tokens = text.match(/[A-Za-z_][A-Za-z0-9_]*|[0-9]+(\.[0-9]+)?|\S/g) ?? [];
  let position = 0;
  const fail = () => {
    throw new Error(`formula "${text}": unexpected ${tokens[position] ?? "end"}`);
  };

  function chain(operators, operand) {
    let left = operand();
    while (operators.includes(tokens[position])) {
      const operation = OPERATIONS[tokens[position++]];
      const a = left;
      const b = operand();
      left = (sheet) => {
        const x = a(sheet);
        const y = b(sheet);
        return x === null || y === null ? null : operation(x, y);
      };
    }
    return left;
  }

  const sum = () => chain(["+", "-"], product);
  const product = () => chain(["*", "/"], atom);

  function atom() {
    const token = tokens[position] ?? fail();
    position++;
    if (/^[0-9]/.test(token)) {
      const constant = decimal(token);
      return () => constant;
    }
    if (/^[A-Za-z_]/.test(token)) {
      uses.push(token);
      return (sheet) => inBaseUnits(sheet, token);
    }
    if (token !== "(") fail(--position);
    const inside = sum();
    if (tokens[position] !== ")") fail();
    position++;
    return inside;
  }

  const result = sum();
  if (position !== tokens.length) fail();
  return result;
}

// ---------------------------------------------------------------- figures
// A sheet holds one assessment: `entered` (id -> text) and `values`, a memo (id -> value).
// A numeric figure's value is a fraction in its own unit, a yes/no figure's true or false.

function compileFigures(standard) {
  const figures = new Map(); // id -> { yesNo, scale, formula, uses }

  // The figure's value in its own unit, or null. What was entered counts before the formula.
  function own(sheet, id) {
    const remembered = sheet.values.get(id);
    if (remembered !== undefined) return remembered;
    const { yesNo, formula, scale } = figures.get(id);
    const text = sheet.entered.get(id);
    let value = null;
    if (text !== undefined) {
      value = yesNo ? yesOrNo(text) : decimal(text);
    } else if (formula) {
      value = formula(sheet);
      if (value !== null) value = divide(value, scale);
    }
    sheet.values.set(id, value);
    return value;
  }

  function inBaseUnits(sheet, id) {
    const value = own(sheet, id);
    return value === null ? null : multiply(value, figures.get(id).scale);
  }

  function require(id, yesNo) {
    if (!figures.has(id)) throw new Error(`no figure ${id}`);
    if (figures.get(id).yesNo !== yesNo) throw new Error(`figure ${id} is of the wrong kind`);
    return id;
  }
  const requireNumber = (id) => require(id, false);
  const requireYesNo = (id) => require(id, true);

  // The figure of a yes_no clause without `figure`; the standard does not list it.
  function implicitYesNo(id) {
    if (!figures.has(id)) figures.set(id, { yesNo: true });
    return requireYesNo(id);
  }

  for (const item of standard.figure ?? []) {
    if (figures.has(item.id)) throw new Error(`figure ${item.id} is defined twice`);
    if (item.kind === "yes_no") {
      figures.set(item.id, { yesNo: true });
      continue;
    }
    if (item.kind !== undefined) throw new Error(`figure ${item.id}: unknown kind ${item.kind}`);
    if (!Object.hasOwn(SCALE, item.unit)) throw new Error(`figure ${item.id}: unknown unit ${item.unit}`);
    const figure = { yesNo: false, unit: item.unit, scale: SCALE[item.unit], uses: [] };
    if (item.formula !== undefined) figure.formula = parseFormula(item.formula, inBaseUnits, figure.uses);
    figures.set(item.id, figure);
  }

  // Every figure in a formula must exist, and no figure may follow from itself.
  function walk(id, path) {
    requireNumber(id);
    if (path.includes(id)) throw new Error(`figure ${id} follows from itself`);
    for (const used of figures.get(id).uses) walk(used, [...path, id]);
  }
  for (const [id, figure] of figures) if (!figure.yesNo) walk(id, []);

  return { figures, own, inBaseUnits, requireNumber, requireYesNo, implicitYesNo };
}

// ---------------------------------------------------------------- rules
// Every rule becomes a function sheet -> "M", "N", "U" or "C".

const verdict = (isMet) => (isMet ? "M" : "N");

const COMPARISONS = {
  ">=": (order) => order >= 0,
  ">": (order) => order > 0,
  "<=": (order) => order <= 0,
  "<": (order) => order < 0,
};

function compileRule(rule, clauseId, known, inside = false) {
  const { own, inBaseUnits, requireNumber } = known;

  // Judge a figure against a number printed in the figure's unit.
  function against(operator, printed) {
    const id = requireNumber(rule.figure);
    const limit = decimal(printed);
    const holds = COMPARISONS[operator];
    return (sheet) => {
      const value = own(sheet, id);
      return value === null ? "U" : verdict(holds(compare(value, limit)));
    };
  }

  // At least k of the parts. any_of is k = 1, all_of is k = all of them.
  function atLeastOf(k) {
    if (!Array.isArray(rule.of) || rule.of.length === 0) throw new Error(`${rule.kind} without parts`);
    if (!Number.isInteger(k)) throw new Error("at_least_of needs a whole k");
    const parts = rule.of.map((part) => compileRule(part, clauseId, known, true));
    return (sheet) => {
      const letters = parts.map((part) => part(sheet));
      const met = letters.filter((letter) => letter === "M").length;
      const unknown = letters.filter((letter) => letter === "U").length;
      return met >= k ? "M" : met + unknown < k ? "N" : "U";
    };
  }

  switch (rule.kind) {
    case "yes_no": {
      if (!rule.figure && inside) throw new Error("a yes_no part needs its own figure");
      const id = rule.figure ? known.requireYesNo(rule.figure) : known.implicitYesNo(clauseId);
      return (sheet) => {
        const value = own(sheet, id);
        return value === null ? "U" : verdict(value);
      };
    }
    case "at_least": return against(rule.strict ? ">" : ">=", rule.value);
    case "at_most": return against(rule.strict ? "<" : "<=", rule.value);
    case "count": return against(">=", rule.value);
    case "rank": return against("<=", rule.value);
    case "between": {
      const low = against(rule.low_strict ? ">" : ">=", rule.low);
      const high = against(rule.high_strict ? "<" : "<=", rule.high);
      // Both look at the same figure, so both are unknown or neither is.
      return (sheet) => (low(sheet) === "M" ? high(sheet) : low(sheet));
    }
    case "toward":
      if (!["rising", "falling"].includes(rule.direction)) throw new Error(`unknown direction ${rule.direction}`);
      return against(rule.direction === "rising" ? ">=" : "<=", rule.target);
    case "external": {
      for (const id of [rule.figure, rule.target]) requireNumber(id);
      const holds = COMPARISONS[rule.op];
      if (!holds) throw new Error(`unknown op ${rule.op}`);
      return (sheet) => {
        const value = inBaseUnits(sheet, rule.figure);
        const limit = inBaseUnits(sheet, rule.target);
        return value === null || limit === null ? "U" : verdict(holds(compare(value, limit)));
      };
    }
    case "growth": return compileGrowth(rule, known);
    case "rising": return compileRising(rule, known);
    case "any_of": return atLeastOf(1);
    case "all_of": return atLeastOf(rule.of?.length);
    case "at_least_of": return atLeastOf(rule.k);
    case "context":
      if (inside) throw new Error("context cannot be a part of another rule");
      return () => "C";
    default:
      throw new Error(`unknown rule kind ${rule.kind}`);
  }
}

function compileGrowth(rule, { figures, own, inBaseUnits, requireNumber }) {
  const { current, base, rate, since, since_figure: sinceFigure, measure, method = "compound" } = rule;
  const value = decimal(rule.value);
  const share = multiply(value, per(100n)); // 10 percent, or 10 points, is 0.1
  const holds = COMPARISONS[rule.strict ? ">" : ">="];
  const overYears = since !== undefined || sinceFigure !== undefined;
  for (const id of [current, base]) {
    requireNumber(id);
    if (measure === "percentage_point" && figures.get(id).unit !== "percent") throw new Error(`${id} is no percentage`);
  }
  if (rate) requireNumber(rate);
  if (sinceFigure) requireNumber(sinceFigure);
  if (overYears) requireNumber("assessment_year");
  if (!["percent", "percentage_point"].includes(measure)) throw new Error(`unknown measure ${measure}`);
  if (!["compound", "simple"].includes(method)) throw new Error(`unknown method ${method}`);

  // The number of years as BigInt, or null when unknown, not whole, or below one.
  function years(sheet) {
    if (!overYears) return 1n;
    const to = own(sheet, "assessment_year");
    const from = sinceFigure ? own(sheet, sinceFigure) : whole(since);
    if (to === null || from === null) return null;
    const { n, d } = subtract(to, from);
    return n % d === 0n && n > 0n ? n / d : null;
  }

  // What the current value must reach, in base units.
  function needed(start, n) {
    if (measure === "percentage_point") return add(start, multiply(share, whole(n)));
    if (method === "compound") return multiply(start, power(add(ONE, share), n));
    return multiply(start, add(ONE, multiply(share, whole(n))));
  }

  return (sheet) => {
    const direct = rate ? own(sheet, rate) : null;
    if (direct !== null) return verdict(holds(compare(direct, value)));
    const now = inBaseUnits(sheet, current);
    const start = inBaseUnits(sheet, base);
    const n = years(sheet);
    if (now === null || start === null || n === null) return "U";
    return verdict(holds(compare(now, needed(start, n))));
  };
}

function compileRising(rule, { own, inBaseUnits, requireNumber }) {
  requireNumber("assessment_year");
  const series = rule.series.map((entry) => ({ year: whole(entry.year), figure: requireNumber(entry.figure) }));
  series.sort((a, b) => compare(a.year, b.year));

  return (sheet) => {
    const until = own(sheet, "assessment_year");
    if (until === null) return "U";
    const seen = series.filter((entry) => compare(entry.year, until) <= 0);
    const last = seen[seen.length - 1];
    const values = seen.map((entry) => inBaseUnits(sheet, entry.figure));
    for (let i = 1; i < values.length; i++) {
      if (values[i] === null || values[i - 1] === null) continue;
      if (compare(values[i], values[i - 1]) <= 0) return "N";
    }
    const complete = seen.length >= 2 && compare(last.year, until) === 0 && !values.includes(null);
    return complete ? "M" : "U";
  };
}

// ---------------------------------------------------------------- a standard

const COUNT_OF = { M: "met", N: "not_met", U: "unknown", A: "not_applicable", C: "not_judged" };
const noCounts = () => ({ met: 0, not_met: 0, unknown: 0, not_applicable: 0, not_judged: 0 });

function compileStandard(standard) {
  const known = compileFigures(standard);
  const parents = new Map((standard.group ?? []).map((group) => [group.id, group.parent]));

  // The group itself and all groups above it.
  function groupAndAbove(id) {
    const path = [];
    for (let at = id; at !== undefined; at = parents.get(at)) {
      if (!parents.has(at)) throw new Error(`no group ${at}`);
      if (path.includes(at)) throw new Error(`group ${at} is inside itself`);
      path.push(at);
    }
    return path;
  }

  const clauses = new Map(); // id -> { rules: reading id (or "") -> function, first, groups }
  for (const clause of standard.clause) {
    try {
      if (clauses.has(clause.id)) throw new Error("defined twice");
      if (!clause.rule === !clause.reading) throw new Error("needs either a rule or readings");
      const readings = clause.reading ?? [{ id: "", rule: clause.rule }];
      const rules = new Map(readings.map((r) => [r.id, compileRule(r.rule, clause.id, known)]));
      const levels = clause.levels ?? [standard.level];
      clauses.set(clause.id, { rules, first: readings[0].id, groups: groupAndAbove(clause.group), levels });
    } catch (error) {
      throw new Error(`clause ${clause.id}: ${error.message}`);
    }
  }

  return function judge(assessment) {
    const sheet = { entered: new Map(Object.entries(assessment.figures ?? {})), values: new Map() };
    const notApplicable = new Set(assessment.not_applicable ?? []);
    const chosen = new Map(Object.entries(assessment.readings ?? {}));

    // Every id must exist, and every entered value must be readable, used or not.
    for (const id of sheet.entered.keys()) {
      if (!known.figures.has(id)) throw new Error(`no figure ${id}`);
      known.own(sheet, id);
    }
    for (const id of notApplicable) if (!clauses.has(id)) throw new Error(`no clause ${id}`);
    for (const [id, reading] of chosen) {
      if (reading === "" || !clauses.get(id)?.rules.has(reading)) throw new Error(`no reading ${reading} of ${id}`);
    }

    let verdicts = "";
    const total = noCounts();
    const groups = new Map([...parents.keys()].map((id) => [id, noCounts()]));
    for (const [id, clause] of clauses) {
      const rule = clause.rules.get(chosen.get(id) ?? clause.first);
      const isOther = !clause.levels.includes(assessment.level ?? standard.level);
      const letter = isOther ? "C" : notApplicable.has(id) ? "A" : rule(sheet);
      verdicts += letter;
      if (isOther) continue; // counts nowhere
      total[COUNT_OF[letter]]++;
      for (const group of clause.groups) groups.get(group)[COUNT_OF[letter]]++;
    }

    const judged = total.met + total.not_met + total.unknown;
    return {
      verdicts,
      total,
      groups: Object.fromEntries([...groups].map(([id, counts]) => [id, Object.values(counts).join("/")])),
      worst: ratio(total.met, judged),
      best: ratio(total.met + total.unknown, judged),
      known: ratio(total.met + total.not_met, judged),
    };
  };
}

// ---------------------------------------------------------------- main

async function main() {
  if (process.argv.length !== 3) throw new Error("usage: node oracle.mjs <standard.json> < in > out");
  const judge = compileStandard(JSON.parse(fs.readFileSync(process.argv[2], "utf8")));
  let number = 0;
  for await (const line of readline.createInterface({ input: process.stdin, crlfDelay: Infinity })) {
    number++;
    let answer;
    try {
      answer = JSON.stringify(judge(JSON.parse(line)));
    } catch (error) {
      throw new Error(`line ${number}: ${error.message}`);
    }
    if (!process.stdout.write(answer + "\n")) await once(process.stdout, "drain");
  }
}

main().catch((error) => {
  console.error(`oracle: ${error.message}`);
  process.exitCode = 1;
});
