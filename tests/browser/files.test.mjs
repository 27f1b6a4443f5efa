// Files out and in: what is exported is read again without the program's code; what is imported is
// shown before anything changes, and can be taken back.

import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { after, before, describe, test } from "node:test";
import {
  COUNTY, TOWN, assertFits, assertOwnFiles, assertTranslated, close, counts, equalsSoon, field, fixture, kept, language, matchesSoon, openClause,
  openSample, openTab, ready, row, saved, section, storedDraft, tabTo, until, withPage,
} from "./harness.mjs";
import { csvRows, fillTemplate, gb18030, sheets, table, unzip } from "./office-files.mjs";

const world = fixture({ before, after });
const FILES = ({ standard }) => `#/s/${standard}/files`;
const BUTTONS = { project: "项目文件", report: "自评报告", paper: "打印自评报告", workbook: "结果表", template: "填报表", csv: "CSV（UTF-8）", gb: "CSV（GB18030）" };
const HUB = "transport_hub_within_30_minutes";
const NAMES = { hub: "镇区至最近交通枢纽的车行时间", roads: "镇区道路面积", people: "镇区常住人口", orderly: "镇区内部交通有序" };

async function openFiles(page, example) {
  await page.goto(`${world.server.origin}/${FILES(example)}`);
  await page.locator("main.tab-files .import").waitFor();
}

/** Presses a button of the exports and takes the file. */
async function exported(page, name) {
  const button = page.locator(".export").getByRole("button", { name, exact: true });
  const [download] = await Promise.all([page.waitForEvent("download"), button.click()]);
  const bytes = await readFile(await download.path());
  await matchesSoon(page.locator(".export [role=status]"), new RegExp(download.suggestedFilename().replace(/[.()]/g, "\\$&")));
  return { name: download.suggestedFilename(), bytes };
}

/** Chooses files and waits for the preview. */
async function choose(page, ...files) {
  await page.setInputFiles("#import-file", files.map(([name, content]) => ({ name, mimeType: "", buffer: Buffer.from(content) })));
  await page.locator(".preview").waitFor();
  await equalsSoon(() => page.locator(".source strong").allInnerTexts(), files.map(([name]) => name));
}

/** The rows of the preview, as they can be read. */
function previewRows(page) {
  return page.locator(".preview tbody tr").evaluateAll((rows) => rows.map((row) => [...row.children].map((cell) => cell.textContent.trim())));
}

const problems = (page) => page.locator(".source li").allInnerTexts();
const write = (page) => page.locator(".preview-actions .primary");
async function written(page, count) {
  assert.match(await write(page).innerText(), new RegExp(`写入${count}项`));
  await write(page).click();
  await matchesSoon(page.locator(".import .notice.good"), new RegExp(`已写入${count}项`));
}

/** What a draft says, without who wrote it when. */
const said = ({ title, level, figures, clauses }) => ({ title, level, figures, clauses });

async function enter(page, answers) {
  for (const [clause, label, text] of answers) await field(page, clause, label).fill(text);
}

