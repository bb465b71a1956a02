"""A report on the terminal: what it is, its sections, its answers, what does not agree, what could not be read."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from rich import box
from rich.table import Table
from rich.text import Text

from govnlp.cli.output import safe
from govnlp.schema.facts import Evidence, Fact
from govnlp.schema.identities import short_name
from govnlp.schema.indicators import applicants, indicators
from govnlp.schema.report import Check, Issue, Report
from govnlp.schema.views import shown

if TYPE_CHECKING:
    from rich.console import Console, RenderableType

# Columns of a terminal from which on there is room for labels and places.
_WIDE = 120
_PREFIX = "applications."
_SEVERITY = {"error": "bold red", "warning": "yellow", "info": "dim"}


def print_report(page: Console, report: Report) -> None:
    """The whole page of a report; lines are left for the terminal to wrap."""
    for part in _parts(report, is_wide=page.width >= _WIDE):
        page.print(part, soft_wrap=isinstance(part, Text))


def heading(report: Report) -> Text:
    """One line: source, organ, year, form and status."""
    meta = report.meta
    named = (report.source.name, meta.organ, str(meta.year) if meta.year else None, meta.form)
    line = Text(safe(" · ".join(part for part in named if part) or "(unnamed)"), style="bold")
    return line.append(f" · {report.status}", style="green" if report.status == "complete" else "yellow")


def failed_line(check: Check) -> Text:
    """A failed check in one line."""
    return Text("✗ ", style="bold red").append(safe(f"{check.id}  {check.message}"), style="default")


def issue_line(issue: Issue) -> Text:
    """An issue in one line."""
    return Text(safe(f"! {issue.code}: {issue.message}"), style=_SEVERITY[issue.severity])


def place(evidence: Evidence | None) -> str:
    """Where something was read: page, table (from 1), row and column of the cell, or the sentence.

    >>> from govnlp.schema.text import Span
    >>> place(Evidence(span=Span(0, 1), source_span=Span(0, 1), table=0, row="予以公开", column="自然人"))
    'table 1: 予以公开 | 自然人'
    """
    if evidence is None:
        return ""
    page = f"p. {evidence.page} " if evidence.page else ""
    table = "" if evidence.table is None else f"table {evidence.table + 1}: "
    cell = " | ".join(part for part in (evidence.row, evidence.column) if part)
    return safe(page + table + (cell or f"「{_cut(evidence.quote, 48)}」"))


def _parts(report: Report, *, is_wide: bool) -> Iterator[RenderableType]:
    yield heading(report)
    if report.sections:
        names = [section.heading or section.kind for section in report.sections if not section.repeat]
        yield Text(safe("sections: " + " / ".join(_cut(name, 20) for name in names)), style="dim")
    order = list(indicators())
    answers = sorted(report.answers.values(), key=lambda fact: order.index(fact.indicator))
    matrix = _matrix_rows(answers)
    listed = [fact for fact in answers if _stem(fact.indicator) not in matrix]
    if listed:
        yield _list(listed, is_wide=is_wide)
    if matrix:
        yield _matrix(matrix, is_wide=is_wide)
    yield from _notes(report)


def _notes(report: Report) -> Iterator[RenderableType]:
    beside = len(report.facts) - len(report.answers)
    if beside:
        yield Text(
            f"and {beside} more that do not answer (other years, parts, repeats): see --format json", style="dim"
        )
    if not report.facts:
        yield Text("no figure was read", style="dim")
    yield from map(failed_line, report.failed_checks)
    yield from (issue_line(issue) for issue in report.issues if issue.severity != "info")
    yield Text("")


def _list(facts: list[Fact], *, is_wide: bool) -> Table:
    table = _table("indicator")
    table.add_column("名称", overflow="fold")
    table.add_column("value", justify="right", no_wrap=True)
    table.add_column("unit", no_wrap=True)
    table.add_column("status", overflow="fold")
    if is_wide:
        table.add_column("read in", overflow="fold")
    for fact in facts:
        one = indicators()[fact.indicator]
        status = fact.status if fact.qualifier == "exact" else f"{fact.status}, {fact.qualifier}"
        where = [place(fact.evidence[0] if fact.evidence else None) or fact.method] if is_wide else []
        cells = (fact.indicator, one.labels[0], shown(fact), one.unit, status, *where)
        table.add_row(*map(Text, cells), style="dim" if fact.status == "blank" else None)
    return table


def _table(first: str) -> Table:
    """A table whose first column holds ids, which never break."""
    table = Table(box=box.SIMPLE_HEAD, pad_edge=False, padding=(0, 1, 0, 0))
    table.add_column(first, no_wrap=True)
    return table


def _matrix_rows(answers: list[Fact]) -> dict[str, dict[str, Fact]]:
    """The rows of the matrix of applications: those that say more than a total, by applicant."""
    rows: dict[str, dict[str, Fact]] = {}
    for fact in answers:
        applicant = indicators()[fact.indicator].applicant
        if applicant is not None:
            rows.setdefault(_stem(fact.indicator), {})[applicant] = fact
    return {stem: row for stem, row in rows.items() if set(row) != {"total"}}


def _matrix(rows: dict[str, dict[str, Fact]], *, is_wide: bool) -> Table:
    table = _table(f"{_PREFIX}* (件)")
    if is_wide:
        table.add_column("名称", overflow="fold")
    for name in applicants().values():
        table.add_column(name, justify="right", overflow="fold", min_width=5)
    told = {stem: row for stem, row in rows.items() if not _is_zero(row)}
    for stem, row in told.items():
        cells = [shown(row[key]) if key in row else "" for key in applicants()]
        label = [short_name(next(iter(row.values())).indicator)] if is_wide else []
        table.add_row(*map(Text, (stem.removeprefix(_PREFIX), *label, *cells)))
    if len(told) < len(rows):
        table.caption = f"and {len(rows) - len(told)} rows in which every cell is a printed 0"
    return table


def _is_zero(row: dict[str, Fact]) -> bool:
    return all(fact.status == "reported" and fact.value == 0 for fact in row.values())


def _stem(name: str) -> str:
    return name.rpartition(".")[0] if indicators()[name].applicant else name


def _cut(text: str, length: int) -> str:
    flat = " ".join(text.split())
    return flat if len(flat) <= length else flat[: length - 1] + "…"
