"""The form of the tables: what is missing, blank, or of another year's form."""

from __future__ import annotations

import pytest

from govnlp.audit import audit
from govnlp.audit.grids import form_cells
from tests.audit.making import found, ids, in_table, named, of_year, printed, read, value, without
from tests.render.grid import Heading, Table, without_column, without_row


def test_a_clean_form_has_nothing_to_find():
    assert ids(read()) == []


def test_a_missing_row_is_named():
    (one,) = found(read("art50v2", in_table("matrix", lambda table: without_row(table, 14))), "row_missing")
    assert (one.id, one.severity) == ("row_missing:matrix", "error")
    assert "属于行政查询事项" in one.message.zh
    assert [exhibit.quote for exhibit in one.exhibits] == ["三、收到和处理政府信息公开申请情况"]


def test_a_missing_kind_of_applicant_is_named_once():
    report = read("art50v2", in_table("matrix", lambda table: without_column(table, 7)))
    (one,) = found(report, "column_missing")
    assert "法律服务机构" in one.message.zh
    assert found(report, "row_missing") == found(report, "cell_missing") == []


def test_a_missing_table_is_one_finding():
    report = read("art50v2", without(lambda block: isinstance(block, Table) and block.name == "remedies"))
    # A heading stands there alone: the table may have been lost on the way.
    assert [(one.id, one.severity) for one in found(report, "table_missing")] == [("table_missing:remedies", "warning")]
    assert found(report, "row_missing") == []


def test_reading_that_left_doubt_is_no_error():
    report = read("art50v2", in_table("matrix", lambda table: without_row(table, 14)))
    doubtful = report.model_copy(update={"status": "partial"})
    assert [one.severity for one in found(doubtful, "row_missing")] == ["warning"]


@pytest.mark.parametrize("cell", ["", "-", "/"])
def test_a_total_left_blank_though_its_parts_are_printed(cell: str):
    report = read("art50v2", printed(remedies__review__total=cell, remedies__review__upheld="7"))
    (one,) = found(report, "total_blank")
    assert one.id == "total_blank:remedies.review.total"
    assert one.exhibits[0].value is None
    # It explains the sum that fails, and is not listed among the blanks.
    assert "sum:remedies.review" not in ids(report)
    assert found(report, "blank_cells") == []


def test_blank_cells_are_counted_by_table():
    blank = printed(remedies__review__other="", remedies__litigation_direct__other="")
    (one,) = found(read("art50v2", printed(remedies__review__other="0"), blank, seed=1), "blank_cells")
    assert (one.id, one.severity, len(one.exhibits)) == ("blank_cells:remedies", "warning", 2)


def test_one_cell_with_words_is_a_cell_without_a_figure():
    (one,) = found(read("art50v2", printed(applications__granted__ngo="见附件")), "cell_missing")
    assert "予以公开·社会公益组织" in one.message.zh


def test_a_column_of_the_remedies():
    report = read("art50v2", in_table("remedies", lambda table: without_column(table, 3)))
    (one,) = found(report, "column_missing")
    assert one.id == "column_missing:remedies"
    assert "尚未审结" in one.message.zh


@pytest.mark.parametrize(
    ("form", "year", "wanted"),
    [
        ("art50v1", 2019, []), ("art50v1", 2020, []), ("art50v2", 2021, []), ("art50v2", 2025, []),
        ("art50v1", 2021, [("wrong_form:article20", "error"), ("wrong_form:matrix", "warning")]),
        ("art50v2", 2020, [("wrong_form:article20", "error"), ("wrong_form:matrix", "warning")]),
        ("stat2014", 2016, []), ("stat2014", 2022, [("wrong_form:stat2014", "error")]),
    ],
)  # fmt: skip
def test_the_form_of_the_year(form: str, year: int, wanted: list[tuple[str, str]]):
    report = read(form, of_year(year))
    assert report.meta.year == year
    assert sorted((one.id, one.severity) for one in found(report, "wrong_form")) == wanted
    assert found(report, "row_missing") == []


def test_years_before_the_forms_are_asked_for_no_table():
    report = read("stat2014", of_year(2012), without(lambda block: isinstance(block, Table)))
    assert [one.id for one in audit(report) if one.id.startswith(("table", "row", "wrong"))] == []


def test_the_cells_of_the_forms():
    assert len(form_cells("article20", "art50v2")) == 10
    assert len(form_cells("article20", "art50v1")) == 22
    assert len(form_cells("stat2014", "stat2014")) == 58


def test_an_office_under_a_heading_of_its_own_is_judged_alike():
    report = read("art50v2", named("澄湖县水务局"), without(lambda block: block == Heading("一、总体情况")))
    assert ids(report) == ["section_missing:overview"]
    assert value(report, "applications.new.total") >= 0
