// Keeps what is typed into a form on this device until it is saved. A draft belongs to one person, one form and one
// key made with the page, so it never shows up in another log and sending it twice makes one log.
const PREFIX = "studio-draft:";
const EVERY = 2000;

const fieldsOf = (form) =>
  [...form.elements].filter((field) => field.name && !["file", "submit", "button"].includes(field.type) && field.name !== "csrfmiddlewaretoken");

const ticks = (field) => field.type === "checkbox" || field.type === "radio";

function read(form) {
  const values = {};
  for (const field of fieldsOf(form)) {
    values[field.name] ??= [];
    if (!ticks(field) || field.checked) values[field.name].push(field.value);
  }
  return values;
}

function write(form, values) {
  for (const field of fieldsOf(form)) {
    const kept = values[field.name];
    if (!kept) continue;
    if (ticks(field)) field.checked = kept.includes(field.value);
    else if (kept.length) field.value = kept[0];
  }
}

function clock(date) {
  return date.toLocaleTimeString("zh-CN", { hour: "2-digit", minute: "2-digit", hour12: false });
}

function say(status, words, when) {
  status.textContent = words.replace("{time}", clock(when));
}

function forget(key) {
  for (const name of Object.keys(localStorage)) {
    if (name.startsWith(PREFIX) && JSON.parse(localStorage.getItem(name)).values.client_key?.[0] === key) localStorage.removeItem(name);
  }
}

function keep(form) {
  const name = PREFIX + form.dataset.draft;
  const status = document.querySelector("[data-draft-status]");
  let last = JSON.stringify(read(form));
  const found = localStorage.getItem(name);
  if (found && !form.hasAttribute("data-draft-sent")) {
    const { values, saved } = JSON.parse(found);
    write(form, values);
    last = JSON.stringify(read(form));
    say(status, status.dataset.restored, new Date(saved));
  }
  const save = () => {
    const values = read(form);
    const now = JSON.stringify(values);
    if (now === last) return;
    const saved = new Date();
    try {
      localStorage.setItem(name, JSON.stringify({ values, saved }));
    } catch {
      status.textContent = status.dataset.full;
      return;
    }
    last = now;
    say(status, status.dataset.saved, saved);
  };
  setInterval(save, EVERY);
  for (const event of ["pagehide", "visibilitychange"]) addEventListener(event, save);
  form.addEventListener("submit", save);
}

const done = document.querySelector("[data-draft-done]");
if (done) forget(done.dataset.draftDone);
const form = document.querySelector("form[data-draft]");
if (form) keep(form);
