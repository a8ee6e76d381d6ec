// A page that was kept on the device says "today" of the day it was kept: moves its days on to the present ones.
import { language } from "./moment.js";

const DAY = 24 * 3600 * 1000;
const midnight = (time) => new Date(time).setHours(0, 0, 0, 0);

export function moveDays(form, keptAt) {
  const passed = Math.round((midnight(Date.now()) - midnight(keptAt)) / DAY);
  if (passed <= 0) return;
  for (const field of form.querySelectorAll("[name=day]:not([value=other])")) {
    const day = new Date(Date.parse(field.value) + passed * DAY); // midnight in UTC, as the value means no hour
    field.value = day.toISOString().slice(0, 10);
    const small = field.labels[0]?.querySelector("small");
    if (small) small.textContent = day.toLocaleDateString(language(), { month: "long", day: "numeric", timeZone: "UTC" });
  }
}
