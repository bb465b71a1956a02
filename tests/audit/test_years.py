"""Last year's report beside this one."""

from __future__ import annotations

import pytest

from govnlp.audit import audit
from govnlp.schema.report import Report
from tests.audit.making import found, named, of_year, printed, read, value

_CARRIED = ("natural_person", "business", "research", "ngo", "legal_service", "other_org", "total")


def _before(report: Report, **changes: str) -> Report:
    """A report of the year before that this one follows from, but for `changes`."""
    cells = {
        f"applications__carried_out__{one}": str(value(report, f"applications.carried_in.{one}")) for one in _CARRIED
    }
    for row in ("regulations", "normative_documents"):
        stem = f"proactive.{row}"
        in_force = (
            value(report, f"{stem}.in_force") - value(report, f"{stem}.issued") + value(report, f"{stem}.repealed")
        )
        cells[f"proactive__{row}__in_force"] = str(in_force)
    return read("art50v2", of_year(2021), printed(**{**cells, **changes}), seed=6)


@pytest.fixture(scope="module")
def this() -> Report:
    return read(
        "art50v2", printed(proactive__regulations__in_force="30", proactive__normative_documents__in_force="800")
    )


def test_years_that_follow_one_another(this: Report):
    rules = {one.rule for one in audit(this, _before(this)) if one.severity != "info"}
    assert not rules & {"carried_over", "in_force", "organ_changed", "last_year_unfit", "same_as_last_year"}


def test_what_was_carried_over(this: Report):
    total = value(this, "applications.carried_in.total")
    (one,) = found(this, "carried_over", _before(this, applications__carried_out__total=str(total + 2)))
    assert one.severity == "error"
    assert [(exhibit.indicator, exhibit.last_year) for exhibit in one.exhibits] == [
        ("applications.carried_in.total", False), ("applications.carried_out.total", True),
    ]  # fmt: skip
    (one,) = found(this, "carried_over", _before(this, applications__carried_out__ngo="99999"))
    assert one.severity == "warning"


def test_what_is_in_force(this: Report):
    (one,) = found(this, "in_force", _before(this, proactive__normative_documents__in_force="3"))
    assert one.id == "in_force:normative_documents"
    assert "800" in one.message.zh


def test_items_of_the_form_of_2019():
    before = read("art50v1", of_year(2019), printed(
        proactive__licensing__items_previous="40", proactive__licensing__items_change="-3"), seed=8)  # fmt: skip
    good = read("art50v1", of_year(2020), printed(proactive__licensing__items_previous="37"), seed=9)
    bad = read("art50v1", of_year(2020), printed(proactive__licensing__items_previous="40"), seed=9)
    assert "items_previous:licensing" not in [one.id for one in audit(good, before)]
    (one,) = [one for one in audit(bad, before) if one.id == "items_previous:licensing"]
    assert "40项-3" in one.message.zh
    assert "37" in one.message.zh


def test_tables_pasted_from_last_year(this: Report):
    assert found(this, "same_as_last_year", read("art50v2", of_year(2021))) == []
    same = read("art50v2", of_year(2023))
    (one,) = found(same, "same_as_last_year", read("art50v2"))
    assert one.severity == "warning"


def test_a_leap_is_a_remark(this: Report):
    before = _before(this, proactive__licensing__decisions="12")
    now = read("art50v2", printed(proactive__licensing__decisions="4800"))
    assert "jump:proactive.licensing.decisions" in [one.id for one in found(now, "jump", before)]
    assert {one.severity for one in found(now, "jump", before)} == {"info"}


def test_the_wrong_report(this: Report):
    (one,) = found(this, "last_year_unfit", read("art50v2", of_year(2024)))
    assert "2024" in one.message.zh
    assert [found(this, rule, read("art50v2", of_year(2024))) for rule in ("carried_over", "jump")] == [[], []]
    assert found(this, "last_year_unfit", Report(status="not_a_report"))


def test_another_name(this: Report):
    other = read("art50v2", of_year(2021), named("鹿鸣县人民政府"), seed=6)
    assert found(this, "organ_changed", other)
    assert not found(this, "organ_changed", _before(this))
