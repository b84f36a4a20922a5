// Keeps the door and the agenda for when there is no network. Nothing else is kept.
const KEPT = "hanse-events-1";
const PAGES = /^\/events\/(?:[^/]+\/)?(?:agenda\/|[^/]+\/door\/)$/;
const STATIC = "{{ static_url|escapejs }}";
const PATIENCE = 4000;
const PARTS = [
  {% for one in parts %}"{{ one|escapejs }}",
  {% endfor %}
];

const isPage = (url) => PAGES.test(url.pathname);
const isPart = (url) => url.pathname.startsWith(STATIC);

async function keep(request, answer) {
  const url = new URL(request.url);
  // Under an address with a question an answer may stand that is nobody else's.
  if (isPage(url) && url.search) return answer;
  const store = await caches.open(KEPT);
  // Whoever is logged out is led away: then the page is no longer theirs to keep.
  const isGone = answer.redirected || answer.type === "opaqueredirect" || [403, 404].includes(answer.status);
  if (isGone) await store.delete(plain(request));
  else if (answer.ok) await store.put(plain(request), answer.clone());
  return answer;
}

// A page is kept under its address without what was asked of it.
const plain = (request) => new URL(request.url, location.origin).href.split(/[?#]/)[0];

async function networkFirst(request) {
  const kept = await caches.match(plain(request));
  const waited = new Promise((_resolve, reject) => {
    if (kept) setTimeout(() => reject(new Error("slow")), PATIENCE);
  });
  try {
    return await Promise.race([fetch(request).then((answer) => keep(request, answer)), waited]);
  } catch (lost) {
    const held = kept ?? (await caches.match(plain(request)));
    if (held) return held;
    throw lost;
  }
}

self.addEventListener("install", (event) => {
  event.waitUntil(
    caches
      .open(KEPT)
      .then((store) => Promise.all(PARTS.map((one) => store.add(one).catch(() => null))))
      .then(() => self.skipWaiting()),
  );
});

self.addEventListener("activate", (event) => {
  const others = caches
    .keys()
    .then((names) => Promise.all(names.filter((name) => name.startsWith("hanse-events-") && name !== KEPT).map((name) => caches.delete(name))));
  event.waitUntil(others.then(() => self.clients.claim()));
});

self.addEventListener("message", (event) => {
  const wanted = (event.data?.keep ?? []).filter((one) => {
    const url = new URL(one);
    return url.origin === location.origin && (isPage(url) || isPart(url));
  });
  const kept = Promise.all(
    wanted.map((one) => fetch(one).then((answer) => keep(new Request(one), answer)).catch(() => null)),
  ).then(() => caches.match(wanted[0]));
  event.waitUntil(kept.then((page) => event.ports[0]?.postMessage(Boolean(page))));
});

self.addEventListener("fetch", (event) => {
  const url = new URL(event.request.url);
  if (event.request.method !== "GET" || url.origin !== location.origin) return;
  if (isPage(url) || isPart(url)) event.respondWith(networkFirst(event.request));
});
