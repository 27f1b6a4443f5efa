// Two or three tabs on one assessment, each doing something at any moment: nothing that was typed is
// written over by a tab that had not seen it.

import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { SITE, TOWN, launch, ready, serve } from "../browser/harness.mjs";
import { SEED, assessments, chance, figureOf, pause, trials, watchClaims } from "./common.mjs";

const FILL = `#/s/${TOWN.standard}/fill`;
const COUNT = process.env.DABIAO_ONLY ? 1 : trials(12);
const ONLY = Number(process.env.DABIAO_ONLY ?? 0);
/** How much each tab does. */
const ACTIONS = 8;
/** How many interleavings run at a time. */
const ABREAST = 2;

let [server, browser] = [];
before(async () => {
  server = await serve(SITE, { "/reader": "<!doctype html><title>reader</title>" });
  browser = await launch();
});
after(async () => {
  await browser?.close();
  await server?.close();
});

/** In the page: what stood in a field right before a person changed it, and what the page says unasked. */
function watchActs() {
  const texts = () => [...document.querySelectorAll("input[inputmode=decimal]")].filter(({ value }) => value).map(({ id, value }) => [id, value]);
  document.addEventListener("beforeinput", ({ target }) => {
    if (target.id?.startsWith("f-")) window.acted?.({ before: [[target.id, target.value]], at: Date.now() });
  }, true);
  document.addEventListener("click", ({ target }) => {
    if (target.closest?.(".step")) window.acted?.({ before: texts(), at: Date.now() });
  }, true);
  let last = "";
  document.addEventListener("DOMContentLoaded", () => new MutationObserver(() => {
    const notice = [...document.querySelectorAll(".notice[role=alert]")].map((notice) => notice.textContent).join("|");
    if (notice !== last && notice) window.noticed?.(notice);
    last = notice;
  }).observe(document.body, { subtree: true, childList: true, characterData: true }));
}

/** Without this only the revision keeps two tabs apart. */
function removeChannel() {
  window.BroadcastChannel = class {
    constructor() {
      throw new DOMException("no channel", "NotSupportedError");
    }
  };
}

