// The program fails, at any moment: the page says so at once, never enters the program again, and leads
// back to what was saved; after a second failure to a plain table.

import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { after, before, test } from "node:test";
import { SITE, TOWN, launch, ready, serve } from "../browser/harness.mjs";
import { SEED, assessments, chance, pause, spread, trials } from "./common.mjs";

const FILL = `#/s/${TOWN.standard}/fill`;
const SAVED = "317000";
const PLAIN = "318000";
const ROADS = "镇区道路面积";
/** More failures at random calls, besides those below. */
const RANDOM = trials(4);

let [server, browser] = [];
before(async () => {
  server = await serve(SITE);
  browser = await launch();
});
after(async () => {
  await browser?.close();
  await server?.close();
});

/**
 * In the page: counts every call into a program, knows what the call comes from, and fails the call that is
 * wanted. `arm({ moment, nth, name })` wants the nth call of this moment (any, if none) and this name.
 */
function breakProgram() {
  const calls = (window.calls = { all: 0, afterStop: 0, names: [], failed: null, failedAt: 0, log: [] });
  let wanted = null;
  let moment = "other";
  let depth = 0;
  window.arm = (want) => (wanted = { nth: 1, ...want });
  const during = (name, callback) => typeof callback !== "function" ? callback : function (...parameters) {
    const before = moment;
    moment = name;
    try {
      return callback.apply(this, parameters);
    } finally {
      moment = before;
    }
  };
  for (const [owner, names, kind] of [[window, ["setTimeout", "setInterval"], "timer"], [window, ["requestAnimationFrame"], "frame"], [window, ["queueMicrotask"], "microtask"]]) {
    for (const name of names) {
      const original = owner[name];
      owner[name] = (callback, ...rest) => original.call(window, during(kind, callback), ...rest);
    }
  }
  const then = Promise.prototype.then;
  Promise.prototype.then = function (one, other) {
    return then.call(this, during("promise", one), during("promise", other));
  };
  const wrap = (exports, program) => Object.fromEntries(Object.entries(exports).map(([name, value]) => [name, typeof value !== "function" ? value : (...parameters) => {
    calls.all += 1;
    if (calls.failed) {
      calls.afterStop += 1;
      calls.names.push(name);
    }
    const event = parameters.find((parameter) => parameter instanceof Event);
    const from = depth > 0 ? "inside" : event ? `event ${event.type}` : name.includes("invoke") ? moment : "other";
    if (wanted && (!wanted.program || wanted.program === program) && (!wanted.moment || wanted.moment === from) && (!wanted.name || name.includes(wanted.name))) {
      wanted.nth -= 1;
      if (wanted.nth === 0) {
        wanted = null;
        calls.failed = `${name} (${from}, program ${program})`;
        calls.failedAt = performance.now();
        throw new WebAssembly.RuntimeError("injected failure");
      }
    }
    depth += 1;
    try {
      return value(...parameters);
    } finally {
      depth -= 1;
    }
  }]));
  let program = 0;
  const original = WebAssembly.instantiateStreaming;
  WebAssembly.instantiateStreaming = async (...parameters) => {
    const { instance, module } = await original.apply(WebAssembly, parameters);
    program += 1;
    return { module, instance: { exports: wrap(instance.exports, program) } };
  };
  // How soon the bar is there after the failure.
  const look = () => {
    if (calls.failed && !calls.bar && document.querySelector(".recovery")) calls.bar = performance.now() - calls.failedAt;
    requestAnimationFrame(look);
  };
  requestAnimationFrame(look);
}

