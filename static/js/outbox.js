// What is written and not yet sent: shows it, and sends it when the network and the sign-in allow.
import { owner, words } from "./device.js";
import { dated } from "./fields.js";
import { newKey } from "./keys.js";
import { alone } from "./locks.js";
import { moment } from "./moment.js";
import { Refused, SignedOut, post, token } from "./server.js";
import { list, put, remove } from "./store.js";

const AGAIN = 20000;
const box = document.querySelector("[data-outbox]");
const said = document.querySelector("[data-outbox-said]");

/** Sends one entry; an entry that the server refuses is a draft again, with the reasons. Gives the server's answer. */
export async function send(entry, when, told) {
  const body = new FormData();
  body.append("csrfmiddlewaretoken", await token());
  body.append("client_key", entry.key);
  for (const [name, values] of Object.entries(when === "later" ? dated(entry.values) : entry.values))
    for (const value of values) body.append(name, value);
  for (const photo of entry.photos) body.append(photo.field, photo.blob, photo.name);
  try {
    const answer = await post(entry.address, body, when, told);
    if (answer.other) throw new Refused({ heading: words.other, errors: [] }, newKey());
    await remove(owner, entry.key);
    return answer;
  } catch (trouble) {
    if (trouble instanceof Refused) await takeBack(entry, trouble);
    throw trouble;
  }
}

/** A draft again; under a new key when the old one has made a log with other words. */
async function takeBack(entry, { answer, key }) {
  await put({ ...entry, key: key ?? entry.key, state: "draft", errors: answer });
  if (key) await remove(owner, entry.key);
}

export const sending = (act) => alone("studio-outbox", act);

/** Everything that waits, one after the other; stops at the first that the network or the sign-in holds up. */
export async function flush() {
  if (!owner || !navigator.onLine || !(await waiting()).length) return;
  await sending(async () => {
    for (const entry of await waiting()) {
      try {
        tell(words.sending);
        report(await send(entry, "later"));
      } catch (trouble) {
        tell(trouble instanceof SignedOut ? words.signIn : "");
        if (!(trouble instanceof Refused)) break;
      }
    }
  });
  await show();
}

const waiting = async () => (await list(owner)).filter((entry) => entry.state === "waiting");

function tell(text) {
  said.querySelector("p").textContent = text;
  said.hidden = !text;
}

function report(answer) {
  const link = document.createElement("a");
  link.href = answer.url;
  link.textContent = words.look;
  tell(words.sent.replace("{name}", answer.name));
  said.querySelector("p").append(link);
}

const state = (entry) => {
  if (entry.errors) return words.refused.replace("{error}", entry.errors.errors[0]?.message ?? entry.errors.heading);
  return navigator.onLine ? words.waits : words.waitsForNetwork;
};

function row(entry) {
  const item = document.getElementById("outbox-row").content.firstElementChild.cloneNode(true);
  const link = item.querySelector("a");
  const first = entry.values.text?.[0]?.trim().slice(0, 24);
  item.querySelector("[data-title]").textContent = first || entry.title;
  item.querySelector("[data-state]").textContent = state(entry);
  item.querySelector("[data-state]").className = `mark ${entry.errors ? "mark-due" : "mark-wait"}`;
  item.querySelector("[data-saved]").textContent = moment(entry.saved);
  link.href = `${entry.address}#draft=${entry.key}`;
  link.setAttribute("aria-label", `${link.textContent} ${first || entry.title}`);
  return item;
}

/** The list of what has not gone; nothing at all when everything has. */
export async function show() {
  if (!box || !owner) return;
  const open = document.querySelector("form[data-draft] [name=client_key]")?.value; // that one is in the form below
  const rows = (await list(owner)).filter((entry) => entry.key !== open && (entry.state === "waiting" || entry.errors));
  box.querySelector("ul").replaceChildren(...rows.map(row));
  box.hidden = rows.length === 0;
}

/** Asks the browser to wake the page when the network is back, where it can; then looks again by itself. */
export async function later() {
  await show();
  const worker = await navigator.serviceWorker?.getRegistration();
  await worker?.sync?.register("studio-outbox").catch(() => {});
}

export async function watch() {
  if (!owner) return;
  const done = document.querySelector("[data-draft-done]")?.dataset.draftDone;
  if (done) await remove(owner, done);
  addEventListener("online", flush);
  addEventListener("offline", show);
  addEventListener("visibilitychange", () => document.visibilityState === "visible" && flush());
  navigator.serviceWorker?.addEventListener("message", (event) => event.data === "flush" && flush());
  setInterval(flush, AGAIN);
  await show();
  await flush();
}
