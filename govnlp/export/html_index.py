"""The index of several reports: one entry a report, with what one filters by."""

from __future__ import annotations

from govnlp.schema.facts import Value
from govnlp.schema.indicators import FormName
from govnlp.schema.report import Report, ReportStatus


class Entry(Value):
    """A report as the index lists it. `page` is the file of its page, beside the index."""

    page: str
    source: str
    status: ReportStatus
    organ: str | None = None
    year: int | None = None
    form: FormName | None = None
    facts: int = 0
    failed: int = 0
    conflicts: int = 0
    issues: int = 0


class Listing(Value):
    """What the script of the index reads."""

    entries: tuple[Entry, ...]


def entry(report: Report, page: str, source: str) -> Entry:
    """The entry of a report.

    >>> entry(Report(status="complete"), "a.html", "a.txt").failed
    0
    """
    meta = report.meta
    return Entry(
        page=page, source=source, status=report.status, organ=meta.organ, year=meta.year, form=meta.form,
        facts=len(report.answers), failed=len(report.failed_checks), conflicts=len(report.conflicts),
        issues=sum(one.severity != "info" for one in report.issues),
    )  # fmt: skip
