// What the browser tests share: a server for the built site, a Chromium, and a page that keeps
// record of everything that a page of this project must not do.

import assert from "node:assert/strict";
import { createReadStream } from "node:fs";
import { mkdir, readdir, stat } from "node:fs/promises";
import { createServer } from "node:http";
import { createRequire } from "node:module";
import { extname, join, normalize, resolve, sep } from "node:path";
import { fileURLToPath } from "node:url";

// `import` does not look at NODE_PATH; `require` does.
const { chromium } = createRequire(import.meta.url)("playwright-core");

/** The root of the repository. */
export const ROOT = fileURLToPath(new URL("../../", import.meta.url));
/** The folder of the built site. */
export const SITE = resolve(process.env.DABIAO_SITE ?? join(ROOT, "dist/site"));
/** The folder of the packages for other pages. */
export const EMBED = join(ROOT, "dist/embed");

/** The built-in standards, with what their documents and the files in `seeds/` say of them. */
export const STANDARDS = [
  { standard: "quxian-central-town-2021", number: "渠府办〔2021〕176号", clauses: 124, contradictions: 30 },
  { standard: "quxian-county-seat-2024", number: "渠府办〔2024〕1号", clauses: 106, contradictions: 34 },
  { standard: "wenshang-refined-town-2022", number: "汶政办字〔2022〕20号", clauses: 212, contradictions: 28 },
  { standard: "sichuan-urbanisation-2022", number: "", clauses: 291, contradictions: 30 },
  { standard: "daan-demonstration-town-2023", number: "大政办发〔2023〕3号", clauses: 150, contradictions: 22 },
];
/** The real example and its standard. */
export const COUNTY = { sample: "quxian-county-seat-2022", standard: "quxian-county-seat-2024" };
/** The invented example and its standard. */
export const TOWN = { sample: "invented-central-town", standard: "quxian-central-town-2021" };

/** A Chinese character. */
export const CJK = /[\u3400-\u9fff\uf900-\ufaff]/u;

const WAIT = 10_000;
const ARGUMENTS = [
  "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update",
  "--disable-sync",
];
const TYPES = {
  ".css": "text/css; charset=utf-8",
  ".html": "text/html; charset=utf-8",
  ".js": "text/javascript; charset=utf-8",
  ".json": "application/json",
  ".svg": "image/svg+xml",
  ".wasm": "application/wasm",
};

/** Serves a folder on this computer, under a free port. */
export async function serve(folder, extra = {}) {
  const asked = [];
  const server = createServer(async (request, response) => {
    const path = decodeURIComponent(new URL(request.url, "http://127.0.0.1").pathname);
    asked.push(path);
    if (Object.hasOwn(extra, path)) {
      response.writeHead(200, { "content-type": TYPES[".html"] }).end(extra[path]);
      return;
    }
    const file = normalize(join(folder, path.endsWith("/") ? `${path}index.html` : path));
    const found = file.startsWith(folder + sep) && (await stat(file).catch(() => null))?.isFile();
    if (!found) {
      response.writeHead(404, { "content-type": "text/plain" }).end("not here");
      return;
    }
    response.writeHead(200, { "content-type": TYPES[extname(file)] ?? "application/octet-stream", "cache-control": "no-store" });
    createReadStream(file).pipe(response);
  });
  await new Promise((done) => server.listen(0, "127.0.0.1", done));
  return {
    origin: `http://127.0.0.1:${server.address().port}`,
    asked,
    close: () => new Promise((done) => {
      server.close(done);
      server.closeAllConnections();
    }),
  };
}

/** Starts a Chromium. */
export function launch() {
  return chromium.launch({ executablePath: process.env.DABIAO_CHROMIUM ?? "/usr/bin/chromium", headless: true, args: ARGUMENTS });
}

/**
 * Starts a server and a Chromium before the tests of a file and stops them afterwards.
 * Every test gets pages of its own through `open`.
 */
