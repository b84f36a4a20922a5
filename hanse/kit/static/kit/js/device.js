// What pages keep on this device stands under a mark of the person, in caches and databases named
// "hanse-kept-MARK". On every page what is somebody else's goes; at a log-out everything goes.
const KEPT = "hanse-kept-";
const PATIENCE = 3000;
const { person } = document.documentElement.dataset;

// Browsers that do not tell their databases still know which one was opened last.
async function databases() {
  const last = localStorage.kept;
  const told = (await indexedDB.databases?.())?.map((one) => one.name);
  return (told ?? [last]).filter((name) => name?.startsWith(KEPT));
}

const ended = (asked) =>
  new Promise((resolve) => {
    asked.onsuccess = asked.onerror = asked.onblocked = () => resolve(asked.result);
  });

// Without a log-in nothing is shown; what was not sent yet waits for the one who did it.
async function emptied(name) {
  const opened = await ended(indexedDB.open(name));
  if (opened?.objectStoreNames.contains("lists")) {
    await ended(opened.transaction("lists", "readwrite").objectStore("lists").clear());
  }
  opened?.close();
}

async function drop(stays, unsentStays) {
  const names = await caches.keys();
  const gone = names.filter((name) => name.startsWith(KEPT) && name !== stays);
  await Promise.all(gone.map((name) => caches.delete(name)));
  for (const name of await databases()) {
    if (name === stays) continue;
    await (unsentStays ? emptied(name) : ended(indexedDB.deleteDatabase(name)));
  }
}

const dropped = async (...how) => {
  try {
    await Promise.race([drop(...how), new Promise((done) => setTimeout(done, PATIENCE))]);
  } catch {
    // Where storage is closed nothing was kept.
  }
};

document.addEventListener("submit", async (event) => {
  if (!event.target.matches("[data-leave]")) return;
  event.preventDefault();
  await dropped();
  event.target.submit();
});

const hasLeft = Boolean(document.querySelector("[data-left]"));
dropped(person && KEPT + person, !person && !hasLeft);
