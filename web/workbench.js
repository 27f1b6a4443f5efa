// Starts the planner's part of the program, and its workers.
import init, * as part from "{{workbench}}";

// The page's security policy lets a script be named only through this, and this names one file.
const policy = globalThis.trustedTypes?.createPolicy("dabiao-worker", {
  createScriptURL: (url) => {
    if (url !== "{{worker}}") throw new TypeError("not a worker of this page");
    return url;
  },
});

// A worker that solves one question and is thrown away: `terminate` is the way to cancel it.
globalThis.dabiaoParts.worker = () => new Worker(policy ? policy.createScriptURL("{{worker}}") : "{{worker}}", { type: "module" });

// Without its style the planner would work all the same.
const styled = new Promise((done) => {
  const link = document.createElement("link");
  Object.assign(link, { rel: "stylesheet", href: "{{workbench_style}}", onload: done, onerror: done });
  document.head.append(link);
});

export const ready = Promise.all([init({ module_or_path: "{{workbench_wasm}}" }), styled]).then(() => part);
