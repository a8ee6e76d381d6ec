// Under each text, while it is typed: the places that may lead to a person.
const form = document.querySelector("[data-sheet-form]");
const address = form.dataset.lookAt;
const PAUSE = 900;

class Watched {
  constructor(box) {
    this.box = box;
    this.field = form.elements[box.dataset.places];
    this.seen = this.field.value;
    this.field.addEventListener("input", () => this.soon());
    form.addEventListener("change", (event) => [form, this.field].includes(event.target) && this.soon());
  }

  soon() {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.look(), PAUSE);
  }

  async look() {
    const text = this.field.value;
    if (text === this.seen) return;
    this.asking?.abort();
    this.asking = new AbortController();
    try {
      const answer = await fetch(address, {
        method: "POST",
        body: new URLSearchParams({ text }),
        headers: { "X-CSRFToken": form.elements.csrfmiddlewaretoken.value },
        redirect: "error",
        signal: this.asking.signal,
      });
      if (!answer.ok) return;
      this.box.innerHTML = await answer.text();
      this.seen = text;
    } catch {
      // no network or no sign-in: sending looks again
    }
  }
}

for (const box of form.querySelectorAll("[data-places]")) new Watched(box);
