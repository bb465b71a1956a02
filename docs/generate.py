"""Write the parts of the documentation that follow from data: `python -m docs.generate`.

Each part stands between two marks in its page: the indicators in schema.md, the identities in checks.md.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Literal, TypedDict, cast

from govnlp.schema.indicators import indicators, load_yaml

FOLDER = Path(__file__).resolve().parent
FORMS = ("stat2014", "art50v1", "art50v2")
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


PARTS: dict[str, tuple[str, Callable[[], str]]] = {
    "schema.md": ("indicators", indicator_tables),
    "checks.md": ("identities", identity_tables),
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