export function fixture({ before, after }) {
  const world = { server: null, browser: null, pages: [] };
  before(async () => {
    world.server = await serve(SITE);
    world.browser = await launch();
  });
  after(async () => {
    await world.browser?.close();
    await world.server?.close();
  });
  world.open = (options = {}) => openPage(world.browser, { origin: world.server.origin, ...options });
  return world;
}

/** Opens the first screen (or `hash`) in a browser profile of its own and waits until the app is there. */
export async function openPage(browser, options) {
  const { origin, path = "/", hash = "", locale = "zh-CN", colorScheme = "light", width = 1280, height = 900, init = null } = options;
  const context = await browser.newContext({ locale, colorScheme, viewport: { width, height }, acceptDownloads: true });
  context.setDefaultTimeout(WAIT);
  const record = { consoleErrors: [], pageErrors: [], violations: [], requests: [], failed: [] };
  await context.exposeBinding("reportViolation", (_, violation) => record.violations.push(violation));
  await context.addInitScript(() => {
    document.addEventListener("securitypolicyviolation", (event) => {
      window.reportViolation(`${event.violatedDirective}: ${event.blockedURI} ${event.sample}`);
    });
  });
  if (init) await context.addInitScript(init);
  const page = await context.newPage();
  page.on("console", (message) => {
    if (message.type() === "error" || message.type() === "warning") record.consoleErrors.push(`${message.type()}: ${message.text()} at ${message.location().url}`);
  });
  page.on("pageerror", (error) => record.pageErrors.push(String(error)));
  context.on("request", (request) => record.requests.push(request.url()));
  context.on("requestfailed", (request) => record.failed.push(`${request.url()}: ${request.failure()?.errorText}`));
  page.record = record;
  await page.goto(`${origin}${path}${hash}`);
  await ready(page);
  return page;
}

/** Waits until the program has taken the place of the painted shell. */
export async function ready(page) {
  await page.locator("header.top-bar button").first().waitFor();
}

/** Closes a page after making sure that nothing went wrong behind the scenes. */
export async function close(page) {
  const { consoleErrors, pageErrors, violations, failed } = page.record;
  await page.context().close();
  assert.deepEqual({ consoleErrors, pageErrors, violations, failed }, { consoleErrors: [], pageErrors: [], violations: [], failed: [] });
}

/** Runs a test with a page, and looks at the page's record at the end. */
export async function withPage(world, options, body) {
  const page = await world.open(options);
  let passed = false;
  try {
    await body(page);
    passed = true;
  } finally {
    if (!passed) await page.context().close();
  }
  await close(page);
}

/** Opens an example from the first screen. */
export async function openSample(page, { sample }) {
  await page.locator(`button[data-sample="${sample}"]`).click();
  await page.locator(".summary").waitFor();
  await page.locator("article.clause").first().waitFor();
}

/** Goes to a tab: fill, table, charts, missing or about. */
export async function openTab(page, tab) {
  await page.locator(`.tabs a[href$="/${tab}"]`).click();
  await page.locator(`main.tab-${tab}`).waitFor();
}

/** The row of a clause. */
export function row(page, clause) {
  return page.locator(`#c-${clause}`);
}

/** The input of a figure in the row of a clause, by its printed name. */
export function field(page, clause, label) {
  return row(page, clause).getByLabel(label, { exact: true });
}

/** The box around a field, with its message. */
export function fieldBox(input) {
  return input.locator("xpath=ancestor::div[contains(concat(' ', @class, ' '), ' field ')][1]");
}

/** The message beside a field. */
export function message(input) {
  return fieldBox(input).locator(".field-message");
}

/** Opens the reasons of a clause. */
export async function openClause(page, clause) {
  const name = row(page, clause).locator(".clause-name");
  if ((await name.getAttribute("aria-expanded")) !== "true") await name.click();
  await row(page, clause).locator(".detail").waitFor();
  return row(page, clause).locator(".detail");
}

