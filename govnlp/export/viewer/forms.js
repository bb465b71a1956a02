// The canonical report as the official forms show it, and lists for what no form has a place for.
import { el } from "./elements.js";
import { answerOf, digits, isCandidate, nameOf, shown, stateOf } from "./figures.js";
import { checks, facts, forms, names, selection } from "./state.js";
import { isChinese, named, word } from "./words.js";

const GROUPS = {
  proactive: ["主动公开", "Proactive disclosure"],
  disclosure: ["公开数量与渠道", "Volume and channels"],
  response: ["回应解读", "Response and interpretation"],
  applications: ["依申请公开", "Applications"],
  remedies: ["复议、诉讼、举报", "Review, litigation, complaints"],
  fees: ["收费", "Fees"],
  capacity: ["机构、人员、经费、培训", "Organisation, staff, budget, training"],
};

function failedTerms() {
  const failed = new Set();
  for (const one of checks) if (one.status === "failed") for (const term of one.terms) failed.add(term.indicator);
  return failed;
}

/** Every drawn form, then the other figures, then what does not answer. `known` are groups, contested and hints. */
export function formNodes(known, chosen) {
  const { groups } = known;
  const failed = failedTerms();
  const slots = new Set(
    forms.flatMap((form) => form.rows.flatMap((row) => row.map((slot) => slot.indicator).filter(Boolean))),
  );
  const found = forms.map((form) => formNode(form, known, failed, chosen));
  const rest = [...names.keys()].filter((name) => !slots.has(name) && answerOf(groups.get(name)));
  if (rest.length) found.push(otherNode(rest, known, failed, chosen));
  const kept = [...groups.values()]
    .flat()
    .filter(
      (one) =>
        one !== answerOf(groups.get(one.indicator)) &&
        (one.change === "rejected" || !isCandidate(one) || !slots.has(one.indicator) || !one.answer),
    );
  if (kept.length) found.push(keptNode(kept, chosen));
  return found;
}

export function legend(hasHints) {
  const samples = [
    ["reported", "12"],
    ["zero", "0"],
    ["none", word("short_none")],
    ["blank", word("short_blank")],
    ["absent", ""],
  ];
  return el(
    "p",
    { class: "legend", "aria-label": word("legend") },
    samples.map(([state, sample]) =>
      el("span", {}, el("span", { class: `sample ${state}` }, sample), word(`state_${state}`)),
    ),
    hasHints && el("span", {}, el("span", { class: "sample absent hinted" }, "(12)"), word("review_doubt")),
  );
}

function formNode(form, known, failed, chosen) {
  const rows = form.rows.map((row) =>
    el(
      "tr",
      {},
      row.map((slot) => slotNode(slot, known, failed, chosen)),
    ),
  );
  return el(
    "section",
    { class: "form", data: { form: form.name } },
    el("h3", {}, named(form)),
    el("div", { class: "scroll" }, el("table", { class: `official ${form.name}` }, el("tbody", {}, rows))),
  );
}

function slotNode(slot, known, failed, chosen) {
  const spans = { rowspan: String(slot.rows ?? 1), colspan: String(slot.columns ?? 1) };
  if (slot.kind === "void") return el("td", { class: "void", ...spans });
  if (slot.kind !== "slot") {
    const level = slot.level ? ` level-${Math.min(3, slot.level)}` : "";
    const other = isChinese() ? slot.en : slot.zh;
    return el(
      "th",
      {
        class: slot.kind + level,
        scope: slot.kind === "label" ? "row" : "col",
        title: other === named(slot) ? null : other,
        ...spans,
      },
      named(slot),
    );
  }
  return valueNode(slot.indicator, known, failed, chosen, slot.wan, spans);
}

