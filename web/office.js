// Reads or writes one office file away from the page: a hostile file can neither freeze nor kill it.
import init, * as office from "{{office}}";

const ready = init({ module_or_path: "{{office_wasm}}" });
ready.then(() => postMessage({ isReady: true }), (error) => postMessage({ problem: String(error) }));

onmessage = async ({ data: { name, parameters } }) => {
  try {
    await ready;
    postMessage({ answer: office[name](...parameters) });
  } catch (error) {
    postMessage({ problem: String(error?.message ?? error) });
  }
};
