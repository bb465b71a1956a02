// The keyboard.
import { button, el } from "./elements.js";
import { word } from "./words.js";

const KEYS = [
  ["j / k", "next"],
  ["/", "search"],
  ["a", "accept"],
  ["e", "edit"],
  ["x", "reject"],
  ["c", "confirm"],
  ["u", "undo"],
  ["s", "save"],
  ["t", "theme"],
  ["l", "language"],
  ["Esc", "escape"],
  ["?", "help"],
];

/** Calls the act of a key, unless the user is typing. */
export function listen(acts) {
  const named = {
    j: acts.next,
    k: acts.before,
    "/": acts.search,
    a: acts.accept,
    e: acts.edit,
    x: acts.reject,
    c: acts.confirm,
    u: acts.undo,
    s: acts.save,
    t: acts.theme,
    l: acts.language,
    "?": acts.help,
    Escape: acts.escape,
  };
  document.addEventListener("keydown", (event) => {
    const typing = event.target.closest?.("input, select, textarea, dialog");
    if (typing || event.ctrlKey || event.metaKey || event.altKey) return;
    if ((event.key === "Enter" || event.key === " ") && event.target.matches?.("[role=button]")) {
      event.preventDefault();
      event.target.click();
      return;
    }
    const act = named[event.key];
    if (!act) return;
    event.preventDefault();
    act();
  });
}

export function helpDialog() {
  const dialog = el(
    "dialog",
    { class: "dialog help", "aria-label": word("help"), onclose: () => dialog.remove() },
    el("h2", {}, word("help")),
    el(
      "dl",
      {},
      KEYS.map(([key, name]) => [el("dt", {}, el("kbd", {}, key)), el("dd", {}, word(`key_${name}`))]),
    ),
    el(
      "div",
      { class: "actions" },
      button(word("close"), () => dialog.close(), { class: "primary" }),
    ),
  );
  document.body.append(dialog);
  dialog.showModal();
}
