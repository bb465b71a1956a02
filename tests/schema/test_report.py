from __future__ import annotations

import json
from decimal import Decimal

import pytest
from hypothesis import given, settings
from pydantic import ValidationError

from govnlp.errors import FormatError, UnknownIndicatorError
from govnlp.schema.facts import Fact, plain
from govnlp.schema.report import Check, Issue, Meta, Report, Source
from govnlp.schema.views import FactRow, shown
from tests.schema.making import AMOUNTS, REPORTS, answer, quoted, report

BUDGET = "capacity.budget"


@given(REPORTS)
@settings(deadline=None)
def test_json_gives_the_equal_report_back(one: Report):
    again = Report.from_json(one.to_json())
    assert again == one
    assert again.to_json() == one.to_json()
    assert Report.from_json(one.to_json(indent=2)) == one
    assert Report.from_json(json.dumps(one.to_dict())) == one


@given(AMOUNTS)
def test_numbers_are_exact_in_json(value: Decimal):
    held = plain(value)
    assert isinstance(held, int) == (value == value.to_integral_value())
    assert Decimal(held) == value
    assert "E" not in str(held).upper()


@pytest.mark.parametrize("value", ["703203.72", "0.10", "100000000000000000000.01", "0", "1E+3"])
def test_an_amount_keeps_every_digit(value: str):
    again = Report.from_json(report(answer(BUDGET, value)).to_json())
    assert again.value(BUDGET) == Decimal(value)


@pytest.mark.parametrize("value", [1.5, 2.0, float("nan")])
def test_a_float_is_no_value(value: float):
    with pytest.raises(ValidationError, match="float"):
        Fact(indicator=BUDGET, value=value, status="reported", method="table")


@pytest.mark.parametrize("number", ["1.5", "2.0", "1e3"])
def test_a_float_in_json_is_no_report(number: str):
    text = report(answer(BUDGET, 77)).to_json().replace(":77,", f":{number},")
    assert number in text
    with pytest.raises(FormatError, match="not a report"):
        Report.from_json(text)


@pytest.mark.parametrize("text", ["", "{}", "[]", "nonsense", '{"status": "complete", "colour": 1}', b"\xff"])
def test_what_is_no_report_is_a_format_error(text: str | bytes):
    with pytest.raises(FormatError):
        Report.from_json(text)


def test_zero_blank_and_absent_are_three_things():
    one = report(answer("applications.new.total", 0), answer("applications.closed.total", None))
    new, closed = one["applications.new.total"], one["applications.closed.total"]
    assert new is not None
    assert new.status == "reported"
    assert new.value == 0
    assert closed is not None
    assert (closed.status, closed.value) == ("blank", None)
    assert one["applications.granted.total"] is None
    assert one.value("applications.new.total") == 0
    assert one.value("applications.closed.total") is None
    assert "applications.closed.total" in one
    assert "applications.granted.total" not in one


@pytest.mark.parametrize(
    ("wanted", "near"),
    [
        ("capacity.budgets", "capacity.budget"),
        ("litigation_direct.total", "remedies.litigation_direct.total"),
        ("Applications.new.total", "applications.new.total"),
    ],
)
def test_an_unknown_indicator_is_a_key_error_with_the_nearest_ids(wanted: str, near: str):
    with pytest.raises(KeyError) as raised:
        report()[wanted]
    assert isinstance(raised.value, UnknownIndicatorError)
    assert near in str(raised.value)
    assert wanted in str(raised.value)


def test_an_unknown_indicator_without_any_near_one_is_said_without_a_guess():
    with pytest.raises(UnknownIndicatorError) as raised:
        report().value("zzzzzzzz")
    assert "Did you mean" not in str(raised.value)


def test_only_the_answering_fact_answers():
    silent = answer(BUDGET, 1, answer=False)
    one = report(silent, answer(BUDGET, 2))
    assert one.value(BUDGET) == 2
    assert list(one.answers) == [BUDGET]


