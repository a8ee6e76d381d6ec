// Asks before a form is sent: words come from data-confirm… on the button that was pressed, or on its form.
const box = document.getElementById("confirm");

function ask(words) {
  const [yes, no] = box.querySelectorAll("button");
  box.querySelector("h2").textContent = words.confirm;
  box.querySelector("p").textContent = words.confirmDetail ?? "";
  box.querySelector("p").hidden = !words.confirmDetail;
  yes.textContent = words.confirmYes ?? yes.dataset.default;
  no.textContent = words.confirmNo ?? no.dataset.default;
  yes.className = `btn ${"confirmSeal" in words ? "btn-seal" : "btn-primary"}`;
  box.returnValue = "";
  box.showModal();
  no.focus();
  return new Promise((answer) =>
    box.addEventListener("close", () => answer(box.returnValue === "yes"), { once: true }),
  );
}

let agreed = null;

async function stopAndAsk(event) {
  const form = event.target;
  const words = [event.submitter, form].find((part) => part?.dataset.confirm)?.dataset;
  if (!words || agreed === form) {
    agreed = null;
    return;
  }
  event.preventDefault();
  if (await ask(words)) {
    agreed = form;
    form.requestSubmit(event.submitter);
  } else {
    event.submitter?.focus();
  }
}

if (box?.showModal) {
  document.addEventListener("submit", stopAndAsk);
}
