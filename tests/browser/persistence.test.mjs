// What was typed stays in this browser, and is never lost without a word.

import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import {
  COUNTY, TOWN, counts, equalsSoon, field, fixture, kept, language, matchesSoon, openClause, openSample, openTab, ready, row, saved, section,
  storedDraft, withPage,
} from "./harness.mjs";

const world = fixture({ before, after });
const ROADS = "road_area_of_15_per_person";
const HUB = "transport_hub_within_30_minutes";
const FILL = `#/s/${TOWN.standard}/fill`;

/** Opens the town's list with nothing filled in. */
async function openEmpty(page) {
  await page.locator(`a.start[href="${FILL}"]`).click();
  await page.locator("article.clause").first().waitFor();
}

async function fillSomething(page) {
  await page.getByLabel("评估对象").fill("某县某镇");
  await field(page, ROADS, "镇区道路面积").fill("３２万");
  await field(page, ROADS, "镇区常住人口").fill("2万");
  await field(page, HUB, "镇区至最近交通枢纽的车行时间").fill("abc");
}

test("pressing a button right after typing reaches the button", () => withPage(world, {}, async (page) => {
  await openEmpty(page);
  await field(page, HUB, "镇区至最近交通枢纽的车行时间").fill("25");
  const yes = row(page, "orderly_traffic_in_seat").getByRole("button", { name: "是", exact: true });
  await yes.click();
  // Nothing may move away from under the pointer because the field lost the focus.
  await equalsSoon(() => yes.getAttribute("aria-pressed"), "true", "one press is enough", 2000);
}));

test("everything is there again after a reload", () => withPage(world, {}, async (page) => {
  await openEmpty(page);
  await row(page, "orderly_traffic_in_seat").getByRole("button", { name: "是", exact: true }).click();
  await fillSomething(page);
  const detail = await openClause(page, HUB);
  await detail.getByRole("textbox", { name: "备注" }).fill("问过县交运局\n第二行");
  await section(detail, "佐证材料").getByRole("button", { name: "添加一份材料" }).click();
  await detail.getByLabel("材料名称").fill("测算表");
  const other = await openClause(page, "flood_defences");
  await section(other, "不适用").getByLabel("本条不适用于本地").check();
  await section(other, "不适用").getByLabel("理由", { exact: true }).fill("没有江河");
  const sewage = await openClause(page, "sewage_treated_70_or_up_10");
  await section(sewage, "要求").getByRole("radio").nth(1).check();
  await row(page, "flood_defences").locator(".clause-outcome .chip.not-applicable").waitFor();
  const before = await counts(page);
  await saved(page);
  await kept(page, TOWN, "the last change", (draft) => draft.clauses.sewage_treated_70_or_up_10?.reading === "relative");

  await page.reload();
  await ready(page);
  await page.locator("article.clause").first().waitFor();
  assert.deepEqual(await counts(page), before);
  assert.equal(await page.getByLabel("评估对象").inputValue(), "某县某镇");
  assert.equal(await field(page, ROADS, "镇区道路面积").inputValue(), "３２万");
  assert.equal(await field(page, HUB, "镇区至最近交通枢纽的车行时间").inputValue(), "abc");
  await row(page, ROADS).locator(".clause-outcome .chip.met").waitFor();
  assert.equal(await row(page, "orderly_traffic_in_seat").getByRole("button", { name: "是", exact: true }).getAttribute("aria-pressed"), "true");
  const again = await openClause(page, HUB);
  assert.equal(await again.getByRole("textbox", { name: "备注" }).inputValue(), "问过县交运局\n第二行");
  assert.equal(await again.getByLabel("材料名称").inputValue(), "测算表");
  const exempt = section(await openClause(page, "flood_defences"), "不适用");
  assert.equal(await exempt.getByLabel("理由", { exact: true }).inputValue(), "没有江河");
  const readings = section(await openClause(page, "sewage_treated_70_or_up_10"), "要求").getByRole("radio");
  assert.equal(await readings.nth(1).isChecked(), true);

  // The first screen says that there is something to go on with.
  await page.locator("a.brand").click();
  await matchesSoon(page.locator(`a.start[href="${FILL}"]`), /继续填写/);
}));

test("what was typed last is kept even if the page is left at once", () => withPage(world, {}, async (page) => {
  await openEmpty(page);
  await field(page, ROADS, "镇区道路面积").fill("31万");
  await page.reload();
  await ready(page);
  await page.locator("article.clause").first().waitFor();
  await equalsSoon(() => field(page, ROADS, "镇区道路面积").inputValue(), "31万");
}));

