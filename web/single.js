// The page as one file: everything it needs is in it, and it asks for nothing. The same text is the script
// of its workers.
const fromBase64 = (base64) => {
  const text = atob(base64);
  const bytes = new Uint8Array(text.length);
  for (let index = 0; index < text.length; index += 1) bytes[index] = text.charCodeAt(index);
  return bytes;
};

const startPage = async (source) => {
  const part = (id) => document.getElementById(id).textContent;
  const unpacker = new Blob([fromBase64(part("unpacker"))]).stream().pipeThrough(new DecompressionStream("deflate"));
  await dabiaoUnpack({ module_or_path: await new Response(unpacker).arrayBuffer() });
  const unpacked = (id) => {
    const content = dabiaoUnpack.unpack(fromBase64(part(id)));
    if (!content) throw new Error("the file is damaged");
    return content;
  };
  const module = await WebAssembly.compile(unpacked("program"));
  // They are unpacked when the first is wanted.
  let standards = null;
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
    standard: async (file) => {
      standards ??= unpacked("standards");
      const [start, length] = places[file];
      return standards.slice(start, start + length).buffer;
    },
    lint: async () => wasm_bindgen,
    workbench: async () => wasm_bindgen,
    worker: () => start("planner"),
    office: officeJob(() => start("office")),
    // What this file really holds, to be held against the published code.
    code: async () => {
      const held = new TextEncoder().encode([source, part("program"), part("standards"), part("unpacker")].join("\n"));
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
