// One tab, many times the work of a reporting season: read a file in, look at the score, write a file out.

import assert from "node:assert/strict";
import { readFile, stat } from "node:fs/promises";
import { after, before, test } from "node:test";
import { SITE, TOWN, launch, ready, serve } from "../browser/harness.mjs";
import { pause, percentile, spread, trials } from "./common.mjs";

const CYCLES = trials(30);
const FILES = `#/s/${TOWN.standard}/files`;
/** Every so many cycles the result workbook is made too. */
const WORKBOOK_EVERY = 10;
/** Every so many cycles the memory is looked at. */
const LOOK_EVERY = CYCLES > 100 ? 50 : 10;

let [server, browser] = [];
before(async () => {
  server = await serve(SITE);
  browser = await launch();
});
after(async () => {
  await browser?.close();
  await server?.close();
});

/** In the page: keeps hold of the memory of every program. */
function keepMemories() {
  const memories = (window.memories = []);
  for (const name of ["instantiateStreaming", "instantiate"]) {
    const original = WebAssembly[name];
    WebAssembly[name] = async (...parameters) => {
      const made = await original.apply(WebAssembly, parameters);
      const memory = (made.instance ?? made).exports?.memory;
      if (memory) memories.push(memory);
      return made;
    };
  }
}

test(`${CYCLES} cycles of reading in, scoring and writing out`, { timeout: 120_000 + CYCLES * 10_000 }, async () => {
  const context = await browser.newContext({ locale: "zh-CN", viewport: { width: 1280, height: 900 }, acceptDownloads: true });
  context.setDefaultTimeout(20_000);
  await context.addInitScript(keepMemories);
  const page = await context.newPage();
  const errors = [];
  page.on("pageerror", (error) => errors.push(String(error)));
  page.on("console", (message) => message.type() === "error" && errors.push(message.text()));
  const session = await context.newCDPSession(page);
  await session.send("Performance.enable");
  await page.goto(`${server.origin}/${FILES}`);
  await ready(page);
  await page.locator("#import-file").waitFor();
  const looks = [];
  const look = async (cycle) => {
    await session.send("HeapProfiler.collectGarbage");
    const { metrics } = await session.send("Performance.getMetrics");
    const metric = (name) => metrics.find((entry) => entry.name === name)?.value;
    const wasm = await page.evaluate(() => window.memories.map(({ buffer }) => buffer.byteLength));
    const kept = await page.evaluate(() => dabiaoStore.list("").then((records) => [records.length, records.reduce((sum, [,, text]) => sum + text.length, 0)]));
    looks.push({
      cycle, wasm, heap: metric("JSHeapUsedSize"), nodes: metric("Nodes"), listeners: metric("JSEventListeners"), records: kept[0], texts: kept[1],
    });
  };
  const [latencies, workbooks] = [[], []];
  for (let cycle = 0; cycle < CYCLES; cycle += 1) {
    if (cycle % LOOK_EVERY === 0) {
      await look(cycle);
      if (process.env.DABIAO_VERBOSE) console.error(JSON.stringify(looks.at(-1)), spread(latencies.slice(-LOOK_EVERY)));
    }
    const area = 300_000 + cycle;
    const began = performance.now();
    // Read in.
    const table = `指标,数值\n镇区道路面积,${area}\n镇区常住人口,2万\n镇区至最近交通枢纽的车行时间,${20 + (cycle % 20)}\n`;
    // By the page's own means: the driver's keep hold of the field, and with it of everything around it.
    await page.locator("#import-file").evaluate((field, [name, table]) => {
      const transfer = new DataTransfer();
      transfer.items.add(new File([table], name, { type: "text/csv" }));
      field.files = transfer.files;
      field.dispatchEvent(new Event("change", { bubbles: true }));
    }, [`cycle-${cycle}.csv`, table]);
    await page.getByRole("button", { name: /^写入\d+项$/ }).click();
    await page.locator(".notice.good[role=status]").filter({ hasText: /已写入\d+项/ }).first().waitFor();
    // Score.
    await page.locator('.tabs a[href$="/fill"]').click();
    const chip = page.locator("#c-road_area_of_15_per_person .clause-outcome .chip");
    await chip.waitFor();
    assert.match(await chip.getAttribute("class"), /\bmet\b/);
    await page.locator(`.tabs a[href$="/files"]`).click();
    // Write out.
    const project = page.waitForEvent("download");
    await page.getByRole("button", { name: "项目文件" }).click();
    const file = await (await project).path();
    latencies.push(performance.now() - began);
    assert.ok((await readFile(file, "utf8")).includes(`"${area}"`), `the file of cycle ${cycle} holds what was read in`);
    await (await project).delete();
    if (cycle % WORKBOOK_EVERY === WORKBOOK_EVERY - 1) {
      const start = performance.now();
      const workbook = page.waitForEvent("download");
      await page.getByRole("button", { name: "结果表" }).click();
      assert.ok((await stat(await (await workbook).path())).size > 5_000);
      workbooks.push(performance.now() - start);
      await (await workbook).delete();
    }
  }
  await page.locator(".top-bar .saved").filter({ hasText: "已保存" }).waitFor();
  await pause(500);
  await look(CYCLES);
  const window = Math.min(100, Math.floor(CYCLES / 3));
  const [first, last] = [latencies.slice(0, window), latencies.slice(-window)];
  console.log(`${CYCLES} cycles; one of the first ${window}, ms: ${spread(first)}; of the last ${window}: ${spread(last)}`);
  console.log(`  drift of p50 ${(100 * (percentile(last, 0.5) / percentile(first, 0.5) - 1)).toFixed(1)} %, of p95 ${(100 * (percentile(last, 0.95) / percentile(first, 0.95) - 1)).toFixed(1)} %; `
    + `result workbook, ms: ${spread(workbooks)}`);
  for (const { cycle, wasm, heap, nodes, listeners, records, texts } of looks) {
    console.log(`  after ${cycle}: wasm ${wasm.map((bytes) => (bytes / 1_048_576).toFixed(2)).join(" + ")} MiB, JS heap ${(heap / 1_048_576).toFixed(2)} MiB, `
      + `${nodes} nodes, ${listeners} listeners, ${records} records of ${(texts / 1024).toFixed(0)} KiB`);
  }
  assert.deepEqual(errors, []);
  // After a third of the cycles everything that is kept on purpose (200 steps, 20 snapshots) may still grow, memory by a page or two.
  const [middle, end] = [looks[Math.ceil(looks.length / 3)], looks.at(-1)];
  const sum = (numbers) => numbers.reduce((one, other) => one + other, 0);
  if (CYCLES >= 300) {
    assert.ok(sum(end.wasm) <= sum(middle.wasm) * 1.1 + 1_048_576, "the programs' memory does not grow");
    assert.ok(end.heap <= middle.heap * 1.3 + 4_194_304, "the page's memory does not grow");
    assert.ok(end.nodes <= middle.nodes * 1.3 + 2_000, "the page does not grow");
    assert.ok(percentile(last, 0.5) <= percentile(first, 0.5) * 1.5 + 50, "a cycle takes no longer than at the beginning");
  }
  await context.close();
});
