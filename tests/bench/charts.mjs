// P4: drawing a chart again.
//
// A keystroke changes a bar or two. In our page a legend button draws its chart again and nothing
// else; the entries below belong to at most two bars, so their buttons change as little as a key.
// Echarts gets the same click, and new data, and the faster of the two counts.

import { launch, open, openSample } from './browser.mjs';
import { COUNTY, TOWN } from './model.mjs';
import { digits, geometricMean, median, table, times } from './stats.mjs';

// Kind, name in our page, example, and the legend entry by position and name.
const CHARTS = [
  ['bars', 'groups', TOWN, 3, '不适用'],
  ['radar', 'radar', TOWN, 1, '最好'],
  ['bullets', 'gaps', TOWN, 2, '未知'],
  ['ways', 'ways', COUNTY, 2, '未知'],
];
const REDRAWS = 20;
const GOAL = { each: 3, mean: 5 };

export async function run({ server, rounds }) {
  const browser = await launch();
  const charts = {};
  for (const chart of CHARTS) charts[chart[0]] = await compare(browser, server, rounds, chart);
  await browser.close();
  return { charts };
}

async function compare(browser, server, rounds, [kind, name, example, entry, series]) {
  const ours = await openOurs(browser, server.address('ours'), name, example);
  const peer = await open(browser);
  await peer.page.goto(server.address('charts'));
  await peer.page.evaluate(([kind, size]) => (globalThis.drawn = chart(kind, ...size)), [kind, ours.size]);
  const actions = {
    ours: [ours.page, `() => document.querySelectorAll('[data-chart="${name}"] .legend button')[${entry}].click()`],
    legend: [peer.page, `() => drawn.toggle('${series}')`],
    data: [peer.page, 'turn => drawn.change(turn)'],
  };
  const taken = { ours: [], legend: [], data: [] };
  for (let round = 0; round < rounds; round += 1) {
    for (const [what, [page, action]] of Object.entries(actions)) {
      await page.bringToFront();
      taken[what].push(...(await redraw(page, action)));
    }
  }
  await ours.close();
  await peer.close();
  const medians = (samples) => ({ layout: median(samples.map(({ layout }) => layout)), frame: median(samples.map(({ frame }) => frame)) });
  return Object.fromEntries(Object.entries(taken).map(([what, samples]) => [what, medians(samples)]));
}

async function openOurs(browser, address, name, { standard, sample }) {
  const opened = await open(browser);
  await openSample(opened.page, address, sample);
  await opened.page.evaluate((id) => (location.hash = `#/s/${id}/charts`), standard);
  const frame = opened.page.locator(`[data-chart="${name}"]`);
  await frame.scrollIntoViewIfNeeded();
  const picture = frame.locator('svg.picture');
  await picture.waitFor();
  return { ...opened, size: await picture.evaluate((svg) => [svg.clientWidth, svg.clientHeight]) };
}

/** Draws again and again, each time when the frame before is done. */
function redraw(page, action) {
  return page.evaluate(async ([source, redraws]) => {
    const run = (0, eval)(`(${source})`);
    const samples = [];
    for (let turn = 0; turn < redraws; turn += 1) {
      samples.push(await bench.measure(() => run(turn)));
      await new Promise((later) => setTimeout(later, 10));
    }
    return samples;
  }, [action, REDRAWS]);
}

export function report({ charts }) {
  const ratio = ({ ours, legend, data }) => Math.min(legend.layout, data.layout) / ours.layout;
  const rows = Object.entries(charts).map(([kind, chart]) => {
    const { ours, legend, data } = chart;
    return [kind, digits(ours.layout), digits(legend.layout), digits(data.layout), times(ratio(chart)), digits(ours.frame), digits(Math.min(legend.frame, data.frame))];
  });
  const ratios = Object.values(charts).map(ratio);
  const [least, mean] = [Math.min(...ratios), geometricMean(ratios)];
  return {
    table: table(['milliseconds', 'Dabiao', 'echarts, legend', 'echarts, data', 'faster by', 'to the frame: Dabiao', 'echarts'], rows),
    verdicts: [
      [`each chart at least ${GOAL.each} times as fast`, times(least), least >= GOAL.each],
      [`geometric mean at least ${GOAL.mean} times`, times(mean), mean >= GOAL.mean],
    ],
  };
}
