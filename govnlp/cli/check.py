"""`govnlp check`: what in a report does not agree with itself, with the cells to look at."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from enum import StrEnum
from typing import TYPE_CHECKING, Annotated

import typer

from govnlp.cli.extract import Sources
from govnlp.cli.output import complain, console, use_utf8
from govnlp.cli.reading import outcomes
from govnlp.cli.sources import is_several, listing
from govnlp.cli.tally import Tally
from govnlp.schema.facts import Value
from govnlp.schema.report import Check, Conflict, Issue, Meta, Report, ReportStatus, Source

if TYPE_CHECKING:
    from rich.text import Text


class Format(StrEnum):
    """How findings are written."""

    TABLE = "table"
    JSON = "json"


class Findings(Value):
    """What is wrong with one report. `undecided` is empty unless all was asked for."""

    source: Source
    meta: Meta
    status: ReportStatus
    tried: int
    failed: tuple[Check, ...] = ()
    undecided: tuple[Check, ...] = ()
    conflicts: tuple[Conflict, ...] = ()
    issues: tuple[Issue, ...] = ()


def check(
    sources: Sources,
    all_: Annotated[bool, typer.Option("--all", help="List what could not be decided, and remarks, too.")] = False,
    format_: Annotated[
        Format, typer.Option("--format", help="json: an object; for many documents, one a line.")
    ] = Format.TABLE,
) -> None:
    """Check reports against the sums that the forms promise (勾稽关系), and text against tables.

    Exit codes: 0 all is well; 1 something is partial, failed, no report, inconsistent or missing; 2 wrong usage.
    """
    found = listing(sources)
    tally = Tally(found.complaints)
    several = is_several(sources, found.documents)
    reports = (report for _, report in tally.reports(outcomes(found.documents)))
    if format_ is Format.JSON:
        _print_json(reports, all_, several)
    else:
        _print_lines(reports, all_)
        if several and found.documents:
            complain(tally.summary())
    raise typer.Exit(tally.exit_code)


def findings(report: Report, *, everything: bool = False) -> Findings:
    """What is wrong with a report; with `everything`, what could not be decided and remarks too.

    >>> findings(Report(status="not_a_report")).failed
    ()
    """
    return Findings(
        source=report.source,
        meta=report.meta,
        status=report.status,
        tried=len(report.checks),
        failed=report.failed_checks,
        undecided=tuple(one for one in report.checks if everything and one.status == "undecided"),
        conflicts=report.conflicts,
        issues=tuple(issue for issue in report.issues if everything or issue.severity != "info"),
    )


def _print_json(reports: Iterator[Report], everything: bool, several: bool) -> None:
    use_utf8()
    for report in reports:
        found = findings(report, everything=everything)
        sys.stdout.write(found.model_dump_json(indent=None if several else 2) + "\n")


def _print_lines(reports: Iterator[Report], everything: bool) -> None:
    from govnlp.cli.show import heading

    page = console()
    for report in reports:
        found = findings(report, everything=everything)
        failed = f"{len(found.failed)} of {found.tried} checks fail" if found.failed else f"{found.tried} checks hold"
        if found.undecided or not found.tried:
            failed = f"{found.tried - len(found.undecided)} checks could be made, {len(found.failed)} fail"
        page.print(heading(report).append(f" · {failed}", style="default"), soft_wrap=True)
        for line in _lines(found):
            page.print(line, soft_wrap=True)


def _lines(found: Findings) -> Iterator[Text]:
    """The failed checks with their cells, the other conflicts, what is undecided, the issues."""
    from rich.text import Text

    from govnlp.cli.output import safe
    from govnlp.cli.show import failed_line, issue_line

    for one in found.failed:
        yield failed_line(one)
        yield from (Text(safe(f"    {cell}")) for cell in _cells(one))
    checked = {term.indicator for one in found.failed if "_vs_" in one.id for term in one.left}
    for conflict in found.conflicts:
        if conflict.indicator not in checked:
            yield Text(safe(f"≈ {conflict.indicator}  {_said(conflict)}"), style="dim")
    yield from (Text(safe(f"? {one.id}  {one.message}"), style="dim") for one in found.undecided)
    yield from map(issue_line, found.issues)


def _cells(failed: Check) -> Iterator[str]:
    """The cells and sentences to look at: those that hold a figure or a blank, zeros last in a word."""
    from govnlp.cli.show import place
    from govnlp.schema.facts import plain
    from govnlp.schema.identities import short_name

    zeros = 0
    for term in failed.left + failed.right:
        if term.value is not None and not term.value and len(failed.left + failed.right) > 4:
            zeros += 1
            continue
        value = "空白" if term.value is None else plain(term.value)
        yield f"{term.indicator} ({short_name(term.indicator)}) = {value}  {place(term.evidence)}"
    if zeros:
        yield f"and {zeros} cells of 0"


def _said(conflict: Conflict) -> str:
    from govnlp.cli.show import place
    from govnlp.schema.views import shown

    said = (
        f"{shown(one)} in {one.method} {place(one.evidence[0] if one.evidence else None)}" for one in conflict.facts
    )
    return "; ".join(said)