// Another value every time: what stands there already is no change.
let typed = 0;
const type = (page) => page.locator("input[inputmode=decimal]").nth(9).fill(String((typed += 1)));
/** Types until something has happened. */
const typeOn = async (page) => {
  for (let times = 0; times < 8 && !(await page.evaluate(() => window.calls.failed)); times += 1) await type(page);
};
const MOMENTS = [
  { name: "a click", want: { moment: "event click" }, act: (page) => page.locator(".clause-name").first().click() },
  { name: "typing", want: { moment: "event input" }, act: type },
  { name: "a focus", want: { moment: "event focus" }, act: (page) => page.locator("input[inputmode=decimal]").nth(9).focus() },
  { name: "the window looked at", want: { moment: "other", name: "invoke" }, act: (page) => page.evaluate(() => dispatchEvent(new Event("focus"))) },
  { name: "another address", want: { moment: "event hashchange" }, act: (page) => page.evaluate(() => (location.hash = `${location.hash.replace("/fill", "/table")}`)) },
  { name: "a timer", want: { moment: "timer" }, act: type },
  { name: "a microtask (render or effect)", want: { moment: "microtask" }, act: type },
  { name: "the second microtask", want: { moment: "microtask", nth: 2 }, act: type },
  { name: "an answer of the storage", want: { moment: "promise" }, act: type },
  { name: "a text made while rendering", want: { moment: "inside", name: "malloc" }, act: type },
  { name: "a third text made while rendering", want: { moment: "inside", name: "malloc", nth: 3 }, act: type },
  { name: "a closure dropped while rendering", want: { name: "destroy_closure" }, act: (page) => page.locator('.tabs a[href$="/table"]').click() },
  { name: "a table slot taken", want: { name: "externref_table_alloc" }, act: type },
  { name: "another tab's change", want: { name: "invoke", moment: "other" }, act: (page) => page.evaluate((standard) => new BroadcastChannel("dabiao.v1").postMessage(`assessment/${standard}`), TOWN.standard) },
  { name: "the tab of tables", want: { moment: "inside", name: "malloc", nth: 200 }, act: (page) => page.locator('.tabs a[href$="/table"]').click() },
  { name: "the start of the workbench", want: { program: 2, name: "start" }, act: (page) => page.locator('.tabs a[href$="/files"]').click(), isOptional: true },
  {
    name: "a click in the workbench", want: { program: 2, moment: "event click" }, act: async (page) => {
      await page.locator("#import-file").waitFor();
      await page.getByRole("button", { name: "项目文件" }).click();
    }, before: async (page) => {
      await page.locator('.tabs a[href$="/files"]').click();
      await page.locator("#import-file").waitFor();
    },
  },
];

/** Brings the program down, and looks at what the page says. */
async function fail(page, { name, want, act, before }) {
  await before?.(page);
  await page.evaluate((want) => window.arm(want), want);
  // The page may be stopped before the act is over.
  const acted = act(page).catch(() => {});
  await page.locator(".recovery").waitFor({ timeout: 5_000 }).catch(() => {});
  const calls = await page.evaluate(() => window.calls);
  assert.ok(calls.failed, `${name}: the moment was met`);
  assert.equal(await page.locator(".recovery").count(), 1, `${name}: the bar is there (${calls.failed})`);
  await acted;
  return calls;
}

/** Whoever goes on with the page reaches nothing of the program. */
async function knock(page, name) {
  await page.evaluate(async () => {
    const wait = (milliseconds) => new Promise((done) => setTimeout(done, milliseconds));
    for (const element of [...document.querySelectorAll("#app button, #app input")].slice(0, 60)) {
      element.dispatchEvent(new MouseEvent("click", { bubbles: true, cancelable: true }));
      element.dispatchEvent(new InputEvent("input", { bubbles: true }));
      element.dispatchEvent(new FocusEvent("focusin", { bubbles: true }));
    }
    dispatchEvent(new Event("focus"));
    dispatchEvent(new Event("resize"));
    dispatchEvent(new Event("pagehide"));
    new BroadcastChannel("dabiao.v1").postMessage("assessment/quxian-central-town-2021");
    await wait(400);
  });
  const { afterStop, names } = await page.evaluate(() => window.calls);
  assert.equal(afterStop, 0, `${name}: no call enters the program after it: ${[...new Set(names)]}`);
}

const bars = [];

