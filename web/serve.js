// What a worker does, whoever started it: one question of the planner, or one office file. It is thrown
// away afterwards, so the page never stands still and a hostile file can neither freeze nor kill it.

const serveQuestions = (ready, solve) => {
  // After so long the best plan so far is given out, with how much better one could still be.
  const LONGEST = 60_000;
  // How often the page hears how far the search is.
  const REPORT_EVERY = 100;
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
};

const serveOffice = (ready, office) => {
  ready.then(() => postMessage({ isReady: true }), (error) => postMessage({ problem: String(error) }));
  onmessage = async ({ data: { name, parameters } }) => {
    try {
      await ready;
      postMessage({ answer: office[name](...parameters) });
    } catch (error) {
      postMessage({ problem: String(error?.message ?? error) });
    }
  };
};
