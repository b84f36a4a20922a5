// The door of an event. With a network the server answers; without one this device does, by the
// list it keeps and the key of the event, and sends what it did as soon as the network is back.
import { watch } from "./camera.js";
import { answer, isEmpty, isIn, whom } from "./judge.js";
import { ask, clock, keepPages, markLinks, post, said } from "./network.js";
import { all, get, inOrder, put, remove } from "./store.js";

const root = document.getElementById("door");
const words = JSON.parse(document.getElementById("door-words").textContent);
const part = (name) => root.querySelector(`[data-${name}]`);
const { event: number, list: listAt, scans: scansAt } = root.dataset;
const OFTEN = 30000;
const MINUTE = 60000;
let list = null;
let online = true;
let sending = false;

const form = part("find");
const session = () => Number(form.elements.session.value || 0);
const mine = async () => inOrder((await all("changes")).filter((one) => one.event === number));

function device() {
  try {
    localStorage.door ??= `${navigator.platform || "device"} ${crypto.randomUUID().slice(0, 4)}`;
    return localStorage.door;
  } catch {
    return "device";
  }
}

// The list ---------------------------------------------------------------------------------------

async function refresh() {
  const got = await ask(listAt);
  online = got !== null;
  if (got?.ok) {
    list = await got.json();
    await withUnsent();
    await put("lists", number, list);
  } else if (got?.status === 401) {
    note(words.logged_out);
  } else if ([403, 404].includes(got?.status)) {
    // No longer a keeper of this door.
    await remove("lists", number);
    list = null;
  }
  show();
}

// What is not sent yet was still decided here: the fresh list does not know of it.
async function withUnsent() {
  for (const one of await mine()) {
    const person = one.let_in && list.people.find((other) => other.serial === one.serial);
    if (person) person.in.push({ session: one.session, at: one.at });
  }
}

async function show() {
  part("kept").hidden = !list || root.dataset.stays === "no";
  part("offline").hidden = online && Boolean(list);
  if (list) {
    const facts = { time: clock(list.made_at, list.zone), count: list.people.length };
    facts.minutes = Math.round((Date.now() - new Date(list.made_at)) / MINUTE);
    part("list-says").textContent = said(words.list, facts);
    part("offline-says").textContent = said(words.age, facts);
    const expected = list.people.filter((one) => one.state === "confirmed").length;
    const came = list.people.filter((one) => isIn(one, list)).length;
    part("count").textContent = said(words.count, { came, expected });
  } else {
    part("offline-says").textContent = words.no_list;
  }
  part("forget").hidden = !list;
  const rehearsal = part("rehearsal");
  if (rehearsal) rehearsal.hidden = Date.now() >= new Date(rehearsal.dataset.rehearsal);
  markLinks(online).catch(() => null);
  showQueue(await mine());
}

function showQueue(waiting) {
  const queue = part("queue");
  queue.hidden = !waiting.length && !queue.dataset.used;
  part("send").hidden = part("send-first").hidden = !waiting.length;
  if (waiting.length) queue.dataset.used = "yes";
  part("queue-says").textContent = waiting.length
    ? said(words.unsent, { count: waiting.length })
    : words.sent;
  part("queue-list").replaceChildren(
    ...waiting.map((one) => {
      const line = document.createElement("li");
      const why = one.refused || words.waits;
      const who = one.name || words.answers[one.verdict]?.[0] || "";
      line.textContent = `${clock(one.at, list?.zone)} ${who}: ${why}`;
      return line;
    }),
  );
}

// The answer -------------------------------------------------------------------------------------

function note(text) {
  verdict({ said: "note", head: text, text: "" });
}

function verdict({ said: code, head, text, name = "", organisation = "" }) {
  const box = part("verdict");
  box.hidden = false;
  box.className = `verdict ${code}`;
  part("head").textContent = head;
  part("text").textContent = text;
  const who = part("who");
  who.replaceChildren(name);
  if (organisation) {
    const line = document.createElement("span");
    line.textContent = organisation;
    who.append(document.createElement("br"), line);
  }
  navigator.vibrate?.(code === "in" ? 60 : [120, 60, 120]);
}

function fromList(code, person, at) {
  const [head, text] = words.answers[code] ?? [words[code] ?? code, ""];
  const time = at ? clock(at, list.zone) : "";
  return { said: code, head, text: said(text, { time }), ...named(person) };
}

const named = (person) => ({ name: person?.name, organisation: person?.organisation });

async function decide(code, person) {
  const here = session();
  const change = {
    slip: crypto.randomUUID(),
    event: number,
    session: here,
    at: new Date().toISOString(),
    serial: person?.serial,
    code: person ? "" : code,
    name: person?.name,
  };
  const answered = await byServer(change);
  if (answered) return verdict({ ...answered, text: [answered.text, answered.clock].join(" ") });
  if (!list) return note(words.no_list);
  const own = person ? answer(person, here, list) : { said: (await whom(code, list)).said };
  const kept = { ...change, was_offline: true, let_in: own.said === "in", verdict: own.said };
  await put("changes", kept.slip, kept);
  if (kept.let_in) person.in.push({ session: here, at: kept.at });
  await put("lists", number, list);
  const shown = fromList(own.said, person, own.at);
  verdict({ ...shown, text: `${shown.text} (${words.offline})` });
  show();
}

