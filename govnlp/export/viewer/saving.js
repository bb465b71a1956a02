// Saving corrections as annotations.jsonl, and opening such a file again.
import { button, el } from "./elements.js";
import { edited, isCorrected, line, load, markSaved, openGuesses, worthSaving } from "./marks.js";
import { firstFrom, numerals, passages } from "./state.js";
import { word } from "./words.js";

/** Whether a figure that could be of an indicator stands between two places: no year, no number of a list. */
function numeralInside(start, end) {
  for (let at = firstFrom(numerals, start); at < numerals.length && numerals[at].end <= end; at += 1)
    if (numerals[at].counts) return true;
  return false;
}

/** Passages with figures that were neither corrected nor confirmed, and without a guess that no one has judged. */
function others() {
  const isOther = (place) => !edited.has(place) && !openGuesses(place) && worthSaving(place, numeralInside);
  return passages.map((_, place) => place).filter(isOther);
}

function counts() {
  const places = [...edited.keys()];
  const cells = places.filter((place) => passages[place].cell && isCorrected(place));
  const corrected = places.filter((place) => !passages[place].cell && isCorrected(place));
  const confirmed = places.filter((place) => !passages[place].cell && !isCorrected(place));
  return { corrected, confirmed, cells };
}

/** The file: passages in their order, then the corrected cells. */
export function fileText(rest) {
  const { corrected, confirmed, cells } = counts();
  const sentences = [...corrected, ...confirmed, ...(rest ? others() : [])].sort((a, b) => a - b);
  return [...sentences, ...cells].map((place) => `${line(place)}\n`).join("");
}

/** The dialogue that says what will be saved. */
export function saveDialog(closed) {
  const { corrected, confirmed, cells } = counts();
  const left = others().length;
  const open = [...edited.keys()].reduce((sum, place) => sum + openGuesses(place), 0);
  const rest = el("input", { type: "checkbox", name: "rest" });
  const download = button(
    word("download"),
    () => {
      handOver(fileText(rest.checked));
      dialog.close();
    },
    { class: "primary" },
  );
  const any = corrected.length + confirmed.length + cells.length > 0;
  download.disabled = !any;
  rest.addEventListener("change", () => (download.disabled = !any && !rest.checked));
  const dialog = el(
    "dialog",
    { class: "dialog saving", "aria-label": word("save_title"), onclose: () => (dialog.remove(), closed()) },
    el("h2", {}, word("save_title")),
    el("p", {}, any ? word("save_counts", corrected.length, confirmed.length, cells.length) : word("save_none")),
    open ? el("p", { class: "complaint" }, word("save_guesses", open)) : null,
    left ? el("label", { class: "rest" }, rest, el("span", {}, word("save_rest", left))) : null,
    el("p", { class: "note" }, word("save_note")),
    el(
      "div",
      { class: "actions" },
      download,
      button(word("cancel"), () => dialog.close()),
    ),
  );
  document.body.append(dialog);
  dialog.showModal();
}

/** Gives a text to the user as a file; the blob is of this page, nothing is sent. */
function handOver(text) {
  const address = URL.createObjectURL(new Blob([text], { type: "application/jsonl" }));
  const link = el("a", { href: address, download: "annotations.jsonl" });
  document.body.append(link);
  link.click();
  link.remove();
  setTimeout(() => URL.revokeObjectURL(address), 10000);
  markSaved();
}

/** Opens a file of corrections; `told` says what came of it. */
export async function open(file, told) {
  try {
    const text = await file.text();
    const { taken, foreign } = load(text.replace(/^\uFEFF/, "").split("\n"));
    told(word("loaded", taken, foreign));
  } catch {
    told(word("load_failed"));
  }
}
