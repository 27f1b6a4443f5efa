// What is left when the program stops: a bar with the way back, drawn without the program.
//
// A panic in WebAssembly leaves a page that looks alive and is dead. So every call into the program goes
// through `guard`: the first one that fails is the last one that is made.
globalThis.dabiaoRecovery = (() => {
  const KEY = "dabiao.v1.stopped";
  // Two stops within so many milliseconds on one assessment: the page opens it as a plain table.
  const SOON = 60_000;
  const isEnglish = () => document.documentElement.lang === "en";
  const say = (zh, en) => (isEnglish() ? en : zh);
  const openId = () => decodeURIComponent(location.hash).match(/^#\/s\/([^/]+)/)?.[1] ?? null;

  let message = "";
  let isStopped = false;

  const remember = (value) => {
    try {
      if (value === null) sessionStorage.removeItem(KEY);
      else sessionStorage.setItem(KEY, JSON.stringify(value));
    } catch {
      // Without it the page opens as usual.
    }
  };
  const remembered = () => {
    try {
      return JSON.parse(sessionStorage.getItem(KEY));
    } catch {
      return null;
    }
  };

  const element = (name, properties, ...children) => {
    const made = Object.assign(document.createElement(name), properties);
    made.append(...children);
    return made;
  };
  const clock = (milliseconds) => {
    const date = new Date(milliseconds);
    return [date.getHours(), date.getMinutes()].map((part) => String(part).padStart(2, "0")).join(":");
  };
  const kept = async (id) => {
    try {
      const [, text] = (await dabiaoStore.get(`assessment/${id}`)) ?? [];
      return text ? JSON.parse(text) : null;
    } catch {
      return null;
    }
  };
  const download = (name, text) => {
    const url = URL.createObjectURL(new Blob([text], { type: "application/json" }));
    element("a", { href: url, download: name }).click();
    setTimeout(() => URL.revokeObjectURL(url), 10_000);
  };
  const reload = () => location.reload();

  const draw = async (isAgain) => {
    const id = openId();
    for (const root of document.querySelectorAll("#app, #workbench")) root.inert = true;
    const time = element("span");
    const actions = element("p", { className: "recovery-actions" });
    const bar = element(
      "div", { className: "recovery" },
      element("p", {}, element("strong", { textContent: say("程序出错，已经停下。", "The program failed and has stopped.") }), " ", time),
      actions,
      element("details", {}, element("summary", { textContent: say("错误内容", "What went wrong") }), element("pre", { textContent: message })),
    );
    bar.setAttribute("role", "alert");
    const back = element("button", { type: "button", textContent: say("恢复并继续", "Restore and go on"), onclick: reload });
    actions.append(back);
    document.body.prepend(bar);
    back.focus();
    const draft = id && (await kept(id));
    if (!draft) return;
    const at = clock(draft.saved);
    time.textContent = say(`${at} 保存的内容都在。`, `What was saved at ${at} is safe.`);
    back.textContent = say(`恢复到 ${at} 的草稿`, `Restore the draft of ${at}`);
    if (isAgain) {
      actions.prepend(element("button", {
        type: "button",
        textContent: say("用简单表格打开", "Open as a plain table"),
        onclick: () => {
          remember({ id, at: Date.now(), isPlain: true });
          reload();
        },
      }));
    }
    actions.append(element("button", {
      type: "button",
      className: "quiet",
      textContent: say("下载草稿", "Download the draft"),
      onclick: () => download(`${id}.dabiao.json`, JSON.stringify(draft.record)),
    }));
  };

  const stop = (error) => {
    if (isStopped) return;
    isStopped = true;
    message ||= String(error?.stack ?? error);
    const [id, before, now] = [openId(), remembered(), Date.now()];
    const isAgain = Boolean(id) && before?.id === id && now - before.at < SOON;
    remember({ id, at: now });
    draw(isAgain);
  };

  // The assessment as a plain table: figures by name, kept as they are typed. Nothing of the program runs.
  const plainTable = async (id) => {
    const [revision, text] = (await dabiaoStore.get(`assessment/${id}`)) ?? [0, null];
    const app = document.getElementById("app");
    const leave = () => {
      remember(null);
      reload();
    };
    const full = element("button", { type: "button", textContent: say("重新打开完整页面", "Open the full page again"), onclick: leave });
    if (!text) {
      leave();
      return;
    }
    const draft = JSON.parse(text);
    const names = JSON.parse((await dabiaoStore.get(`names/${draft.record.standard}`))?.[1] ?? "{}");
    const status = element("span", { className: "saved" });
    status.setAttribute("role", "status");
    let [current, queue] = [revision, Promise.resolve()];
    const keep = (figure, value) => {
      if (value) draft.record.figures[figure] = value;
      else delete draft.record.figures[figure];
      draft.record.touched = true;
      draft.saved = Date.now();
      queue = queue.then(async () => {
        const printed = JSON.stringify(draft);
        try {
          const isDone = await dabiaoStore.commit(`assessment/${id}`, current, [[`assessment/${id}`, current + 1, printed]], []);
          if (isDone) current += 1;
          status.textContent = isDone
            ? say(`已保存 ${clock(draft.saved)}`, `Saved at ${clock(draft.saved)}`)
            : say("另一个窗口改了这份评估，这里未保存；请下载草稿。", "Another window changed this assessment; not saved here. Download the draft.");
        } catch (error) {
          status.textContent = say(`未能保存（${error}），请下载草稿。`, `Not saved (${error}). Download the draft.`);
        }
      });
    };
    const ids = [...new Set([...Object.keys(names), ...Object.keys(draft.record.figures)])];
    const rows = ids.map((figure) => {
      const input = element("input", { type: "text", value: draft.record.figures[figure] ?? "", id: `plain-${figure}` });
      input.addEventListener("change", () => keep(figure, input.value));
      return element("tr", {}, element("td", {}, element("label", { htmlFor: input.id, textContent: names[figure] ?? figure })), element("td", {}, input));
    });
    const save = element("button", {
      type: "button", className: "quiet", textContent: say("下载草稿", "Download the draft"),
      onclick: () => download(`${id}.dabiao.json`, JSON.stringify(draft.record)),
    });
    app.replaceChildren(element(
      "main", { className: "plain", id: "content" },
      element("h1", { textContent: draft.record.title || id }),
      element("p", { textContent: say("完整页面连续出错，这里先用简单表格填写；不判断是否达标。", "The full page failed twice. Here the figures can be filled in plainly, without verdicts.") }),
      element("p", { className: "recovery-actions" }, full, save, status),
      element("table", {}, element("tbody", {}, ...rows)),
    ));
  };

  return {
    // The exports of a program, so that the first call that fails is the last one.
    guard(exports) {
      const guarded = {};
      for (const [name, value] of Object.entries(exports)) {
        guarded[name] = typeof value !== "function" ? value : (...parameters) => {
          if (isStopped) return undefined;
          try {
            return value(...parameters);
          } catch (error) {
            stop(error);
            throw error;
          }
        };
      }
      return guarded;
    },

    // What the program says before it stops.
    note(text) {
      message ||= text;
    },

    // Opens the plain table if this page was asked to. True if it did, and the program must not start.
    async plain() {
      const wanted = remembered();
      if (!wanted?.isPlain || wanted.id !== openId()) return false;
      await plainTable(wanted.id);
      return true;
    },
  };
})();
