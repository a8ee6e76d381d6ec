// Keeps what is typed into a form, photos included, until it is sent: on this device at once, on the server soon after.
// A draft belongs to one person, one form and one key: sending it twice makes one log, and it never shows in another.
import { moveDays } from "./days.js";
import { keptAt, owner, words } from "./device.js";
import { showErrors, clearErrors } from "./errors.js";
import { read, write } from "./fields.js";
import { newKey } from "./keys.js";
import { claim } from "./locks.js";
import { moment } from "./moment.js";
import { later, send, sending, show } from "./outbox.js";
import { Photos } from "./photos.js";
import { Refused, SignedOut, dropDraft, keepDraft } from "./server.js";
import { get, list, put, remove } from "./store.js";

const EVERY = 1500;
const TO_SERVER = 4000;

class Draft {
  constructor(form) {
    this.form = form;
    this.status = form.querySelector("[data-draft-status]");
    this.anew = document.querySelector("form[data-draft-anew]");
    this.photos = new Photos(form, () => this.save());
    this.scope = { owner, form: form.dataset.draft, about: form.dataset.about ?? "", address: form.dataset.address };
  }

  get key() {
    return this.form.elements.client_key.value;
  }

  set key(key) {
    this.form.elements.client_key.value = key;
  }

  snapshot() {
    const photos = this.photos.all;
    return { values: read(this.form), photos };
  }

  mark({ values, photos }) {
    return JSON.stringify([values, photos.map((photo) => photo.id)]);
  }

  say(text, saved) {
    this.status.textContent = text.replace("{time}", saved ? moment(saved) : "");
  }

  /** Which draft this page goes on with, if any. */
  async find() {
    if (this.form.dataset.draftShown || this.form.hasAttribute("data-draft-sent")) return get(owner, this.key);
    const asked = new URLSearchParams(location.hash.slice(1)).get("draft");
    const own = (await list(owner)).filter((each) => each.form === this.scope.form && each.about === this.scope.about);
    if (asked) return own.find((each) => each.key === asked);
    for (const each of own.filter((each) => each.state === "draft")) if (await claim(`draft:${each.key}`)) return each;
    return null;
  }

  async begin() {
    if (keptAt) moveDays(this.form, keptAt);
    const found = await this.find().catch(() => null);
    const shown = this.form.dataset.draftShown; // the server's copy is already in the form: when it was typed
    if (found) {
      this.photos.set(found.photos);
      this.key = found.key;
      const newer = !shown || Date.parse(found.saved) > Date.parse(shown);
      if (newer && !this.form.hasAttribute("data-draft-sent")) write(this.form, found.values);
      this.goOn(newer ? found.saved : shown);
      if (found.errors) showErrors(this.form, found.errors);
    } else if (shown) this.goOn(shown);
    else if (!this.form.hasAttribute("data-draft-sent")) this.key = newKey();
    if (shown || location.hash.startsWith("#draft=")) history.replaceState(null, "", this.scope.address);
    await this.hideOffers();
    claim(`draft:${this.key}`);
    const kept = found?.state === "draft" && !found.errors && !shown;
    this.last = kept || !(found || shown) ? this.mark(this.snapshot()) : "";
    this.listen();
    await this.save({ quiet: true });
    await show();
  }

  goOn(saved) {
    this.say(this.status.dataset.restored, saved);
    if (this.anew) this.anew.hidden = false;
  }

  /** The server offers its copies; those that this device has as new are no news. */
  async hideOffers() {
    const box = document.querySelector("[data-draft-offers]");
    if (!box) return;
    const here = new Map((await list(owner).catch(() => [])).map((entry) => [entry.key, entry.saved]));
    for (const offer of box.querySelectorAll("[data-draft-offer]"))
      if (keptAt || Date.parse(here.get(offer.dataset.draftOffer)) >= Date.parse(offer.dataset.saved)) offer.remove();
    box.hidden = !box.querySelector("[data-draft-offer]");
  }

