// A draft of a case sheet is kept by the server while it is typed; after the first time the page has the draft's address.
import { KeptByServer } from "./kept-by-server.js";

const form = document.querySelector("[data-sheet-form][data-kept]");

if (form)
  new KeptByServer(form, (answer) => {
    form.elements.version.value = answer.version;
    if (answer.address !== location.pathname) history.replaceState(null, "", answer.address);
  });
