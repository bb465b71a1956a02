// Search over indicators, values and the text of the report.
import { el } from "./elements.js";
import { answerOf, nameOf, shown } from "./figures.js";
import { count, names, sheet } from "./state.js";
import { named, word } from "./words.js";

const MOST_HITS = 30;
const AROUND = 14;

/** What a query finds: indicators by name, id or value, then places of the text. */
export function searched(query, groups) {
  const wanted = query.trim().toLowerCase();
  if (!wanted) return [];
  return [...indicatorHits(wanted, groups), ...textHits(wanted)].slice(0, MOST_HITS);
}

function indicatorHits(wanted, groups) {
  const number = wanted.replace(/[,，]/g, "");
  const said = (group) => (group ?? []).some((one) => one.value === number || one.raw.toLowerCase() === wanted);
  const isNamed = (one) =>
    [one.id, one.zh, one.en, ...(one.labels ?? [])].some((text) => text.toLowerCase().includes(wanted));
  const found = [...names.values()].filter((one) => isNamed(one) || said(groups.get(one.id)));
  // What the report speaks of comes first.
  const known = found.filter((one) => groups.has(one.id));
  const rest = found.filter((one) => !groups.has(one.id));
  return [...known, ...rest].slice(0, 20).map((one) => ({
    indicator: one.id,
    entries: (groups.get(one.id) ?? []).map((entry) => entry.key),
    answer: answerOf(groups.get(one.id)),
  }));
}

function textHits(wanted) {
  const found = [];
  const text = sheet.text ?? "";
  const lower = text.toLowerCase();
  for (let at = lower.indexOf(wanted); at >= 0 && found.length < 20; at = lower.indexOf(wanted, at + wanted.length)) {
    const start = count(text.slice(0, at));
    const around = [
      text.slice(Math.max(0, at - AROUND), at),
      text.slice(at, at + wanted.length),
      text.slice(at + wanted.length, at + wanted.length + AROUND),
    ];
    found.push({ start, end: start + count(around[1]), around });
  }
  return found;
}

/** The field with its results below it. */
export function searchNode(groupsNow, chosen) {
  const list = el("ul", { class: "options results", role: "listbox", id: "search-results", hidden: true });
  let found = [];
  let place = 0;
  const close = () => (list.hidden = true);
  const take = (one) => {
    close();
    input.blur();
    chosen(one);
  };
  const point = (to) => {
    place = Math.max(0, Math.min(found.length - 1, to));
    [...list.children].forEach((one, at) => one.setAttribute("aria-selected", String(at === place)));
    list.children[place]?.scrollIntoView({ block: "nearest" });
  };
  const fill = () => {
    found = searched(input.value, groupsNow());
    const items = found.map((one) =>
      el("li", { role: "option", onmousedown: (event) => (event.preventDefault(), take(one)) }, ...hitNode(one)),
    );
    list.replaceChildren(
      ...(items.length || !input.value.trim() ? items : [el("li", { class: "note" }, word("search_none"))]),
    );
    list.hidden = !input.value.trim();
    point(0);
  };
  const input = el("input", {
    type: "search",
    class: "search",
    placeholder: word("search"),
    "aria-label": word("search"),
    role: "combobox",
    "aria-controls": "search-results",
    autocomplete: "off",
    oninput: fill,
    onblur: close,
    onkeydown: (event) => {
      const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
      if (step) point(place + step);
      else if (event.key === "Enter" && found[place]) take(found[place]);
      else if (event.key === "Escape") ((input.value = ""), close(), input.blur());
      else return;
      event.preventDefault();
      event.stopPropagation();
    },
  });
  return el("span", { class: "finder searching" }, input, list);
}

function hitNode(one) {
  if (one.around)
    return [
      el("span", { class: "tag" }, word("in_text")),
      " …",
      one.around[0],
      el("mark", {}, one.around[1]),
      one.around[2],
      "…",
    ];
  return [
    el("b", {}, named(nameOf(one.indicator))),
    " ",
    one.answer
      ? el("span", { class: "found" }, shown(one.answer))
      : el("span", { class: "note" }, word("state_absent")),
    el("code", {}, one.indicator),
  ];
}
