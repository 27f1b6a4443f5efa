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
  // Only a page that is one file has a code.
  code: async () => "",
};

// On https, what was opened once works without a network. On plain http browsers offer none of this.
if (isSecureContext && location.protocol === "https:") navigator.serviceWorker?.register("./service.js").catch(() => {});

const start = async () => {
  // The storage opens while the program arrives.
  dabiaoStore.get("").catch(() => {});
  if (!(await dabiaoRecovery.plain())) await init({ module_or_path: "{{wasm}}" });
};
start().catch((error) => globalThis.dabiaoTooOld(error));
