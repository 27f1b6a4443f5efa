// Chromium, pages in it, and a probe in each page that takes the time.

import { createRequire } from 'node:module';
import { TOWN } from './model.mjs';

// Found through NODE_PATH, which `cargo xtask bench` sets.
const { chromium } = createRequire(import.meta.url)('playwright-core');

/** Starts Chromium. Frames come when they are ready and not at the screen's next refresh, so that a
 * measured frame is work and not waiting. */
export function launch() {
  const args = ['--no-sandbox', '--disable-frame-rate-limit'];
  return chromium.launch({ executablePath: process.env.DABIAO_CHROMIUM, args });
}

/** Opens a page for somebody who was never here. */
export async function open(browser, { cpu = 1, network = null } = {}) {
  const context = await browser.newContext({ locale: 'zh-CN', viewport: { width: 1440, height: 900 } });
  const page = await context.newPage();
  page.on('pageerror', (error) => {
    throw error;
  });
  const cdp = await context.newCDPSession(page);
  await page.addInitScript(probe);
  if (network) await cdp.send('Network.emulateNetworkConditions', { offline: false, uploadThroughput: -1, ...network });
  const slowDown = (rate) => cdp.send('Emulation.setCPUThrottlingRate', { rate });
  await slowDown(cpu);
  return { page, cdp, slowDown, close: () => context.close() };
}

/** Our page with an example in it. */
export async function openSample(page, address, sample = TOWN.sample) {
  await page.goto(address);
  await page.click(`[data-sample="${sample}"]`);
  await page.waitForSelector('.clause input');
}

/** Runs in the page. */
function probe() {
  // Runs something as a task of its own, after all microtasks.
  const task = (run) => {
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = run;
    port2.postMessage(0);
  };

  /** Milliseconds until the page is rewritten, laid out, and its frame handed over. */
  const follow = ({ isWritten, start, pressed = start }) =>
    new Promise((resolve) => {
      const sample = {};
      const layout = () => {
        if (sample.layout !== undefined) return;
        sample.written = performance.now() - start;
        document.body.getBoundingClientRect();
        sample.layout = performance.now() - start;
      };
      if (isWritten) layout();
      else task(layout);
      requestAnimationFrame(() => {
        layout();
        task(() => resolve({ ...sample, frame: performance.now() - pressed }));
      });
    });

  const bench = { keystroke: null };

  /** Follows what a function sets off. */
  bench.measure = (run) => {
    const start = performance.now();
    run();
    return follow({ isWritten: false, start });
  };

  /** When an element first matches. */
  bench.seen = (selector) =>
    new Promise((resolve) => {
      const look = () => document.querySelector(selector) && resolve(performance.now());
      new MutationObserver(look).observe(document, { childList: true, subtree: true });
      look();
    });

  // Writing and layout are counted from the `input` event, which is where a page begins to work, and
  // the frame from the key.
  let pressed = 0;
  let start = 0;
  addEventListener('keydown', (event) => (pressed = event.timeStamp), true);
  addEventListener('input', () => (start = performance.now()), true);
  // The window hears of an event last, when the listeners inside and their microtasks are done.
  addEventListener('input', () => (bench.keystroke = follow({ isWritten: true, start, pressed })));
  globalThis.bench = bench;
}
