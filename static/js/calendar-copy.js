// Copies an address that is shown once. Where the browser does not let a page copy, the address is selected instead.
const button = document.querySelector("button[data-copy]");
const said = document.querySelector("[data-copy-said]");
const address = button && document.getElementById(button.dataset.copy);

async function copy() {
  try {
    await navigator.clipboard.writeText(address.textContent.trim());
    said.textContent = address.dataset.copied;
  } catch {
    getSelection().selectAllChildren(address);
  }
}

if (address) {
  button.hidden = false;
  button.addEventListener("click", copy);
}
