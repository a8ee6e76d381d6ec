// Talking to the server in the background: a fresh token each time, and plain names for what can go wrong.
import { owner, words } from "./device.js";

export class Unreachable extends Error {}
export class SignedOut extends Error {}
export class Refused extends Error {
  /** `key`: the one under which the words go on, when the old one is used up. */
  constructor(answer, key) {
    super("refused");
    this.answer = answer;
    this.key = key;
  }
}

const HEADER = "X-Studio-Outbox";
const GIVEN_UP = 120000;

/** A token for this person; someone else's sign-in is as good as none. */
export async function token() {
  let response;
  try {
    response = await fetch(words.token, { redirect: "manual", cache: "no-store" });
  } catch {
    throw new Unreachable();
  }
  if (response.type === "opaqueredirect") throw new SignedOut();
  if (!response.ok) throw new Unreachable();
  const here = await response.json();
  if (here.owner !== owner) throw new SignedOut();
  return here.token;
}

/** Sends a form; `told` hears the share that has left, 0 to 1. Gives the answer, or throws one of the above. */
export function post(address, body, when, told = () => {}) {
  return new Promise((done, failed) => {
    const request = new XMLHttpRequest();
    request.open("POST", address);
    request.setRequestHeader(HEADER, when);
    request.timeout = GIVEN_UP;
    request.upload.onprogress = (event) => event.lengthComputable && told(event.loaded / event.total);
    request.onerror = request.ontimeout = request.onabort = () => failed(new Unreachable());
    request.onload = () => {
      const answer = parsed(request.responseText);
      if (request.status === 200 && answer?.url) done(answer);
      else if (request.status === 422 && answer) failed(new Refused(answer));
      else if (request.status === 200) failed(new SignedOut());
      else if (request.status >= 500 || request.status === 429) failed(new Unreachable());
      else failed(new Refused({ heading: words.notTaken, errors: [] }));
    };
    request.send(body);
  });
}

function parsed(text) {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

const draftAddress = (entry) => words.draft.replace("FORM", entry.form).replace("00000000-0000-4000-8000-000000000000", entry.key);

/** A copy of the words for the other devices; photos stay here. Trouble is no trouble: this device has everything. */
export async function keepDraft(entry) {
  const body = JSON.stringify({ content: entry.values, saved_at: entry.saved, mentor: entry.about || null });
  return talk(draftAddress(entry), { method: "POST", body });
}

export const dropDraft = (entry) => talk(draftAddress(entry), { method: "DELETE" });

async function talk(address, options) {
  try {
    const headers = { "X-CSRFToken": await token(), "Content-Type": "application/json" };
    const response = await fetch(address, { ...options, headers, redirect: "manual", keepalive: true });
    return response.ok;
  } catch {
    return false;
  }
}