  listen() {
    this.live = true;
    this.timer = setInterval(() => this.save(), EVERY);
    addEventListener("hashchange", () => location.hash.startsWith("#draft=") && this.save().then(() => location.reload()));
    addEventListener("pageshow", (event) => event.persisted && location.reload());
    for (const event of ["pagehide", "visibilitychange"]) addEventListener(event, () => this.save());
    document.addEventListener("submit", (event) => this.submitted(event));
  }

  entry(state) {
    const title = document.querySelector("h1").textContent.trim();
    return { ...this.scope, key: this.key, title, ...this.snapshot(), saved: new Date().toISOString(), state, errors: null };
  }

  async save({ quiet = false } = {}) {
    if (!this.live) return;
    const now = this.mark(this.snapshot());
    if (now === this.last) return;
    const entry = this.entry("draft");
    try {
      await put(entry);
    } catch {
      this.say(this.status.dataset.full);
      return;
    }
    this.last = now;
    if (!quiet) this.say(this.status.dataset.saved, entry.saved);
    clearTimeout(this.soon);
    this.soon = setTimeout(() => this.live && keepDraft(entry), TO_SERVER);
  }

  submitted(event) {
    if (event.defaultPrevented) return;
    if (event.target === this.anew) {
      event.preventDefault();
      this.drop();
    } else if (event.target === this.form) {
      event.preventDefault();
      this.submit();
    }
  }

  async drop() {
    this.live = false;
    clearTimeout(this.soon);
    const entry = this.entry("draft");
    await remove(owner, entry.key);
    if (navigator.onLine) await dropDraft(entry);
    location.replace(this.scope.address);
  }

  async submit() {
    if (!this.live) return;
    this.busy(true);
    await this.photos.busy;
    const entry = this.entry("waiting");
    try {
      await put(entry);
    } catch {
      this.form.submit(); // no room on the device: then at least the plain way, without waiting
      return;
    }
    this.live = false;
    clearTimeout(this.soon);
    await sending(() => this.go(entry));
  }

  async go(entry) {
    try {
      const { url } = await send(entry, "now", (share) => this.progress(share));
      location.assign(url);
    } catch (trouble) {
      if (trouble instanceof SignedOut) {
        location.assign(`${words.login}?next=${encodeURIComponent(this.scope.address)}`);
        return;
      }
      this.busy(false);
      if (trouble instanceof Refused) this.goBackTo(trouble);
      else this.startAnew();
    }
  }

  goBackTo({ answer, key }) {
    this.key = key ?? this.key;
    this.live = true;
    this.last = this.mark(this.snapshot());
    this.say(this.status.dataset.saved, new Date());
    showErrors(this.form, answer);
    show();
  }

  /** The entry waits for the network; the form is free for another one. */
  async startAnew() {
    clearErrors(this.form);
    this.form.reset();
    this.photos.set([]);
    this.key = newKey();
    await later();
    claim(`draft:${this.key}`);
    if (this.anew) this.anew.hidden = true;
    this.last = this.mark(this.snapshot());
    this.live = true;
    this.say(this.status.dataset.waits);
    document.querySelector("[data-outbox] h2")?.focus();
    scrollTo({ top: 0 });
  }

  busy(on) {
    this.form.toggleAttribute("aria-busy", on);
    this.form.querySelector("[data-send]").disabled = on;
    this.bar.hidden = !on;
    if (on) this.say(this.status.dataset.sending);
    this.progress(0);
  }

  get bar() {
    return this.form.querySelector("[data-sending]");
  }

  progress(share) {
    const percent = Math.round(share * 100);
    this.bar.querySelector("progress").value = percent;
    this.bar.querySelector("span").textContent = `${percent}%`;
  }
}

const form = document.querySelector("form[data-draft]");
if (form && owner) await new Draft(form).begin();
