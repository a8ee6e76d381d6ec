// Sends on what waited for a second look. Who comes back to this page later sends nothing a second time.
const form = document.querySelector("form[data-resend]");
const [arrival] = performance.getEntriesByType("navigation");
if (form && arrival?.type !== "back_forward") form.requestSubmit();