/** The section of a detail with this heading. */
export function section(detail, heading) {
  return detail.locator(".detail-section").filter({ has: detail.page().getByRole("heading", { name: heading, exact: true }) });
}

/** The counts of the summary, by verdict. */
export function counts(page) {
  return page.locator(".summary-counts").evaluate((group) => {
    const count = (verdict) => Number(group.querySelector(`.count.${verdict} strong`)?.textContent ?? 0);
    return {
      met: count("met"), notMet: count("not-met"), unknown: count("unknown"), notApplicable: count("not-applicable"),
      notJudged: count("not-judged"),
    };
  });
}

/** The verdict of every row, by clause, as its chip says. */
export function verdicts(page) {
  return page.locator("article.clause").evaluateAll((rows) => Object.fromEntries(rows.map((row) => {
    const chip = row.querySelector(".clause-outcome .chip");
    return [row.id.slice(2), [...chip.classList].find((name) => name !== "chip")];
  })));
}

/** How many clauses count. */
export function applicable({ met, notMet, unknown }) {
  return met + notMet + unknown;
}

/** Waits until a question is answered with something true; says what was last seen if it never is. */
export async function until(what, question, milliseconds = WAIT) {
  const end = Date.now() + milliseconds;
  let last;
  for (;;) {
    last = await question();
    if (last) return last;
    if (Date.now() > end) assert.fail(`waited in vain for: ${what}`);
    await new Promise((done) => setTimeout(done, 20));
  }
}

/** Waits until something equals what it should. */
export async function equalsSoon(question, expected, what = "", milliseconds = WAIT) {
  const end = Date.now() + milliseconds;
  for (;;) {
    const actual = await question();
    try {
      assert.deepEqual(actual, expected, what || undefined);
      return;
    } catch (error) {
      if (Date.now() > end) throw error;
    }
    await new Promise((done) => setTimeout(done, 20));
  }
}

/** Waits until a text fits. */
export async function matchesSoon(locator, pattern, milliseconds = WAIT) {
  const end = Date.now() + milliseconds;
  for (;;) {
    const text = (await locator.count()) > 0 ? await locator.first().innerText() : "(nothing there)";
    if (pattern.test(text)) return text;
    if (Date.now() > end) assert.match(text, pattern);
    await new Promise((done) => setTimeout(done, 20));
  }
}

/** Waits until the page says that it is kept in this browser. */
export async function saved(page) {
  await matchesSoon(page.locator(".top-bar .saved"), /已保存 \d\d:\d\d|Saved at \d\d:\d\d/);
}

/** Changes the language of the page: 中文 or English. An open standard is fetched in it first. */
export async function language(page, name) {
  const button = page.locator("header.top-bar button", { hasText: name });
  if ((await button.count()) > 0) await button.click();
  await equalsSoon(() => page.locator("html").getAttribute("lang"), name === "English" ? "en" : "zh-CN");
  await until(`the standard in ${name}`, async () => {
    const standard = await page.locator(".top-standard").allTextContents();
    return standard.every((text) => CJK.test(text) === (name !== "English"));
  });
}

/** No scrolling sideways. */
export async function assertFits(page, where) {
  const [wanted, there] = await page.evaluate(() => [document.documentElement.scrollWidth, window.innerWidth]);
  assert.ok(wanted <= there, `${where}: ${wanted} px wide on a screen of ${there} px`);
}

/** What stands on the page in the language of the document, whatever the language of the page. */
const PRINTED = "[lang]:not(html), dd, .printed, .contradiction p, .detail-section p:not(.asks), pre, code";

