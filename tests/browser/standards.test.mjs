// The five standards, and everything that not every standard has: levels, clauses that may not apply,
// sheets by responsible unit, the register, values known from elsewhere, standards of one's own.

import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { after, before, describe, test } from "node:test";
import {
  COUNTY, ROOT, STANDARDS, TOWN, applicable, assertFits, assertOwnFiles, assertTranslated, counts, equalsSoon, field, fixture, kept, language,
  matchesSoon, openClause, openSample, openTab, ready, row, saved, screenshot, section, storedDraft, until, verdicts, withPage,
} from "./harness.mjs";

const world = fixture({ before, after });
const WENSHANG = { standard: "wenshang-refined-town-2022" };
const SICHUAN = { standard: "sichuan-urbanisation-2022" };
const DAAN = { standard: "daan-demonstration-town-2023" };

/** The counts while nothing is answered. */
function blank(judged, notJudged = 0) {
  return { met: 0, notMet: 0, unknown: judged, notApplicable: 0, notJudged };
}

/** The text of a standard's file. */
function seedText({ standard }) {
  return readFile(join(ROOT, "seeds/standards", `${standard}.toml`), "utf8");
}

/** What a standard's file says: level, guidance, units, clauses. */
async function seed(example) {
  const text = await seedText(example);
  const [head, ...blocks] = text.split("\n[[clause]]\n");
  const list = (block, name) => [...(block.match(new RegExp(`^${name} = \\[(.*)\\]$`, "m"))?.[1] ?? "").matchAll(/"([^"]+)"/g)].map(([, id]) => id);
  const [, level] = head.match(/^level = "(.*)"$/m);
  const clauses = blocks.map((block) => ({
    id: block.match(/^id = "(.*)"$/m)[1],
    levels: /^levels = /m.test(block) ? list(block, "levels") : [level],
    departments: list(block, "departments"),
    isJudged: !/^rule = \{ kind = "context"/m.test(block),
  }));
  return {
    level, clauses,
    guidance: head.match(/^guidance = \{ zh = "(.*?)", en/m)[1],
    departments: [...head.matchAll(/^\[\[department\]\]\nid = "(.*)"\nzh = "(.*)"$/gm)].map(([, id, name]) => ({ id, name })),
  };
}

/** Opens a standard from the first screen. */
async function open(page, { standard }) {
  await page.locator("a.brand").click();
  await page.locator(`a.start[href="#/s/${standard}/fill"]`).click();
  await page.locator("article.clause").first().waitFor();
}

/** The clauses that are listed, in order. */
function listed(page) {
  return page.locator("article.clause").evaluateAll((rows) => rows.map((row) => row.id.slice(2)));
}

/** The groups with their tallies: depth, name, met, applicable. */
function groups(page) {
  return page.locator(".groups li").evaluateAll((lines) => lines.map((line) => {
    const [met, all] = line.querySelector(".group-tally").firstChild.textContent.split("/").map(Number);
    return { second: line.classList.contains("second"), name: line.querySelector("button").textContent, met, all };
  }));
}

/** The headings that stand above a clause. */
function headings(page, clause) {
  return row(page, clause).evaluate((article) => {
    const above = {};
    for (let node = article.previousElementSibling; node; node = node.previousElementSibling) {
      const depth = node.localName.match(/^h(\d)$/)?.[1];
      if (depth && !Object.keys(above).some((other) => other <= depth)) above[depth] = node.textContent;
    }
    return Object.values(above);
  });
}

/** The row of a clause, brought into view: what is far away is not laid out and has no text to read. */
async function see(page, clause) {
  await row(page, clause).scrollIntoViewIfNeeded();
  return row(page, clause);
}

/** Puts the text of a standard file into the page that checks it. Typing it would take the browser longer than the page. */
async function paste(page, text) {
  await page.locator("#standard-text").evaluate((area, text) => {
    area.value = text;
    area.dispatchEvent(new Event("change", { bubbles: true }));
  }, text);
}

async function answer(page, clause, word) {
  await row(page, clause).getByRole("button", { name: word, exact: true }).click();
}

describe("every standard", () => {
  test("is in the picker with its number and how many clauses it has", () => withPage(world, {}, async (page) => {
    const links = await page.locator(".ways a.start").evaluateAll((all) => all.map((link) => link.getAttribute("href")));
    assert.deepEqual(links.sort(), STANDARDS.map(({ standard }) => `#/s/${standard}/fill`).sort());
    for (const { standard, number, clauses } of STANDARDS) {
      assert.equal((await seed({ standard })).clauses.length, clauses, "the file in seeds/");
      const facts = page.locator(`a.start[href="#/s/${standard}/fill"] .muted`);
      assert.equal(await facts.innerText(), number ? `${number}，${clauses}条` : `${clauses}条`);
    }
  }));

  for (const example of STANDARDS) {
    test(`${example.standard} opens with its guidance, and an answer moves verdict, summary and groups`, () => withPage(world, {}, async (page) => {
      await open(page, example);
      const { level, guidance, clauses } = await seed(example);
      const own = clauses.filter(({ levels }) => levels.includes(level));
      const judged = own.filter(({ isJudged }) => isJudged).length;
      const start = blank(judged, own.length - judged);
      assert.deepEqual(await listed(page), own.map(({ id }) => id));
      assert.deepEqual(await counts(page), start);
      await matchesSoon(page.locator(".shown"), new RegExp(`显示 ${own.length}/${own.length} 条`));
      assert.equal(await page.locator(".guidance").innerText(), guidance);

      const asked = page.locator("article.clause.unknown:has(.yes-no.bare)");
      const [first, second] = await asked.evaluateAll((rows) => rows.map((row) => row.id.slice(2)));
      const groupsBefore = await groups(page);
      assert.equal(groupsBefore.filter(({ second }) => !second).reduce((sum, { all }) => sum + all, 0), judged);
      await answer(page, first, "是");
      await row(page, first).locator(".clause-outcome .chip.met").waitFor();
      await equalsSoon(() => counts(page), { ...start, met: 1, unknown: judged - 1 });
      await equalsSoon(() => page.locator(".guidance").count(), 0);
      const above = await headings(page, first);
      const expected = groupsBefore.map((group) => ({ ...group, met: above.some((heading) => heading.includes(group.name)) ? 1 : 0 }));
      assert.ok(expected.some(({ met }) => met === 1), above.join(", "));
      await equalsSoon(() => groups(page), expected);

      await answer(page, second, "否");
      await row(page, second).locator(".clause-outcome .chip.not-met").waitFor();
      await equalsSoon(() => counts(page), { ...start, met: 1, notMet: 1, unknown: judged - 2 });
      assert.deepEqual(await groups(page), expected);
      // Pressed again, an answer is taken back.
      await answer(page, first, "是");
      await answer(page, second, "否");
      await equalsSoon(() => counts(page), start);
      assert.deepEqual(await groups(page), groupsBefore);
    }));
  }
});

describe("levels", () => {
  const choose = (page, level) => page.getByLabel("评估层级").selectOption(level);
  const others = (page) => page.getByRole("checkbox", { name: /也列出由其他层级回答的\d+条（不判断）/ });

  for (const [example, levels] of [[SICHUAN, ["county", "city", "province"]], [WENSHANG, ["town", "county"]], [DAAN, ["town", "county"]]]) {
    test(`${example.standard}: each level has its own list and totals`, () => withPage(world, {}, async (page) => {
      const { clauses } = await seed(example);
      const everything = clauses.map(({ id }) => id);
      await open(page, example);
      assert.deepEqual(await page.locator("#level option").evaluateAll((all) => all.map((option) => option.value).sort()), [...levels].sort());
      assert.equal(await page.locator("#level").inputValue(), levels[0]);
      for (const level of levels) {
        await choose(page, level);
        const own = clauses.filter((clause) => clause.levels.includes(level));
        const judged = own.filter(({ isJudged }) => isJudged).length;
        const total = blank(judged, own.length - judged);
        await equalsSoon(() => listed(page), own.map(({ id }) => id), level);
        await equalsSoon(() => counts(page), total, level);
        await matchesSoon(page.locator(".shown"), new RegExp(`显示 ${own.length}/${own.length} 条`));
        assert.equal((await groups(page)).filter(({ second }) => !second).reduce((sum, { all }) => sum + all, 0), judged, level);

        await others(page).check();
        await equalsSoon(() => listed(page), everything, level);
        await matchesSoon(page.locator(".shown"), new RegExp(`显示 ${everything.length}/${everything.length} 条`));
        assert.deepEqual(await counts(page), total, "what others answer is not counted");
        const shown = await verdicts(page);
        for (const { id, levels: answering } of clauses.filter((clause) => !clause.levels.includes(level))) {
          assert.equal(shown[id], "not-judged", `${id}, answered by ${answering}`);
        }
        const [other] = clauses.filter((clause) => !clause.levels.includes(level));
        await matchesSoon((await see(page, other.id)).locator(".clause-outcome .chip"), /仅供参考/);
        assert.equal(await row(page, other.id).locator(".yes-no-buttons").count(), 0, "nothing to answer");
        await others(page).uncheck();
        await equalsSoon(() => listed(page), own.map(({ id }) => id));
        await openTab(page, "charts");
        const table = page.locator("[data-chart=groups] .chart-table tbody");
        const unknown = () => table.evaluate((body) => [...body.rows].reduce((sum, line) => sum + Number(line.cells[3].textContent), 0));
        await equalsSoon(unknown, judged, `the chart at level ${level}`);
        await openTab(page, "fill");
      }
    }));
  }

  test("an answer counts at every level that answers the clause, and nowhere else; the level survives a reload", () => withPage(world, {}, async (page) => {
    const { clauses } = await seed(SICHUAN);
    const judged = (level) => clauses.filter(({ levels, isJudged }) => isJudged && levels.includes(level)).length;
    const asks = (...levels) => clauses.find((clause) => clause.isJudged && clause.levels.join() === levels.join()).id;
    await open(page, SICHUAN);
    await answer(page, asks("county"), "是");
    await answer(page, asks("city", "county"), "否");
    await equalsSoon(() => counts(page), { ...blank(judged("county") - 2), met: 1, notMet: 1 });
    await choose(page, "city");
    const expected = { ...blank(judged("city") - 1, clauses.filter(({ levels, isJudged }) => !isJudged && levels.includes("city")).length), notMet: 1 };
    await equalsSoon(() => counts(page), expected);
    await saved(page);
    await kept(page, SICHUAN, "the level", ({ level }) => level === "city");
    await page.reload();
    await ready(page);
    await page.locator("article.clause").first().waitFor();
    assert.equal(await page.locator("#level").inputValue(), "city");
    assert.deepEqual(await counts(page), expected);
    assert.deepEqual(await listed(page), clauses.filter(({ levels }) => levels.includes("city")).map(({ id }) => id));
    await choose(page, "county");
    await equalsSoon(() => counts(page), { ...blank(judged("county") - 2), met: 1, notMet: 1 });
  }));

  test("a provincial total asks a county for its own part only, and counts nothing", () => withPage(world, {}, async (page) => {
    await open(page, SICHUAN);
    await answer(page, (await listed(page))[0], "是");
    await others(page).check();
    const compounds = await see(page, "old_compounds");
    await matchesSoon(compounds.locator(".clause-ref"), /^（十二）-3$/);
    await matchesSoon(compounds.locator(".clause-name"), /5300/);
    assert.deepEqual(await compounds.locator(".field label").allInnerTexts(), ["本县新开工改造的城镇老旧小区"]);
    const before = [await counts(page), await groups(page), await page.locator(".summary-range").innerText()];
    for (const part of ["12", "5300", "9999"]) {
      await field(page, "old_compounds", "本县新开工改造的城镇老旧小区").fill(part);
      await matchesSoon(compounds.locator(".clause-gap"), new RegExp(`^本级贡献 ${part} 个$`));
      await matchesSoon(compounds.locator(".clause-outcome .chip"), /仅供参考/);
      assert.deepEqual([await counts(page), await groups(page), await page.locator(".summary-range").innerText()], before);
    }
    await choose(page, "province");
    await see(page, "old_compounds");
    await equalsSoon(() => compounds.locator(".field label").allInnerTexts(), ["新开工改造的城镇老旧小区"]);
    await matchesSoon(compounds.locator(".clause-outcome .chip"), /待定/);
    await field(page, "old_compounds", "新开工改造的城镇老旧小区").fill("5300");
    await compounds.locator(".clause-outcome .chip.met").waitFor();
  }));
});

describe("clauses that may not apply", () => {
  const cases = [
    [DAAN, "trade_centre", "鼓励事项", "鼓励事项（具备条件的建制镇）"],
    [DAAN, "overhead_lines_buried", "有条件的实行", "有条件的实行（有条件的小城镇）"],
    [WENSHANG, "zhangbaozhuang_mine_started", "有条件的实行", "有条件的实行（时机适宜时（原文“适时”））"],
  ];
  for (const [example, clause, tag, condition] of cases) {
    test(`${clause} says so, and leaves the total with a reason`, () => withPage(world, {}, async (page) => {
      await open(page, example);
      const before = await counts(page);
      const groupsBefore = await groups(page);
      await matchesSoon((await see(page, clause)).locator(".clause-name .tag"), new RegExp(`^${tag}$`));
      const part = section(await openClause(page, clause), "不适用");
      assert.equal(await part.locator("p").first().innerText(), condition);
      await part.getByLabel("本条不适用于本地").check();
      await matchesSoon(part, /写明理由后才按不适用处理/);
      assert.deepEqual(await counts(page), before, "not without a reason");
      await part.getByLabel("理由", { exact: true }).fill("本镇不具备条件");
      await row(page, clause).locator(".clause-outcome .chip.not-applicable").waitFor();
      await equalsSoon(() => counts(page), { ...before, unknown: before.unknown - 1, notApplicable: 1 });
      assert.equal(applicable(await counts(page)), applicable(before) - 1);
      const above = await headings(page, clause);
      const inGroup = ({ name }) => above.some((heading) => heading.includes(name));
      assert.deepEqual(await groups(page), groupsBefore.map((group) => ({ ...group, all: group.all - (inGroup(group) ? 1 : 0) })));
    }));
  }

  test("a clause that applies to everybody has no tag", () => withPage(world, {}, async (page) => {
    await open(page, TOWN);
    assert.equal(await page.locator(".clause-name .tag").count(), 0);
  }));
});

describe("readings", () => {
  const TAP = "tap_water_for_95_percent";
  const labels = (page, clause, part) => row(page, clause).locator(`${part} > .input > .field > label`).allTextContents();

  test("tap water: the town seat is asked, the whole town only of whoever opens the clause", () => withPage(world, {}, async (page) => {
    await open(page, TOWN);
    await matchesSoon((await see(page, TAP)).locator(".clause-ref"), /^4\.2$/);
    assert.deepEqual(await labels(page, TAP, ".clause-inputs"), ["自来水普及率"]);
    assert.equal(await row(page, TAP).locator(".other-readings").count(), 0);
    const detail = await openClause(page, TAP);
    assert.deepEqual(await labels(page, TAP, ".clause-inputs"), ["自来水普及率"]);
    assert.deepEqual(await labels(page, TAP, ".other-readings"), ["全镇自来水普及率"]);
    const chip = row(page, TAP).locator(".clause-outcome .chip");
    const remark = row(page, TAP).locator(".clause-remark");

    await field(page, TAP, "自来水普及率").fill("96");
    await matchesSoon(chip, /^\W*达标/);
    assert.equal(await remark.count(), 0, "the other reading is not known");
    await field(page, TAP, "全镇自来水普及率").fill("95");
    await matchesSoon(chip, /^\W*达标/);
    assert.equal(await remark.count(), 0, "both readings agree");
    await field(page, TAP, "全镇自来水普及率").fill("94.9");
    await matchesSoon(remark, /^结果取决于理解：按“按全镇”为未达标。$/);
    await matchesSoon(chip, /^\W*达标/);

    // The remark stays when the clause is closed, and the other reading can be the one that counts.
    const before = await counts(page);
    await section(detail, "要求").getByRole("radio").nth(1).check();
    await row(page, TAP).locator(".clause-outcome .chip.not-met").waitFor();
    await matchesSoon(remark, /^结果取决于理解：按“按镇区”为达标。$/);
    await equalsSoon(() => counts(page), { ...before, met: before.met - 1, notMet: before.notMet + 1 });
    assert.deepEqual(await labels(page, TAP, ".clause-inputs"), ["全镇自来水普及率"]);
    assert.deepEqual(await labels(page, TAP, ".other-readings"), ["自来水普及率"]);
    await row(page, TAP).locator(".clause-name").click();
    await equalsSoon(() => row(page, TAP).locator(".other-readings").count(), 0);
    assert.deepEqual(await labels(page, TAP, ".clause-inputs"), ["全镇自来水普及率"]);
    assert.equal(await remark.count(), 1);
  }));

  test("shanty areas at the provincial level: one set of inputs", () => withPage(world, {}, async (page) => {
    await open(page, SICHUAN);
    await page.getByLabel("评估层级").selectOption("province");
    await see(page, "shanty_areas");
    assert.deepEqual(await labels(page, "shanty_areas", ".clause-inputs"), ["新开工改造的棚户区住房"]);
    await openClause(page, "shanty_areas");
    assert.deepEqual(await labels(page, "shanty_areas", ".other-readings"), ["改造完成的棚户区住房"]);
  }));
});

describe("by responsible unit", () => {
  const chooser = (page) => page.locator(".departments-view select");
  const sheets = (page) => page.locator(".sheet");

  /** What a unit's sheet says of a clause: verdict and what is to do. */
  async function duty(page, reference) {
    const line = page.locator(".sheet tbody tr", { has: page.locator(".ref", { hasText: new RegExp(`^${reference}$`) }) }).first();
    const cells = await Promise.all([line.locator(".chip").innerText(), line.locator("td").last().innerText()]);
    return cells.map((text) => text.replace(/\s+/g, ""));
  }

  for (const example of [TOWN, WENSHANG, SICHUAN, DAAN]) {
    test(`${example.standard}: every unit with its count, and its sheet alone when it is chosen`, () => withPage(world, {}, async (page) => {
      const { level, clauses, departments } = await seed(example);
      const owed = ({ id }) => clauses.filter((clause) => clause.isJudged && clause.levels.includes(level) && clause.departments.includes(id)).length;
      const expected = departments.filter((unit) => owed(unit) > 0).map((unit) => [unit.name, owed(unit)]);
      assert.ok(expected.length > 5);
      await open(page, example);
      await openTab(page, "departments");
      assert.deepEqual(await chooser(page).locator("option").allTextContents(), [
        `全部单位（${expected.length}个）`, ...expected.map(([name, count]) => `${name} (${count})`),
      ]);
      const shown = await sheets(page).evaluateAll((all) =>
        all.map((sheet) => [sheet.querySelector("h2").textContent, sheet.querySelectorAll("tbody tr").length]));
      assert.deepEqual(shown, expected);
      for (const [name, count] of [expected[0], expected.at(-1)]) {
        await chooser(page).selectOption({ label: `${name} (${count})` });
        await equalsSoon(() => sheets(page).locator("h2").allInnerTexts(), [name]);
        assert.equal(await sheets(page).locator("tbody tr").count(), count);
        await matchesSoon(sheets(page), new RegExp(`负责${count}条`));
      }
      await chooser(page).selectOption("");
      await equalsSoon(() => sheets(page).count(), expected.length);
    }));
  }

  test("answers change the row of their clause", () => withPage(world, {}, async (page) => {
    await open(page, TOWN);
    await openTab(page, "departments");
    assert.deepEqual(await duty(page, "1\\.1"), ["?待定", "请提供：镇区至最近交通枢纽的车行时间"]);
    await openTab(page, "fill");
    const traffic = "orderly_traffic_in_seat";
    const reference = (await (await see(page, traffic)).locator(".clause-ref").innerText()).replace(".", "\\.");
    await openTab(page, "departments");
    assert.deepEqual(await duty(page, reference), ["?待定", "请回答是或否"]);
    await openTab(page, "fill");
    await field(page, "transport_hub_within_30_minutes", "镇区至最近交通枢纽的车行时间").fill("34");
    await answer(page, traffic, "是");
    await openTab(page, "departments");
    assert.deepEqual(await duty(page, "1\\.1"), ["✗未达标", "超出4分钟"]);
    assert.deepEqual(await duty(page, reference), ["✓达标", ""]);
  }));

  test("a unit that another level does not ask does not stay chosen", () => withPage(world, {}, async (page) => {
    await open(page, WENSHANG);
    await openTab(page, "departments");
    const names = async () => (await chooser(page).locator("option").allTextContents()).map((label) => label.replace(/ \(\d+\)$/, ""));
    const ofTown = await names();
    await page.getByLabel("评估层级").selectOption("county");
    await until("other units", async () => (await names()).join() !== ofTown.join());
    const ofCounty = await names();
    const gone = ofTown.findIndex((name, index) => index > 0 && !ofCounty.includes(name));
    await page.getByLabel("评估层级").selectOption("town");
    await equalsSoon(names, ofTown);
    await chooser(page).selectOption({ index: gone });
    await equalsSoon(() => sheets(page).locator("h2").allInnerTexts(), [ofTown[gone]]);
    await page.getByLabel("评估层级").selectOption("county");
    await equalsSoon(() => sheets(page).count(), ofCounty.length - 1, "all units again");
    assert.equal(await chooser(page).inputValue(), "");
  }));

  test("on paper: every unit on a page of its own, and nothing to press", () => withPage(world, {}, async (page) => {
    await open(page, WENSHANG);
    await openTab(page, "departments");
    await page.emulateMedia({ media: "print" });
    const breaks = await sheets(page).evaluateAll((all) => all.map((sheet) => getComputedStyle(sheet).breakAfter));
    assert.ok(breaks.length > 5);
    assert.deepEqual(breaks, [...breaks.slice(1).map(() => "page"), "auto"]);
    const pressable = () => page.evaluate(() => [...document.querySelectorAll("button, summary, a[href]")]
      .filter((element) => element.checkVisibility({ visibilityProperty: true })).map((element) => element.textContent));
    assert.deepEqual(await pressable(), []);
    const pages = async () => (await page.pdf()).toString("latin1").match(/\/Type \/Page\b(?!s)/g).length;
    assert.ok((await pages()) >= breaks.length, `${await pages()} pages for ${breaks.length} sheets`);
    const [short] = (await chooser(page).locator("option").allTextContents()).filter((label) => / \([1-5]\)$/.test(label));
    await page.emulateMedia({ media: "screen" });
    await chooser(page).selectOption({ label: short });
    await page.emulateMedia({ media: "print" });
    assert.equal(await pages(), 1, short);
    assert.deepEqual(await pressable(), []);
  }));

  test("on paper there is nothing to take over from elsewhere", () => withPage(world, {
    init: () => localStorage.setItem("dabiao.v1.draft.another-town", JSON.stringify({ format: 1, touched: true, figures: { town_population: "3.1" } })),
  }, async (page) => {
    await open(page, TOWN);
    await openTab(page, "departments");
    await page.locator(".known-values summary").click();
    await page.locator(".known-values button").first().waitFor();
    await page.emulateMedia({ media: "print" });
    assert.equal(await page.locator(".known-values button").first().isVisible(), false);
  }));
});

test("the register lists as many places per document as it says", () => withPage(world, {}, async (page) => {
  await page.locator(".promises a[href='#/register']").click();
  const lines = page.locator(".register tbody tr");
  await lines.first().waitFor();
  const shown = await lines.evaluateAll((all) => all.map((line) => [
    line.querySelector("a").getAttribute("href"), line.cells[1].textContent, Number(line.querySelector(".number").textContent),
  ]));
  const expected = STANDARDS.map(({ standard, number, contradictions }) => [`#/register/${standard}`, number || "无", contradictions]);
  assert.deepEqual(shown.sort(), expected.sort());
  assert.equal(shown.find(([href]) => href.endsWith(COUNTY.standard))[2], 34);
  for (const { standard, contradictions } of STANDARDS) {
    const link = page.locator(`.register a[href="#/register/${standard}"]`);
    await link.click();
    await equalsSoon(() => page.locator(".register tr[aria-current=true] a").getAttribute("href"), `#/register/${standard}`);
    await equalsSoon(() => page.locator(".register article.contradiction").count(), contradictions, standard);
    await matchesSoon(page.locator(".register .about > h2"), new RegExp(`（${contradictions}处）`));
    const complete = await page.locator(".register article.contradiction").evaluateAll((all) =>
      all.filter((record) => record.querySelector("h3").textContent && record.querySelector(".printed li") && record.textContent.includes("采用：")).length);
    assert.equal(complete, contradictions, "each says what is printed and what is used");
    await matchesSoon(page.locator(`.register .about a[href="#/s/${standard}/fill"]`), /按这份文件评估/);
  }
}));

describe("filled in once", () => {
  const cell = (page, figure) => page.locator(`input[data-figure="${figure}"]`);
  const offers = (page) => page.locator(".known-values li").evaluateAll((all) => all.map((line) => ({
    name: line.querySelector("span").textContent, value: line.querySelector("strong").textContent, origin: line.querySelector(".muted").textContent,
    year: line.querySelector(".tag")?.textContent ?? "",
  })));
  const COUNTY_NAME = "渠县县城新型城镇化（2024）";

  /** Fills in figures of a standard in its table. */
  async function fill(page, example, figures) {
    await open(page, example);
    await openTab(page, "table");
    for (const [figure, text] of Object.entries(figures)) await cell(page, figure).fill(text);
    await kept(page, example, "the figures", (draft) => Object.entries(figures).every(([figure, text]) => draft.figures[figure] === text));
  }

  test("what the county seat knows is offered to the town, with its origin, and filled in at a press", () => withPage(world, {}, async (page) => {
    await fill(page, COUNTY, { assessment_year: "2024", county_urban_income: "41000", county_rural_income: "2.1万", county_population: "91.75" });
    await page.getByLabel("评估对象").fill("渠县");
    await kept(page, COUNTY, "the place", ({ title }) => title === "渠县");
    await open(page, TOWN);
    const origin = `渠县（${COUNTY_NAME}）`;
    await equalsSoon(() => offers(page), [
      { name: "评估年度", value: "2024", origin, year: "" },
      { name: "全县城镇居民人均可支配收入", value: "41000", origin, year: "" },
      { name: "全县农村居民人均可支配收入", value: "2.1万", origin, year: "" },
    ]);
    const known = page.locator(".known-values");
    assert.equal(await known.locator("ul").isVisible(), false, "folded until it is wanted");
    await known.locator("summary").click();

    // The population of the county is not that of the town: named, and not to be taken.
    const named = (await known.locator("p").allInnerTexts()).filter((text) => text.includes("“镇域常住人口”"));
    assert.deepEqual(named, ["“全县常住人口”是91.75，与“镇域常住人口”口径不同，不带入。"]);

    await known.locator("li", { hasText: "城镇居民" }).getByRole("button", { name: "采用" }).click();
    await equalsSoon(async () => (await offers(page)).map(({ name }) => name), ["评估年度", "全县农村居民人均可支配收入"]);
    await kept(page, TOWN, "the value", ({ figures }) => figures.county_urban_income === "41000");
    await known.getByRole("button", { name: "全部采用（2个）" }).click();
    await equalsSoon(() => known.count(), 0);
    const { figures } = await kept(page, TOWN, "the values", (draft) => draft.figures.county_rural_income);
    assert.deepEqual(figures, { assessment_year: "2024", county_urban_income: "41000", county_rural_income: "2.1万" });
    await openTab(page, "table");
    assert.equal(await cell(page, "county_rural_income").inputValue(), "2.1万");
    assert.equal(await cell(page, "town_population").inputValue(), "");
  }));

  test("nothing is offered from an example that nobody touched", () => withPage(world, {}, async (page) => {
    await openSample(page, COUNTY);
    await saved(page);
    await kept(page, COUNTY, "the example", ({ figures, touched }) => figures.county_income_ratio && !touched);
    await open(page, TOWN);
    assert.equal(await page.locator(".known-values").count(), 0);
    // Touched, it is somebody's work.
    await open(page, COUNTY);
    await field(page, "row_gdp", "地区生产总值").fill("500");
    await kept(page, COUNTY, "the change", ({ touched }) => touched);
    await open(page, TOWN);
    assert.ok((await offers(page)).some(({ name }) => name === "全县城乡居民人均可支配收入比"));
  }));

  test("values of another year are marked and not among those taken together", () => withPage(world, {
    init: () => localStorage.setItem("dabiao.v1.draft.another-town", JSON.stringify({
      format: 1, title: "某镇", touched: true, figures: { assessment_year: "2022", administrative_villages: "18", town_population: "3.1" },
    })),
  }, async (page) => {
    await fill(page, COUNTY, { assessment_year: "2024", county_urban_income: "41000", county_rural_income: "20000" });
    await fill(page, TOWN, { assessment_year: "2022" });
    const years = Object.fromEntries((await offers(page)).map(({ name, year }) => [name, year]));
    assert.deepEqual(years, {
      全县城镇居民人均可支配收入: "另一年度：2024", 全县农村居民人均可支配收入: "另一年度：2024", 全镇行政村数: "", 镇域常住人口: "",
    });
    await page.locator(".known-values summary").click();
    await page.getByRole("button", { name: "全部采用（2个）" }).click();
    await kept(page, TOWN, "the two of 2022", ({ figures }) => figures.town_population);
    assert.deepEqual((await storedDraft(page, TOWN)).figures, { assessment_year: "2022", administrative_villages: "18", town_population: "3.1" });
    assert.deepEqual((await offers(page)).map(({ year }) => year), ["另一年度：2024", "另一年度：2024"]);
    // One by one they can be taken all the same.
    await page.locator(".known-values li").first().getByRole("button", { name: "采用" }).click();
    await kept(page, TOWN, "the value of 2024", ({ figures }) => figures.county_urban_income === "41000");
  }));

  test("a year is the same year however it is written", () => withPage(world, {}, async (page) => {
    await fill(page, COUNTY, { assessment_year: "2024年", county_urban_income: "41000" });
    await fill(page, TOWN, { assessment_year: "２０２４" });
    assert.deepEqual((await offers(page)).map(({ value, year }) => [value, year]), [["41000", ""]]);
  }));

  test("a value that two years share is offered as that of the year that is assessed", () => withPage(world, {
    init: () => {
      for (const [id, year] of [["a-town", "2021"], ["b-town", "2024"], ["c-town", "2021"]]) {
        localStorage.setItem(`dabiao.v1.draft.${id}`, JSON.stringify({
          format: 1, title: id, touched: true, figures: { assessment_year: year, administrative_villages: "18" },
        }));
      }
    },
  }, async (page) => {
    await fill(page, TOWN, { assessment_year: "2024" });
    assert.deepEqual((await offers(page)).map(({ value, year }) => [value, year]), [["18", ""]]);
  }));
});

describe("checking a standard file", () => {
  const OWN = { standard: "our-town-2023" };
  const HUB = "transport_hub_within_30_minutes";
  const MINUTES = "镇区至最近交通枢纽的车行时间";

  /** Puts a text into the page as a paste does, and waits for what is said of it. */
  async function check(page, text) {
    if ((await page.locator("#standard-text").count()) === 0) {
      await page.locator("a.brand").click();
      await page.locator(".promises a[href='#/check']").click();
    }
    await paste(page, text);
    await page.locator(".check-page [aria-busy]").waitFor({ state: "detached" });
    await page.locator(".findings").waitFor();
  }

  /** The findings as they are shown. */
  function findings(page) {
    return page.locator(".finding").evaluateAll((all) => all.map((finding) => {
      const [place, why, help] = [...finding.querySelectorAll("p")].map((line) => line.textContent);
      return {
        rule: finding.querySelector("code").textContent, line: Number(place.match(/\d+/)[0]), what: finding.querySelector("h3").textContent, why, help,
        source: finding.querySelector("pre").textContent, marked: finding.querySelector("mark").textContent,
      };
    }));
  }

  /** Opens the text that was checked. */
  async function assess(page) {
    await page.getByRole("button", { name: "用它评估" }).click();
    await page.locator("article.clause").first().waitFor();
  }

  /** The town's standard under an id of its own, perhaps with changes. */
  async function ownCopy(...changes) {
    const text = (await seedText(TOWN)).replace(`id = "${TOWN.standard}"`, `id = "${OWN.standard}"`);
    return changes.reduce((text, [from, to]) => {
      assert.ok(text.includes(from), from);
      return text.replace(from, to);
    }, text);
  }

  const faults = [
    {
      name: "a digit changed", rule: "number-in-name", marked: /^"?5400"?$/, at: 'value = "5400"', says: /5300.*5400/,
      change: (text) => text.replace('figure = "old_compounds_started", value = "5300"', 'figure = "old_compounds_started", value = "5400"'),
    },
    {
      name: "a figure misspelt", rule: "unknown-figure", marked: /^"?old_compounds_startde"?$/, at: "old_compounds_startde", says: /old_compounds_startde/,
      change: (text) => text.replace('figure = "old_compounds_started", value', 'figure = "old_compounds_startde", value'),
    },
    {
      name: "an English name dropped", rule: "missing-language", marked: /./, at: '[[clause]]\nid = "old_compounds"', says: /英文|English/,
      change: (text) => text.replace('en = "5,300 old housing compounds: renovation started"\n', ""),
    },
  ];
  for (const { name, rule, marked, at, says, change } of faults) {
    test(`${name}: where, what, why and what to do, in the language of the page`, () => withPage(world, {}, async (page) => {
      const sound = await seedText(SICHUAN);
      const text = change(sound);
      assert.notEqual(text, sound);
      await check(page, text);
      const line = text.slice(0, text.indexOf(at)).split("\n").length;
      for (const [lang, help] of [["中文", "怎么改："], ["English", "What to do: "]]) {
        await language(page, lang);
        const found = await findings(page);
        await matchesSoon(page.locator(".findings > p"), new RegExp(`\\b${found.length}\\b|${found.length}处`));
        const finding = found.find((finding) => finding.rule === rule);
        assert.ok(finding, `${rule} among ${found.map((finding) => finding.rule)}`);
        assert.equal(finding.line, line);
        assert.equal(finding.source, text.split("\n")[line - 1]);
        assert.match(finding.marked, marked);
        assert.match(finding.what, says);
        assert.ok(finding.why.length > 5 && finding.help.startsWith(help) && finding.help.length > help.length + 3, JSON.stringify(finding));
        await assertTranslated(page, name);
        await assertFits(page, name);
      }
    }));
  }

  test("all of them at once: all are found", () => withPage(world, {}, async (page) => {
    // The digit and the figure of two clauses: both changes of the same rule would be one.
    const text = faults.filter(({ rule }) => rule !== "unknown-figure").reduce((text, { change }) => change(text), await seedText(SICHUAN));
    await check(page, text.replace('figure = "lifts_completed", value', 'figure = "lifts_complete", value'));
    const rules = (await findings(page)).map(({ rule }) => rule);
    for (const { rule } of faults) assert.ok(rules.includes(rule), `${rule} among ${rules}`);
  }));

  test("every built-in file is sound, and none may be opened under its own id", () => withPage(world, {}, async (page) => {
    for (const example of STANDARDS) {
      await check(page, await seedText(example));
      await matchesSoon(page.locator(".findings > p"), /没有发现问题/);
      await page.getByRole("button", { name: "用它评估" }).click();
      const sentence = `编号“${example.standard}”是内置标准的编号。改过的标准是另一份标准，请换一个编号。`;
      await matchesSoon(page.locator(".check-page [role=alert]"), new RegExp(sentence));
      assert.match(page.url(), /#\/check$/);
      assert.deepEqual(await page.evaluate(() => dabiaoStore.list("standard/")), []);
    }
  }));

  test("what is no standard is refused with a sentence", () => withPage(world, {}, async (page) => {
    for (const nonsense of ["x", "format = 1\n", "[[clause]]\nid = 7\n", "{\"format\": 1}", "\u0000", "<script>alert(1)</script>"]) {
      await check(page, nonsense);
      await matchesSoon(page.locator(".findings > p"), /发现\d+处/);
      assert.equal(await page.getByRole("button", { name: "用它评估" }).count(), 0, nonsense);
      assert.equal(await page.locator("main script").count(), 0);
    }
  }));

  test("a sound file of one's own is assessed, is there after a reload, and can be removed", () => withPage(world, {}, async (page) => {
    await check(page, await ownCopy());
    await matchesSoon(page.locator(".findings > p"), /没有发现问题/);
    await assess(page);
    assert.match(page.url(), new RegExp(`#/s/${OWN.standard}/fill$`));
    assert.deepEqual(await listed(page), (await seed(TOWN)).clauses.map(({ id }) => id));
    await field(page, HUB, MINUTES).fill("25");
    await row(page, HUB).locator(".clause-outcome .chip.met").waitFor();
    const before = await counts(page);
    assert.equal(before.met, 1);
    await kept(page, OWN, "the figure", ({ figures }) => figures.drive_minutes_to_hub === "25");
    for (const tab of ["table", "charts", "missing", "departments", "about", "fill"]) await openTab(page, tab);
    await page.reload();
    await ready(page);
    await page.locator("article.clause").first().waitFor();
    assert.deepEqual(await counts(page), before);
    assert.equal(await field(page, HUB, MINUTES).inputValue(), "25");
    // A file of one's own has both languages.
    await language(page, "English");
    await assertTranslated(page, OWN.standard);
    await language(page, "中文");

    await page.locator("a.brand").click();
    const own = page.locator(".own-standards li");
    await own.waitFor();
    assert.deepEqual(await own.locator("a").allInnerTexts(), [OWN.standard]);
    await own.getByRole("button", { name: "移除" }).click();
    await equalsSoon(() => page.locator(".own-standards").count(), 0);
    await page.reload();
    await ready(page);
    assert.equal(await page.locator(".own-standards").count(), 0);
    await page.goto(`${world.server.origin}/#/s/${OWN.standard}/fill`);
    await matchesSoon(page.locator("main [role=alert]"), new RegExp(`没有编号为“${OWN.standard}”的标准`));
  }));

  test("a file can be chosen instead of pasted", () => withPage(world, { hash: "#/check" }, async (page) => {
    await page.getByLabel("选择文件").setInputFiles({ name: "own.toml", mimeType: "text/plain", buffer: Buffer.from(await ownCopy()) });
    await matchesSoon(page.locator(".findings > p"), /没有发现问题/);
    await assess(page);
    assert.equal(await page.locator("article.clause").count(), 124);
  }));

  test("no request leaves the site", () => withPage(world, {}, async (page) => {
    await check(page, await ownCopy(["[[clause]]", "[[clause]]\nlink = \"https://example.org/x.png\""]));
    await check(page, await ownCopy());
    await assess(page);
    await answer(page, "orderly_traffic_in_seat", "是");
    await saved(page);
    await assertOwnFiles(page, world.server);
  }));

  test("a corrected file judges anew", () => withPage(world, {}, async (page) => {
    await check(page, await ownCopy());
    await assess(page);
    await field(page, HUB, MINUTES).fill("25");
    await row(page, HUB).locator(".clause-outcome .chip.met").waitFor();
    await kept(page, OWN, "the figure", ({ figures }) => figures.drive_minutes_to_hub === "25");
    const rule = 'kind = "at_most", figure = "drive_minutes_to_hub", value = "30"';
    await check(page, await ownCopy([rule, rule.replace("30", "20")]));
    await assess(page);
    await matchesSoon(section(await openClause(page, HUB), "要求"), /≤ 20 分钟/);
    await matchesSoon(section(await openClause(page, HUB), "判断过程"), /25 分钟，要求 ≤ 20 分钟：未达标/);
    await row(page, HUB).locator(".clause-outcome .chip.not-met").waitFor();
  }));

  test("a corrected file with one clause less is the one that is opened", () => withPage(world, {}, async (page) => {
    await check(page, await ownCopy());
    await assess(page);
    const text = await ownCopy();
    const blocks = text.split("\n[[clause]]\n");
    await check(page, blocks.filter((block) => !block.startsWith('id = "orderly_traffic_in_seat"')).join("\n[[clause]]\n"));
    await assess(page);
    await equalsSoon(() => page.locator("article.clause").count(), blocks.length - 2);
  }));

  test("a corrected file with its figures in another order leaves every value where it was", () => withPage(world, {}, async (page) => {
    await check(page, await ownCopy());
    await assess(page);
    await field(page, HUB, MINUTES).fill("25");
    await kept(page, OWN, "the figure", ({ figures }) => figures.drive_minutes_to_hub === "25");
    const [figure] = (await ownCopy()).match(/\n\[\[figure\]\]\nid = "drive_minutes_to_hub"[^]*?(?=\n\[\[figure\]\])/);
    const last = '\n[[figure]]\nid = "rural_road_network_sound"';
    await check(page, await ownCopy([figure, ""], [last, figure + last]));
    await assess(page);
    assert.equal(await field(page, HUB, MINUTES).inputValue(), "25");
    assert.equal(await field(page, "road_area_of_15_per_person", "镇区道路面积").inputValue(), "");
    await answer(page, "orderly_traffic_in_seat", "是");
    const { figures } = await kept(page, OWN, "the answer", (draft) => draft.figures.orderly_traffic_in_seat === "yes");
    assert.deepEqual(figures, { drive_minutes_to_hub: "25", orderly_traffic_in_seat: "yes" });
  }));
});

describe("a standard that cannot be fetched", () => {
  const STANDARD_FILES = "**/standards/*";

  /** As if the files of the standards were missing on the server. */
  function withoutStandards(page) {
    return page.route(STANDARD_FILES, (route) => route.fulfill({ status: 404, contentType: "text/plain", body: "not here" }));
  }

  /** Forgets the errors that the missing files leave on the console. */
  function forgive(page) {
    const others = page.record.consoleErrors.filter((error) => !/status of 404.*\/standards\//.test(error));
    assert.ok(others.length < page.record.consoleErrors.length, "the files were missing");
    page.record.consoleErrors = others;
  }

  for (const [where, hash, there] of [
    ["an assessment", `#/s/${DAAN.standard}/fill`, "article.clause"], ["the register", `#/register/${DAAN.standard}`, "article.contradiction"],
  ]) {
    test(`${where} says so and tries again when told to`, () => withPage(world, {}, async (page) => {
      await withoutStandards(page);
      await page.goto(`${world.server.origin}/${hash}`);
      const alert = page.locator("[role=alert]");
      await matchesSoon(alert, /标准没有取到（HTTP 404）/);
      await alert.getByRole("button", { name: "再试一次" }).click();
      await matchesSoon(alert, /标准没有取到（HTTP 404）/);
      assert.equal(await page.locator(there).count(), 0);
      await page.unroute(STANDARD_FILES);
      await alert.getByRole("button", { name: "再试一次" }).click();
      await page.locator(there).first().waitFor();
      assert.equal(await alert.count(), 0);
      forgive(page);
    }));
  }

  test("in the other language too, and the open assessment stays", () => withPage(world, {}, async (page) => {
    await open(page, TOWN);
    await answer(page, "orderly_traffic_in_seat", "是");
    await withoutStandards(page);
    await page.getByRole("button", { name: "English" }).click();
    const alert = page.locator("[role=alert]");
    await matchesSoon(alert, /could not be fetched \(HTTP 404\)/);
    assert.equal((await counts(page)).met, 1);
    await page.unroute(STANDARD_FILES);
    await alert.getByRole("button", { name: "Try again" }).click();
    await language(page, "English");
    await assertTranslated(page, "after trying again");
    assert.equal((await counts(page)).met, 1);
    forgive(page);
  }));

  test("an example that comes late does not take the place of what was opened meanwhile", () => withPage(world, {}, async (page) => {
    let arrive;
    const gate = new Promise((open) => {
      arrive = open;
    });
    await page.route(`**/standards/${TOWN.standard}*`, async (route) => {
      await gate;
      await route.continue();
    });
    await page.locator(`button[data-sample="${TOWN.sample}"]`).click();
    await page.locator("main [aria-busy]").waitFor();
    await open(page, COUNTY);
    const arrived = page.waitForResponse(`**/standards/${TOWN.standard}*`);
    arrive();
    await (await arrived).finished();
    // Time enough for a wrong page to show.
    await page.waitForTimeout(500);
    assert.equal(await page.locator("article.clause").count(), 106);
    await field(page, "row_gdp", "地区生产总值").fill("530亿");
    await row(page, "row_gdp").locator(".clause-outcome .chip.met").waitFor();
  }));

  test("an example that could not be fetched is not what starting opens", () => withPage(world, {}, async (page) => {
    await withoutStandards(page);
    await page.locator(`button[data-sample="${TOWN.sample}"]`).click();
    await matchesSoon(page.locator("[role=alert]"), /标准没有取到（HTTP 404）/);
    await page.locator("a.brand").click();
    await page.unroute(STANDARD_FILES);
    await page.locator(`a.start[href="#/s/${TOWN.standard}/fill"]`).click();
    await page.getByRole("button", { name: "再试一次" }).click();
    await page.locator("article.clause").first().waitFor();
    assert.equal(await page.locator(".banner.invented").count(), 0);
    assert.deepEqual(await counts(page), blank(124));
    forgive(page);
  }));

  test("a standard that nobody knows is named", () => withPage(world, {}, async (page) => {
    await page.goto(`${world.server.origin}/#/s/no-such-standard/fill`);
    await matchesSoon(page.locator("[role=alert]"), /没有编号为“no-such-standard”的标准/);
    await page.locator("[role=alert] a").click();
    await page.locator("main.home").waitFor();
  }));
});

describe("every screen of every standard, on every kind of screen", () => {
  /** The clause that is opened for a look, and the level at which it is asked. */
  const OPENED = {
    "quxian-central-town-2021": "tap_water_for_95_percent", "quxian-county-seat-2024": "row_gdp", "wenshang-refined-town-2022": "new_communities_follow_up",
    "sichuan-urbanisation-2022": "rental_land_plan", "daan-demonstration-town-2023": "trade_centre",
  };
  const FAULTS = [
    ['figure = "old_compounds_started", value = "5300"', 'figure = "old_compounds_started", value = "5400"'],
    ['figure = "lifts_completed", value', 'figure = "lifts_complete", value'],
  ];

  for (const width of [1280, 390]) {
    for (const colorScheme of ["light", "dark"]) {
      for (const lang of ["zh", "en"]) {
        const name = `${width}-${colorScheme}-${lang}`;
        // Every picture in plain Chinese, and the new pages once in the dark and once in English.
        const isPlain = colorScheme === "light" && lang === "zh";
        const isPictured = isPlain || (width === 1280 && (colorScheme === "light" || lang === "zh"));
        test(name, () => withPage(world, { width, height: width === 390 ? 844 : 800, colorScheme }, async (page) => {
          const look = async (screen, pictured = false) => {
            await assertFits(page, `${screen} ${name}`);
            await assertTranslated(page, `${screen} ${name}`);
            if (pictured) await screenshot(page, `${screen}-${name}`);
          };
          await language(page, lang === "en" ? "English" : "中文");
          for (const example of STANDARDS) {
            const { standard } = example;
            await open(page, example);
            await language(page, lang === "en" ? "English" : "中文");
            await look(standard, isPlain);
            const [first, second] = await page.locator("article.clause:has(.yes-no.bare)").evaluateAll((rows) => rows.map((row) => row.id.slice(2)));
            await answer(page, first, lang === "en" ? "Yes" : "是");
            await answer(page, second, lang === "en" ? "No" : "否");
            const others = page.locator(".filters label.check input");
            if ((await others.count()) > 0) await others.check();
            await openClause(page, OPENED[standard]);
            await look(`${standard} detail`);
            for (const tab of ["table", "charts", "missing", "departments", "about"]) {
              await openTab(page, tab);
              await page.evaluate(() => window.scrollTo(0, 0));
              if (tab === "charts") await page.locator("[data-chart=groups] svg.picture").waitFor();
              await look(`${standard} ${tab}`);
              if (tab === "departments" && standard === WENSHANG.standard && isPictured) await screenshot(page, `departments-${name}`);
            }
          }
          await page.locator("a.brand").click();
          await look("home");
          await page.locator(".promises a[href='#/register']").click();
          await page.locator(".register h1").waitFor();
          await look("register list");
          await page.locator(`.register a[href="#/register/${COUNTY.standard}"]`).click();
          await page.locator("article.contradiction").first().waitFor();
          await look("register", isPictured);
          await page.locator("a.brand").click();
          await page.locator(".promises a[href='#/check']").click();
          await look("check page");
          await paste(page, FAULTS.reduce((text, fault) => text.replace(...fault), await seedText(SICHUAN)));
          await page.locator(".finding").nth(2).waitFor();
          await page.locator(".findings").evaluate((findings) => findings.scrollIntoView({ block: "end" }));
          await look("check", isPictured);
        }));
      }
    }
  }
});
