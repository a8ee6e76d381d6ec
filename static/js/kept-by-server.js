// What is typed into a form is kept by the server a moment later (X-Autosave). A form: `version`, a place [data-kept-said] with
// its words. `show` gets the server's answer.
const PAUSE = 900;
const RETRY = 6000;
const LEAVING = 3000;

export class KeptByServer {
  constructor(form, show) {
    this.form = form;
    this.show = show;
    this.said = form.querySelector("[data-kept-said]");
    this.kept = this.text();
    this.waited = false;
    for (const event of ["input", "change"]) form.addEventListener(event, () => this.later(PAUSE));
    form.addEventListener("submit", (event) => this.submitted(event));
    document.addEventListener("visibilitychange", () => document.visibilityState === "hidden" && this.save());
  }

  /** Everything but files: those go with the form itself. */
  words() {
    return new URLSearchParams([...new FormData(this.form)].filter(([, value]) => typeof value === "string"));
  }

  text() {
    const now = this.words();
    for (const name of ["csrfmiddlewaretoken", "sent_key", "version"]) now.delete(name);
    return now.toString();
  }

  say(part) {
    const time = new Date().toLocaleTimeString("zh-CN", { hour: "2-digit", minute: "2-digit" });
    this.said.textContent = part === "words" ? `${this.said.dataset.words} ${time}` : this.said.dataset[part];
  }

  async send() {
    const now = this.text();
    if (now === this.kept || this.stopped) return;
    const answer = await fetch(location.href, {
      method: "POST",
      body: this.words(),
      headers: { "X-Autosave": "1", "X-CSRFToken": this.form.elements.csrfmiddlewaretoken.value },
      credentials: "same-origin",
      redirect: "error",
    });
    if (answer.status === 409) {
      this.stopped = true;
      this.say("stale");
    } else if (answer.ok) {
      const told = await answer.json();
      this.kept = now;
      if (told.refused) {
        this.said.textContent = told.refused; // the same words would be refused again
        return;
      }
      this.show(told);
      this.say(told.left ? "part" : "words");
      if (this.text() !== this.kept) this.later(PAUSE);
    } else {
      this.say("failed");
      this.later(RETRY);
    }
  }

  save() {
    clearTimeout(this.timer);
    if (this.leaving) return null;
    this.under ??= this.send()
      .catch(() => {
        this.say("failed");
        this.later(RETRY);
      })
      .finally(() => (this.under = null));
    return this.under;
  }

  later(pause) {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.save(), pause);
  }

  /** A saving that is under way must come home first, or the form would be sent with an old version. */
  async submitted(event) {
    if (event.defaultPrevented || this.waited || !this.under) {
      clearTimeout(this.timer);
      this.leaving = true; // the form takes everything along, unless a question keeps it here
      setTimeout(() => {
        this.leaving = false;
        this.save();
      }, LEAVING);
      return;
    }
    event.preventDefault();
    await this.under;
    this.waited = true;
    this.form.requestSubmit(event.submitter);
  }
}
