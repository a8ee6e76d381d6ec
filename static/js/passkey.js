// Asks the device for a passkey: the question stands in the page, the answer goes into the form, which is sent as usual.
const form = document.querySelector("form[data-passkey]");
const question = document.getElementById("passkey-question");

const bytes = (text) => Uint8Array.from(atob(text.replace(/-/g, "+").replace(/_/g, "/")), (letter) => letter.charCodeAt(0));
const text = (buffer) =>
  btoa(String.fromCharCode(...new Uint8Array(buffer))).replace(/\+/g, "-").replace(/\//g, "_").replace(/=+$/, "");

/** The question as the browser takes it: ids and challenge as bytes. */
function unpacked(asked) {
  const ready = { ...asked, challenge: bytes(asked.challenge) };
  if (asked.user) ready.user = { ...asked.user, id: bytes(asked.user.id) };
  for (const list of ["excludeCredentials", "allowCredentials"])
    if (asked[list]) ready[list] = asked[list].map((each) => ({ ...each, id: bytes(each.id) }));
  return ready;
}

function packed(credential) {
  const { response } = credential;
  const answer = {};
  for (const part of ["clientDataJSON", "attestationObject", "authenticatorData", "signature", "userHandle"])
    if (response[part]) answer[part] = text(response[part]);
  if (response.getTransports) answer.transports = response.getTransports();
  return JSON.stringify({
    id: credential.id,
    rawId: text(credential.rawId),
    type: credential.type,
    response: answer,
    clientExtensionResults: {},
  });
}

if (form && question && window.PublicKeyCredential) {
  const said = form.querySelector("[data-passkey-said]");
  const button = form.querySelector("[data-passkey-ask]");
  form.querySelector("[data-passkey-way]").hidden = false;
  form.querySelector("[data-passkey-none]")?.remove();
  said.hidden = true;
  const ask = async () => {
    button.disabled = true;
    try {
      const publicKey = unpacked(JSON.parse(question.textContent));
      form.elements.passkey.value = packed(await navigator.credentials[form.dataset.passkey]({ publicKey }));
      form.submit();
    } catch {
      said.textContent = said.dataset.failed;
      said.hidden = false;
      button.disabled = false;
    }
  };
  button.addEventListener("click", ask);
  if (form.dataset.passkey === "create")
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      ask();
    });
}
