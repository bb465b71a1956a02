// The index of several reports, with filters.
import { button, currentTheme, el, stored, switchTheme, wearTheme } from "./elements.js";
import { firstLanguage, isChinese, useLanguage, word } from "./words.js";

const entries = stored("listing").entries;
const filters = { status: "", year: "", organ: "", failed: false };
let order = { by: "source", down: false };
const COLUMNS = ["organ", "year", "form", "status", "facts", "failed", "conflicts", "issues", "source"];
const TITLES = {
  organ: "organ",
  year: "year",
  form: "form",
  status: "status",
  facts: "facts",
  failed: "failed_checks",
  conflicts: "conflicts",
  issues: "issues",
  source: "file",
};

function isShown(one) {
  const organ = `${one.organ ?? ""} ${one.source}`.toLowerCase();
  return (
    (!filters.status || one.status === filters.status) &&
    (!filters.year || String(one.year) === filters.year) &&
    organ.includes(filters.organ.toLowerCase()) &&
    (!filters.failed || one.failed > 0)
  );
}

function sorted(list) {
  const value = (one) => one[order.by] ?? "";
  const compare = (a, b) =>
    typeof value(a) === "number" && typeof value(b) === "number"
      ? value(a) - value(b)
      : String(value(a)).localeCompare(String(value(b)), "zh");
  return [...list].sort((a, b) => (order.down ? compare(b, a) : compare(a, b)));
}

function field(one, name) {
  if (name === "organ") return el("td", {}, el("a", { href: one.page }, one.organ ?? word("unnamed")));
  if (name === "status")
    return el("td", {}, el("span", { class: `status ${one.status}` }, word(`status_${one.status}`)));
  if (name === "form") return el("td", {}, one.form ? word(`form_${one.form}`) : "");
  const number = typeof one[name] === "number" && name !== "year";
  return el(
    "td",
    { class: `${number ? "number" : ""} ${name === "failed" && one.failed ? "failed" : ""}` },
    String(one[name] ?? ""),
  );
}

function table() {
  const list = sorted(entries.filter(isShown));
  const heads = COLUMNS.map((name) =>
    el(
      "th",
      { scope: "col", "aria-sort": order.by === name ? (order.down ? "descending" : "ascending") : "none" },
      button(word(TITLES[name]), () => ((order = { by: name, down: order.by === name && !order.down }), draw())),
    ),
  );
  return [
    el("p", { class: "note", role: "status" }, word("index_count", list.length, entries.length)),
    el(
      "div",
      { class: "scroll" },
      el(
        "table",
        { class: "listing" },
        el("thead", {}, el("tr", {}, heads)),
        el(
          "tbody",
          {},
          list.map((one) =>
            el(
              "tr",
              {},
              COLUMNS.map((name) => field(one, name)),
            ),
          ),
        ),
      ),
    ),
  ];
}

function choice(name, values, show) {
  const options = [["", word("all")], ...values.map((one) => [String(one), show(one)])];
  return el(
    "label",
    {},
    el("span", {}, word(name)),
    el(
      "select",
      { name, onchange: (event) => ((filters[name] = event.target.value), draw(false)) },
      options.map(([value, text]) => el("option", { value, selected: filters[name] === value }, text)),
    ),
  );
}

const results = el("section", { class: "results-of-index" });

function draw(whole = true) {
  if (whole) {
    const distinct = (name) => [...new Set(entries.map((one) => one[name]).filter((one) => one !== null))].sort();
    const organ = el(
      "label",
      {},
      el("span", {}, word("organ")),
      el("input", {
        type: "search",
        name: "organ",
        value: filters.organ,
        oninput: (event) => ((filters.organ = event.target.value), draw(false)),
      }),
    );
    const failed = el(
      "label",
      { class: "check" },
      el("input", {
        type: "checkbox",
        name: "failed",
        checked: filters.failed,
        onchange: (event) => ((filters.failed = event.target.checked), draw(false)),
      }),
      el("span", {}, word("only_failed")),
    );
    const tools = el(
      "nav",
      { class: "tools" },
      button("◐", () => (switchTheme(), draw()), {
        class: "icon",
        "aria-label": `${word("theme")}: ${word(`theme_${currentTheme()}`)}`,
      }),
      button(word("language"), () => (useLanguage(isChinese() ? "en" : "zh"), draw())),
    );
    const form = el(
      "form",
      { class: "filters", onsubmit: (event) => event.preventDefault() },
      choice("status", distinct("status"), (one) => word(`status_${one}`)),
      choice("year", distinct("year"), String),
      organ,
      failed,
    );
    document
      .getElementById("app")
      .replaceChildren(
        el("header", { class: "bar" }, el("div", { class: "what" }, el("h1", {}, word("index_title"))), tools),
        el("main", { class: "index", data: { page: "index" } }, form, results),
      );
    document.title = word("index_title");
  }
  results.replaceChildren(...table());
}

wearTheme();
useLanguage(firstLanguage());
document.addEventListener("keydown", (event) => {
  if (event.target.closest("input, select") || event.ctrlKey || event.metaKey || event.altKey) return;
  if (event.key === "t") (switchTheme(), draw());
  if (event.key === "l") (useLanguage(isChinese() ? "en" : "zh"), draw());
  if (event.key === "/") (event.preventDefault(), document.querySelector("input[name=organ]").focus());
});
draw();