/** A whole story: a failure, the way back, a second failure, the plain table, and the whole page again. */
async function story(moment) {
  const { name } = moment;
  const context = await browser.newContext({ locale: "zh-CN", viewport: { width: 1280, height: 900 }, acceptDownloads: true });
  context.setDefaultTimeout(10_000);
  try {
    await context.addInitScript(breakProgram);
    const page = await context.newPage();
    const open = async () => {
      await ready(page);
      await page.locator("article.clause, main.tab-table, main.tab-files").first().waitFor();
    };
    const roads = () => page.locator("#c-road_area_of_15_per_person").getByLabel(ROADS, { exact: true });
    const toFill = async () => {
      if ((await roads().count()) === 0) await page.locator('.tabs a[href$="/fill"]').click();
      await roads().waitFor();
    };
    await page.goto(`${server.origin}/${FILL}`);
    await open();
    await roads().fill(SAVED);
    await page.locator(".top-bar .saved").filter({ hasText: "正在保存" }).waitFor({ timeout: 500 }).catch(() => {});
    await page.locator(".top-bar .saved").filter({ hasText: "已保存" }).waitFor();
    await pause(150);
    const figures = async () => (await assessments(page, TOWN.standard))[TOWN.standard]?.figures ?? {};
    assert.equal((await figures()).road_area, SAVED);

    const calls = await fail(page, moment);
    await until(page);
    const { bar } = await page.evaluate(() => window.calls);
    bars.push(bar);
    assert.ok(bar <= 1_000, `${name}: the bar is there after ${bar} ms`);
    const time = await page.evaluate(async (key) => {
      const { saved } = JSON.parse((await dabiaoStore.get(key))[1]);
      return new Date(saved).toTimeString().slice(0, 5);
    }, `assessment/${TOWN.standard}`);
    const said = page.locator(".recovery").filter({ hasText: `${time} 保存的内容都在` });
    await said.waitFor({ timeout: 2_000 });
    await knock(page, name);
    assert.equal(await page.getByRole("button", { name: "用简单表格打开" }).count(), 0, `${name}: the plain table is for the second failure`);
    const downloaded = async () => {
      const [file] = await Promise.all([page.waitForEvent("download"), page.getByRole("button", { name: "下载草稿" }).last().click()]);
      return JSON.parse(await readFile(await file.path(), "utf8"));
    };
    const draft = await page.locator(".recovery").getByRole("button", { name: "下载草稿" }).isVisible() ? await downloaded() : null;
    assert.equal(draft?.figures.road_area, SAVED, `${name}: the download holds what was saved`);

    await page.getByRole("button", { name: `恢复到 ${time} 的草稿` }).click();
    await page.locator(".recovery").waitFor({ state: "detached" });
    await open();
    await toFill();
    assert.equal(await roads().inputValue(), SAVED, `${name}: restored`);

    // Again within a minute.
    await fail(page, moment);
    const plain = page.getByRole("button", { name: "用简单表格打开" });
    await plain.waitFor({ timeout: 2_000 });
    await knock(page, name);
    await plain.click();
    await page.locator("main.plain").waitFor();
    const input = page.locator("main.plain").getByLabel(ROADS, { exact: true });
    assert.equal(await input.inputValue(), SAVED, `${name}: the plain table shows what was saved`);
    await input.fill(PLAIN);
    await input.press("Tab");
    await page.locator("main.plain .saved").filter({ hasText: "已保存" }).waitFor();
    assert.equal((await figures()).road_area, PLAIN, `${name}: what is typed into the plain table is kept`);
    assert.equal((await downloaded()).figures.road_area, PLAIN);
    assert.equal(await page.evaluate(() => window.calls.all), 0, `${name}: the plain table runs without the program`);
    await page.getByRole("button", { name: "重新打开完整页面" }).click();
    await page.locator("main.plain").waitFor({ state: "detached" });
    await open();
    await toFill();
    assert.equal(await roads().inputValue(), PLAIN, `${name}: the full page has what the plain table kept`);
    await roads().fill("319000");
    await page.waitForFunction(() => /已保存/.test(document.querySelector(".top-bar .saved").textContent) && document.querySelector(".notice[role=alert]") === null, null, { timeout: 5_000 });
    await pause(300);
    assert.equal((await figures()).road_area, "319000", `${name}: and goes on keeping`);
    return calls.failed;
  } finally {
    await context.close();
  }
}

/** Until the page has noted when the bar came. */
const until = (page) => page.waitForFunction(() => window.calls.bar !== undefined, null, { timeout: 3_000 });

for (const moment of MOMENTS.filter(({ isOptional }) => !isOptional)) {
  test(`the program fails at ${moment.name}`, { timeout: 120_000 }, async () => {
    console.log(`${moment.name}: ${await story(moment)}`);
  });
}

test(`the program fails at any call (${RANDOM} of them)`, { timeout: 60_000 + RANDOM * 30_000 }, async () => {
  const random = chance(SEED);
  for (let number = 0; number < RANDOM; number += 1) {
    const nth = 1 + random.below(50);
    const name = `call ${nth} after typing`;
    console.log(`${name}, seed ${SEED}: ${await story({ name, want: { nth }, act: typeOn })}`);
  }
});

test("the bar came in time every time", () => {
  console.log(`failure to bar, ms: ${spread(bars, 1)}`);
  assert.ok(bars.length > 0 && Math.max(...bars) <= 1_000);
});
