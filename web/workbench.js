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

// One job of the office module, in a worker that is thrown away. What takes longer than this is given up.
globalThis.dabiaoParts.office = (name, parameters, milliseconds) => new Promise((resolve, reject) => {
  const worker = start("{{office_worker}}");
  let timer = 0;
  const end = (settle, value) => {
    clearTimeout(timer);
    worker.terminate();
    settle(value);
  };
  worker.onerror = (event) => end(reject, new Error(event.message || "the worker does not start"));
  worker.onmessage = ({ data }) => {
    if (data.isReady) timer = setTimeout(end, milliseconds, reject, new DOMException("", "TimeoutError"));
    else if ("problem" in data) end(reject, new Error(data.problem));
    else end(resolve, data.answer);
  };
  worker.postMessage({ name, parameters });
});

// Without its style the workbench would work all the same.
const styled = new Promise((done) => {
  const link = document.createElement("link");
  Object.assign(link, { rel: "stylesheet", href: "{{workbench_style}}", onload: done, onerror: done });
  document.head.append(link);
});

export const ready = Promise.all([init({ module_or_path: "{{workbench_wasm}}" }), styled]).then(() => part);