describe("files out", () => {
  test("the project file holds the assessment and names what it was judged by", () => withPage(world, {}, async (page) => {
    await openSample(page, COUNTY);
    await openTab(page, "files");
    const { name, bytes } = await exported(page, BUTTONS.project);
    assert.equal(name, "渠县县城新型城镇化（2024）-项目文件.dabiao.json");
    const file = JSON.parse(bytes.toString("utf8"));
    assert.equal(file.format, 2);
    assert.equal(file.standard, COUNTY.standard);
    assert.equal(file.sample, COUNTY.sample);
    assert.equal(file.level, "county");
    assert.match(file.product, /^\d+\.\d+\.\d+$/);
    assert.match(file.certificate, /^[0-9a-f]{64}$/);
    assert.match(file.standard_hash, /^[0-9a-f]{64}$/);
    assert.equal(file.figures.gdp, "401.23亿");
    assert.equal(file.figures.pupil_teacher_ratio, "1:13");
    const again = await exported(page, BUTTONS.project);
    assert.deepEqual(again.bytes, bytes, "the same bytes");
    await assertOwnFiles(page, world.server);
  }));

  test("the report is a sound document and names the place", () => withPage(world, {}, async (page) => {
    await page.goto(`${world.server.origin}/#/s/${TOWN.standard}/fill`);
    await row(page, HUB).waitFor();
    await page.getByLabel("评估对象").fill("某县/某镇:一");
    await enter(page, [[HUB, NAMES.hub, "25"]]);
    const detail = await openClause(page, HUB);
    await detail.getByRole("textbox", { name: "备注" }).fill("问过县交运局 & <b>两次</b>");
    await openTab(page, "files");
    const { name, bytes } = await exported(page, BUTTONS.report);
    assert.equal(name, "某县 某镇 一-自评报告.docx");
    const parts = unzip(bytes);
    for (const part of ["[Content_Types].xml", "_rels/.rels", "word/document.xml", "word/styles.xml", "word/footer1.xml"]) assert.ok(parts.has(part), part);
    const text = parts.get("word/document.xml").toString("utf8");
    assert.match(text.replace(/<[^>]*>/g, ""), /某县\/某镇:一/);
    assert.doesNotMatch(text, /<b>/);
    assert.match(text, /eastAsia/);
  }));

  // What is on paper is held against the Word document, word for word; that one has tests of its own.
  test("the report on paper says what the Word document says, on the page of the standard", () => withPage(world, {}, async (page) => {
    await openSample(page, TOWN);
    await openTab(page, "files");
    const words = unzip((await exported(page, BUTTONS.report)).bytes).get("word/document.xml").toString("utf8");
    const inWord = [...words.matchAll(/<w:t(?: [^>]*)?>([^<]*)<\/w:t>/g)].map(([, text]) => text).join("")
      .replace(/&lt;/g, "<").replace(/&gt;/g, ">").replace(/&quot;/g, '"').replace(/&apos;/g, "'").replace(/&amp;/g, "&").replace(/\s/g, "");
    await page.locator(".export").getByRole("button", { name: BUTTONS.paper, exact: true }).click();
    const paper = page.locator(".paper");
    await paper.waitFor();
    const onPaper = await paper.evaluate((paper) => {
      const copy = paper.cloneNode(true);
      for (const list of copy.querySelectorAll("ol")) [...list.children].forEach((item, number) => item.prepend(`${number + 1}.`));
      return copy.textContent.replace(/\s/g, "");
    });
    assert.ok(onPaper.length > 3_000, `${onPaper.length} characters`);
    assert.equal(onPaper, inWord);
    await assertFits(page);

    await page.emulateMedia({ media: "print" });
    for (const gone of [".top-bar", ".summary", ".tabs", ".import", ".history", ".print-tools", ".file-list"]) {
      assert.equal(await page.locator(gone).first().isVisible(), false, gone);
    }
    const pdf = (await page.pdf({ preferCSSPageSize: true })).toString("latin1");
    const sizes = [...pdf.matchAll(/\/MediaBox\s*\[0 0 ([\d.]+) ([\d.]+)\]/g)].map(([, ...size]) => size.map((points) => Math.round(Number(points) / 72 * 25.4)));
    const portrait = sizes.filter(([width, height]) => width === 210 && height === 297).length;
    const landscape = sizes.filter(([width, height]) => width === 297 && height === 210).length;
    assert.ok(portrait >= 3 && landscape >= 3, `${portrait} upright, ${landscape} on their side`);
    assert.equal(portrait + landscape, sizes.length);
    await page.emulateMedia({ media: "screen" });

    // A report of what was there before would mislead.
    await openTab(page, "fill");
    await enter(page, [[HUB, NAMES.hub, "29"]]);
    await openTab(page, "files");
    assert.equal(await paper.count(), 0);
  }));

  test("the report holds the plan that was found, as long as nothing it rests on has changed", () => withPage(world, {}, async (page) => {
    const INTRO = /推演方案按以下次序推进/;
    const paper = page.locator(".paper");
    const show = async () => {
      await openTab(page, "files");
      await page.locator(".export").getByRole("button", { name: BUTTONS.paper, exact: true }).click();
      await paper.waitFor();
    };
    await openSample(page, TOWN);
    await show();
    assert.doesNotMatch(await paper.innerText(), INTRO);

    const open = async () => {
      await page.goto(`${world.server.origin}/#/s/${TOWN.standard}/plan/cheapest`);
      await page.locator(".planner.plan").waitFor();
    };
    await open();
    await page.locator(".solve button.primary").click();
    const found = page.locator(".plan-found");
    await found.waitFor();
    const headline = await found.locator("h2").innerText();
    const measures = await page.locator(".ladder tbody th").allInnerTexts();
    assert.ok(measures.length > 3);
    await show();
    const text = await paper.innerText();
    assert.match(text, INTRO);
    assert.ok(text.includes(headline), headline);
    for (const measure of measures) assert.ok(text.includes(measure), measure);
    const words = unzip((await exported(page, BUTTONS.report)).bytes).get("word/document.xml").toString("utf8");
    for (const measure of measures) assert.ok(words.replace(/<[^>]*>/g, "").includes(measure.replaceAll("<", "&lt;")), measure);

    // It is still there when the planner is opened again, in another language as well.
    await page.reload();
    await ready(page);
    await open();
    assert.equal(await found.locator("h2").innerText(), headline);
    await language(page, "English");
    await matchesSoon(found.locator("h2"), /clauses met become/);
    await language(page, "中文");
    await matchesSoon(found.locator("h2"), /达标/);

    await openTab(page, "fill");
    await enter(page, [[HUB, NAMES.hub, "29"]]);
    await show();
    assert.doesNotMatch(await paper.innerText(), INTRO);
  }));

  test("the result workbook recalculates and agrees with the page", () => withPage(world, {}, async (page) => {
    await openSample(page, COUNTY);
    const total = await counts(page);
    await openTab(page, "files");
    const { name, bytes } = await exported(page, BUTTONS.workbook);
    assert.equal(name, "渠县县城新型城镇化（2024）-结果表.xlsx");
    const book = sheets(bytes);
    assert.deepEqual(book.map((sheet) => sheet.name), ["汇总", "条款", "分项", "数据", "说明"]);
    assert.ok([...book[1].cells.values()].filter(({ formula }) => formula).length > 50);
    const verdicts = [...book[1].cells.values()].map(({ text }) => text);
    const count = (word) => verdicts.filter((text) => text === word).length;
    assert.deepEqual([count("达标"), count("未达标")], [total.met, total.notMet]);
  }));

  test("the sheet to fill in, whole and for one department", () => withPage(world, {}, async (page) => {
    await openFiles(page, TOWN);
    const whole = await exported(page, BUTTONS.template);
    assert.equal(whole.name, "渠县省级百强中心镇（2021）-填报表.xlsx");
    const [fill, clauses] = sheets(whole.bytes);
    assert.deepEqual([fill.name, clauses.name], ["填写", "条款"]);
    assert.match(fill.cells.get("H1").text, new RegExp(`^dabiao-template\\|1\\|${TOWN.standard}\\|[0-9a-f]{16}\\|town\\|\\*$`));
    const xml = unzip(whole.bytes).get("xl/worksheets/sheet1.xml").toString("utf8");
    assert.match(xml, /<sheetProtection /);
    assert.match(xml, /<dataValidation /);
    const holders = (sheet) => [...sheet.cells].filter(([place, { text }]) => /^G\d+$/.test(place) && Number(place.slice(1)) > 3 && text).map(([, { text }]) => text);
    assert.ok(new Set(holders(fill)).size > 3);

    const unit = page.locator("#template-department");
    await unit.selectOption({ label: "县水务局" });
    const part = await exported(page, BUTTONS.template);
    const [small] = sheets(part.bytes);
    assert.match(small.cells.get("H1").text, /\|town\|(?!\*)/);
    const ids = (sheet) => [...sheet.cells].filter(([place]) => /^H\d+$/.test(place) && Number(place.slice(1)) > 3).map(([, { text }]) => text).filter(Boolean);
    assert.ok(ids(small).length > 0 && ids(small).length < ids(fill).length);
    for (const id of ids(small)) assert.ok(ids(fill).includes(id), id);
  }));

  // Sheets for several units that are saved one after another all have the same name: nobody can tell
  // “填报表.xlsx” and “填报表 (1).xlsx” apart.
  test("the sheet of one department names it", () => withPage(world, {}, async (page) => {
    await openFiles(page, TOWN);
    await page.locator("#template-department").selectOption({ label: "县水务局" });
    assert.match((await exported(page, BUTTONS.template)).name, /县水务局/);
  }));

  test("CSV in both encodings", () => withPage(world, {}, async (page) => {
    await openSample(page, COUNTY);
    await openTab(page, "files");
    const unicode = (await exported(page, BUTTONS.csv)).bytes;
    assert.deepEqual([...unicode.subarray(0, 3)], [0xef, 0xbb, 0xbf]);
    const gb = (await exported(page, BUTTONS.gb)).bytes;
    assert.notDeepEqual([...gb.subarray(0, 3)], [0xef, 0xbb, 0xbf]);
    const text = new TextDecoder("utf-8", { fatal: true }).decode(unicode);
    assert.equal(new TextDecoder("gb18030", { fatal: true }).decode(gb), text);
    assert.throws(() => new TextDecoder("utf-8", { fatal: true }).decode(gb));
    const rows = csvRows(text);
    const [head, ...body] = rows;
    assert.deepEqual(head, ["figure_id", "条款", "指标", "单位", "填报值", "数据部门"]);
    for (const line of body) assert.equal(line.length, head.length, line.join());
    assert.deepEqual(body.find(([id]) => id === "gdp").slice(2, 5), ["地区生产总值", "亿元", "401.23亿"]);
    assert.deepEqual(body.find(([id]) => id === "pupil_teacher_ratio").slice(3, 5), ["1:n", "1:13"]);
  }));
});

