// The page as one file: everything it needs is in it, and it asks for nothing. The same text is the script
// of its workers.
const inflate = async (base64) => {
  const text = atob(base64);
  const bytes = new Uint8Array(text.length);
  for (let index = 0; index < text.length; index += 1) bytes[index] = text.charCodeAt(index);
  return new Response(new Blob([bytes]).stream().pipeThrough(new DecompressionStream("deflate"))).arrayBuffer();
};

const startPage = async (source) => {
  const part = (id) => document.getElementById(id).textContent;
  const [module, standards] = await Promise.all([
    inflate(part("program")).then((bytes) => WebAssembly.compile(bytes)),
    inflate(part("standards")),
  ]);
  // Name, offset and length of every standard in what was inflated.
  const places = JSON.parse(part("places"));

  // The page's security policy lets a script be named only through this, and this names one.
  const url = URL.createObjectURL(new Blob([source], { type: "text/javascript" }));
  const policy = globalThis.trustedTypes?.createPolicy("dabiao-worker", {
    createScriptURL: (wanted) => {
      if (wanted !== url) throw new TypeError("not a worker of this page");
      return wanted;
    },
  });
  const start = (kind) => {
    const worker = new Worker(policy ? policy.createScriptURL(url) : url);
    worker.postMessage({ kind, module });
    return worker;
  };

  globalThis.dabiaoParts = {
    standard: async (file) => standards.slice(places[file][0], places[file][0] + places[file][1]),
    lint: async () => wasm_bindgen,
    workbench: async () => wasm_bindgen,
    prefetch: () => {},
    worker: () => start("planner"),
    office: officeJob(() => start("office")),
    // What this file really holds, to be held against the published code.
    code: async () => {
      const held = new TextEncoder().encode([source, part("program"), part("standards")].join("\n"));
      const digest = new Uint8Array(await crypto.subtle.digest("SHA-256", held));
      return Array.from(digest, (byte) => byte.toString(16).padStart(2, "0")).join("");
    },
  };
  if (!(await dabiaoRecovery.plain())) await wasm_bindgen({ module_or_path: module });
};

const startWorker = () => {
  onmessage = ({ data: { kind, module } }) => {
    const ready = wasm_bindgen({ module_or_path: module });
    if (kind === "office") serveOffice(ready, wasm_bindgen);
    else serveQuestions(ready, (...parameters) => wasm_bindgen.solve(...parameters));
  };
};

if (typeof document === "undefined") {
  startWorker();
} else {
  startPage(document.currentScript.textContent).catch((error) => globalThis.dabiaoTooOld(error));
}
