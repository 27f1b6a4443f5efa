// Starts the program. If it cannot start, says what to do in place of a page that never answers.
import init from "{{script}}";

// The page's security policy lets a script be named only through this, and this names one file.
const policy = globalThis.trustedTypes?.createPolicy("dabiao-worker", {
  createScriptURL: (url) => {
    if (url !== "{{worker}}") throw new TypeError("not a worker of this page");
    return url;
  },
});
const trusted = (url) => (policy ? policy.createScriptURL(url) : url);

// Parts of the program that are fetched when they are first needed.
globalThis.dabiaoParts = {
  lint: async () => {
    const part = await import("{{lint}}");
    await part.default({ module_or_path: "{{lint_wasm}}" });
    return part;
  },
  planner: async () => {
    const part = await import("{{planner}}");
    await part.default({ module_or_path: "{{planner_wasm}}" });
    return part;
  },
  // A worker that solves one question and is thrown away: `terminate` is the way to cancel it.
  worker: () => new Worker(trusted("{{worker}}"), { type: "module" }),
};

init({ module_or_path: "{{wasm}}" }).catch((error) => {
  const notice = document.createElement("p");
  notice.className = "notice error";
  notice.setAttribute("role", "alert");
  notice.textContent =
    "无法启动：浏览器可能太旧，或文件不完整。请换用较新的 Edge、Chrome、Firefox，或在 360 等浏览器中切换到极速模式。" +
    " Cannot start: the browser may be too old or a file is missing. Use a recent Edge, Chrome or Firefox. (" + error + ")";
  document.getElementById("app").append(notice);
});
