// What the server said is missing, shown as a page of its own would: the list first, then beside each field.
import { goToField } from "./focus-summary.js";

const element = (name, css, text = "") => {
  const made = document.createElement(name);
  made.className = css;
  made.textContent = text;
  return made;
};

export function clearErrors(form) {
  for (const old of document.querySelectorAll("main .summary, main .invalid-feedback")) old.remove();
  for (const field of form.querySelectorAll(".is-invalid")) {
    field.classList.remove("is-invalid");
    field.removeAttribute("aria-invalid");
  }
}

function beside(form, { field, message }) {
  const place = document.getElementById(`div_id_${field}`);
  if (!place) return null;
  const line = element("div", "invalid-feedback d-block", message);
  (place.querySelector(".form-check:last-of-type") ?? place).append(line);
  for (const input of form.querySelectorAll(`[name="${field}"]`)) {
    input.classList.add("is-invalid");
    input.setAttribute("aria-invalid", "true");
  }
  place.closest("details")?.setAttribute("open", "");
  return place;
}

export function showErrors(form, answer) {
  clearErrors(form);
  const summary = element("div", "summary");
  summary.setAttribute("role", "alert");
  summary.tabIndex = -1;
  const list = element("ul", "");
  for (const error of answer.errors) {
    const place = beside(form, error);
    const item = element("li", "", place ? "" : error.message);
    if (place) {
      const link = element("a", "", form.dataset.error.replace("{label}", error.label).replace("{error}", error.message));
      link.href = `#${place.id}`;
      item.append(link);
    }
    list.append(item);
  }
  summary.append(element("h2", "", answer.heading), list);
  summary.addEventListener("click", goToField);
  form.before(summary);
  summary.focus();
  summary.scrollIntoView({ block: "start" });
}