/** Nothing on the page is in the other language, except quotes, titles, numbers and references as printed. */
export async function assertTranslated(page, where) {
  const [texts, foreign] = await page.evaluate((printed) => {
    const isEnglish = document.documentElement.lang === "en";
    const quoted = isEnglish
      ? /“[^”]*”|《[^》]*》|\S+〔\d{4}〕\d+号|[一二三四五六七八九十]*（[^）]{1,4}）|[附件一二三四五六七八九十]+(?=$|[\s-])/g
      : /“[^”]*”|\S+\.md/g;
    const wrong = isEnglish ? /\p{Script=Han}/u : /[a-z]{3}/;
    const texts = [];
    for (const element of document.querySelectorAll("#app *, #workbench *")) {
      if (element.closest(printed)) continue;
      texts.push(...[...element.childNodes].filter((node) => node.nodeType === Node.TEXT_NODE).map((node) => node.data));
      texts.push(element.getAttribute("aria-label") ?? "", element.getAttribute("placeholder") ?? "");
    }
    texts.push(document.title.replace("达标 Dabiao", ""));
    return [texts.length, texts.filter((text) => wrong.test(text.replace(quoted, "")))];
  }, PRINTED);
  assert.ok(texts > 20, where);
  assert.deepEqual([...new Set(foreign)].slice(0, 8), [], where);
}

/** Everything that a page asked for is a file of the site, asked for without a word more. */
export async function assertOwnFiles(page, { origin }) {
  const files = new Set(["/", ...(await readdir(SITE, { recursive: true })).map((file) => `/${file}`)]);
  assert.ok(page.record.requests.length >= 4, "the record is kept");
  for (const address of page.record.requests) {
    const url = new URL(address);
    if (url.protocol === "blob:" || url.protocol === "data:") continue;
    assert.equal(url.origin, origin, address);
    assert.ok(files.has(url.pathname), address);
    assert.equal(url.search, "", address);
  }
  assert.deepEqual(page.record.violations, []);
}

/** A picture for `docs/`, if pictures are wanted. */
export async function screenshot(page, name) {
  const wanted = process.env.DABIAO_SCREENSHOTS;
  if (!wanted) return;
  // Any path is a folder; anything else means the usual one.
  const folder = wanted.includes("/") ? wanted : join(ROOT, "docs");
  await mkdir(folder, { recursive: true });
  await page.screenshot({ path: join(folder, `${name}.png`), animations: "disabled" });
}

/** What this browser keeps under a key, as JSON; null if there is nothing. Reads the database itself, not through the page's code. */
export function storedRecord(page, key) {
  return page.evaluate((key) => new Promise((resolve, reject) => {
    const opening = indexedDB.open("dabiao.v1");
    opening.onerror = () => reject(opening.error);
    opening.onsuccess = () => {
      const database = opening.result;
      if (!database.objectStoreNames.contains("records")) return resolve(null);
      const request = database.transaction("records").objectStore("records").get(key);
      request.onerror = () => reject(request.error);
      request.onsuccess = () => {
        database.close();
        resolve(request.result ? JSON.parse(request.result.text) : null);
      };
    };
  }), key);
}

/** The draft of a standard as this browser keeps it. */
export async function storedDraft(page, { standard }) {
  return (await storedRecord(page, `assessment/${standard}`))?.record ?? null;
}

/** Waits until the kept draft of a standard is as it should be. */
export function kept(page, example, what, question) {
  return until(`${what} to be kept`, async () => {
    const draft = await storedDraft(page, example);
    return draft && question(draft) && draft;
  });
}

/** Presses Tab until something has the focus; fails if it cannot be reached so. */
export async function tabTo(page, selector, { key = "Tab", most = 200 } = {}) {
  for (let presses = 0; presses < most; presses += 1) {
    await page.keyboard.press(key);
    const there = await page.evaluate((selector) => {
      const focused = document.activeElement;
      if (!focused.matches(selector)) return false;
      if (!focused.matches(":focus-visible")) throw new Error(`the focus on ${selector} cannot be seen`);
      return true;
    }, selector);
    if (there) return presses + 1;
  }
  assert.fail(`${most} × ${key} do not lead to ${selector}`);
}
