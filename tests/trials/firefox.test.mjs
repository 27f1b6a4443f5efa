// The one-file page in Firefox, from a folder. Driven over Marionette, the protocol that every Firefox
// speaks, so that the distribution's own Firefox is what is seen. Skipped where there is none.

import assert from "node:assert/strict";
import { spawn, spawnSync } from "node:child_process";
import { copyFile, mkdtemp, rm } from "node:fs/promises";
import { connect } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import { fileURLToPath, pathToFileURL } from "node:url";

const FILE = fileURLToPath(new URL("../../dist/dabiao.html", import.meta.url));
const FIREFOX = process.env.DABIAO_FIREFOX ?? "firefox-esr";
const PORT = 2828;

/** A session of Marionette: every message is its length, a colon, and JSON. */
class Marionette {
  static async open(port) {
    for (let tries = 0; ; tries += 1) {
      try {
        const socket = connect(port, "127.0.0.1");
        await new Promise((resolve, reject) => socket.once("connect", resolve).once("error", reject));
        return new Marionette(socket);
      } catch (error) {
        if (tries > 100) throw error;
        await new Promise((later) => setTimeout(later, 200));
      }
    }
  }

  constructor(socket) {
    this.socket = socket;
    this.waiting = new Map();
    this.next = 1;
    let rest = Buffer.alloc(0);
    socket.on("data", (data) => {
      rest = Buffer.concat([rest, data]);
      for (;;) {
        const colon = rest.indexOf(58);
        if (colon < 0) return;
        const end = colon + 1 + Number(rest.subarray(0, colon));
        if (rest.length < end) return;
        const message = JSON.parse(rest.subarray(colon + 1, end));
        rest = rest.subarray(end);
        if (!Array.isArray(message)) continue;
        const [, id, error, result] = message;
        const { resolve, reject } = this.waiting.get(id);
        if (error) reject(new Error(error.message));
        else resolve(result);
      }
    });
  }

  send(name, parameters = {}) {
    const id = this.next++;
    const text = JSON.stringify([0, id, name, parameters]);
    return new Promise((resolve, reject) => {
      this.waiting.set(id, { resolve, reject });
      this.socket.write(`${Buffer.byteLength(text)}:${text}`);
    });
  }

  /** Runs a function in the page until it answers with something true. */
  async until(body, ...args) {
    const script = `
      const done = arguments[arguments.length - 1];
      const question = ${body};
      const ask = async () => {
        let answer;
        try { answer = await question(...[...arguments].slice(0, -1)); } catch { answer = null; }
        if (answer) done(answer); else setTimeout(ask, 20);
      };
      ask();`;
    return (await this.send("WebDriver:ExecuteAsyncScript", { script, args, scriptTimeout: 60_000 })).value;
  }
}

const isThere = spawnSync(FIREFOX, ["--version"]).status === 0;

test("the main job in Firefox, from a folder", { skip: isThere ? false : `${FIREFOX} is not installed` }, async (context) => {
  const folder = await mkdtemp(join(tmpdir(), "dabiao-firefox-"));
  await copyFile(FILE, join(folder, "dabiao.html"));
  const browser = spawn(FIREFOX, ["--marionette", "--headless", "--no-remote", "--profile", await mkdtemp(join(folder, "profile-"))], { stdio: "ignore" });
  try {
    const firefox = await Marionette.open(PORT);
    await firefox.send("WebDriver:NewSession", { capabilities: { alwaysMatch: { pageLoadStrategy: "none" } } });
    const start = Date.now();
    await firefox.send("WebDriver:Navigate", { url: pathToFileURL(join(folder, "dabiao.html")).href });
    await firefox.until(() => document.querySelector("header.top-bar button"));
    context.diagnostic(`usable after ${Date.now() - start} ms`);

    await firefox.until(() => document.querySelector('button[data-sample="invented-central-town"]')?.click() ?? true);
    const range = await firefox.until(() => document.querySelector("article.clause") && document.querySelector(".summary .range").textContent);
    assert.match(range, /60\.6%.81\.1%/);
    await firefox.until(() => /\d\d:\d\d/.test(document.querySelector(".top-bar .saved").textContent));
    for (const tab of ["table", "charts", "plan", "missing", "departments", "about", "files"]) {
      await firefox.until((tab) => {
        document.querySelector(`.tabs a[href$="/${tab}"]`).click();
        return document.querySelector(`main.tab-${tab}`);
      }, tab);
    }
    // A worker of the office module: report, result workbook, sheet to fill in.
    for (const position of [1, 2, 3]) {
      await firefox.until((position) => {
        document.querySelector(".export [role=status]").textContent = "";
        document.querySelectorAll(".file-list button")[position].click();
        return true;
      }, position);
      await firefox.until((extension) => document.querySelector(".export [role=status]").textContent.includes(extension), position === 1 ? ".docx" : ".xlsx");
    }
    // A worker of the planner.
    await firefox.until(() => {
      location.hash = location.hash.replace("/files", "/plan/cheapest");
      return document.querySelector(".solve button.primary");
    });
    await firefox.until(() => document.querySelector(".solve button.primary").click() ?? true);
    await firefox.until(() => document.querySelector(".plan-found"));

    const asked = await firefox.until(() => [performance.getEntriesByType("resource").map(({ name }) => name).filter((name) => !/^(blob|data):/.test(name))]);
    assert.deepEqual(asked, [[]], "nothing is asked for");
    await firefox.send("Marionette:Quit", { flags: ["eForceQuit"] }).catch(() => {});
  } finally {
    browser.kill("SIGKILL");
    await rm(folder, { recursive: true, force: true, maxRetries: 20, retryDelay: 200 });
  }
});
