#!/usr/bin/env node
// Seeds faults into standard files, one per copy, to test a linter with.
//   node make-faults.mjs [--out DIR] [--total N | --cap N] [--kinds a,b] file.toml ...
// Files that hold [[document]] blocks are taken as registers (known contradiction ids); the
// register beside a standard (../documents.toml) is read as well if there is one.
// Every edit is a splice into the original text; everything else stays byte for byte.

import fs from "node:fs";
import path from "node:path";

// ---------------------------------------------------------------- arguments

const opt = { out: "out", total: 490, cap: 0, kinds: null, files: [] };
for (let a = process.argv.slice(2); a.length; ) {
  const x = a.shift();
  if (x === "--out") opt.out = a.shift();
  else if (x === "--total") opt.total = Number(a.shift());
  else if (x === "--cap") opt.cap = Math.min(12, Number(a.shift()));
  else if (x === "--kinds") opt.kinds = new Set(a.shift().split(","));
  else opt.files.push(x);
}
if (!opt.files.length) {
  console.error("usage: make-faults.mjs [--out DIR] [--total N | --cap N] [--kinds a,b] file.toml ...");
  process.exit(2);
}
const MAX = 12; // faults per kind and standard
const INVENTED_SHARE = 1 / 3; // kinds that the brief did not ask for get a third of the places

// ---------------------------------------------------------------- random

const hash = (s) => { let h = 2166136261; for (const c of s) { h ^= c.codePointAt(0); h = Math.imul(h, 16777619); } return h >>> 0; };
function prng(seed) {
  let a = hash(seed);
  const r = () => { a = (a + 0x6d2b79f5) | 0; let t = Math.imul(a ^ (a >>> 15), 1 | a); t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t; return ((t ^ (t >>> 14)) >>> 0) / 4294967296; };
  r.pick = (l) => l[Math.floor(r() * l.length)];
  r.shuffle = (l) => { const x = [...l]; for (let i = x.length - 1; i > 0; i--) { const j = Math.floor(r() * (i + 1)); [x[i], x[j]] = [x[j], x[i]]; } return x; };
  return r;
}

// ---------------------------------------------------------------- reading, with positions

function parse(text) {
  let p = 0;
  const bad = (m) => { throw new Error(`line ${text.slice(0, p).split("\n").length}: ${m}`); };
  const blank = () => { while (p < text.length) { if (" \t\r\n".includes(text[p])) p++; else if (text[p] === "#") { while (p < text.length && text[p] !== "\n") p++; } else break; } };
  const inline = () => { while (text[p] === " " || text[p] === "\t") p++; };
  const key = () => {
    if (text[p] === '"') { const v = value(); return v.v; }
    const m = /^[A-Za-z0-9_.-]+/.exec(text.slice(p, p + 80)); if (!m) bad("key expected"); p += m[0].length; return m[0];
  };
  function value() {
    const s = p, c = text[p];
    if (text.startsWith('"""', p) || text.startsWith("'''", p)) {
      const e = text.indexOf(text.slice(p, p + 3), p + 3); if (e < 0) bad("string not closed");
      p = e + 3; return { t: "str", s, e: p, v: text.slice(s + 3, e), long: true };
    }
    if (c === '"') {
      p++; let v = "";
      while (text[p] !== '"') {
        if (p >= text.length || text[p] === "\n") bad("string not closed");
        if (text[p] === "\\") { p++; v += { n: "\n", t: "\t" }[text[p]] ?? text[p]; p++; } else v += text[p++];
      }
      p++; return { t: "str", s, e: p, v };
    }
    if (c === "'") { const e = text.indexOf("'", p + 1); p = e + 1; return { t: "str", s, e: p, v: text.slice(s + 1, e) }; }
    if (c === "[") {
      p++; const items = [];
      for (;;) { blank(); if (text[p] === "]") { p++; break; } items.push(value()); blank(); if (text[p] === ",") p++; else if (text[p] !== "]") bad("array"); }
      return { t: "arr", s, e: p, items };
    }
    if (c === "{") {
      p++; const ent = [];
      for (;;) {
        blank(); if (text[p] === "}") { p++; break; }
        const ks = p, k = key(); inline(); if (text[p++] !== "=") bad("= expected"); blank();
        ent.push({ k, ks, val: value() }); blank(); if (text[p] === ",") p++; else if (text[p] !== "}") bad("inline table");
      }
      return { t: "tab", s, e: p, ent };
    }
    const m = /^[^\s,\]}#]+/.exec(text.slice(p, p + 60)); if (!m) bad("value expected");
    p += m[0].length; return { t: "raw", s, e: p, v: m[0] };
  }
  const blocks = [{ type: "top", s: 0, hs: 0, keys: new Map() }];
  for (;;) {
    blank(); if (p >= text.length) break;
    if (text[p] === "[") {
      const hs = p, m = /^\[\[?\s*([A-Za-z0-9_.]+)\s*\]\]?/.exec(text.slice(p, p + 80)); if (!m) bad("header");
      p += m[0].length; blocks.push({ type: m[1], s: hs, hs, he: p, keys: new Map() });
    } else {
      const b = blocks.at(-1), ks = p, k = key(); inline(); if (text[p++] !== "=") bad(`= expected after ${k}`); blank();
      const val = value(); b.keys.set(k, { k, ks, val });
      if (b.type === "top" && !b.started) { b.s = ks; b.started = true; }
    }
  }
  for (const b of blocks) { const last = [...b.keys.values()].at(-1); b.e = last ? last.val.e : b.he ?? 0; }
  return blocks;
}

const get = (tab, k) => tab?.t === "tab" ? tab.ent.find((x) => x.k === k)?.val : undefined;
const str = (b, k) => { const v = b.keys.get(k)?.val; return v && v.t === "str" ? v.v : undefined; };
const raw = (b, k) => { const v = b.keys.get(k)?.val; return v ? v.v : undefined; };

