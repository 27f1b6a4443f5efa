// The same figures give the same bytes: natively, in Node, in Chromium, and on the page.

import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { createRequire } from "node:module";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { promisify } from "node:util";
import {
  COUNTY, EMBED, ROOT, STANDARDS, TOWN, fixture, kept, launch, openSample, serve, verdicts, withPage,
} from "./harness.mjs";

const world = fixture({ before, after });
const node = createRequire(import.meta.url)(join(EMBED, "node/dabiao_embed.js"));
const CLASSES = { met: "met", not_met: "not-met", unknown: "unknown", not_applicable: "not-applicable", not_judged: "not-judged" };
let cases = [];
let server;
let browser;
let web;

before(async () => {
  const { stdout } = await promisify(execFile)(process.env.CARGO ?? "cargo", ["run", "--quiet", "-p", "dabiao-tests", "--bin", "parity-cases"], {
    cwd: ROOT, maxBuffer: 1 << 28,
  });
  cases = stdout.trimEnd().split("\n").map((line) => JSON.parse(line));
  server = await serve(join(EMBED, "web"), { "/": "<!doctype html><meta charset=utf-8><link rel=icon href=data:,><title>embed</title>" });
  browser = await launch();
  web = await browser.newPage();
  await web.goto(server.origin);
  await web.evaluate(async () => {
    const module = await import("/dabiao_embed.js");
    await module.default();
    window.dabiao = module;
  });
});
after(async () => {
  await browser?.close();
  await server?.close();
});

/** The first case that differs, in a form that can be read. */
function assertSame(answers, where) {
  assert.equal(answers.length, cases.length);
  const index = cases.findIndex(({ answer }, index) => answers[index] !== answer);
  if (index >= 0) assert.equal(answers[index], cases[index].answer, `${where}: case ${index} differs: ${cases[index].question}`);
}

test("500 cases, most of them with a result", () => {
  assert.equal(cases.length, 500);
  const answers = cases.map(({ answer }) => JSON.parse(answer));
  assert.ok(answers.every((answer) => answer.ok));
  const seen = new Set(answers.flatMap((answer) => answer.result.clauses.map((clause) => clause.verdict)));
  assert.deepEqual([...seen].sort(), ["met", "not_applicable", "not_judged", "not_met", "unknown"]);
});

test("Node answers like the native program, byte for byte", () => {
  assertSame(cases.map(({ question }) => node.scoreJson(question)), "Node");
});

test("Chromium answers like the native program, byte for byte", async () => {
  const questions = cases.map(({ question }) => question);
  assertSame(await web.evaluate((questions) => questions.map((question) => window.dabiao.scoreJson(question)), questions), "Chromium");
});

test("objects are answered like JSON", async () => {
  for (const { question, answer } of cases.slice(0, 25)) {
    const [asked, expected] = [JSON.parse(question), JSON.parse(answer)];
    assert.deepEqual(node.score(asked), expected);
    assert.deepEqual(await web.evaluate((asked) => window.dabiao.score(asked), asked), expected);
  }
});

test("nonsense is answered, and nothing is thrown", async () => {
  for (const nonsense of ["", "null", "[]", "{", '{"standard":"none"}', `{"standard":"${TOWN.standard}","figure":[]}`, "\u0000", "9".repeat(100_000)]) {
    const answer = node.scoreJson(nonsense);
    const { ok, errors } = JSON.parse(answer);
    assert.equal(ok, false, nonsense);
    assert.ok(errors[0].code && errors[0].message);
    assert.equal(await web.evaluate((nonsense) => window.dabiao.scoreJson(nonsense), nonsense), answer);
  }
  for (const nonsense of [undefined, null, 7, "x", [], {}, { standard: 7 }, { standard: TOWN.standard, figures: "x" }]) {
    assert.equal(node.score(nonsense).ok, false, String(nonsense));
  }
  assert.deepEqual([...node.standards()].sort(), STANDARDS.map(({ standard }) => standard).sort());
});

for (const example of [TOWN, COUNTY]) {
  test(`the page judges ${example.sample} like the packages`, () => withPage(world, {}, async (page) => {
    await openSample(page, example);
    const draft = await kept(page, example, "the example", (draft) => Object.keys(draft.figures).length > 10);
    const record = {
      standard: example.standard,
      figures: Object.entries(draft.figures).map(([id, text]) => ({ id, text })),
      not_applicable: Object.entries(draft.clauses).filter(([, clause]) => clause.not_applicable).map(([clause, { reason }]) => ({ clause, reason })),
    };
    const { ok, errors, result } = node.score(record);
    assert.deepEqual([ok, errors], [true, []]);
    const expected = Object.fromEntries(result.clauses.map((clause) => [clause.id, CLASSES[clause.verdict]]));
    assert.deepEqual(await verdicts(page), expected);
  }));
}
