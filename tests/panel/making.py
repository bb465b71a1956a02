"""Tables such as batch writes, of reports that these tests make up."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from decimal import Decimal
from pathlib import Path
from typing import NamedTuple

import pyarrow as pa
import pyarrow.parquet as pq

from govnlp.batch.rows import (  # fmt: skip
    INTERNAL,
    CheckColumns,
    FactColumns,
    ReportColumns,
    checks_schema,
    facts_schema,
    reports_schema,
)

BLANK = "blank"


class Made(NamedTuple):
    """A report: its organ and year, and its figures by indicator; `BLANK` is a blank cell."""

    organ: str | None
    year: int | None
    figures: Mapping[str, int | str] = {}
    region: str | None = None
    status: str = "complete"
    form: str | None = "art50v2"
    group: str | None = None
    rank: int | None = 1
    url: str | None = None
    qualifier: str = "exact"
    failed: tuple[str, ...] = ()


def write(out: Path, reports: Iterable[Made]) -> Path:
    """`facts`, `reports` and `checks.parquet` of these reports, whose ids are d000, d001, …"""
    out.mkdir(parents=True, exist_ok=True)
    facts: list[FactColumns] = []
    rows: list[ReportColumns] = []
    checks: list[CheckColumns] = []
    for number, one in enumerate(reports):
        name = f"d{number:03d}"
        facts += [_fact(name, one, indicator, value) for indicator, value in one.figures.items()]
        rows.append(_report(name, one))
        checks += [CheckColumns(name, check, "failed", Decimal(1), "") for check in one.failed]
    for table, made, schema in (("facts", facts, facts_schema()), ("reports", rows, reports_schema()), ("checks", checks, checks_schema())):  # fmt: skip
        columns = [pa.array([row[at] for row in made], field.type) for at, field in enumerate(schema)]
        whole = pa.Table.from_arrays(columns, schema=schema)
        pq.write_table(whole.drop_columns([one for one in INTERNAL if one in schema.names]), out / f"{table}.parquet")
    return out


def _fact(document: str, one: Made, indicator: str, value: int | str) -> FactColumns:
    is_blank = value == BLANK
    empty = dict.fromkeys(FactColumns._fields)
    return FactColumns(**empty)._replace(  # type: ignore[arg-type]
        document=document, organ=one.organ, region=one.region, year=one.year, form=one.form, indicator=indicator,
        value=None if is_blank else Decimal(value), status="blank" if is_blank else "reported",
        qualifier=one.qualifier, period="year", scope="own", answer=True, method="table", confidence=0.99, raw=str(value),
    )  # fmt: skip


def _report(document: str, one: Made) -> ReportColumns:
    empty = dict.fromkeys(ReportColumns._fields)
    return ReportColumns(**empty)._replace(  # type: ignore[arg-type]
        document=document, source=f"{document}.html", digest=document, status=one.status, organ=one.organ,
        region=one.region, year=one.year, form=one.form, facts=len(one.figures), failed_checks=len(one.failed),
        issues=[], group=one.group or document, rank=one.rank, url=one.url, version="1", seconds=0.1,
    )  # fmt: skip
