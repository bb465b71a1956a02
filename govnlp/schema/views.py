"""A report as rows and as a small page for notebooks."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from html import escape
from typing import TYPE_CHECKING, NamedTuple

from govnlp.schema.facts import Fact
from govnlp.schema.indicators import indicators

if TYPE_CHECKING:
    from govnlp.schema.report import Report


class FactRow(NamedTuple):
    """One tidy row: a fact beside what its report is."""

    source: str | None
    organ: str | None
    region: str | None
    year: int | None
    form: str | None
    indicator: str
    label: str
    value: Decimal | None
    unit: str
    status: str
    answer: bool
    raw: str
    raw_unit: str | None
    qualifier: str
    period: str
    scope: str
    method: str
    confidence: float
    quote: str | None


def fact_rows(report: Report) -> Iterator[FactRow]:
    """The facts of a report as tidy rows, in the order of the report."""
    meta = report.meta
    for fact in report.facts:
        one = indicators()[fact.indicator]
        yield FactRow(
            report.source.name, meta.organ, meta.region, meta.year, meta.form, fact.indicator, one.labels[0],
            fact.value, one.unit, fact.status, fact.answer, fact.raw, fact.raw_unit, fact.qualifier, fact.period,
            fact.scope, fact.method, fact.confidence, fact.evidence[0].quote if fact.evidence else None,
        )  # fmt: skip


def shown(fact: Fact) -> str:
    """A fact's value for a person: digits, `blank` for an empty cell, `none` where the text says there was none."""
    if fact.status == "blank" or fact.value is None:
        return "blank"
    digits = format(fact.value.normalize(), "f")
    mark = {"about": "≈", "at_least": "≥", "at_most": "≤"}.get(fact.qualifier, "")
    return f"{mark}{digits}" + (" (none)" if fact.status == "stated_none" else "")


def html(report: Report) -> str:
    """A summary table for notebooks: what the report is, its answers, its failed checks and its issues."""
    meta = report.meta
    head = " · ".join(str(part) for part in (meta.organ, meta.year, meta.form, report.status) if part)
    rows = "".join(_row(fact) for fact in report.answers.values())
    notes = "".join(f"<li>{escape(check.message)}</li>" for check in report.failed_checks)
    notes += "".join(f"<li>{escape(issue.message)}</li>" for issue in report.issues if issue.severity != "info")
    return (
        f"<div><b>{escape(head)}</b><table><thead><tr><th>indicator</th><th>value</th><th>unit</th>"
        f"<th>read in</th></tr></thead><tbody>{rows}</tbody></table><ul>{notes}</ul></div>"
    )


def _row(fact: Fact) -> str:
    one = indicators()[fact.indicator]
    quote = fact.evidence[0].quote if fact.evidence else ""
    cells = (fact.indicator, shown(fact), one.unit, quote[:60])
    return f'<tr title="{escape(one.labels[0])}">' + "".join(f"<td>{escape(cell)}</td>" for cell in cells) + "</tr>"
