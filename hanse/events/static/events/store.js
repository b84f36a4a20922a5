// What this device keeps for one person: lists of doors, and what waits for the network.
const NAME = `hanse-kept-${document.documentElement.dataset.person}`;
const LEAVES = 2000;
const STORES = ["lists", "changes"];

const opened = new Promise((resolve, reject) => {
  const asked = indexedDB.open(NAME, 1);
  asked.onupgradeneeded = () => {
    for (const name of STORES) asked.result.createObjectStore(name);
  };
  asked.onsuccess = () => {
    // Somebody logs out beside this page: what it shows goes too, then it asks whose it is now.
    asked.result.onversionchange = () => {
      asked.result.close();
      document.body.replaceChildren();
      setTimeout(() => location.reload(), LEAVES);
    };
    localStorage.kept = NAME;
    resolve(asked.result);
  };
  asked.onerror = () => reject(asked.error);
});

async function inStore(name, mode, work) {
  const held = (await opened).transaction(name, mode);
  const asked = work(held.objectStore(name));
  return new Promise((resolve, reject) => {
    held.oncomplete = () => resolve(asked?.result);
    held.onerror = held.onabort = () => reject(held.error);
  });
}

// As it happened, whatever its numbers are.
export const inOrder = (changes) =>
  changes.sort((one, other) => new Date(one.at) - new Date(other.at));
export const get = (name, key) => inStore(name, "readonly", (store) => store.get(key));
export const all = (name) => inStore(name, "readonly", (store) => store.getAll());
export const put = (name, key, value) => inStore(name, "readwrite", (store) => store.put(value, key));
export const remove = (name, key) => inStore(name, "readwrite", (store) => store.delete(key));
