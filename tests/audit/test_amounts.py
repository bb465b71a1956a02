"""元 and 万元."""

from __future__ import annotations

from decimal import Decimal

import pytest

from govnlp.audit import audit
from tests.audit.making import found, ids, named, of_year, printed, read, said

FEES = "unit_suspected:proactive.admin_fees.amount"


def _fees(text: str, *changes, last_year=None):
    return read("art50v2", printed(proactive__admin_fees__amount=text), *changes)


@pytest.mark.parametrize("text", ["0", "12.5", "2386.45", "98000", "12345.67"])
def test_usual_amounts_of_a_county(text: str):
    assert FEES not in ids(_fees(text))


@pytest.mark.parametrize("text", ["703203.72", "28350000"])
def test_yuan_under_the_head_of_ten_thousand(text: str):
    (one,) = found(_fees(text), "unit_suspected")
    assert (one.id, one.severity) == (FEES, "warning")
    assert one.exhibits[0].printed == f"{text}万元"


def test_a_township_has_less():
    township = named("柳塘镇人民政府")
    assert FEES in ids(_fees("50000", township))
    assert FEES not in ids(_fees("5000", township))


def test_the_text_tells_that_it_is_ten_thousand_times_too_much():
    report = _fees("703203.72", said("全年行政事业性收费70.32万元。"))
    (one,) = found(report, "unit_suspected")
    assert one.severity == "error"
    assert [exhibit.value for exhibit in one.exhibits] == [Decimal("7032037200"), Decimal("703200")]
    # The contradiction is told once, by its cause.
    assert found(report, "text_against_table") == []


def test_text_that_differs_otherwise_is_a_contradiction_and_no_unit():
    report = _fees("70.5", said("全年行政事业性收费68.1万元。"))
    assert found(report, "unit_suspected") == []
    assert [one.id for one in found(report, "text_against_table")] == ["text_against_table:proactive.admin_fees.amount"]


@pytest.mark.parametrize(("now", "before", "wanted"), [("88000", "9.1", 1), ("8.8", "91000", 1), ("88", "9.1", 0)])
def test_last_year_tells_it_too(now: str, before: str, wanted: int):
    last_year = read("art50v2", of_year(2021), printed(proactive__admin_fees__amount=before), seed=6)
    findings = audit(_fees(now), last_year)
    assert sum(one.id == FEES for one in findings) == wanted
    assert not any(one.id == "jump:proactive.admin_fees.amount" for one in findings)
