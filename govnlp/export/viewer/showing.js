// What a click, a key or a search shows: the selected figure on both sides.
import { reveal } from "./elements.js";
import { showSelectedSlots } from "./forms.js";
import { left, now, right, top } from "./layout.js";
import { nodeAt } from "./paper.js";
import { nextFinding } from "./review.js";
import { pageOfSelection } from "./sheets.js";
import { changed, selection } from "./state.js";

export function useView(wanted) {
  if (wanted === now.view) return;
  now.view = wanted;
  changed("view");
}

export function select(what) {
  Object.assign(selection, { entries: [], numeral: null, indicator: null, finding: null, at: -1, editing: null }, what);
  changed("selection");
}

/** A click on a mark, a cell of a form, a numeral: the other side shows where it stands. */
export function chosen({ entries: keys, numeral = null, indicator = null, from }) {
  select({ entries: keys, numeral, indicator });
  // The panel may have grown over the cell that was clicked.
  reveal(showSelectedSlots(right, now.list), { flash: false, block: from === "paper" ? "center" : "nearest" });
  if (from === "report") showPaper();
}

function showPaper() {
  if (now.view === "pages") {
    const page = pageOfSelection(now.list);
    const box = left.querySelector(".box.selected") ?? (page && left.querySelector(`[data-page="${page}"]`));
    if (box) return reveal(box);
  }
  const node = left.querySelector(".sheet-of-text .mark.selected") ?? firstPlaceNode();
  unfold(node);
  return reveal(node);
}

function firstPlaceNode() {
  const one = now.list.find((entry) => selection.entries.includes(entry.key));
  return one?.places[0] ? nodeAt(one.places[0].start, one.places[0].end) : null;
}

export function showPlace(start, end, one = null) {
  const page = one?.places.find((place) => place.start === start)?.page;
  if (now.view === "pages" && page)
    return reveal(
      left.querySelector(`[data-page="${page}"] .box.selected`) ?? left.querySelector(`[data-page="${page}"]`),
    );
  if (now.view === "pages") useView("text");
  const node = nodeAt(start, end);
  unfold(node);
  return reveal(node);
}

function unfold(node) {
  node?.closest("details")?.setAttribute("open", "");
}

export function selectFinding(one) {
  select({ entries: one.entries, indicator: one.indicator, finding: one.key, at: now.found.indexOf(one) });
  for (const node of top.querySelectorAll(".finding")) {
    if (node.dataset.finding === one.key) node.setAttribute("aria-current", "true");
    else node.removeAttribute("aria-current");
  }
  reveal(top.querySelector(".finding[aria-current]"), { flash: false, block: "nearest" });
  reveal(showSelectedSlots(right, now.list), { flash: false });
  if (one.place) showPlace(one.place.start, one.place.end);
  else if (one.entries.length) showPaper();
}

export function selectTerm(term) {
  const keys = (now.groups.get(term.indicator) ?? []).slice(0, 1).map((one) => one.key);
  select({ entries: keys, indicator: term.indicator });
  showSelectedSlots(right, now.list);
  if (term.place) showPlace(term.place.start, term.place.end);
  else showPaper();
}

export function hit(one) {
  if (one.around) {
    select({});
    showPlace(one.start, one.end);
    return;
  }
  select({ entries: one.entries, indicator: one.indicator });
  reveal(showSelectedSlots(right, now.list), { flash: true });
  showPaper();
}

export function step(by) {
  const one = nextFinding(now.found, by);
  if (one) selectFinding(one);
}