describe("files in", () => {
  test("a filled template: every change is shown first, then written, then taken back", () => withPage(world, {}, async (page) => {
    await page.goto(`${world.server.origin}/#/s/${TOWN.standard}/fill`);
    await row(page, HUB).waitFor();
    await page.getByLabel("评估对象").fill("某镇");
    await enter(page, [[HUB, NAMES.hub, "31"]]);
    await openTab(page, "files");
    const { bytes } = await exported(page, BUTTONS.template);
    const before = await kept(page, TOWN, "the figure", ({ figures, title }) => figures.drive_minutes_to_hub === "31" && title === "某镇");
    const file = await fillTemplate(bytes, {
      figures: {
        drive_minutes_to_hub: { D: 25 }, orderly_traffic_in_seat: { D: "是" }, road_area: { D: "３２万" }, seat_population: { D: "约2.3万" },
      },
      clauses: { flood_defences: { C: "是", D: "没有江河" }, [HUB]: { E: "问过县交运局", F: "测算表", G: "渠交〔2021〕3号", H: "2021-03-01" } },
    });
    await choose(page, ["填报表.xlsx", file]);
    await matchesSoon(page.locator(".source"), /认出本标准的填报表/);
    assert.deepEqual(await problems(page), []);
    const rows = await previewRows(page);
    const shown = (name) => rows.find(([first]) => first === name || first.endsWith(` ${name}`));
    assert.equal(rows.length, 6, JSON.stringify(rows));
    assert.equal(shown(NAMES.hub)[1], "31");
    assert.match(shown(NAMES.hub)[2], /改为“25”/);
    assert.deepEqual(shown(NAMES.orderly).slice(1, 3), ["未填", "是"]);
    assert.match(shown(NAMES.roads)[2], /“３２万”识别为32万|320,?000/);
    assert.match(shown(NAMES.people)[2], /2\.25–2\.35/);
    assert.deepEqual(said(await storedDraft(page, TOWN)), said(before), "nothing changes before it is confirmed");

    await written(page, 6);
    const now = await kept(page, TOWN, "the import", ({ figures }) => figures.drive_minutes_to_hub === "25");
    assert.deepEqual(now.figures, { drive_minutes_to_hub: "25", orderly_traffic_in_seat: "yes", road_area: "３２万", seat_population: "约2.3万" });
    assert.equal(now.clauses.flood_defences.not_applicable, true);
    assert.equal(now.clauses.flood_defences.reason, "没有江河");
    assert.equal(now.clauses[HUB].note, "问过县交运局");
    assert.deepEqual(now.clauses[HUB].evidence, [{ name: "测算表", number: "渠交〔2021〕3号", date: "2021-03-01", link: "" }]);
    assert.equal(now.title, "某镇");

    await page.getByRole("button", { name: "撤回导入" }).click();
    const back = await kept(page, TOWN, "what was there before", ({ figures }) => figures.drive_minutes_to_hub === "31");
    assert.deepEqual(said(back), said(before));
  }));

  // The template has a column “来源、备注” and the module reads it, but what stands there is neither shown
  // in the preview nor kept: whoever filled it in loses it without a word.
  test("what a template says in “来源、备注” is not lost without a word", () => withPage(world, {}, async (page) => {
    await openFiles(page, TOWN);
    const { bytes } = await exported(page, BUTTONS.template);
    await choose(page, ["填报表.xlsx", await fillTemplate(bytes, { figures: { drive_minutes_to_hub: { D: 25, F: "县交运局来函" } } })]);
    const isShown = (await page.locator(".preview").innerText()).includes("县交运局来函");
    await written(page, (await previewRows(page)).length);
    const draft = await kept(page, TOWN, "the import", ({ figures }) => figures.drive_minutes_to_hub === "25");
    assert.ok(isShown || JSON.stringify(draft).includes("县交运局来函"), "the remark is shown or kept");
  }));

  // A change of a document's number, date or link shows the same words before and after.
  test("a change of the number of a document can be seen in the preview", () => withPage(world, {}, async (page) => {
    await openFiles(page, TOWN);
    const project = JSON.parse((await exported(page, BUTTONS.project)).bytes);
    const clause = (number) => ({ not_applicable: false, reason: "", reading: "", note: "", evidence: [{ name: "测算表", number, date: "2021", link: "" }] });
    const file = (number) => ["a.dabiao.json", JSON.stringify({ ...project, clauses: { [HUB]: clause(number) } })];
    await choose(page, file("3号"));
    await written(page, 1);
    await kept(page, TOWN, "the document", ({ clauses }) => clauses[HUB]?.evidence[0]?.number === "3号");
    await choose(page, file("4号"));
    const [[, now, then]] = await previewRows(page);
    assert.match(now, /3号/);
    assert.match(then, /4号/);
  }));

  test("the top bar takes an import back, and redoes it", () => withPage(world, {}, async (page) => {
    await openFiles(page, TOWN);
    await choose(page, ["a.csv", `指标,数值\n${NAMES.hub},25\n${NAMES.roads},３２万\n`]);
    await written(page, 2);
    await kept(page, TOWN, "the import", ({ figures }) => figures.road_area === "３２万");
    await page.getByRole("button", { name: "撤回上一步" }).click();
    await kept(page, TOWN, "nothing", ({ figures }) => Object.keys(figures).length === 0);
    await page.getByRole("button", { name: "重做下一步" }).click();
    await kept(page, TOWN, "the import again", ({ figures }) => figures.drive_minutes_to_hub === "25" && figures.road_area === "３２万");
  }));

  // 撤回导入 puts back the whole record of before the import, so what was changed since goes with it.
  test("taking an import back leaves alone what was changed after it", () => withPage(world, {}, async (page) => {
    await openFiles(page, TOWN);
    await choose(page, ["a.csv", `指标,数值\n${NAMES.hub},25\n`]);
    await written(page, 1);
    await kept(page, TOWN, "the import", ({ figures }) => figures.drive_minutes_to_hub === "25");
    const other = await page.context().newPage();
    await other.goto(`${world.server.origin}/#/s/${TOWN.standard}/fill`);
    await field(other, "road_area_of_15_per_person", NAMES.roads).fill("31万");
    await saved(other);
    await kept(page, TOWN, "the change of the other window", ({ figures }) => figures.road_area === "31万");
    // The first window has heard of it.
    await page.waitForTimeout(1500);
    await page.getByRole("button", { name: "撤回导入" }).click();
    await until("the import to be gone", async () => !(await storedDraft(page, TOWN)).figures.drive_minutes_to_hub);
    assert.equal((await storedDraft(page, TOWN)).figures.road_area, "31万");
  }));

  for (const [encoding, encode] of [["utf-8", (text) => Buffer.from(text)], ["utf-8", (text) => Buffer.from(`\ufeff${text}`)], ["gb18030", gb18030]]) {
    test(`CSV in ${encoding} with odd spellings`, () => withPage(world, {}, async (page) => {
      await openFiles(page, COUNTY);
      const text = "指标,数值\n县城城市道路面积,３２万\n燃气普及率,85%-90%\n普通中小学师生比,1:13\n普通中小学在校学生,约2.3万\n产业集群规模,\"1,234.5\"\n";
      await choose(page, ["县里.csv", encode(text)]);
      assert.equal(await page.locator("#encoding-0").inputValue(), encoding);
      assert.deepEqual(await problems(page), []);
      const rows = Object.fromEntries((await previewRows(page)).map(([name, ...rest]) => [name, rest]));
      assert.deepEqual(Object.keys(rows).sort(), ["县城城市道路面积", "燃气普及率", "普通中小学师生比", "普通中小学在校学生", "产业集群规模"].sort());
      assert.match(rows["普通中小学在校学生"][1], /22,?500–23,?500/);
      await written(page, 5);
      const { figures } = await kept(page, COUNTY, "the import", ({ figures }) => Object.keys(figures).length === 5);
      assert.deepEqual(figures, { gas_coverage: "85%-90%", industrial_cluster_output: "1,234.5", pupil_teacher_ratio: "1:13", pupils: "约2.3万", road_area: "３２万" });
      await openTab(page, "fill");
      // Understood, not only kept.
      for (const message of await page.locator(".field-message.error").allInnerTexts()) assert.fail(message);
    }));
  }

  test("the encoding can be switched", () => withPage(world, {}, async (page) => {
    await openFiles(page, TOWN);
    await choose(page, ["a.csv", gb18030(`指标,数值\n${NAMES.roads},３２万\n`)]);
    assert.equal((await previewRows(page)).length, 1);
    await page.locator("#encoding-0").selectOption("utf-8");
    await matchesSoon(page.locator(".source"), /不是UTF-8文字/);
    assert.equal((await previewRows(page)).length, 0);
    assert.equal(await write(page).count(), 0);
    await page.locator("#encoding-0").selectOption("gb18030");
    await equalsSoon(() => previewRows(page).then((rows) => rows.length), 1);
    await written(page, 1);
  }));

  test("several files: what they agree on is added, what they differ on is asked, nothing is chosen by itself", () => withPage(world, {}, async (page) => {
    await openFiles(page, TOWN);
    await choose(page,
      ["县住建局.csv", `指标,数值\n${NAMES.roads},31万\n${NAMES.people},2万\n${NAMES.orderly},是\n`],
      ["县交运局.csv", `指标,数值\n${NAMES.roads},32万\n${NAMES.people},2万\n${NAMES.hub},25\n`]);
    const choice = page.locator(".preview tr.question select");
    assert.equal(await choice.count(), 1);
    assert.equal(await choice.inputValue(), "");
    assert.deepEqual(await choice.locator("option").allInnerTexts(), ["保留现在的", "改为“31万”（县住建局.csv）", "改为“32万”（县交运局.csv）"]);
    assert.equal((await previewRows(page)).length, 4);
    assert.match(await write(page).innerText(), /写入3项/);
    await choice.selectOption("1");
    await written(page, 4);
    const { figures } = await kept(page, TOWN, "the import", ({ figures }) => figures.road_area === "32万");
    assert.deepEqual(figures, { drive_minutes_to_hub: "25", orderly_traffic_in_seat: "yes", road_area: "32万", seat_population: "2万" });
    // A second time around one's own answers are among the choices, and stay unless one says otherwise.
    await choose(page, ["县住建局.csv", `指标,数值\n${NAMES.roads},33万\n`], ["县交运局.csv", `指标,数值\n${NAMES.hub},25\n`]);
    assert.equal(await choice.inputValue(), "");
    assert.equal(await write(page).count(), 0);
    await page.locator(".preview-actions").getByRole("button", { name: "取消" }).click();
    await equalsSoon(() => page.locator(".preview").count(), 0);
    assert.equal((await storedDraft(page, TOWN)).figures.road_area, "32万");
  }));

  test("wrong answers are listed by sheet and cell", () => withPage(world, {}, async (page) => {
    await openFiles(page, TOWN);
    const { bytes } = await exported(page, BUTTONS.template);
    await choose(page, ["填报表.xlsx", await fillTemplate(bytes, {
      figures: { drive_minutes_to_hub: { D: "很快" }, orderly_traffic_in_seat: { D: "差不多" }, road_area: { D: 320000 } },
      clauses: { flood_defences: { C: "是" } },
    })]);
    const found = await problems(page);
    assert.equal(found.length, 3, found.join("\n"));
    assert.match(found[0], /^填写!D4：“镇区至最近交通枢纽的车行时间”填的是“很快”：.+请按这样的写法重填：/);
    assert.match(found[1], /^填写!D5：“镇区内部交通有序”填的是“差不多”/);
    assert.match(found[2], /^条款!C\d+：.*没有写理由/);
    await matchesSoon(page.locator(".source [role=alert] p"), /3处需要看一看/);
  }));

  test("a file of another standard is refused and named", () => withPage(world, {}, async (page) => {
    await openFiles(page, COUNTY);
    const template = (await exported(page, BUTTONS.template)).bytes;
    const project = (await exported(page, BUTTONS.project)).bytes;
    await openFiles(page, TOWN);
    await choose(page, ["县.xlsx", template], ["县.dabiao.json", project]);
    const found = await problems(page);
    assert.equal(found.length, 2);
    for (const text of found) assert.match(text, new RegExp(COUNTY.standard));
    assert.equal(await write(page).count(), 0);
    await equalsSoon(() => storedDraft(page, TOWN).then((draft) => Object.keys(draft?.figures ?? {}).length), 0);
  }));

  // “文件中没有与现在不同的内容” beneath a list of what could not be read says the opposite of what happened.
  test("a file of which nothing could be read is not called the same as what is there", () => withPage(world, {}, async (page) => {
    await openFiles(page, TOWN);
    await choose(page, ["a.csv", "指标,数值\n没有的,3\n"]);
    assert.equal((await problems(page)).length, 1);
    assert.doesNotMatch(await page.locator(".preview").innerText(), /没有与现在不同的内容/);
  }));

  test("a project file brings its answers into the assessment", () => withPage(world, {}, async (page) => {
    await openFiles(page, TOWN);
    const project = JSON.parse((await exported(page, BUTTONS.project)).bytes);
    await choose(page, ["b.dabiao.json", `\ufeff${JSON.stringify({ ...project, figures: { road_area: "31万" } })}`]);
    assert.deepEqual((await previewRows(page)).map((cells) => cells.slice(0, 3)), [[NAMES.roads, "未填", "31万"]]);
    await written(page, 1);
  }));

  // Numbers instead of texts, figures that nobody has: shown as 未填 → 未填, counted as written, never seen again.
  for (const odd of [{ figures: { road_area: 310000 } }, { clauses: { [HUB]: 7 } }]) test(`a project file with ${JSON.stringify(odd)} is not taken for one with answers`, () => withPage(world, {}, async (page) => {
    await openFiles(page, TOWN);
    const project = JSON.parse((await exported(page, BUTTONS.project)).bytes);
    await choose(page, ["b.dabiao.json", JSON.stringify({ ...project, ...odd })]);
    const rows = await previewRows(page);
    for (const [name, now, then] of rows) assert.notEqual(then, now, name);
    assert.ok(rows.length > 0 || (await problems(page)).length > 0, "said or shown");
  }));

  // The preview keeps what stood there when the file was read: after 撤回上一步 its column 现在 is wrong.
  test("a preview shows what is there now, also after a step back", () => withPage(world, {}, async (page) => {
    await openFiles(page, TOWN);
    await choose(page, ["a.csv", `指标,数值\n${NAMES.hub},25\n`]);
    await written(page, 1);
    await kept(page, TOWN, "the import", ({ figures }) => figures.drive_minutes_to_hub === "25");
    await choose(page, ["b.csv", `指标,数值\n${NAMES.hub},31\n`]);
    assert.equal((await previewRows(page))[0][1], "25");
    await page.getByRole("button", { name: "撤回上一步" }).click();
    await kept(page, TOWN, "nothing", ({ figures }) => Object.keys(figures).length === 0);
    await equalsSoon(() => previewRows(page).then(([[, now]]) => now), "未填", "what is there now", 2000);
  }));

  // The result workbook has the headings of a table to be imported, and of 约2.3万 only the lower end: read in
  // again it offers, chosen already, to replace the range by 2.25.
  test("the result workbook read in again changes nothing", () => withPage(world, {}, async (page) => {
    await openFiles(page, TOWN);
    await choose(page, ["a.csv", `指标,数值\n${NAMES.people},约2.3万\n`]);
    await written(page, 1);
    await kept(page, TOWN, "the import", ({ figures }) => figures.seat_population === "约2.3万");
    await choose(page, ["结果表.xlsx", (await exported(page, BUTTONS.workbook)).bytes]);
    assert.deepEqual(await previewRows(page), []);
  }));

  test("the words of a preview change with the language", () => withPage(world, {}, async (page) => {
    await openFiles(page, TOWN);
    await choose(page, ["a.csv", `指标,数值\n${NAMES.roads},３２万\n${NAMES.hub},abc\n`]);
    await language(page, "English");
    // What the file itself says stays as it is.
    const texts = await page.locator(".source li, .source .muted").allInnerTexts();
    for (const text of texts) assert.doesNotMatch(text.replace(/“[^”]*”/g, ""), /\p{Script=Han}/u, text);
  }));
});

