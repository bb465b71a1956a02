"""The findings of `govnlp check` on a terminal."""

from __future__ import annotations

from collections.abc import Iterator

from rich.text import Text

from govnlp.audit.findings import Finding
from govnlp.audit.page import Audited, exhibit_name, severity_name
from govnlp.cli.output import safe
from govnlp.cli.show import failed_line, heading, issue_line, place
from govnlp.schema.facts import plain
from govnlp.schema.identities import short_name
from govnlp.schema.report import Check, Conflict, Report
from govnlp.schema.views import shown as value_shown

_STYLES = {"error": "bold red", "warning": "yellow", "info": "dim"}
# What failed checks say already.
_OF_CHECKS = frozenset({"sum", "text_against_table", "table_against_table", "text_against_text"})


def shown(audited: Audited, *, everything: bool, language: str) -> Iterator[Text]:
    """A line for the report; below it the failed checks with their cells, the other findings, the issues."""
    report = audited.report
    undecided = [one for one in report.checks if everything and one.status == "undecided"]
    yield heading(report).append(f" · {_counted(report, len(undecided))}", style="default")
    for failed in report.failed_checks:
        yield failed_line(failed)
        yield from (Text(safe(f"    {cell}")) for cell in _cells(failed))
    checked = {term.indicator for one in report.failed_checks if "_vs_" in one.id for term in one.left}
    for conflict in report.conflicts:
        if conflict.indicator not in checked:
            yield Text(safe(f"≈ {conflict.indicator}  {_said(conflict)}"), style="dim")
    for finding in audited.findings:
        if finding.rule not in _OF_CHECKS and (everything or finding.severity != "info"):
            yield from _finding(finding, language)
    yield from (Text(safe(f"? {one.id}  {one.message}"), style="dim") for one in undecided)
    yield from (issue_line(issue) for issue in report.issues if everything or issue.severity != "info")


def _counted(report: Report, undecided: int) -> str:
    tried, failed = len(report.checks), len(report.failed_checks)
    if undecided or not tried:
        return f"{tried - undecided} checks could be made, {failed} fail"
    return f"{failed} of {tried} checks fail" if failed else f"{tried} checks hold"


def _finding(one: Finding, language: str) -> Iterator[Text]:
    """The finding in a line, and what to do about it in a second."""
    message, advice = (getattr(words, language) for words in (one.message, one.advice))
    name = severity_name(one.severity) if language == "zh" else one.severity
    yield Text(f"{name} ", style=_STYLES[one.severity]).append(safe(f"{one.rule}  {message}"), style="default")
    if one.suspect is not None and one.suggested is not None:
        yield Text(safe(f"    {exhibit_name(one.suspect)}: ? {plain(one.suggested)}"))
    yield Text(safe(f"    → {advice}"), style="dim")


def _cells(failed: Check) -> Iterator[str]:
    """The cells and sentences to look at: those that hold a figure or a blank, zeros last in a word."""
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
    said = (
        f"{value_shown(one)} in {one.method} {place(one.evidence[0] if one.evidence else None)}"
        for one in conflict.facts
    )
    return "; ".join(said)
