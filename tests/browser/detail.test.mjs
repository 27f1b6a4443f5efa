// What stands behind a verdict, what a person may decide about a clause, and finding clauses.

import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import {
  COUNTY, TOWN, applicable, counts, equalsSoon, fixture, matchesSoon, openClause, openSample, openTab, row, section, until, verdicts, withPage,
} from "./harness.mjs";

const world = fixture({ before, after });
const ROADS = "road_area_of_15_per_person";
const SEWAGE = "sewage_treated_70_or_up_10";

test("a clause opens up: rule, arithmetic, gap, number, document, departments", () => withPage(world, {}, async (page) => {
  await openSample(page, TOWN);
  const name = row(page, ROADS).locator(".clause-name");
  assert.equal(await name.getAttribute("aria-expanded"), "false");
  assert.equal(await row(page, ROADS).locator(".detail").count(), 0);
  const detail = await openClause(page, ROADS);
  assert.equal(await name.getAttribute("aria-expanded"), "true");
  assert.equal(await page.locator(`#${await name.getAttribute("aria-controls")} .detail`).count(), 1);

  await matchesSoon(section(detail, "要求"), /镇区人均道路面积 ≥ 15 平方米\/人/);
  const why = await section(detail, "判断过程").innerText();
  assert.match(why, /= 镇区道路面积 ÷ 镇区常住人口 = 312000 平方米 ÷ 2\.13 万人 ≈ 14\.65 平方米\/人/, why);
  assert.match(why, /还差 0\.35/);
  const source = await section(detail, "出处").innerText();
  assert.match(source, /1\.3/);
  const document = await section(detail, "出处").locator("p").first().innerText();
  const departments = section(detail, "责任单位").locator("li");
  assert.equal(await departments.count(), 3);
  assert.match(await departments.first().innerText(), /县交运局\s*牵头/);
  assert.equal(await section(detail, "责任单位").locator(".lead").count(), 1);

  await name.click();
  await equalsSoon(() => name.getAttribute("aria-expanded"), "false");
  assert.equal(await row(page, ROADS).locator(".detail").count(), 0);

  // The document is the one that the page about it names, with its number.
  await openTab(page, "about");
  const facts = await page.locator(".about dl").innerText();
  const [title, number] = document.split("，");
  assert.ok(title.length > 5 && facts.includes(title), document);
  assert.ok(number.length > 3 && facts.includes(number), document);
}));

for (const width of [1280, 390]) {
  test(`the reasons stand below the name and the fields of their clause (${width} px)`, () => withPage(world, { width }, async (page) => {
    await openSample(page, TOWN);
    for (const clause of [ROADS, SEWAGE, "orderly_traffic_in_seat"]) {
      const detail = await openClause(page, clause);
      const bottom = async (part) => part.boundingBox().then((box) => box.y + box.height);
      const { y } = await detail.boundingBox();
      assert.ok((await bottom(row(page, clause).locator(".clause-name"))) <= y, `${clause}: its name`);
      assert.ok((await bottom(row(page, clause).locator(".clause-inputs"))) <= y, `${clause}: its fields`);
    }
  }));
}

test("a note says what is ambiguous, and a contradiction what the document prints", () => withPage(world, {}, async (page) => {
  await openSample(page, TOWN);
  await matchesSoon(section(await openClause(page, "transport_hub_within_30_minutes"), "说明"), /到达其一即可/);
  await page.locator("a.brand").click();
  await openSample(page, COUNTY);
  const contradiction = section(await openClause(page, "row_gdp"), "文件自身的矛盾");
  assert.ok((await contradiction.locator(".printed li").count()) >= 2);
  await matchesSoon(contradiction, /采用：/);
}));

test("the arithmetic follows the figures while a clause is open", () => withPage(world, {}, async (page) => {
  await openSample(page, TOWN);
  const detail = await openClause(page, ROADS);
  await row(page, ROADS).getByLabel("镇区道路面积", { exact: true }).fill("42.6万");
  await matchesSoon(section(detail, "判断过程"), /426000 平方米 ÷ 2\.13 万人 = 20 平方米\/人[^]*：达标/);
  await matchesSoon(row(page, ROADS).locator(".clause-gap"), /高出 5/);
}));