/** The cell of an indicator: its value, and in words what it is where that is no plain figure. */
function valueNode(indicator, { groups, contested, hints }, failed, chosen, wan, spans = {}) {
  const answer = answerOf(groups.get(indicator));
  const state = stateOf(answer);
  // Only where no figure stands does a guess show, in brackets.
  const guesses = ["absent", "blank"].includes(state) ? (hints.get(indicator) ?? []) : [];
  const hint = [...new Set(guesses.map((one) => shown(one, wan)))].join(" / ");
  const gone = !answer && groups.get(indicator)?.[0]?.change === "rejected";
  const marks = [
    failed.has(indicator) && "failed",
    contested.has(indicator) && "contested",
    answer?.change && "edited",
    answer?.method === "prose" && "from-prose",
    gone && "gone",
    hint && "hinted",
  ];
  const said = state === "reported" ? shown(answer, wan) : word(`state_${state}`);
  const label = `${named(nameOf(indicator))}: ${said}${hint && ` · ${word("guess_hint", hint)}`}`;
  const keys = [...(groups.get(indicator) ?? []), ...guesses].map((one) => one.key);
  const act = () => chosen({ entries: keys, indicator, from: "report" });
  return el(
    "td",
    {
      class: ["value", state, ...marks.filter(Boolean)].join(" "),
      role: "button",
      tabindex: 0,
      "aria-label": label,
      title: label,
      data: { indicator },
      ...spans,
      onclick: act,
    },
    answer ? shown(answer, wan) : "",
    hint && el("span", { class: "hint" }, `(${hint})`),
  );
}

function otherNode(rest, known, failed, chosen) {
  const rows = [];
  let last = "";
  for (const name of rest) {
    const head = name.split(".")[0];
    if (head !== last)
      rows.push(el("tr", {}, el("th", { class: "band", colspan: "3" }, GROUPS[head][isChinese() ? 0 : 1])));
    last = head;
    const answer = answerOf(known.groups.get(name));
    const value = valueNode(name, known, failed, chosen, false);
    rows.push(
      el(
        "tr",
        {},
        el("th", { class: "label", scope: "row", title: name }, named(nameOf(name))),
        value,
        el("td", { class: "unit" }, nameOf(name).unit),
      ),
    );
    for (const part of answer?.parts ?? [])
      rows.push(
        el(
          "tr",
          { class: "part" },
          el("td", {}, `${word("parts")} ${part.label}`),
          el("td", {}, digits(String(part.value))),
          el("td", { class: "unit" }, part.unit ?? ""),
        ),
      );
  }
  return el(
    "section",
    { class: "form" },
    el("h3", {}, word("other_figures")),
    el("table", { class: "official list" }, el("tbody", {}, rows)),
  );
}

/** What is said of other years, of parts, a second time, or not surely enough; and what was rejected. */
function keptNode(kept, chosen) {
  const rows = kept.map((one) =>
    el(
      "tr",
      { class: one.change === "rejected" ? "rejected" : "" },
      el("th", { class: "label", scope: "row", title: one.indicator }, named(nameOf(one.indicator))),
      el(
        "td",
        {
          class: `value ${stateOf(one)}`,
          role: "button",
          tabindex: 0,
          data: { key: one.key },
          onclick: () => chosen({ entries: [one.key], from: "report" }),
        },
        shown(one),
      ),
      el("td", { class: "unit" }, why(one)),
    ),
  );
  return el(
    "details",
    { class: "form kept" },
    el("summary", {}, `${word("kept")} (${kept.length})`),
    el("table", { class: "official list" }, el("tbody", {}, rows)),
  );
}

function why(one) {
  if (one.change === "rejected") return word("rejected");
  const parts = [
    one.period !== "year" && word(`period_${one.period}`),
    one.scope !== "own" && word(`scope_${one.scope}`),
    word(`method_${one.method}`),
  ];
  return parts.filter(Boolean).join(" · ");
}

/** Shows in the forms which indicators are selected; gives the first cell. */
export function showSelectedSlots(root, list) {
  const wanted = new Set(list.filter((one) => selection.entries.includes(one.key)).map((one) => one.indicator));
  if (selection.indicator) wanted.add(selection.indicator);
  let first = null;
  for (const node of root.querySelectorAll("td.value")) {
    const on = node.dataset.key ? selection.entries.includes(node.dataset.key) : wanted.has(node.dataset.indicator);
    node.classList.toggle("selected", on);
    if (on && (!first || node.dataset.key)) first = first ?? node;
  }
  return first;
}

export function answersCount(groups) {
  return [...groups.values()].filter((group) => answerOf(group)).length || facts.filter((one) => one.answer).length;
}
