// Filters stand open on a wide screen; newer browsers do it in CSS through ::details-content.
const wide = matchMedia("(min-width: 992px)");

function fit() {
  for (const filters of document.querySelectorAll("details.filters")) {
    filters.open = wide.matches || filters.querySelector(".is-invalid") !== null;
  }
}

if (!CSS.supports("selector(::details-content)")) {
  fit();
  wide.addEventListener("change", fit);
}
