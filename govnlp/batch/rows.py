"""Reports as columns: the schemas of `facts`, `reports` and `checks`, and the rows of a report in them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from decimal import Decimal
from functools import cache
from typing import TYPE_CHECKING, NamedTuple, get_args, get_type_hints

from govnlp.batch.duplicates import figures_digest, signature, text_digest
from govnlp.batch.values import Outcome
from govnlp.extras import arrow
from govnlp.schema.facts import Evidence, Fact
from govnlp.schema.report import Check, Report

if TYPE_CHECKING:
    import pyarrow as pa

# What decimal128(20, 4) holds exactly.
_STEP, _MOST = Decimal("0.0001"), Decimal(10) ** 16
_FIRST_YEAR, _LAST_YEAR = -32768, 32767


class FactColumns(NamedTuple):
    """A row of facts.parquet. `evidence` is the quote; the place is that of the first evidence."""

    document: str
    organ: str | None
    region: str | None
    year: int | None
    form: str | None
    indicator: str
    value: Decimal | None
    status: str
    qualifier: str
    period: str
    scope: str
    answer: bool
    method: str
    confidence: float
    raw: str
    raw_unit: str | None
    evidence: str | None
    table: int | None
    row: str | None
    column: str | None
    page: int | None
    span_start: int | None
    span_end: int | None


class ReportColumns(NamedTuple):
    """A row of reports.parquet: one a document, whatever came of it.

    `figures` and `signature` stand in the parts alone: they tell near duplicates.
    """

    document: str
    source: str
    digest: str
    text_digest: str | None
    url: str | None
    date: str | None
    format: str | None
    status: str
    organ: str | None
    region: str | None
    year: int | None
    form: str | None
    title: str | None
    published: str | None
    facts: int
    failed_checks: int
    issues: list[str]
    group: str | None
    rank: int | None
    rank_reason: str | None
    version: str
    model: str | None
    seconds: float
    figures: str | None
    signature: bytes | None


class CheckColumns(NamedTuple):
    """A row of checks.parquet: an identity that was tried. `difference` is the left side less the right side."""

    document: str
    id: str
    status: str
    difference: Decimal | None
    message: str


class Reading(NamedTuple):
    """A report that a worker read: the document, its first source, the report, what reading it took."""

    document: str
    source: str
    report: Report
    seconds: float
    model: str | None


INTERNAL = ("figures", "signature")


@cache
def facts_schema() -> pa.Schema:
    """The columns of facts.parquet."""
    return _schema(FactColumns)


@cache
def reports_schema() -> pa.Schema:
    """The columns of the reports in a part; reports.parquet has them without `INTERNAL`."""
    return _schema(ReportColumns)


@cache
def checks_schema() -> pa.Schema:
    """The columns of checks.parquet."""
    return _schema(CheckColumns)


def fact_rows(document: str, report: Report) -> list[FactColumns]:
    """The facts of a report as rows, in its order.

    >>> fact_rows("d", Report(status="not_a_report"))
    []
    """
    return [_fact(document, report, fact) for fact in report.facts]


def check_rows(document: str, report: Report) -> list[CheckColumns]:
    """The checks of a report as rows, in its order."""
    return [_check(document, one) for one in report.checks]


def report_row(reading: Reading) -> ReportColumns:
    """The one row of a report."""
    report, meta = reading.report, reading.report.meta
    issues = list(dict.fromkeys(issue.code for issue in report.issues))
    if any(fact.value is not None and storable(fact.value) is None for fact in report.facts):
        issues.append("value_not_stored")
    is_read = report.status in ("complete", "partial")
    return ReportColumns(
        document=reading.document, source=reading.source, digest=report.source.digest or reading.document,
        text_digest=text_digest(report.text) if report.text else None, url=None, date=None,
        format=report.source.format, status=report.status, organ=meta.organ, region=meta.region, year=_year(report),
        form=meta.form, title=meta.title, published=meta.published, facts=len(report.facts),
        failed_checks=len(report.failed_checks), issues=issues, group=None, rank=None, rank_reason=None,
        version=report.version, model=reading.model, seconds=round(reading.seconds, 4),
        figures=figures_digest(report) if is_read else None, signature=signature(report.text) if is_read else None,
    )  # fmt: skip


def lost_row(outcome: Outcome, version: str, model: str | None) -> ReportColumns:
    """The row of a document that gave no report: its worker crashed, took too long, or too much memory."""
    document, source = outcome.job.document, outcome.job.source
    empty = dict.fromkeys(ReportColumns._fields)
    row = ReportColumns(**empty)  # type: ignore[arg-type]
    return row._replace(
        document=document, source=source, digest=document, status="failed", facts=0, failed_checks=0,
        issues=[outcome.reason or "failed"], version=version, model=model, seconds=round(outcome.seconds, 4),
    )  # fmt: skip


def batch_of(rows: Sequence[tuple[object, ...]], schema: pa.Schema) -> pa.RecordBatch:
    """Rows as a record batch of a schema."""
    pa = arrow()
    columns = list(zip(*rows, strict=True)) if rows else [()] * len(schema)
    arrays = [pa.array(column, field.type) for column, field in zip(columns, schema, strict=True)]
    return pa.RecordBatch.from_arrays(arrays, schema=schema)


def storable(value: Decimal) -> Decimal | None:
    """The value as decimal(20, 4) holds it, exactly; None where it cannot: nothing is ever rounded.

    >>> storable(Decimal("703203.72")), storable(Decimal("0.00001"))
    (Decimal('703203.7200'), None)
    """
    if not value.is_finite() or abs(value) >= _MOST:
        return None
    stored = value.quantize(_STEP)
    return stored if stored == value else None


def _schema(columns: type[FactColumns | ReportColumns | CheckColumns]) -> pa.Schema:
    """The arrow types follow from the annotations, `year` apart: a column of int16."""
    made = arrow()
    hints = get_type_hints(columns)
    kinds: dict[object, pa.DataType] = {
        str: made.string(), int: made.int32(), bool: made.bool_(), float: made.float64(), bytes: made.binary(),
        Decimal: made.decimal128(20, 4), list[str]: made.list_(made.string()),
    }  # fmt: skip
    types = {name: kind if kind in kinds else get_args(kind)[0] for name, kind in hints.items()}
    return made.schema([(name, made.int16() if name == "year" else kinds[kind]) for name, kind in types.items()])


def _fact(document: str, report: Report, fact: Fact) -> FactColumns:
    meta = report.meta
    place = fact.evidence[0] if fact.evidence else None
    return FactColumns(
        document, meta.organ, meta.region, _year(report), meta.form, fact.indicator,
        storable(fact.value) if fact.value is not None else None, fact.status, fact.qualifier, fact.period, fact.scope,
        fact.answer, fact.method, fact.confidence, fact.raw, fact.raw_unit, *_place(place),
    )  # fmt: skip


class _Place(NamedTuple):
    evidence: str | None
    table: int | None
    row: str | None
    column: str | None
    page: int | None
    span_start: int | None
    span_end: int | None


def _place(one: Evidence | None) -> _Place:
    if one is None:
        return _Place(None, None, None, None, None, None, None)
    return _Place(one.quote, one.table, one.row, one.column, one.page, one.span.start, one.span.end)


def _check(document: str, one: Check) -> CheckColumns:
    difference = storable(one.difference) if one.difference is not None else None
    return CheckColumns(document, one.id, one.status, difference, one.message)


def _year(report: Report) -> int | None:
    year = report.meta.year
    return year if year is not None and _FIRST_YEAR <= year <= _LAST_YEAR else None


def rows_of(readings: Iterable[Reading]) -> tuple[list[FactColumns], list[ReportColumns], list[CheckColumns]]:
    """The rows of several readings: facts, reports, checks."""
    kept = list(readings)
    facts = [row for one in kept for row in fact_rows(one.document, one.report)]
    checks = [row for one in kept for row in check_rows(one.document, one.report)]
    return facts, [report_row(one) for one in kept], checks
