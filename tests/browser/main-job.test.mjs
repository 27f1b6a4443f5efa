// The main job: open an example, change a figure, see verdict, summary and chart follow at once;
// on a wide and a narrow screen, in light and dark, in Chinese and English.

import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import {
  CJK, COUNTY, TOWN, assertFits, assertTranslated, counts, equalsSoon, field, fixture, language, matchesSoon, openClause, openSample, openTab, row,
  screenshot, until, verdicts, withPage,
} from "./harness.mjs";

const world = fixture({ before, after });
const KEYS = { met: "met", "not-met": "notMet", unknown: "unknown", "not-applicable": "notApplicable", "not-judged": "notJudged" };

/** The counts that must result when rows changed their verdicts. */
function moved(from, before, after) {
  const next = { ...from };
  for (const [clause, verdict] of Object.entries(after)) {
    next[KEYS[before[clause]]] -= 1;
    next[KEYS[verdict]] += 1;
  }
  return next;
}

/** What the bars beside the list show, part by part. */
function asideShapes(page) {
  return page.locator(".aside .group-bars dl > div").evaluateAll((bars) =>
    bars.map((bar) => [bar.textContent, ...[...bar.querySelectorAll("rect")].map((part) => `${part.getAttribute("class")} ${part.getAttribute("x")} ${part.getAttribute("width")}`)].join(" ")));
}

/** A row of the table under a chart. */
async function tableRow(page, chart, head) {
  const rows = page.locator(`[data-chart="${chart}"] .chart-table tbody tr`);
  const texts = await rows.evaluateAll((all) => all.map((line) => [...line.children].map((cell) => cell.textContent)));
  return texts.find(([first]) => first.startsWith(head));
}

/** Changes a figure, and holds everything that follows from it against the rows that changed. */
async function changeAndCompare(page, { clause, label, from, to, chart, head }) {
  await openTab(page, "charts");
  const chartBefore = await until(`the table of ${chart}`, () => tableRow(page, chart, head));
  await openTab(page, "fill");

  const countsBefore = await counts(page);
  const before = await verdicts(page);
  await page.locator(".aside .group-bars").waitFor();
  const shapesBefore = await asideShapes(page);
  const barBefore = await page.locator(".summary svg.stacked-bar").innerHTML();
  assert.equal(before[clause], "not-met");
  const input = field(page, clause, label);
  assert.equal(await input.inputValue(), from);
  await input.fill(to);
  await row(page, clause).locator(".clause-outcome .chip.met").waitFor();
  await matchesSoon(row(page, clause).locator(".clause-outcome .chip"), /达标/);
  assert.doesNotMatch(await row(page, clause).locator(".clause-outcome .chip").innerText(), /未达标/);

  const after = await verdicts(page);
  const changed = Object.keys(after).filter((id) => after[id] !== before[id]);
  assert.ok(changed.includes(clause));
  const expected = moved(countsBefore, before, after);
  assert.equal(expected.met, countsBefore.met + changed.filter((id) => after[id] === "met").length);
  await equalsSoon(() => counts(page), expected, "the summary follows the rows");
  assert.notEqual(await page.locator(".summary svg.stacked-bar").innerHTML(), barBefore);
  const status = await page.locator(".summary [role=status]").textContent();
  assert.ok(status.includes(`达标${expected.met}条`) && status.includes(`未达标${expected.notMet}条`), status);
  await until("the chart beside the list to follow", async () => JSON.stringify(await asideShapes(page)) !== JSON.stringify(shapesBefore));

  await openTab(page, "charts");
  const chartAfter = await tableRow(page, chart, head);
  assert.notDeepEqual(chartAfter, chartBefore);
  const [met, notMet] = [1, 2].map((cell) => Number(chartAfter[cell]) - Number(chartBefore[cell]));
  assert.ok(met >= 1 && notMet <= -1, `${chartBefore} → ${chartAfter}`);

  // Every row in the table's sum.
  const sum = await page.locator(`[data-chart="${chart}"] .chart-table tbody`).evaluate((body) =>
    [1, 2, 3, 4].map((cell) => [...body.rows].reduce((total, line) => total + Number(line.cells[cell].textContent), 0)));
  assert.deepEqual(sum, [expected.met, expected.notMet, expected.unknown, expected.notApplicable]);

  // And back again.
  await openTab(page, "fill");
  await field(page, clause, label).fill(from);
  await equalsSoon(() => counts(page), countsBefore);
  await equalsSoon(() => verdicts(page), before);
}

