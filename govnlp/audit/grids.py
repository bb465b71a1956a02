"""What the official tables print, and what of it a report prints."""

from __future__ import annotations

from functools import cache
from typing import NamedTuple

from govnlp.schema.facts import Fact
from govnlp.schema.forms import FormRow, FormTable, form
from govnlp.schema.identities import short_name
from govnlp.schema.indicators import FormName, applicants, indicators
from govnlp.schema.report import Report

TABLES_OF: dict[FormName, tuple[FormTable, ...]] = {
    "stat2014": ("stat2014",),
    "art50v1": ("article20", "matrix", "remedies"),
    "art50v2": ("article20", "matrix", "remedies"),
}
"""The tables that each generation of the form prescribes."""


class FormCell(NamedTuple):
    """A cell of an official table: its indicator, the keys of its row and column, and their names."""

    indicator: str
    row: str
    column: str
    row_name: str
    column_name: str


@cache
def form_cells(table: FormTable, generation: FormName) -> tuple[FormCell, ...]:
    """The cells in which a generation of a table asks for a figure, in the order of print.

    >>> len(form_cells("matrix", "art50v1")), len(form_cells("matrix", "art50v2")), len(form_cells("remedies", "art50v2"))
    (161, 175, 15)
    """
    found: dict[str, FormCell] = {}
    official = form(table)
    for row in official.rows:
        for column in official.columns:
            name = official.id(row, column)
            known = indicators().get(name)
            if row.heading or known is None or generation not in known.forms:
                continue
            if not row.columns or column.key in row.columns:
                labels = (column.labels or ("",))[0]
                names = (_row_name(table, row), applicants().get(column.key, labels))
                found.setdefault(name, FormCell(name, row.key, column.key, *names))
    return tuple(found.values())


def _row_name(table: FormTable, row: FormRow) -> str:
    """The printed label of a row; in the table of 复议诉讼 the label under its group, in the matrix a short one."""
    if table == "remedies":
        return indicators()[f"remedies.{row.key}"].labels[0]
    return short_name(f"applications.{row.key}.total") if table == "matrix" else row.labels[0]


def own_generation(table: FormTable, printed: dict[str, Fact]) -> FormName | None:
    """The generation whose own cells a report prints in this table; None where it prints those of both, or of none."""
    held = [name for name in TABLES_OF if table in TABLES_OF[name] and own_cells(table, name, printed)]
    return held[0] if len(held) == 1 else None


def own_cells(table: FormTable, generation: FormName, printed: dict[str, Fact]) -> tuple[FormCell, ...]:
    """The printed cells that no other generation of this table has."""
    others = {
        cell.indicator
        for name, tables in TABLES_OF.items()
        if name != generation and table in tables
        for cell in form_cells(table, name)
    }
    return tuple(
        cell for cell in form_cells(table, generation) if cell.indicator in printed and cell.indicator not in others
    )


def printed_cells(report: Report) -> dict[str, Fact]:
    """The facts that a report prints in tables for its own year, by indicator; an answer before what does not answer."""
    cells = [fact for fact in report.facts if fact.method == "table" and fact.is_candidate]
    return {fact.indicator: fact for fact in sorted(cells, key=lambda fact: fact.answer)}


def due_form(report: Report) -> FormName | None:
    """The form that a report of its year must use: 统计表 for 2014-2018, 〔2019〕60号 for 2019 and 2020, then 〔2021〕30号.

    Without a year the form that it uses; None for the years before there was one.
    """
    year = report.meta.year
    if year is None:
        return report.meta.form if report.meta.form != "free" else None
    if year >= 2019:
        return "art50v2" if year >= 2021 else "art50v1"
    return "stat2014" if year >= 2014 else None
