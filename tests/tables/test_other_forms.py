"""Article 20, 复议诉讼, and the 统计表 of 2014-2018."""

from decimal import Decimal

from tests.tables.making import codes, read_flat, read_grid, values

ARTICLE20 = [
    ["第二十条第(一)项>4"],
    ["信息内容", "本年制发件数", "本年废止件数", "现行有效件数"],
    ["规章", "0", "1", "12"],
    ["行政规范性文件", "3", "", "40"],
    ["第二十条第(五)项>4"],
    ["信息内容", "本年处理决定数量>3"],
    ["行政许可", "4670>3"],
    ["第二十条第(八)项>4"],
    ["信息内容", "本年收费金额(单位:万元)>3"],
    ["行政事业性收费", "12.345>3"],
]
LEAVES = ["结果维持", "结果纠正", "其他结果", "尚未审结", "总计"]
REMEDIES = [
    ["行政复议>5", "行政诉讼>10"],
    [*(f"{leaf}^2" for leaf in LEAVES), "未经复议直接起诉>5", "复议后起诉>5"],
    [*LEAVES, *LEAVES],
    ["1", "2", "3", "4", "10", "0", "1", "0", "1", "2", "5", "0", "0", "0", "5"],
]


def test_article_20_gives_each_column_and_exact_yuan():
    read = values(read_grid(ARTICLE20))
    assert read["proactive.regulations.in_force"] == 12
    assert read["proactive.normative_documents.repealed"] is None
    assert read["proactive.licensing.decisions"] == 4670
    assert read["proactive.admin_fees.amount"] == Decimal("123450")


def test_an_amount_without_a_unit_takes_the_form_s_and_says_so():
    rows = [["信息内容", "本年收费金额"], ["行政事业性收费", "3"], ["规章", ""]]
    read = read_grid(rows)
    assert values(read)["proactive.admin_fees.amount"] == 30000
    assert "assumed_unit" in codes(read)


def test_a_unit_in_the_cell_beats_the_unit_of_the_heading():
    rows = [["信息内容", "本年收费金额(单位:万元)"], ["行政事业性收费", "251000元"]]
    assert values(read_grid(rows))["proactive.admin_fees.amount"] == 251000


def test_change_columns_carry_their_sign():
    rows = [
        ["信息内容", "上一年项目数量", "本年增/减", "处理决定数量"],
        ["行政许可", "30", "减2", "5"],
        ["其他对外管理服务事项", "3", "+1", "-"],
    ]
    read = values(read_grid(rows))
    assert read["proactive.licensing.items_change"] == -2
    assert read["proactive.other_services.items_change"] == 1
    assert read["proactive.other_services.decisions"] is None


def test_remedies_are_read_by_both_levels_of_heading():
    read = values(read_grid(REMEDIES))
    assert read["remedies.review.total"] == 10
    assert read["remedies.litigation_direct.pending"] == 1
    assert read["remedies.litigation_after_review.upheld"] == 5


def test_remedies_flattened_are_read_in_order_of_print():
    flat = ["行政复议", "行政诉讼", *LEAVES, "未经复议直接起诉", "复议后起诉", *LEAVES, *LEAVES, *REMEDIES[3]]
    assert values(read_flat("\n".join(flat))) == values(read_grid(REMEDIES))


def test_remedies_with_a_figure_too_few_are_reported_and_not_guessed():
    read = read_grid([*REMEDIES[:3], REMEDIES[3][:14]])
    assert "unexplained_row" in codes(read)
    assert values(read).get("remedies.litigation_after_review.total") is None


def test_remedies_turned_upright():
    rows = [["行政复议^5", leaf, str(at)] for at, leaf in enumerate(LEAVES)]
    rows = [rows[0], *(row[1:] for row in rows[1:])]
    read = values(read_grid(rows))
    assert read["remedies.review.corrected"] == 1
    assert read["remedies.review.total"] == 4


STAT = ["统计指标", "单位", "统计数"]


def test_the_same_label_under_two_rows_is_settled_by_order():
    rows = [STAT, ["四、行政复议数量", "件", "3"], ["(二)被依法纠错数", "件", "1"], ["(三)其他情形数", "件", "2"],
            ["五、行政诉讼数量", "件", "7"], ["(二)被依法纠错数", "件", "4"], ["(三)其他情形数", "件", "3"]]  # fmt: skip
    read = values(read_grid(rows))
    assert read["remedies.review.corrected"] == 1
    assert read["remedies.litigation.corrected"] == 4


def test_the_same_label_without_its_row_is_not_guessed():
    rows = [STAT, ["四、行政复议数量", "件", "3"], ["(三)其他情形数", "件", "2"], ["六、举报投诉数量", "件", "1"]]
    read = read_grid(rows)
    assert "remedies.review.other" not in values(read)
    assert "remedies.litigation.other" not in values(read)
    assert codes(read) == ["unexplained_row"]


def test_last_year_s_column_is_kept_apart():
    rows = [["统计指标", "单位", "2016年", "2015年"], ["(一)收到申请数", "件", "12", "9"]]
    read = read_grid(rows, year=2016)
    assert values(read)["applications.new.total"] == 12
    assert [fact.value for fact in read.facts if fact.period == "previous"] == [9]


def test_a_channel_the_form_has_not_is_no_misprint_of_one_it_has():
    rows = [STAT, ["2.政府网站公开政府信息数", "条", "10"], ["3.政务头条公开政府信息数", "条", "77"]]
    read = read_grid(rows)
    assert 77 not in values(read).values()
    assert codes(read) == ["unexplained_row"]


def test_dashes_beside_a_heading_lose_nothing_and_in_a_row_are_blank():
    for dash in ("—", "——", "-", "/"):
        rows = [STAT, ["三、依申请公开情况", dash, dash], ["(一)收到申请数", "件", "5"], ["1.当面申请数", dash, dash]]
        read = read_grid(rows)
        assert codes(read) == []
        assert values(read) == {"applications.new.total": 5, "applications.channel.in_person": None}


def test_money_where_a_count_is_due_is_reported():
    read = read_grid([STAT, ["(一)收到申请数", "件", "12万元"]])
    assert values(read) == {}
    assert codes(read) == ["unexplained_cell"]


def test_two_tables_side_by_side():
    rows = [[*STAT, *STAT], ["1.当面申请数", "件", "1", "1.专职人员数", "人", "2"],
            ["2.传真申请数", "件", "3", "2.兼职人员数", "人", "4"], ["3.网络申请数", "件", "5", "三、培训情况", "", ""]]  # fmt: skip
    read = values(read_grid(rows))
    assert read["capacity.staff.part_time"] == 4
    assert read["applications.channel.online"] == 5


def test_a_table_of_another_kind_is_named():
    rows = [["学校", "班级", "学生"], ["一小", "6", "240"], ["二小", "8", "301"]]
    read = read_grid(rows)
    assert values(read) == {}
    assert codes(read) == ["unread_table"]
