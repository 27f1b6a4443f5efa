// P1: from a key to the frame that shows what follows from it.

import { launch, open, openSample } from './browser.mjs';
import { digits, median, percentile, table, times } from './stats.mjs';

// Figures without an upper bound, each part of several clauses or of a formula.
const FIELDS = ['seat_population', 'road_area', 'town_population', 'sewage_treated', 'sports_area', 'urban_income'];
const KEYS = ['1', '2', '3', '4', 'Backspace', 'Backspace', '5', '6'];
const GOAL = { frame: 16.7, layout: 2.5 };

export async function run({ server, rounds, standard }) {
  const browser = await launch();
  const results = {};
  for (const cpu of [1, 4]) {
    const samples = { ours: [], peer: [] };
    for (let round = 0; round < rounds; round += 1) {
      const ours = await type(browser, standard, (page) => prepareOurs(page, server.address('ours'), standard), cpu);
      const peer = await type(browser, standard, (page) => preparePeer(page, server.address('keystroke')), cpu);
      if (ours.met.join() !== peer.met.join()) throw new Error(`the pages disagree: ${ours.met} and ${peer.met} clauses met`);
      samples.ours.push(...ours.samples);
      samples.peer.push(...peer.samples);
    }
    results[cpu] = Object.fromEntries(Object.entries(samples).map(([who, all]) => [who, summary(all)]));
  }
  await browser.close();
  return results;
}

const summary = (samples) =>
  Object.fromEntries(['written', 'layout', 'frame'].map((what) => {
    const values = samples.map((sample) => sample[what]);
    return [what, { median: median(values), p95: percentile(values, 95) }];
  }));

async function prepareOurs(page, address, standard) {
  await openSample(page, address);
  await page.getByRole('button', { name: '全部展开' }).click();
  await page.waitForFunction((count) => document.querySelectorAll('.clause .detail').length === count, standard.clauses.length);
}

async function preparePeer(page, address) {
  await page.goto(address);
  await page.waitForSelector('.clause input');
}

/** Types into the fields of a prepared page; answers the times of every key and how many clauses were met after it. */
export async function type(browser, standard, prepare, cpu = 1) {
  const { page, slowDown, close } = await open(browser);
  await prepare(page);
  await slowDown(cpu);
  const result = { samples: [], met: [] };
  for (const figure of FIELDS) {
    const clause = standard.clauses.find(({ inputs }) => inputs.includes(figure));
    const { label } = standard.figures.find(({ id }) => id === figure);
    const input = page.locator(`#c-${clause.id}`).getByLabel(label, { exact: true });
    await input.focus();
    await input.selectText();
    for (const key of KEYS) {
      await page.keyboard.press(key);
      result.samples.push(await page.evaluate(() => bench.keystroke));
      result.met.push(await page.textContent('.met strong'));
    }
  }
  await close();
  return result;
}

export function report(results) {
  const WORDS = { written: 'input → DOM written', layout: 'input → DOM and layout', frame: 'key → painted frame' };
  const rows = Object.entries(results).flatMap(([cpu, { ours, peer }]) =>
    Object.keys(WORDS).flatMap((what) => ['median', 'p95'].map((how) => [
      `${WORDS[what]}, ${how}${cpu === '1' ? '' : `, CPU ÷ ${cpu}`}`, digits(ours[what][how]), digits(peer[what][how]), times(peer[what][how] / ours[what][how]),
    ])),
  );
  const [frame, layout] = [results[4].ours.frame.p95, results[1].peer.layout.median / results[1].ours.layout.median];
  return {
    table: table(['milliseconds', 'Dabiao', 'hyperformula page', 'faster by'], rows),
    verdicts: [
      [`p95 of a painted frame at CPU ÷ 4 within ${GOAL.frame} ms`, `${digits(frame)} ms`, frame <= GOAL.frame],
      [`DOM and layout at least ${GOAL.layout} times as fast as the peer`, times(layout), layout >= GOAL.layout],
    ],
  };
}
