// What the trials share: chance that can be repeated, an eye on what a page says of keeping, and a way
// to look at what is kept.

import { createRequire } from "node:module";
import { performance } from "node:perf_hooks";

/** The playwright that the browser tests use. */
export const { chromium } = createRequire(import.meta.url)("playwright-core");
/** Where Chromium is. */
export const CHROMIUM = process.env.DABIAO_CHROMIUM ?? "/usr/bin/chromium";
/** How a browser is started, as in the browser tests. */
export const ARGUMENTS = [
  "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update",
  "--disable-sync",
];
/** The first number of the chance; another one gives other trials. */
export const SEED = Number(process.env.DABIAO_SEED ?? 20260101);
/** How many times as many trials as in a short run; or, with `n`, how many. */
const WANTED = process.env.DABIAO_TRIALS ?? "1";

/** How many trials: `short` times the wanted factor, or the number after `=`. */
export function trials(short) {
  return WANTED.startsWith("=") ? Number(WANTED.slice(1)) : Math.max(1, Math.round(short * Number(WANTED)));
}

/** Chance that can be repeated (mulberry32): numbers from 0 up to 1. */
export function chance(seed) {
  let state = seed >>> 0;
  const next = () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
  next.below = (bound) => Math.floor(next() * bound);
  next.pick = (list) => list[next.below(list.length)];
  return next;
}

/** Waits. */
export const pause = (milliseconds) => new Promise((done) => setTimeout(done, milliseconds));

/** The value at this share of the sorted values. */
export function percentile(values, share) {
  const sorted = [...values].sort((one, other) => one - other);
  return sorted.length === 0 ? NaN : sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))];
}

/** p50, p95 and the largest, in words. */
export function spread(values, digits = 0) {
  const [middle, most, largest] = [0.5, 0.95, 1].map((share) => percentile(values, share).toFixed(digits));
  return `p50 ${middle}, p95 ${most}, max ${largest} (${values.length} values)`;
}

/** How long something took, in milliseconds, with its answer. */
export async function timed(body) {
  const start = performance.now();
  const answer = await body();
  return [performance.now() - start, answer];
}

/**
 * Runs in the page before anything else: reports through `claimed` whenever the page says that the text
 * last typed into a field is saved. Strict against the page: the claim counts from the moment it stands in
 * the document, and only if the page has said since the edit that it is saving.
 */
export function watchClaims() {
  const SAVING = /正在保存/;
  const SAVED = /已保存 \d\d:\d\d/;
  const edits = new Map();
  const look = () => {
    const status = document.querySelector(".top-bar .saved")?.textContent ?? "";
    if (SAVING.test(status)) for (const edit of edits.values()) edit.wasSaving = true;
    if (!SAVED.test(status)) return;
    for (const [id, edit] of edits) {
      if (!edit.wasSaving || document.getElementById(id)?.value !== edit.value) continue;
      edits.delete(id);
      window.claimed?.({ id, value: edit.value, after: performance.now() - edit.at, hash: location.hash });
    }
  };
  document.addEventListener("input", ({ target }) => {
    if (!target.id?.startsWith("f-")) return;
    edits.set(target.id, { value: target.value, at: performance.now(), wasSaving: false });
  }, true);
  const watch = () => {
    new MutationObserver(look).observe(document.documentElement, { subtree: true, childList: true, characterData: true });
    const frame = () => {
      look();
      requestAnimationFrame(frame);
    };
    requestAnimationFrame(frame);
  };
  if (document.documentElement) watch();
  else document.addEventListener("DOMContentLoaded", watch);
}

/** The texts of all figures on the fill tab, by the id of the field. */
export function fields(page) {
  return page.locator("input[inputmode=decimal]").evaluateAll((inputs) => Object.fromEntries(inputs.map(({ id, value }) => [id, value])));
}

/** The figure behind each field of the fill tab, by the names that are kept for the plain table. */
export async function figureOf(page, standard) {
  let names = null;
  // They are written a moment after the assessment is opened.
  for (let tries = 0; tries < 100 && !names; tries += 1) {
    names = (await everything(page))[`names/${standard}`];
    if (!names) await pause(50);
  }
  const byName = new Map(Object.entries(names).map(([figure, name]) => [name, figure]));
  const labels = await page.locator("input[inputmode=decimal]").evaluateAll((inputs) => inputs.map((input) => [input.id, input.labels[0]?.textContent.trim()]));
  return Object.fromEntries(labels.filter(([, label]) => byName.has(label)).map(([id, label]) => [id, byName.get(label)]));
}

/** Everything that this browser keeps, by key, as JSON. Reads the database itself, not through the page's code. */
export function everything(page) {
  return page.evaluate(() => new Promise((resolve, reject) => {
    const opening = (window.realIndexedDB ?? indexedDB).open("dabiao.v1");
    opening.onerror = () => reject(opening.error);
    opening.onsuccess = () => {
      const database = opening.result;
      const kept = {};
      if (!database.objectStoreNames.contains("records")) {
        database.close();
        return resolve(kept);
      }
      const request = database.transaction("records").objectStore("records").openCursor();
      request.onerror = () => reject(request.error);
      request.onsuccess = ({ target: { result: cursor } }) => {
        if (cursor) {
          try {
            kept[cursor.key] = JSON.parse(cursor.value.text);
          } catch {
            kept[cursor.key] = null;
          }
          cursor.continue();
        } else {
          database.close();
          resolve(kept);
        }
      };
    };
  }));
}

/** The records of all kept assessments of a standard, the copies too, by id. */
export async function assessments(page, standard) {
  const kept = await everything(page);
  const own = Object.entries(kept).filter(([key]) => key === `assessment/${standard}` || key.startsWith(`assessment/${standard}~`));
  return Object.fromEntries(own.map(([key, head]) => [key.slice("assessment/".length), head?.record ?? null]));
}
