// The table of all figures, and pasting from a spreadsheet.

import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { TOWN, counts, equalsSoon, fixture, language, matchesSoon, openSample, openTab, until, withPage } from "./harness.mjs";

const world = fixture({ before, after });

/** The input of a figure. */
function cell(page, figure) {
  return page.locator(`input[data-figure="${figure}"]`);
}

/** Every value of the table, by figure. */
function values(page) {
  return page.locator("input[data-figure]").evaluateAll((inputs) => Object.fromEntries(inputs.map((input) => [input.dataset.figure, input.value])));
}

/** The figures in the order of the table. */
function figures(page) {
  return page.locator("input[data-figure]").evaluateAll((inputs) => inputs.map((input) => input.dataset.figure));
}

/** Pastes a text; whether the page took it over. */
function paste(page, figure, text) {
  return cell(page, figure).evaluate((input, text) => {
    const clipboardData = new DataTransfer();
    clipboardData.setData("text/plain", text);
    input.focus();
    return !input.dispatchEvent(new ClipboardEvent("paste", { clipboardData, bubbles: true, cancelable: true }));
  }, text);
}

async function openTable(page) {
  await openSample(page, TOWN);
  await openTab(page, "table");
}

test("every figure has one row", () => withPage(world, {}, async (page) => {
  await openTable(page);
  const ids = await figures(page);
  assert.equal(new Set(ids).size, ids.length);
  assert.ok(ids.length > 100, `${ids.length} figures`);
  assert.equal(await cell(page, "road_area").inputValue(), "31.2万平方米");
}));

test("a column fills downwards, is counted, and can be taken back", () => withPage(world, {}, async (page) => {
  await openTable(page);
  const ids = await figures(page);
  const start = ids.indexOf("road_area");
  const next = ids.slice(start, start + 3);
  const [valuesBefore, countsBefore] = [await values(page), await counts(page)];
  // As spreadsheets copy: a newline behind every row.
  assert.equal(await paste(page, "road_area", "32万\n2万\n3\n"), true);
  await matchesSoon(page.locator(".table-view [role=status]"), /已填入3格，0行没有对应/);
  const expected = { ...valuesBefore, [next[0]]: "32万", [next[1]]: "2万", [next[2]]: "3" };
  await equalsSoon(() => values(page), expected);
  assert.notDeepEqual(await counts(page), countsBefore);
  await page.getByRole("button", { name: "撤销粘贴" }).click();
  await equalsSoon(() => values(page), valuesBefore);
  await equalsSoon(() => counts(page), countsBefore);
  assert.equal(await page.locator(".table-view [role=status]").count(), 0);
}));

test("two columns are matched by name, in any order and either language", () => withPage(world, {}, async (page) => {
  await openTable(page);
  const before = await values(page);
  const text = "全科医生人数\t15名\r\nRoad area, town seat\t33万\r\ntap_water_coverage\t97%\r\n没有这个数据\t5\r\n";
  assert.equal(await paste(page, "town_population", text), true);
  await matchesSoon(page.locator(".table-view [role=status]"), /已填入3格，1行没有对应/);
  const expected = { ...before, general_practitioners: "15名", road_area: "33万", tap_water_coverage: "97%" };
  await equalsSoon(() => values(page), expected);
  await page.getByRole("button", { name: "撤销粘贴" }).click();
  await equalsSoon(() => values(page), before);
}));

test("a clause number names a figure too", () => withPage(world, {}, async (page) => {
  await openTable(page);
  const before = await values(page);
  await paste(page, "road_area", "1.1\t25分钟\n4.2\t94%\n");
  await equalsSoon(() => values(page), { ...before, drive_minutes_to_hub: "25分钟", tap_water_coverage: "94%" });
  await matchesSoon(page.locator(".table-view [role=status]"), /已填入2格/);
}));

test("lines beyond the end of the table are counted as left over", () => withPage(world, {}, async (page) => {
  await openTable(page);
  await language(page, "English");
  const last = (await figures(page)).at(-1);
  await paste(page, last, "no\nyes\nyes");
  await matchesSoon(page.locator(".table-view [role=status]"), /1 cells? filled, 2 lines? without/);
}));

test("a single value pastes as everywhere else", () => withPage(world, {}, async (page) => {
  await openTable(page);
  assert.equal(await paste(page, "road_area", "32万"), false);
  assert.equal(await paste(page, "road_area", "32万\n"), false);
  assert.equal(await page.locator(".table-view .notice").count(), 0);
}));

test("typing in the table says what was understood and what was not", () => withPage(world, {}, async (page) => {
  await openTable(page);
  const input = cell(page, "road_area");
  const line = page.locator("tr", { has: input });
  await input.fill("1.2.3");
  await matchesSoon(line.locator("td.note"), /第二个小数点/);
  assert.equal(await input.getAttribute("aria-invalid"), "true");
  assert.equal(await input.inputValue(), "1.2.3");
  await input.fill("３２万");
  await until("no error", async () => (await input.getAttribute("aria-invalid")) === null);
  await matchesSoon(line.locator("td.note"), /320000|32\s?万/);
}));