test("not applicable needs a reason, and then leaves what counts", () => withPage(world, {}, async (page) => {
  await openSample(page, TOWN);
  const before = await counts(page);
  const detail = await openClause(page, ROADS);
  const part = section(detail, "不适用");
  await part.getByLabel("本条不适用于本地").check();
  await matchesSoon(part, /写明理由后才按不适用处理/);
  assert.deepEqual(await counts(page), before);
  await part.getByLabel("理由", { exact: true }).fill("   ");
  await matchesSoon(part, /写明理由后才按不适用处理/);
  assert.deepEqual(await counts(page), before);
  await part.getByLabel("理由", { exact: true }).fill("镇区没有道路");
  await row(page, ROADS).locator(".clause-outcome .chip.not-applicable").waitFor();
  await equalsSoon(() => counts(page), { ...before, notMet: before.notMet - 1, notApplicable: before.notApplicable + 1 });
  assert.equal(applicable(await counts(page)), applicable(before) - 1);
  await part.getByLabel("本条不适用于本地").uncheck();
  await row(page, ROADS).locator(".clause-outcome .chip.not-met").waitFor();
  await equalsSoon(() => counts(page), before);
}));

test("the reading of 4.3 can be chosen: 66% after 58% is no 10 points, but more than 10%", () => withPage(world, {}, async (page) => {
  await openSample(page, TOWN);
  const before = await counts(page);
  await row(page, SEWAGE).locator(".clause-outcome .chip.not-met").waitFor();
  await matchesSoon(row(page, SEWAGE).locator(".clause-remark"), /结果取决于理解.*达标/);
  const readings = section(await openClause(page, SEWAGE), "要求").getByRole("radio");
  assert.equal(await readings.count(), 2);
  assert.equal(await readings.nth(0).isChecked(), true);
  await matchesSoon(section(row(page, SEWAGE).locator(".detail"), "判断过程"), /8/);
  await readings.nth(1).check();
  await row(page, SEWAGE).locator(".clause-outcome .chip.met").waitFor();
  await matchesSoon(section(row(page, SEWAGE).locator(".detail"), "判断过程"), /13\.79/);
  await equalsSoon(() => counts(page), { ...before, met: before.met + 1, notMet: before.notMet - 1 });
  await readings.nth(0).check();
  await row(page, SEWAGE).locator(".clause-outcome .chip.not-met").waitFor();
  await equalsSoon(() => counts(page), before);
}));

test("a note and evidence can be added and removed", () => withPage(world, {}, async (page) => {
  await openSample(page, TOWN);
  const clause = "transport_hub_within_30_minutes";
  const evidenced = page.locator(".summary .known", { hasText: "佐证" });
  await matchesSoon(evidenced, /佐证 0$/);
  const detail = await openClause(page, clause);
  await detail.getByRole("textbox", { name: "备注" }).fill("问过县交运局");
  await section(detail, "佐证材料").getByRole("button", { name: "添加一份材料" }).click();
  await detail.getByLabel("材料名称").fill("车程测算表");
  await detail.getByLabel("文号").fill("交运〔2023〕1号");
  await detail.getByLabel("日期").fill("2023-06-01");
  await detail.getByLabel("存放位置或链接").fill("二楼档案柜");
  await matchesSoon(evidenced, /佐证 1$/);
  assert.equal(await detail.getByRole("textbox", { name: "备注" }).inputValue(), "问过县交运局");
  assert.equal(await detail.getByLabel("文号").inputValue(), "交运〔2023〕1号");
  await section(detail, "佐证材料").getByRole("button", { name: "添加一份材料" }).click();
  await equalsSoon(() => detail.locator(".evidence").count(), 2);
  await detail.locator(".evidence").first().getByRole("button", { name: "移除" }).click();
  await equalsSoon(() => detail.locator(".evidence").count(), 1);
  assert.equal(await detail.getByLabel("材料名称").inputValue(), "");
  await matchesSoon(evidenced, /佐证 0$/);
}));