async function byServer(change) {
  if (!list || !online) return null;
  const got = await post(scansAt, list.csrf, { device: device(), changes: [change] });
  online = got !== null;
  if (!got?.ok) return null;
  const [answered] = (await got.json()).answers;
  if (answered.said === "in") {
    const person = list.people.find((one) => one.serial === change.serial);
    person?.in.push({ session: change.session, at: change.at });
    await put("lists", number, list);
  }
  show();
  return answered;
}

async function find(code) {
  part("found").replaceChildren();
  if (isEmpty(code)) return note(words.empty);
  if (!list) return note(words.no_list);
  const { person, said: fault, found } = await whom(code, list);
  if (person || fault) return decide(code, person);
  if (found.length) return offer(found);
  return verdict({ said: "unknown", head: words.answers.unknown[0], text: words.nobody });
}

function offer(found) {
  part("verdict").hidden = true;
  part("found").replaceChildren(
    ...found.map((person) => {
      const line = document.createElement("li");
      const who = document.createElement("div");
      const name = document.createElement("b");
      const rest = document.createElement("span");
      const button = document.createElement("button");
      name.textContent = person.name;
      rest.textContent = [person.organisation, person.kind].filter(Boolean).join(" · ");
      button.className = "btn small";
      button.type = "button";
      button.textContent = words.let_in;
      button.setAttribute("aria-label", `${words.let_in} ${person.name}`);
      button.addEventListener("click", () => {
        part("found").replaceChildren();
        decide("", person);
      });
      who.append(name, rest);
      line.append(who, button);
      return line;
    }),
  );
}

// Sending ----------------------------------------------------------------------------------------

async function send() {
  const waiting = await mine();
  if (sending || !waiting.length) return;
  sending = true;
  try {
    await refresh();
    if (online && list?.csrf) await sendAll(waiting);
  } finally {
    sending = false;
  }
  await refresh();
}

async function sendAll(waiting) {
  for (let at = 0; at < waiting.length; at += 100) {
    const some = waiting.slice(at, at + 100);
    const got = await post(scansAt, list.csrf, { device: device(), changes: some }, OFTEN);
    if (!got?.ok) return;
    for (const one of (await got.json()).answers) {
      if (one.clock) note(one.clock);
      if (one.said !== "refused") await remove("changes", one.slip);
      else {
        const held = some.find((change) => change.slip === one.slip);
        await put("changes", one.slip, { ...held, refused: one.text });
      }
    }
  }
}

async function walkIn(event) {
  if (online && (await ask(listAt, { method: "HEAD" }))) return event.target.submit();
  online = false;
  const typed = Object.fromEntries(new FormData(event.target));
  delete typed.csrfmiddlewaretoken;
  const slip = crypto.randomUUID();
  const at = new Date().toISOString();
  const kept = { slip, at, event: number, session: 0, name: typed.name, walk_in: typed };
  await put("changes", slip, { ...kept, was_offline: true });
  event.target.reset();
  verdict({ said: "in", head: words.answers.in[0], text: words.walked_in, name: typed.name });
  return show();
}

async function forget() {
  await remove("lists", number);
  for (const one of await mine()) await remove("changes", one.slip);
  list = null;
  note(words.forgotten);
  show();
}

// Beginning --------------------------------------------------------------------------------------

let stop = null;

async function camera() {
  if (stop) {
    stop();
    stop = null;
    return;
  }
  try {
    stop = await watch(part("reader-view"), root.dataset.reader, find);
  } catch {
    note(words.no_camera);
  }
}

async function begin() {
  list = (await get("lists", number)) ?? null;
  const today = new Date().toISOString().slice(0, 10);
  // Two days after the event nothing of its guests stays on the device.
  if (list && today > after(list.last_day, 2) && !(await mine()).length) {
    await remove("lists", number);
    list = null;
  }
  keepPages(root.dataset.worker).then((stays) => {
    root.dataset.stays = stays ? "yes" : "no";
    show();
  });
  await refresh();
  await send();
  root.dataset.ready = "yes";
}

const after = (day, days) =>
  new Date(new Date(day).getTime() + days * 24 * 60 * MINUTE).toISOString().slice(0, 10);

if (form) {
  form.elements.code.required = false;
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    const code = form.elements.code.value.trim();
    form.elements.code.value = "";
    find(code);
    form.elements.code.focus();
  });
  part("walk-in-form").addEventListener("submit", (event) => {
    event.preventDefault();
    walkIn(event);
  });
  part("camera").hidden = !navigator.mediaDevices;
  part("camera").addEventListener("click", camera);
  part("send").addEventListener("click", send);
  part("forget").addEventListener("click", forget);
  addEventListener("online", () => send().then(refresh));
  addEventListener("offline", () => {
    online = false;
    show();
  });
  setInterval(async () => ((await mine()).length ? send() : refresh()), OFTEN);
  begin();
}
