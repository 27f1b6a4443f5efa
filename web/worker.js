// Solves one question of the planner away from the page, so that the page never stands still.
import init, { solve } from "{{workbench}}";

// After so long the best plan so far is given out, with how much better one could still be.
const LONGEST = 60_000;
// How often the page hears how far the search is.
const REPORT_EVERY = 100;

const ready = init({ module_or_path: "{{workbench_wasm}}" });

onmessage = async ({ data: { packed, question } }) => {
  try {
    await ready;
    const start = performance.now();
    let reported = start;
    const answer = solve(packed, question, (nodes, found) => {
      const now = performance.now();
      if (now - reported > REPORT_EVERY) {
        reported = now;
        postMessage({ nodes, found });
      }
      return now - start < LONGEST;
    });
    postMessage({ answer });
  } catch (error) {
    postMessage({ problem: String(error) });
  }
};
