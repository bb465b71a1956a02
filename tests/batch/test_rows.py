from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st

from govnlp import Fact, Issue, Meta, OptionError, Report, extract
from govnlp.batch import Columns, fact_features, to_facts, to_row
from govnlp.batch.rows import (
    Reading,
    batch_of,
    check_rows,
    checks_schema,
    fact_rows,
    facts_schema,
    lost_row,
    report_row,
    reports_schema,
    rows_of,
    storable,
)
from govnlp.batch.values import Job, Outcome
from tests.batch.making import report

COLUMNS = (
    "document string, organ string, region string, year int16, form string, indicator string, value decimal128(20, 4), "
    "status string, qualifier string, period string, scope string, answer bool, method string, confidence double, "
    "raw string, raw_unit string, evidence string, table int32, row string, column string, page int32, "
    "span_start int32, span_end int32"
)


def test_the_columns_of_facts_are_those_that_were_promised():
    assert ", ".join(f"{field.name} {field.type}" for field in facts_schema()) == COLUMNS
    assert checks_schema().names == ["document", "id", "status", "difference", "message"]
    assert reports_schema().field("issues").type == pa.list_(pa.string())


def test_rows_hold_what_the_report_holds(repository: Path):
    read = extract(repository / "corpora/samples/county-2021.html")
    facts, reports, checks = rows_of([Reading("d", "county.html", read, 0.1, None)])
    assert len(facts) == len(read.facts) == reports[0].facts > 100
    assert len(checks) == len(read.checks)
    for row, fact in zip(facts, read.facts, strict=True):
        place = fact.evidence[0]
        assert (row.indicator, row.value, row.status, row.raw) == (fact.indicator, fact.value, fact.status, fact.raw)
        assert (row.evidence, row.table, row.row, row.column) == (place.quote, place.table, place.row, place.column)
        assert read.text[row.span_start : row.span_end] == read.text[place.span.start : place.span.end]
    for some, schema in ((facts, facts_schema()), (reports, reports_schema()), (checks, checks_schema())):
        assert batch_of(some, schema).num_rows == len(some)
        assert batch_of([], schema).num_rows == 0


@given(st.decimals(allow_nan=False, allow_infinity=False, places=6, min_value=-(10**20), max_value=10**20))
def test_a_value_is_stored_exactly_or_not_at_all(value: Decimal):
    stored = storable(value)
    assert stored is None or stored == value
    assert pa.array([stored], facts_schema().field("value").type).to_pylist() == [stored]


def test_a_value_that_cannot_be_stored_is_told():
    fact = Fact(
        indicator="capacity.budget", value=Decimal("0.123456"), status="reported", method="table", raw="0.123456"
    )
    read = Report(status="complete", facts=(fact,), meta=Meta(year=99999))
    assert fact_rows("d", read)[0].value is None
    row = report_row(Reading("d", "s", read, 0.0, None))
    assert row.issues == ["value_not_stored"]
    assert row.year is None
    assert check_rows("d", read) == []


def test_a_document_without_a_report_has_its_row():
    outcome = Outcome(Job(1, "d", "a.html", "path"), "failed", "timeout", "too long", 60.0)
    row = lost_row(outcome, "0.1", None)
    assert (row.status, row.issues, row.facts, row.source) == ("failed", ["timeout"], 0, "a.html")
    assert batch_of([row], reports_schema()).num_rows == 1


def test_codes_of_issues_are_listed_once():
    issue = Issue(code="no_year", severity="warning", message="…")
    assert report_row(Reading("d", "s", Report(status="partial", issues=(issue, issue)), 0.0, None)).issues == [
        "no_year"
    ]


def test_functions_for_data_sets():
    datasets = pytest.importorskip("datasets")
    data = datasets.Dataset.from_dict({"url": ["a", "b"], "正文": [report(count=5), "no report"]})
    mapped = data.map(to_row())
    assert mapped["status"] == ["complete", "not_a_report"]
    assert Report.from_json(mapped["report"][0]).value("applications.new.total") == 5
    facts = data.map(to_facts(), batched=True, remove_columns=data.column_names, features=fact_features())
    row = next(one for one in facts if one["indicator"] == "applications.new.total")
    assert (row["value"], row["year"], row["answer"]) == (5, 2016, True)
    with pytest.raises(OptionError, match="Columns"):
        to_row()({"title": "x"})
    assert to_row(columns=Columns(text="title"))({"title": "x"})["status"] == "not_a_report"
