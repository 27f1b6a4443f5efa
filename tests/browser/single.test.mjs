// The page as one file, opened from a folder: the whole main job, and not one request.

import assert from "node:assert/strict";
import { copyFile, mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { pathToFileURL } from "node:url";
import {
  ROOT, TOWN, close, counts, equalsSoon, field, launch, matchesSoon, openPage, openSample, openTab, ready, row, saved, until,
} from "./harness.mjs";

const FILE = join(ROOT, "dist/dabiao.html");
const ROADS = "road_area_of_15_per_person";
let browser;
let folder;
let address;

before(async () => {
  browser = await launch();
  folder = await mkdtemp(join(tmpdir(), "dabiao-"));
  // As on somebody's desk: another folder, another name.
  await copyFile(FILE, join(folder, "达标 副本.html"));
  address = pathToFileURL(join(folder, "达标 副本.html")).href;
});
after(async () => {
  await browser?.close();
  await rm(folder, { recursive: true, force: true });
});

/** Opens the file, and looks at everything that it asked for at the end. */
async function withFile(body) {
  const page = await openPage(browser, { origin: address, path: "" });
  await body(page);
  const asked = page.record.requests.filter((request) => request !== address && !/^(blob|data):/.test(request));
  assert.deepEqual(asked, [], "nothing is asked for");
  await close(page);
}

async function downloaded(page, name) {
  const waiting = page.waitForEvent("download");
  await page.getByRole("button", { name, exact: true }).click();
  const path = await (await waiting).path();
  return readFile(path);
}

test("the whole main job from a folder", () => withFile(async (page) => {
  await openSample(page, TOWN);
  const before = await counts(page);
  await field(page, ROADS, "镇区道路面积").fill("32万");
  await row(page, ROADS).locator(".clause-outcome .chip.met").waitFor();
  assert.ok((await counts(page)).met > before.met);
  await saved(page);
  for (const tab of ["table", "charts", "plan", "missing", "departments", "about", "files"]) await openTab(page, tab);

  // A worker of the office module.
  for (const [name, start] of [["自评报告", "PK"], ["结果表", "PK"], ["填报表", "PK"]]) {
    assert.equal((await downloaded(page, name)).subarray(0, 2).toString(), start, name);
  }
  await page.locator("#import-file").setInputFiles({ name: "a.csv", mimeType: "text/csv", buffer: Buffer.from("指标,数值\n镇区道路面积,33万\n") });
  await page.getByRole("button", { name: "写入1项" }).click();
  await matchesSoon(page.locator(".import [role=status]"), /已写入1项/);

  // A worker of the planner.
  await page.evaluate((id) => { location.hash = `#/s/${id}/plan/cheapest`; }, TOWN.standard);
  await page.locator("#plan-least-met").fill("80");
  await page.locator(".solve button.primary").first().click();
  await page.locator(".plan-found").waitFor();

  await page.reload();
  await ready(page);
  await page.evaluate((id) => { location.hash = `#/s/${id}/fill`; }, TOWN.standard);
  await equalsSoon(() => field(page, ROADS, "镇区道路面积").inputValue(), "33万");
}));

test("both languages, every standard, and checking a standard file", () => withFile(async (page) => {
  for (const id of ["quxian-county-seat-2024", "wenshang-refined-town-2022", "sichuan-urbanisation-2022", "daan-demonstration-town-2023"]) {
    await page.evaluate((hash) => { location.hash = hash; }, `#/s/${id}/fill`);
    await page.locator("article.clause").first().waitFor();
  }
  await page.locator("header.top-bar button", { hasText: "English" }).click();
  await until("English", async () => (await page.locator("html").getAttribute("lang")) === "en");
  await page.evaluate(() => { location.hash = "#/check"; });
  await page.locator("#standard-text").fill("x");
  await page.locator("#standard-text").blur();
  await page.locator(".findings").waitFor();
}));

test("it shows the code that is published beside it, and forbids everything else", () => withFile(async (page) => {
  const published = (await readFile(`${FILE}.sha256`, "utf8")).match(/^([0-9a-f]{64}) {2}dabiao\.html, code/m)[1];
  await matchesSoon(page.locator(".version"), new RegExp(published));
  const policy = await page.locator("meta[http-equiv=Content-Security-Policy]").getAttribute("content");
  assert.match(policy, /default-src 'none'/);
  assert.doesNotMatch(policy, /connect-src|unsafe-inline|unsafe-eval'(?<!wasm-unsafe-eval')|https?:/);
  const outcome = await page.evaluate(() => fetch("https://example.org/").then(() => "done", (error) => error.name));
  assert.equal(outcome, "TypeError");
  await until("the report of what was forbidden", () => page.record.violations.length > 0);
  // It was asked for to see it refused.
  page.record.violations.length = 0;
  page.record.consoleErrors.length = 0;
  page.record.failed.length = 0;
}));
