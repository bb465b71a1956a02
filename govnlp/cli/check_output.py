"""The findings of `govnlp check` for other programs: JSON, `file:line:column` lines, SARIF."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

from govnlp.audit.findings import Finding
from govnlp.audit.page import Audited
from govnlp.audit.sarif import Located, Unread, sarif
from govnlp.cli.output import safe
from govnlp.cli.positions import positions
from govnlp.cli.sources import STANDARD_INPUT
from govnlp.schema.facts import Value
from govnlp.schema.report import Check, Conflict, Issue, Meta, ReportStatus, Source


class Findings(Value):
    """What is wrong with one report. `undecided` is empty unless all was asked for."""

    source: Source
    meta: Meta
    status: ReportStatus
    tried: int
    findings: tuple[Finding, ...] = ()
    failed: tuple[Check, ...] = ()
    undecided: tuple[Check, ...] = ()
    conflicts: tuple[Conflict, ...] = ()
    issues: tuple[Issue, ...] = ()


def findings(audited: Audited, *, everything: bool = False) -> Findings:
    """What is wrong with a report; with `everything`, what could not be decided and remarks of reading too.

    >>> from govnlp.schema.report import Report
    >>> findings(Audited(Report(status="not_a_report"), ())).failed
    ()
    """
    report = audited.report
    return Findings(
        source=report.source,
        meta=report.meta,
        status=report.status,
        tried=len(report.checks),
        findings=audited.findings,
        failed=report.failed_checks,
        undecided=tuple(one for one in report.checks if everything and one.status == "undecided"),
        conflicts=report.conflicts,
        issues=tuple(issue for issue in report.issues if everything or issue.severity != "info"),
    )


def as_json(audited: Audited, *, everything: bool, several: bool) -> str:
    """One object; of several reports each on its line."""
    return findings(audited, everything=everything).model_dump_json(indent=None if several else 2) + "\n"


def as_lines(source: str, audited: Audited, *, everything: bool, language: str) -> Iterator[str]:
    """`file:line:column: error: message [rule]`, as editors and continuous integration read it.

    What could not be read follows with its code in the place of the rule. Where there is no line it is 1:1.
    """
    told = [one for one in audited.findings if everything or one.severity != "info"]
    unread = [one for one in audited.report.issues if everything or one.severity != "info"]
    places = positions(source, audited.report.text) if told or unread else None
    file = _file(source)
    for one in told:
        position = places.of(one.span) if places else None
        where = f"{position.line}:{position.column}" if position else "1:1"
        message = one.message.zh if language == "zh" else one.message.en
        yield safe(f"{file}:{where}: {one.severity}: {message} [{one.rule}]") + "\n"
    for issue in unread:
        position = places.of(issue.evidence.span) if places and issue.evidence else None
        where = f"{position.line}:{position.column}" if position else "1:1"
        yield safe(f"{file}:{where}: {issue.severity}: {issue.message} [{issue.code}]") + "\n"


def as_sarif(audited: Iterable[tuple[str, Audited]], *, language: str) -> str:
    """One SARIF log of all reports."""
    located: list[Located] = []
    unread: list[Unread] = []
    for source, one in audited:
        file = _file(source)
        places = positions(source, one.report.text) if one.findings else None
        located += [Located(file, found, places.of(found.span) if places else None) for found in one.findings]
        unread += [Unread(file, issue) for issue in one.report.issues if issue.severity != "info"]
    return sarif(located, unread, language=language) + "\n"


def _file(source: str) -> str:
    return "stdin" if source == STANDARD_INPUT else Path(source).as_posix()
