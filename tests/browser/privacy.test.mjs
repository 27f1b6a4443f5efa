// Nothing leaves this computer: over a whole session the page asks its own server for its own files,
// once, and nobody for anything else.

import assert from "node:assert/strict";
import { readFile, readdir } from "node:fs/promises";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { COUNTY, SITE, TOWN, assertOwnFiles, field, fixture, language, openClause, openSample, openTab, row, saved, until, withPage } from "./harness.mjs";

const world = fixture({ before, after });
const IN_TOWN = [TOWN, "road_area_of_15_per_person", "镇区道路面积"];
const IN_COUNTY = [COUNTY, "row_gdp", "地区生产总值"];

/** Does a bit of everything in an open assessment. */
async function work(page, clause, label) {
  await field(page, clause, label).fill("530亿");
  const detail = await openClause(page, clause);
  await detail.getByRole("textbox", { name: "备注" }).fill("http://example.org/?秘密");
  await detail.getByRole("button", { name: "添加一份材料" }).click();
  await detail.getByLabel("存放位置或链接").fill("https://example.org/secret.png");
  await page.getByRole("searchbox").fill("1");
  await saved(page);
  for (const tab of ["table", "charts", "missing", "departments", "about"]) await openTab(page, tab);
  await openTab(page, "charts");
  for (const kind of ["svg", "png"]) {
    await page.locator("[data-chart=groups] svg.picture").waitFor();
    const [download] = await Promise.all([page.waitForEvent("download"), page.locator(`[data-chart=groups] [data-export=${kind}]`).click()]);
    await download.path();
  }
}

/** Does a bit of everything, in both languages. */
async function session(page, examples) {
  for (const [example, clause, label] of examples) {
    await page.locator("a.brand").click();
    await openSample(page, example);
    await work(page, clause, label);
    await language(page, "English");
    await language(page, "中文");
  }
}

test("every request of a whole session is for a file of the site", () => withPage(world, {}, async (page) => {
  await session(page, [IN_TOWN, IN_COUNTY]);
  await assertOwnFiles(page, world.server);
  const files = new Set(["/", ...(await readdir(SITE, { recursive: true })).map((file) => `/${file}`)]);
  for (const path of world.server.asked) assert.ok(files.has(path), path);
  assert.deepEqual(await page.context().cookies(), []);
}));

/** Does something without a network, and makes sure that none was missed. */
async function offline(page, body) {
  const before = page.record.requests.length;
  await page.context().setOffline(true);
  await body();
  // Chromium asks for the icon again at every change of the address.
  const later = page.record.requests.slice(before).filter((address) => !/^(blob|data):|\/icon\.svg$/.test(address));
  assert.deepEqual(later, []);
  page.record.failed = page.record.failed.filter((failure) => !failure.includes("/icon.svg:"));
  page.record.consoleErrors = page.record.consoleErrors.filter((error) => !error.endsWith("/icon.svg"));
}

// What has not been opened yet has to be fetched; the first screen promises no more than this.
test("an open assessment needs no network", () => withPage(world, {}, async (page) => {
  const [example, ...rest] = IN_COUNTY;
  await openSample(page, example);
  // The part that is fetched on first use was used once.
  await openTab(page, "charts");
  await openTab(page, "fill");
  await offline(page, () => work(page, ...rest));
}));

test("the page forbids everything else", async () => {
  const html = await readFile(join(SITE, "index.html"), "utf8");
  const policy = html.match(/<meta http-equiv="Content-Security-Policy" content="([^"]+)">/)?.[1] ?? "";
  const rules = Object.fromEntries(policy.split(";").map((rule) => rule.trim().split(/\s+(.*)/s)));
  assert.equal(rules["default-src"], "'none'");
  assert.equal(rules["connect-src"], "'self'");
  assert.equal(rules["script-src"], "'self' 'wasm-unsafe-eval'");
  assert.equal(rules["style-src"], "'self'");
  assert.equal(rules["form-action"], "'none'");
  assert.equal(rules["require-trusted-types-for"], "'script'");
  assert.doesNotMatch(html.replace(/xmlns="[^"]*"/g, ""), /(https?:)?\/\/[a-z]/i, "no address of another site");
  assert.ok(html.indexOf("Content-Security-Policy") < html.indexOf("<link"), "the policy comes first");
});

test("the policy holds: what it forbids does not happen", async () => {
  const page = await world.open();
  const outcome = await page.evaluate(async () => {
    const attempt = async (work) => Promise.resolve().then(work).then(() => "done", (error) => error.name);
    return [
      await attempt(() => fetch("https://example.org/")),
      await attempt(() => {
        document.createElement("div").innerHTML = "<b>x</b>";
      }),
    ];
  });
  assert.deepEqual(outcome, ["TypeError", "TypeError"]);
  await until("the harness to see it", async () => page.record.violations.some((violation) => violation.startsWith("connect-src")));
  await page.context().close();
});

test("what is typed is shown as text and never as markup", () => withPage(world, {}, async (page) => {
  await openSample(page, TOWN);
  const markup = "<img src=x onerror=alert(1)><script>alert(2)</script>";
  const clause = "road_area_of_15_per_person";
  await field(page, clause, "镇区道路面积").fill(markup);
  const detail = await openClause(page, clause);
  await detail.getByRole("textbox", { name: "备注" }).fill(markup);
  assert.equal(await row(page, clause).locator("img, script").count(), 0);
  assert.ok((await row(page, clause).locator(".field-message").filter({ hasText: "<img" }).count()) > 0);
}));
