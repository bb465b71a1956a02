"""Write the parts of the documentation that follow from data: `python -m docs.generate`.

Each part stands between two marks in its page: the indicators in schema.md, the identities in checks.md, the crosswalk
of the four generations, the reference of functions and classes.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Literal, TypedDict, cast

import yaml

from docs.generate_api import reference
from govnlp.audit.grids import TABLES_OF, FormCell, form_cells
from govnlp.schema.indicators import FormName, indicators, load_yaml

FOLDER = Path(__file__).resolve().parent
LAYOUT = FOLDER.parent / "govnlp" / "export" / "viewer" / "forms.yaml"
FORMS: tuple[FormName, ...] = ("stat2014", "art50v1", "art50v2")
TOPICS = {
    "proactive": "主动公开: the tables of Article 20",
    "disclosure": "主动公开: how much, and by which channel",
    "response": "回应解读: what was answered and explained",
    "applications": "依申请公开: applications",
    "remedies": "行政复议、行政诉讼: reviews, lawsuits, complaints",
    "fees": "收费: fees",
    "capacity": "机构、人员、经费、培训: offices, people, money, training",
}
RULES = {
    1: "An application that came in went out, or is carried over",
    2: "What was closed has an outcome",
    3: "Each row of the matrix adds up over the applicants",
    4: "Reviews and lawsuits",
    5: "The 统计表 of 2014 to 2018, and what is expected",
    6: "A row that stands for a group",
}


class _Indicator(TypedDict, total=False):
    id: str
    unit: str
    forms: list[str]
    labels: list[str]


class _Identity(TypedDict, total=False):
    id: str
    rule: int
    title: str
    formula: str
    forms: list[str]
    relation: Literal["equal", "at_most"]
    required: bool
    shortfall: bool


def indicator_tables() -> str:
    """The indicators by topic: unit, the tables of which years carry them, the wordings of the forms."""
    rows = cast("dict[str, list[_Indicator]]", load_yaml("indicators.yaml"))["indicators"]
    return "\n".join(_indicator_lines(rows))


def _indicator_lines(rows: list[_Indicator]) -> Iterator[str]:
    yield f"{len(rows)} rows, {len(indicators())} indicators once `{{applicant}}` is filled in."
    for topic, title in TOPICS.items():
        yield f"\n### {title}\n"
        yield "| id | unit | 2014–2018 | 2019–2020 | 2021– | in the forms |"
        yield "| --- | --- | :---: | :---: | :---: | --- |"
        for row in rows:
            if row["id"].startswith(topic + "."):
                carried = " | ".join("●" if form in row.get("forms", []) else "" for form in FORMS)
                yield f"| `{row['id']}` | {row['unit']} | {carried} | {'; '.join(row['labels'])} |"


def identity_tables() -> str:
    """The identities by rule: id, formula, the forms that promise them, how strict they are."""
    rows = cast("dict[str, list[_Identity]]", load_yaml("identities.yaml"))["identities"]
    return "\n".join(_identity_lines(rows)).lstrip("\n")


def _identity_lines(rows: list[_Identity]) -> Iterator[str]:
    for rule, title in RULES.items():
        yield f"\n### {title}\n"
        yield "| id | adds up | formula | forms | remark |"
        yield "| --- | --- | --- | --- | --- |"
        for row in rows:
            if row["rule"] == rule:
                forms = ", ".join(row["forms"]) or "any that prints all of it"
                yield f"| `{row['id']}` | {row['title']} | {row['formula']} | {forms} | {_remark(row)} |"


def _remark(row: _Identity) -> str:
    if not row.get("required", True):
        return "expected, never failed"
    return "a shortfall is allowed" if row.get("shortfall") else ""


def crosswalk_tables() -> str:
    """Where each generation of the forms prints an indicator, by topic."""
    rows = cast("dict[str, list[_Indicator]]", load_yaml("indicators.yaml"))["indicators"]
    return "\n".join(_crosswalk_lines([row for row in rows if row.get("forms")]))


def _crosswalk_lines(rows: list[_Indicator]) -> Iterator[str]:
    cells = {name: _cells(name) for name in FORMS}
    for topic, title in TOPICS.items():
        held = [row for row in rows if row["id"].startswith(topic + ".")]
        yield f"\n### {title}\n"
        yield "| id | 统计表, 2014–2018 | 〔2019〕60号, 2019–2020 | 〔2021〕30号, 2021– |"
        yield "| --- | --- | --- | --- |"
        for row in held:
            places = " | ".join(_place(row["id"], cells[name]) for name in FORMS)
            yield f"| `{row['id']}` | {places} |"


def _cells(generation: FormName) -> dict[str, FormCell]:
    """The cells of a generation by indicator, the columns of Article 20 with the headings that it prints."""
    blocks = yaml.safe_load(LAYOUT.read_text("utf-8"))["article20"].get(generation, [])
    heads = {(row, key): head for one in blocks for row in one["rows"] for key, head in one["columns"].items()}
    found = [cell for table in TABLES_OF[generation] for cell in form_cells(table, generation)]
    return {cell.indicator: cell._replace(column_name=heads.get(cell[1:3], cell.column_name)) for cell in found}


def _place(name: str, cells: dict[str, FormCell]) -> str:
    """What a form prints at the row and the column of an indicator; of the kinds of applicant the total speaks."""
    cell = cells.get(name.replace("{applicant}", "total"))
    if cell is None:
        return ""
    each = name.replace("{applicant}", "natural_person") in cells
    column = "申请人" if "{applicant}" in name and each else cell.column_name
    return cell.row_name if column in ("", "统计数", "总计") else f"{cell.row_name} · {column}"


PARTS: dict[str, tuple[str, Callable[[], str]]] = {
    "schema.md": ("indicators", indicator_tables),
    "checks.md": ("identities", identity_tables),
    "crosswalk.md": ("crosswalk", crosswalk_tables),
    "api.md": ("reference", reference),
}


def filled(name: str, page: str) -> str:
    """The page with its generated part made anew."""
    part, make = PARTS[name]
    start, end = f"<!-- generated: {part} -->", f"<!-- end of {part} -->"
    before, found, rest = page.partition(start)
    _, closed, after = rest.partition(end)
    if not found or not closed:
        raise ValueError(f"{name} lacks its marks {start} and {end}")
    return f"{before}{start}\n\n{make()}\n\n{end}{after}"


def main() -> None:
    """Bring every page up to date."""
    for name in PARTS:
        path = FOLDER / name
        path.write_text(filled(name, path.read_text("utf-8")), "utf-8")


if __name__ == "__main__":
    main()
