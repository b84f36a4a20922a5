// One's agenda on a device: what is next, how old the page is, what waits for the network.
import { ask, clock, keepPages, markLinks, reachable, said } from "./network.js";
import { all, inOrder, put, remove } from "./store.js";

const root = document.getElementById("agenda");
const words = JSON.parse(document.getElementById("agenda-words").textContent);
const part = (name) => root.querySelector(`[data-${name}]`);
const MINUTE = 60000;
const SOON = 90;
const { person } = root.dataset;
const mine = async () => inOrder((await all("changes")).filter((one) => one.agenda === person));

function tick() {
  const now = Date.now();
  const items = [...root.querySelectorAll(".agendaday .agenda > li")];
  let next = null;
  for (const one of items) {
    const over = new Date(one.dataset.ends) <= now;
    one.classList.toggle("past", over);
    one.classList.remove("now");
    one.querySelector("[data-in]").textContent = "";
    if (!over && !next && !one.classList.contains("everybody")) next = one;
  }
  if (!next) return;
  next.classList.add("now");
  const minutes = Math.ceil((new Date(next.dataset.starts) - now) / MINUTE);
  if (minutes <= SOON) {
    next.querySelector("[data-in]").textContent =
      minutes <= 0 ? words.running : said(words.minutes, { minutes });
  }
}

async function showNetwork() {
  const there = await reachable();
  part("offline").hidden = there;
  await markLinks(there).catch(() => null);
  return there;
}

async function showChanges(text = "") {
  const waiting = await mine();
  part("changes").hidden = !waiting.length && !text;
  part("changes-says").textContent = text || said(words.waits, { count: waiting.length });
  part("changes-list").replaceChildren(
    ...waiting.map((one) => {
      const line = document.createElement("li");
      line.textContent = `${clock(one.at)} ${one.title}: ${one.out ? words.drop : words.add}`;
      return line;
    }),
  );
}

async function sent(one, token) {
  const body = new URLSearchParams({ out: one.out ? "1" : "", csrfmiddlewaretoken: token });
  return ask(one.address, { method: "POST", body, headers: { Accept: "application/json" } });
}

async function send() {
  const waiting = await mine();
  if (!waiting.length) return;
  const got = await ask(root.dataset.token);
  if (got?.status === 401) return showChanges(words.logged_out);
  if (!got?.ok) return;
  const { csrf } = await got.json();
  for (const one of waiting) {
    const answer = await sent(one, csrf);
    if (answer === null) return;
    // What is refused now is refused for good: the session is no more.
    await remove("changes", one.address);
  }
  await showChanges(words.sent);
}

root.addEventListener("submit", async (event) => {
  const form = event.target.closest("[data-bookmark]");
  if (!form) return;
  event.preventDefault();
  if (await reachable()) return form.submit();
  const change = {
    agenda: person,
    address: form.getAttribute("action"),
    out: form.elements.out?.value === "1",
    title: form.dataset.bookmark,
    at: new Date().toISOString(),
  };
  await put("changes", change.address, change);
  form.querySelector("button").disabled = true;
  await showNetwork();
  await showChanges();
});

addEventListener("online", () => send().then(showNetwork));
addEventListener("offline", showNetwork);
setInterval(tick, MINUTE / 2);
tick();
keepPages(root.dataset.worker).then((kept) => {
  part("kept").hidden = !kept;
  root.dataset.stays = kept ? "yes" : "no";
});
showChanges();
showNetwork()
  .then((there) => there && send())
  .finally(() => {
    root.dataset.ready = "yes";
  });
