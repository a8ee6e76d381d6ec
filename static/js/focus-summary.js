// After a refused form: go to the list of what is missing, and from each line to its field.
const summary = document.querySelector(".summary");

export function goToField(event) {
  const link = event.target.closest("a[href^='#']");
  const target = link && document.getElementById(link.hash.slice(1));
  if (!target) return;
  const field = target.matches("input, select, textarea, button") ? target : target.querySelector("input, select, textarea");
  if (!field) return;
  event.preventDefault();
  field.focus({ preventScroll: true });
  target.scrollIntoView({ block: "center" });
}

summary?.focus();
summary?.addEventListener("click", goToField);