test("the county example: a larger GDP meets row 1, and summary and chart follow", () => withPage(world, {}, async (page) => {
  await openSample(page, COUNTY);
  await matchesSoon(page.locator(".banner.real"), /真实数据/);
  await changeAndCompare(page, {
    clause: "row_gdp", label: "地区生产总值", from: "401.23亿", to: "530亿", chart: "groups", head: "经济与就业",
  });
}));

test("the town example: more road meets 1.3, and summary and chart follow", () => withPage(world, {}, async (page) => {
  await openSample(page, TOWN);
  await matchesSoon(page.locator(".banner.invented"), /虚构/);
  assert.match(await row(page, "road_area_of_15_per_person").locator(".clause-ref").innerText(), /^1\.3$/);
  await changeAndCompare(page, {
    clause: "road_area_of_15_per_person", label: "镇区道路面积", from: "31.2万平方米", to: "32万平方米", chart: "groups", head: "基础设施提升工程",
  });
}));

describe("every screen, on every kind of screen", () => {
  for (const width of [1280, 390]) {
    for (const colorScheme of ["light", "dark"]) {
      for (const lang of ["zh", "en"]) {
        const name = `${width}-${colorScheme}-${lang}`;
        test(name, () => withPage(world, { width, height: width === 390 ? 844 : 800, colorScheme, locale: "zh-CN" }, async (page) => {
          const look = async (screen, example, shot) => {
            await assertFits(page, `${screen} ${name} ${example}`);
            await assertTranslated(page, `${screen} ${name} ${example}`);
            if (shot) await screenshot(page, `${screen}-${name}`);
          };
          await language(page, lang === "en" ? "English" : "中文");
          const ground = await page.evaluate(() => getComputedStyle(document.body).backgroundColor.match(/\d+/g).map(Number));
          assert.equal(ground[0] < 128, colorScheme === "dark", `the ground is ${ground}`);
          await look("home", "", true);
          for (const [example, clause] of [[COUNTY, "row_gdp"], [TOWN, "sewage_treated_70_or_up_10"]]) {
            const isTown = example === TOWN;
            await page.locator("a.brand").click();
            await openSample(page, example);
            await look("fill", example.sample, isTown);
            await openClause(page, clause);
            await page.locator(`#c-${clause}`).evaluate((article) => article.scrollIntoView({ block: "start" }));
            await look("detail", example.sample, isTown);
            for (const tab of ["table", "charts", "missing", "about"]) {
              await openTab(page, tab);
              await page.evaluate(() => window.scrollTo(0, 0));
              if (tab === "charts") await page.locator("[data-chart=groups] svg.picture").waitFor();
              await look(tab, example.sample, isTown === (tab !== "charts"));
            }
          }
        }));
      }
    }
  }

  test("the language can be changed while an example is open", () => withPage(world, {}, async (page) => {
    await openSample(page, TOWN);
    const first = page.locator(".clause-name").first();
    const name = await first.innerText();
    await language(page, "English");
    await until("the list in English", async () => !CJK.test(await first.innerText()));
    await assertTranslated(page, "after the change");
    await matchesSoon(page.locator(".banner.invented"), /Invented example/);
    await language(page, "中文");
    await equalsSoon(() => first.innerText(), name);
    await matchesSoon(page.locator(".tabs"), /填报/);
  }));
});
