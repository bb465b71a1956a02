"""Whether the tables of the form are all there: the right form, every row, every column, no blank cell."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal
from functools import cache
from typing import NamedTuple

from govnlp.audit.findings import Exhibit, Finding, of_fact, of_passage
from govnlp.audit.grids import TABLES_OF, FormCell, due_form, form_cells, own_cells, own_generation, printed_cells
from govnlp.audit.rules import finding, form_title, table_title
from govnlp.schema.facts import Fact, plain
from govnlp.schema.forms import FormTable
from govnlp.schema.identities import identities, short_name
from govnlp.schema.indicators import FormName
from govnlp.schema.report import Report, SectionKind, Severity
from govnlp.schema.text import Span

_MOST_NAMED = 8
_MODERN: tuple[FormName, ...] = ("art50v1", "art50v2")
_LEAST_OLD = 10
_SECTIONS: dict[FormTable, SectionKind] = {
    "article20": "proactive", "matrix": "applications", "remedies": "remedies", "stat2014": "appendix",
}  # fmt: skip
_OTHER_ROWS: frozenset[FormTable] = frozenset({"matrix"})
# What these issues say may be why a table, a row or a cell was not found.
_UNREAD = frozenset(
    {"attached_report", "lost_text", "needs_ocr", "picture_in_cell", "picture_not_read", "row_without_figures",
     "section_without_table", "table_in_text", "unexplained_cell", "unexplained_column", "unexplained_row",
     "unread_table", "undecodable_bytes", "unreadable_text", "second_report"}
)  # fmt: skip


class _Held(NamedTuple):
    """A report whose tables are looked at: what it prints, the form that is due, whether its reading left doubt."""

    report: Report
    printed: dict[str, Fact]
    due: FormName
    in_doubt: bool

    def severity(self, usual: Severity) -> Severity:
        """What was not read may be there: then a warning is all that can be said."""
        return "warning" if self.in_doubt and usual == "error" else usual


def tables(report: Report) -> Iterator[Finding]:
    """The findings about the form of the tables, in the order of the tables."""
    due = due_form(report)
    if due is None:
        return
    printed = printed_cells(report)
    in_doubt = report.status != "complete" or any(issue.code in _UNREAD for issue in report.issues)
    held = _Held(report, printed, due, in_doubt)
    older = _older_table(held)
    if older is not None:
        yield older
        return
    for table in TABLES_OF[due]:
        yield from _table(held, table)


def _older_table(held: _Held) -> Finding | None:
    """The 统计表 of 2014-2018 in a report that should print the tables of 2019 on, and prints none of them."""
    old = [cell for cell in form_cells("stat2014", "stat2014") if cell.indicator in held.printed]
    if held.due not in _MODERN or len(old) < _LEAST_OLD or not held.printed.keys().isdisjoint(_newer()):
        return None
    return finding(
        "wrong_form", "stat2014", exhibits=_shown(held, old[:_MOST_NAMED]), year=held.report.meta.year or "",
        expected=form_title(held.due), found=form_title("stat2014"), table=table_title("stat2014"),
        labels=listed(cell.row_name for cell in old),
    )  # fmt: skip


@cache
def _newer() -> frozenset[str]:
    """What the tables of 2019 on print and the 统计表 does not."""
    cells = (cell for name in _MODERN for table in TABLES_OF[name] for cell in form_cells(table, name))
    return frozenset(cell.indicator for cell in cells) - {cell.indicator for cell in form_cells("stat2014", "stat2014")}


def _table(held: _Held, table: FormTable) -> Iterator[Finding]:
    used = own_generation(table, held.printed) or held.due
    cells = form_cells(table, used)
    if not any(cell.indicator in held.printed for cell in cells):
        # Few offices appended the 统计表 of 2014-2018; from 2019 on the tables are the report.
        severity: Severity = "info" if held.due == "stat2014" else "error"
        yield finding(
            "table_missing", table, severity=held.severity(severity), exhibits=_heading(held, table),
            table=table_title(table),
        )  # fmt: skip
        return
    if used != held.due:
        yield _wrong_form(held, table, used)
    yield from _gaps(held, table, cells)
    yield from _blanks(held, table, cells)


def _wrong_form(held: _Held, table: FormTable, used: FormName) -> Finding:
    own = own_cells(table, used, held.printed)
    names = dict.fromkeys(cell.row_name if table in _OTHER_ROWS else cell.column_name for cell in own)
    # Many offices kept the one row 其他处理 of the older matrix, whose figures say the same.
    severity: Severity = "warning" if table in _OTHER_ROWS else "error"
    return finding(
        "wrong_form", table, severity=severity, exhibits=_shown(held, own), year=held.report.meta.year or "",
        expected=form_title(held.due), found=form_title(used), table=table_title(table), labels=listed(names),
    )  # fmt: skip


def _gaps(held: _Held, table: FormTable, cells: Sequence[FormCell]) -> Iterator[Finding]:
    """Whole rows, whole columns, then single cells of the form that the report does not print."""
    absent = [cell for cell in cells if cell.indicator not in held.printed]
    rows = _whole(cells, absent, "row")
    columns = _whole(cells, absent, "column") if table == "matrix" else set()
    single = [cell for cell in absent if cell.row not in rows and cell.column not in columns]
    usual: Severity = "info" if held.due == "stat2014" else "error"
    named = dict.fromkeys(cell.row_name for cell in absent if cell.row in rows)
    if named:
        # The table of 复议诉讼 has one row of figures: what a form row is there, is a column in print.
        rule = "column_missing" if table == "remedies" else "row_missing"
        yield _gap(held, rule, table, named, held.severity(usual))
    named = dict.fromkeys(cell.column_name for cell in absent if cell.column in columns)
    if named:
        yield _gap(held, "column_missing", table, named, held.severity(usual))
    if single:
        yield _gap(held, "cell_missing", table, map(cell_name, single), None)


def _whole(cells: Iterable[FormCell], absent: Sequence[FormCell], axis: str) -> set[str]:
    """The rows or columns of which no cell is printed."""
    gone = {cell.indicator for cell in absent}
    there = {getattr(cell, axis) for cell in cells if cell.indicator not in gone}
    return {getattr(cell, axis) for cell in absent} - there


def _gap(held: _Held, rule: str, table: FormTable, names: Iterable[str], severity: Severity | None) -> Finding:
    told = list(names)
    return finding(
        rule, table, severity=severity, exhibits=_heading(held, table), table=table_title(table), count=len(told),
        labels=listed(told),
    )  # fmt: skip


def _heading(held: _Held, table: FormTable) -> tuple[Exhibit, ...]:
    """The heading under which a table belongs, where the report has it: there to look for what is missing."""
    for section in held.report.sections:
        if section.kind == _SECTIONS[table] and section.heading and not section.repeat:
            start = section.span.start
            return (of_passage(held.report, Span(start, start + len(section.heading))),)
    return ()


def _blanks(held: _Held, table: FormTable, cells: Sequence[FormCell]) -> Iterator[Finding]:
    """Blank cells, but for the totals that have a finding of their own."""
    totals = {one.total.indicator for one in blank_totals(held.printed)}
    blank = [
        cell
        for cell in cells
        if cell.indicator not in totals
        and cell.indicator in held.printed
        and held.printed[cell.indicator].value is None
    ]
    if blank:
        yield finding(
            "blank_cells", table, severity="info" if table == "stat2014" else None, exhibits=_shown(held, blank),
            table=table_title(table), count=len(blank), labels=listed(map(cell_name, blank)),
        )  # fmt: skip


class BlankTotal(NamedTuple):
    """A blank cell and its parts, of which some are printed and are not 0."""

    total: Fact
    parts: tuple[Fact, ...]


def blank_totals(printed: dict[str, Fact]) -> list[BlankTotal]:
    """The totals that a table leaves blank though a part of them is printed and is not 0."""
    found = []
    for identity in identities():
        names = [name for group in identity.left for name in group.members]
        total = printed.get(names[0]) if len(names) == 1 else None
        if total is None or total.value is not None or identity.relation != "equal" or not identity.required:
            continue
        members = [name for group in identity.right for name in group.members]
        parts = tuple(printed[name] for name in members if name in printed and printed[name].value)
        if parts:
            found.append(BlankTotal(total, parts))
    return found


def total_findings(report: Report) -> Iterator[Finding]:
    """A finding for each total left blank, once though several identities ask for it."""
    seen: set[str] = set()
    for one in blank_totals(printed_cells(report)):
        name = one.total.indicator
        if name not in seen:
            seen.add(name)
            parts = plain(sum((fact.value or Decimal(0) for fact in one.parts), Decimal(0)))
            exhibits = tuple(map(of_fact, (one.total, *one.parts)))
            yield finding(
                "total_blank", name, exhibits=exhibits, cell=fact_name(one.total), indicator=name, parts=parts
            )


def _shown(held: _Held, cells: Iterable[FormCell]) -> tuple[Exhibit, ...]:
    return tuple(of_fact(held.printed[cell.indicator]) for cell in cells)


def cell_name(cell: FormCell) -> str:
    """A cell by its row and column: 新收·自然人.

    >>> cell_name(form_cells("matrix", "art50v2")[0])
    '新收·自然人'
    """
    return f"{cell.row_name}·{cell.column_name}" if cell.column_name else cell.row_name


def fact_name(fact: Fact) -> str:
    """A fact by the row and column that it was read in, else by its indicator."""
    place = fact.evidence[0] if fact.evidence else None
    labels = [one for one in (place.row, place.column) if one] if place else []
    return "·".join(labels) or short_name(fact.indicator)


def listed(names: Iterable[str]) -> str:
    """Names in a row, the first few of many.

    >>> listed("一二三四五六七八九")
    '一、二、三、四、五、六、七、八等'
    """
    told = list(names)
    return "、".join(told[:_MOST_NAMED]) + ("等" if len(told) > _MOST_NAMED else "")
