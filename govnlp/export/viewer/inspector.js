// What is known of the selected figure: its value, its state in words, where it was read, what it is checked with.
import { button, el } from "./elements.js";
import { digits, nameOf, shown, stateOf } from "./figures.js";
import { isGuess } from "./guesses.js";
import { canUndo, edited, openGuesses, passageAt } from "./marks.js";
import { checks, cut, passages, selection } from "./state.js";
import { named, word } from "./words.js";

/** The panel; `acts` are accept, edit, reject, assign, confirm, undo and show. */
export function inspector(list, acts) {
  const chosen = selection.entries.map((key) => list.find((one) => one.key === key)).filter(Boolean);
  const draw = chosen.length > 2 ? row : card;
  const body = chosen.length
    ? chosen.map((one) => draw(one, acts))
    : [
        selection.numeral
          ? numeralCard(acts)
          : selection.indicator
            ? absentCard()
            : el("p", { class: "note" }, word("no_selection")),
      ];
  return [el("div", { class: "cards" }, body), actions(list, acts)];
}

function card(one, acts) {
  const name = nameOf(one.indicator);
  const state = stateOf(one);
  return el(
    "article",
    { class: `card ${one.change ?? (one.doubtful ? "guess" : "")}`, data: { entry: one.key } },
    el(
      "header",
      {},
      el("h3", {}, named(name)),
      el("code", {}, one.indicator),
      one.change ? el("span", { class: "badge change" }, word(one.change)) : null,
      isGuess(one) ? el("span", { class: "badge" }, word("guess_note")) : null,
    ),
    el(
      "p",
      { class: "figure" },
      el("b", { class: state }, shown(one)),
      el("span", { class: "unit" }, state === "blank" ? "" : name.unit),
      state === "reported" ? null : el("span", { class: "badge" }, word(`state_${state}`)),
      tools(one, acts),
    ),
    el(
      "dl",
      {},
      facets(one).map(([title, text]) => [el("dt", {}, title), el("dd", {}, text)]),
    ),
    one.parts.length
      ? el(
          "p",
          { class: "parts" },
          `${word("parts")} `,
          one.parts.map((part) => `${part.label} ${digits(String(part.value))}${part.unit ?? ""}`).join("、"),
        )
      : null,
    el(
      "ul",
      { class: "sources", "aria-label": word("source") },
      one.places.map((place) =>
        el(
          "li",
          {},
          button(quoted(place), () => acts.show(place, one), { class: "quote" }),
        ),
      ),
    ),
    one.doubtful ? null : usedIn(one, acts),
  );
}

/** One of many: a line. */
function row(one, acts) {
  return el(
    "article",
    { class: `card row ${one.change ?? (one.doubtful ? "guess" : "")}`, data: { entry: one.key } },
    el("b", { class: stateOf(one) }, shown(one)),
    el("span", { title: one.indicator }, named(nameOf(one.indicator))),
    one.places[0] ? button(quoted(one.places[0]), () => acts.show(one.places[0], one), { class: "quote" }) : null,
    tools(one, acts),
  );
}

function tools(one, acts) {
  if (one.change === "rejected") return null;
  return el(
    "span",
    { class: "tools" },
    isGuess(one) ? button(word("accept"), () => acts.accept(one), { class: "small primary" }) : null,
    button(word("edit"), () => acts.edit(one), { class: "small" }),
    button(word("reject"), () => acts.reject(one), { class: "small" }),
  );
}

function facets(one) {
  const qualifier = one.qualifier === "exact" ? null : [word("printed"), word(`qualifier_${one.qualifier}`)];
  return [
    one.raw ? [word("printed"), one.raw + (one.unit ?? "")] : null,
    qualifier,
    one.period === "year" ? null : [word("period"), word(`period_${one.period}`)],
    one.scope === "own" ? null : [word("scope"), word(`scope_${one.scope}`)],
    [word("source"), word(`method_${one.method}`)],
    one.change === "added" ? null : [word("confidence"), one.confidence.toFixed(2)],
    [word("answers"), one.answer ? "✓" : word("not_answer")],
  ].filter(Boolean);
}

/** A sentence with the figure in it made to stand out; a cell with the labels of its row and its column. */
function quoted(place) {
  if (place.row || place.column) return [place.row, place.column].filter(Boolean).join(" × ");
  const surface = cut(place.start, place.end);
  const quote = place.quote || surface;
  const at = surface ? quote.indexOf(surface) : -1;
  return at < 0 ? quote : [quote.slice(0, at), el("mark", {}, surface), quote.slice(at + surface.length)];
}

function usedIn(one, acts) {
  const used = checks.filter(
    (check) => check.terms.some((term) => term.indicator === one.indicator) && check.status !== "undecided",
  );
  if (!used.length) return null;
  const signs = { passed: "✓", failed: "✗" };
  return el(
    "p",
    { class: "used" },
    `${word("used_in")} `,
    used.slice(0, 6).map((check) =>
      button(`${signs[check.status]} ${check.message.split(/[:：[]/)[0].trim()}`, () => acts.check(check), {
        class: `check ${check.status}`,
      }),
    ),
  );
}

function numeralCard() {
  const { place, start, end } = selection.numeral;
  const passage = passages[place];
  return el(
    "article",
    { class: "card" },
    el("header", {}, el("h3", {}, word("bare_numeral"))),
    el("p", { class: "figure" }, el("b", {}, cut(passage.start + start, passage.start + end))),
  );
}

function absentCard() {
  const name = nameOf(selection.indicator);
  return el(
    "article",
    { class: "card" },
    el("header", {}, el("h3", {}, named(name)), el("code", {}, name.id)),
    el("p", { class: "figure" }, el("span", { class: "badge" }, word("state_absent"))),
    el("p", { class: "note" }, word("absent_slot")),
  );
}

/** The passage of what is selected, -1 where nothing is. */
export function selectedPassage(list) {
  if (selection.numeral) return selection.numeral.place;
  const one = list.find((entry) => entry.key === selection.entries[0]);
  if (!one) return -1;
  return one.homes[0]?.[0] ?? (one.places[0] ? passageAt(one.places[0].start, one.places[0].end) : -1);
}

function actions(list, acts) {
  const place = selectedPassage(list);
  const prose = place >= 0 && !passages[place].cell;
  return el(
    "div",
    { class: "actions" },
    selection.numeral ? button(word("assign"), acts.assign, { class: "primary" }) : null,
    button(word("mark_it"), acts.markSelection),
    prose
      ? edited.has(place) && !openGuesses(place)
        ? el("span", { class: "note" }, word("confirmed"))
        : button(word("confirm"), acts.confirm)
      : null,
    button(word("undo"), acts.undo, { disabled: !canUndo() }),
  );
}
