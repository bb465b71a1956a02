"""三、收到和处理政府信息公开申请情况: the matrix of rows and applicants."""

import pytest

from tests.tables.making import APPLICANTS, codes, read_flat, read_grid, values

HEAD = [
    ["^3", "申请人情况>7"],
    ["自然人^2", "法人或其他组织>5", "总计^2"],
    ["商业企业", "科研机构", "社会公益组织", "法律服务机构", "其他"],
]
NEW = ["一、本年新收政府信息公开申请数量", "3", "1", "0", "0", "2", "0", "6"]
CLOSED = ["(七)总计", "3", "1", "0", "0", "1", "0", "5"]


def test_each_figure_goes_to_its_applicant():
    read = values(read_grid([*HEAD, NEW]))
    assert [read[f"applications.new.{key}"] for key in ("natural_person", "business", "legal_service", "total")] == [
        3,
        1,
        2,
        6,
    ]


def test_a_blank_cell_is_blank_and_shifts_nothing():
    read = read_grid([*HEAD, ["一、本年新收政府信息公开申请数量", "3", "", "—", "/", "2", "0", "6"]])
    found = {fact.indicator: fact.status for fact in read.facts}
    assert found["applications.new.business"] == "blank"
    assert found["applications.new.research"] == "blank"
    assert values(read)["applications.new.legal_service"] == 2


def test_a_form_without_legal_services_is_read_by_its_headings():
    head = [HEAD[0], HEAD[1], [name for name in HEAD[2] if name != "法律服务机构"]]
    head[1] = ["自然人^2", "法人或其他组织>4", "总计^2"]
    read = values(read_grid([*head, ["本年新收政府信息公开申请数量", "3", "1", "0", "0", "2", "6"]]))
    assert "applications.new.legal_service" not in read
    assert read["applications.new.other_org"] == 2


@pytest.mark.parametrize("wide", [4, 6])
def test_a_wrong_span_of_the_heading_shifts_nothing(wide):
    head = [HEAD[0], ["自然人^2", f"法人或其他组织>{wide}", "总计^2"], HEAD[2]]
    read = values(read_grid([*head, NEW, CLOSED]))
    assert read["applications.new.legal_service"] == 2
    assert read["applications.closed.total"] == 5


def test_an_unknown_column_is_passed_over():
    head = [["^2", "自然人^2", "法人或其他组织>5", "总计^2", "备注^2"], HEAD[2]]
    read = values(read_grid([*head, [*NEW, "9"]]))
    assert read["applications.new.total"] == 6
    assert 9 not in read.values()


def test_the_turned_matrix_gives_the_same():
    upright = [["", *APPLICANTS], NEW, CLOSED]
    turned = [list(row) for row in zip(*upright, strict=True)]
    assert values(read_grid(turned)) == values(read_grid(upright))


def test_one_other_row_and_three_are_told_apart():
    row = ["0", "0", "0", "0", "0", "0", "0"]
    one = values(read_grid([*HEAD, ["(六)其他处理", *row]]))
    three = values(
        read_grid([*HEAD, ["(六)其他处理^2", "2.申请人逾期未按收费通知要求缴纳费用", *row], ["3.其他", *row]])
    )
    assert "applications.other.all.total" in one
    assert "applications.other.misc.total" in three
    assert "applications.other.all.total" not in three


def test_a_dropped_blank_is_placed_only_where_the_total_leaves_no_choice():
    flat = "\n".join([*APPLICANTS, "一、本年新收政府信息公开申请数量", "3", "1", "4", "0", "2", "10"])
    read = read_flat(flat)
    assert values(read) == {"applications.new.total": 10}
    assert "unexplained_row" in codes(read)


def test_a_stray_page_number_in_a_row_is_left_out_by_the_total():
    flat = "\n".join([*APPLICANTS, "一、本年新收政府信息公开申请数量", "3", "1", "0", "0", "2", "0", "6", "17"])
    read = read_flat(flat)
    assert values(read)["applications.new.total"] == 6
    assert "unexplained_row" in codes(read)


def test_a_label_torn_over_two_cells_is_joined():
    flat = "\n".join([*APPLICANTS, "(四)无", "法提供", "3.补正后申请内容", "仍不明确", *"0000011"])
    assert values(read_flat(flat))["applications.unavailable.unclear.total"] == 1


def test_a_row_that_the_form_has_not_is_reported():
    read = read_grid([*HEAD, ["9.涉及军事秘密", "1", "0", "0", "0", "0", "0", "1"]])
    assert values(read) == {}
    assert codes(read) == ["unexplained_row"]


def test_all_labels_first_and_the_figures_after_them():
    rows = ["本年新收政府信息公开申请数量", "上年结转政府信息公开申请数量", "予以公开", "部分公开"]
    figures = ["3", "1", "0", "0", "2", "0", "6"] + ["0"] * 7 + ["1", "0", "0", "0", "0", "0", "1"] + ["0"] * 7
    read = read_flat("\n".join([*APPLICANTS, *rows, *figures]))
    assert values(read)["applications.granted.total"] == 1
    assert values(read)["applications.new.legal_service"] == 2


def test_all_labels_first_with_a_figure_too_few_places_nothing():
    rows = ["本年新收政府信息公开申请数量", "上年结转政府信息公开申请数量", "予以公开", "部分公开"]
    read = read_flat("\n".join([*APPLICANTS, *rows, *["0"] * 27]))
    assert values(read) == {}
    assert "unexplained_row" in codes(read)
