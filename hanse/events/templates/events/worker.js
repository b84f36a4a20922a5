// Keeps the door and the agenda for when there is no network. Nothing else is kept, and that
// under the mark of the person for whom a page was made: pages of anybody else are dropped.
const KEPT = "hanse-kept-";
const SHARED = "hanse-parts-1";
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
  // Whoever is logged out is led away: then the page is no longer theirs to keep.
  const isGone = answer.redirected || answer.type === "opaqueredirect" || [403, 404].includes(answer.status);
  if (isGone) await forget(plain(request));
  else if (answer.ok) await put(plain(request), answer.clone(), isPart(url) ? SHARED : await own(answer));
  return answer;
}

const put = async (address, answer, name) => name && (await caches.open(name)).put(address, answer);

// The cache of the person an answer was made for, once all others are gone.
async function own(answer) {
  const mark = answer.headers.get("Kept-For");
  if (!mark) return "";
  await dropped((name) => name.startsWith(KEPT) && name !== KEPT + mark);
  return KEPT + mark;
}

async function dropped(isGone) {
  await Promise.all((await caches.keys()).filter(isGone).map((name) => caches.delete(name)));
}

async function forget(address) {
  const names = await caches.keys();
  await Promise.all(names.map(async (name) => (await caches.open(name)).delete(address)));
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
      .open(SHARED)
      .then((store) => Promise.all(PARTS.map((one) => store.add(one).catch(() => null))))
      .then(() => self.skipWaiting()),
  );
});

self.addEventListener("activate", (event) => {
  const isOld = (name) => name.startsWith("hanse-") && name !== SHARED && !name.startsWith(KEPT);
  event.waitUntil(dropped(isOld).then(() => self.clients.claim()));
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
