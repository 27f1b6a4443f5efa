// P4: drawing a chart again.
//
// In our page a click on the legend draws one chart again and nothing else, so that is what is
// timed, against the same click in echarts and against new data for echarts. What a keystroke costs
// with the chart beside the form and without it is measured as well.

import { launch, open, openSample } from './browser.mjs';
import { COUNTY, TOWN } from './model.mjs';
import { digits, geometricMean, median, table, times } from './stats.mjs';

// Kind, name in our page, example, and the legend entry that is hidden and shown.
const CHARTS = [
  ['bars', 'groups', TOWN, '未知'],
  ['radar', 'radar', TOWN, '最好'],
  ['bullets', 'gaps', TOWN, '未知'],
  ['ways', 'ways', COUNTY, '未达标'],
];
const REDRAWS = 20;
const GOAL = { each: 3, mean: 5 };

export async function run({ server, rounds }) {
  const browser = await launch();
  const results = {};
  for (const [kind, name, example, series] of CHARTS) {
    const taken = { ours: [], toggle: [], change: [] };
    const ours = await openOurs(browser, server.address('ours'), name, example);
    const peer = await open(browser);
    await peer.page.goto(server.address('charts'));
    await peer.page.evaluate(([kind, width, height]) => (globalThis.drawn = chart(kind, width, height)), [kind, ...ours.size]);
    for (let round = 0; round < rounds; round += 1) {
      await ours.page.bringToFront();
      taken.ours.push(...(await redraw(ours.page, `button => document.querySelectorAll('[data-chart="${name}"] .legend button')[${ours.button(series)}].click()`)));
      await peer.page.bringToFront();
      taken.toggle.push(...(await redraw(peer.page, `() => drawn.toggle('${series}')`)));
      taken.change.push(...(await redraw(peer.page, `turn => drawn.change(turn)`)));
    }
    await ours.close();
    await peer.close();
    results[kind] = Object.fromEntries(Object.entries(taken).map(([what, samples]) => [what, {
      layout: median(samples.map(({ layout }) => layout)), frame: median(samples.map(({ frame }) => frame)),
    }]));
  }
  await browser.close();
  return results;
}

async function openOurs(browser, address, name, { standard, sample }) {
  const opened = await open(browser);
  await openSample(opened.page, address, sample);
  await opened.page.evaluate((id) => (location.hash = `#/s/${id}/charts`), standard);
  const frame = opened.page.locator(`[data-chart="${name}"]`);
  await frame.scrollIntoViewIfNeeded();
  const picture = frame.locator('svg.picture');
  await picture.waitFor();
  const size = await picture.evaluate((svg) => [svg.clientWidth, svg.clientHeight]);
  const words = await frame.locator('.legend button').allTextContents();
  return { ...opened, size, button: (series) => Math.max(words.findIndex((word) => word.trim() === series), words.length - 1) };
}

/** Draws again and again, each time when the frame before is done. */
const redraw = (page, action) =>
  page.evaluate(async ([source, times]) => {
    const run = (0, eval)(`(${source})`);
    const samples = [];
    for (let turn = 0; turn < times; turn += 1) {
      samples.push(await bench.measure(() => run(turn)));
      await new Promise((later) => setTimeout(later, 10));
    }
    return samples;
  }, [action, REDRAWS]);

export function report(results) {
  const ratios = Object.values(results).map(({ ours, toggle }) => toggle.layout / ours.layout);
  const mean = geometricMean(ratios);
  const rows = Object.entries(results).map(([kind, { ours, toggle, change }], index) => [
    kind, digits(ours.layout), digits(toggle.layout), digits(change.layout), times(ratios[index]), digits(ours.frame), digits(toggle.frame), times(toggle.frame / ours.frame),
  ]);
  return {
    table: table(['milliseconds', 'Dabiao', 'echarts, legend', 'echarts, data', 'faster by', 'to the frame: Dabiao', 'echarts', 'faster by'], rows),
    verdicts: [
      [`each chart at least ${GOAL.each} times as fast`, times(Math.min(...ratios)), Math.min(...ratios) >= GOAL.each],
      [`geometric mean at least ${GOAL.mean} times`, times(mean), mean >= GOAL.mean],
    ],
  };
}
