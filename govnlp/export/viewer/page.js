// The page of one report: its bar, its two sides, and what is drawn when something changes.
import { acceptEntry, editEntry, fillSuggestion, rejectEntry } from "./acts.js";
import { afterEdit, assignNumeral, confirmPassage, escape, markSelection } from "./acts.js";
import { editorNode } from "./editor.js";
import { button, currentTheme, el, switchTheme, wearTheme } from "./elements.js";
import { byIndicator, conflicts, entries } from "./figures.js";
import { answersCount, formNodes, legend, showSelectedSlots } from "./forms.js";
import { guesses, hints, isGuess } from "./guesses.js";
import { inspector } from "./inspector.js";
import { helpDialog, listen } from "./keys.js";
import { bar, left, notice, now, panel, right, side, tell, top } from "./layout.js";
import { isUnsaved, load, undo } from "./marks.js";
import { paper, showSelected } from "./paper.js";
import { checksNode, findings, issuesNode, reviewNode } from "./review.js";
import { open, saveDialog } from "./saving.js";
import { searchNode } from "./search.js";
import { sheets } from "./sheets.js";
import { chosen, hit, selectFinding, selectTerm, showPlace, step, useView } from "./showing.js";
import { changed, checks, pages, sections, selection, sheet, whenChanged } from "./state.js";
import { firstLanguage, isChinese, useLanguage, word } from "./words.js";

function reckon() {
  now.list = [...entries(), ...guesses()];
  now.groups = byIndicator(now.list.filter((one) => !isGuess(one)));
  now.found = findings(now.list, now.groups);
}

function drawBar() {
  const meta = sheet.meta;
  const failed = checks.filter((one) => one.status === "failed").length;
  const input = el("input", {
    type: "file",
    accept: ".jsonl,.json,.txt",
    hidden: true,
    class: "file",
    "aria-label": word("load"),
    onchange: (event) => event.target.files[0] && open(event.target.files[0], tell),
  });
  const themeName = () => `${word("theme")}: ${word(`theme_${currentTheme()}`)}`;
  bar.replaceChildren(
    el(
      "div",
      { class: "what" },
      el("h1", {}, meta.organ ?? meta.title ?? sheet.source.name ?? word("unnamed")),
      el(
        "p",
        {},
        [meta.year, meta.form && word(`form_${meta.form}`)].filter(Boolean).map((one) => el("span", {}, String(one))),
        el("span", { class: `status ${sheet.status}` }, word(`status_${sheet.status}`)),
        el("span", {}, word("facts_count", answersCount(now.groups))),
        failed ? el("span", { class: "failed" }, word("checks_failed", failed)) : null,
        sheet.source.name ? el("span", { class: "file" }, sheet.source.name) : null,
      ),
    ),
    searchNode(() => now.groups, hit),
    el(
      "nav",
      { class: "tools" },
      button(word("load"), () => input.click()),
      input,
      button(word("save"), save, { class: `primary ${isUnsaved() ? "unsaved" : ""}` }),
      button(word("print"), () => print()),
      button("◐", () => (switchTheme(), drawBar()), { class: "icon", title: themeName(), "aria-label": themeName() }),
      button(word("language"), speakOther),
      button("?", helpDialog, { class: "icon", "aria-label": word("help") }),
    ),
  );
  document.title = [meta.organ, meta.year].filter(Boolean).join(" · ") || sheet.source.name || "govnlp";
}

function drawPaper() {
  const [at, wide] = [left.scrollTop, left.scrollLeft];
  const chips = sections
    .filter((one) => !one.repeat && !["boilerplate", "footer"].includes(one.kind))
    .map((one) =>
      button(word(`section_${one.kind}`), () => showPlace(one.span[0], one.span[0]), {
        class: `chip s-${one.kind}`,
        title: one.heading,
      }),
    );
  const switcher = pages.length
    ? el(
        "span",
        { class: "views" },
        ["pages", "text"].map((one) =>
          button(word(one === "pages" ? "page_view" : "text_view"), () => useView(one), {
            "aria-pressed": String(now.view === one),
          }),
        ),
      )
    : null;
  const head = el(
    "div",
    { class: "head" },
    el("h2", {}, word("document")),
    switcher,
    el("nav", { class: "chips", "aria-label": word("sections") }, chips),
  );
  const text = el("article", { class: "sheet-of-text" }, paper(now.list, chosen));
  left.replaceChildren(
    head,
    ...(now.view === "pages"
      ? [el("div", { class: "pages" }, sheets(now.list, chosen)), el("div", { class: "only-print" }, text)]
      : [text]),
  );
  left.setAttribute("aria-label", word("document"));
  left.scrollTo(wide, at);
}

