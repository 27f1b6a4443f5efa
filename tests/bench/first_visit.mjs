// P3: the first visit over a slow line with a slow processor.

import { launch, open } from './browser.mjs';
import { digits, median, table, times } from './stats.mjs';

const CPU = 4;
const NETWORK = { downloadThroughput: 1.6e6 / 8, latency: 150 };
const GOAL = { paint: 4, usable: 1.8, bytes: 250, aim: 200 };

export async function run({ server, rounds, standard }) {
  const browser = await launch();
  const visits = {
    home: [server.address('ours'), '.ways'],
    form: [`${server.address('ours')}#/s/${standard.id}/fill`, '.clause input'],
    peer: [server.address('first_visit'), '.clause input'],
  };
  const taken = { home: [], form: [], peer: [] };
  for (let round = 0; round < rounds; round += 1) {
    for (const [name, [address, selector]] of Object.entries(visits)) taken[name].push(await visit(browser, address, selector));
  }
  await browser.close();
  const medians = (visits) => ({ paint: median(visits.map(({ paint }) => paint)), usable: median(visits.map(({ usable }) => usable)) });
  return {
    ...Object.fromEntries(Object.entries(taken).map(([name, visits]) => [name, medians(visits)])),
    bytes: { ours: server.weight('ours'), peer: server.weight('first_visit') },
  };
}

async function visit(browser, address, selector) {
  const { page, close } = await open(browser, { cpu: CPU, network: NETWORK });
  await page.goto(address, { waitUntil: 'commit' });
  const usable = await page.evaluate((selector) => bench.seen(selector), selector);
  const paint = await page.evaluate(() => new Promise((resolve) => {
    const observer = new PerformanceObserver((list) => list.getEntriesByName('first-contentful-paint').forEach(({ startTime }) => resolve(startTime)));
    observer.observe({ type: 'paint', buffered: true });
  }));
  await close();
  return { paint, usable };
}

export function report({ home, form, peer, bytes }) {
  const kilobytes = (count) => digits(count / 1000);
  const [paint, usable, weight] = [peer.paint / form.paint, peer.usable / form.usable, bytes.ours / 1000];
  return {
    table: table(['', 'Dabiao', 'peer app', 'by'], [
      ['first paint, home, ms', digits(home.paint), digits(peer.paint), times(peer.paint / home.paint)],
      ['home usable, ms', digits(home.usable), '–', '–'],
      ['first paint, straight to the form, ms', digits(form.paint), digits(peer.paint), times(paint)],
      ['form usable, ms', digits(form.usable), digits(peer.usable), times(usable)],
      ['everything a visit loads, the standard included, brotli, kB', kilobytes(bytes.ours), kilobytes(bytes.peer), times(bytes.peer / bytes.ours)],
    ]),
    verdicts: [
      [`first paint at least ${GOAL.paint} times as fast`, times(paint), paint >= GOAL.paint],
      [`form usable at least ${GOAL.usable} times as fast`, times(usable), usable >= GOAL.usable],
      [`everything at most ${GOAL.bytes} kB (aim ${GOAL.aim})`, `${kilobytes(bytes.ours)} kB`, weight <= GOAL.bytes],
    ],
  };
}
