// Whether the network is there, and the worker that keeps pages for when it is not.
const PATIENCE = 2500;

// True once the page and its parts are put away; false where a browser keeps no pages.
export async function keepPages(address) {
  if (!("serviceWorker" in navigator)) return false;
  try {
    await navigator.serviceWorker.register(address, { scope: "/events/" });
    const { active } = await navigator.serviceWorker.ready;
    // The first visit was not seen by the worker: it fetches page and parts now.
    const parts = document.querySelectorAll("script[src], link[rel=stylesheet], link[rel=preload]");
    const keep = [location.href.split(/[?#]/)[0], ...[...parts].map((part) => part.src || part.href)];
    const { port1, port2 } = new MessageChannel();
    const done = new Promise((resolve) => {
      port1.onmessage = (event) => resolve(event.data);
    });
    active.postMessage({ keep }, [port2]);
    return await done;
  } catch {
    return false;
  }
}

// An answer within patience, or null where there is no network; who is logged out gets status 401.
export async function ask(address, how = {}) {
  try {
    const answer = await fetch(address, {
      cache: "no-store",
      redirect: "manual",
      signal: AbortSignal.timeout(how.patience ?? PATIENCE * 4),
      ...how,
    });
    return answer.type === "opaqueredirect" ? new Response(null, { status: 401 }) : answer;
  } catch {
    return null;
  }
}

export const reachable = async () => (await ask(location.href, { method: "HEAD" })) !== null;

// Without a network, links to what this device does not keep are plain text until it is back.
export async function markLinks(there) {
  for (const link of document.querySelectorAll("a[href], a[data-address]")) {
    if (there) opened(link);
    else if (await leadsNowhere(link)) closed(link);
  }
}

async function leadsNowhere(link) {
  const [address] = link.href.split(/[?#]/);
  if (!/^https?:/.test(address) || address === location.href.split(/[?#]/)[0]) return false;
  return !(await caches.match(address));
}

function closed(link) {
  link.dataset.address = link.getAttribute("href");
  link.removeAttribute("href");
  link.role = "link";
  link.ariaDisabled = "true";
}

function opened(link) {
  if (!link.dataset.address) return;
  link.setAttribute("href", link.dataset.address);
  for (const name of ["data-address", "role", "aria-disabled"]) link.removeAttribute(name);
}

export const post = (address, token, body, patience = PATIENCE) =>
  ask(address, {
    method: "POST",
    patience,
    headers: { "Content-Type": "application/json", "X-CSRFToken": token },
    body: JSON.stringify(body),
  });

export const said = (text, facts) => text.replace(/%\((\w+)\)s/g, (_all, key) => facts[key] ?? "");

export const clock = (at, zone) =>
  new Date(at).toLocaleTimeString("en-GB", { hour: "2-digit", minute: "2-digit", timeZone: zone });
