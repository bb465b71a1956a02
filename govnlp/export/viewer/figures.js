// The figures of the report as they stand now: as read, without what was rejected, with what was corrected or marked.
import { edited, isAt, isSame, marksOf } from "./marks.js";
import { cut, facts, names, passages } from "./state.js";
import { word } from "./words.js";

const LOW = 0.85;

/** Every figure with its key, where it is marked, and what a person did to it. */
export function entries() {
  const homes = markedPlaces();
  const found = facts.map((fact, at) => fromFact(fact, at, homes.get(at) ?? []));
  for (const [place, marks] of edited) found.push(...newIn(place, marks));
  return found;
}

/** Fact -> the marks that were read for it, as [passage, mark]. */
function markedPlaces() {
  const homes = new Map();
  passages.forEach((passage, place) => {
    for (const mark of passage.marks ?? [])
      for (const fact of mark.facts ?? []) homes.set(fact, [...(homes.get(fact) ?? []), [place, mark]]);
  });
  return homes;
}

function fromFact(fact, at, homes) {
  const entry = {
    ...fact,
    key: `f${at}`,
    places: fact.places ?? [],
    parts: fact.parts ?? [],
    homes,
    change: null,
    answered: fact.answer,
  };
  if (!homes.some(([place]) => edited.has(place))) return entry;
  const kept = homes.map(([place, mark]) => [place, labelNow(place, mark, fact)]).filter(([, label]) => label);
  if (!kept.length) return { ...entry, change: "rejected", answer: false };
  const label = kept.find(([place, one]) => differs(one, fact, passages[place].cell))?.[1];
  return label ? { ...entry, ...valued(label), change: "corrected" } : entry;
}

/** A label of a sentence may leave its value out; a cell without a value is blank. */
function differs(label, fact, cell) {
  const value = label.value ?? null;
  if (value === null || fact.value === null) return Boolean(cell) && value !== fact.value;
  return exact(String(value)) !== exact(fact.value);
}

function labelNow(place, mark, fact) {
  return marksOf(place)
    .find((one) => isAt(one, mark))
    ?.labels.find((label) => isSame(label, fact));
}

function valued(label) {
  const value = (label.value ?? null) === null ? null : String(label.value);
  return { value, wan: value === null ? null : shifted(value, -4), status: value === null ? "blank" : "reported" };
}

/** Labels that no fact of the report gave. */
function newIn(place, marks) {
  const before = passages[place].marks ?? [];
  const found = [];
  for (const mark of marks)
    for (const label of mark.labels) {
      const known = before.find((one) => isAt(one, mark))?.labels.some((one) => isSame(one, label));
      if (known || label.indicator === "part") continue;
      found.push(byHand(place, mark, label));
    }
  return found;
}

function byHand(place, mark, label) {
  const passage = passages[place];
  const [start, end] = [passage.start + mark.start, passage.start + mark.end];
  const own = (label.period ?? "year") === "year" && (label.scope ?? "own") === "own";
  return {
    key: `a${place}:${mark.start}:${label.indicator}:${label.period ?? ""}:${label.scope ?? ""}`,
    indicator: label.indicator,
    ...valued(label),
    ...(mark.kind === "cell" ? {} : { status: mark.kind === "none" ? "stated_none" : "reported" }),
    method: passage.cell ? "table" : "prose",
    raw: cut(start, end),
    unit: null,
    qualifier: "exact",
    period: label.period ?? "year",
    scope: label.scope ?? "own",
    confidence: 1,
    answer: own,
    places: [{ start, end, quote: sentenceAround(passage, start, end) }],
    parts: [],
    homes: [[place, mark]],
    change: "added",
  };
}

function sentenceAround(passage, start, end) {
  const before = cut(passage.start, start)
    .split(/[。！？\n]/)
    .pop();
  const after = cut(end, passage.end).split(/(?<=[。！？\n])/)[0] ?? "";
  return before + cut(start, end) + after;
}

/** Indicator -> its entries, the one that answers first: what a person marked before what was read. */
export function byIndicator(list) {
  const found = new Map();
  for (const one of list) found.set(one.indicator, [...(found.get(one.indicator) ?? []), one]);
  const rank = (one) =>
    one.change === "rejected"
      ? 9
      : one.change === "added" && isCandidate(one)
        ? 0
        : one.answer
          ? 1
          : isCandidate(one)
            ? 2
            : 3;
  for (const [name, group] of found)
    found.set(
      name,
      [...group].sort((a, b) => rank(a) - rank(b)),
    );
  return found;
}

export function isCandidate(one) {
  return one.period === "year" && one.scope === "own" && one.status !== "derived";
}

/** The entry that answers for an indicator, if any. */
export function answerOf(group) {
  const first = group?.[0];
  if (!first || first.change === "rejected") return null;
  // Where the answer was rejected, the next that could answer does.
  const vacant = isCandidate(first) && group.some((one) => one.change === "rejected" && one.answered);
  return first.answer || vacant ? first : null;
}

/** Conflicts: indicators said with several values. */
export function conflicts(groups) {
  const said = (group) => group.filter((one) => one.change !== "rejected" && isCandidate(one) && one.value !== null);
  return [...groups]
    .map(([name, group]) => [name, said(group)])
    .filter(([, group]) => new Set(group.map((one) => one.value)).size > 1);
}

export function isUnsure(one) {
  return one.change === null && !one.doubtful && isCandidate(one) && one.confidence < LOW;
}

/** Which of the states that users must tell apart: absent, blank, none, zero, reported, derived. */
export function stateOf(one) {
  if (!one) return "absent";
  if (one.status === "blank") return "blank";
  if (one.status === "derived") return "derived";
  if (one.status === "stated_none") return "none";
  return Number(one.value) === 0 ? "zero" : "reported";
}

/** Digits in groups of three. */
export function digits(value) {
  const [whole, part] = value.split(".");
  return whole.replace(/\B(?=(\d{3})+$)/g, ",") + (part ? `.${part}` : "");
}

/** A value in words and digits; `wan` as the form prints amounts. */
export function shown(one, wan = false) {
  const state = stateOf(one);
  if (state === "absent") return "";
  if (state === "blank") return word("short_blank");
  if (state === "none") return word("short_none");
  if (one.value === null) return one.raw;
  const mark = { about: "≈", at_least: "≥", at_most: "≤" }[one.qualifier] ?? "";
  return mark + digits(wan && one.wan !== null ? one.wan : one.value);
}

/** Exact digits with the point moved: the value times a power of ten. */
export function shifted(value, by) {
  const sign = value.startsWith("-") ? "-" : "";
  const [whole, part = ""] = value.replace("-", "").split(".");
  const all = whole + part;
  const point = whole.length + by;
  const padded = point <= 0 ? "0".repeat(1 - point) + all : all.padEnd(point, "0");
  const at = point <= 0 ? 1 : point;
  return sign + exact(padded.slice(0, at) + "." + padded.slice(at));
}

/** Digits in one way of writing: no zeros that say nothing. */
export function exact(value) {
  const [whole, part = ""] = value.split(".");
  const left = whole.replace(/^0+(?=\d)/, "") || "0";
  const right = part.replace(/0+$/, "");
  return right ? `${left}.${right}` : left;
}

export function nameOf(indicator) {
  return names.get(indicator) ?? { id: indicator, zh: indicator, en: indicator, unit: "", labels: [] };
}
