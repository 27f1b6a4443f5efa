// What this browser keeps: texts under keys, each with a revision, in one IndexedDB store.
//
// Plain JavaScript, because it must still answer when the program has stopped. It knows nothing of what
// the texts say. Nothing is called kept before the browser says that it is on the disk.
globalThis.dabiaoStore = (() => {
  const NAME = "dabiao.v1";
  const STORE = "records";
  // The last character of a key in a range that begins with a prefix.
  const LAST = "\uffff";
  // A database that does not answer for so long, or that another page keeps from opening, is as good as none.
  const PATIENCE = 5_000;

  // FNV-1a: finds a text that was damaged on the disk.
  const sum = (text) => {
    let hash = 0x811c9dc5;
    for (let index = 0; index < text.length; index += 1) hash = Math.imul(hash ^ text.charCodeAt(index), 0x01000193);
    return hash >>> 0;
  };
  const done = (request) => new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });
  const isSound = (record) => typeof record?.text === "string" && Number.isInteger(record.revision) && record.sum === sum(record.text);

  const inTime = (promise) => {
    let timer;
    const late = new Promise((_, reject) => {
      timer = setTimeout(() => reject(new DOMException("the storage does not answer", "TimeoutError")), PATIENCE);
    });
    return Promise.race([promise, late]).finally(() => clearTimeout(timer));
  };

  let opening = null;
  const open = () => {
    opening ??= inTime(new Promise((resolve, reject) => {
      const request = indexedDB.open(NAME, 1);
      request.onupgradeneeded = () => request.result.createObjectStore(STORE);
      request.onerror = () => reject(request.error);
      request.onsuccess = () => {
        const database = request.result;
        // A later version of the program in another tab goes first; a database that was closed is opened anew.
        const forget = () => (opening = null);
        database.onclose = forget;
        database.onversionchange = () => {
          database.close();
          forget();
        };
        resolve(database);
      };
    }));
    // The next call may have more luck.
    opening.catch(() => (opening = null));
    return opening;
  };
  const reading = async () => (await open()).transaction(STORE, "readonly").objectStore(STORE);

  let channel = null;
  let heard = () => {};
  try {
    channel = new BroadcastChannel(NAME);
    channel.onmessage = ({ data }) => heard(String(data));
  } catch {
    // Other tabs are then noticed when this one is looked at, and at the latest by the revision.
  }

  return {
    // The text under a key as [revision, text]; null if there is none, [revision or 0, null] if it is damaged.
    async get(key) {
      const record = await inTime(done((await reading()).get(key)));
      return record === undefined ? null : [record?.revision ?? 0, isSound(record) ? record.text : null];
    },

    // Everything under keys that begin so, as [key, revision, text]; damaged texts are null.
    async list(prefix) {
      const store = await reading();
      const range = IDBKeyRange.bound(prefix, prefix + LAST);
      const [keys, records] = await inTime(Promise.all([done(store.getAllKeys(range)), done(store.getAll(range))]));
      return keys.map((key, index) => [key, records[index]?.revision ?? 0, isSound(records[index]) ? records[index].text : null]);
    },

    // Writes and deletes in one step if the key `guard` still has this revision (0: is not there). True if
    // done and on the disk; false if another page was faster, and then nothing is changed.
    async commit(guard, revision, puts, deletes) {
      const transaction = (await open()).transaction(STORE, "readwrite", { durability: "strict" });
      const store = transaction.objectStore(STORE);
      let [isCurrent, refusal] = [true, null];
      const written = new Promise((resolve, reject) => {
        transaction.oncomplete = resolve;
        transaction.onabort = () => reject(refusal ?? transaction.error ?? new DOMException("the storage gave up", "AbortError"));
      });
      const write = () => {
        try {
          for (const [key, next, text] of puts) store.put({ revision: next, text, sum: sum(text) }, key);
          for (const key of deletes) store.delete(key);
        } catch (error) {
          // A storage that refuses in the middle leaves nothing half written.
          refusal = error;
          transaction.abort();
        }
      };
      if (guard) {
        store.get(guard).onsuccess = ({ target }) => {
          isCurrent = (target.result?.revision ?? 0) === revision;
          if (isCurrent) write();
        };
      } else {
        write();
      }
      await inTime(written);
      if (isCurrent) for (const key of [...puts.map(([key]) => key), ...deletes]) channel?.postMessage(key);
      return isCurrent;
    },

    // Deletes everything.
    async clear() {
      const transaction = (await open()).transaction(STORE, "readwrite", { durability: "strict" });
      transaction.objectStore(STORE).clear();
      await inTime(new Promise((resolve, reject) => {
        transaction.oncomplete = resolve;
        transaction.onabort = () => reject(transaction.error);
      }));
      channel?.postMessage("");
    },

    // Calls back with the key of whatever another tab changes, and with "*" when this one is looked at again.
    listen(callback) {
      heard = callback;
      addEventListener("focus", () => heard("*"));
    },
  };
})();
