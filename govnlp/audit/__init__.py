"""What an office should look at before it publishes a report: sums, text against table, form, units, law, last year.

>>> from govnlp.schema.report import Meta, Report
>>> report = Report(status="complete", meta=Meta(organ="某县水务局", year=2022, published="2023-02-10"))
>>> [one.id for one in audit(report) if one.rule == "published_late"]
['published_late']
"""

from __future__ import annotations

from govnlp.audit.amounts import amounts
from govnlp.audit.findings import Exhibit, Finding, Words
from govnlp.audit.frame import frame
from govnlp.audit.grids import printed_cells
from govnlp.audit.rules import Rule, rules
from govnlp.audit.sums import sums
from govnlp.audit.tables import blank_totals, tables, total_findings
from govnlp.audit.years import years
from govnlp.schema.report import Report

__all__ = ["Exhibit", "Finding", "Rule", "Words", "audit", "rules"]

_ORDER = {"error": 0, "warning": 1, "info": 2}


def audit(report: Report, last_year: Report | None = None) -> tuple[Finding, ...]:
    """The findings about a report, errors first, then in the order of the text; none for what is no report.

    `last_year` is the same organ's report of the year before, where there is one. Nothing is read again and nothing is
    corrected: the findings rest on the facts, checks and sections of the reports.
    """
    if report.status in ("not_a_report", "failed"):
        return ()
    doubtful = tuple(amounts(report, last_year))
    doubted = frozenset(one.id.partition(":")[2] for one in doubtful)
    found = [*total_findings(report), *sums(report, _explained(report, doubted)), *tables(report), *doubtful]
    found += frame(report)
    if last_year is not None:
        found += years(report, last_year, doubted)
    return tuple(sorted(found, key=_place))


def _explained(report: Report, doubted: frozenset[str]) -> frozenset[str]:
    """The failed checks that another finding explains: a total left blank, an amount in the wrong unit."""
    blank = {one.total.indicator for one in blank_totals(printed_cells(report))}
    sums_of_blank = {
        check.id
        for check in report.failed_checks
        if any(term.value is None and term.indicator in blank for term in check.left + check.right)
    }
    return frozenset(sums_of_blank | {f"text_vs_table.{name}" for name in doubted})


def _place(one: Finding) -> tuple[int, int, str]:
    return _ORDER[one.severity], one.span.start if one.span else -1, one.id
