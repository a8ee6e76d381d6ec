// Signing out takes the person's entries off this device; when something is unsent it asks first.
import { owner, unmark } from "./device.js";
import { Unreachable, token } from "./server.js";
import { clear, list } from "./store.js";

const form = document.querySelector("form[data-sign-out]");

async function warn() {
  const count = (await list(owner)).length;
  if (count) form.dataset.confirm = form.dataset.unsent.replace("{n}", count);
  else delete form.dataset.confirm;
}

async function leave(event) {
  if (event.target !== form || event.defaultPrevented) return; // the question box comes first
  event.preventDefault();
  try {
    await token();
  } catch (trouble) {
    if (trouble instanceof Unreachable) {
      form.querySelector("[data-sign-out-said]").textContent = form.dataset.noNetwork;
      return;
    }
  }
  await clear(owner).catch(() => {});
  unmark();
  (await navigator.serviceWorker?.getRegistration())?.active?.postMessage({ owner: "", keep: "" });
  form.submit();
}

export async function watchLeaving() {
  if (!form) return;
  document.addEventListener("submit", leave);
  await warn();
  addEventListener("focus", warn);
}
