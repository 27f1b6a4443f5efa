// Starts the workbench's part of the program, and its workers.
import init, * as part from "{{workbench}}";

// The page's security policy lets a script be named only through this, and this names two files.
const workers = ["{{worker}}", "{{office_worker}}"];
const policy = globalThis.trustedTypes?.createPolicy("dabiao-worker", {
  createScriptURL: (url) => {
    if (!workers.includes(url)) throw new TypeError("not a worker of this page");
    return url;
  },
});
const start = (url) => new Worker(policy ? policy.createScriptURL(url) : url, { type: "module" });

// A worker that solves one question and is thrown away: `terminate` is the way to cancel it.
globalThis.dabiaoParts.worker = () => start("{{worker}}");

globalThis.dabiaoParts.office = officeJob(() => start("{{office_worker}}"));

// Without its style the workbench would work all the same.
const styled = new Promise((done) => {
  const link = document.createElement("link");
  Object.assign(link, { rel: "stylesheet", href: "{{workbench_style}}", onload: done, onerror: done });
  document.head.append(link);
});

export const ready = Promise.all([init({ module_or_path: "{{workbench_wasm}}" }), styled]).then(() => part);
