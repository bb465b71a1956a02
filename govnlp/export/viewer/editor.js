// The form of one correction: which indicator, which value, which period and scope; and what makes it no sound mark.
import { button, el } from "./elements.js";
import { exact, nameOf, shifted } from "./figures.js";
import { assign, overlaps } from "./marks.js";
import { cut, firstFrom, names, numerals, passages } from "./state.js";
import { isChinese, named, word } from "./words.js";

const MOST = 40;

/** Indicators whose name in either language or whose id holds every word of a query. */
export function indicatorsLike(query) {
  const words = query.toLowerCase().split(/\s+/).filter(Boolean);
  const hay = (one) => [one.id, one.zh, one.en, ...(one.labels ?? [])].join(" ").toLowerCase();
  const found = [...names.values()].filter((one) => words.every((part) => hay(one).includes(part)));
  // A name that is the query comes before one that only holds it; totals before single applicants.
  const rank = (one) => (one.id === query || one.zh === query ? 0 : one.id.endsWith(".total") ? 1 : 2);
  return found.sort((a, b) => rank(a) - rank(b)).slice(0, MOST);
}

function touched(place, start, end) {
  const base = passages[place].start;
  const found = [];
  for (
    let at = Math.max(0, firstFrom(numerals, base + start) - 1);
    at < numerals.length && numerals[at].start < base + end;
    at += 1
  )
    if (numerals[at].end > base + start) found.push(numerals[at]);
  return found;
}

/** Characters of a passage as a mark: whole numerals, no spaces around them. Its kind is a guess that can be changed. */
export function markFrom(place, from, to) {
  const passage = passages[place];
  if (passage.cell) return { start: 0, end: passage.end - passage.start, kind: "cell" };
  const text = Array.from(cut(passage.start, passage.end));
  const found = touched(place, from, to).map((one) => [one.start - passage.start, one.end - passage.start]);
  if (found.length) return { ...aroundNumerals(text, from, to, found), kind: "figure" };
  let [start, end] = [from, to];
  while (start < end && !text[start].trim()) start += 1;
  while (end > start && !text[end - 1].trim()) end -= 1;
  const surface = text.slice(start, end).join("");
  const kind = /[均都皆全悉]|一律/.test(surface) ? "all" : /[未无没不零免停]/.test(surface) ? "none" : "figure";
  return { start, end, kind };
}

/** Whole numerals, with the words of about and more beside them where those were selected (近300, 2789余). */
function aroundNumerals(text, from, to, found) {
  const [first, last] = [found[0][0], found[found.length - 1][1]];
  let [start, end] = [Math.min(from, first), Math.max(to, last)];
  while (start < first && !text.slice(start, first).every((one) => "近约逾超达共 ".includes(one) && one.trim()))
    start += 1;
  while (end > last && !text.slice(last, end).every((one) => "余多".includes(one))) end -= 1;
  return { start, end };
}

/** What a mark may say: the printed number, and as money what its unit or the unit of its column makes of it. */
function allowed(place, mark, indicator) {
  if (mark.kind !== "figure") return null;
  const found = touched(place, mark.start, mark.end);
  if (found.length !== 1) return null;
  const [one] = found;
  const bare = exact(one.value.replace("-", ""));
  if (one.money) return [exact(one.money.replace("-", ""))];
  return nameOf(indicator).unit === "元" ? [bare, ...[3, 4, 8].map((by) => shifted(bare, by))] : [bare];
}

export function suggested(place, mark, indicator) {
  if (mark.kind === "none") return "0";
  return (
    allowed(place, mark, indicator)?.[0] ??
    touched(place, mark.start, mark.end)[0]?.value ??
    (mark.kind === "cell" ? cut(passages[place].start, passages[place].end).replace(/[,，\s]/g, "") : "")
  );
}

/** Why a correction cannot be kept; null where it can. */
export function fault(place, mark, label, former) {
  const base = passages[place].start;
  if (!names.has(label.indicator)) return word("error_indicator");
  if (overlaps(place, mark, former)) return word("error_overlap");
  const surface = cut(base + mark.start, base + mark.end);
  if (mark.kind === "cell") return label.value === null || isNumber(label.value) ? null : word("error_number");
  if (mark.kind === "figure" && !touched(place, mark.start, mark.end).length && !/[\p{N}两lIOo]/u.test(surface))
    return word("error_no_figure");
  if (mark.kind !== "figure") {
    const figure = touched(place, mark.start, mark.end)[0];
    if (figure && figure.start === base + mark.start && figure.end === base + mark.end && Number(figure.value))
      return word("error_is_figure");
  }
  if (label.value === null) return mark.kind === "all" ? null : word("error_number");
  if (!isNumber(label.value)) return word("error_number");
  const values = allowed(place, mark, label.indicator);
  return values && !values.includes(exact(label.value.replace("-", ""))) ? word("error_value", values[0]) : null;
}

function isNumber(text) {
  return /^-?\d{1,18}(\.\d{1,6})?$/.test(text);
}

