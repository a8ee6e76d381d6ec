// One tab at a time: where the browser has no locks, everyone goes ahead, and the server still makes one log of a key.
const PATIENCE = 1500; // a page that is being left lets go of its lock a moment later

/** Runs `act` while no other tab does the same. */
export const alone = (name, act) => (navigator.locks ? navigator.locks.request(name, act) : act());

/** True when this page has the thing for as long as it is open; false when another tab holds it. */
export function claim(name) {
  if (!navigator.locks) return Promise.resolve(true);
  return new Promise((answer) => {
    const hold = () => {
      answer(true);
      return new Promise(() => {});
    };
    navigator.locks.request(name, { signal: AbortSignal.timeout(PATIENCE) }, hold).catch(() => answer(false));
  });
}
