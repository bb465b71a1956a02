// Pages of a PDF or of a scan as pictures, drawn when they come near the window, with a box on every figure.
import { el } from "./elements.js";
import { nameOf } from "./figures.js";
import { isGuess } from "./guesses.js";
import { pages, passages, sectionAt, selection } from "./state.js";
import { named, word } from "./words.js";

let watcher = null;

/** The pages as elements: their size is known, their pictures come when they are scrolled to. */
export function sheets(list, chosen) {
  watcher?.disconnect();
  watcher = new IntersectionObserver(
    (seen) => seen.filter((one) => one.isIntersecting).forEach((one) => fill(one.target)),
    { rootMargin: "600px" },
  );
  return pages.map((page) => {
    const boxes = boxesOf(list, page).map(([place, some]) => boxNode(place, some, page, chosen));
    const node = el(
      "figure",
      { class: "sheet", data: { page: page.number } },
      el("figcaption", {}, word("page_number", page.number)),
      el("div", { class: "leaf" }, boxes),
    );
    node.lastChild.style.aspectRatio = `${page.width} / ${page.height}`;
    watcher.observe(node);
    return node;
  });
}

/** Decodes the picture of a page. */
function fill(node) {
  watcher.unobserve(node);
  if (node.querySelector("img")) return;
  const data = document.getElementById(`page-${node.dataset.page}`)?.textContent;
  if (data)
    node
      .querySelector(".leaf")
      .prepend(el("img", { alt: word("page_number", node.dataset.page), src: `data:image/webp;base64,${data}` }));
}

/** The places of a page where figures are said, each with its entries: a total carried over has none at the figure it speaks of. */
function boxesOf(list, page) {
  const found = new Map();
  for (const entry of list.filter((one) => one.change !== "rejected"))
    for (const place of entry.places.filter((one) => one.page === page.number && one.box && isHome(entry, one))) {
      const held = found.get(place.start) ?? [place, []];
      held[1].push(entry);
      found.set(place.start, held);
    }
  return [...found.values()];
}

function isHome(entry, place) {
  return entry.homes.some(
    ([at, mark]) => passages[at].start + mark.start <= place.start && place.end <= passages[at].start + mark.end,
  );
}

function boxNode(place, some, page, chosen) {
  const [left, top, right, bottom] = place.box;
  const section = passages[some[0].homes[0]?.[0]]?.section ?? sectionAt(place.start);
  const label = `${some[0].raw}: ${some.map((one) => named(nameOf(one.indicator))).join("; ")}`;
  const keys = some.map((one) => one.key);
  const node = el("span", {
    class: `box mark s-${section} ${some.every(isGuess) ? "guess" : ""}`,
    role: "button",
    tabindex: -1,
    "aria-label": label,
    title: label,
    data: { keys: keys.join(" ") },
    onclick: () => chosen({ entries: keys, from: "paper" }),
  });
  const part = (value, whole) => `${(100 * value) / whole}%`;
  Object.assign(node.style, {
    left: part(left, page.width),
    top: part(top, page.height),
    width: part(Math.max(4, right - left), page.width),
    height: part(Math.max(4, bottom - top), page.height),
  });
  return node;
}

/** The page that the selected figure stands on. */
export function pageOfSelection(list) {
  const chosen = list.find((one) => selection.entries.includes(one.key));
  return chosen?.places.find((one) => one.page)?.page ?? null;
}
