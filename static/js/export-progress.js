// Watches a ZIP being made: moves the bar, and shows the page anew when it is over. Without a script, a link does it.
const EVERY = 1500; // milliseconds
const section = document.querySelector("[data-export-state]");

async function look() {
  let state;
  try {
    const response = await fetch(section.dataset.exportState, { headers: { Accept: "application/json" } });
    if (response.redirected || !response.ok) {
      location.reload(); // signed out, or the right is gone: the page itself says so
      return;
    }
    state = await response.json();
  } catch {
    setTimeout(look, EVERY * 4); // the line is down for a moment
    return;
  }
  if (!state.going_on) {
    location.reload();
    return;
  }
  const bar = section.querySelector("progress");
  bar.max = state.total;
  bar.value = state.done;
  const words = section.querySelector("[data-export-words]");
  if (words.textContent !== state.words) {
    words.textContent = state.words; // said only when it changed
  }
  setTimeout(look, EVERY);
}

section.querySelector(".no-js").hidden = true;
setTimeout(look, EVERY);