/** A seeded interleaving; what was found wrong. */
async function interleave(seed) {
  const random = chance(seed);
  const [tabs, hasChannel, isCalm] = [2 + random.below(2), random.below(3) > 0, random.below(2) === 0];
  const context = await browser.newContext({ locale: "zh-CN", viewport: { width: 1280, height: 900 } });
  context.setDefaultTimeout(20_000);
  // Everything that anybody typed or was told, in order of time.
  const log = { typed: [], claimed: [], acts: [], notices: [], story: [] };
  const began = Date.now();
  const tell = (tab, text) => log.story.push(`${Date.now() - began} ms, tab ${tab}: ${text}`);
  try {
    await context.exposeBinding("claimed", ({ page }, { id, value, hash }) => {
      log.claimed.push({ id, value, at: Date.now() });
      tell(page.tab, `says saved: ${id} = ${value} at ${hash}`);
    });
    await context.exposeBinding("acted", (_, act) => log.acts.push(act));
    await context.exposeBinding("noticed", ({ page }, notice) => {
      log.notices.push(notice);
      tell(page.tab, `notice: ${notice}`);
    });
    await context.addInitScript(watchClaims);
    await context.addInitScript(watchActs);
    if (!hasChannel) await context.addInitScript(removeChannel);
    const show = async (page, hash = FILL) => {
      await page.goto(`${server.origin}/${hash}`);
      await ready(page);
      await page.locator("article.clause").first().waitFor();
    };
    const newTab = async (tab) => {
      const page = await context.newPage();
      page.tab = tab;
      await show(page);
      return page;
    };
    const settled = async (page) => {
      for (let tries = 0; tries < 400; tries += 1) {
        const status = await page.locator(".top-bar .saved").textContent();
        if (/^$|已保存/.test(status)) return;
        await pause(25);
      }
      assert.fail(`a tab never comes to rest: ${await page.locator("header.top-bar").innerText()}`);
    };
    const pages = await Promise.all(Array.from({ length: tabs }, (_, tab) => newTab(tab)));
    await pause(200);
    const figures = await figureOf(pages[0], TOWN.standard);
    // Few fields, so that they meet often.
    // A figure that stands in several rows counts once: what is typed into one row shows in the others.
    const ids = Object.keys(figures).filter((id, place, all) => all.filter((other) => figures[other] === figures[id]).length === 1)
      .slice(3, 3 + (isCalm ? 6 : 3));

    const live = async (tab) => {
      const own = chance(seed * 31 + tab);
      for (let number = 0; number < ACTIONS; number += 1) {
        await pause(own.below(401));
        const dice = own.below(20);
        if (dice < 12) {
          const [id, value] = [own.pick(ids), String(10_000 + tab * 1_000 + number)];
          log.typed.push({ id, value, at: Date.now(), tab });
          tell(tab, `types ${id} = ${value}`);
          // In one go, as fast as a program can: the driver's own way leaves a moment between choosing the
          // text and replacing it.
          await pages[tab].locator(`[id="${id}"]`).evaluate((field, value) => {
            // No `beforeinput` comes of this.
            window.acted({ before: [[field.id, field.value]], at: Date.now() });
            field.focus();
            field.select();
            document.execCommand("insertText", false, value);
          }, value);
        } else if (dice < 15) {
          const step = pages[tab].locator("button.step").nth(dice < 14 ? 0 : 1);
          if (await step.isEnabled()) {
            tell(tab, dice < 14 ? "undoes" : "redoes");
            await step.click({ timeout: 500, force: true }).catch(() => {});
          }
        } else if (dice < 17) {
          await pages[tab].evaluate(() => window.dispatchEvent(new Event("focus")));
        } else if (dice < 19) {
          tell(tab, "reloads");
          await pages[tab].reload();
          await ready(pages[tab]);
          await pages[tab].locator("article.clause").first().waitFor();
        } else {
          tell(tab, "closes and opens anew");
          await pages[tab].close();
          pages[tab] = await newTab(tab);
        }
      }
    };
    await Promise.all(pages.map((_, tab) => live(tab)));
    await pause(300);
    await Promise.all(pages.map(settled));
    // A tab that is looked at at last does not write anything over either.
    for (const page of pages) await page.evaluate(() => window.dispatchEvent(new Event("focus")));
    await pause(300);
    await Promise.all(pages.map(settled));
    for (const page of pages) await page.close();

    // Last words of pages that were left are taken up when their assessment is opened again.
    const reader = await context.newPage();
    await reader.goto(`${server.origin}/reader`);
    const words = () => reader.evaluate(() => Object.keys(localStorage).filter((name) => name.includes(".last.")));
    for (const id of Object.keys(await assessments(reader, TOWN.standard))) {
      if (!(await words()).some((name) => name.endsWith(`.${id}`))) continue;
      const page = await context.newPage();
      page.tab = "afterwards";
      await show(page, `#/s/${id}/fill`);
      await pause(300);
      await settled(page);
      await page.close();
    }
    const kept = await assessments(reader, TOWN.standard);
    const wrong = [];
    const isKept = ({ id, value }) => Object.values(kept).some((record) => record?.figures?.[figures[id]] === value);
    const isReplaced = ({ id, value }) => log.acts.some((act) => act.before.some(([field, text]) => field === id && text === value));
    const lost = (entries) => entries.filter((entry) => !isKept(entry) && !isReplaced(entry));
    const overwritten = lost(log.claimed);
    for (const entry of overwritten) wrong.push(`called saved and gone: ${entry.id} (${figures[entry.id]}) = ${entry.value}`);
    const vanished = lost(log.typed).filter(({ id, value }) => !overwritten.some((entry) => entry.id === id && entry.value === value));
    for (const entry of vanished) wrong.push(`typed and gone before it was called saved: ${entry.id} = ${entry.value} in tab ${entry.tab}`);
    for (const [id, record] of Object.entries(kept)) if (record === null) wrong.push(`${id} cannot be read`);
    // Every copy stands on the first screen.
    await reader.goto(`${server.origin}/`);
    await ready(reader);
    const copies = Object.keys(kept).filter((id) => id.includes("~"));
    if (Object.keys(kept).length > 0) await reader.locator(".own-assessments li").first().waitFor();
    const listed = await reader.locator(".own-assessments li a").evaluateAll((links) => links.map((link) => decodeURIComponent(link.hash)));
    for (const id of copies) if (!listed.includes(`#/s/${id}/fill`)) wrong.push(`${id} is not on the first screen: ${listed}`);
    return {
      seed, wrong, tabs, hasChannel, copies: copies.length, withoutCopy: copies.length === 0 ? overwritten.length + vanished.length : 0, overwritten: overwritten.length, vanished: vanished.length,
      typed: log.typed.length, claimed: log.claimed.length, story: log.story, kept,
      merges: log.notices.filter((notice) => /合在一起|合并/.test(notice)).length,
      copied: log.notices.filter((notice) => /副本/.test(notice)).length,
    };
  } catch (error) {
    const wrong = [String(error?.message ?? error).slice(0, 500)];
    return { seed, wrong, tabs, hasChannel, copies: 0, withoutCopy: 0, overwritten: 0, vanished: 0, typed: log.typed.length, claimed: 0, story: log.story, merges: 0, copied: 0 };
  } finally {
    await context.close();
  }
}

