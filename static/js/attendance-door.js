// The screen at the door: the code of this moment, and who has come, drawn anew every few seconds.
const EVERY = 5000;
const door = document.querySelector("[data-door]");
const part = (name) => door.querySelector(`[data-door-${name}]`);

async function draw() {
  let now;
  try {
    const response = await fetch(door.dataset.door, { cache: "no-store", redirect: "manual" });
    if (!response.ok) throw new Error("no answer");
    now = await response.json();
  } catch {
    return; // an old code is refused by itself; the next round tries again
  }
  const drawn = new DOMParser().parseFromString(now.qr, "text/html").querySelector("svg");
  part("code").replaceChildren(...(drawn ? [drawn] : []));
  part("trouble").textContent = now.trouble;
  part("trouble").hidden = !now.trouble;
  part("how").hidden = Boolean(now.trouble);
  if (part("count").textContent !== now.count) part("count").textContent = now.count;
  part("names").replaceChildren(...now.names.map((name) => Object.assign(document.createElement("li"), { textContent: name })));
}

if (door) setInterval(draw, EVERY);
