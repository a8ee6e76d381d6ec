// What this device keeps until it is sent: one record an entry, photos included, under the name of who typed it.
// An entry: { owner, key, form, about, address, title, values, photos, saved, state, errors }; state "draft" or "waiting".
const NAME = "studio";
const TABLE = "entries";
let opened = null;

const settled = (request) =>
  new Promise((done, failed) => {
    request.onsuccess = () => done(request.result);
    request.onerror = () => failed(request.error);
  });

function open() {
  const request = indexedDB.open(NAME, 1);
  request.onupgradeneeded = () => request.result.createObjectStore(TABLE, { keyPath: ["owner", "key"] });
  return settled(request);
}

async function run(mode, act) {
  opened ??= open().catch((trouble) => {
    opened = null;
    throw trouble;
  });
  const work = (await opened).transaction(TABLE, mode);
  const finished = new Promise((done, failed) => {
    work.oncomplete = done;
    work.onerror = work.onabort = () => failed(work.error);
  });
  const result = await settled(act(work.objectStore(TABLE)));
  await finished;
  return result;
}

export const put = (entry) => run("readwrite", (table) => table.put(entry));
export const get = (owner, key) => run("readonly", (table) => table.get([owner, key]));
export const remove = (owner, key) => run("readwrite", (table) => table.delete([owner, key]));

/** All entries of one person, the newest first. */
export async function list(owner) {
  const found = await run("readonly", (table) => table.getAll(IDBKeyRange.bound([owner], [owner, []])));
  return found.sort((one, other) => (one.saved < other.saved ? 1 : -1));
}

export const clear = (owner) => run("readwrite", (table) => table.delete(IDBKeyRange.bound([owner], [owner, []])));
