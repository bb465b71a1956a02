// What a person should look at: conflicts and figures that are not sure first, then failed checks, then issues.
import { el } from "./elements.js";
import { conflicts, isUnsure, nameOf, shown } from "./figures.js";
import { checks, issues, selection } from "./state.js";
import { named, word } from "./words.js";

/** The findings in their order: a key, a kind, what to say, and what selecting it selects. */
export function findings(list, groups) {
  return [...conflictFindings(groups), ...unsureFindings(list), ...checkFindings(groups), ...issueFindings()];
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

function issueFindings() {
  return issues
    .map((one, at) => ({ ...one, at }))
    .filter((one) => one.severity !== "info")
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

export function reviewNode(found, chosen) {
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
          onclick: () => chosen(one),
        },
        el("span", { class: "tag" }, word(`review_${one.kind}`)),
        el("span", { class: "what" }, one.title),
        one.note ? el("span", { class: "note" }, one.note) : null,
      ),
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
  const at = found.findIndex((one) => one.key === selection.finding);
  if (at < 0) return found[by > 0 ? 0 : found.length - 1];
  return found[(at + by + found.length) % found.length];
}

/** All checks, those that fail open and first. */
export function checksNode(chosenTerm) {
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
            by(status).map((one) => checkNode(one, chosenTerm)),
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

function checkNode(check, chosenTerm) {
  const side = (name) =>
    check.terms
      .filter((one) => one.side === name)
      .map((term) =>
        el(
          "button",
          {
            type: "button",
            class: "term",
            title: named(nameOf(term.indicator)),
            onclick: () => chosenTerm(term, check),
          },
          `${named(nameOf(term.indicator))} `,
          el("b", {}, term.value ?? word("short_blank")),
        ),
      );
  return el(
    "li",
    { data: { check: check.id } },
    el("span", {}, check.message),
    check.status === "failed" ? el("div", { class: "terms" }, side("left"), el("i", {}, "≠"), side("right")) : null,
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