/**
 * The form; `done` is called when it was applied or given up. `former` is the label that it replaces, `proposed` a value
 * that stands in the form and is taken only where a person applies it.
 */
export function editorNode(place, mark, former, done, proposed = null) {
  const label = former ?? { indicator: "", value: null, period: "year", scope: "own" };
  const state = { indicator: label.indicator, kind: mark.kind };
  const complaint = el("p", { class: "complaint", role: "alert" });
  const value = el("input", {
    name: "value",
    inputmode: "decimal",
    autocomplete: "off",
    value: proposed ?? label.value ?? "",
    "aria-label": word("value"),
  });
  const unit = el("span", { class: "unit" }, state.indicator ? nameOf(state.indicator).unit : "");
  const taken = (name) => {
    state.indicator = name;
    unit.textContent = nameOf(name).unit;
    if (!value.value || !former) value.value = suggested(place, { ...mark, kind: state.kind }, name);
  };
  const find = finder(state.indicator, taken);
  const kind = choice("kind", ["figure", "none", "all"], state.kind, (chosen) => {
    state.kind = chosen;
    if (chosen === "none") value.value = "0";
  });
  const period = choice("period", ["year", "previous", "cumulative"], label.period ?? "year");
  const scope = choice("scope", ["own", "subordinate"], label.scope ?? "own");
  const apply = (event) => {
    event.preventDefault();
    const text = value.value.trim().replace(/[,，]/g, "");
    const made = {
      indicator: state.indicator,
      value: text === "" ? null : text,
      period: period.value,
      scope: scope.value,
    };
    const whole = { ...mark, kind: mark.kind === "cell" ? "cell" : state.kind };
    complaint.textContent = fault(place, whole, made, former ? mark : null) ?? "";
    if (complaint.textContent) return;
    assign(place, whole, made, former);
    done(made);
  };
  const surface = cut(passages[place].start + mark.start, passages[place].start + mark.end);
  const field = (title, ...parts) => el("label", {}, el("span", {}, title), ...parts);
  return el(
    "form",
    { class: "editor", onsubmit: apply, onkeydown: (event) => event.key === "Escape" && done(null) },
    el("p", {}, `${word("printed")} `, el("mark", {}, surface || word("short_blank"))),
    proposed === null ? null : el("p", { class: "note" }, word("fill_note")),
    field(word("indicator"), find),
    field(word("value"), value, unit),
    mark.kind === "cell" ? null : field(word("kind"), kind),
    field(word("period"), period),
    field(word("scope"), scope),
    complaint,
    el(
      "div",
      { class: "actions" },
      el("button", { type: "submit", class: "primary" }, word("apply")),
      button(word("cancel"), () => done(null)),
    ),
  );
}

function choice(name, options, chosen, action = () => {}) {
  return el(
    "select",
    { name, onchange: (event) => action(event.target.value) },
    options.map((one) => el("option", { value: one, selected: one === chosen }, word(`${name}_${one}`))),
  );
}

/** A field that finds an indicator by its Chinese name, its English name or its id. */
function finder(current, taken) {
  const list = el("ul", { class: "options", role: "listbox", id: "indicator-options", hidden: true });
  const input = el("input", {
    name: "indicator",
    role: "combobox",
    autocomplete: "off",
    "aria-controls": "indicator-options",
    "aria-expanded": "false",
    "aria-autocomplete": "list",
    placeholder: word("find_indicator"),
    value: current ? named(nameOf(current)) : "",
    oninput: () => fill(),
    onfocus: (event) => event.target.select(),
  });
  let place = 0;
  const take = (one) => {
    input.value = named(one);
    list.hidden = true;
    input.setAttribute("aria-expanded", "false");
    taken(one.id);
  };
  const point = (to) => {
    const options = [...list.children];
    place = Math.max(0, Math.min(options.length - 1, to));
    options.forEach((one, at) => one.setAttribute("aria-selected", String(at === place)));
    options[place]?.scrollIntoView({ block: "nearest" });
    if (options[place]) input.setAttribute("aria-activedescendant", options[place].id);
  };
  let found = [];
  const fill = () => {
    found = indicatorsLike(input.value);
    list.replaceChildren(
      ...found.map((one, at) =>
        el(
          "li",
          { role: "option", id: `option-${at}`, onmousedown: (event) => (event.preventDefault(), take(one)) },
          el("b", {}, named(one)),
          " ",
          el("span", {}, isChinese() ? one.en : one.zh),
          el("code", {}, one.id),
        ),
      ),
    );
    list.hidden = !found.length;
    input.setAttribute("aria-expanded", String(!list.hidden));
    point(0);
  };
  input.addEventListener("keydown", (event) => {
    if (list.hidden) return;
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step) point(place + step);
    else if (event.key === "Enter" && found[place]) take(found[place]);
    else if (event.key === "Escape") list.hidden = true;
    else return;
    event.preventDefault();
    event.stopPropagation();
  });
  input.addEventListener("blur", () => (list.hidden = true));
  return el("span", { class: "finder" }, input, list);
}