// A copy goes on under its own id, and the second window's value is not written into the first window's
// assessment as well.
test("the same entry in two windows: the first stays as it was, the second goes on with a copy", { timeout: 120_000 }, async () => {
  const context = await browser.newContext({ locale: "zh-CN", viewport: { width: 1280, height: 900 } });
  await context.addInitScript(removeChannel);
  const pages = [];
  for (let number = 0; number < 2; number += 1) {
    const page = await context.newPage();
    await page.goto(`${server.origin}/${FILL}`);
    await ready(page);
    await page.locator("article.clause").first().waitFor();
    pages.push(page);
  }
  const figures = await figureOf(pages[0], TOWN.standard);
  const [id, figure] = Object.entries(figures)[3];
  const saved = (page) => page.waitForFunction(() => /已保存/.test(document.querySelector(".top-bar .saved").textContent));
  await pages[0].locator(`[id="${id}"]`).fill("111");
  await pause(300);
  await saved(pages[0]);
  await pages[1].locator(`[id="${id}"]`).fill("222");
  await pages[1].locator(".notice[role=alert]").filter({ hasText: "副本" }).waitFor();
  await pause(1_000);
  await saved(pages[1]);
  const kept = await assessments(pages[0], TOWN.standard);
  await context.close();
  const values = Object.fromEntries(Object.entries(kept).map(([id, record]) => [id, record.figures[figure]]));
  assert.deepEqual(values, { [TOWN.standard]: "111", [`${TOWN.standard}~2`]: "222" });
});

/** A storage that takes its time with reading lists, as with a long journal on a slow computer. */
function slowLists() {
  const timer = setInterval(() => {
    if (!window.dabiaoStore) return;
    clearInterval(timer);
    const { list } = window.dabiaoStore;
    window.dabiaoStore.list = async (prefix) => {
      if (window.isSlow) await new Promise((done) => setTimeout(done, 400));
      return list(prefix);
    };
  }, 1);
}

// What is typed while another window's changes are being read must not be taken away by them.
test("what is typed while the changes of another window come in stays", { timeout: 120_000 }, async () => {
  const context = await browser.newContext({ locale: "zh-CN", viewport: { width: 1280, height: 900 } });
  await context.addInitScript(removeChannel);
  await context.addInitScript(slowLists);
  const pages = [];
  for (let number = 0; number < 2; number += 1) {
    const page = await context.newPage();
    await page.goto(`${server.origin}/${FILL}`);
    await ready(page);
    await page.locator("article.clause").first().waitFor();
    pages.push(page);
  }
  const ids = Object.keys(await figureOf(pages[0], TOWN.standard)).slice(3, 6);
  const field = (page, number) => page.locator(`[id="${ids[number]}"]`);
  const saved = (page) => page.waitForFunction(() => /已保存/.test(document.querySelector(".top-bar .saved").textContent));
  await field(pages[0], 0).fill("111");
  await pause(300);
  await saved(pages[0]);
  await pages[1].evaluate(() => (window.isSlow = true));
  await field(pages[1], 1).fill("222");
  await pause(500);
  await field(pages[1], 2).fill("333");
  await pages[1].locator(".notice[role=alert]").filter({ hasText: "合在一起" }).waitFor();
  await pause(1_500);
  await saved(pages[1]);
  const shown = await Promise.all([0, 1, 2].map((number) => field(pages[1], number).inputValue()));
  await context.close();
  assert.deepEqual(shown, ["111", "222", "333"]);
});

