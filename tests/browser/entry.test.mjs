// Numbers as people type them: what is wrong is said beside the field, in the language of the page,
// and what was typed stays as it was typed.

import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import {
  CJK, COUNTY, TOWN, counts, equalsSoon, field, fieldBox, fixture, language, matchesSoon, message, openSample, openTab, row, until, verdicts, withPage,
} from "./harness.mjs";

const world = fixture({ before, after });
const ROADS = "road_area_of_15_per_person";
const LONG = "1234567890123456789012345678901234567890";

/** Where a number goes, by language. */
const FIELDS = {
  roadArea: { sample: TOWN, clause: ROADS, zh: "镇区道路面积", en: "Road area, town seat", good: "31万" },
  population: { sample: TOWN, clause: ROADS, zh: "镇区常住人口", en: "Resident population, town seat", good: "2.13万" },
  tapWater: { sample: TOWN, clause: "tap_water_for_95_percent", zh: "自来水普及率", en: "Residents with tap water, share", good: "96%" },
  pupils: {
    sample: COUNTY, clause: "row_teacher_ratio", zh: "普通中小学师生比", en: "Teacher–pupil ratio in regular schools", good: "1:12.5",
  },
};
const REFUSED = [
  ["roadArea", "abc", /第1个字符起的“abc”不是数字/, /“abc” at character 1 is neither/],
  ["roadArea", "1.2.3", /第4个字符是第二个小数点/, /Character 4 is a second decimal point/],
  ["population", "-5", /-5.*小于可能的最小值.*0/, /-5.*below the smallest possible value, 0/],
  ["tapWater", "150%", /150\s?%\s*大于可能的最大值.*100/, /150\s?% is above the largest possible value, 100/],
  ["pupils", "1:0", /比例的两边都不能是零/, /Neither side of a ratio can be zero/],
  ["roadArea", LONG, /数字太长|数字太大/, /Too many digits|too large/],
];
const ACCEPTED = [
  ["population", "2.3万", /识别为 2\.3 万人/, "not-met"],
  ["population", "２３０００人", /识别为 2\.3 万人/, "not-met"],
  ["population", "2万", /识别为 2 万人/, "met"],
  ["tapWater", "９４．９％", /识别为 94\.9%/, "not-met"],
  ["tapWater", "９５％", /识别为 95%/, "met"],
  ["pupils", "1:12.5", null, "met"],
  ["pupils", "1：12.6", null, "not-met"],
  ["roadArea", "1,234", /识别为 1234 平方米/, "not-met"],
];

/** The state of a field as a screen reader has it. */
async function invalid(input) {
  return (await input.getAttribute("aria-invalid")) === "true";
}

for (const lang of ["zh", "en"]) {
  for (const sample of [COUNTY, TOWN]) {
    test(`a number that cannot be is said to be so (${lang}, ${sample.sample})`, (t) => withPage(world, {}, async (page) => {
      await openSample(page, sample);
      await language(page, lang === "en" ? "English" : "中文");
      for (const [name, bad, zh, en] of REFUSED.filter(([name]) => FIELDS[name].sample === sample)) {
        await t.test(`${name}: ${bad}`, async () => {
          const { clause, good, ...labels } = FIELDS[name];
          const input = field(page, clause, labels[lang]);
          await input.fill("");
          await input.pressSequentially(bad);
          const text = await matchesSoon(message(input), lang === "en" ? en : zh);
          assert.equal(CJK.test(text), lang === "zh", text);
          assert.equal(await input.inputValue(), bad);
          assert.equal(await invalid(input), false, "nobody is told off while still typing");
          await input.blur();
          await until("red after leaving the field", () => invalid(input));
          assert.equal(await input.inputValue(), bad);
          const described = (await input.getAttribute("aria-describedby")).split(" ");
          assert.ok(described.includes(await message(input).getAttribute("id")), "the message belongs to the field");
          await row(page, clause).locator(".clause-outcome .chip.unknown").waitFor();
          await input.fill(good);
          await until("the error to go", async () => !(await fieldBox(input).locator(".error, .pending").count()));
          await input.blur();
          assert.equal(await invalid(input), false);
          assert.equal(await input.inputValue(), good);
        });
      }
    }));
  }
}

describe("a number that people write this way is understood", () => {
  for (const sample of [COUNTY, TOWN]) {
    test(sample.sample, (t) => withPage(world, {}, async (page) => {
      await openSample(page, sample);
      for (const [name, good, value, verdict] of ACCEPTED.filter(([name]) => FIELDS[name].sample === sample)) {
        await t.test(`${name}: ${good}`, async () => {
          const { clause, zh } = FIELDS[name];
          const input = field(page, clause, zh);
          await input.fill("");
          await input.pressSequentially(good);
          await input.blur();
          await row(page, clause).locator(`.clause-outcome .chip.${verdict}`).waitFor();
          if (value) await matchesSoon(message(input), value);
          assert.equal(await fieldBox(input).locator(".error, .pending").count(), 0);
          assert.equal(await invalid(input), false);
          assert.equal(await input.inputValue(), good);
        });
      }
    }));
  }
});

