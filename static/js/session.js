// Says two minutes ahead that the session will end, and lets one tap go on. The server alone knows how long it lasts.
const bar = document.querySelector("[data-session]");
const WARN = 120;
const LOOK = 5000;

if (bar) {
  const said = bar.querySelector("[data-session-said]");
  const button = bar.querySelector("[data-session-stay]");
  let ends = Date.now() + Number(bar.dataset.left) * 1000;
  let over = false;
  const left = () => (ends - Date.now()) / 1000;

  const say = (words) => {
    if (bar.hidden || said.textContent !== words) said.textContent = words;
    bar.hidden = false;
  };

  /** Another tab may have gone on, or signed out. Without a network nothing is known, and nothing is said. */
  const ask = async (method) => {
    const headers = { "X-CSRFToken": bar.dataset.token };
    const answer = await fetch(bar.dataset.stay, { method, headers, redirect: "manual", cache: "no-store" }).catch(() => null);
    if (!answer) return;
    const told = answer.ok ? await answer.json() : { left: 0 };
    if (told.left === null) ends = Infinity;
    else ends = Date.now() + told.left * 1000;
  };

  const look = async () => {
    if (over || left() > WARN) return;
    if (bar.hidden || left() <= 0) await ask("GET");
    if (left() > WARN) bar.hidden = true;
    else if (left() > 0) say(button.hidden ? said.dataset.last : said.dataset.soon);
    else {
      over = true;
      button.hidden = true;
      say(said.dataset.over);
    }
  };

  button.addEventListener("click", async () => {
    await ask("POST");
    if (left() <= WARN) button.hidden = true; // the day's limit: no tap moves it
    else bar.hidden = true;
    await look();
  });
  setInterval(look, LOOK);
  document.addEventListener("visibilitychange", () => document.hidden || look());
}
