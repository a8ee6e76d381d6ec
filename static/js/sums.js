// Says, while weights are typed, what each group makes and what it must make. The server checks it again.
const form = document.querySelector("form[data-sums]");
const read = (field) => Math.round(Number(field.value || 0) * 100);

function say() {
  for (const group of form.querySelectorAll("[data-sum]")) {
    const whole = group.dataset.sum;
    const wanted = /^\d+$/.test(whole) ? Number(whole) * 100 : read(form.elements[whole]);
    const sum = [...group.querySelectorAll("input")].reduce((total, field) => total + read(field), 0);
    const words = group.querySelector("[data-sum-words]");
    words.textContent = words.dataset.sumWords.replace("{sum}", sum / 100).replace("{whole}", wanted / 100);
    words.classList.toggle("is-right", sum === wanted);
  }
}

if (form) {
  form.addEventListener("input", say);
  say();
}