test("a Chinese word being composed is no error yet", () => withPage(world, {}, async (page) => {
  await openSample(page, TOWN);
  const input = field(page, ROADS, "镇区道路面积");
  await input.fill("");
  await equalsSoon(() => message(input).innerText(), "");
  await input.focus();
  const session = await page.context().newCDPSession(page);
  for (const part of ["n", "ni"]) {
    await session.send("Input.imeSetComposition", { text: part, selectionStart: part.length, selectionEnd: part.length });
    await equalsSoon(() => input.inputValue(), part);
    assert.equal(await fieldBox(input).evaluate((box) => box.classList.contains("is-red")), false);
    assert.equal(await message(input).innerText(), "", "no message about a half-typed word");
  }
  await session.send("Input.insertText", { text: "你" });
  await equalsSoon(() => input.inputValue(), "你");
  await matchesSoon(message(input), /“你”不是数字/);
  assert.equal(await fieldBox(input).evaluate((box) => box.classList.contains("is-red")), false, "red only after leaving");

  // A unit typed with an input method is the common case.
  await input.fill("32");
  await input.press("End");
  await session.send("Input.imeSetComposition", { text: "wan", selectionStart: 3, selectionEnd: 3 });
  await equalsSoon(() => input.inputValue(), "32wan");
  assert.equal(await fieldBox(input).locator(".error, .pending").count(), 0);
  await session.send("Input.insertText", { text: "万" });
  await equalsSoon(() => input.inputValue(), "32万");
  await row(page, ROADS).locator(".clause-outcome .chip.met").waitFor();
}));

/** How long the page takes to do something, in milliseconds. */
async function duration(work) {
  const start = performance.now();
  await work();
  return performance.now() - start;
}

test("ten megabytes pasted into the table change nothing", () => withPage(world, {}, async (page) => {
  await openSample(page, TOWN);
  const before = [await counts(page), await verdicts(page)];
  await openTab(page, "table");
  const values = () => page.locator("input[data-figure]").evaluateAll((inputs) => inputs.map((input) => input.value));
  const valuesBefore = await values();
  const took = await duration(async () => {
    await page.locator("input[data-figure]").first().evaluate((input) => {
      const clipboardData = new DataTransfer();
      clipboardData.setData("text/plain", "12.5\n".repeat(2_000_000));
      input.dispatchEvent(new ClipboardEvent("paste", { clipboardData, bubbles: true, cancelable: true }));
    });
    await matchesSoon(page.locator(".table-view [role=alert]"), /10000 KB.*没有填入/);
  });
  assert.ok(took < 2000, `the page was busy for ${took} ms`);
  assert.deepEqual(await values(), valuesBefore);
  const alive = await duration(() => openTab(page, "fill"));
  assert.ok(alive < 2000, `the page was busy for ${alive} ms`);
  assert.deepEqual([await counts(page), await verdicts(page)], before);
}));

test("ten megabytes in a field are refused, and the page lives on", () => withPage(world, {}, async (page) => {
  const length = 10_000_000;
  // Chromium itself takes seconds to lay out such a line; the page may not add to that.
  const inherent = await duration(() => page.evaluate(async (length) => {
    const plain = document.createElement("input");
    document.body.append(plain);
    plain.value = "7".repeat(length);
    plain.getBoundingClientRect();
    await new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)));
    plain.remove();
  }, length));
  await openSample(page, TOWN);
  const input = field(page, ROADS, "镇区道路面积");
  const took = await duration(async () => {
    await input.evaluate((element, length) => {
      element.value = "7".repeat(length);
      element.dispatchEvent(new InputEvent("input", { bubbles: true }));
    }, length);
    await matchesSoon(message(input), /有10000000个字符，超过80个/);
  });
  assert.ok(took < inherent + 2000, `the page was busy for ${took} ms, a plain field for ${inherent} ms`);
  assert.equal(await input.evaluate((element) => element.value.length), length);
  await row(page, ROADS).locator(".clause-outcome .chip.unknown").waitFor();

  // The rest of the page still answers, and the field can be mended.
  const alive = await duration(async () => {
    await field(page, "tap_water_for_95_percent", "自来水普及率").fill("90");
    await row(page, "tap_water_for_95_percent").locator(".clause-outcome .chip.not-met").waitFor();
  });
  assert.ok(alive < 2000, `the page was busy for ${alive} ms`);
  await input.fill("32万");
  await row(page, ROADS).locator(".clause-outcome .chip.met").waitFor();
}));
