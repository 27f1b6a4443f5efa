// Starts the program. If it cannot start, says what to do in place of a page that never answers.
import init from "{{script}}";

// Parts of the program that are fetched when they are first needed.
globalThis.dabiaoParts = {
  standard: async (file) => {
    const response = await fetch(`./standards/${file}`);
    if (!response.ok) throw new Error(`HTTP ${response.status}`);
    return response.arrayBuffer();
  },
  lint: async () => {
    const part = await import("{{lint}}");
    await part.default({ module_or_path: "{{lint_wasm}}" });
    return part;
  },
  workbench: async () => (await import("{{workbench_start}}")).ready,
};

const start = async () => {
  // The storage opens while the program arrives.
  dabiaoStore.get("").catch(() => {});
  if (!(await dabiaoRecovery.plain())) await init({ module_or_path: "{{wasm}}" });
};
start().catch((error) => {
  const notice = document.createElement("p");
  notice.className = "notice error";
  notice.setAttribute("role", "alert");
  notice.textContent =
    "无法启动：浏览器可能太旧，或文件不完整。请换用较新的 Edge、Chrome、Firefox，或在 360 等浏览器中切换到极速模式。" +
    " Cannot start: the browser may be too old or a file is missing. Use a recent Edge, Chrome or Firefox. (" + error + ")";
  document.getElementById("app").append(notice);
});