function drawReport() {
  const at = right.scrollTop;
  const contested = new Set(conflicts(now.groups).map(([name]) => name));
  const known = { groups: now.groups, contested, hints: hints(now.list) };
  const acts = { chosen: selectFinding, term: selectTerm, fill: fillSuggestion };
  const kept = right.querySelector("details.kept")?.open;
  const listAt = top.querySelector(".findings")?.scrollTop ?? 0;
  top.replaceChildren(reviewNode(now.found, acts));
  top.querySelector(".findings")?.scrollTo(0, listAt);
  right.replaceChildren(
    el(
      "section",
      { class: "forms" },
      el("h2", {}, word("forms")),
      legend(known.hints.size > 0),
      formNodes(known, chosen),
    ),
    checksNode(acts),
    issuesNode(selectFinding) ?? "",
  );
  if (kept) right.querySelector("details.kept")?.setAttribute("open", "");
  right.setAttribute("aria-label", word("report"));
  right.scrollTop = at;
}

function drawPanel() {
  const acts = {
    accept: acceptEntry,
    edit: editEntry,
    reject: rejectEntry,
    assign: assignNumeral,
    confirm: confirmPassage,
    undo,
    markSelection,
    show: (place, one) => showPlace(place.start, place.end, one),
    check: (check) =>
      selectFinding(
        now.found.find((one) => one.key === `check:${check.id}`) ?? { key: null, entries: [], indicator: null, check },
      ),
  };
  panel.setAttribute("aria-label", word("source"));
  if (selection.editing) {
    const { place, mark, former, proposed } = selection.editing;
    panel.replaceChildren(editorNode(place, mark, former, afterEdit, proposed));
    panel.querySelector(former ? "input[name=value]" : "input[name=indicator]").focus();
  } else panel.replaceChildren(...inspector(now.list, acts));
}

function draw(what) {
  if (what !== "selection") {
    reckon();
    drawBar();
    drawPaper();
    drawReport();
  }
  drawPanel();
  showSelected(left);
  showSelectedSlots(right, now.list);
}

function speakOther() {
  useLanguage(isChinese() ? "en" : "zh");
  changed("language");
}

function save() {
  saveDialog(drawBar);
}

function takeDrops() {
  document.addEventListener("dragover", (event) => event.preventDefault());
  document.addEventListener("drop", (event) => {
    event.preventDefault();
    const file = event.dataTransfer.files[0];
    if (file) open(file, tell);
  });
}

function begin() {
  wearTheme();
  useLanguage(firstLanguage());
  const tabs = el(
    "nav",
    { class: "tabs" },
    ["document", "report"].map((one) => button("", () => (document.body.dataset.side = one), { data: { tab: one } })),
  );
  document
    .getElementById("app")
    .replaceWith(el("div", { id: "app" }, bar, tabs, el("div", { class: "panes" }, left, side), notice));
  document.body.dataset.side = "document";
  whenChanged((what) => {
    draw(what);
    for (const tab of tabs.children) tab.textContent = word(tab.dataset.tab);
  });
  if (sheet.annotations?.length) load(sheet.annotations);
  changed("view");
  listen({
    next: () => step(1),
    before: () => step(-1),
    search: () => bar.querySelector(".search").focus(),
    accept: () => acceptEntry(),
    edit: () => editEntry(),
    reject: () => rejectEntry(),
    confirm: confirmPassage,
    undo,
    save,
    theme: () => (switchTheme(), drawBar()),
    language: speakOther,
    help: helpDialog,
    escape,
  });
  takeDrops();
  addEventListener("beforeunload", (event) => isUnsaved() && event.preventDefault());
}

begin();
