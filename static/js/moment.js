// A moment in words: the time today, else day and time.
export function moment(saved) {
  const date = new Date(saved);
  const today = date.toDateString() === new Date().toDateString();
  const day = today ? {} : { month: "short", day: "numeric" };
  return date.toLocaleString(language(), { ...day, hour: "2-digit", minute: "2-digit", hour12: false });
}

export const language = () => (document.documentElement.lang === "en" ? "en-GB" : "zh-CN");
