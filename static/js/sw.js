// Keeps the look of the site and two kinds of private pages for when there is no network: the form on which a mentor
// logs a session, and a list of who came that was opened. STUDIO, with the names of the files, stands above.
// No other page with a person's data is ever kept.
const LOOKS = `studio-looks-${STUDIO.version}`;
const PAGE = "studio-page-";
const FORMS = [STUDIO.form, `${STUDIO.form}?kind=session`];
const LIST = /^\/training\/[0-9a-f-]{36}\/attendance\/$/;
const OFFLINE = [STUDIO.offline, `${STUDIO.offline}?form=1`];
const PATIENCE = 5000;
const HALF_A_DAY = 12 * 3600 * 1000;
const HASHED = /\.[0-9a-f]{12}\.\w+$/;
const CARRIED = ["Content-Security-Policy", "X-Frame-Options", "X-Content-Type-Options", "Referrer-Policy", "Content-Language"];

addEventListener("install", (event) => event.waitUntil(install()));
addEventListener("activate", (event) => event.waitUntil(activate()));
addEventListener("fetch", (event) => answer(event));
addEventListener("message", (event) => event.waitUntil(hear(event.data)));
addEventListener("sync", (event) => event.waitUntil(wakePages()));

async function install() {
  const looks = await caches.open(LOOKS);
  await looks.addAll(STUDIO.files);
  await looks.addAll(OFFLINE.map((address) => new Request(address, { credentials: "omit", cache: "reload" })));
  await skipWaiting();
}

async function activate() {
  const old = (await caches.keys()).filter((name) => name.startsWith("studio-looks-") && name !== LOOKS);
  await Promise.all(old.map((name) => caches.delete(name)));
  await clients.claim();
}

function answer(event) {
  const { request } = event;
  const address = new URL(request.url);
  if (request.method !== "GET" || address.origin !== location.origin) return;
  if (address.pathname.startsWith(STUDIO.prefix)) event.respondWith(look(request, address));
  else if (request.mode === "navigate") event.respondWith(page(event, address));
}

/** A name with a hash never changes its content; any other is asked for anew while there is a network. */
async function look(request, address) {
  const kept = await caches.match(address.pathname);
  if (kept && HASHED.test(address.pathname)) return kept;
  try {
    return await fetch(request);
  } catch (trouble) {
    if (kept) return kept;
    throw trouble;
  }
}

async function page(event, address) {
  const name = address.pathname + address.search;
  const form = FORMS.includes(name) || LIST.test(address.pathname);
  const kept = form && (await find(name));
  try {
    const response = await (kept ? inTime(fetch(event.request)) : fetch(event.request));
    if (form) event.waitUntil(keep(name, response.clone()));
    return response;
  } catch {
    if (kept) return kept;
    if (address.pathname === STUDIO.offline) return caches.match(OFFLINE[0]);
    return caches.match((await find(STUDIO.form)) ? OFFLINE[1] : OFFLINE[0]);
  }
}

const inTime = (fetched) =>
  Promise.race([fetched, new Promise((done, failed) => setTimeout(() => failed(new Error("slow")), PATIENCE))]);

const pageCaches = async () => (await caches.keys()).filter((name) => name.startsWith(PAGE));

async function find(name) {
  for (const cache of await pageCaches()) {
    const kept = (await signedIn(cache)) && (await (await caches.open(cache)).match(name));
    if (kept) return kept;
  }
  return null;
}

/** Where a worker can see cookies, it asks for the mark of device.js itself; the page asks for it in any case. */
async function signedIn(cache) {
  return !self.cookieStore || (await cookieStore.get("studio_here"))?.value === cache.slice(PAGE.length);
}

/** Only a page that says for whom it may be kept; one that is no longer theirs is thrown away. */
async function keep(name, response) {
  if ([403, 404].includes(response.status)) return forget(() => true);
  if (!response.ok || response.redirected) return;
  const text = await response.text();
  const owner = text.match(/data-keep-for="([^"]+)"/)?.[1];
  if (!owner) return;
  await forget((cache) => cache !== PAGE + owner);
  const headers = new Headers({ "Content-Type": "text/html; charset=utf-8", "X-Kept": Date.now() });
  for (const header of CARRIED) if (response.headers.has(header)) headers.set(header, response.headers.get(header));
  const marked = text.replace("<html ", `<html data-kept="${Date.now()}" `);
  await (await caches.open(PAGE + owner)).put(name, new Response(marked, { headers }));
}

async function forget(which) {
  await Promise.all((await pageCaches()).filter(which).map((name) => caches.delete(name)));
}

/** A page says who is here, and which form it may keep: fetched ahead, so that it opens also the first time offline. */
async function hear({ owner, keep: address }) {
  await forget((cache) => !owner || cache !== PAGE + owner);
  if (!owner || !address) return;
  const kept = await find(address);
  if (kept && Date.now() - Number(kept.headers.get("X-Kept")) < HALF_A_DAY) return;
  const response = await fetch(address, { redirect: "manual", cache: "no-store" }).catch(() => null);
  if (response) await keep(address, response);
}

async function wakePages() {
  for (const client of await clients.matchAll({ type: "window" })) client.postMessage("flush");
}