test("what was typed last is kept even if another standard is gone back to at once", () => withPage(world, { hash: `#/s/${COUNTY.standard}/fill` }, async (page) => {
  await page.locator("#c-row_gdp").waitFor();
  await page.goto(`${new URL(page.url()).origin}/${FILL}`);
  await row(page, HUB).waitFor();
  await field(page, HUB, "镇区至最近交通枢纽的车行时间").fill("25");
  await page.goBack();
  await page.locator("#c-row_gdp").waitFor();
  await field(page, "row_gdp", "地区生产总值").fill("500");
  await kept(page, COUNTY, "the other standard's figure", ({ figures }) => figures.gdp === "500");
  assert.equal((await storedDraft(page, TOWN))?.figures.drive_minutes_to_hub, "25");
}));

test("an example never replaces a draft of one's own without asking", () => withPage(world, {}, async (page) => {
  await openEmpty(page);
  await fillSomething(page);
  await saved(page);
  const own = await kept(page, TOWN, "the draft", (draft) => draft.figures.drive_minutes_to_hub === "abc");
  assert.equal(own.figures.road_area, "３２万");
  await page.locator("a.brand").click();
  const sample = page.locator(`button[data-sample="${TOWN.sample}"]`);
  await sample.click();
  const ask = page.locator(".ask[role=alert]");
  await matchesSoon(ask, /替换/);
  await ask.getByRole("button", { name: "取消" }).click();
  await equalsSoon(() => ask.count(), 0);
  assert.deepEqual(await storedDraft(page, TOWN), own);
  await page.locator(`a.start[href="${FILL}"]`).click();
  await page.locator("article.clause").first().waitFor();
  assert.equal(await field(page, ROADS, "镇区道路面积").inputValue(), "３２万");
  assert.equal(await page.locator(".banner.invented").count(), 0);

  // The other standard's example does not touch it, and is not asked about.
  await page.locator("a.brand").click();
  await openSample(page, COUNTY);
  await saved(page);
  assert.deepEqual(await storedDraft(page, TOWN), own);

  // Replacing works when it is wanted.
  await page.locator("a.brand").click();
  await sample.click();
  await ask.locator(`button[data-sample="${TOWN.sample}"]`).click();
  await matchesSoon(page.locator(".banner.invented"), /虚构/);
  assert.equal(await field(page, ROADS, "镇区道路面积").inputValue(), "31.2万平方米");
}));

test("an example that was changed is work, and is asked about too", () => withPage(world, {}, async (page) => {
  await openSample(page, TOWN);
  await field(page, ROADS, "镇区道路面积").fill("32万");
  await kept(page, TOWN, "the change", (draft) => draft.figures.road_area === "32万");
  await page.locator("a.brand").click();
  await page.locator(`button[data-sample="${TOWN.sample}"]`).click();
  const ask = page.locator(".ask[role=alert]");
  await ask.waitFor({ timeout: 2000 });
  await ask.getByRole("button", { name: "取消" }).click();
  assert.equal((await storedDraft(page, TOWN)).figures.road_area, "32万");
}));

test("clearing an assessment lasts", () => withPage(world, {}, async (page) => {
  await openSample(page, TOWN);
  await openTab(page, "about");
  await page.getByRole("button", { name: "清空这份评估" }).click();
  await page.getByRole("button", { name: "取消" }).click();
  assert.ok((await counts(page)).met > 0);
  await page.getByRole("button", { name: "清空这份评估" }).click();
  await page.getByRole("button", { name: "确认清空" }).click();
  await equalsSoon(async () => (await counts(page)).met, 0);
  await kept(page, TOWN, "the empty draft", (draft) => Object.keys(draft.figures).length === 0);
  await page.reload();
  await ready(page);
  await page.locator(".summary").waitFor();
  assert.equal((await counts(page)).met, 0);
}));

test("language and colours are remembered", () => withPage(world, {}, async (page) => {
  await language(page, "English");
  await page.getByRole("button", { name: "Switch light and dark" }).click();
  await page.getByRole("button", { name: "Switch light and dark" }).click();
  await equalsSoon(() => page.locator("html").getAttribute("data-theme"), "dark");
  await page.reload();
  await ready(page);
  await equalsSoon(() => page.locator("html").getAttribute("data-theme"), "dark");
  assert.equal(await page.locator("html").getAttribute("lang"), "en");
  assert.equal(await page.title(), "Dabiao: check policy targets");
}));

/** A browser that has no room. */
function refuse() {
  IDBObjectStore.prototype.put = () => {
    throw new DOMException("no room", "QuotaExceededError");
  };
}

test("a browser that refuses to save is reported, and the page works on", () => withPage(world, { init: refuse }, async (page) => {
  await openEmpty(page);
  await fillSomething(page);
  const notice = page.locator(".notice[role=alert]");
  await matchesSoon(notice, /浏览器没有保存（.*no room.*）/);
  assert.ok(await notice.isVisible());
  await matchesSoon(page.locator(".top-bar .saved"), /未能保存/);
  await openTab(page, "table");
  await openTab(page, "fill");
  assert.equal(await field(page, ROADS, "镇区道路面积").inputValue(), "３２万");
  await row(page, ROADS).locator(".clause-outcome .chip.met").waitFor();
}));

