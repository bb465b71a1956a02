// The parts of the page, and what is shown in them now.
import { el } from "./elements.js";
import { pages } from "./state.js";

/** The figures as they stand, by their indicators; the findings; whether pages or text are shown. */
export const now = { list: [], groups: new Map(), found: [], view: pages.length ? "pages" : "text" };
export const left = el("main", { class: "paper", tabindex: 0 });
export const top = el("div", { class: "top" });
export const right = el("div", { class: "report", tabindex: 0 });
export const panel = el("aside", { class: "inspector", "aria-live": "polite" });
export const bar = el("header", { class: "bar" });
export const side = el("section", { class: "side" }, top, right, panel);
export const notice = el("p", { class: "notice", role: "status" });

/** Says something for a few seconds. */
export function tell(message) {
  notice.textContent = message;
  clearTimeout(tell.timer);
  tell.timer = setTimeout(() => (notice.textContent = ""), 6000);
}
