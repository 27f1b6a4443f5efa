// Without a mouse, and with a thumb.

import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { COUNTY, TOWN, equalsSoon, fixture, language, openClause, openSample, tabTo, until, withPage } from "./harness.mjs";

const world = fixture({ before, after });
const TRAFFIC = "#c-orderly_traffic_in_seat";

test("the main job by keyboard alone", () => withPage(world, {}, async (page) => {
  await tabTo(page, `button[data-sample="${TOWN.sample}"]`, { most: 20 });
  await page.keyboard.press("Enter");
  await page.locator(TRAFFIC).waitFor();

  // Answer a question differently; the focus stays where it is.
  await tabTo(page, `${TRAFFIC} .yes-no-buttons button.no`);
  const no = page.locator(`${TRAFFIC} .yes-no-buttons button.no`);
  assert.equal(await no.getAttribute("aria-pressed"), "false");
  await page.keyboard.press("Space");
  await equalsSoon(() => no.getAttribute("aria-pressed"), "true");
  await page.locator(`${TRAFFIC} .clause-outcome .chip.not-met`).waitFor();
  assert.equal(await no.evaluate((button) => button === document.activeElement), true, "the focus stays on the button");

  // Open the reasons, and go into them.
  await tabTo(page, `${TRAFFIC} .clause-name`, { key: "Shift+Tab", most: 5 });
  await page.keyboard.press("Enter");
  await page.locator(`${TRAFFIC} .detail`).waitFor();
  await tabTo(page, `${TRAFFIC} .detail input[type=checkbox]`, { most: 10 });
  await page.keyboard.press("Space");
  await tabTo(page, `${TRAFFIC} .detail input[type=text]`, { most: 3 });
  await page.keyboard.type("no traffic here");
  await page.locator(`${TRAFFIC} .clause-outcome .chip.not-applicable`).waitFor();
  await tabTo(page, `${TRAFFIC} .clause-name`, { key: "Shift+Tab", most: 10 });
  await page.keyboard.press("Space");
  await until("the reasons to close", async () => !(await page.locator(`${TRAFFIC} .detail`).count()));

  // The charts.
  await tabTo(page, ".tabs a[href$='/charts']", { key: "Shift+Tab" });
  await page.keyboard.press("Enter");
  await page.locator("main.tab-charts [data-chart=groups] svg.picture").waitFor();
  await tabTo(page, "[data-chart=groups] svg.picture", { most: 20 });
  await page.keyboard.press("ArrowDown");
  await page.locator("[data-chart=groups] .tip").waitFor();
}));

test("a reading is chosen with the arrows", () => withPage(world, {}, async (page) => {
  const sewage = "#c-sewage_treated_70_or_up_10";
  await openSample(page, TOWN);
  await openClause(page, "sewage_treated_70_or_up_10");
  await page.locator(`${sewage} .clause-name`).focus();
  await tabTo(page, `${sewage} .detail input[type=radio]`, { most: 15 });
  await page.keyboard.press("ArrowDown");
  await page.locator(`${sewage} .clause-outcome .chip.met`).waitFor();
  await page.keyboard.press("ArrowUp");
  await page.locator(`${sewage} .clause-outcome .chip.not-met`).waitFor();
}));

test("skipping to the content stays on the page", () => withPage(world, {}, async (page) => {
  await openSample(page, TOWN);
  await page.evaluate(() => window.scrollTo(0, 0));
  await page.locator("a.skip").focus();
  await page.keyboard.press("Enter");
  await page.locator("main#content").waitFor();
  await until("the focus to be in or before the content", () => page.evaluate(() => {
    const content = document.getElementById("content");
    return content && (content === document.activeElement || document.activeElement === document.body || content.contains(document.activeElement));
  }));
  assert.equal(await page.locator("main#content.tab-fill").count(), 1, "still the list of the town");
  await page.keyboard.press("Tab");
  assert.equal(await page.evaluate(() => document.getElementById("content").contains(document.activeElement)), true);
}));

test("going back and forth with the browser's buttons", () => withPage(world, {}, async (page) => {
  await openSample(page, TOWN);
  await page.locator(".tabs a[href$='/charts']").click();
  await page.locator("main.tab-charts").waitFor();
  await page.goBack();
  await page.locator("main.tab-fill").waitFor();
  await page.goBack();
  await page.locator("main.home").waitFor();
  await page.goForward();
  await page.locator("main.tab-fill article.clause").first().waitFor();
}));

/** Everything that can be pressed and is smaller than 24 × 24 pixels. */
function small(page) {
  return page.evaluate(() => {
    const seen = [...document.querySelectorAll("button, a[href], input, select, textarea, summary, [tabindex='0']")];
    return seen.filter((element) => element.checkVisibility({ visibilityProperty: true })).flatMap((element) => {
      // What belongs to a label can be pressed anywhere on the label.
      const own = element.getBoundingClientRect();
      const label = element.matches("input") ? element.closest("label")?.getBoundingClientRect() : null;
      const [width, height] = [Math.max(own.width, label?.width ?? 0), Math.max(own.height, label?.height ?? 0)];
      const name = `${element.localName}.${element.className} “${(element.textContent || element.getAttribute("aria-label") || element.id).slice(0, 20)}”`;
      return width >= 24 && height >= 24 ? [] : [`${name}: ${Math.round(width)} × ${Math.round(height)}`];
    });
  });
}

for (const lang of ["zh", "en"]) {
  test(`everything can be pressed with a thumb (${lang})`, () => withPage(world, { width: 390, height: 844 }, async (page) => {
    await language(page, lang === "en" ? "English" : "中文");
    for (const [example, clause] of [[TOWN, "sewage_treated_70_or_up_10"], [COUNTY, "row_gdp"]]) {
      await page.locator("a.brand").click();
      await openSample(page, example);
      const detail = await openClause(page, clause);
      await detail.locator("input[type=checkbox]").check();
      await detail.locator("button").last().click();
      await detail.locator(".evidence").waitFor();
      assert.deepEqual((await small(page)).slice(0, 10), []);
    }
  }));
}
