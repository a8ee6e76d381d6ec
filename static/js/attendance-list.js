// The list of who came: every tap stays on this device; without a network the list waits and goes by itself later.
import { owner } from "./device.js";
import { read, write } from "./fields.js";
import { moment } from "./moment.js";
import { later, send, sending } from "./outbox.js";
import { Refused, SignedOut } from "./server.js";
import { get, put } from "./store.js";

class List {
  constructor(form) {
    this.form = form;
    this.key = form.dataset.attendance;
    this.status = form.querySelector("[data-attendance-said]");
  }

  say(name, words = {}) {
    const text = this.form.dataset[`said${name}`];
    this.status.textContent = text.replace("{time}", words.time ?? "").replace("{error}", words.error ?? "");
  }

  async begin() {
    const found = await get(owner, this.key).catch(() => null);
    if (found) {
      this.restore(found.values);
      this.say(found.state === "waiting" ? "Waits" : "Restored");
    }
    this.form.addEventListener("change", () => this.save("draft"));
    this.form.addEventListener("submit", (event) => this.submit(event));
  }

  /** What was chosen, beside what the page knows now: `was` stays the page's own. */
  restore(values) {
    const own = Object.fromEntries(Object.entries(values).filter(([name]) => /^(state|reason)-/.test(name)));
    write(this.form, own);
  }

  entry(state) {
    const { address, title } = this.form.dataset;
    const saved = new Date().toISOString();
    const about = "";
    return { owner, key: this.key, form: "attendance", about, address, title, values: read(this.form), photos: [], saved, state, errors: null };
  }

  async save(state) {
    const entry = this.entry(state);
    try {
      await put(entry);
    } catch {
      this.say("Full");
      return null;
    }
    this.say("Saved", { time: moment(entry.saved) });
    return entry;
  }

  async submit(event) {
    event.preventDefault();
    if (event.submitter?.name === "everyone") this.everyone();
    const entry = await this.save("waiting");
    if (!entry) return this.form.submit(); // no room on the device: then the plain way
    await sending(() => this.go(entry));
  }

  everyone() {
    for (const row of this.form.querySelectorAll(".attendance-choices"))
      if (!row.querySelector(":checked")) row.querySelector("[value=present]").checked = true;
  }

  async go(entry) {
    try {
      location.assign((await send(entry, "now")).url);
    } catch (trouble) {
      if (trouble instanceof Refused) return this.say("Refused", { error: trouble.answer.errors[0]?.message ?? trouble.answer.heading });
      this.say("Waits");
      if (!(trouble instanceof SignedOut)) await later();
    }
  }
}

const form = document.querySelector("form[data-attendance]");
if (form && owner) await new List(form).begin();
