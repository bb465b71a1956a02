// What a person does to figures: accept, correct, reject, assign, mark, confirm.
import { fault, markFrom } from "./editor.js";
import { isGuess } from "./guesses.js";
import { selectedPassage } from "./inspector.js";
import { left, now, tell } from "./layout.js";
import { assign, confirm, isSame, openGuesses, passageAt, reject } from "./marks.js";
import { selectedCharacters } from "./paper.js";
import { suspectOf } from "./review.js";
import { select, selectFinding, showPlace } from "./showing.js";
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

/** Makes of a guess the mark that assigning its figure by hand would make. */
export function acceptEntry(one = selectedEntry()) {
  if (!one || !isGuess(one)) return;
  const label = labelOf(one);
  const faults = one.homes.map(([place, mark]) => fault(place, mark, label, null)).filter(Boolean);
  if (faults.length || !one.homes.length) return tell(faults[0] ?? word("error_selection"));
  for (const [place, mark] of one.homes) assign(place, mark, label);
  selection.entries = one.homes.map(([place, mark]) => markedBy(label, place, mark)?.key).filter(Boolean);
  changed("selection");
}

/** The entry of a mark that a person made. */
function markedBy(label, place, mark) {
  return now.list.find(
    (one) =>
      isSame(one, label) &&
      one.change !== "rejected" &&
      one.homes.some(([at, held]) => at === place && held.start === mark.start),
  );
}

/** Opens the editor on the cell that a check suspects, with the value that would satisfy its sums. */
export function fillSuggestion(check) {
  const { indicator, value } = check.suggestion;
  const start = suspectOf(check).place?.start;
  const said = (now.groups.get(indicator) ?? []).filter((one) => one.change !== "rejected" && one.homes.length);
  const one = said.find((held) => held.places.some((place) => place.start === start)) ?? said[0];
  if (!one) return tell(word("error_selection"));
  const [place, mark] = one.homes[0];
  selectFinding(now.found.find((held) => held.key === `check:${check.id}`));
  Object.assign(selection, { entries: [one.key], indicator });
  selection.editing = { place, mark, former: labelOf(one), proposed: value };
  changed("selection");
  showPlace(passages[place].start + mark.start, passages[place].start + mark.end, one);
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
  const place = selectedPassage(now.list);
  const open = place < 0 ? 0 : openGuesses(place);
  if (open) tell(word("error_guesses", open));
  else confirm(place);
}

/** After an edit: what was made is selected. */
export function afterEdit(label) {
  const { place, mark } = selection.editing;
  selection.editing = null;
  if (label) {
    selection.numeral = null;
    const one = markedBy(label, place, mark);
    if (one) Object.assign(selection, { entries: [one.key], indicator: one.indicator });
  }
  changed("selection");
}

export function escape() {
  document.getSelection()?.removeAllRanges();
  select({});
}
