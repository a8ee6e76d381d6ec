// While the title is typed, what was solved before is shown under it.
const form = document.querySelector("[data-sheet-form]");
const box = form.querySelector("[data-similar]");
const answered = document.getElementById("answered");
const PAUSE = 500;
let timer = null;
let asking = null;
let shown = "";

async function look() {
  const asked = new URLSearchParams({ title: form.elements.title.value.trim(), category: form.elements.category.value });
  if (asked.toString() === shown) return;
  asking?.abort();
  asking = new AbortController();
  try {
    const answer = await fetch(`${box.dataset.similar}?${asked}`, { redirect: "error", signal: asking.signal });
    if (!answer.ok) return;
    box.innerHTML = await answer.text();
    shown = asked.toString();
  } catch {
    // no network or no sign-in: what is shown stays
  }
}

function soon(event) {
  if (!["title", "category"].includes(event.target.name) && event.target !== form) return;
  clearTimeout(timer);
  timer = setTimeout(look, PAUSE);
}

if (!box.hidden) {
  form.addEventListener("input", soon);
  form.addEventListener("change", soon);
}

// The draft on this page may have got another key from this device.
answered.addEventListener("submit", () => (answered.elements.client_key.value = form.elements.client_key.value));
