// Whose device this is at the moment, as the page says; "" when nobody is signed in.
const data = document.getElementById("device")?.dataset ?? {};
const COOKIE = "studio_here";

export const owner = data.owner ?? "";
export const words = data;
export const keptAt = Number(document.documentElement.dataset.kept ?? 0); // 0: this page came from the network

/** While this mark is there a kept page may be shown; it goes when the sign-in goes, at the latest with the browser. */
export function mark() {
  const stay = Number(data.stay) ? `; max-age=${data.stay}` : "";
  document.cookie = `${COOKIE}=${owner}; path=/; SameSite=Lax${stay}`;
}

export function unmark() {
  document.cookie = `${COOKIE}=; path=/; SameSite=Lax; max-age=0`;
}

export const marked = () => document.cookie.split("; ").includes(`${COOKIE}=${owner}`);
