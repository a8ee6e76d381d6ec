// A form that is sent the plain way (a reflection, homework, a reply): its words stay on this device until it is taken.
// The page that follows names the key (data-draft-done), and outbox.js lets the entry go.
import { owner } from "./device.js";
import { read, write } from "./fields.js";
import { moment } from "./moment.js";
import { list, put, remove } from "./store.js";

const EVERY = 1500;

class Words {
  constructor(form) {
    this.form = form;
    this.status = form.querySelector("[data-draft-status]");
    this.anew = document.querySelector("form[data-draft-anew]");
    this.scope = { owner, form: form.dataset.draftWords, about: form.dataset.about, address: location.pathname };
    this.live = true;
  }

  say(text, saved) {
    this.status.textContent = text.replace("{time}", saved ? moment(saved) : "");
  }

  async begin() {
    const key = this.form.elements.client_key.value;
    const same = (entry) => entry.form === this.scope.form && (entry.about === this.scope.about || entry.key === key);
    const found = (await list(owner).catch(() => [])).find(same);
    if (found) {
      const shown = this.form.dataset.draftShown; // the server's copy is in the form: when it was kept
      const newer = !shown || Date.parse(found.saved) > Date.parse(shown);
      this.form.elements.client_key.value = found.key;
      if (newer && !this.form.hasAttribute("data-draft-sent")) {
        write(this.form, found.values);
        this.form.dispatchEvent(new Event("change", { bubbles: true }));
        this.say(this.status.dataset.restored, found.saved);
        this.anew.hidden = false;
      }
    }
    this.last = JSON.stringify(read(this.form));
    setInterval(() => this.save(), EVERY);
    for (const event of ["pagehide", "visibilitychange"]) addEventListener(event, () => this.save());
    document.addEventListener("submit", (event) => this.submitted(event));
  }

  async save() {
    const values = read(this.form);
    const now = JSON.stringify(values);
    if (!this.live || now === this.last) return;
    const key = this.form.elements.client_key.value;
    const title = document.querySelector("h1").textContent.trim();
    const saved = new Date().toISOString();
    try {
      await put({ ...this.scope, key, title, values, photos: [], saved, state: "draft", errors: null });
    } catch {
      this.say(this.status.dataset.full);
      return;
    }
    this.last = now;
    this.say(this.status.dataset.saved, saved);
  }

  submitted(event) {
    if (event.defaultPrevented) return; // the question box comes first
    if (event.target === this.form) this.save();
    if (event.target !== this.anew) return;
    event.preventDefault();
    this.live = false;
    remove(owner, this.form.elements.client_key.value).finally(() => location.reload());
  }
}

const form = document.querySelector("form[data-draft-words]");
if (form && owner) await new Words(form).begin();
