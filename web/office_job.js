// One job of the office module, in a worker that is thrown away. What takes longer is given up.
const officeJob = (start) => (name, parameters, milliseconds) => new Promise((resolve, reject) => {
  const worker = start();
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
