// What a person should look at: conflicts, guesses and figures that are not sure first, then failed checks, then issues.
import { button, el } from "./elements.js";
import { conflicts, digits, isUnsure, nameOf, shown } from "./figures.js";
import { guessFindings } from "./guesses.js";
import { checks, doubtful, issues, selection } from "./state.js";
import { named, word } from "./words.js";

/** The findings in their order: a key, a kind, what to say, and what selecting it selects. */
export function findings(list, groups) {
  return [
    ...conflictFindings(groups),
    ...guessFindings(list),
    ...unsureFindings(list),
    ...checkFindings(groups),
    ...issueFindings(),
  ];
}

function conflictFindings(groups) {
  return conflicts(groups).map(([name, group]) => ({
    key: `conflict:${name}`,
    kind: "conflict",
    title: named(nameOf(name)),
    note: [...new Set(group.map((one) => `${shown(one)} (${word(`method_${one.method}`)})`))].join(" / "),
    entries: group.map((one) => one.key),
    indicator: name,
  }));
}

function unsureFindings(list) {
  return list.filter(isUnsure).map((one) => ({
    key: `low:${one.key}`,
    kind: "low",
    title: `${named(nameOf(one.indicator))} = ${shown(one)}`,
    note: one.places[0]?.quote ?? "",
    entries: [one.key],
    indicator: one.indicator,
  }));
}

function checkFindings(groups) {
  return checks
    .filter((one) => one.status === "failed")
    .map((one) => ({
      key: `check:${one.id}`,
      kind: "check",
      title: one.message,
      note: one.difference === null ? "" : word("difference", one.difference),
      check: one,
      entries: one.terms.flatMap((term) => (groups.get(term.indicator) ?? []).slice(0, 1).map((entry) => entry.key)),
      indicator: null,
    }));
}

/** Whether an issue says of a doubtful fact what its guess says too. */
function isToldByGuess(issue) {
  const start = issue.place?.start;
  return issue.code === "low_confidence" && doubtful.some((fact) => fact.places?.[0]?.start === start);
}

function issueFindings() {
  return issues
    .map((one, at) => ({ ...one, at }))
    .filter((one) => one.severity !== "info" && !isToldByGuess(one))
    .map((one) => ({
      key: `issue:${one.at}`,
      kind: "issue",
      title: one.message,
      note: one.code,
      entries: [],
      indicator: null,
      place: one.place ?? null,
      severity: one.severity,
    }));
}

/** The list of findings; `acts` are chosen, term and fill. */
export function reviewNode(found, acts) {
  const items = found.map((one) =>
    el(
      "li",
      {},
      el(
        "button",
        {
          type: "button",
          class: `finding ${one.kind} ${one.severity ?? ""}`,
          data: { finding: one.key },
          "aria-current": selection.finding === one.key ? "true" : null,
          onclick: () => acts.chosen(one),
        },
        el("span", { class: "tag" }, word(`review_${one.kind}`)),
        el("span", { class: "what" }, one.title),
        one.note ? el("span", { class: "note" }, one.note) : null,
      ),
      one.check ? suggestionNode(one.check, acts) : null,
    ),
  );
  const body = items.length ? el("ol", { class: "findings" }, items) : el("p", { class: "note" }, word("review_none"));
  return el(
    "section",
    { class: "review", "aria-label": word("review") },
    el("h2", {}, word("review"), el("span", { class: "count" }, String(items.length))),
    body,
  );
}

/** The finding after (or before) the one that is selected. */
export function nextFinding(found, by) {
  if (!found.length) return null;
  const last = found.length - 1;
  const at = found.findIndex((one) => one.key === selection.finding);
  if (at >= 0) return found[(at + by + found.length) % found.length];
  if (selection.at < 0) return found[by > 0 ? 0 : last];
  // One that was judged has left the list, and the next has taken its place.
  return found[(selection.at + Math.min(by, 0) + found.length) % found.length];
}

/** All checks, those that fail open and first. */
export function checksNode(acts) {
  if (!checks.length) return "";
  const by = (status) => checks.filter((one) => one.status === status);
  const part = (status, open) =>
    by(status).length
      ? el(
          "details",
          { open: open || null, class: `checks ${status}` },
          el("summary", {}, word(`checks_${status}`, by(status).length)),
          el(
            "ul",
            {},
            by(status).map((one) => checkNode(one, acts)),
          ),
        )
      : null;
  return el(
    "section",
    { class: "all-checks" },
    el("h2", {}, word("checks")),
    part("failed", true),
    part("undecided", false),
    part("passed", false),
  );
}

function checkNode(check, acts) {
  const side = (name) => check.terms.filter((one) => one.side === name).map((term) => termNode(term, acts));
  return el(
    "li",
    { data: { check: check.id } },
    el("span", {}, check.message),
    check.status === "failed" ? el("div", { class: "terms" }, side("left"), el("i", {}, "≠"), side("right")) : null,
    suggestionNode(check, acts),
  );
}

function termNode(term, acts) {
  const name = named(nameOf(term.indicator));
  return el(
    "button",
    { type: "button", class: "term", title: name, onclick: () => acts.term(term) },
    `${name} `,
    el("b", {}, term.value ?? word("short_blank")),
  );
}

/** The term that the suggestion of a check speaks of. */
export function suspectOf(check) {
  return check.terms.find((one) => one.indicator === check.suggestion?.indicator);
}

/** The cell that most likely breaks a check, and what it would have to be: a word to a person, who alone changes it. */
function suggestionNode(check, acts) {
  const term = suspectOf(check);
  if (!term) return null;
  return el(
    "p",
    { class: "suggestion" },
    word("suspect"),
    termNode(term, acts),
    word("suspect_value", digits(check.suggestion.value)),
    button(word("fill_in"), () => acts.fill(check), { class: "small" }),
  );
}

export function issuesNode(chosen) {
  if (!issues.length) return null;
  const items = issues.map((one, at) =>
    el(
      "li",
      { class: one.severity },
      el(
        "button",
        {
          type: "button",
          class: "issue",
          onclick: () =>
            chosen({ key: `issue:${at}`, kind: "issue", entries: [], indicator: null, place: one.place ?? null }),
        },
        el("code", {}, one.code),
        ` ${one.message}`,
      ),
    ),
  );
  return el("section", { class: "all-issues" }, el("h2", {}, word("issues")), el("ul", {}, items));
}
