// The service worker and the words about the network. A kept page is shown only to the one it was kept for.
import { keptAt, marked, mark, owner, unmark, words } from "./device.js";

const banner = document.querySelector("[data-no-network]");

const showNetwork = () => {
  if (banner) banner.hidden = navigator.onLine;
};

/** Tells the worker who is here: pages kept for anyone else are thrown away, and for nobody all of them. */
async function tellWorker() {
  const { active } = await navigator.serviceWorker.ready;
  active.postMessage({ owner, keep: navigator.onLine && !keptAt ? words.keep : "" });
}

export async function watchNetwork() {
  if (keptAt) {
    if (!marked()) return location.replace(words.offline);
    document.documentElement.dataset.ours = "";
    document.querySelector(".flashes")?.remove();
  } else if (owner) mark();
  else unmark();
  showNetwork();
  for (const event of ["online", "offline"]) addEventListener(event, showNetwork);
  if (!navigator.serviceWorker || !isSecureContext) return;
  if (owner) await navigator.serviceWorker.register(words.worker, { scope: "/" }).catch(() => {});
  if (await navigator.serviceWorker.getRegistration()) await tellWorker();
}
