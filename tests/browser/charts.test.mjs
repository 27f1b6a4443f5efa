// Charts: what they show, by mouse, by keyboard, as a table, and as a file.

import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { after, before, test } from "node:test";
import { COUNTY, TOWN, equalsSoon, fixture, language, openSample, openTab, until, withPage } from "./harness.mjs";

const world = fixture({ before, after });
const EXAMPLES = [[COUNTY, ["groups", "radar", "ways", "gaps"]], [TOWN, ["groups", "radar", "gaps"]]];
const PNG = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);

async function openCharts(page, example) {
  await openSample(page, example);
  await openTab(page, "charts");
}

/** A chart, brought into view and drawn. */
async function chart(page, name) {
  const frame = page.locator(`.charts [data-chart="${name}"]`);
  await frame.scrollIntoViewIfNeeded();
  await frame.locator("svg.picture").waitFor();
  return frame;
}

/** The marks of a picture, by number. */
function marks(frame) {
  return frame.locator("svg.picture").evaluate((picture) =>
    [...new Set([...picture.querySelectorAll("[data-mark]")].map((shape) => Number(shape.dataset.mark)))].sort((a, b) => a - b));
}

/** The head of every row of the table under a chart. */
function tableHeads(frame) {
  return frame.locator(".chart-table tbody tr").evaluateAll((rows) => rows.map((row) => row.children[0].textContent));
}

for (const [example, names] of EXAMPLES) {
  test(example.sample, (t) => withPage(world, {}, async (page) => {
    await openCharts(page, example);

    await t.test(`${names.length} charts, and a table under each with a row for every mark`, async () => {
      const shown = await page.locator(".charts [data-chart]").evaluateAll((frames) => frames.map((frame) => frame.dataset.chart));
      assert.deepEqual([...shown].sort(), [...names].sort());
      for (const name of names) {
        const frame = await chart(page, name);
        const heads = await tableHeads(frame);
        assert.ok(heads.length >= 3);
        assert.deepEqual(await marks(frame), heads.map((_, index) => index), name);
        const table = frame.locator(".chart-table");
        assert.equal(await table.locator("table").isVisible(), false);
        await table.locator("summary").click();
        await table.locator("table").waitFor({ state: "visible" });
        const cells = await table.locator("tbody tr").evaluateAll((rows) => rows.map((row) => [row.children.length, row.textContent.trim().length > 3]));
        const columns = await table.locator("thead th").count();
        assert.ok(cells.every(([count, filled]) => count === columns && filled), name);
        await table.locator("summary").click();
      }
    });

    await t.test("by mouse, a mark says what it is", async () => {
      for (const name of names) {
        const frame = await chart(page, name);
        const heads = await tableHeads(frame);
        assert.equal(await frame.locator(".tip").count(), 0);
        for (const mark of [0, 2]) {
          await frame.locator(`svg.picture text.label[data-mark="${mark}"]`).first().hover();
          const tip = frame.locator(".tip");
          await equalsSoon(async () => (await tip.locator("text").allTextContents())[0], heads[mark], name);
          assert.ok((await tip.locator("text").count()) >= 2, "a title and at least one line");
          assert.ok((await frame.locator(`svg.picture .shape.active[data-mark="${mark}"]`).count()) > 0);
          // The tip stays inside the picture.
          const [box, picture] = [await tip.locator("rect").boundingBox(), await frame.locator("svg.picture").boundingBox()];
          assert.ok(box.x >= picture.x - 1 && box.x + box.width <= picture.x + picture.width + 1, `${name}: ${JSON.stringify([box, picture])}`);
        }
        await frame.locator("h3").hover();
        await equalsSoon(() => frame.locator(".tip").count(), 0);
      }
    });

    await t.test("by keyboard, the arrows go through the marks and say them", async () => {
      for (const name of names) {
        const frame = await chart(page, name);
        const heads = await tableHeads(frame);
        const picture = frame.locator("svg.picture");
        const live = frame.locator("[aria-live=polite]");
        const at = (mark, because) => equalsSoon(async () => [
          (await frame.locator(".tip text").allTextContents())[0], (await live.textContent()).startsWith(heads[mark]),
        ], [heads[mark], true], `${name} ${because}`);
        assert.match(await picture.getAttribute("aria-label"), /方向键/);
        await picture.focus();
        await page.keyboard.press("ArrowDown");
        await at(0, "ArrowDown");
        await page.keyboard.press("ArrowDown");
        await at(1, "ArrowDown twice");
        await page.keyboard.press("ArrowUp");
        await at(0, "ArrowUp");
        await page.keyboard.press("ArrowUp");
        await at(0, "ArrowUp at the start");
        await page.keyboard.press("End");
        await at(heads.length - 1, "End");
        await page.keyboard.press("ArrowRight");
        await at(heads.length - 1, "ArrowRight at the end");
        await page.keyboard.press("Home");
        await at(0, "Home");
        await page.keyboard.press("Escape");
        await equalsSoon(() => frame.locator(".tip").count(), 0);
        await equalsSoon(() => live.textContent(), "");
      }
    });

    await t.test("the legend hides and shows", async () => {
      for (const name of names) {
        const frame = await chart(page, name);
        const buttons = frame.locator(".legend button");
        for (let index = 0; index < (await buttons.count()); index += 1) {
          const button = buttons.nth(index);
          const role = await button.locator(".swatch rect").evaluate((swatch) => swatch.classList[1]);
          const shapes = () => frame.locator(`svg.picture .shape.${role}`).count();
          const before = await shapes();
          assert.equal(await button.getAttribute("aria-pressed"), "true");
          await button.click();
          await equalsSoon(() => button.getAttribute("aria-pressed"), "false");
          await equalsSoon(shapes, 0, `${name}: ${role}`);
          await button.click();
          await equalsSoon(() => button.getAttribute("aria-pressed"), "true");
          await equalsSoon(shapes, before, `${name}: ${role} again`);
        }
      }
    });
  }));
}

