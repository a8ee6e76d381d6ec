// Keeps a rater's choices on the server while they rate. Without a script the two buttons do the same.
const form = document.querySelector("form[data-autosave]");
const WAIT = 1200;
const AGAIN = 10000;

if (form && !form.hasAttribute("data-autosave-off")) {
  const status = form.querySelector("[data-autosave-status]");
  const version = form.elements.version;
  let timer, running, leaving;
  const save = async () => {
    if (leaving) return;
    if (running) return later(WAIT);
    running = true;
    try {
      const answer = await fetch(form.dataset.autosave, { method: "POST", body: new FormData(form) });
      const told = answer.headers.get("content-type")?.includes("json") ? await answer.json() : {};
      if (told.saved) {
        version.value = told.version;
        status.textContent = status.dataset.saved;
      } else {
        status.textContent = told.words || status.dataset.failed;
        if (answer.status >= 500) later(AGAIN);
      }
    } catch {
      status.textContent = status.dataset.failed;
      later(AGAIN);
    } finally {
      running = false;
    }
  };
  const later = (wait) => {
    clearTimeout(timer);
    timer = setTimeout(save, wait);
  };
  form.addEventListener("input", () => later(WAIT));
  form.addEventListener("submit", (event) => {
    leaving = true;
    clearTimeout(timer);
    if (!running) return;
    event.preventDefault(); // the version on its way back must be the one that is sent
    const { submitter } = event;
    const wait = setInterval(() => {
      if (running) return;
      clearInterval(wait);
      form.requestSubmit(submitter);
    }, 50);
  });
}
