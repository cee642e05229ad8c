// Keeps letters, colours and the page that says "wait"; never a page about anybody. While the
// program does not answer, a page that is asked for is the one that waits and comes back.
const STORE = "repatria-line-1";
const WAITING = "/line-waiting/";
// What the page that waits needs itself: without these it could not come back.
const NEEDED = [
  WAITING,
  "/static/line-waiting.js",
  "/static/repatria.css",
  "/static/vendor/bootstrap-5.3.9/bootstrap.min.css",
  "/static/vendor/noto-sans-5.3.0/noto-sans.css",
];
self.addEventListener("install", (event) => {
  event.waitUntil(caches.open(STORE).then((store) => store.addAll(NEEDED)).then(() => self.skipWaiting()));
});
self.addEventListener("activate", (event) => {
  event.waitUntil(
    caches.keys()
      .then((names) => Promise.all(names.filter((name) => name !== STORE).map((name) => caches.delete(name))))
      .then(() => self.clients.claim()),
  );
});
self.addEventListener("fetch", (event) => {
  const { request } = event;
  const address = new URL(request.url);
  if (request.method !== "GET" || address.origin !== location.origin) return;
  if (address.pathname.startsWith("/static/")) {
    event.respondWith(
      fetch(request)
        .then((answer) => {
          if (answer.ok) { const copy = answer.clone(); caches.open(STORE).then((store) => store.put(request, copy)); }
          return answer;
        })
        .catch(() => caches.match(request).then((found) => found || Response.error())),
    );
  } else if (request.mode === "navigate") {
    event.respondWith(
      fetch(request).catch(() => caches.match(WAITING).then((found) => found || Response.error())),
    );
  }
});