test("with everything hidden a chart can still be brought back", () => withPage(world, {}, async (page) => {
  await openCharts(page, COUNTY);
  for (const name of ["groups", "radar", "ways", "gaps"]) {
    const frame = await chart(page, name);
    const buttons = frame.locator(".legend button");
    const before = (await marks(frame)).length;
    for (const button of await buttons.all()) await button.click();
    await equalsSoon(() => frame.locator(".legend button[aria-pressed=true]").count(), 0);
    for (const button of await buttons.all()) await button.click();
    await until(`${name} to come back`, async () => (await frame.locator("svg.picture").count()) && (await marks(frame)).length === before);
  }
}));

for (const lang of ["zh", "en"]) {
  test(`every chart can be saved as SVG and PNG (${lang})`, () => withPage(world, {}, async (page) => {
    await openCharts(page, COUNTY);
    await language(page, lang === "en" ? "English" : "中文");
    // The page itself may not parse texts: that is what its policy forbids.
    const reader = await world.browser.newPage();
    for (const name of ["groups", "radar", "ways", "gaps"]) {
      const frame = await chart(page, name);
      const title = await frame.locator("h3").innerText();
      const heads = await tableHeads(frame);
      const save = async (kind) => {
        const [download] = await Promise.all([page.waitForEvent("download"), frame.locator(`[data-export=${kind}]`).click()]);
        assert.equal(download.suggestedFilename(), `dabiao-${name}.${kind}`);
        return readFile(await download.path());
      };
      const svg = (await save("svg")).toString("utf8");
      const parsed = await reader.evaluate((text) => {
        const root = new DOMParser().parseFromString(text, "image/svg+xml").documentElement;
        return {
          root: root.localName, namespace: root.namespaceURI, text: root.textContent, title: root.querySelector("title")?.textContent ?? "",
          width: root.getAttribute("width"), broken: root.querySelector("parsererror")?.textContent ?? "",
          foreign: [...root.querySelectorAll("script, foreignObject, image, [href]")].map((element) => element.localName),
        };
      }, svg);
      assert.equal(parsed.broken, "");
      assert.deepEqual([parsed.root, parsed.namespace, parsed.foreign], ["svg", "http://www.w3.org/2000/svg", []]);
      assert.ok(parsed.text.includes(title), `${title} is missing`);
      assert.ok(parsed.text.includes(heads[0].slice(0, 6)), `${heads[0]} is missing`);
      const png = await save("png");
      assert.deepEqual(png.subarray(0, 8), PNG);
      assert.ok(png.length > 10_000, `${name}: ${png.length} bytes`);
      assert.equal(png.readUInt32BE(16), 2 * Number(parsed.width), "twice as wide as the SVG");
    }
    await reader.close();
  }));
}

test("a chart follows the width of the screen", () => withPage(world, {}, async (page) => {
  await openCharts(page, TOWN);
  const frame = await chart(page, "gaps");
  const width = () => frame.locator("svg.picture").evaluate((picture) => Number(picture.getAttribute("width")));
  assert.ok((await width()) > 700);
  await page.setViewportSize({ width: 390, height: 844 });
  // What is not in view is not drawn, and on a narrow screen everything stands further down.
  await chart(page, "gaps");
  await until("a narrow picture", async () => (await width()) < 390);
  assert.ok((await frame.locator("svg.picture").textContent()).includes("1.1 "));
}));