def test_conflicts_hold_the_answer_first_and_leave_out_what_is_no_rival():
    rivals = (answer(BUDGET, 1, answer=False, method="prose"), answer(BUDGET, 2))
    aside = (
        answer("capacity.meetings", 3),
        answer("capacity.meetings", 4, answer=False, period="previous"),
        answer("capacity.trainings", 5),
        answer("capacity.trainings", 5, answer=False, method="prose"),
        answer("capacity.trainees", 5),
        answer("capacity.trainees", None, answer=False),
    )
    one = report(*rivals, *aside)
    assert [conflict.indicator for conflict in one.conflicts] == [BUDGET]
    assert [fact.value for fact in one.conflicts[0].facts] == [2, 1]


def test_failed_checks_are_the_failed_alone():
    checks = [Check(id=status, status=status, message="") for status in ("passed", "failed", "undecided")]
    assert [one.id for one in report(checks=checks).failed_checks] == ["failed"]


def test_values_are_frozen_and_closed():
    one = answer(BUDGET, 1)
    with pytest.raises(ValidationError):
        one.value = Decimal(2)  # type: ignore[misc]
    with pytest.raises(ValidationError, match="colour"):
        answer(BUDGET, 1, colour="red")


def test_to_frame_has_one_tidy_row_a_fact():
    one = report(
        answer(BUDGET, "703203.72", raw="703203.72", raw_unit="元", evidence=quoted("专项经费703203.72元")),
        answer("applications.new.total", None),
        meta=Meta(organ="某局", year=2016),
        source=Source(name="a.txt"),
    )
    frame = one.to_frame()
    assert tuple(frame.columns) == FactRow._fields
    assert list(frame["value"]) == [Decimal("703203.72"), None]
    assert list(frame["organ"]) == ["某局", "某局"]
    assert frame["quote"][0] == "专项经费703203.72元"
    assert frame["quote"].isna().tolist() == [False, True]
    assert list(frame["unit"]) == ["元", "件"]


def test_to_frame_of_an_empty_report_has_the_columns():
    frame = report().to_frame()
    assert tuple(frame.columns) == FactRow._fields
    assert len(frame) == 0


def test_a_file_name_that_is_no_text_is_spelt_out():
    one = report(source=Source(name="a\udcff.txt"))
    assert one.source.name == "a\\udcff.txt"
    assert Report.from_json(one.to_json()) == one


HOSTILE = "<script>alert(1)</script>"


def test_the_page_for_notebooks_runs_nothing_of_the_document():
    one = report(
        answer(BUDGET, 1, evidence=quoted(HOSTILE), raw=HOSTILE),
        meta=Meta(organ=HOSTILE, title=HOSTILE),
        checks=[Check(id="x", status="failed", message=HOSTILE)],
        issues=[Issue(code="x", severity="error", message=HOSTILE)],
        source=Source(name=HOSTILE),
    )
    page = one._repr_html_()
    assert "<script" not in page
    assert page.count("&lt;script&gt;") == 4


def test_the_page_for_notebooks_shows_answers_failed_checks_and_issues():
    one = report(
        answer(BUDGET, 1234),
        checks=[Check(id="x", status="failed", message="差 1"), Check(id="y", status="passed", message="成立")],
        issues=[
            Issue(code="x", severity="warning", message="unread"),
            Issue(code="y", severity="info", message="remark"),
        ],
    )
    page = one._repr_html_()
    assert all(part in page for part in (BUDGET, "1234", "元", "差 1", "unread"))
    assert "成立" not in page
    assert "remark" not in page


@pytest.mark.parametrize(
    ("fact", "text"),
    [
        (answer(BUDGET, "50000.00"), "50000"),
        (answer(BUDGET, "0.5"), "0.5"),
        (answer(BUDGET, None), "blank"),
        (answer(BUDGET, 0, status="stated_none"), "0 (none)"),
        (answer(BUDGET, 260, qualifier="about"), "≈260"),
        (answer(BUDGET, 260, qualifier="at_least"), "≥260"),
        (answer(BUDGET, 260, qualifier="at_most"), "≤260"),
    ],
)
def test_a_fact_for_a_person(fact: Fact, text: str):
    assert shown(fact) == text