/** A browser that does not even show its storage. */
function deny() {
  for (const name of ["localStorage", "indexedDB"]) {
    Object.defineProperty(window, name, {
      get() {
        throw new DOMException("denied", "SecurityError");
      },
    });
  }
}

test("a browser without storage still opens the page", () => withPage(world, { init: deny }, async (page) => {
  await openSample(page, TOWN);
  await matchesSoon(page.locator(".notice[role=alert]"), /浏览器没有保存（.*denied.*）/);
  assert.ok((await counts(page)).met > 0);
}));

/** What another version, another program or a person with a text editor may have left. */
function litter() {
  if (localStorage.getItem("littered")) return;
  localStorage.setItem("littered", "yes");
  localStorage.setItem("dabiao.v1.preferences", "{not json");
  localStorage.setItem("dabiao.v1.draft.quxian-central-town-2021", JSON.stringify({
    format: 1, title: 7, sample: null,
    figures: { road_area: "32万", no_such_figure: "1", seat_population: 2 },
    clauses: { no_such_clause: {}, flood_defences: { reading: "no_such_reading", evidence: "none", not_applicable: "yes" } },
  }));
  localStorage.setItem("dabiao.v1.draft.quxian-county-seat-2024", JSON.stringify({ format: 99, figures: { gdp: "1" } }));
}

test("storage that holds nonsense is read as far as it can be", () => withPage(world, { init: litter, hash: FILL }, async (page) => {
  await page.locator("article.clause").first().waitFor();
  assert.equal(await field(page, ROADS, "镇区道路面积").inputValue(), "32万");
  assert.equal(await field(page, ROADS, "镇区常住人口").inputValue(), "");
  await page.goto(`${new URL(page.url()).origin}/#/s/${COUNTY.standard}/fill`);
  await page.locator("#c-row_gdp").waitFor();
  assert.equal(await field(page, "row_gdp", "地区生产总值").inputValue(), "");
}));

/** A storage that takes this long to write, in milliseconds. */
const slowWrites = (milliseconds) => `{
  const timer = setInterval(() => {
    if (!window.dabiaoStore) return;
    clearInterval(timer);
    const { commit } = window.dabiaoStore;
    window.dabiaoStore.commit = async (...parameters) => {
      await new Promise((done) => setTimeout(done, ${milliseconds}));
      return commit(...parameters);
    };
  }, 1);
}`;

// Undoing once waited until the page had saved, and then took back what had been typed after it was asked for.
test("a step is undone at once, also while the page is saving", () => withPage(world, {}, async (page) => {
  await page.addInitScript(slowWrites(1_000));
  await page.reload();
  await ready(page);
  await openEmpty(page);
  const [hub, roads, people] = [[HUB, "镇区至最近交通枢纽的车行时间"], [ROADS, "镇区道路面积"], [ROADS, "镇区常住人口"]].map(([clause, label]) => field(page, clause, label));
  await hub.fill("25");
  await saved(page);
  await roads.fill("7");
  await page.waitForTimeout(300);
  await page.locator("button.step").first().click();
  await equalsSoon(() => roads.inputValue(), "", "undone before it is saved", 400);
  await people.fill("8");
  await saved(page);
  assert.deepEqual([await hub.inputValue(), await roads.inputValue(), await people.inputValue()], ["25", "", "8"]);
  await page.reload();
  await ready(page);
  await row(page, HUB).waitFor();
  assert.deepEqual([await hub.inputValue(), await roads.inputValue(), await people.inputValue()], ["25", "", "8"]);
}));

// The page once drew its waiting screen between the old address and the new one: whoever was typing typed into nothing.
test("a page that goes on with a copy keeps the field that is typed into", () => withPage(world, {}, async (page) => {
  await openEmpty(page);
  const hub = field(page, HUB, "镇区至最近交通枢纽的车行时间");
  await hub.fill("25");
  await saved(page);
  const other = await page.context().newPage();
  await other.addInitScript(slowWrites(600));
  await other.goto(`${world.server.origin}/${FILL}`);
  await ready(other);
  const same = field(other, HUB, "镇区至最近交通枢纽的车行时间");
  await equalsSoon(() => same.inputValue(), "25");
  await same.fill("26");
  // Faster than the other's storage.
  await hub.fill("27");
  await saved(page);
  await same.evaluate((input) => (window.field = input));
  await other.locator(".notice[role=alert]").filter({ hasText: "副本" }).waitFor();
  assert.equal(await other.evaluate(() => window.field.isConnected && document.activeElement === window.field), true);
  assert.equal(await same.inputValue(), "26");
  assert.equal(await hub.inputValue(), "27");
  await other.close();
}));