/** A storage that writes nothing for now. */
function slowWrites() {
  const timer = setInterval(() => {
    if (!window.dabiaoStore) return;
    clearInterval(timer);
    const { commit } = window.dabiaoStore;
    window.dabiaoStore.commit = async (...parameters) => {
      if (window.isSlow) await new Promise(() => {});
      return commit(...parameters);
    };
  }, 1);
}

// Windows that are closed together each leave a last word; none may take the place of another, and no third
// window may forget what it has not taken up.
test("what was typed in two windows that are closed at once is there afterwards", { timeout: 120_000 }, async () => {
  const context = await browser.newContext({ locale: "zh-CN", viewport: { width: 1280, height: 900 } });
  await context.addInitScript(removeChannel);
  await context.addInitScript(slowWrites);
  const open = async () => {
    const page = await context.newPage();
    await page.goto(`${server.origin}/${FILL}`);
    await ready(page);
    await page.locator("article.clause").first().waitFor();
    return page;
  };
  const pages = [await open(), await open(), await open()];
  const ids = Object.keys(await figureOf(pages[0], TOWN.standard)).slice(3, 6);
  const field = (page, number) => page.locator(`[id="${ids[number]}"]`);
  const saved = (page) => page.waitForFunction(() => /已保存/.test(document.querySelector(".top-bar .saved").textContent));
  for (const number of [0, 1]) {
    await pages[number].evaluate(() => (window.isSlow = true));
    await field(pages[number], number).fill(String(111 * (number + 1)));
  }
  await pause(300);
  for (const number of [0, 1]) await pages[number].close({ runBeforeUnload: true });
  await pause(300);
  await field(pages[2], 2).fill("333");
  await pause(300);
  await saved(pages[2]);
  const reader = await open();
  await saved(reader);
  const shown = await Promise.all([0, 1, 2].map((number) => field(reader, number).inputValue()));
  await context.close();
  assert.deepEqual(shown, ["111", "222", "333"]);
});

test(`tabs never write over what they have not seen (${COUNT} interleavings)`, { timeout: 120_000 + COUNT * 30_000 }, async () => {
  const waiting = ONLY ? [ONLY] : Array.from({ length: COUNT }, (_, number) => SEED + number);
  const results = [];
  await Promise.all(Array.from({ length: ABREAST }, async () => {
    while (waiting.length > 0) {
      results.push(await interleave(waiting.shift()));
      const { seed, wrong, copies, merges } = results.at(-1);
      if (process.env.DABIAO_VERBOSE) console.error(`${seed}: ${merges} merges, ${copies} copies; ${wrong.join("; ") || "well"}`);
    }
  }));
  const total = (field) => results.reduce((sum, result) => sum + Number(result[field]), 0);
  console.log(`${results.length} interleavings from seed ${SEED}: ${total("typed")} edits, ${total("claimed")} called saved; `
    + `${total("merges")} notices of a merge, ${total("copied")} of a copy, ${total("copies")} copies kept; without a channel ${results.filter(({ hasChannel }) => !hasChannel).length}; `
    + `silent overwrites ${total("overwritten")}, typed and gone ${total("vanished")}; of both, where no copy was made ${total("withoutCopy")}`);
  const failures = results.filter(({ wrong }) => wrong.length > 0).sort((one, other) => one.seed - other.seed);
  for (const { seed, wrong, tabs, hasChannel, story, kept } of failures) {
    console.log(`seed ${seed} (${tabs} tabs, ${hasChannel ? "with" : "without"} a channel; DABIAO_ONLY=${seed}): ${wrong.join("; ")}`);
    console.log(`  ${story.join("\n  ")}\n  kept: ${JSON.stringify(kept)}`);
  }
  assert.deepEqual(failures.map(({ seed, wrong }) => `${seed}: ${wrong.join("; ")}`).slice(0, 20), []);
});
