// Keeps the site for when there is no network. Files whose names carry the hash of their content never
// change and are taken from what is kept; the page itself is asked for first, and is taken from what is kept
// if nobody answers. A page that is open is never reloaded: a new version is there at the next visit.
const KEPT = "dabiao-{{version}}-{{build}}";
const FILES = {{files}};

self.addEventListener("install", (event) => event.waitUntil(caches.open(KEPT).then((cache) => cache.addAll(FILES))));

self.addEventListener("activate", (event) => event.waitUntil((async () => {
  const names = await caches.keys();
  await Promise.all(names.filter((name) => name.startsWith("dabiao-") && name !== KEPT).map((name) => caches.delete(name)));
})()));

self.addEventListener("fetch", (event) => {
  const { request } = event;
  if (request.method !== "GET" || new URL(request.url).origin !== location.origin) return;
  const kept = () => caches.match(request, { ignoreSearch: true });
  if (request.mode === "navigate") event.respondWith(fetch(request).catch(async () => (await kept()) ?? (await caches.match("./")) ?? Response.error()));
  else event.respondWith(kept().then((response) => response ?? fetch(request)));
});
