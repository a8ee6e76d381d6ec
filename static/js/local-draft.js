// For forms of words only (a reflection, a reply): keeps what is typed on this device until it is saved. A draft belongs to one person, one form and one
// key made with the page: sending it twice makes one log, and whoever would rather begin anew can.
const PREFIX = "studio-draft:";
const EVERY = 2000;

const kept = (field) =>
  field.name && field.name !== "csrfmiddlewaretoken" && !["file", "submit", "button"].includes(field.type);
const ticks = (field) => ["checkbox", "radio"].includes(field.type);
const several = (field) => field.type === "select-multiple";

function read(form) {
  const values = {};
  for (const field of [...form.elements].filter(kept)) {
    values[field.name] ??= [];
    if (several(field)) values[field.name].push(...[...field.selectedOptions].map((option) => option.value));
    else if (!ticks(field) || field.checked) values[field.name].push(field.value);
  }
  return values;
}

function write(form, values) {
  for (const field of [...form.elements].filter(kept)) {
    const own = values[field.name];
    if (!own) continue;
    if (ticks(field)) field.checked = own.includes(field.value);
    else if (several(field)) for (const option of field.options) option.selected = own.includes(option.value);
    else field.value = own[0] ?? "";
  }
}

function moment(saved) {
  const date = new Date(saved);
  const today = date.toDateString() === new Date().toDateString();
  const language = document.documentElement.lang === "en" ? "en-GB" : "zh-CN";
  const day = today ? {} : { month: "numeric", day: "numeric" };
  return date.toLocaleString(language, { ...day, hour: "2-digit", minute: "2-digit", hour12: false });
}

/** Every draft on this device, by its name; what can't be read is no draft. */
function drafts() {
  const found = new Map();
  for (const name of Object.keys(localStorage).filter((each) => each.startsWith(PREFIX))) {
    try {
      found.set(name, JSON.parse(localStorage.getItem(name)));
    } catch {
      localStorage.removeItem(name);
    }
  }
  return found;
}

function forget(key) {
  for (const [name, draft] of drafts()) {
    if (draft.values.client_key?.[0] === key) localStorage.removeItem(name);
  }
}

function keep(form) {
  const name = PREFIX + form.dataset.draft;
  const status = document.querySelector("[data-draft-status]");
  const anew = document.querySelector("form[data-draft-anew]");
  const say = (words, saved) => (status.textContent = words.replace("{time}", moment(saved)));
  const address = new URL(location.href);
  if (address.searchParams.has("anew")) {
    localStorage.removeItem(name);
    address.searchParams.delete("anew");
    history.replaceState(null, "", address);
  }
  const found = drafts().get(name);
  if (found && !form.hasAttribute("data-draft-sent")) {
    write(form, found.values);
    say(status.dataset.restored, found.saved);
    anew.hidden = false;
  }
  let last = JSON.stringify(read(form));
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
    say(status.dataset.saved, saved);
  };
  setInterval(save, EVERY);
  for (const event of ["pagehide", "visibilitychange"]) addEventListener(event, save);
  form.addEventListener("submit", save);
}

const done = document.querySelector("[data-draft-done]");
if (done) forget(done.dataset.draftDone);
const form = document.querySelector("form[data-draft]");
if (form) keep(form);