describe("files opened from the first screen", () => {
  async function project(page) {
    await page.goto(`${world.server.origin}/#/s/${TOWN.standard}/fill`);
    await row(page, HUB).waitFor();
    await page.getByLabel("评估对象").fill("某镇");
    await enter(page, [[HUB, NAMES.hub, "25"]]);
    await openTab(page, "files");
    return (await exported(page, BUTTONS.project)).bytes;
  }
  async function open(page, name, content) {
    await page.goto(`${world.server.origin}/#/`);
    await page.getByRole("link", { name: "打开项目文件" }).click();
    await page.locator("#project-file").setInputFiles({ name, mimeType: "application/json", buffer: Buffer.from(content) });
  }

  test("becomes an assessment of its own, and the result is the same", () => withPage(world, {}, async (page) => {
    const bytes = await project(page);
    const before = await storedDraft(page, TOWN);
    await open(page, "某镇.dabiao.json", bytes);
    await page.locator("main.tab-files").waitFor();
    assert.match(page.url(), new RegExp(`#/s/${TOWN.standard}~2/files$`));
    await matchesSoon(page.locator(".files > .notice.good"), new RegExp(`核对一致（${JSON.parse(bytes).certificate}）`));
    assert.deepEqual(await storedDraft(page, TOWN), before, "the other stays as it was");
    await openTab(page, "fill");
    assert.equal(await field(page, HUB, NAMES.hub).inputValue(), "25");
    // It speaks of the result as it is now.
    await field(page, HUB, NAMES.hub).fill("45");
    await openTab(page, "files");
    await matchesSoon(page.locator(".files > .notice.warning"), /与文件保存时不同/);
  }));

  // A standard was only looked at, nothing was typed: its id is free, so the file is kept under it, but the page
  // still has the empty one open under that id. The file's content does not show, and the first change
  // takes its place: “另一个窗口改了同一项内容”, and of the file nothing is left in this browser.
  test("its content shows even if the standard was looked at before", () => withPage(world, { hash: `#/s/${TOWN.standard}/fill` }, async (page) => {
    await row(page, HUB).waitFor();
    const file = { format: 2, standard: TOWN.standard, title: "乙镇", level: "town", sample: "", touched: true, figures: { drive_minutes_to_hub: "25" }, clauses: {} };
    await open(page, "乙镇.dabiao.json", JSON.stringify(file));
    await page.locator("main.tab-files").waitFor();
    await openTab(page, "fill");
    await equalsSoon(() => page.getByLabel("评估对象").inputValue(), "乙镇", "the name of the place", 3000);
    assert.equal(await field(page, HUB, NAMES.hub).inputValue(), "25");
  }));

  const changes = {
    "a figure": (file) => { file.figures.drive_minutes_to_hub = "45"; },
    "a figure, and a word of no meaning beside it": (file) => { file.figures.drive_minutes_to_hub = "45"; file.clauses = { [HUB]: {} }; },
    "a figure, and the mark that a person was here": (file) => { file.figures.drive_minutes_to_hub = "45"; delete file.touched; },
  };
  for (const [name, change] of Object.entries(changes)) {
    // The comparison is silent whenever the record is not written exactly as the program writes it,
    // so whoever changes a figure and adds an empty clause beside it is not found out.
    test(`tampered with (${name}): the page says so`, () => withPage(world, {}, async (page) => {
      const file = JSON.parse(await project(page));
      change(file);
      await open(page, "某镇.dabiao.json", JSON.stringify(file));
      await page.locator("main.tab-files").waitFor();
      await matchesSoon(page.locator(".files > .notice.warning"), /与文件保存时不同/, 3000);
    }));
  }

  test("what is no project file is refused with a sentence", () => withPage(world, {}, async (page) => {
    const cases = [["a.json", "{", /不是项目文件，或已损坏/], ["b.json", "[]", /不是项目文件/], ["c.json", '{"format":99,"standard":"x"}', /更新的版本/],
      ["d.json", '{"format":2,"standard":"of-nobody"}', /of-nobody.*这里没有/], ["e.json", gb18030('{"format":2,"title":"镇"}'), /不是项目文件/]];
    for (const [name, content, sentence] of cases) {
      await open(page, name, content);
      await matchesSoon(page.locator(".open-page [role=alert]"), sentence);
      assert.match(page.url(), /#\/open$/);
    }
  }));
});

describe("link", () => {
  test("made with a warning, opened elsewhere to be looked at only, adopted; cut, it is refused", () => withPage(world, {}, async (page) => {
    await page.goto(`${world.server.origin}/#/s/${TOWN.standard}/fill`);
    await row(page, HUB).waitFor();
    await page.getByLabel("评估对象").fill("No. 7");
    await enter(page, [[HUB, NAMES.hub, "25"], ["road_area_of_15_per_person", NAMES.roads, "320000"]]);
    const total = await counts(page);
    await openTab(page, "files");
    await matchesSoon(page.locator(".link-card"), /拿到链接的人都能看到/);
    await page.getByRole("button", { name: "生成链接" }).click();
    const link = await page.locator("#shared-link").inputValue();
    assert.ok(link.length <= 2000);
    assert.equal(new URL(link).search, "");
    assert.match(new URL(link).hash, new RegExp(`^#/shared/${TOWN.standard}/1[\\w-]+$`));

    const follow = async (link) => {
      const other = await world.open({ hash: `#/s/${TOWN.standard}/files` });
      await other.locator(".import").waitFor();
      // What goes wrong otherwise has tests of its own.
      await openFiles(other, COUNTY);
      await other.locator(".export").waitFor();
      await other.goto(link);
      return other;
    };
    const other = await follow(link);
    await matchesSoon(other.locator(".shared-page h1"), /No\. 7/);
    await matchesSoon(other.locator(".shared-page .notice"), /只能看/);
    assert.deepEqual(await counts(other), total);
    assert.equal(await other.locator(".shared-page input, .shared-page textarea, .shared-page select").count(), 0);
    assert.ok(!(await storedDraft(other, TOWN))?.title, "looking keeps nothing");
    await language(other, "English");
    await assertTranslated(other, "shared");
    await language(other, "中文");
    await other.getByRole("button", { name: "以此为草稿" }).click();
    await other.locator("main.tab-fill").waitFor();
    assert.equal(await field(other, HUB, NAMES.hub).inputValue(), "25");
    await close(other);

    for (const end of [link.length - 1, link.length - 40, link.lastIndexOf("/1") + 3]) {
      const cut = await follow(link.slice(0, end));
      await matchesSoon(cut.locator("main[role=alert]"), /链接不完整，可能在转发时被截断/);
      await close(cut);
    }
  }));

  // Whoever gets a link opens it in a browser that has nothing of the site open: often the assessment shows for
  // a moment and is then gone, only the bar at the top is left: always when the standard is there before the
  // workbench. What comes first must not matter.
  for (const [late, path] of [["standard", "**/standards/*"], ["workbench", "**/dabiao_workbench*"], [null, null]]) {
    test(`it opens in a browser that has not been here before${late ? `, with the ${late} coming late` : ""}`, () => withPage(world, { hash: FILES(TOWN) }, async (page) => {
      await page.locator(".import").waitFor();
      await page.getByRole("button", { name: "生成链接" }).click();
      const link = await page.locator("#shared-link").inputValue();
      const other = await world.open({ hash: "#/" });
      await other.goto("about:blank");
      if (path) {
        await other.route(path, async (route) => {
          await new Promise((done) => setTimeout(done, 1000));
          await route.continue();
        });
      }
      await other.goto(link);
      await other.waitForTimeout(4000);
      // Leaving the first screen at once breaks off its icon.
      other.record.failed = other.record.failed.filter((failure) => !failure.includes("/icon.svg:"));
      assert.deepEqual(await other.locator(".shared-page h1").allInnerTexts(), ["渠县省级百强中心镇（2021）"]);
      await close(other);
    }));
  }

  // As with files: adopted where the standard was looked at before, it is kept under an id that the page has open.
  test("an adopted one shows even if the standard was looked at before", () => withPage(world, { hash: FILES(TOWN) }, async (page) => {
    await page.locator(".import").waitFor();
    await choose(page, ["a.csv", `指标,数值\n${NAMES.hub},25\n`]);
    await written(page, 1);
    await page.getByRole("button", { name: "生成链接" }).click();
    const link = await page.locator("#shared-link").inputValue();
    const other = await world.open({ hash: FILES(TOWN) });
    await other.locator(".import").waitFor();
    await other.goto(link);
    await other.getByRole("button", { name: "以此为草稿" }).click();
    await other.locator("main.tab-fill").waitFor();
    await equalsSoon(() => field(other, HUB, NAMES.hub).inputValue(), "25", "the figure", 3000);
    await close(other);
  }));

  test("one that is too long is not given out; the file is offered instead", () => withPage(world, { hash: FILES(TOWN) }, async (page) => {
    await page.locator(".import").waitFor();
    const project = JSON.parse((await exported(page, BUTTONS.project)).bytes);
    let seed = 7;
    const noise = Array.from({ length: 4000 }, () => String.fromCodePoint(0x4e00 + ((seed = (seed * 1103515245 + 12345) % 2 ** 31) % 20000))).join("");
    const clause = { not_applicable: false, reason: "", reading: "", note: noise, evidence: [] };
    await choose(page, ["a.dabiao.json", JSON.stringify({ ...project, clauses: { [HUB]: clause } })]);
    await written(page, 1);
    await page.getByRole("button", { name: "生成链接" }).click();
    await matchesSoon(page.locator(".link-card [role=alert]"), /超过2000个.*请改用项目文件/);
    assert.equal(await page.locator("#shared-link").count(), 0);
  }));
});

describe("earlier states", () => {
  test("one is kept before a large import; what differs is shown; it can be restored", () => withPage(world, { hash: FILES(COUNTY) }, async (page) => {
    await page.locator(".import").waitFor();
    const rows = csvRows((await exported(page, BUTTONS.csv)).bytes.toString("utf8"));
    const percents = rows.filter(([, , , unit]) => unit === "%").slice(0, 12).map(([, , name]) => name);
    await choose(page, ["a.csv", `指标,数值\n${percents[0]},91\n`]);
    await written(page, 1);
    await kept(page, COUNTY, "the first", ({ figures }) => Object.keys(figures).length === 1);
    await choose(page, ["b.csv", `指标,数值\n${percents.slice(1).map((name) => `${name},90\n`).join("")}`]);
    await written(page, 11);
    await kept(page, COUNTY, "the large one", ({ figures }) => Object.keys(figures).length === 12);
    await openTab(page, "fill");
    await openTab(page, "files");
    const snapshot = page.locator(".history li").first();
    await matchesSoon(snapshot, /与现在相差11项/);
    await snapshot.locator("button[aria-expanded]").click();
    const different = await snapshot.locator("tbody tr").evaluateAll((rows) => rows.map((row) => [...row.children].map((cell) => cell.textContent)));
    assert.equal(different.length, 11);
    assert.deepEqual(different.map(([name]) => name).sort(), percents.slice(1).sort());
    for (const [, then, now] of different) assert.deepEqual([then, now], ["未填", "90"]);
    await snapshot.getByRole("button", { name: "恢复到此时" }).click();
    await kept(page, COUNTY, "the earlier state", ({ figures }) => Object.keys(figures).length === 1);
  }));

  // The list is read when the assessment changes, before the change is saved: the state of before an import is
  // listed only after another change or after leaving the tab.
  test("what was kept before an import is in the list at once", () => withPage(world, { hash: FILES(COUNTY) }, async (page) => {
    await page.locator(".import").waitFor();
    await choose(page, ["a.csv", "figure_id,value\ngdp,5\n"]);
    await written(page, 1);
    await saved(page);
    await choose(page, ["b.csv", "figure_id,value\nurbanisation_rate,50\nurban_population,3\ncounty_population,5\ncounty_seat_population,2\ninvestment_growth,3\nprimary_share,3\n"]);
    await written(page, 6);
    await kept(page, COUNTY, "the large one", ({ figures }) => Object.keys(figures).length === 7);
    await matchesSoon(page.locator(".history li"), /与现在相差6项/, 3000);
  }));
});

describe("the list on the first screen", () => {
  test("several assessments; one is removed after a question; everything is cleared after a question and gone", () => withPage(world, {}, async (page) => {
    for (const [id, title] of [[TOWN.standard, "甲镇"], [`${TOWN.standard}~2`, "乙镇"], [COUNTY.standard, "丙县"]]) {
      await page.goto(`${world.server.origin}/#/s/${id}/fill`);
      await until("the assessment", async () => (await page.getByLabel("评估对象").count()) > 0 && (await page.getByLabel("评估对象").inputValue()) === "");
      await page.getByLabel("评估对象").fill(title);
      await kept(page, { standard: id }, "the title", (draft) => draft.title === title);
    }
    await page.goto(`${world.server.origin}/#/`);
    const list = page.locator(".own-assessments li");
    await equalsSoon(() => list.count(), 3);
    const second = list.filter({ hasText: "乙镇" });
    await second.getByRole("button", { name: "移除" }).click();
    await matchesSoon(second.locator(".ask"), /无法找回/);
    await second.getByRole("button", { name: "取消" }).click();
    assert.equal(await list.count(), 3);
    await second.getByRole("button", { name: "移除" }).click();
    await second.getByRole("button", { name: "确认删除" }).click();
    await equalsSoon(() => list.count(), 2);
    assert.equal(await storedDraft(page, { standard: `${TOWN.standard}~2` }), null);

    const all = page.locator(".own-assessments");
    await all.getByRole("button", { name: "清除本机数据" }).click();
    await matchesSoon(all.locator(".ask"), /全部评估、推演和自有标准，无法找回/);
    await all.getByRole("button", { name: "取消" }).click();
    assert.equal(await list.count(), 2);
    await all.getByRole("button", { name: "清除本机数据" }).click();
    await all.getByRole("button", { name: "确认删除" }).click();
    await equalsSoon(() => page.locator(".own-assessments").count(), 0);
    await nothingLeft(page);
    await page.reload();
    await ready(page);
    assert.equal(await page.locator(".own-assessments").count(), 0);
    await nothingLeft(page);
  }));

  for (const [what, press] of [
    ["cleared", (list) => list.getByRole("button", { name: "清除本机数据" })], ["removed", (list) => list.locator("li button")],
  ]) {
    // The last assessment stays in the page's memory: opened again it is all there, and the first change
    // saves it again.
    test(`what was ${what} does not come back when the standard is opened again`, () => withPage(world, {}, async (page) => {
      const start = page.locator(`a.start[href="#/s/${TOWN.standard}/fill"]`);
      await start.click();
      await row(page, HUB).waitFor();
      await page.getByLabel("评估对象").fill("甲镇");
      await kept(page, TOWN, "the title", ({ title }) => title === "甲镇");
      await page.locator("a.brand").click();
      await press(page.locator(".own-assessments")).click();
      await page.getByRole("button", { name: "确认删除" }).click();
      await equalsSoon(() => page.locator(".own-assessments").count(), 0);
      await start.click();
      await row(page, HUB).waitFor();
      assert.equal(await page.getByLabel("评估对象").inputValue(), "");
      await enter(page, [[HUB, NAMES.hub, "25"]]);
      await kept(page, TOWN, "the new figure", ({ figures }) => figures.drive_minutes_to_hub === "25");
      assert.equal((await storedDraft(page, TOWN)).title, "");
    }));
  }

  async function everythingKept(page) {
    return page.evaluate(async () => {
      const found = [JSON.stringify(localStorage)];
      for (const { name } of await indexedDB.databases()) {
        const database = await new Promise((resolve, reject) => Object.assign(indexedDB.open(name), { onsuccess: (event) => resolve(event.target.result), onerror: reject }));
        for (const store of database.objectStoreNames) {
          const all = await new Promise((resolve, reject) => Object.assign(database.transaction(store).objectStore(store).getAll(), { onsuccess: (event) => resolve(event.target.result), onerror: reject }));
          found.push(JSON.stringify(all));
        }
        database.close();
      }
      return found.join("\n");
    });
  }
  async function nothingLeft(page) {
    assert.doesNotMatch(await everythingKept(page), /丙县|甲镇|乙镇|format|figures|town/);
  }
});

describe("for everybody", () => {
  test("English: nothing is left untranslated", () => withPage(world, { locale: "en", hash: FILES(TOWN) }, async (page) => {
    await page.locator(".import").waitFor();
    await assertTranslated(page, "files");
    for (const button of await page.locator(".export .file-list button").filter({ hasNotText: "Print" }).all()) {
      const [download] = await Promise.all([page.waitForEvent("download"), button.click()]);
      assert.doesNotMatch(download.suggestedFilename(), /自评|填报|结果|项目/);
    }
    await page.getByRole("button", { name: "Make a link" }).or(page.locator(".link-card button")).first().click();
    await choose(page, ["a.csv", "figure_id,value\nroad_area,320000\ndrive_minutes_to_hub,abc\nnobody,1\n"]);
    await page.locator(".source li").nth(1).waitFor();
    await assertTranslated(page, "preview");
    await page.locator(".preview-actions .primary").click();
    await page.locator(".import .notice.good").waitFor();
    await assertTranslated(page, "written");
    await page.goto(`${world.server.origin}/#/open`);
    await page.locator(".open-page").waitFor();
    await assertTranslated(page, "open");
  }));

  test("the keyboard alone exports and confirms an import", () => withPage(world, { hash: FILES(TOWN) }, async (page) => {
    await page.locator(".import").waitFor();
    await tabTo(page, ".export .file-list button");
    const [download] = await Promise.all([page.waitForEvent("download"), page.keyboard.press("Enter")]);
    assert.match(download.suggestedFilename(), /\.docx$/);
    await tabTo(page, "#import-file");
    const [chooser] = await Promise.all([page.waitForEvent("filechooser"), page.keyboard.press("Enter")]);
    await chooser.setFiles({ name: "a.csv", mimeType: "text/csv", buffer: Buffer.from(`指标,数值\n${NAMES.hub},25\n`) });
    await page.locator(".preview").waitFor();
    await tabTo(page, ".preview-actions .primary");
    await page.keyboard.press("Enter");
    await page.locator(".import .notice.good").waitFor();
    await kept(page, TOWN, "the import", ({ figures }) => figures.drive_minutes_to_hub === "25");
    await tabTo(page, ".import .notice.good button");
    await page.keyboard.press("Enter");
    await kept(page, TOWN, "nothing", ({ figures }) => Object.keys(figures).length === 0);
  }));

  // After 写入 the button with the focus is gone; whoever works by keyboard starts at the top again.
  test("the focus is not lost when an import is confirmed", () => withPage(world, { hash: FILES(TOWN) }, async (page) => {
    await page.locator(".import").waitFor();
    await choose(page, ["a.csv", `指标,数值\n${NAMES.hub},25\n`]);
    await write(page).focus();
    await page.keyboard.press("Enter");
    await page.locator(".import .notice.good").waitFor();
    await equalsSoon(() => page.evaluate(() => document.activeElement === document.body), false);
  }));

  for (const name of ["中文", "English"]) {
    test(`390 px, ${name}: nothing sideways, nothing too small to press`, () => withPage(world, { hash: FILES(TOWN), width: 390, height: 844 }, async (page) => {
      await page.locator(".import").waitFor();
      await language(page, name);
      const small = () => page.locator("main :is(a, button, input:not(.visually-hidden), select, textarea, .drop-area label):visible").evaluateAll((all) => all
        .map((element) => [element.textContent.trim().slice(0, 20) || element.id, element.getBoundingClientRect()])
        .filter(([, { width, height }]) => width < 24 || height < 24).map(([text, { width, height }]) => `${text}: ${width} × ${height}`));
      await assertFits(page, "files");
      assert.deepEqual(await small(), []);
      await choose(page, ["县住房和城乡建设局.csv", `指标,数值\n${NAMES.roads},31万\n${NAMES.hub},abc\n`], ["县交运局.csv", `指标,数值\n${NAMES.roads},32万\n${NAMES.orderly},是\n`]);
      assert.deepEqual(await small(), []);
      await assertFits(page, "preview");
      await page.locator(".preview-actions .primary").click();
      await page.locator(".link-card button").click();
      await page.locator("#shared-link").waitFor();
      await assertFits(page, "written, with a link");
      assert.deepEqual(await small(), []);
    }));
  }
});