test("typing with an input method works in notes and searches", () => withPage(world, {}, async (page) => {
  await openSample(page, TOWN);
  const session = await page.context().newCDPSession(page);
  const search = page.getByRole("searchbox");
  await search.focus();
  await session.send("Input.imeSetComposition", { text: "wushui", selectionStart: 6, selectionEnd: 6 });
  await equalsSoon(() => search.inputValue(), "wushui");
  await matchesSoon(page.locator(".shown"), /显示 124\/124 条/);
  await session.send("Input.insertText", { text: "污水" });
  await until("fewer clauses", async () => !/124\/124/.test(await page.locator(".shown").innerText()));
  assert.equal(await search.inputValue(), "污水");
}));

describe("filters", () => {
  /** Holds the rows and the sentence about them against each other; the number of rows. */
  async function shown(page, all = 124) {
    const rows = await page.locator("article.clause").count();
    await matchesSoon(page.locator(".shown"), new RegExp(`显示 ${rows}/${all} 条`));
    return rows;
  }

  test("by verdict, from the summary, on any tab", () => withPage(world, {}, async (page) => {
    await openSample(page, TOWN);
    assert.equal(await shown(page), 124);
    const { met, notMet } = await counts(page);
    const button = page.locator(".count.not-met");
    await button.click();
    await equalsSoon(() => page.locator("article.clause").count(), notMet);
    assert.equal(await shown(page), notMet);
    assert.equal(await button.getAttribute("aria-pressed"), "true");
    assert.deepEqual([...new Set(Object.values(await verdicts(page)))], ["not-met"]);
    await openTab(page, "charts");
    await page.locator(".count.met").click();
    await page.locator("main.tab-fill").waitFor();
    await equalsSoon(() => page.locator("article.clause").count(), met);
    await page.locator(".count.met").click();
    await equalsSoon(() => page.locator("article.clause").count(), 124);
  }));

  test("by department", () => withPage(world, {}, async (page) => {
    await openSample(page, TOWN);
    await page.getByLabel("责任单位").selectOption({ label: "县水务局" });
    const rows = await until("fewer rows", async () => {
      const rows = await page.locator("article.clause").count();
      return rows < 124 && rows;
    });
    assert.equal(await shown(page), rows);
    await page.getByRole("button", { name: "全部展开" }).click();
    const departments = await page.locator("article.clause").evaluateAll((all) => all.map((row) => row.querySelector(".departments")?.textContent ?? ""));
    assert.ok(departments.every((text) => text.includes("县水务局")), departments.join("\n"));
    await page.getByRole("button", { name: "取消筛选" }).click();
    await equalsSoon(() => page.locator("article.clause").count(), 124);
  }));

  test("by words and by number, together with a verdict", () => withPage(world, {}, async (page) => {
    await openSample(page, TOWN);
    const search = page.getByRole("searchbox");
    await search.fill("服务");
    await until("fewer rows", async () => (await page.locator("article.clause").count()) < 40);
    const rows = await shown(page);
    const names = await page.locator(".clause-name").allInnerTexts();
    assert.ok(rows > 0 && names.every((name) => name.includes("服务")), names.join("\n"));
    await page.locator(".count.not-met").click();
    await until("only what is not met", async () => Object.values(await verdicts(page)).every((verdict) => verdict === "not-met"));
    assert.ok((await shown(page)) < rows);
    await page.getByRole("button", { name: "取消筛选" }).click();
    await equalsSoon(() => page.locator("article.clause").count(), 124);
    assert.equal(await search.inputValue(), "");
    await search.fill("4.3");
    await equalsSoon(() => page.locator(".clause-ref").allInnerTexts(), ["4.3"]);
    await search.fill("没有这样的条款");
    await matchesSoon(page.locator(".clauses .notice"), /没有符合筛选条件的条款/);
    await matchesSoon(page.locator(".shown"), /显示 0\/124 条/);
  }));
});
