// Reading a form into plain values and back: field name to the list of texts that the form would send.
const OTHER = "other";
const LEFT_OUT = ["file", "submit", "button", "fieldset", "output"];

const kept = (field) =>
  field.name && !["csrfmiddlewaretoken", "client_key", "sent_key"].includes(field.name) && !LEFT_OUT.includes(field.type);
const ticks = (field) => ["checkbox", "radio"].includes(field.type);

export function read(form) {
  const values = {};
  for (const field of [...form.elements].filter(kept)) {
    values[field.name] ??= [];
    if (field.type === "select-multiple") values[field.name].push(...[...field.selectedOptions].map((each) => each.value));
    else if (!ticks(field) || field.checked) values[field.name].push(field.value);
  }
  return values;
}

export function write(form, values) {
  const days = [...form.querySelectorAll("[name=day]")].map((field) => field.value);
  const shown = days.length && !days.includes(values.day?.[0]) ? dated(values) : values;
  for (const field of [...form.elements].filter(kept)) {
    const own = shown[field.name];
    if (!own) continue;
    if (ticks(field)) field.checked = own.includes(field.value);
    else if (field.type === "select-multiple") for (const each of field.options) each.selected = own.includes(each.value);
    else field.value = own[0] ?? "";
  }
}

/** The same values with the day written as a date: "today" must not move while an entry waits. */
export function dated(values) {
  const day = values.day?.[0];
  return day && day !== OTHER ? { ...values, day: [OTHER], date: [day] } : values;
}
