// The report as it was read, and what is selected. Offsets count characters, as Python does, not units of UTF-16.
import { stored } from "./elements.js";

export const sheet = stored("sheet");
const characters = Array.from(sheet.text ?? "");
export const names = new Map(sheet.names.map((one) => [one.id, one]));
export const facts = sheet.facts ?? [];
export const doubtful = sheet.doubtful ?? [];
export const passages = sheet.passages ?? [];
export const numerals = sheet.numerals ?? [];
export const pages = sheet.pages ?? [];
export const checks = sheet.checks ?? [];
export const issues = sheet.issues ?? [];
export const sections = sheet.sections ?? [];
export const forms = sheet.forms ?? [];

/** Keys of the entries that are selected; a numeral without an indicator, a slot, a finding and its place in the list. */
export const selection = { entries: [], numeral: null, indicator: null, finding: null, at: -1, editing: null };

export function cut(start, end) {
  return characters.slice(start, end).join("");
}

/** How many characters a string has, as Python counts them. */
export function count(text) {
  let length = 0;
  for (const _ of text) length += 1;
  return length;
}

export function sectionAt(place) {
  const found = sections.find((one) => one.span[0] <= place && place < one.span[1]);
  return found ? found.kind : "other";
}

const listeners = [];

export function whenChanged(action) {
  listeners.push(action);
}

/** Tells that something changed: `edits`, `selection`, `language` or `view`. */
export function changed(what) {
  for (const listener of listeners) listener(what);
}

/** Place of the first of sorted `list` whose `start` is at least `start`. */
export function firstFrom(list, start) {
  let low = 0;
  let high = list.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (list[middle].start < start) low = middle + 1;
    else high = middle;
  }
  return low;
}
