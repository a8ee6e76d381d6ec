// The writing page: what is typed is kept by the server a moment later, and the preview, length and hints come back.
const form = document.querySelector("[data-letter-form]");
const PAUSE = 900;
const RETRY = 6000;

const said = form.querySelector("[data-saved]");
const words = () => new URLSearchParams(new FormData(form));
const text = () => {
  const now = words();
  for (const name of ["csrfmiddlewaretoken", "version"]) now.delete(name);
  return now.toString();
};

let kept = text();
let timer = null;
let under = null;
let stopped = false;

function say(part) {
  const time = new Date().toLocaleTimeString("zh-CN", { hour: "2-digit", minute: "2-digit" });
  said.textContent = part === "words" ? `${said.dataset.words} ${time}` : said.dataset[part];
}

function show(answer) {
  form.elements.version.value = answer.version;
  form.querySelector("[data-length]").textContent = answer.length;
  form.querySelector("[data-hints]").innerHTML = answer.hints;
  document.querySelector("[data-preview]").innerHTML = answer.preview;
}

async function send() {
  const now = text();
  if (now === kept || stopped) return;
  const answer = await fetch(location.href, {
    method: "POST",
    body: words(),
    headers: { "X-Autosave": "1", "X-CSRFToken": form.elements.csrfmiddlewaretoken.value },
    credentials: "same-origin",
    redirect: "error",
  });
  if (answer.status === 409) {
    stopped = true;
    say("stale");
  } else if (answer.ok) {
    kept = now;
    show(await answer.json());
    say("words");
    if (text() !== kept) later(PAUSE);
  } else {
    say("failed");
    later(RETRY);
  }
}

function save() {
  clearTimeout(timer);
  under ??= send()
    .catch(() => {
      say("failed");
      later(RETRY);
    })
    .finally(() => (under = null));
  return under;
}

function later(pause) {
  clearTimeout(timer);
  timer = setTimeout(save, pause);
}

// A saving that is under way must come home first, or the form would be sent with an old version.
let waited = false;
form.addEventListener("submit", async (event) => {
  if (event.defaultPrevented || waited || !under) {
    clearTimeout(timer);
    return;
  }
  event.preventDefault();
  await under;
  waited = true;
  form.requestSubmit(event.submitter);
});

form.addEventListener("input", () => later(PAUSE));
form.addEventListener("change", () => later(PAUSE));
document.addEventListener("visibilitychange", () => {
  if (document.visibilityState === "hidden") save();
});

// Sentences to begin from: those of the chosen style first, put after what is already there.
function byStyle() {
  const style = form.elements.style.value;
  for (const item of form.querySelectorAll(".examples li[data-style]")) item.hidden = item.dataset.style !== style;
}

for (const button of form.querySelectorAll("[data-put]")) {
  button.hidden = false;
  button.addEventListener("click", () => {
    const field = form.elements[button.dataset.put];
    const sentence = button.parentElement.querySelector(".kai").textContent.trim();
    const grows = field.tagName === "TEXTAREA" && field.value.trim();
    field.value = grows ? `${field.value.trimEnd()}${sentence}` : sentence;
    field.focus();
    later(0);
  });
}
form.addEventListener("change", (event) => event.target.name === "style" && byStyle());
byStyle();
