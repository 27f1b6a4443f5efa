// Whatever kills the browser, the page or the visit: what the page had called saved is there afterwards.

import assert from "node:assert/strict";
import { mkdtemp, readFile, readdir, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { SITE, TOWN, ready, serve } from "../browser/harness.mjs";
import { ARGUMENTS, CHROMIUM, SEED, assessments, chance, chromium, fields, pause, spread, trials, watchClaims } from "./common.mjs";

const FILL = `#/s/${TOWN.standard}/fill`;
const EACH = trials(6);
const LONGEST = 2_000;

let server;
before(async () => {
  server = await serve(SITE);
});
after(() => server?.close());

/** A browser with a profile on the disk, which outlives it. */
class Visit {
  constructor(profile) {
    this.profile = profile;
    this.claims = [];
  }

  async start() {
    this.context = await chromium.launchPersistentContext(this.profile, {
      executablePath: CHROMIUM, headless: true, args: ARGUMENTS, locale: "zh-CN", viewport: { width: 1280, height: 900 },
    });
    this.context.setDefaultTimeout(15_000);
    await this.context.exposeBinding("claimed", (_, claim) => this.claims.push(claim));
    await this.context.addInitScript(watchClaims);
    this.page = this.context.pages()[0] ?? (await this.context.newPage());
    return this;
  }

  /** Opens the list in a page of its own, or again in the page that is there. */
  async open() {
    if (this.page.isClosed()) this.page = await this.context.newPage();
    await this.page.goto("about:blank");
    await this.page.goto(`${server.origin}/${FILL}`);
    await ready(this.page);
    await this.page.locator("article.clause").first().waitFor();
  }

  /** Kills every process of the browser at once, as if the computer had run out of memory. */
  async kill() {
    const family = await processes(this.profile);
    assert.ok(family.length > 1, "the browser's processes are known");
    for (const pid of family) {
      try {
        process.kill(pid, "SIGKILL");
      } catch {
        // Its parent's end was its own.
      }
    }
    await this.context.close().catch(() => {});
    for (let tries = 0; tries < 200 && (await processes(this.profile)).length > 0; tries += 1) await pause(10);
  }
}

/** The processes of the browser with this profile: those that name it, and their descendants. */
async function processes(profile) {
  const found = new Map();
  for (const name of await readdir("/proc")) {
    if (!/^\d+$/.test(name)) continue;
    try {
      const [line, status] = await Promise.all([readFile(`/proc/${name}/cmdline`, "utf8"), readFile(`/proc/${name}/stat`, "utf8")]);
      const [state, parent] = status.slice(status.lastIndexOf(")") + 2).split(" ");
      if (state !== "Z") found.set(Number(name), { parent: Number(parent), isNamed: line.split("\0").includes(`--user-data-dir=${profile}`) });
    } catch {
      // It has ended meanwhile.
    }
  }
  const family = new Set([...found].filter(([, { isNamed }]) => isNamed).map(([pid]) => pid));
  for (let size = -1; size !== family.size;) {
    size = family.size;
    for (const [pid, { parent }] of found) if (family.has(parent)) family.add(pid);
  }
  return [...family];
}

/** The ways to leave a page. */
const WAYS = {
  close: (visit) => visit.page.close(),
  "close with unload": async (visit) => {
    await visit.page.close({ runBeforeUnload: true });
    for (let tries = 0; tries < 500 && !visit.page.isClosed(); tries += 1) await pause(10);
  },
  blank: (visit) => visit.page.goto("about:blank"),
  reload: (visit) => visit.page.reload({ waitUntil: "commit" }),
  back: (visit) => visit.page.goBack({ waitUntil: "commit" }),
  "first screen": (visit) => visit.page.evaluate(() => (location.hash = "#/")),
  "another standard": (visit) => visit.page.evaluate(() => (location.hash = "#/s/quxian-county-seat-2024/fill")),
  "close the context": async (visit) => {
    await visit.context.close();
    await visit.start();
  },
};

/** How the three kinds end a visit. */
const KINDS = {
  "the whole browser killed": async (visit) => {
    await visit.kill();
    await visit.start();
    return "kill";
  },
  "the renderer crashed": async (visit) => {
    const session = await visit.context.newCDPSession(visit.page);
    const crashed = new Promise((done) => visit.page.once("crash", done));
    session.send("Page.crash").catch(() => {});
    await crashed;
    await visit.page.close();
    return "crash";
  },
  "the page left": async (visit, random) => {
    const ways = Object.keys(WAYS);
    // Closing the whole context costs a new browser, so it is tried less often.
    const way = random.below(40) === 0 ? "close the context" : random.pick(ways.slice(0, -1));
    await WAYS[way](visit);
    return way;
  },
};

for (const [number, [kind, end]] of Object.entries(KINDS).entries()) {
  test(`${kind}: nothing that was called saved is lost (${EACH} trials)`, { timeout: 60_000 + EACH * 15_000 }, async () => {
    const seed = SEED + number;
    const random = chance(seed);
    const profile = await mkdtemp(join(tmpdir(), "dabiao-kill-"));
    const visit = await new Visit(profile).start();
    // What each figure must hold: what the page showed when it was last opened, or a value typed since. A
    // figure can stand in several rows; the end of a field's id is its number.
    const figure = (id) => id.split("-").at(-1);
    const model = new Map();
    const tally = { saved: 0, unsaved: 0, unsavedThere: 0, lost: [], broken: [], latencies: [], ways: {} };
    try {
      await visit.open();
      const ids = Object.keys(await fields(visit.page));
      for (let trial = 0; trial < EACH; trial += 1) {
        const id = random.pick(ids);
        const value = String(1_000_000 + number * 100_000 + trial);
        // More of the short waits: that is when something is being written.
        const wait = LONGEST * random() ** 2;
        const typesKeys = random.below(4) === 0;
        visit.claims.length = 0;
        const input = visit.page.locator(`[id="${id}"]`);
        if (typesKeys) {
          await input.fill("");
          await input.pressSequentially(value);
        } else {
          await input.fill(value);
        }
        await pause(wait);
        const way = await end(visit, random);
        const isSaved = visit.claims.some((claim) => claim.id === id && claim.value === value);
        tally.latencies.push(...visit.claims.filter((claim) => claim.value === value).map((claim) => claim.after));
        tally.ways[way] = (tally.ways[way] ?? 0) + 1;

        await visit.open();
        const [shown, kept] = [await fields(visit.page), (await assessments(visit.page, TOWN.standard))[TOWN.standard]];
        const isShown = shown[id] === value;
        const isKept = Object.values(kept?.figures ?? {}).includes(value);
        const where = `trial ${trial}: ${id} = ${value}, ${way} after ${wait.toFixed(0)} ms`;
        if (isSaved) {
          tally.saved += 1;
          if (!isShown || !isKept) tally.lost.push(`${where} (on screen ${shown[id]}, kept ${isKept})`);
        } else {
          tally.unsaved += 1;
          tally.unsavedThere += Number(isShown);
          // What was there before, or as far as the typing had come: nothing else.
          const couldBe = [value, model.get(figure(id)) ?? "", ...(typesKeys ? [...value].map((_, end) => value.slice(0, end)) : [])];
          if (!couldBe.includes(shown[id])) tally.broken.push(`${where}: shows ${shown[id]}, before ${model.get(figure(id))}`);
        }
        // Nothing else has changed either.
        for (const [other, expected] of model) {
          const there = Object.keys(shown).filter((field) => figure(field) === other).map((field) => shown[field]);
          if (other !== figure(id) && there.some((text) => text !== expected)) tally.broken.push(`${where}: figure ${other} was ${expected}, is ${there}`);
        }
        // Someone who sees what is there goes on from that; half a number that was typed is no loss unless a whole one was saved.
        model.set(figure(id), shown[id]);
        const alerts = await visit.page.locator(".notice[role=alert]").allTextContents();
        if (process.env.DABIAO_VERBOSE) console.error(`${where}; ${isSaved ? "called saved" : "not called saved"}, ${isShown ? "there" : "not there"}`);
        if (alerts.length > 0) tally.broken.push(`${where}: ${alerts.join("; ")}`);
      }
    } finally {
      await visit.context.close().catch(() => {});
      await rm(profile, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 });
    }
    console.log(`${kind}, seed ${seed}: ${EACH} trials; ${tally.saved} called saved, ${tally.lost.length} of them lost; `
      + `${tally.unsaved} not yet called saved, ${tally.unsavedThere} of them there all the same; ways ${JSON.stringify(tally.ways)}`);
    console.log(`  edit to saved, ms: ${spread(tally.latencies)}`);
    assert.deepEqual(tally.lost.slice(0, 20), []);
    assert.deepEqual(tally.broken.slice(0, 20), []);
    assert.ok(EACH < 20 || (tally.saved > 0 && tally.unsaved > 0), "both sides of the moment were met");
  });
}
