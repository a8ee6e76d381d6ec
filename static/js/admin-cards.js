// On a phone the admin's lists read as cards: each cell needs the name of its column.
const names = [...document.querySelectorAll("#result_list thead th")].map((head) => head.querySelector(".text")?.textContent.trim());

for (const row of document.querySelectorAll("#result_list tbody tr")) {
  [...row.cells].forEach((cell, place) => {
    if (names[place] && cell.tagName === "TD" && !cell.classList.contains("action-checkbox")) {
      cell.dataset.label = names[place];
    }
  });
}
