// The writing page of a letter: the server keeps what is typed, and the preview, length and hints come back.
import { KeptByServer } from "./kept-by-server.js";

const form = document.querySelector("[data-letter-form]");

const keeper = new KeptByServer(form, (answer) => {
  form.elements.version.value = answer.version;
  form.querySelector("[data-length]").textContent = answer.length;
  form.querySelector("[data-hints]").innerHTML = answer.hints;
  document.querySelector("[data-preview]").innerHTML = answer.preview;
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
    keeper.later(0);
  });
}
form.addEventListener("change", (event) => event.target.name === "style" && byStyle());
byStyle();
