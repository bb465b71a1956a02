// Corrections: the marks of the passages as they were read, and as a person left them.
import { changed, cut, passages, sheet } from "./state.js";

/** Place of a passage -> its marks now. A passage stands here once it was corrected or confirmed. */
export const edited = new Map();
/** Place of a passage -> what a person refused in it, as marks: a guess that stands here is decided. */
const refused = new Map();
const undone = [];
let saved = true;

export function isUnsaved() {
  return !saved;
}

export function markSaved() {
  saved = true;
}

export function marksOf(place) {
  return edited.get(place) ?? passages[place].marks ?? [];
}

export function passageText(place) {
  return cut(passages[place].start, passages[place].end);
}

export function passageAt(start, end) {
  return passages.findIndex(
    (one) => one.start <= start && end <= one.end && (one.end > one.start || start === one.start),
  );
}

export function isSame(one, other) {
  return (
    one.indicator === other.indicator &&
    (one.period ?? "year") === (other.period ?? "year") &&
    (one.scope ?? "own") === (other.scope ?? "own")
  );
}

export function isAt(one, other) {
  return one.start === other.start && one.end === other.end && one.kind === other.kind;
}

/** Whether a passage has other marks than those that were read. */
export function isCorrected(place) {
  return (
    edited.has(place) && JSON.stringify(bare(edited.get(place))) !== JSON.stringify(bare(passages[place].marks ?? []))
  );
}

function bare(marks) {
  const labels = (mark) =>
    mark.labels.map((one) => [one.indicator, one.value ?? null, one.period ?? "year", one.scope ?? "own"]);
  return marks.map((one) => [one.start, one.end, one.kind, labels(one)]).sort((a, b) => a[0] - b[0] || a[1] - b[1]);
}

function keep(place, marks, no = refused.get(place)) {
  undone.push([place, edited.get(place), refused.get(place)]);
  if (no) refused.set(place, no);
  edited.set(
    place,
    [...marks].sort((a, b) => a.start - b.start),
  );
  saved = false;
  changed("edits");
}

export function undo() {
  if (!undone.length) return;
  const [place, ...before] = undone.pop();
  [edited, refused].forEach((held, at) => (before[at] ? held.set(place, before[at]) : held.delete(place)));
  saved = false;
  changed("edits");
}

export function canUndo() {
  return undone.length > 0;
}

export function confirm(place) {
  if (place >= 0 && !edited.has(place)) keep(place, marksOf(place));
}

/** Takes a label from a mark; a mark without labels goes too: its figure then belongs to no indicator. */
export function reject(place, mark, label) {
  const held = marksOf(place).find((one) => isAt(one, mark));
  const left = (held?.labels ?? []).filter((one) => !isSame(one, label));
  const others = marksOf(place).filter((one) => one !== held);
  keep(place, left.length ? [...others, { ...held, labels: left }] : others, refusing(place, mark, label));
}

function refusing(place, mark, label) {
  return [...(refused.get(place) ?? []), { ...mark, labels: [label] }];
}

function isAmong(marks, mark, label) {
  return marks.some(
    (one) => one.start === mark.start && one.end === mark.end && one.labels.some((held) => isSame(held, label)),
  );
}

/** What became of a guess: `accepted`, `rejected`, or null where no one has judged it. */
export function judged(place, mark, label) {
  if (isAmong(marksOf(place), mark, label)) return "accepted";
  return isAmong(refused.get(place) ?? [], mark, label) ? "rejected" : null;
}

/** How many guesses of a passage no one has judged. */
export function openGuesses(place) {
  const guesses = passages[place].guesses ?? [];
  return guesses.flatMap((mark) => mark.labels.filter((label) => !judged(place, mark, label))).length;
}

/** Puts a label on a mark, in place of `former` where there is one; the mark is made where it is not there. */
export function assign(place, mark, label, former = null) {
  const held = marksOf(place).find((one) => one.start === mark.start && one.end === mark.end);
  const labels = (held ? held.labels : []).filter((one) => !isSame(one, label) && !(former && isSame(one, former)));
  const others = marksOf(place).filter((one) => one !== held);
  const made = { start: mark.start, end: mark.end, kind: mark.kind, labels: [...labels, label] };
  const no = former && !isSame(former, label) ? refusing(place, mark, former) : undefined;
  keep(place, [...others, { ...made, facts: held?.facts ?? [] }], no);
}

export function overlaps(place, mark, but = null) {
  return marksOf(place).some(
    (one) =>
      one.start < mark.end &&
      mark.start < one.end &&
      !(but && isAt(one, but)) &&
      !(one.start === mark.start && one.end === mark.end),
  );
}

/** The passages that hold a figure or a mark: those that a person can call right. */
export function worthSaving(place, numeralInside) {
  const one = passages[place];
  return !one.cell && ((one.marks ?? []).length > 0 || numeralInside(one.start, one.end));
}

/** A line of annotations.jsonl; a correction of a cell says which cell. */
export function line(place) {
  const one = passages[place];
  const marks = marksOf(place).map((mark) => ({
    start: mark.start,
    end: mark.end,
    kind: mark.kind === "cell" ? "figure" : mark.kind,
    labels: mark.labels.map((label) => ({
      indicator: label.indicator,
      value: label.value ?? null,
      period: label.period ?? "year",
      scope: label.scope ?? "own",
    })),
  }));
  const cell = one.cell ? { cell: one.cell } : {};
  return JSON.stringify({
    voice: "",
    section: one.section ?? null,
    year: sheet.meta.year ?? null,
    text: passageText(place),
    marks,
    ...cell,
  });
}

/** Takes lines that were saved before; gives how many belong to this report and how many do not. */
export function load(lines) {
  let taken = 0;
  let foreign = 0;
  for (const text of lines.filter((one) => one.trim())) {
    const record = JSON.parse(text);
    const place = passages.findIndex((one, at) => !edited.has(at) && isOf(record, one, at));
    if (place < 0) foreign += 1;
    else {
      edited.set(
        place,
        record.marks.map((mark) => restored(mark, place)),
      );
      // A saved passage holds all its marks: a guess that is not among them was no fact.
      refused.set(place, passages[place].guesses ?? []);
      taken += 1;
    }
  }
  saved = true;
  changed("edits");
  return { taken, foreign };
}

function isOf(record, passage, place) {
  const isSound = (mark) => Number.isInteger(mark.start) && Number.isInteger(mark.end) && Array.isArray(mark.labels);
  if (!Array.isArray(record.marks) || !record.marks.every(isSound) || record.text !== passageText(place)) return false;
  const [one, other] = [record.cell, passage.cell];
  return one && other
    ? one.table === other.table && one.row === other.row && one.column === other.column
    : !one && !other;
}

function restored(mark, place) {
  const made = { ...mark, kind: passages[place].cell ? "cell" : mark.kind };
  const held = (passages[place].marks ?? []).find((one) => isAt(one, made));
  return { ...made, facts: held?.facts ?? [] };
}
