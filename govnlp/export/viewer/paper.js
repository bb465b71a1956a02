// The document: paragraphs, tables drawn as tables, every figure marked where it was read.
import { el } from "./elements.js";
import { marksOf, passageText } from "./marks.js";
import { checks, count, cut, firstFrom, numerals, passages, sectionAt, selection, sheet } from "./state.js";
import { nameOf, shown } from "./figures.js";
import { isGuess } from "./guesses.js";
import { named, word } from "./words.js";

/** Everything drawn with the characters it shows: [start, end, element]. */
let drawn = [];

/** Indicators that a failed check speaks of. */
const suspects = new Set(
  checks.filter((one) => one.status === "failed").flatMap((one) => one.terms.map((term) => term.indicator)),
);

/** The blocks of the document as elements. `chosen(what)` is called with what was clicked. */
export function paper(list, chosen) {
  drawn = [];
  const homes = homesOf(list);
  const found = [];
  let furniture = [];
  for (const block of sheet.blocks ?? []) {
    const node = blockNode(block, homes, chosen);
    const aside =
      block.kind === "paragraph" && (block.link || ["boilerplate", "footer"].includes(sectionAt(block.start)));
    if (aside) furniture.push(node);
    else {
      flush(furniture, found);
      furniture = [];
      found.push(node);
    }
  }
  flush(furniture, found);
  return found;
}

/** Links and menus of a site, folded away. */
function flush(nodes, found) {
  if (!nodes.length) return;
  found.push(el("details", { class: "furniture" }, el("summary", {}, word("link_more", nodes.length)), ...nodes));
}

/** Passage -> its entries by the mark they stand in. */
function homesOf(list) {
  const homes = new Map();
  for (const entry of list)
    for (const [place, mark] of entry.homes) {
      if (entry.change === "rejected") continue;
      const key = `${place}:${mark.start}:${mark.end}`;
      homes.set(key, [...(homes.get(key) ?? []), entry]);
    }
  return homes;
}

function blockNode(block, homes, chosen) {
  if (block.kind === "picture") return el("p", { class: "picture" }, word("picture", block.name));
  if (block.kind === "paragraph") return paragraph(block, homes, chosen);
  if (block.kind === "run") return run(block, homes, chosen);
  return table(block, homes, chosen);
}

function paragraph(block, homes, chosen) {
  const section = sectionAt(block.start);
  const heading = block.level || (sheet.sections ?? []).some((one) => one.span[0] === block.start && one.heading);
  const tag = heading ? `h${Math.min(4, (block.level || 2) + 1)}` : "p";
  const node = el(tag, { class: `block s-${section}`, data: { start: block.start, end: block.end } });
  let at = block.start;
  for (
    let place = firstFrom(passages, block.start);
    place < passages.length && passages[place].end <= block.end;
    place += 1
  ) {
    if (passages[place].cell) continue;
    node.append(cut(at, passages[place].start), ...marked(place, homes, chosen));
    at = passages[place].end;
  }
  node.append(cut(at, block.end));
  drawn.push([block.start, block.end, node]);
  return node;
}

/** The text of a passage with its marks, and its numerals that bear none. */
function marked(place, homes, chosen) {
  const passage = passages[place];
  const text = Array.from(passageText(place));
  const guesses = (passage.guesses ?? []).filter(
    (one) => homes.has(`${place}:${one.start}:${one.end}`) && !marksOf(place).some((mark) => touch(one, mark)),
  );
  const marks = [...marksOf(place), ...guesses];
  const pieces = [...marks.map((mark) => ({ ...mark, mark })), ...bareNumerals(passage, marks)].sort(
    (a, b) => a.start - b.start,
  );
  const found = [];
  let at = 0;
  for (const piece of pieces) {
    found.push(text.slice(at, piece.start).join(""));
    const surface = text.slice(piece.start, piece.end).join("");
    found.push(
      piece.mark ? markNode(place, piece.mark, surface, homes, chosen) : numeralNode(place, piece, surface, chosen),
    );
    at = piece.end;
  }
  found.push(text.slice(at).join(""));
  return found;
}

function touch(one, other) {
  return one.start < other.end && other.start < one.end;
}

function bareNumerals(passage, marks) {
  const found = [];
  for (let at = firstFrom(numerals, passage.start); at < numerals.length && numerals[at].end <= passage.end; at += 1) {
    const [start, end] = [numerals[at].start - passage.start, numerals[at].end - passage.start];
    if (numerals[at].counts && !marks.some((one) => touch(one, { start, end }))) found.push({ start, end });
  }
  return found;
}

function markNode(place, mark, surface, homes, chosen) {
  const entries = homes.get(`${place}:${mark.start}:${mark.end}`) ?? [];
  const passage = passages[place];
  const keys = entries.map((one) => one.key);
  const guesses = entries.filter(isGuess);
  const label = (one) => (one.indicator === "part" ? word("parts") : named(nameOf(one.indicator)));
  const guessed = guesses.map((one) => word("guess", label(one), shown(one)));
  const isOnlyGuess = guesses.length > 0 && guesses.length === entries.length;
  const labels = [...(isOnlyGuess ? [] : mark.labels.map(label)), ...guessed];
  const states = [
    guesses.length && (isOnlyGuess ? "guess" : "doubted"),
    entries.some((one) => one.change) && "edited",
    entries.some((one) => !isGuess(one) && suspects.has(one.indicator)) && "suspect",
  ];
  const node = el(
    "span",
    {
      class: ["mark", `s-${passage.section ?? "other"}`, mark.kind, ...states.filter(Boolean)].join(" "),
      role: "button",
      tabindex: -1,
      "aria-label": `${surface}: ${labels.join("; ")}`,
      title: labels.join("\n"),
      data: { keys: keys.join(" ") },
      onclick: () => chosen({ entries: keys, from: "paper" }),
    },
    surface,
  );
  drawn.push([passage.start + mark.start, passage.start + mark.end, node]);
  return node;
}