function load(file, registers) {
  const text = fs.readFileSync(file, "utf8");
  const blocks = parse(text);
  const S = { file, text, blocks, top: blocks[0], registers };
  S.id = str(S.top, "id"); S.level = str(S.top, "level");
  S.year = Number(/(\d{4})$/.exec(S.id ?? "")?.[1] ?? 2021);
  S.deps = blocks.filter((b) => b.type === "department");
  S.groups = blocks.filter((b) => b.type === "group");
  S.places = blocks.filter((b) => b.type === "place");
  S.figs = blocks.filter((b) => b.type === "figure");
  S.clauses = blocks.filter((b) => b.type === "clause");
  let c = null;
  for (const b of blocks) {
    b.id = str(b, "id");
    if (b.type === "clause") { c = b; c.readings = []; } else if (b.type === "clause.reading" && c) { c.readings.push(b); b.clause = c; }
  }
  S.F = new Map(S.figs.map((f) => [f.id, f]));
  S.D = new Map(S.deps.map((d) => [d.id, d]));
  S.G = new Map(S.groups.map((g) => [g.id, g]));
  for (const f of S.figs) {
    f.unit = str(f, "unit"); f.scope = str(f, "scope"); f.period = str(f, "period"); f.yes = str(f, "kind") === "yes_no";
    f.min = str(f, "min"); f.max = str(f, "max"); f.formula = f.keys.get("formula")?.val; f.uses = []; f.ops = [];
  }
  S.rules = [];
  const walk = (clause, owner, node, depth, parent) => {
    const R = { clause, owner, node, depth, parent, kind: get(node, "kind")?.v, figs: [], parts: [] };
    S.rules.push(R);
    const use = (role, v) => { if (v?.t === "str") { const u = { role, v, id: v.v, clause, owner, R }; R.figs.push(u); S.F.get(v.v)?.uses.push(u); } };
    for (const k of ["figure", "current", "base", "rate", "since_figure"]) use(k, get(node, k));
    if (R.kind === "external") use("target", get(node, "target"));
    for (const x of get(node, "series")?.items ?? []) use("series", get(x, "figure"));
    for (const x of get(node, "of")?.items ?? []) if (x.t === "tab") R.parts.push(walk(clause, owner, x, depth + 1, R));
    return R;
  };
  for (const cl of S.clauses) {
    cl.roots = [];
    for (const o of [cl, ...cl.readings]) { const r = o.keys.get("rule")?.val; if (r?.t === "tab") cl.roots.push(walk(cl, o, r, 0, null)); }
    const con = cl.keys.get("contribution")?.val;
    if (con?.t === "str") { const u = { role: "contribution", v: con, id: con.v, clause: cl, owner: cl }; cl.contribution = u; S.F.get(con.v)?.uses.push(u); }
    cl.deps = (cl.keys.get("departments")?.val?.items ?? []).filter((x) => x.t === "str");
    cl.leads = [cl.keys.get("lead")?.val, ...(cl.keys.get("leads")?.val?.items ?? [])].filter((x) => x?.t === "str");
    cl.levels = (cl.keys.get("levels")?.val?.items ?? []).map((x) => x.v);
    cl.eff = cl.levels.length ? cl.levels : [S.level];
    cl.group = str(cl, "group");
  }
  for (const f of S.figs) if (f.formula?.t === "str") {
    const off = f.formula.s + 1;
    for (const m of f.formula.v.matchAll(/[A-Za-z_][A-Za-z0-9_]*/g)) {
      const u = { role: "operand", v: { s: off + m.index, e: off + m.index + m[0].length }, id: m[0], fig: f };
      f.ops.push(u); S.F.get(m[0])?.uses.push(u);
    }
    const r = /^\s*(\w+)\s*([\/*+-])\s*(\w+)\s*$/.exec(f.formula.v);
    if (r && S.F.has(r[1]) && S.F.has(r[3])) f.bin = { a: S.F.get(r[1]), op: r[2], b: S.F.get(r[3]) };
  }
  S.ids = new Set([...S.figs, ...S.deps, ...S.groups, ...S.clauses].map((b) => b.id));
  S.readings = S.clauses.flatMap((x) => x.readings);
  const seqs = (list) => { // printed numbering, by what stands before the last number
    const m = new Map();
    list.forEach((b, i) => {
      const v = b.keys.get("ref")?.val; if (!v) return;
      const x = /^(.*?)(\d+)(（[^）]*）)?$/.exec(v.v); if (!x) return;
      b.refp = { pre: x[1], n: Number(x[2]), post: x[3] ?? "", v, digits: { s: v.s + 1 + x[1].length, e: v.s + 1 + x[1].length + x[2].length } };
      if (!m.has(x[1])) m.set(x[1], []); m.get(x[1]).push(b);
    });
    return [...m.values()].filter((l) => { const n = [...new Set(l.map((b) => b.refp.n))]; return n.every((x, i) => x === i + 1); });
  };
  S.seqs = seqs(S.clauses); S.gseqs = seqs(S.groups);
  return S;
}

// ---------------------------------------------------------------- edits

const lineStart = (t, i) => t.lastIndexOf("\n", i - 1) + 1;
const lineEnd = (t, i) => { const e = t.indexOf("\n", i); return e < 0 ? t.length : e + 1; };
const q = (s) => `"${s.replaceAll("\\", "\\\\").replaceAll('"', '\\"')}"`;
const rep = (v, t) => ({ s: v.s, e: v.e, t });
const setS = (v, s) => ({ s: v.s, e: v.e, t: q(s) });
const ins = (at, t) => ({ s: at, e: at, t });
const delKey = (S, b, k) => { const x = b.keys.get(k); return { s: lineStart(S.text, x.ks), e: lineEnd(S.text, x.val.e), t: "" }; };
const addKey = (S, b, after, line) => { // a new line after the first of the given keys that exists
  const k = after.find((x) => b.keys.has(x)) ?? "id"; const v = b.keys.get(k).val;
  return ins(lineEnd(S.text, v.e), line + "\n");
};
const delEnt = (tab, k) => {
  const i = tab.ent.findIndex((x) => x.k === k);
  return i > 0 ? { s: tab.ent[i - 1].val.e, e: tab.ent[i].val.e, t: "" } : { s: tab.ent[0].ks, e: tab.ent[1].ks, t: "" };
};
const addEnt = (tab, t) => ins(tab.ent.at(-1).val.e, ", " + t);
const setKind = (R, k) => setS(get(R.node, "kind"), k);
const addBlock = (S, after, t) => ins(lineEnd(S.text, after.e), "\n" + t + "\n"); // after block `after`
const blockText = (S, b) => S.text.slice(b.hs, b.e);
const swapIn = (S, b, ...pairs) => { // text of a block with some values replaced
  let t = blockText(S, b);
  for (const [k, v] of [...pairs].sort((x, y) => b.keys.get(y[0]).ks - b.keys.get(x[0]).ks)) { const n = b.keys.get(k).val; t = t.slice(0, n.s - b.hs) + v + t.slice(n.e - b.hs); }
  return t;
};
const dropIn = (t, k) => t.split("\n").filter((l) => !l.startsWith(k + " =")).join("\n");

// mark: where the fault stands in the mutated text.
//   number: a place of the original that no edit removes; {edit, off}: inside the text of that edit
function apply(S, edits, mark) {
  const order = edits.map((e, i) => ({ ...e, i })).sort((x, y) => x.s - y.s || x.i - y.i);
  let out = "", at = 0, pos = null;
  for (const e of order) {
    if (e.s < at) throw new Error("edits overlap");
    if (typeof mark === "number" && pos === null && mark < e.s) pos = out.length + (mark - at);
    out += S.text.slice(at, e.s);
    if (typeof mark === "object" && mark.edit === e.i) pos = out.length + (mark.off ?? 0);
    else if (typeof mark === "number" && pos === null && mark >= e.s && mark < e.e) pos = out.length;
    out += e.t; at = e.e;
  }
  if (pos === null) pos = out.length + (mark - at);
  out += S.text.slice(at);
  return { out, line: out.slice(0, pos).split("\n").length };
}
const E = (i, off) => ({ edit: i, off: off ?? 0 });

// ---------------------------------------------------------------- words and units

const RATIO = new Set(["percent", "one_to", "to_one"]);
const DIM = {
  percent: "1", percentage_point: "pp", person: "people", wan_person: "people", staff: "people", household: "household", yuan: "money", wan_yuan: "money", yi_yuan: "money",
  item: "count", enterprise: "count", establishment: "count", site: "count", seat: "count", street: "count", project: "count", dwelling: "count", wan_dwelling: "count", lift: "count", bed: "bed", year: "year",
  square_metre: "area", square_kilometre: "area", mu: "area", wan_mu: "area", kilometre: "length", minute: "time", ton: "mass", wan_ton: "mass",
  square_metre_per_person: "area/people", staff_per_wan_person: "staff/people", bed_per_thousand_person: "bed/people", yuan_per_person: "money/people", wan_yuan_per_person: "money/people",
  staff_per_item: "staff/count", rank: "rank", grade: "grade", one_to: "1", to_one: "1",
};
const dim = (u) => DIM[u] ?? "?" + u;
const SAFE = new Set(["area", "length", "time", "mass", "money", "people"]); // nobody takes one of these for another
const alien = (r, u) => r.pick(["square_metre", "minute", "ton", "yuan", "kilometre"].filter((x) => dim(x) !== dim(u) && !dim(u).startsWith(dim(x))));
const num = (s) => Number(s);
const fmt = (x) => String(Number(x.toFixed(4)));
const tokens = (s) => (s.match(/\d+(?:\.\d+)?/g) ?? []);
const names = (b) => [str(b, "zh") ?? "", str(b, "en") ?? ""];
const LV = { town: 1, county: 2, city: 3, province: 4 };
const SC = { town_seat: 1, town: 1, county_seat: 2, county: 2, city: 3, province: 4 };

function typo(r, id, taken) {
  const ways = r.shuffle([
    () => { const i = 1 + Math.floor(r() * (id.length - 2)); return id.slice(0, i) + id[i + 1] + id[i] + id.slice(i + 2); },
    () => { const i = 1 + Math.floor(r() * (id.length - 2)); return id.slice(0, i) + id.slice(i + 1); },
    () => { const i = 1 + Math.floor(r() * (id.length - 2)); return id.slice(0, i) + id[i] + id.slice(i); },
    () => id.endsWith("s") ? id.slice(0, -1) : id + "s",
    () => id.includes("_") ? id.replace("_", "") : id + "_",
    () => id.includes("_per_person") ? id.replace("_per_person", "_per_capita") : id.includes("_share") ? id.replace("_share", "_rate") : id.includes("_rate") ? id.replace("_rate", "_ratio") : id.includes("population") ? id.replace("population", "residents") : id,
  ]);
  for (const w of ways) { const x = w(); if (x !== id && !taken.has(x) && /^[a-z][a-z0-9_]*[a-z0-9]$/.test(x) && !x.includes("__")) return x; }
  return id + "x";
}
const lone = (f) => f && f.uses.length === 1;
const numericKinds = new Set(["at_least", "at_most", "count", "rank"]);
const decimal = (s) => typeof s === "string" && /^-?\d+(\.\d+)?$/.test(s);

function digitSlip(r, v) { // one digit changed (most often), two swapped, or a zero lost or added
  const d = [...v].map((c, i) => [c, i]).filter(([c]) => /\d/.test(c));
  const ways = r.shuffle([1, 1, 1, 2, 3]);
  for (const w of ways) {
    if (w === 1) { const [c, i] = r.pick(d); const n = r.pick([..."123456789"].filter((x) => x !== c)); return v.slice(0, i) + n + v.slice(i + 1); }
    if (w === 2) { const c = [...v]; for (let i = c.length - 1; i > 0; i--) if (/\d/.test(c[i]) && /\d/.test(c[i - 1]) && c[i] !== c[i - 1] && !(i === 1 && c[i] === "0")) { [c[i], c[i - 1]] = [c[i - 1], c[i]]; return c.join(""); } }
    if (w === 3 && !v.includes(".") && v.endsWith("0") && v.length > 2) return v.slice(0, -1);
  }
  return null;
}

// ---------------------------------------------------------------- the kinds
// Each kind: (S, r) → variants; a variant is a list of thunks or faults {place, edits, mark, what, rel?}.

const asked = {}, invented = {};
const fault = (place, edits, mark, what, rel) => ({ place, edits: [edits].flat(), mark, what, rel });
const lab = (b) => `${b.type === "clause.reading" ? `reading ${b.id} of clause ${b.clause.id}` : `${b.type} ${b.id}`}`;
const cref = (u) => u.clause ? `clause ${u.clause.id}` : `figure ${u.fig.id}`;

asked["unknown-figure"] = (S, r) => {
  const v = (role, pref) => S.figs.flatMap((f) => f.uses.filter((u) => role(u.role)).map((u) => [f, u]))
    .filter(([f]) => pref(f)).map(([f, u]) => () => { const t = typo(r, f.id, S.ids); const w = u.role === "operand" ? rep(u.v, t) : setS(u.v, t); return fault(u.clause?.id ?? u.fig.id, w, E(0), `The ${u.role === "operand" ? "formula" : u.role === "contribution" ? "contribution" : "rule"} of ${cref(u)} names the figure ${t}, which does not exist (${f.id}).`); });
  const many = (f) => f.uses.length > 1, any = () => true;
  return [v((x) => x === "figure", many), v((x) => x === "operand", many), v((x) => ["current", "base"].includes(x), many), v((x) => x === "contribution", any), v((x) => ["rate", "since_figure", "target", "series"].includes(x), any), last(v((x) => x === "figure", any)), last(v((x) => x === "operand", any))];
};

asked["unused-figure"] = (S, r) => {
  const copies = [["_previous_year", "（上年）", ", previous year", "previous_year"], ["_2019", "（2019年）", " in 2019", "2019"], ["_planned", "（计划数）", ", as planned", "planned"], ["_2018", "（2018年）", " in 2018", "2018"]];
  const raws = S.figs.filter((f) => !f.formula && !f.yes && f.unit && f.keys.has("period") && !/\d/.test(f.id) && f.period === "assessment_year" && f.unit !== "rank");
  const copy = raws.map((f) => () => {
    const [a, z, e, p] = r.pick(copies.filter((x) => !S.ids.has(f.id + x[0]))); const id = f.id + a;
    const t = dropIn(swapIn(S, f, ["id", q(id)], ["zh", q(names(f)[0] + z)], ["en", q(names(f)[1] + e)], ["period", q(p)]), "hint");
    return fault(id, addBlock(S, f, t), E(0, 1), `Figure ${id} was added beside ${f.id} and nothing uses it.`);
  });
  const lose = S.figs.filter((f) => f.bin && (lone(f.bin.a) !== lone(f.bin.b))).map((f) => () => { const o = lone(f.bin.a) ? f.bin.a : f.bin.b; return fault(o.id, delKey(S, f, "formula"), o.hs, `The formula of ${f.id} was dropped, so nothing uses figure ${o.id} any more.`, [[f.id, f.hs]]); });
  const yes = S.figs.filter((f) => f.yes).map((f) => () => { const id = f.id + "_checked"; return fault(id, addBlock(S, f, swapIn(S, f, ["id", q(id)], ["zh", q(names(f)[0] + "（已核查）")], ["en", q(names(f)[1] + ", checked")])), E(0, 1), `Yes/no figure ${id} is declared and nothing uses it.`); });
  const cl = S.rules.filter((R) => R.depth === 0 && R.figs.length === 1 && R.owner === R.clause && numericKinds.has(R.kind) && lone(S.F.get(R.figs[0].id)) && !S.F.get(R.figs[0].id).formula && !tokens(names(R.clause)[0]).length)
    .map((R) => () => fault(R.figs[0].id, rep(R.node, '{ kind = "yes_no" }'), S.F.get(R.figs[0].id).hs, `Clause ${R.clause.id} was made yes/no, and its figure ${R.figs[0].id} stayed behind unused.`, [[R.clause.id, R.node.s]]));
  const part = S.rules.filter((R) => R.depth > 0 && R.parent.kind === "all_of" && R.parent.parts.length > 2 && R.figs.length === 1 && lone(S.F.get(R.figs[0].id)) && R.kind === "yes_no").map((R) => () => {
    const it = get(R.parent.node, "of").items, i = it.indexOf(R.node); const ed = i > 0 ? { s: it[i - 1].e, e: R.node.e, t: "" } : { s: R.node.s, e: it[1].s, t: "" };
    return fault(R.figs[0].id, ed, S.F.get(R.figs[0].id).hs, `The part with ${R.figs[0].id} was taken out of clause ${R.clause.id}; the figure stayed behind unused.`, [[R.clause.id, R.parent.node.s]]);
  });
  const own = S.clauses.filter((c) => c.roots.length === 1 && c.roots[0].kind === "yes_no" && !c.roots[0].figs.length).map((c) => () => {
    const id = c.id + "_count", last = S.figs.at(-1); if (!last || S.ids.has(id)) return null;
    const t = `[[figure]]\nid = ${q(id)}\nzh = ${q(names(c)[0].slice(0, 14) + "（数量）")}\nen = ${q("Number counted: " + names(c)[1].slice(0, 40))}\nunit = "item"\nscope = ${q({ town: "town", county: "county", city: "city", province: "province" }[c.eff[0]] ?? "county")}\nperiod = "assessment_year"\nhint = { zh = "按实际数量填写。", en = "The number in place." }`;
    return fault(id, addBlock(S, last, t), E(0, 1), `Figure ${id} was prepared for clause ${c.id}, whose rule is yes_no and does not use it.`);
  });
  return [copy, lose, yes, part, last(own), cl];
};

asked["unit-clash"] = (S, r) => {
  const growth = new Set(S.rules.filter((R) => R.kind === "growth" || R.kind === "external").flatMap((R) => R.figs.map((u) => u.id)));
  const form = S.figs.filter((f) => f.bin && !growth.has(f.id));
  const unitOf = (f) => f.keys.get("unit").val;
  const declared = form.filter((f) => f.unit && f.uses.every((u) => u.role !== "operand")).map((f) => () => {
    const u = alien(r, f.unit); return fault(f.id, setS(unitOf(f), u), E(0), `Figure ${f.id} is declared in ${u}, but ${f.formula.v} cannot give that (${f.unit}).`, [[f.id, f.formula.s]]);
  });
  const opsign = form.filter((f) => f.bin.op === "/").map((f) => () => {
    const at = f.formula.s + 1 + f.formula.v.indexOf("/"); const n = dim(f.bin.a.unit) === dim(f.bin.b.unit) ? r.pick(["*", "-", "+"]) : r.pick(["*", "+"]);
    const why = n === "*" || dim(f.bin.a.unit) === dim(f.bin.b.unit) ? `cannot give ${f.unit}` : `adds ${f.bin.a.unit} and ${f.bin.b.unit}`;
    return fault(f.id, { s: at, e: at + 1, t: n }, E(0), `The formula of ${f.id} has ${n} in place of /: it ${why}.`);
  });
  const flip = form.filter((f) => f.bin.op === "/" && dim(f.bin.a.unit) !== dim(f.bin.b.unit)).map((f) => () => fault(f.id, rep(f.formula, q(`${f.bin.b.id} / ${f.bin.a.id}`)), E(0), `The formula of ${f.id} is upside down: it gives ${f.bin.b.unit} per ${f.bin.a.unit}.`));
  const other = form.filter((f) => f.bin.op === "/").flatMap((f) => {
    const u = f.ops.find((x) => S.F.get(x.id).uses.length > 1); if (!u) return [];
    const o = S.F.get(u.id), c = S.figs.filter((g) => !g.formula && g !== f && g.scope === f.scope && g.period === f.period && g.unit && dim(g.unit) !== dim(o.unit) && SAFE.has(dim(g.unit)) && SAFE.has(dim(o.unit)) && f.bin.a !== g && f.bin.b !== g);
    return c.length ? [() => { const g = r.pick(c); return fault(f.id, rep(u.v, g.id), E(0), `The formula of ${f.id} uses ${g.id} (${g.unit}) in place of ${o.id} (${o.unit}) and cannot give ${f.unit}.`); }] : [];
  });
  const operand = form.flatMap((f) => [f.bin.a, f.bin.b].filter((o) => lone(o) && SAFE.has(dim(o.unit)) && !o.formula).map((o) => () => { const u = alien(r, o.unit); return fault(o.id, setS(unitOf(o), u), E(0), `Figure ${o.id} is now in ${u}, so ${f.formula.v} cannot give ${f.id} in ${f.unit}.`, [[f.id, f.formula.s]]); }));
  const add = form.flatMap((f) => {
    const c = S.figs.filter((g) => !g.formula && g.scope === f.scope && g.period === f.period && g.unit && SAFE.has(dim(g.unit)) && !dim(f.unit).startsWith(dim(g.unit)) && f.bin.a !== g && f.bin.b !== g);
    return c.length ? [() => { const g = r.pick(c); return fault(f.id, ins(f.formula.e - 1, ` + ${g.id}`), E(0), `The formula of ${f.id} adds ${g.id} (${g.unit}) to something in ${f.unit}.`); }] : [];
  });
  const plain = S.figs.filter((f) => !f.formula && !f.yes && f.unit && f.uses.length && f.uses.every((u) => u.role === "figure") && f.period === "assessment_year").flatMap((f) => {
    const c = S.figs.filter((g) => g !== f && !g.formula && g.unit && g.scope === f.scope && g.period === f.period && !["rank", "grade", "year", "percent"].includes(g.unit));
    const a = c.filter((g) => dim(g.unit) === dim(f.unit)), b = c.filter((g) => dim(g.unit) !== dim(f.unit) && SAFE.has(dim(g.unit)) !== SAFE.has(dim(f.unit)));
    return a.length && b.length && f.unit !== "percent" ? [() => { const x = r.pick(a), y = r.pick(b); return fault(f.id, addKey(S, f, ["period"], `formula = "${x.id} + ${y.id}"`), E(0), `The new formula of ${f.id} adds unlike things: ${x.unit} and ${y.unit}.`); }] : [];
  });
  const contr = S.clauses.filter((c) => c.contribution && lone(S.F.get(c.contribution.id)) && S.F.get(c.contribution.id).unit).map((c) => () => { const f = S.F.get(c.contribution.id), u = alien(r, f.unit); return fault(f.id, setS(unitOf(f), u), E(0), `Figure ${f.id}, the share of a lower level in clause ${c.id}, is in ${u} and not in the unit of the target (${f.unit}).`, [[c.id, c.hs]]); });
  return [declared, opsign, contr, other, add, flip, operand, plain];
};

asked["unit-for-rule"] = (S, r) => {
  const F = (R, role = "figure") => S.F.get(R.figs.find((u) => u.role === role)?.id);
  const pp = S.rules.filter((R) => R.kind === "growth" && get(R.node, "measure")?.v === "percent" && F(R, "current") && F(R, "current").unit !== "percent")
    .map((R) => () => fault(R.clause.id, setS(get(R.node, "measure"), "percentage_point"), E(0), `Growth of ${F(R, "current").id} (${F(R, "current").unit}) in clause ${R.clause.id} is measured in percentage points.`));
  const single = S.rules.filter((R) => numericKinds.has(R.kind) && F(R) && get(R.node, "value") && !get(R.node, "strict"));
  const rank = single.filter((R) => R.kind !== "rank" && !["rank", "grade"].includes(F(R).unit)).sort((a, b) => (F(b).unit === "percent") - (F(a).unit === "percent"))
    .map((R) => () => fault(R.clause.id, setKind(R, "rank"), E(0), `Clause ${R.clause.id} has a rank rule on ${F(R).id}, which is in ${F(R).unit}.`));
  const yes2num = S.rules.filter((R) => R.kind === "yes_no" && R.figs.length && F(R)?.yes)
    .map((R) => () => { const k = r.pick(["at_least", "count", "at_least"]); return fault(R.clause.id, rep(R.node, `{ kind = "${k}", figure = "${F(R).id}", value = "1" }`), E(0), `Clause ${R.clause.id} sets a ${k} threshold on the yes/no figure ${F(R).id}.`); });
  const num2yes = single.filter((R) => F(R).unit).map((R) => () => fault(R.clause.id, rep(R.node, `{ kind = "yes_no", figure = "${F(R).id}" }`), E(0), `Clause ${R.clause.id} has a yes_no rule on ${F(R).id}, a number in ${F(R).unit}.`));
  const kindyes = S.figs.filter((f) => f.unit && !f.formula && !f.max && !f.min && f.uses.length && f.uses.every((u) => u.role === "figure" && numericKinds.has(u.R.kind)))
    .map((f) => () => fault(f.id, rep({ s: f.keys.get("unit").ks, e: f.keys.get("unit").val.e }, 'kind = "yes_no"'), E(0), `Figure ${f.id} was made yes/no, but clause ${f.uses[0].clause.id} holds a threshold against it.`, [[f.uses[0].clause.id, f.uses[0].v.s]]));
  const count = single.filter((R) => R.kind === "at_least" && (F(R).unit === "percent" || dim(F(R).unit).includes("/") || ["square_metre", "square_kilometre", "ton", "wan_ton"].includes(F(R).unit)))
    .map((R) => () => fault(R.clause.id, setKind(R, "count"), E(0), `Clause ${R.clause.id} counts whole things in ${F(R).id}, which is in ${F(R).unit}.`));
  const rankdir = S.rules.filter((R) => (R.kind === "rank" || (R.kind === "at_most" && F(R)?.unit === "grade")) && F(R)).map((R) => () => fault(R.clause.id, setKind(R, "at_least"), E(0), `Clause ${R.clause.id} asks for at least ${get(R.node, "value").v} in ${F(R).unit}, where 1 is best.`));
  const rankunit = S.rules.filter((R) => R.kind === "rank" && lone(F(R))).map((R) => () => { const u = r.pick(["percent", "item"]); return fault(F(R).id, setS(F(R).keys.get("unit").val, u), E(0), `Figure ${F(R).id} is in ${u}, but clause ${R.clause.id} has a rank rule on it.`, [[R.clause.id, R.node.s]]); });
  const base = S.rules.filter((R) => R.kind === "growth" && F(R, "base")?.unit && !F(R, "base").formula && new Set(F(R, "base").uses.map((u) => u.clause?.id)).size === 1)
    .map((R) => () => { const f = F(R, "base"), u = alien(r, f.unit); return fault(f.id, setS(f.keys.get("unit").val, u), E(0), `Growth in clause ${R.clause.id} holds ${F(R, "current").id} (${F(R, "current").unit}) against ${f.id} (${u}).`, [[R.clause.id, R.node.s]]); });
  const ext = S.rules.filter((R) => R.kind === "external" && lone(F(R, "target"))).map((R) => () => { const f = F(R, "target"), u = alien(r, f.unit); return fault(f.id, setS(f.keys.get("unit").val, u), E(0), `Clause ${R.clause.id} compares ${F(R).id} (${F(R).unit}) with the target ${f.id} (${u}).`, [[R.clause.id, R.node.s]]); });
  const ser = S.rules.filter((R) => R.kind === "rising" && R.figs.length > 2).map((R) => () => { const f = S.F.get(r.pick(R.figs.slice(1).filter((u) => lone(S.F.get(u.id))))?.id); if (!f) return null; const u = alien(r, f.unit); return fault(f.id, setS(f.keys.get("unit").val, u), E(0), `Figure ${f.id} of the series in clause ${R.clause.id} is in ${u}, the others in ${f.unit}.`, [[R.clause.id, R.node.s]]); });
  return [pp, rank, yes2num, num2yes, kindyes, count, rankdir, base, ext, ser, rankunit];
};

asked["duplicate-id"] = (S, r) => {
  const next = (l, sub) => l.slice(1).map((b, i) => () => fault(l[i].id, setS(b.keys.get("id").val, l[i].id), E(0), `${sub} ${b.id} carries the id of the one before it, ${l[i].id}.`, [[l[i].id, l[i].hs]]));
  const clause = next(S.clauses, "Clause");
  const fig = S.figs.filter((f) => names(f)[0]).map((f) => () => fault(f.id, addBlock(S, f, dropIn(swapIn(S, f, ["zh", q(names(f)[0] + "（年末）")], ["en", q(names(f)[1] + ", year end")]), "hint")), E(0, 1), `Figure ${f.id} is declared twice (a copied block that kept its id).`, [[f.id, f.hs]]));
  const group = S.groups.map((g) => () => fault(g.id, addBlock(S, g, dropIn(swapIn(S, g, ["zh", q(names(g)[0] + "（续）")], ["en", q(names(g)[1] + " (continued)")]), "ref")), E(0, 1), `Group ${g.id} is declared twice.`, [[g.id, g.hs]]));
  const dep = S.deps.map((d) => () => fault(d.id, addBlock(S, S.deps.at(-1), blockText(S, d)), E(0, 1), `Department ${d.id} is declared twice, the second time at the end of the list.`, [[d.id, d.hs]]));
  const own = S.clauses.filter((c) => c.roots.length === 1 && c.roots[0].kind === "yes_no" && !c.roots[0].figs.length).flatMap((c) => S.figs.length ? [() => { const f = r.pick(S.figs); return fault(f.id, setS(c.keys.get("id").val, f.id), E(0), `Yes/no clause ${c.id} took the id of figure ${f.id}, so its own yes/no figure collides with it.`, [[f.id, f.hs]]); }] : []);
  const cross = S.clauses.flatMap((c) => S.groups.length ? [() => { const g = r.pick(S.groups); return fault(g.id, setS(c.keys.get("id").val, g.id), E(0), `Clause ${c.id} took the id of group ${g.id}.`, [[g.id, g.hs]]); }] : []);
  const place = next(S.places, "Place");
  const read = S.clauses.filter((c) => c.readings.length > 1).map((c) => () => fault(c.id, setS(c.readings[1].keys.get("id").val, c.readings[0].id), E(0), `Two readings of clause ${c.id} have the id ${c.readings[0].id}.`));
  const shared = S.figs.length && !S.F.has("assessment_year") ? [() => fault("assessment_year", addBlock(S, S.figs.at(-1), '[[figure]]\nid = "assessment_year"\nzh = "考核年度"\nen = "Year assessed"\nunit = "year"\nscope = "none"\nperiod = "none"\nmin = "2015"\nmax = "2050"'), E(0, 1), "Figure assessment_year is declared here although figures.toml declares it for all standards.")] : [];
  return [clause, fig, group, dep, own, read, cross, shared, place];
};

asked["duplicate-ref"] = (S) => {
  const last = (seqs) => seqs.filter((l) => l.at(-1).refp.n > 1 && l.at(-1).refp.n !== l.at(-2).refp.n).map((l) => () => { const b = l.at(-1), a = l.at(-2); return fault(b.id, setS(b.refp.v, a.refp.v.v), E(0), `${b.type === "clause" ? "Clause" : "Group"} ${b.id} repeats the number ${a.refp.v.v} of ${a.id} (should be ${b.refp.v.v}).`, [[a.id, a.refp.v.s]]); });
  const post = S.seqs.flatMap((l) => l.slice(1).map((b, i) => [l[i], b])).filter(([a, b]) => a.refp.n === b.refp.n && a.refp.post && b.refp.post).map(([a, b]) => () => fault(b.id, setS(b.refp.v, a.refp.v.v), E(0), `Clause ${b.id} repeats the number ${a.refp.v.v} of ${a.id}.`, [[a.id, a.refp.v.s]]));
  return [last(S.seqs), post, last(S.gseqs)];
};

asked["missing-ref"] = (S, r) => {
  const nDep = new Map(); for (const c of S.clauses) for (const d of [...c.deps, ...c.leads]) nDep.set(d.v, (nDep.get(d.v) ?? 0) + 1);
  const plain = (c) => c.roots.length === 1 && c.readings.length === 0 && !c.contribution && c.roots[0].figs.every((u) => S.F.get(u.id)?.uses.length > 1) && !c.keys.has("contradictions") && c.deps.every((d) => nDep.get(d.v) > 3);
  const gone = S.seqs.flatMap((l) => l.slice(0, -1).map((b, i) => [b, l[i + 1]])).filter(([b, n]) => plain(b) && S.clauses.filter((c) => c.group === b.group).length > 1 && n.refp.n === b.refp.n + 1)
    .map(([b, n]) => () => { const s = b.hs, e = S.text.indexOf("[[", b.e); const rest = S.text.slice(b.e, e); const cut = rest.includes("#") ? b.e + rest.indexOf("#") : e; return fault(n.id, { s, e: cut, t: "" }, n.refp.v.s, `The clause with the number ${b.refp.v.v} is missing before ${n.refp.v.v}.`); });
  const up = (seqs) => seqs.filter((l) => l.length > 1 && l.at(-1).refp.n === l.at(-2).refp.n + 1).map((l) => () => { const b = l.at(-1), n = b.refp.n + 1; return fault(b.id, rep(b.refp.digits, String(n)), E(0), `${b.type === "clause" ? "Clause" : "Group"} ${b.id} is numbered ${b.refp.pre}${n}; ${b.refp.v.v} is skipped.`); });
  const tail = S.seqs.filter((l) => l.length > 2 && l.every((b, i) => b.refp.n === i + 1)).map((l) => () => {
    const k = 1 + Math.floor(r() * (l.length - 1)); const m = l.slice(k);
    return fault(m[0].id, m.map((b) => rep(b.refp.digits, String(b.refp.n + 1))), E(0), `From clause ${m[0].id} on the numbers run one too high; ${m[0].refp.v.v} is skipped.`);
  });
  const noref = S.seqs.filter((l) => l.length > 1).map((l) => () => { const b = l.at(-1); return fault(b.id, delKey(S, b, "ref"), b.hs, `Clause ${b.id} has lost its printed number ${b.refp.v.v}.`); });
  const dot = S.seqs.filter((l) => l.length > 1 && l.at(-1).refp.pre.endsWith(".")).map((l) => () => { const b = l.at(-1); return fault(b.id, setS(b.refp.v, b.refp.pre.slice(0, -1) + b.refp.n), E(0), `Clause ${b.id} is numbered ${b.refp.pre.slice(0, -1) + b.refp.n}: the point of ${b.refp.v.v} is lost.`); });
  const twice = S.seqs.filter((l) => l.length > 1 && l.at(-1).refp.n > 1).map((l) => () => { const b = l.at(-1), n = `${b.refp.n}${b.refp.n}`; return fault(b.id, rep(b.refp.digits, n), E(0), `Clause ${b.id} is numbered ${b.refp.pre}${n} in place of ${b.refp.v.v}.`); });
  return [gone, up(S.seqs), tail, noref, up(S.gseqs), dot, twice];
};

asked["unknown-reference"] = (S, r) => {
  const known = new Set([...S.ids, ...[...S.registers.values()].flat()]);
  const one = (list, what) => list.map(([b, v]) => () => { const t = typo(r, v.v, known); return fault(b.id ?? S.id, setS(v, t), E(0), `${b.type === "top" ? "The standard" : lab(b)[0].toUpperCase() + lab(b).slice(1)} names the ${what} ${t}, which does not exist (${v.v}).`); });
  const kv = (l, k) => l.filter((b) => b.keys.get(k)?.val.t === "str").map((b) => [b, b.keys.get(k).val]);
  const nDep = new Map(); for (const c of S.clauses) for (const d of c.deps) nDep.set(d.v, (nDep.get(d.v) ?? 0) + 1);
  const group = one(kv(S.clauses, "group").filter(([b]) => S.clauses.filter((c) => c.group === b.group).length > 1), "group");
  const dep = one(S.clauses.flatMap((c) => c.deps.filter((d) => nDep.get(d.v) > 1 && !c.leads.some((l) => l.v === d.v)).map((d) => [c, d])), "department");
  const parent = one(kv(S.groups, "parent"), "parent group");
  const con = one(S.clauses.flatMap((c) => (c.keys.get("contradictions")?.val.items ?? []).map((x) => [c, x])), "contradiction");
  const foreign = [...S.registers.entries()].filter(([d]) => d !== str(S.top, "document")).flatMap(([, l]) => l).filter((x) => !(S.registers.get(str(S.top, "document")) ?? []).includes(x));
  const other = foreign.length && S.registers.has(str(S.top, "document")) ? S.clauses.filter((c) => !c.keys.has("contradictions") && c.keys.has("rule")).map((c) => () => { const x = r.pick(foreign); return fault(c.id, addKey(S, c, ["year", "rule"], `contradictions = ["${x}"]`), E(0), `Clause ${c.id} cites the contradiction ${x}, which belongs to another document.`); }) : [];
  const doc = S.top.keys.has("document") ? [() => { const v = S.top.keys.get("document").val, t = r.pick([v.v.replaceAll("_", "-"), v.v.replace(/\d{4}$/, (y) => String(Number(y) + 1)), v.v.slice(0, -1)]); return fault(S.id, setS(v, t), E(0), `The standard names the document ${t}, which the register does not hold (${v.v}).`); }] : [];
  const lvl = S.top.keys.has("level") ? [() => { const v = S.top.keys.get("level").val, t = { town: "township", county: "countie", city: "prefecture", province: "provincial" }[v.v] ?? "district"; return fault(S.id, setS(v, t), E(0), `The level of the standard is ${t}, which is no level.`); }] : [];
  const lvls = S.clauses.filter((c) => c.levels.length).map((c) => () => { const v = r.pick(c.keys.get("levels").val.items), t = { town: "township", county: "conty", city: "citty", province: "provincial" }[v.v] ?? "district"; return fault(c.id, setS(v, t), E(0), `Clause ${c.id} is judged at the level ${t}, which does not exist.`); });
  const newlvl = S.clauses.filter((c) => !c.levels.length && c.keys.has("rule") && c.keys.has("departments")).map((c) => () => { const t = r.pick(["district", "village", "prefecture"]); return fault(c.id, addKey(S, c, ["rule"], `levels = ["${t}"]`), E(0), `Clause ${c.id} is judged at the level ${t}, which does not exist.`); });
  const holder = one(kv(S.figs, "holder"), "holder");
  const wrongsort = S.clauses.filter((c) => c.deps.length && S.groups.length).map((c) => () => { const v = c.deps.at(-1); if (c.leads.some((l) => l.v === v.v) || nDep.get(v.v) < 2) return null; const g = r.pick(S.groups); return fault(c.id, setS(v, g.id), E(0), `Clause ${c.id} lists ${g.id} as a department, which is a group.`); });
  const zhname = S.clauses.filter((c) => c.deps.length).map((c) => () => { const v = c.deps.at(-1); if (c.leads.some((l) => l.v === v.v) || nDep.get(v.v) < 2 || !S.D.has(v.v)) return null; const n = names(S.D.get(v.v))[0]; return fault(c.id, setS(v, n), E(0), `Clause ${c.id} lists a department by its name ${n} and not by its id ${v.v}.`); });
  return [group, dep, con, parent, doc, lvl, lvls, other, holder, zhname, newlvl, wrongsort];
};

asked["unreachable"] = (S, r) => {
  const F = (R) => S.F.get(R.figs[0]?.id);
  const thr = S.rules.filter((R) => numericKinds.has(R.kind) && F(R) && decimal(get(R.node, "value")?.v));
  const V = (R) => get(R.node, "value"), v = (R) => num(V(R).v);
  const only = (R) => F(R).uses.filter((u) => u.role !== "operand").length === 1;
  const maxlow = thr.filter((R) => ["at_least", "count"].includes(R.kind) && F(R).max && !F(R).formula && only(R) && v(R) > 1).map((R) => () => { const m = v(R) > 10 ? r.pick(["1", "10"]) : fmt(v(R) - 1); return fault(F(R).id, setS(F(R).keys.get("max").val, m), E(0), `Figure ${F(R).id} can be at most ${m}, but clause ${R.clause.id} asks for ${V(R).v}.`, [[R.clause.id, V(R).s]]); });
  const newmax = thr.filter((R) => ["at_least", "count"].includes(R.kind) && !F(R).max && !F(R).formula && only(R) && v(R) >= 2).map((R) => () => { const m = fmt(R.kind === "count" ? v(R) - 1 : Math.floor(v(R) / 2)); return fault(F(R).id, addKey(S, F(R), ["min", "formula", "period"], `max = "${m}"`), E(0), `Figure ${F(R).id} can be at most ${m}, but clause ${R.clause.id} asks for ${V(R).v}.`, [[R.clause.id, V(R).s]]); });
  const big = thr.filter((R) => R.kind === "at_least" && F(R).max && v(R) > 10 && v(R) < 100).map((R) => () => { const t = V(R).v.includes(".") ? V(R).v.replace(".", "") : r.pick([V(R).v + "0", "1" + V(R).v]); return fault(R.clause.id, setS(V(R), t), E(0), `Clause ${R.clause.id} asks for at least ${t} of ${F(R).id}, whose max is ${F(R).max}.`); });
  const zero = thr.filter((R) => (R.kind === "rank" || (R.kind === "at_most" && F(R).min && num(F(R).min) >= 1))).map((R) => () => fault(R.clause.id, setS(V(R), "0"), E(0), `Clause ${R.clause.id} asks for ${F(R).id} of at most 0, below its min ${F(R).min}.`));
  const neg = thr.filter((R) => R.kind === "at_most" && !F(R).min).map((R) => () => fault(R.clause.id, setS(V(R), "-" + V(R).v), E(0), `Clause ${R.clause.id} asks for ${F(R).id} of at most -${V(R).v}, below its min 0.`));
  const minup = thr.filter((R) => R.kind === "at_most" && !F(R).formula && only(R)).map((R) => () => { const m = fmt(v(R) * 2); const ed = F(R).min ? setS(F(R).keys.get("min").val, m) : addKey(S, F(R), ["formula", "period"], `min = "${m}"`); return F(R).max && num(F(R).max) <= num(m) ? null : fault(F(R).id, ed, E(0), `Figure ${F(R).id} is at least ${m}, but clause ${R.clause.id} asks for at most ${V(R).v}.`, [[R.clause.id, V(R).s]]); });
  const between = thr.filter((R) => ["at_least", "at_most"].includes(R.kind) && !get(R.node, "strict") && v(R) > 1 && (!F(R).max || num(F(R).max) > v(R))).map((R) => () => { const lo = V(R).v, hi = fmt(v(R) >= 10 ? Math.floor(v(R) * 0.8) : v(R) * 0.8); return fault(R.clause.id, rep(R.node, `{ kind = "between", figure = "${F(R).id}", low = "${lo}", high = "${hi}" }`), E(0), `Clause ${R.clause.id} asks for a value between ${lo} and ${hi}: low is above high.`); });
  const k = S.rules.filter((R) => R.kind === "all_of" && R.parts.length > 1).map((R) => () => { const n = R.parts.length + 1; return fault(R.clause.id, rep(get(R.node, "kind"), `"at_least_of", k = ${n}`), E(0), `Clause ${R.clause.id} needs at least ${n} of ${R.parts.length} parts.`); });
  const contra = thr.filter((R) => ["at_least"].includes(R.kind) && R.depth === 0 && v(R) > 1).map((R) => () => { const m = fmt(v(R) >= 10 ? Math.floor(v(R) / 2) : v(R) / 2); return fault(R.clause.id, rep(R.node, `{ kind = "all_of", of = [${S.text.slice(R.node.s, R.node.e)}, { kind = "at_most", figure = "${F(R).id}", value = "${m}" }] }`), E(0), `Clause ${R.clause.id} needs ${F(R).id} to be at least ${V(R).v} and at most ${m}.`); });
  const tow = S.rules.filter((R) => R.kind === "toward" && get(R.node, "direction")?.v === "rising" && F(R)?.max && num(get(R.node, "target").v) < 100 && F(R).uses.filter((u) => u.role !== "operand").length === 1).map((R) => () => { const t = get(R.node, "target"), x = t.v.includes(".") ? t.v.replace(".", "") : t.v + "0"; return fault(R.clause.id, setS(t, x), E(0), `The target ${x} of clause ${R.clause.id} is above the max ${F(R).max} of ${F(R).id}.`); });
  const btw = S.rules.filter((R) => R.kind === "between" && decimal(get(R.node, "low")?.v) && decimal(get(R.node, "high")?.v)).map((R) => () => fault(R.clause.id, [setS(get(R.node, "low"), get(R.node, "high").v), setS(get(R.node, "high"), get(R.node, "low").v)], E(0), `low and high of clause ${R.clause.id} are swapped: between ${get(R.node, "high").v} and ${get(R.node, "low").v}.`));
  return [maxlow, zero, btw, between, newmax, k, big, contra, tow, minup, last(neg)];
};

asked["trivially-met"] = (S, r) => {
  const F = (R) => S.F.get(R.figs[0]?.id), V = (R) => get(R.node, "value");
  const thr = S.rules.filter((R) => numericKinds.has(R.kind) && F(R) && decimal(V(R)?.v) && !get(R.node, "strict"));
  const only = (R) => !F(R).formula && F(R).uses.length === 1; // min and max do not bind what a formula gives
  const setB = (f, k, x) => f.keys.has(k) ? setS(f.keys.get(k).val, x) : addKey(S, f, k === "min" ? ["formula", "period"] : ["min", "formula", "period"], `${k} = "${x}"`);
  const min = thr.filter((R) => ["at_least", "count"].includes(R.kind) && only(R) && F(R).max !== V(R).v).map((R) => () => fault(F(R).id, setB(F(R), "min", V(R).v), E(0), `Figure ${F(R).id} cannot be below ${V(R).v}, which is the threshold of clause ${R.clause.id}.`, [[R.clause.id, V(R).s]]));
  const max = thr.filter((R) => R.kind === "at_most" && only(R)).map((R) => () => fault(F(R).id, setB(F(R), "max", V(R).v), E(0), `Figure ${F(R).id} cannot be above ${V(R).v}, which is the threshold of clause ${R.clause.id}.`, [[R.clause.id, V(R).s]]));
  const rmax = thr.filter((R) => R.kind === "rank" && only(R)).map((R) => () => fault(F(R).id, setB(F(R), "max", V(R).v), E(0), `Figure ${F(R).id} cannot be above ${V(R).v}, and clause ${R.clause.id} asks for place ${V(R).v} or better.`, [[R.clause.id, V(R).s]]));
  const k0 = S.rules.filter((R) => R.kind === "all_of").map((R) => () => fault(R.clause.id, rep(get(R.node, "kind"), '"at_least_of", k = 0'), E(0), `Clause ${R.clause.id} needs at least 0 of its parts.`));
  const zero = thr.filter((R) => ["at_least", "count"].includes(R.kind) && !(F(R).min && num(F(R).min) < 0)).map((R) => () => fault(R.clause.id, setS(V(R), "0"), E(0), `Clause ${R.clause.id} asks for ${F(R).id} of at least 0, which is its min.`));
  const neg = thr.filter((R) => R.kind === "at_least" && F(R).min && num(F(R).min) < 0).map((R) => () => fault(R.clause.id, setS(V(R), F(R).min), E(0), `Clause ${R.clause.id} asks for ${F(R).id} of at least ${F(R).min}, which is its min.`));
  const all = thr.filter((R) => R.kind === "at_least" && num(V(R).v) > 1 && R.depth === 0).map((R) => () => fault(R.clause.id, rep(R.node, `{ kind = "any_of", of = [${S.text.slice(R.node.s, R.node.e)}, { kind = "at_most", figure = "${F(R).id}", value = "${V(R).v}" }] }`), E(0), `Clause ${R.clause.id} is met by every value: ${F(R).id} at least or at most ${V(R).v}.`));
  const atmax = thr.filter((R) => R.kind === "at_most" && F(R).max).map((R) => () => fault(R.clause.id, setS(V(R), F(R).max), E(0), `Clause ${R.clause.id} asks for ${F(R).id} of at most ${F(R).max}, which is its max.`));
  return [min, k0, max, zero, all, atmax, rmax, neg];
};

asked["overlapping-alternatives"] = (S, r) => {
  const F = (R) => S.F.get(R.figs[0]?.id), V = (R) => get(R.node, "value"), T = (R) => S.text.slice(R.node.s, R.node.e);
  const thr = S.rules.filter((R) => ["at_least", "count", "at_most"].includes(R.kind) && R.depth === 0 && F(R) && decimal(V(R)?.v) && num(V(R).v) > 1 && !get(R.node, "strict"));
  const other = (R) => { const v = num(V(R).v); let x = R.kind === "at_most" ? v * 1.5 : v * 0.8; if (v >= 10) x = Math.round(x); else if (R.kind === "count") x = R.kind === "at_most" ? v + 1 : v - 1; x = fmt(x); return T(R).slice(0, V(R).s - R.node.s) + q(x) + T(R).slice(V(R).e - R.node.s); };
  const imply = thr.map((R) => () => { const l = r.shuffle([T(R), other(R)]); return fault(R.clause.id, rep(R.node, `{ kind = "any_of", of = [${l[0]}, ${l[1]}] }`), E(0), `Clause ${R.clause.id} has two alternatives on ${F(R).id}, and one implies the other.`); });
  const equal = S.rules.filter((R) => R.depth === 0 && R.kind !== "yes_no" && ["at_least", "at_most", "count", "rank"].includes(R.kind) && F(R)).map((R) => () => fault(R.clause.id, rep(R.node, `{ kind = "any_of", of = [${T(R)}, ${T(R)}] }`), E(0), `Clause ${R.clause.id} has two equal alternatives.`));
  const more = S.rules.filter((R) => ["any_of", "all_of"].includes(R.kind) && R.parts.length).map((R) => () => { const x = r.pick(R.parts); const last = get(R.node, "of").items.at(-1); const nl = S.text.slice(R.node.s, R.node.e).includes("\n"); return fault(R.clause.id, ins(last.e, `,${nl ? "\n    " : " "}${S.text.slice(x.node.s, x.node.e)}`), E(0, nl ? 3 : 1), `A part of the ${R.kind} rule of clause ${R.clause.id} stands in it twice.`); });
  const anyimp = S.rules.filter((R) => R.kind === "any_of").flatMap((R) => R.parts.filter((x) => ["at_least", "at_most"].includes(x.kind) && decimal(V(x)?.v)).map((x) => () => { const last = get(R.node, "of").items.at(-1); const nl = S.text.slice(R.node.s, R.node.e).includes("\n"); return fault(R.clause.id, ins(last.e, `,${nl ? "\n    " : " "}${other(x)}`), E(0, nl ? 3 : 1), `In the any_of rule of clause ${R.clause.id} a new part on ${F(x).id} is implied by another or implies it.`); }));
  const allimp = S.rules.filter((R) => R.kind === "all_of").flatMap((R) => R.parts.filter((x) => ["at_least", "at_most", "count"].includes(x.kind) && decimal(V(x)?.v) && num(V(x).v) > 1).map((x) => () => fault(R.clause.id, ins(x.node.e, `, ${other(x)}`), E(0, 2), `In the all_of rule of clause ${R.clause.id} two parts stand on ${F(x).id}, and one implies the other.`)));
  const yes2 = S.rules.filter((R) => R.kind === "yes_no" && R.depth > 0 && R.figs.length).map((R) => () => fault(R.clause.id, ins(R.node.e, `, ${T(R)}`), E(0, 2), `The yes/no part ${R.figs[0].id} stands twice in clause ${R.clause.id}.`));
  return [imply, equal, anyimp, more, allimp, yes2];
};

const inl = (S) => S.blocks.flatMap((b) => ["hint", "note", "why", "summary", "guidance", "due", "condition", "tier"].filter((k) => b.keys.get(k)?.val.t === "tab" && get(b.keys.get(k).val, "zh") && get(b.keys.get(k).val, "en")).map((k) => ({ b, k, tab: b.keys.get(k).val })));
const bid = (S, b) => b.type === "top" ? S.id : b.type === "clause.reading" ? b.clause.id : b.id;
const bl = (b, S) => b.type === "top" ? "the standard" : lab(b);

asked["missing-language"] = (S, r) => {
  const line = (l) => l.filter((b) => str(b, "zh") && str(b, "en")).map((b) => () => { const k = r.pick(["en", "en", "zh"]), o = k === "en" ? "zh" : "en"; return fault(bid(S, b), delKey(S, b, k), b.keys.get(o).val.s, `The ${k} name of ${bl(b)} is missing.`); });
  const tab = (k) => inl(S).filter((x) => x.k === k).map(({ b, tab }) => () => { const l = r.pick(["en", "en", "zh"]); return fault(bid(S, b), delEnt(tab, l), tab.s, `The ${k} of ${bl(b)} has no ${l}.`); });
  const empty = [...S.clauses, ...S.figs, ...S.groups].map((b) => () => { const k = r.pick(["en", "zh"]); return b.keys.has(k) ? fault(bid(S, b), setS(b.keys.get(k).val, ""), E(0), `The ${k} name of ${bl(b)} is empty.`) : null; });
  const qual = S.rules.flatMap((R) => (get(R.node, "qualifiers")?.items ?? []).map((x) => () => get(x, "en") ? fault(R.clause.id, delEnt(x, "en"), x.s, `A qualifier of clause ${R.clause.id} has no en.`) : null));
  return [line(S.clauses), tab("hint"), tab("note"), line(S.readings), line(S.groups), line(S.figs), tab("why"), line(S.deps), empty, tab("condition"), tab("due"), line([S.top]), line(S.places), qual, tab("summary"), tab("guidance")];
};

asked["wrong-language"] = (S, r) => {
  const en = (l) => l.filter((b) => str(b, "zh") && str(b, "en")).map((b) => () => fault(bid(S, b), setS(b.keys.get("en").val, str(b, "zh")), E(0), `The en name of ${bl(b)} is Chinese.`));
  const zh = (l) => l.filter((b) => str(b, "zh") && str(b, "en") && str(b, "en").length <= 40).map((b) => () => fault(bid(S, b), setS(b.keys.get("zh").val, str(b, "en")), E(0), `The zh name of ${bl(b)} is English.`));
  const tab = (k) => inl(S).filter((x) => x.k === k).map(({ b, tab }) => () => {
    const z = get(tab, "zh"), e = get(tab, "en"), w = r.pick(["en", "swap", "zh"]);
    if (w === "swap") return fault(bid(S, b), [setS(z, e.v), setS(e, z.v)], E(0), `zh and en of the ${k} of ${bl(b)} are swapped.`);
    return fault(bid(S, b), w === "en" ? setS(e, z.v) : setS(z, e.v), E(0), `The ${w} of the ${k} of ${bl(b)} is ${w === "en" ? "Chinese" : "English"}.`);
  });
  const half = S.clauses.filter((c) => /^[^\d]{8,}$/.test(str(c, "zh") ?? "")).map((c) => () => { const z = str(c, "zh"); return fault(c.id, setS(c.keys.get("en").val, z.slice(0, 4) + " " + str(c, "en").split(" ").slice(-2).join(" ")), E(0), `The en name of clause ${c.id} is half Chinese, an unfinished translation.`); });
  const pinyin = S.deps.filter((d) => /局$/.test(str(d, "zh"))).map((d) => () => fault(d.id, setS(d.keys.get("en").val, str(d, "zh").replace(/局$/, "") + " Bureau"), E(0), `The en name of department ${d.id} is half Chinese.`));
  return [en(S.clauses), zh(S.figs), tab("hint"), tab("note"), en(S.figs), half, en(S.groups), zh(S.groups), en(S.deps), tab("why"), en(S.readings), zh(S.deps), pinyin, zh(S.readings), tab("condition"), en([S.top])];
};

asked["threshold-without-unit"] = (S, r) => {
  const f = S.figs.filter((f) => f.unit && f.uses.some((u) => u.R && numericKinds.has(u.R.kind) || u.R && ["toward", "external", "growth", "between"].includes(u.R?.kind)));
  const clean = f.filter((x) => !x.formula && x.uses.every((u) => u.role !== "operand"));
  const gone = (l) => l.map((x) => () => fault(x.id, delKey(S, x, "unit"), x.hs, `Figure ${x.id} has lost its unit (${x.unit}), and clause ${x.uses.find((u) => u.clause).clause.id} holds a number against it.`, [[x.uses.find((u) => u.clause).clause.id, x.uses.find((u) => u.clause).v.s]]));
  const blank = clean.map((x) => () => fault(x.id, setS(x.keys.get("unit").val, ""), E(0), `The unit of figure ${x.id} is empty.`));
  return [gone(clean.filter((x) => x.uses[0].R && numericKinds.has(x.uses[0].R.kind))), blank, gone(f.filter((x) => x.formula && x.uses.every((u) => u.role !== "operand"))), gone(clean)];
};

asked["formula-cycle"] = (S, r) => {
  const back = S.figs.filter((f) => f.bin?.op === "/").flatMap((f) => [
    f.bin.a.formula ? [] : [() => fault(f.bin.a.id, addKey(S, f.bin.a, ["period"], `formula = "${f.id} * ${f.bin.b.id}"`), E(0), `${f.bin.a.id} follows from ${f.id}, which follows from ${f.bin.a.id}.`, [[f.id, f.formula.s]])],
    f.bin.b.formula ? [] : [() => fault(f.bin.b.id, addKey(S, f.bin.b, ["period"], `formula = "${f.bin.a.id} / ${f.id}"`), E(0), `${f.bin.b.id} follows from ${f.id}, which follows from ${f.bin.b.id}.`, [[f.id, f.formula.s]])],
  ].flat());
  const direct = S.figs.filter((f) => !f.formula && !f.yes && f.unit && !RATIO.has(f.unit) && !["rank", "grade", "year"].includes(f.unit)).flatMap((f) => {
    const c = S.figs.filter((g) => g !== f && !g.formula && g.unit === f.unit && g.scope === f.scope && g.period === f.period);
    return c.length ? [() => { const g = r.pick(c), t = r.pick([`${f.id} + ${g.id}`, `${g.id} + ${f.id}`]); return fault(f.id, addKey(S, f, ["period"], `formula = "${t}"`), E(0), `${f.id} follows from itself: ${t}.`); }] : [];
  });
  const self = S.figs.filter((f) => f.bin?.op === "+").map((f) => () => fault(f.id, ins(f.formula.e - 1, ` + ${f.id}`), E(0), `${f.id} follows from itself.`));
  const ratio = S.figs.filter((f) => f.bin?.op === "/" && dim(f.unit) === "1").map((f) => () => fault(f.id, rep(f.formula, q(`${f.bin.a.id} / ${f.bin.b.id} * ${f.id} / ${f.id}`)), E(0), `${f.id} follows from itself.`));
  const three = S.figs.filter((f) => f.bin?.op === "/" && !f.bin.b.formula).flatMap((f) => S.figs.filter((g) => g !== f && g.bin?.op === "/" && g.bin.b === f.bin.b && !f.bin.a.formula && !g.bin.a.formula).slice(0, 2).map((g) => () =>
    fault(f.bin.b.id, addKey(S, f.bin.b, ["period"], `formula = "${f.bin.a.id} / ${f.id} + ${g.bin.a.id} / ${g.id} - ${g.bin.a.id} / ${g.id}"`), E(0), `${f.bin.b.id} follows from ${f.id} and ${g.id}, which both follow from it.`, [[f.id, f.formula.s], [g.id, g.formula.s]])));
  const same = S.figs.filter((f) => !f.formula && !f.yes && f.unit).map((f) => () => fault(f.id, addKey(S, f, ["period"], `formula = "${f.id}"`), E(0), `The formula of ${f.id} is ${f.id} itself.`));
  return [back, direct, self, three, last(ratio), last(same)];
};

asked["direction"] = (S, r) => {
  const T = S.rules.filter((R) => R.kind === "toward" && decimal(get(R.node, "target")?.v) && decimal(get(R.node, "baseline")?.v)), g = (R, k) => get(R.node, k);
  const ne = T.filter((R) => num(g(R, "target").v) !== num(g(R, "baseline").v));
  const flip = ne.map((R) => () => { const d = g(R, "direction"), t = d.v === "rising" ? "falling" : "rising"; return fault(R.clause.id, setS(d, t), E(0), `Clause ${R.clause.id} is ${t}, but goes from ${g(R, "baseline").v} to ${g(R, "target").v}.`); });
  const swap = ne.map((R) => () => fault(R.clause.id, [setS(g(R, "baseline"), g(R, "target").v), setS(g(R, "target"), g(R, "baseline").v)], E(0), `Baseline and target of clause ${R.clause.id} are swapped: ${g(R, "direction").v} from ${g(R, "target").v} to ${g(R, "baseline").v}.`));
  const yr = T.map((R) => () => { const b = Number(g(R, "baseline_year").v), y = r.pick([b, b - 1, b - 3]); return fault(R.clause.id, rep(g(R, "target_year"), String(y)), E(0), `The target year ${y} of clause ${R.clause.id} is not after the baseline year ${b}.`); });
  const ysw = T.map((R) => () => fault(R.clause.id, [rep(g(R, "baseline_year"), g(R, "target_year").v), rep(g(R, "target_year"), g(R, "baseline_year").v)], E(1), `Baseline year and target year of clause ${R.clause.id} are swapped.`));
  const by = T.map((R) => () => fault(R.clause.id, rep(g(R, "baseline_year"), g(R, "target_year").v), E(0), `Baseline year and target year of clause ${R.clause.id} are both ${g(R, "target_year").v}.`));
  const made = T.length ? [] : S.rules.filter((R) => R.depth === 0 && ["count", "at_least"].includes(R.kind) && decimal(get(R.node, "value")?.v) && S.F.has(R.figs[0]?.id) && !get(R.node, "strict")).map((R) => () => {
    const v = get(R.node, "value").v, y = Number(raw(R.clause, "year") ?? S.year + 1), w = r.pick(["side", "year"]);
    const b = w === "side" ? fmt(num(v) + (num(v) >= 10 ? Math.floor(num(v) / 5) : 1)) : "0", by = w === "side" ? S.year - 1 : y;
    return fault(R.clause.id, rep(R.node, `{ kind = "toward", figure = "${R.figs[0].id}", baseline = "${b}", baseline_year = ${Math.min(by, w === "side" ? y - 1 : y)}, target = "${v}", target_year = ${y}, direction = "rising" }`), E(0), w === "side" ? `Clause ${R.clause.id} is to rise from ${b} to ${v}.` : `Target year and baseline year of clause ${R.clause.id} are both ${y}.`);
  });
  return [flip, yr, swap, ysw, by, made];
};

const NEAR = { 健: "建", 建: "健", 运: "通", 旅: "游", 监: "检", 管: "督", 物: "务", 财: "才", 计: "记", 境: "镜", 源: "原", 政: "正", 供: "共", 销: "消", 振: "镇", 法: "发", 划: "化", 员: "原", 综: "宗", 审: "申", 编: "篇", 部: "局", 商: "工", 经: "金", 农: "林" };
asked["department-two-ways"] = (S, r) => {
  const taken = new Set(S.deps.map((d) => str(d, "zh")));
  const ways = {
    prefix: (n) => /^(县|市|省|区)(?!委|政府|人民|直).+/.test(n) && n.length > 3 ? n.slice(1) : /^[^县市省区州].*(局|委|办|中心)$/.test(n) ? ({ province: "省", city: "市" }[S.level] ?? "县") + n : null,
    suffix: (n) => /..局$/.test(n) ? n.slice(0, -1) : /..(委|办|镇)$/.test(n) && n.length > 3 ? n.slice(0, -1) : /[局委办府镇院社会部处心道位]$/.test(n) ? null : n + "局",
    near: (n) => { const i = [...n].findIndex((c, j) => j > 0 && NEAR[c]); return i < 0 ? null : n.slice(0, i) + NEAR[n[i]] + n.slice(i + 1); },
    level: (n) => n.length > 3 && /^县/.test(n) ? "市" + n.slice(1) : n.length > 3 && /^市(?!直|、|（|\()/.test(n) ? "县" + n.slice(1) : null,
    more: (n) => /(局|委)$/.test(n) && n.length > 3 ? n.replace(/(局|委)$/, n.endsWith("局") ? "委" : "局") : null,
  };
  const uses = (d) => S.clauses.filter((c) => c.deps.some((x) => x.v === d.id));
  return ["near", "suffix", "prefix", "level", "more"].map((w) => S.deps.filter((d) => uses(d).length > 1).map((d) => () => {
    const n = ways[w](str(d, "zh")); if (!n || taken.has(n) || n === str(d, "zh")) return null;
    const id = d.id + { near: "_2", suffix: "_short", prefix: "_alt", level: "_other", more: "_office" }[w]; if (S.ids.has(id)) return null;
    const c = r.pick(uses(d)), t = swapIn(S, d, ["id", q(id)], ["zh", q(n)], ["en", q(w === "prefix" ? str(d, "en").replace(/^(County|City|Municipal) /, "") : w === "level" && n[0] === "市" ? str(d, "en").replace(/^County/, "City") : w === "suffix" ? str(d, "en").replace(/ (Bureau|Commission)$/, "") : str(d, "en"))]);
    const refs = [...c.deps, ...c.leads].filter((x) => x.v === d.id);
    return fault(id, [addBlock(S, d, t), ...refs.map((x) => setS(x, id))], E(0, 1), `${n} is declared beside ${str(d, "zh")} and used in clause ${c.id}: one department under two names.`, [[d.id, d.hs], [c.id, c.hs]]);
  }));
};

asked["lead-not-among-departments"] = (S, r) => {
  const nDep = new Map(); for (const c of S.clauses) for (const d of c.deps) nDep.set(d.v, (nDep.get(d.v) ?? 0) + 1);
  const C = S.clauses.filter((c) => c.leads.length && c.deps.length > 1);
  const leadKey = S.clauses.filter((c) => c.keys.has("lead")).length > S.clauses.filter((c) => c.keys.has("leads")).length ? "lead" : "leads";
  const drop = C.map((c) => () => { const l = r.pick(c.leads), i = c.deps.findIndex((d) => d.v === l.v); if (i < 0 || nDep.get(l.v) < 2) return null; const ed = i > 0 ? { s: c.deps[i - 1].e, e: c.deps[i].e, t: "" } : { s: c.deps[0].s, e: c.deps[1].s, t: "" }; return fault(c.id, ed, l.s, `Clause ${c.id} is led by ${l.v}, which is no longer among its departments.`); });
  const swap = C.map((c) => () => { const l = r.pick(c.leads), o = S.deps.filter((d) => !c.deps.some((x) => x.v === d.id)); if (!o.length) return null; const d = r.pick(o); return fault(c.id, setS(l, d.id), E(0), `Clause ${c.id} is led by ${d.id}, which is not among its departments.`); });
  const add = S.clauses.filter((c) => !c.leads.length && c.deps.length && S.deps.length > c.deps.length).map((c) => () => { const d = r.pick(S.deps.filter((d) => !c.deps.some((x) => x.v === d.id))); return fault(c.id, ins(lineStart(S.text, c.keys.get("departments").ks), leadKey === "leads" ? `leads = ["${d.id}"]\n` : `lead = "${d.id}"\n`), E(0), `Clause ${c.id} is led by ${d.id}, which is not among its departments.`); });
  return [drop, swap, add];
};

const inName = (R, v) => { const n = (str(R.clause, "zh") ?? "") + " " + (R.owner !== R.clause ? str(R.owner, "zh") ?? "" : ""); return tokens(n).includes(v); };
asked["wrong-number"] = (S, r) => {
  const ok = (R, k, old, v) => {
    if (!v || v === old || !decimal(v) || inName(R, v) || num(v) <= 0 || (v.length > 1 && v[0] === "0" && v[1] !== ".") || num(v) === num(old)) return false;
    const f = S.F.get(R.figs[0]?.id); if (f?.max && num(v) > num(f.max)) return false; if (f?.min && num(v) <= num(f.min)) return false;
    if (f?.unit === "percent" && num(v) > 100) return false;
    if (R.kind === "between" && num(v) <= num(get(R.node, "low").v)) return false;
    if (R.kind === "at_most" && f?.max && num(v) >= num(f.max)) return false;
    if (R.kind === "toward") { const b = num(k === "baseline" ? v : get(R.node, "baseline").v), t = num(k === "target" ? v : get(R.node, "target").v); if (get(R.node, "direction").v === "rising" ? t <= b : t >= b) return false; }
    return true;
  };
  const rule = (k, kinds) => S.rules.filter((R) => kinds.includes(R.kind) && decimal(get(R.node, k)?.v) && inName(R, get(R.node, k).v)).map((R) => () => {
    const n = get(R.node, k); for (let i = 0; i < 20; i++) { const v = digitSlip(r, n.v); if (ok(R, k, n.v, v)) return fault(R.clause.id, setS(n, v), E(0), `The rule of clause ${R.clause.id} says ${k} ${v}, its Chinese name ${n.v}.`); } return null;
  });
  const name = S.rules.filter((R) => R.owner === R.clause && numericKinds.has(R.kind) && decimal(get(R.node, "value")?.v) && tokens(str(R.clause, "zh")).filter((x) => x === get(R.node, "value").v).length === 1).map((R) => () => {
    const n = get(R.node, "value").v, z = R.clause.keys.get("zh").val; for (let i = 0; i < 20; i++) { const v = digitSlip(r, n); if (ok(R, "value", n, v)) { const t = z.v.replace(new RegExp(`(?<![\\d.])${n.replace(".", "\\.")}(?![\\d.]*\\d)`), v); if (t !== z.v) return fault(R.clause.id, setS(z, t), E(0), `The Chinese name of clause ${R.clause.id} says ${v}, its rule ${n}.`, [[R.clause.id, get(R.node, "value").s]]); } } return null;
  });
  const qual = S.rules.flatMap((R) => (get(R.node, "qualifiers")?.items ?? []).filter((x) => decimal(get(x, "value")?.v) && inName(R, get(x, "value").v)).map((x) => () => { const n = get(x, "value"), v = digitSlip(r, n.v); return v && v !== n.v && v[0] !== "0" ? fault(R.clause.id, setS(n, v), E(0), `A qualifier of clause ${R.clause.id} says ${v}, its Chinese name ${n.v}.`) : null; }));
  return [rule("value", ["at_least", "at_most", "rank"]), rule("value", ["count"]), rule("target", ["toward"]), name, rule("value", ["growth"]), rule("baseline", ["toward", "context"]), qual, rule("target", ["context"]), rule("high", ["between"])];
};

asked["boundary"] = (S, r) => {
  const V = (R) => get(R.node, "value"), thr = S.rules.filter((R) => ["at_least", "at_most"].includes(R.kind) && decimal(V(R)?.v));
  const over = thr.filter((R) => get(R.node, "strict")?.v === "true");
  const lax = over.flatMap((R) => [
    () => fault(R.clause.id, delEnt(R.node, "strict"), R.node.s, `Clause ${R.clause.id} says “more (or less) than” in its name, but its rule is no longer strict.`),
    () => fault(R.clause.id, rep(get(R.node, "strict"), "false"), E(0), `Clause ${R.clause.id} says “more (or less) than” in its name, but strict is false.`),
  ]);
  const inc = /(以上|以下|以内|达到|达|不低于|不少于|至少|不超过|不高于)/;
  const strict = thr.filter((R) => !get(R.node, "strict") && inc.test(str(R.clause, "zh")) && inName(R, V(R).v)).map((R) => () => fault(R.clause.id, addEnt(R.node, "strict = true"), E(0), `Clause ${R.clause.id} says ${inc.exec(str(R.clause, "zh"))[0]} in its name, which includes the number, but its rule is strict.`));
  const esc = (s) => s.replace(".", "\\.");
  const name = thr.filter((R) => R.owner === R.clause && !get(R.node, "strict")).map((R) => () => {
    const z = R.clause.keys.get("zh").val; let t = R.kind === "at_least" ? z.v.replace(new RegExp(`(达到|达|不低于|不少于|至少)(?=${esc(V(R).v)})`), "超过") : z.v.replace(new RegExp(`(不超过|不高于|不多于)(?=${esc(V(R).v)})`), "小于");
    if (t === z.v && R.kind === "at_least") t = z.v.replace(new RegExp(`(?<![\\d.:过])(${esc(V(R).v)}(?![\\d.])[^，、]{0,4})以上`), "超过$1");
    return t === z.v || [...t].length > 24 ? null : fault(R.clause.id, setS(z, t), E(0), `The Chinese name of clause ${R.clause.id} now says ${R.kind === "at_least" ? "超过" : "小于"}, but its rule includes the number.`, [[R.clause.id, R.node.s]]);
  });
  const back = over.filter((R) => R.owner === R.clause).map((R) => () => { const z = R.clause.keys.get("zh").val, t = z.v.replace(/超过|高于|超/, "不低于").replace("小于", "不高于"); return t === z.v ? null : fault(R.clause.id, setS(z, t), E(0), `The Chinese name of clause ${R.clause.id} now includes the number, but its rule is strict.`, [[R.clause.id, R.node.s]]); });
  return [lax, strict, name, back];
};

asked["percent-without-max"] = (S) => {
  const go = (l) => l.map((f) => () => fault(f.id, delKey(S, f, "max"), f.hs, `The percent share ${f.id} has lost its max of 100.`));
  const p = S.figs.filter((f) => f.unit === "percent" && f.max === "100");
  const odd = p.filter((f) => f.formula).map((f) => () => fault(f.id, setS(f.keys.get("max").val, "1000"), E(0), `The percent share ${f.id} may be as high as 1000.`));
  return [go(p.filter((f) => f.formula)), go(p.filter((f) => !f.formula)), odd];
};

asked["scope-mix"] = (S, r) => {
  const share = S.figs.filter((f) => f.bin?.op === "/" && f.bin.a.scope === f.scope && f.bin.b.scope === f.scope);
  const swapOp = share.flatMap((f) => f.ops.flatMap((u) => { const o = S.F.get(u.id); if (o.uses.length < 2) return []; return S.figs.filter((g) => !g.formula && g.unit === o.unit && g.scope !== o.scope && g.scope !== "none" && g.period === o.period && g !== f.bin.a && g !== f.bin.b).map((g) => () => fault(f.id, rep(u.v, g.id), E(0), `The formula of ${f.id} (${f.scope}) uses ${g.id} of scope ${g.scope}.`)); }));
  const near = { town_seat: "town", town: "town_seat", county_seat: "county", county: "county_seat", city: "county", province: "city" };
  const opScope = share.flatMap((f) => [f.bin.a, f.bin.b].filter((o) => lone(o) && near[o.scope]).map((o) => () => fault(o.id, setS(o.keys.get("scope").val, near[o.scope]), E(0), `Figure ${o.id} has the scope ${near[o.scope]}, but ${f.id}, which follows from it, ${f.scope}.`, [[f.id, f.formula.s]])));
  const own = share.filter((f) => near[f.scope] && f.uses.every((u) => u.role !== "operand" && u.R?.kind !== "growth" && u.R?.kind !== "external")).map((f) => () => fault(f.id, setS(f.keys.get("scope").val, near[f.scope]), E(0), `Figure ${f.id} has the scope ${near[f.scope]}, its parts ${f.scope}.`, [[f.id, f.formula.s]]));
  const growth = S.rules.filter((R) => R.kind === "growth").flatMap((R) => { const f = S.F.get(R.figs.find((u) => u.role === "base")?.id); return f && near[f.scope] && !f.formula && f.uses.every((u) => u.clause === R.clause) ? [() => fault(f.id, setS(f.keys.get("scope").val, near[f.scope]), E(0), `Growth in clause ${R.clause.id} holds ${R.figs[0].id} (${S.F.get(R.figs[0].id).scope}) against ${f.id} (${near[f.scope]}).`, [[R.clause.id, R.node.s]])] : []; });
  return [swapOp, opScope, own, growth];
};

asked["level-scope"] = (S, r) => {
  const free = S.figs.filter((f) => !f.formula && SC[f.scope] && f.uses.length && f.uses.every((u) => u.role === "figure" && u.R.kind !== "external" && u.clause));
  const top = (f) => Math.max(...f.uses.flatMap((u) => u.clause.eff.map((l) => LV[l] ?? 9)));
  const up = (sc) => free.filter((f) => SC[sc] > top(f)).map((f) => () => fault(f.id, setS(f.keys.get("scope").val, sc), E(0), `Figure ${f.id} of scope ${sc} is judged in clause ${f.uses[0].clause.id} at the level ${f.uses[0].clause.eff.join(", ")}.`, [[f.uses[0].clause.id, f.uses[0].clause.hs]]));
  const wide = (c) => Math.max(0, ...c.roots.flatMap((R) => R.figs).map((u) => SC[S.F.get(u.id)?.scope] ?? 0));
  const names4 = ["", "town", "county", "city", "province"];
  const withLevels = S.clauses.filter((c) => c.levels.length && wide(c) > 1);
  const down = withLevels.map((c) => () => { const l = r.pick(names4.slice(1, wide(c))); return fault(c.id, rep(c.keys.get("levels").val, `["${l}"]`), E(0), `Clause ${c.id} holds a figure of scope ${names4[wide(c)]} and is judged at the level ${l}.`); });
  const lost = withLevels.filter((c) => wide(c) > LV[S.level]).map((c) => () => fault(c.id, delKey(S, c, "levels"), c.hs, `Clause ${c.id} has lost its levels and is judged at the level ${S.level}, but its figure is of a wider scope.`));
  const narrow = S.clauses.filter((c) => !c.levels.length && c.keys.has("rule") && c.roots.some((R) => R.figs.length && R.figs.every((u) => SC[S.F.get(u.id)?.scope] === LV[S.level])) && LV[S.level] > 1).map((c) => () => fault(c.id, addKey(S, c, ["rule"], 'levels = ["town"]'), E(0), `Clause ${c.id} is judged at the level town, but its figure is of scope ${S.F.get(c.roots[0].figs[0].id).scope}.`));
  const towncounty = S.level === "town" ? up("county") : [];
  return [up("province"), down, lost, up("city"), narrow, towncounty];
};

asked["bad-year"] = (S, r) => {
  const early = (y) => r.pick([S.year - 1, S.year - 2, S.year - 5, S.year - 10, 2002]);
  const odd = (y) => r.pick([`${y}`.slice(0, 3) + `${y}`[2] + `${y}`[3], `${y}`.slice(0, 3), `${y}0`, `2${`${y}`[1]}${`${y}`[1]}${`${y}`.slice(2)}`.slice(0, 5), `${y}`[0] + `${y}`[2] + `${y}`[1] + `${y}`[3]]);
  const Y = S.clauses.filter((c) => c.keys.has("year"));
  const past = Y.map((c) => () => { const y = early(); return fault(c.id, rep(c.keys.get("year").val, String(y)), E(0), `Clause ${c.id} is due in ${y}, before the document of ${S.year}.`); });
  const slip = Y.map((c) => () => { const y = odd(raw(c, "year")); return y === raw(c, "year") ? null : fault(c.id, rep(c.keys.get("year").val, y), E(0), `Clause ${c.id} is due in the year ${y}.`); });
  const fresh = Y.length > 5 ? [] : S.clauses.filter((c) => c.keys.has("rule") && !c.keys.has("year") && !c.keys.has("due")).map((c) => () => { const y = r.pick([early(), odd(S.year + 4)]); return fault(c.id, addKey(S, c, ["rule"], `year = ${y}`), E(0), `Clause ${c.id} is due in ${y}, which is before the document or no year at all.`); });
  const rule = ["target_year", "baseline_year", "since"].map((k) => S.rules.filter((R) => get(R.node, k)?.t === "raw").map((R) => () => { const v = get(R.node, k).v, y = odd(v); return y === v || k === "target_year" && num(y) < 1000 ? null : fault(R.clause.id, rep(get(R.node, k), y), E(0), `The rule of clause ${R.clause.id} has the ${k} ${y}.`); }));
  const period = S.figs.filter((f) => /^\d{4}$/.test(f.period ?? "")).map((f) => () => { const y = odd(f.period); return y === f.period ? null : fault(f.id, setS(f.keys.get("period").val, y), E(0), `The period of figure ${f.id} is the year ${y}.`); });
  return [past, slip, fresh, rule[0], period, rule[2], rule[1]];
};

asked["bad-id"] = (S, r) => {
  const spoil = { upper: (x) => x[0].toUpperCase() + x.slice(1), camel: (x) => x.replace(/_([a-z])/g, (_, c) => c.toUpperCase()), hyphen: (x) => x.replaceAll("_", "-"), one: (x) => x.replace("_", "-"), space: (x) => x.replace("_", " "), dot: (x) => x.replace("_", "."), shout: (x) => x.toUpperCase() };
  const all = (id, nid) => { const e = []; const re = new RegExp(`"${id}"`, "g"); for (const m of S.text.matchAll(re)) e.push({ s: m.index, e: m.index + m[0].length, t: `"${nid}"` }); return e; };
  const plain = (l, w) => l.filter((b) => b.id?.includes("_")).map((b) => () => { const n = spoil[w](b.id); return n === b.id ? null : fault(b.type === "clause.reading" ? b.clause.id : n, setS(b.keys.get("id").val, n), E(0), `The id ${n} of ${b.type === "clause" ? "a clause" : "a reading"} is not snake_case.`); });
  const deep = (l, w, sort) => l.filter((b) => b.id?.includes("_") && !S.figs.some((f) => f.ops.some((u) => u.id === b.id))).map((b) => () => { const n = spoil[w](b.id); if (n === b.id) return null; const e = all(b.id, n); return fault(n, e, E(e.findIndex((x) => x.s === b.keys.get("id").val.s)), `The id ${n} of a ${sort} (also where it is referred to) is not snake_case.`); });
  const top = S.id ? [() => fault(S.id.replaceAll("-", "_"), setS(S.top.keys.get("id").val, S.id.replaceAll("-", "_")), E(0), "The id of the standard is not kebab-case."), () => { const n = S.id[0].toUpperCase() + S.id.slice(1); return fault(n, setS(S.top.keys.get("id").val, n), E(0), "The id of the standard has an upper-case letter."); }] : [];
  const han = S.clauses.map((c) => () => { const n = c.id.split("_")[0] + "_" + (str(c, "zh").match(/\p{Script=Han}{2}/u)?.[0] ?? "指标"); return fault(n, setS(c.keys.get("id").val, n), E(0), `The id ${n} of a clause is not ASCII.`); });
  const digit = S.readings.filter((x) => !/_/.test(x.id)).map((x) => () => fault(x.clause.id, setS(x.keys.get("id").val, x.id[0].toUpperCase() + x.id.slice(1)), E(0), `The id of a reading of clause ${x.clause.id} has an upper-case letter.`));
  return [plain(S.clauses, "one"), deep(S.figs, "hyphen", "figure"), plain(S.clauses, "upper"), deep(S.groups, "hyphen", "group"), deep(S.deps, "upper", "department"), top, plain(S.clauses, "camel"), deep(S.figs, "camel", "figure"), digit, plain(S.clauses, "space"), han, plain(S.clauses, "dot")];
};

const KINDTYPO = { yes_no: ["yesno", "yes-no", "yes_or_no"], at_least: ["atleast", "at-least", "at_lest", "min"], at_most: ["atmost", "at_mots", "max"], count: ["counts", "number"], rank: ["ranking", "rnak"], growth: ["grwoth", "grow"], toward: ["towards", "torward"], context: ["contex"], rising: ["raising"], external: ["extern"], any_of: ["one_of", "any-of"], all_of: ["allof", "all_off"], at_least_of: ["atleast_of"], between: ["beetween"] };
const FIELDTYPO = { value: ["valeu", "vaule", "values"], figure: ["figrue", "figures", "id"], target: ["traget", "goal"], baseline: ["base_line", "basline"], baseline_year: ["baselineyear", "base_year"], target_year: ["targetyear", "year"], direction: ["dircetion"], measure: ["mesure"], current: ["curent"], strict: ["strikt", "exclusive"], since: ["sinse", "from"], since_figure: ["sincefigure"], method: ["methode"], of: ["off", "parts"], series: ["serie"], op: ["operator"], qualifiers: ["qualifier"], rate: ["rates"], base: ["basis"] };
asked["rule-misspelled"] = (S, r) => {
  const kind = (f) => S.rules.filter((R) => KINDTYPO[R.kind] && f(R)).map((R) => () => { const t = r.pick(KINDTYPO[R.kind]); return fault(R.clause.id, setKind(R, t), E(0), `Clause ${R.clause.id} has the rule kind ${t} (${R.kind}).`); });
  const field = (f) => S.rules.flatMap((R) => R.node.ent.filter((e) => FIELDTYPO[e.k] && f(e.k) && (!["figure", "current", "base", "rate", "series", "of", "since_figure"].includes(e.k) || R.figs.concat(R.parts.flatMap((x) => x.figs)).every((u) => (S.F.get(u.id)?.uses.length ?? 2) > 1))).map((e) => () => { const t = r.pick(FIELDTYPO[e.k].filter((x) => !R.node.ent.some((y) => y.k === x))); return fault(R.clause.id, { s: e.ks, e: e.ks + e.k.length, t }, E(0), `The rule of clause ${R.clause.id} has the field ${t} (${e.k}).`); }));
  const kk = S.rules.map((R) => () => { const e = R.node.ent.find((x) => x.k === "kind"); return e ? fault(R.clause.id, { s: e.ks, e: e.ks + 4, t: r.pick(["knid", "type", "Kind"]) }, E(0), `The rule of clause ${R.clause.id} has no kind: the field is misspelled.`) : null; });
  return [kind((R) => R.kind !== "yes_no"), field((k) => k === "value" || k === "figure"), kind((R) => R.kind === "yes_no"), field((k) => ["strict", "method", "qualifiers", "rate"].includes(k)), field((k) => !["value", "figure", "strict", "method", "qualifiers", "rate"].includes(k)), kk];
};

asked["not-a-number"] = (S, r) => {
  const full = (s) => [...s].map((c) => /\d/.test(c) ? String.fromCodePoint(c.codePointAt(0) + 0xfee0) : c).join("");
  const ways = [
    (v) => v.includes("0") ? v.replace(/0(?!.*0)/, "O") : v.includes("1") ? v.replace("1", "l") : null,
    (v) => full(v),
    (v) => /^\d{4,}$/.test(v) ? v.replace(/\B(?=(\d{3})+$)/g, ",") : null,
    (v) => v + "%", (v) => "≥" + v, (v) => v.includes(".") ? v.replace(".", ",") : null, (v) => v.includes(".") ? v.replace(".", "．") : null,
    (v) => v.includes(".") ? v.replace(".", "..") : null, (v) => v + "以上", (v) => "约" + v, (v) => /^\d+0000$/.test(v) ? v.slice(0, -4) + "万" : null, (v) => v + " ", (v) => v.includes(".") ? v.replace(".", "。") : null, () => "", (v) => v + "-" + (num(v) + 5), (v) => ({ 10: "十", 20: "二十", 30: "三十", 50: "五十", 100: "一百", 1: "一", 2: "两", 3: "三", 5: "五", 7: "七" })[v] ?? null,
  ];
  const spots = [
    ...S.rules.flatMap((R) => ["value", "low", "high", "baseline", "target"].map((k) => [R.clause.id, k, get(R.node, k), `clause ${R.clause.id}`])),
    ...S.figs.flatMap((f) => ["min", "max"].map((k) => [f.id, k, f.keys.get(k)?.val, `figure ${f.id}`])),
    ...S.rules.flatMap((R) => (get(R.node, "qualifiers")?.items ?? []).map((x) => [R.clause.id, "value", get(x, "value"), `a qualifier of clause ${R.clause.id}`])),
  ].filter(([, , v]) => v?.t === "str" && decimal(v.v));
  return ways.map((w) => spots.map(([id, k, v, where]) => () => { const t = w(v.v); return t === null || t === v.v ? null : fault(id, setS(v, t), E(0), `The ${k} of ${where} is “${t}”, which is no number (${v.v}).`); }));
};

asked["identical-readings"] = (S, r) => {
  const C = S.clauses.filter((c) => c.readings.length > 1 && c.roots.length > 1);
  const safe = (R) => R.figs.concat(R.parts.flatMap((x) => x.figs)).every((u) => S.F.get(u.id)?.uses.some((x) => x.owner !== R.owner));
  const go = (a, b) => (c) => () => { const A = c.roots[a], B = c.roots[b]; return fault(c.id, rep(B.node, S.text.slice(A.node.s, A.node.e)), E(0), `Readings ${A.owner.id} and ${B.owner.id} of clause ${c.id} have the same rule.`, [[c.id, A.node.s]]); };
  const first = C.filter((c) => safe(c.roots[1])).map(go(0, 1)), second = C.filter((c) => safe(c.roots[0])).map(go(1, 0)), rest = C.filter((c) => !safe(c.roots[1])).map(go(0, 1));
  const reorder = C.filter((c) => safe(c.roots[1])).map((c) => () => { const A = c.roots[0], B = c.roots[1]; if (A.parts.length) return null; const t = `{ ${[A.node.ent[0], ...A.node.ent.slice(1).reverse()].map((e) => S.text.slice(e.ks, e.val.e)).join(", ")} }`; return fault(c.id, rep(B.node, t), E(0), `Readings ${A.owner.id} and ${B.owner.id} of clause ${c.id} have the same rule, its fields in another order.`, [[c.id, A.node.s]]); });
  const zeros = C.filter((c) => safe(c.roots[1])).map((c) => () => { const A = c.roots[0], B = c.roots[1], v = get(A.node, "value"); if (!v || !decimal(v.v)) return null; const t = S.text.slice(A.node.s, v.s) + q(v.v.includes(".") ? v.v + "0" : v.v + ".0") + S.text.slice(v.e, A.node.e); return fault(c.id, rep(B.node, t), E(0), `Readings ${A.owner.id} and ${B.owner.id} of clause ${c.id} have the same rule; only the number is written differently.`, [[c.id, A.node.s]]); });
  const made = S.rules.filter((R) => R.depth === 0 && R.owner === R.clause && R.kind !== "yes_no" && R.kind !== "context" && R.figs.length && R.clause.keys.size > 2).map((R) => () => {
    const c = R.clause, t = S.text.slice(R.node.s, R.node.e);
    const block = (id, zh, en, w, v) => `[[clause.reading]]\nid = "${id}"\nzh = "${zh}"\nen = "${en}"\nwhy = { zh = "${w}", en = "${v}" }\nrule = ${t}\n`;
    const two = block("literal", "按字面理解", "Taken literally", "原文字面如此。", "The text says so.") + "\n" + block("broad", "按从宽理解", "Taken broadly", "也可从宽理解。", "It can also be taken broadly.");
    const d = delKey(S, c, "rule"); const end = lineEnd(S.text, c.e);
    const eds = d.e === end ? [{ s: d.s, e: d.e, t: "\n" + two }] : [d, ins(end, "\n" + two)];
    return fault(c.id, eds, E(eds.length - 1, 1 + two.lastIndexOf("rule =")), `Clause ${c.id} has two readings with the same rule.`);
  });
  return [first, reorder, second, zeros, last(rest), last(made)];
};

asked["name-too-long"] = (S, r) => {
  const z = ["，并按照有关规定建立健全长效管理机制，确保各项任务落到实处", "，同时加强组织领导和督促检查，推动各有关单位形成工作合力", "，由各责任单位结合本地实际制定具体办法并认真组织实施"];
  const e = [", with a long-term management mechanism set up in line with the rules in force", ", while the units in charge join forces under closer leadership and supervision", " as laid down in the detailed measures that each responsible unit draws up itself"];
  const zh = S.clauses.map((c) => () => fault(c.id, setS(c.keys.get("zh").val, str(c, "zh") + r.pick(z)), E(0), `The Chinese name of clause ${c.id} is far longer than 22 characters.`));
  const en = S.clauses.map((c) => () => fault(c.id, setS(c.keys.get("en").val, str(c, "en") + r.pick(e)), E(0), `The English name of clause ${c.id} is far longer than 70 characters.`));
  return [zh, en];
};

// ---------------------------------------------------------------- more kinds, not in the brief

invented["unknown-unit"] = (S, r) => {
  const bad = { percent: ["%", "percents", "per_cent"], percentage_point: ["percentage_points"], square_metre: ["square_meter", "sqm", "m2"], square_kilometre: ["km2"], square_metre_per_person: ["square_metre_per_capita", "sqm_per_person"], item: ["items", "piece"], person: ["people", "persons"], wan_person: ["10k_person", "wan_people"], yi_yuan: ["yiyuan", "100m_yuan"], wan_ton: ["wan_tonne"], minute: ["minutes", "min"], kilometre: ["kilometer", "km"], year: ["years"], enterprise: ["company"], establishment: ["establishments"] };
  return [S.figs.filter((f) => bad[f.unit] && f.uses.every((u) => u.role !== "operand") && !f.formula).map((f) => () => { const t = r.pick(bad[f.unit]); return fault(f.id, setS(f.keys.get("unit").val, t), E(0), `Figure ${f.id} is in ${t}, which is no unit (${f.unit}).`); })];
};

invented["unknown-choice"] = (S, r) => {
  const B = { scope: { town_seat: ["townseat", "seat"], town: ["township"], county_seat: ["county_town"], county: ["countywide"], province: ["provincial"], city: ["municipality"] }, period: { assessment_year: ["assessed_year", "this_year"], previous_year: ["last_year"], base_year: ["baseyear"], planned: ["plan"] }, firmness: { strive: ["striving", "aim"], slogan: ["sloganeering"] }, applicability: { encouraged: ["encourage"], conditional: ["condition"], local: ["locally"] }, basis: { ours: ["our"] } };
  const key = (k) => S.blocks.filter((b) => B[k][str(b, k)] && (k !== "scope" || !b.formula && b.uses?.every((u) => u.role !== "operand"))).map((b) => () => { const t = r.pick(B[k][str(b, k)]); return fault(bid(S, b), setS(b.keys.get(k).val, t), E(0), `${k} of ${lab(b)} is ${t}, which is none of the choices (${str(b, k)}).`); });
  const R = { measure: { percent: ["percents", "%"], percentage_point: ["percentage_points", "points"] }, method: { compound: ["compounded"], simple: ["linear"] }, direction: { rising: ["up", "rise"], falling: ["down"] }, op: { ">=": ["=>", "≥"], "<=": ["=<"] } };
  const rule = Object.keys(R).flatMap((k) => S.rules.filter((x) => R[k][get(x.node, k)?.v]).map((x) => () => { const v = get(x.node, k), t = r.pick(R[k][v.v]); return fault(x.clause.id, setS(v, t), E(0), `${k} in the rule of clause ${x.clause.id} is ${t}, which is none of the choices (${v.v}).`); }));
  return [rule, key("scope"), key("firmness"), key("applicability"), key("period"), key("basis")];
};

invented["missing-field"] = (S, r) => {
  const need = { at_least: ["value", "figure"], at_most: ["value", "figure"], count: ["value", "figure"], rank: ["value"], toward: ["target", "target_year", "baseline", "direction"], growth: ["value", "base", "measure"], external: ["op"] };
  const rule = S.rules.flatMap((R) => (need[R.kind] ?? []).filter((k) => get(R.node, k) && !(k === "figure" || k === "base") || get(R.node, k) && S.F.get(get(R.node, k).v)?.uses.length > 1).map((k) => () => fault(R.clause.id, delEnt(R.node, k), R.node.s, `The ${R.kind} rule of clause ${R.clause.id} has no ${k}.`)));
  const norule = S.clauses.filter((c) => c.roots.length === 1 && c.keys.has("rule") && c.roots[0].kind === "yes_no" && !c.roots[0].figs.length).map((c) => () => fault(c.id, delKey(S, c, "rule"), c.hs, `Clause ${c.id} has neither a rule nor readings.`));
  const nogroup = S.clauses.filter((c) => c.group && S.clauses.filter((d) => d.group === c.group).length > 1).map((c) => () => fault(c.id, delKey(S, c, "group"), c.hs, `Clause ${c.id} belongs to no group.`));
  const fig = S.figs.filter((f) => f.uses.every((u) => u.role !== "operand") && !f.formula).map((f) => () => { const k = r.pick(["scope", "period"].filter((x) => f.keys.has(x))); return k ? fault(f.id, delKey(S, f, k), f.hs, `Figure ${f.id} has no ${k}.`) : null; });
  const id = S.readings.map((x) => () => fault(x.clause.id, delKey(S, x, "id"), x.hs, `A reading of clause ${x.clause.id} has no id.`));
  const why = S.readings.filter((x) => x.keys.has("why")).map((x) => () => fault(x.clause.id, delKey(S, x, "why"), x.hs, `Reading ${x.id} of clause ${x.clause.id} gives no reason.`));
  const deps = S.clauses.filter((c) => c.deps.length && !c.leads.length && c.deps.every((d) => S.clauses.filter((y) => y.deps.some((z) => z.v === d.v)).length > 1) && S.clauses.every((y) => y.deps.length)).map((c) => () => fault(c.id, rep(c.keys.get("departments").val, "[]"), E(0), `Clause ${c.id} has an empty list of departments, the only one in the file.`));
  return [rule, norule, fig, nogroup, why, deps, id];
};

invented["field-misspelled"] = (S, r) => {
  const T = { group: ["gruop"], departments: ["department", "departmets"], hint: ["hints", "hit"], note: ["notes", "nots"], scope: ["scop"], period: ["perid"], formula: ["formular"], holder: ["holders"], contradictions: ["contradiction"], firmness: ["firmnes"], year: ["yaer", "due_year"], max: ["maximum"], min: ["minimum"], parent: ["parrent"], place: ["palce"], lead: ["leader"], levels: ["level"], condition: ["conditon"], applicability: ["aplicability"], contribution: ["contributions"], verb: ["verbs"], leads: ["leaders"] };
  const soft = ["hint", "note", "holder", "contradictions", "firmness", "year", "min", "place", "levels", "condition", "applicability", "verb", "lead"];
  const go = (f) => S.blocks.flatMap((b) => [...b.keys.values()].filter((x) => T[x.k] && f(x.k)).map((x) => () => { const t = r.pick(T[x.k]); return fault(bid(S, b), { s: x.ks, e: x.ks + x.k.length, t }, E(0), `${bl(b)} has the key ${t} (${x.k}).`); }));
  const head = [...S.clauses.filter((c) => !c.readings.length), ...S.deps].slice(1).map((b) => () => { const t = b.type === "clause" ? "clauses" : "departement"; return b.type === "clause" ? fault(b.id, { s: b.hs + 2, e: b.hs + 2 + b.type.length, t }, E(0), `The block of ${lab(b)} is headed [[${t}]].`) : null; });
  return [go((k) => soft.includes(k)), go((k) => !soft.includes(k) && !["formula"].includes(k)), head];
};

invented["rule-and-readings"] = (S) => [
  S.clauses.filter((c) => c.readings.length && !c.keys.has("rule") && c.roots[0]).map((c) => () => fault(c.id, addKey(S, c, ["departments", "place", "group"], `rule = ${S.text.slice(c.roots[0].node.s, c.roots[0].node.e)}`), E(0), `Clause ${c.id} has a rule and readings.`)),
  S.clauses.filter((c) => c.readings.length === 2 && c.roots.length === 2 && c.roots[1].figs.every((u) => S.F.get(u.id)?.uses.some((x) => x.owner !== c.readings[1])) && c.roots[1].parts.every((p) => p.figs.every((u) => S.F.get(u.id)?.uses.some((x) => x.owner !== c.readings[1])))).map((c) => () => { const b = c.readings[1]; return fault(c.id, { s: c.readings[0].e, e: b.e, t: "" }, c.readings[0].hs, `Clause ${c.id} has one reading only; the other was taken out.`); }),
];

invented["unused-department"] = (S, r) => [
  S.deps.length ? [["county_archives", "县档案馆", "County Archives"], ["county_meteorology", "县气象局", "County Meteorological Bureau"], ["county_sports_association", "县体育总会", "County Sports Association"]].filter(([i, z]) => !S.ids.has(i) && !S.deps.some((d) => str(d, "zh") === z)).map(([i, z, e]) => () => fault(i, addBlock(S, S.deps.at(-1), `[[department]]\nid = "${i}"\nzh = "${z}"\nen = "${e}"`), E(0, 1), `Department ${i} is declared and no clause names it.`)) : [],
];
invented["empty-group"] = (S) => [
  S.groups.filter((g) => g.keys.has("parent")).map((g) => () => { const id = g.id + "_more"; return S.ids.has(id) ? null : fault(id, addBlock(S, g, dropIn(swapIn(S, g, ["id", q(id)], ["zh", q(str(g, "zh") + "（其他）")], ["en", q(str(g, "en") + ", other")]), "ref")), E(0, 1), `Group ${id} holds no clause.`); }),
];
invented["group-cycle"] = (S) => [
  S.groups.filter((g) => g.keys.has("parent") && S.groups.filter((x) => str(x, "parent") === str(g, "parent")).length > 1).map((g) => () => fault(g.id, setS(g.keys.get("parent").val, g.id), E(0), `Group ${g.id} is its own parent.`)),
  S.groups.filter((g) => !g.keys.has("parent")).flatMap((g) => { const k = S.groups.find((x) => str(x, "parent") === g.id); return k ? [() => fault(g.id, addKey(S, g, ["id"], `parent = "${k.id}"`), E(0), `Group ${g.id} stands under ${k.id}, which stands under it.`, [[k.id, k.hs]])] : []; }),
];
invented["repeated-department"] = (S, r) => [
  S.clauses.filter((c) => c.deps.length).map((c) => () => { const d = r.pick(c.deps); return fault(c.id, ins(c.deps.at(-1).e, `, "${d.v}"`), c.keys.get("departments").ks, `Clause ${c.id} lists the department ${d.v} twice.`); }),
];
invented["min-above-max"] = (S) => [
  S.figs.filter((f) => f.max && decimal(f.max) && !f.min && f.keys.has("period")).map((f) => () => fault(f.id, addKey(S, f, ["formula", "period"], `min = "${fmt(num(f.max) + 1)}"`), E(0), `The min of figure ${f.id} is above its max ${f.max}.`)),
  S.figs.filter((f) => f.min && f.max).map((f) => () => fault(f.id, [setS(f.keys.get("min").val, f.max), setS(f.keys.get("max").val, f.min)], E(0), `Min and max of figure ${f.id} are swapped.`)),
];
invented["wrong-type"] = (S, r) => [
  S.rules.filter((R) => decimal(get(R.node, "value")?.v)).map((R) => () => { const v = get(R.node, "value"); return fault(R.clause.id, rep(v, v.v), E(0), `The value of clause ${R.clause.id} is a bare number; numbers are strings.`); }),
  S.clauses.filter((c) => c.keys.has("year")).map((c) => () => fault(c.id, rep(c.keys.get("year").val, `"${raw(c, "year")}"`), E(0), `The year of clause ${c.id} is a string.`)),
  S.clauses.filter((c) => c.deps.length === 1).map((c) => () => fault(c.id, rep(c.keys.get("departments").val, `"${c.deps[0].v}"`), E(0), `The departments of clause ${c.id} are a string and no list.`)),
  S.rules.filter((R) => get(R.node, "strict")).map((R) => () => fault(R.clause.id, rep(get(R.node, "strict"), '"true"'), E(0), `strict in clause ${R.clause.id} is a string.`)),
  inl(S).filter((x) => x.k === "note" || x.k === "hint").map(({ b, k, tab }) => () => fault(bid(S, b), rep(tab, q(get(tab, "zh").v)), E(0), `The ${k} of ${bl(b)} is one string and no pair of zh and en.`)),
  S.figs.filter((f) => f.max).map((f) => () => fault(f.id, rep(f.keys.get("max").val, f.max), E(0), `The max of figure ${f.id} is a bare number; numbers are strings.`)),
];
invented["en-number"] = (S, r) => [
  S.clauses.filter((c) => { const t = tokens(str(c, "zh")), e = tokens(str(c, "en")); return t.length === 1 && e.filter((x) => x === t[0]).length === 1 && !/wan|illion|housand/.test(str(c, "en")) && c.roots.length && !/5G|5A/.test(str(c, "en")); }).map((c) => () => {
    const n = tokens(str(c, "zh"))[0]; let v = null; for (let i = 0; i < 20 && !v; i++) { v = digitSlip(r, n); if (v === n || tokens(str(c, "en")).includes(v) || num(v) <= 0 || /^0\d/.test(v)) v = null; }
    return v ? fault(c.id, setS(c.keys.get("en").val, str(c, "en").replace(new RegExp(`(?<![\\d.])${n.replace(".", "\\.")}(?![\\d]|\\.\\d)`), v)), E(0), `The English name of clause ${c.id} says ${v}, the Chinese one ${n}.`) : null;
  }),
];
invented["wrong-comparison"] = (S) => {
  const up = /不低于|不少于|至少|超过|以上|超/, down = /小于|不超过|以内|不高于|不多于|分钟(内|车程内)/;
  const F = (R) => S.F.get(R.figs[0]?.id);
  const near = (R) => { const v = get(R.node, "value").v.replace(".", "\\."); return new RegExp(`(不低于|不少于|至少|超过|超|小于|不超过|不高于|不多于)${v}(?![\\d.])|(?<![\\d.])${v}[^，、]{0,4}(以上|以内|车程内)`).test(str(R.clause, "zh")); };
  const thr = S.rules.filter((R) => ["at_least", "at_most", "count"].includes(R.kind) && decimal(get(R.node, "value")?.v) && F(R) && !["grade", "rank"].includes(F(R).unit) && near(R));
  return [thr.filter((R) => R.kind !== "at_most" && up.test(str(R.clause, "zh")) && !down.test(str(R.clause, "zh"))).map((R) => () => fault(R.clause.id, setKind(R, "at_most"), E(0), `Clause ${R.clause.id} says ${up.exec(str(R.clause, "zh"))[0]} in its name, but its rule is at_most.`)),
    thr.filter((R) => R.kind === "at_most" && down.test(str(R.clause, "zh"))).map((R) => () => fault(R.clause.id, setKind(R, "at_least"), E(0), `Clause ${R.clause.id} says ${down.exec(str(R.clause, "zh"))[0]} in its name, but its rule is at_least.`))];
};
invented["series"] = (S, r) => {
  const X = S.rules.filter((R) => R.kind === "rising" && get(R.node, "series")?.items.length > 2).map((R) => ({ R, it: get(R.node, "series").items }));
  return [
    X.map(({ R, it }) => () => { const i = 1 + Math.floor(r() * (it.length - 2)); return fault(R.clause.id, rep(get(it[i + 1], "year"), get(it[i], "year").v), E(0), `The year ${get(it[i], "year").v} stands twice in the series of clause ${R.clause.id}.`); }),
    X.map(({ R, it }) => () => fault(R.clause.id, [rep(it[1], S.text.slice(it[2].s, it[2].e)), rep(it[2], S.text.slice(it[1].s, it[1].e))], E(1), `The years in the series of clause ${R.clause.id} are out of order.`)),
    X.map(({ R, it }) => () => { const a = get(it[1], "figure"), b = get(it[2], "figure"); return fault(R.clause.id, setS(b, a.v), E(0), `The figure ${a.v} stands for two years in the series of clause ${R.clause.id} (and ${b.v} for none).`); }),
  ];
};
invented["period-mismatch"] = (S, r) => {
  const P = S.figs.filter((f) => /^\d{4}$/.test(f.period ?? "") && (str(f, "zh") ?? "").includes(f.period));
  return [
    S.rules.filter((R) => R.kind === "growth" && get(R.node, "since")?.t === "raw" && /^\d{4}$/.test(S.F.get(get(R.node, "base")?.v)?.period ?? "")).map((R) => () => { const y = Number(get(R.node, "since").v) + r.pick([-1, 1]); return fault(R.clause.id, rep(get(R.node, "since"), String(y)), E(0), `Growth in clause ${R.clause.id} counts from ${y}, but its base ${get(R.node, "base").v} is of ${S.F.get(get(R.node, "base").v).period}.`); }),
    P.filter((f) => f.uses.some((u) => u.role === "series")).map((f) => () => { const y = String(Number(f.period) + r.pick([-1, 1])); return fault(f.id, setS(f.keys.get("period").val, y), E(0), `Figure ${f.id} has the period ${y}, its name and its rule say ${f.period}.`); }),
    P.filter((f) => f.uses.every((u) => u.role !== "series")).map((f) => () => { const y = String(Number(f.period) + r.pick([-1, 1])); return fault(f.id, setS(f.keys.get("period").val, y), E(0), `Figure ${f.id} has the period ${y}, its name and its rule say ${f.period}.`); }),
    S.rules.filter((R) => R.kind === "rising").flatMap((R) => R.figs.slice(0, 1).map(() => () => { const it = get(R.node, "series").items, i = 1 + Math.floor(r() * (it.length - 1)), a = get(it[i - 1], "figure"), b = get(it[i], "figure"); return fault(R.clause.id, [setS(a, b.v), setS(b, a.v)], E(0), `In the series of clause ${R.clause.id} the figures ${a.v} and ${b.v} stand at each other's year.`); })),
  ];
};
invented["ref-order"] = (S) => [
  S.seqs.filter((l) => l.length > 1).flatMap((l) => l.slice(1).map((b, i) => [l[i], b])).filter(([a, b]) => a.refp.n + 1 === b.refp.n && a.group === b.group && S.clauses.indexOf(b) === S.clauses.indexOf(a) + 1).map(([a, b]) => () => fault(a.id, [setS(a.refp.v, b.refp.v.v), setS(b.refp.v, a.refp.v.v)], E(0), `Clauses ${a.id} and ${b.id} stand in the wrong order: ${b.refp.v.v} before ${a.refp.v.v}.`, [[b.id, b.refp.v.s]])),
];
invented["group-ref-mismatch"] = (S, r) => [
  S.clauses.filter((c) => c.refp && str(S.G.get(c.group) ?? S.top, "ref") && c.refp.pre.startsWith(str(S.G.get(c.group), "ref")) && S.clauses.filter((x) => x.group === c.group).length > 1).map((c) => () => {
    const o = S.groups.filter((g) => g.id !== c.group && str(g, "ref") && S.clauses.some((x) => x.group === g.id) && !c.refp.pre.startsWith(str(g, "ref"))); if (!o.length) return null;
    const g = r.pick(o); return fault(c.id, setS(c.keys.get("group").val, g.id), E(0), `Clause ${c.id} has the number ${c.refp.v.v} but stands in group ${g.id} with the number ${str(g, "ref")}.`);
  }),
];
invented["duplicate-name"] = (S, r) => [
  S.figs.slice(1).map((f, i) => () => { const k = r.pick(["zh", "en"]), g = S.figs[i]; return fault(f.id, setS(f.keys.get(k).val, str(g, k)), E(0), `The ${k} name of figure ${f.id} is that of ${g.id}.`, [[g.id, g.keys.get(k).val.s]]); }),
  S.deps.slice(1).map((d, i) => () => fault(d.id, setS(d.keys.get("zh").val, str(S.deps[i], "zh")), E(0), `The zh name of department ${d.id} is that of ${S.deps[i].id}.`, [[S.deps[i].id, S.deps[i].hs]])),
  S.clauses.slice(1).map((c, i) => () => fault(c.id, setS(c.keys.get("zh").val, str(S.clauses[i], "zh")), E(0), `The zh name of clause ${c.id} is that of clause ${S.clauses[i].id}.`, [[S.clauses[i].id, S.clauses[i].hs]])).filter((_, i) => !tokens(str(S.clauses[i], "zh")).length && !tokens(str(S.clauses[i + 1], "zh")).length),
];
invented["stray-space"] = (S, r) => [
  [...S.clauses, ...S.deps, ...S.groups].map((b) => () => { const k = r.pick(["zh", "en"]), v = b.keys.get(k)?.val; if (!v) return null; const t = r.pick([v.v + " ", " " + v.v, k === "zh" ? v.v.slice(0, 2) + " " + v.v.slice(2) : v.v.replace(" ", "  ")]); return t === v.v ? null : fault(b.id, setS(v, t), E(0), `A stray space stands in the ${k} name of ${lab(b)}.`); }),
  S.clauses.filter((c) => c.refp).map((c) => () => fault(c.id, setS(c.refp.v, c.refp.v.v + " "), E(0), `A stray space ends the number of clause ${c.id}.`)),
];
const TRAD = { 业: "業", 产: "產", 农: "農", 乡: "鄉", 镇: "鎮", 县: "縣", 设: "設", 规: "規", 体: "體", 环: "環", 发: "發", 务: "務", 区: "區", 总: "總", 长: "長", 机: "機", 动: "動", 实: "實", 应: "應", 电: "電", 学: "學", 医: "醫", 疗: "療", 养: "養", 护: "護", 园: "園", 场: "場", 国: "國", 项: "項", 标: "標", 准: "準", 率: "率" };
invented["damaged-text"] = (S, r) => [
  S.clauses.map((c) => () => { const z = c.keys.get("zh").val, cs = [...z.v], i = cs.map((x, j) => /\p{Script=Han}/u.test(x) ? j : -1).filter((j) => j > 0); if (!i.length) return null; cs[r.pick(i)] = r.pick(["\ufffd", "□", "?"]); return fault(c.id, setS(z, cs.join("")), E(0), `A character in the Chinese name of clause ${c.id} is damaged.`); }),
  S.clauses.map((c) => () => { const z = c.keys.get("zh").val, t = [...z.v].map((x) => TRAD[x] ?? x).join(""); return [...t].filter((x, i) => x !== [...z.v][i]).length < 2 ? null : fault(c.id, setS(z, t), E(0), `The Chinese name of clause ${c.id} is in traditional characters.`); }),
  S.clauses.filter((c) => c.keys.has("note")).map((c) => () => { const v = get(c.keys.get("note").val, "zh"); return v && v.v.length > 8 ? fault(c.id, setS(v, v.v.slice(0, 6) + "\ufffd" + v.v.slice(7)), E(0), `A character in the Chinese note of clause ${c.id} is damaged.`) : null; }),
];
invented["contribution"] = (S) => {
  const C = S.clauses.filter((c) => c.contribution && S.F.has(c.contribution.id) && c.roots.length);
  const scope = C.filter((c) => lone(S.F.get(c.contribution.id)) && !S.F.get(c.contribution.id).formula && c.roots[0].figs.length && S.F.get(c.roots[0].figs[0].id)?.scope !== S.F.get(c.contribution.id).scope).map((c) => () => { const f = S.F.get(c.contribution.id), sc = S.F.get(c.roots[0].figs[0].id).scope; return fault(f.id, setS(f.keys.get("scope").val, sc), E(0), `Figure ${f.id}, the share of a lower level in clause ${c.id}, has the scope ${sc} of the target itself.`, [[c.id, c.contribution.v.s]]); });
  const self = C.filter((c) => c.roots[0].figs.length).map((c) => () => fault(c.id, setS(c.contribution.v, c.roots[0].figs[0].id), E(0), `The contribution of clause ${c.id} is the target figure ${c.roots[0].figs[0].id} itself.`));
  return [scope, self];
};
invented["condition-alone"] = (S) => [
  S.clauses.filter((c) => c.keys.has("condition") && c.keys.has("applicability")).map((c) => () => fault(c.id, delKey(S, c, "applicability"), c.keys.get("condition").val.s, `Clause ${c.id} has a condition but no applicability.`)),
];
invented["format-version"] = (S, r) => [S.top.keys.has("format") ? [() => { const t = r.pick(["2", "0", '"1"']); return fault(S.id, rep(S.top.keys.get("format").val, t), E(0), `The format of the standard is ${t}.`); }, () => fault(S.id, delKey(S, S.top, "format"), 0, "The standard says no format.")] : []];

// ---------------------------------------------------------------- choose and write

const last = (l) => Object.assign(l, { last: true }); // a variant to fall back on
function collect(S, kind, make, turn) { // in turn one of each variant; places that have had a fault come last
  const r = prng(`${S.id}/${kind}`);
  const made = make(S, r).map((l) => Object.assign(r.shuffle(l), { last: l.last })).filter((l) => l.length);
  const first = made.filter((l) => !l.last), at = first.length ? turn % first.length : 0; // each standard begins with other variants
  const variants = [...first.slice(at), ...first.slice(0, at), ...made.filter((l) => l.last)];
  const got = [], later = variants.map(() => []), places = new Set(), texts = new Set([S.text]);
  const next = (i) => {
    while (variants[i].length) {
      const th = variants[i].shift(); let f = null;
      try { f = th(); } catch (e) { problems.push(`${S.file}: kind ${kind}: a fault could not be made (${e.message})`); }
      if (!f) continue;
      const { out, line } = apply(S, f.edits, f.mark); if (texts.has(out)) continue;
      texts.add(out);
      const x = { kind, place: f.place, line, what: f.what, out, related: (f.rel ?? []).map(([p, pos]) => ({ place: p, line: apply(S, f.edits, pos).line })) };
      if (!places.has(x.place)) { places.add(x.place); return x; }
      if (later[i].length < MAX) later[i].push(x);
    }
    return null;
  };
  for (const from of [next, (i) => later[i].shift()]) for (let more = true; more && got.length < MAX; ) {
    more = false;
    for (let i = 0; i < variants.length && got.length < MAX; i++) { const x = from(i); if (x) { got.push(x); more = true; } }
  }
  return got;
}

const registers = new Map();
const addRegister = (file) => { for (let d = null, bs = parse(fs.readFileSync(file, "utf8")), i = 0; i < bs.length; i++) { const b = bs[i], id = str(b, "id"); if (b.type === "document") { d = id; if (!registers.has(d)) registers.set(d, []); } else if (b.type === "document.contradiction" && d) registers.get(d).push(id); } };
const standards = [], problems = [];
const list = [];
for (const f of opt.files) {
  try {
    const bs = parse(fs.readFileSync(f, "utf8"));
    if (bs.some((b) => b.type === "document")) addRegister(f);
    else if (bs.some((b) => b.type === "clause")) list.push(f);
    else problems.push(`${f}: neither a standard nor a register, skipped`);
  } catch (e) { problems.push(`${f}: ${e.message}, skipped`); }
}
for (const f of list) { const d = path.join(path.dirname(f), "..", "documents.toml"); if (fs.existsSync(d)) try { addRegister(d); } catch (e) { problems.push(`${d}: ${e.message}`); } }
for (const k of registers.keys()) registers.set(k, [...new Set(registers.get(k))]);
for (const f of list) {
  const S = load(f, registers);
  if (!S.id) problems.push(`${f}: no id, skipped`);
  else if (standards.some((x) => x.id === S.id)) problems.push(`${f}: a second file with the id ${S.id}, skipped`);
  else standards.push(S);
}

const table = []; // {S, kind, invented, faults}
for (const S of standards) for (const [inv, set] of [[false, asked], [true, invented]]) for (const [kind, make] of Object.entries(set)) {
  if (opt.kinds && !opt.kinds.has(kind)) continue;
  try { table.push({ S, kind, inv, faults: collect(S, kind, make, standards.indexOf(S) * (inv ? 1 : 3)) }); } catch (e) { problems.push(`${S.file}: kind ${kind}: ${e.stack}`); }
}
const capOf = (t, c) => t.inv ? Math.max(1, Math.round(c * INVENTED_SHARE)) : c;
const size = (c) => table.reduce((n, t) => n + Math.min(capOf(t, c), t.faults.length), 0);
let cap = opt.cap || MAX;
if (!opt.cap) while (cap > 1 && size(cap) > opt.total) cap--;

fs.mkdirSync(opt.out, { recursive: true });
const index = path.join(opt.out, "faults.json");
if (fs.existsSync(index)) for (const x of JSON.parse(fs.readFileSync(index, "utf8"))) fs.rmSync(path.join(opt.out, path.basename(x.file)), { force: true });
const all = [], related = {};
for (const t of table) t.faults.slice(0, capOf(t, cap)).forEach((x, i) => {
  const file = `${t.S.id}--${t.kind}-${String(i + 1).padStart(2, "0")}.toml`;
  fs.writeFileSync(path.join(opt.out, file), x.out);
  all.push({ file, standard: t.S.id, kind: t.kind, place: x.place, line: x.line, what: x.what });
  if (x.related.length) related[file] = x.related;
});
fs.writeFileSync(index, "[\n" + all.map((x) => "  " + JSON.stringify(x)).join(",\n") + "\n]\n");
fs.writeFileSync(path.join(opt.out, "related.json"), JSON.stringify(related, null, 1) + "\n");

const kinds = [...Object.keys(asked), ...Object.keys(invented)].filter((k) => !opt.kinds || opt.kinds.has(k));
const cnt = (k, S) => all.filter((x) => x.kind === k && (!S || x.standard === S.id)).length;
console.log(`| kind | ${standards.map((s) => s.id).join(" | ")} | all |\n|---|${standards.map(() => "---|").join("")}---|`);
for (const k of kinds) console.log(`| ${k}${invented[k] ? " *" : ""} | ${standards.map((s) => cnt(k, s)).join(" | ")} | ${cnt(k)} |`);
console.log(`| **all** | ${standards.map((s) => all.filter((x) => x.standard === s.id).length).join(" | ")} | ${all.length} |`);
console.log(`\n* = not asked for in the brief. At most ${cap} per kind and standard (${capOf({ inv: true }, cap)} for *). Written to ${opt.out}`);
for (const p of problems) console.error(p);
