// What a person does to figures: correct, reject, assign, mark, confirm.
import { markFrom } from "./editor.js";
import { selectedPassage } from "./inspector.js";
import { left, now, tell } from "./layout.js";
import { confirm, passageAt, reject } from "./marks.js";
import { selectedCharacters } from "./paper.js";
import { select } from "./showing.js";
import { changed, passages, selection } from "./state.js";
import { word } from "./words.js";

function selectedEntry() {
  return now.list.find((one) => selection.entries.includes(one.key) && one.change !== "rejected");
}

function labelOf(one) {
  return { indicator: one.indicator, value: one.value, period: one.period, scope: one.scope };
}

export function editEntry(one = selectedEntry()) {
  if (!one && selection.numeral) return assignNumeral();
  const home = one?.homes[0];
  if (!home) return tell(word("error_selection"));
  const [place, mark] = home;
  selection.editing = { place, mark, former: labelOf(one) };
  return changed("selection");
}

export function rejectEntry(one = selectedEntry()) {
  for (const [place, mark] of one?.homes ?? []) reject(place, mark, labelOf(one));
}

export function assignNumeral() {
  const { place, start, end } = selection.numeral;
  selection.editing = { place, mark: markFrom(place, start, end), former: null };
  changed("selection");
}

export function markSelection() {
  const chosenNow = selectedCharacters(left);
  if (!chosenNow) return selection.numeral ? assignNumeral() : tell(word("error_selection"));
  const place = chosenNow.problem ? -1 : passageAt(chosenNow.start, chosenNow.end);
  if (place < 0) return tell(word("error_selection"));
  const base = passages[place].start;
  select({ editing: { place, mark: markFrom(place, chosenNow.start - base, chosenNow.end - base), former: null } });
}

export function confirmPassage() {
  confirm(selectedPassage(now.list));
}

/** After an edit: what was made is selected. */
export function afterEdit(label) {
  const { place, mark } = selection.editing;
  selection.editing = null;
  if (label) {
    selection.numeral = null;
    const one = now.list.find(
      (entry) =>
        entry.indicator === label.indicator &&
        entry.change !== "rejected" &&
        entry.homes.some(([at, held]) => at === place && held.start === mark.start),
    );
    if (one) Object.assign(selection, { entries: [one.key], indicator: one.indicator });
  }
  changed("selection");
}

export function escape() {
  document.getSelection()?.removeAllRanges();
  select({});
}
