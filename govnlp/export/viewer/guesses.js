// What the model was not sure of: never an answer, until a person accepts it.
import { isCandidate, nameOf, shown } from "./figures.js";
import { judged } from "./marks.js";
import { doubtful, passages } from "./state.js";
import { named, word } from "./words.js";

/** The guesses that no one has judged, and those that were rejected. One that was accepted is a mark by hand. */
export function guesses() {
  const homes = new Map();
  passages.forEach((passage, place) => {
    for (const mark of passage.guesses ?? [])
      for (const fact of mark.facts ?? []) homes.set(fact, [...(homes.get(fact) ?? []), [place, mark]]);
  });
  return doubtful.map((fact, at) => guess(fact, at, homes.get(at) ?? [])).filter(Boolean);
}

function guess(fact, at, homes) {
  const verdicts = homes.map(([place, mark]) => judged(place, mark, fact));
  const open = homes.filter((_, which) => !verdicts[which]);
  if (homes.length && !open.length && verdicts.includes("accepted")) return null;
  return {
    ...fact,
    key: `d${at}`,
    places: fact.places ?? [],
    parts: fact.parts ?? [],
    homes: open,
    change: homes.length && !open.length ? "rejected" : null,
    doubtful: true,
    answered: false,
  };
}

export function isGuess(one) {
  return Boolean(one.doubtful) && one.change === null;
}

/** Indicator -> the guesses that could answer for it. */
export function hints(list) {
  const found = new Map();
  for (const one of list)
    if (isGuess(one) && isCandidate(one)) found.set(one.indicator, [...(found.get(one.indicator) ?? []), one]);
  return found;
}

export function guessFindings(list) {
  return list.filter(isGuess).map((one) => ({
    key: `doubt:${one.key}`,
    kind: "doubt",
    title: word("guess", named(nameOf(one.indicator)), shown(one)),
    note: one.places[0]?.quote ?? "",
    entries: [one.key],
    indicator: one.indicator,
  }));
}
