// The pairing workbench: a tablet dropped on another beam sends the same form that the two selects fill.
const form = document.getElementById("move-form");

function fieldOf(name) {
  return form.elements.namedItem(name);
}

function beamUnder(event) {
  return event.target.closest?.(".beam-drop[data-mentor]");
}

function lift(event) {
  const tablet = event.target.closest?.(".tablet[data-mentee]");
  if (!tablet) return;
  event.dataTransfer.effectAllowed = "move";
  event.dataTransfer.setData("text/plain", tablet.dataset.mentee);
  tablet.classList.add("is-dragged");
}

function settle() {
  for (const part of document.querySelectorAll(".is-dragged, .is-over")) {
    part.classList.remove("is-dragged", "is-over");
  }
}

function hover(event) {
  const beam = beamUnder(event);
  for (const part of document.querySelectorAll(".is-over")) {
    if (part !== beam) part.classList.remove("is-over");
  }
  if (!beam) return;
  event.preventDefault();
  beam.classList.add("is-over");
}

function drop(event) {
  const beam = beamUnder(event);
  const dragged = document.querySelector(".tablet.is-dragged");
  if (!beam || !dragged) return;
  event.preventDefault();
  const from = dragged.closest(".beam-drop[data-mentor]");
  settle();
  if (from === beam) return;
  fieldOf("mentee").value = dragged.dataset.mentee;
  fieldOf("mentor").value = beam.dataset.mentor;
  form.requestSubmit();
}

if (form && matchMedia("(pointer: fine)").matches) {
  for (const tablet of document.querySelectorAll(".tablet[data-mentee]:not(.tablet-locked)")) {
    tablet.draggable = true;
  }
  for (const tablet of document.querySelectorAll(".tablet-locked")) {
    tablet.draggable = false;
  }
  document.addEventListener("dragstart", lift);
  document.addEventListener("dragend", settle);
  document.addEventListener("dragover", hover);
  document.addEventListener("drop", drop);
}