function numeralNode(place, piece, surface, chosen) {
  const passage = passages[place];
  const [start, end] = [passage.start + piece.start, passage.start + piece.end];
  return el(
    "span",
    {
      class: "numeral",
      title: word("bare_numeral"),
      data: { start, end },
      onclick: () => chosen({ entries: [], numeral: { place, start: piece.start, end: piece.end }, from: "paper" }),
    },
    surface,
  );
}

function table(block, homes, chosen) {
  const rows = [];
  for (const cell of block.cells ?? []) (rows[cell.row] ??= []).push(cell);
  const made = Array.from(rows, (cells) =>
    el(
      "tr",
      {},
      (cells ?? []).sort((a, b) => a.column - b.column).map((one) => cellNode(one, homes, chosen)),
    ),
  );
  const node = el(
    "div",
    { class: "scroll", data: { start: block.start, end: block.end } },
    el("table", { class: `grid s-${sectionAt(block.start)}` }, el("tbody", {}, made)),
  );
  drawn.push([block.start, block.end, node]);
  return node;
}

/** Cells of which only the order is left, in lines as wide as the page. */
function run(block, homes, chosen) {
  const cells = (block.cells ?? []).map((one) => cellNode(one, homes, chosen, "span"));
  const node = el(
    "div",
    { class: `run s-${sectionAt(block.start)}`, data: { start: block.start, end: block.end } },
    el("p", { class: "note" }, word("run_note")),
    cells,
  );
  drawn.push([block.start, block.end, node]);
  return node;
}

function cellNode(cell, homes, chosen, tag = "td") {
  const text = cut(cell.start, cell.end);
  const place = passageOfCell(cell);
  const [mark] = place < 0 ? [] : marksOf(place);
  const entries = mark ? (homes.get(`${place}:${mark.start}:${mark.end}`) ?? []) : [];
  const node = el(
    tag,
    {
      class: "cell",
      rowspan: String(cell.rows ?? 1),
      colspan: String(cell.columns ?? 1),
      data: { start: cell.start, end: cell.end, place },
    },
    text,
  );
  drawn.push([cell.start, cell.end, node]);
  if (mark) markCell(node, place, mark, entries, chosen);
  else if (place >= 0 && /^\s*[\d,，]+(\.\d+)?\s*[^\d\s.]{0,2}$/.test(text)) {
    node.classList.add("loose");
    node.addEventListener("click", () =>
      chosen({ entries: [], numeral: { place, start: 0, end: count(text) }, from: "paper" }),
    );
  }
  return node;
}

function markCell(node, place, mark, entries, chosen) {
  const keys = entries.map((one) => one.key);
  const labels = mark.labels.map((one) => named(nameOf(one.indicator))).join("; ");
  node.classList.add("mark", "cell-mark", `s-${passages[place].section ?? "other"}`);
  if (entries.some((one) => one.change)) node.classList.add("edited");
  if (entries.some((one) => suspects.has(one.indicator))) node.classList.add("suspect");
  node.dataset.keys = keys.join(" ");
  node.title = labels;
  node.setAttribute("role", "button");
  node.setAttribute("tabindex", "-1");
  node.setAttribute("aria-label", `${node.textContent || word("state_blank")}: ${labels}`);
  node.addEventListener("click", () => chosen({ entries: keys, from: "paper" }));
  if (entries[0]?.status === "blank" && !node.textContent.trim())
    node.append(el("span", { class: "badge blank" }, shown(entries[0])));
}

function passageOfCell(cell) {
  for (
    let place = firstFrom(passages, cell.start);
    place < passages.length && passages[place].start === cell.start;
    place += 1
  )
    if (passages[place].cell && passages[place].end === cell.end) return place;
  return -1;
}

/** The smallest thing drawn that holds characters. */
export function nodeAt(start, end) {
  let best = null;
  for (const one of drawn) {
    const holds = one[0] <= start && Math.max(start, end) <= one[1];
    if (holds && (!best || one[1] - one[0] <= best[1] - best[0])) best = one;
  }
  return best?.[2] ?? null;
}

/** Shows in the document which marks are selected; gives the first. */
export function showSelected(root) {
  const wanted = new Set(selection.entries);
  let first = null;
  for (const node of root.querySelectorAll(".mark")) {
    const on = (node.dataset.keys ?? "").split(" ").some((key) => wanted.has(key));
    node.classList.toggle("selected", on);
    node.setAttribute("tabindex", on && !first ? "0" : "-1");
    if (on && !first) first = node;
  }
  for (const node of root.querySelectorAll(".numeral.selected, .loose.selected")) node.classList.remove("selected");
  return first;
}

/** The passage and the characters that the user has selected with the mouse; null where there are none. */
export function selectedCharacters(root) {
  const chosen = document.getSelection();
  if (!chosen || chosen.isCollapsed || !root.contains(chosen.anchorNode)) return null;
  const range = chosen.getRangeAt(0);
  const home = (node) => (node.nodeType === Node.ELEMENT_NODE ? node : node.parentElement)?.closest(".block, .cell");
  const block = home(range.startContainer);
  if (!block || block !== home(range.endContainer)) return { problem: "error_selection" };
  const before = range.cloneRange();
  before.selectNodeContents(block);
  before.setEnd(range.startContainer, range.startOffset);
  const start = Number(block.dataset.start) + count(before.toString());
  return { start, end: start + count(range.toString()) };
}
