"""Year, sections, organ and date."""

from __future__ import annotations

import pytest

from govnlp import extract
from govnlp.audit import audit
from govnlp.schema.report import Meta, Report
from tests.audit.making import found, ids, named, read, said, without
from tests.render.grid import Heading


def test_the_period_of_another_year_was_left_standing():
    report = read("art50v2", said("本报告所列数据的统计期限自2021年1月1日起至2021年12月31日止。"))
    (one,) = found(report, "year_unlike")
    assert one.id == "year_unlike:period"
    assert one.exhibits[0].quote == "2021年1月1日起至2021年12月31日"


@pytest.mark.parametrize(
    "sentence",
    [
        "本报告所列数据的统计期限自2022年1月1日起至2022年12月31日止。",
        "统计期限为2022年1月1日至12月31日。",
        "该规划的实施期限为2021年1月1日至2025年12月31日。",
        "自2021年1月1日至2021年12月31日,河道疏浚工程分三段施工。",
        "本报告统计期限自2022年1月1日至2022年12月31日,上年统计期限为2021年1月1日至2021年12月31日。",
    ],
)
def test_other_periods_are_no_finding(sentence: str):
    assert found(read("art50v2", said(sentence)), "year_unlike") == []


def test_a_title_of_another_year():
    report = Report(status="complete", meta=Meta(organ="某县", year=2022, title="某县2021年政府信息公开工作年度报告"))
    assert [one.id for one in found(report, "year_unlike")] == ["year_unlike:title"]


def test_no_year_and_no_organ():
    report = extract(
        text="政府信息公开工作年度报告\n一、概述\n主动公开政府信息9条。\n二、依申请公开情况\n收到申请3件。\n三、存在问题\n略。"
    )
    assert {"year_missing", "organ_missing"} <= {one.id for one in audit(report)}


@pytest.mark.parametrize(
    ("heading", "kind", "severity"),
    [
        ("五、存在的主要问题及改进情况", "problems", "error"), ("六、其他需要报告的事项", "other", "warning"),
        ("一、总体情况", "overview", "warning"),
    ],
)  # fmt: skip
def test_a_section_is_missing(heading: str, kind: str, severity: str):
    under = {heading, "没有其他需要报告的事项。", "个别单位更新不够及时,下一步将加强督促检查。"}

    def is_out(block: object) -> bool:
        return (block.text if isinstance(block, Heading) else block) in under

    (one,) = found(read("art50v2", without(is_out)), "section_missing")
    assert (one.id, one.severity) == (f"section_missing:{kind}", severity)


def test_two_sections_under_one_heading_are_both_there():
    report = extract(
        text="某县水务局2022年政府信息公开工作年度报告\n一、总体情况\n按时更新目录。\n二、主动公开政府信息情况\n公开9条。\n"
        "三、收到和处理政府信息公开申请情况\n收到申请0件。\n四、政府信息公开行政复议、行政诉讼情况\n未发生。\n"
        "五、存在的主要问题、改进情况和其他需要报告的事项\n更新不够及时。"
    )
    assert found(report, "section_missing") == []


def test_a_page_without_headings_is_a_remark():
    report = extract(
        text="某县水务局2016年政府信息公开工作年度报告\n2016年,我局主动公开政府信息30条,收到政府信息公开申请2件。"
    )
    assert [one.severity for one in found(report, "headings_missing")] == ["info"]
    assert found(report, "section_missing") == []


@pytest.mark.parametrize(
    ("organ", "year", "published", "due"),
    [
        ("澄湖县水务局", 2022, "2023-01-31", None), ("澄湖县水务局", 2022, "2023-02-01", "2023-01-31"),
        ("澄湖县人民政府", 2022, "2023-03-31", None), ("澄湖县人民政府", 2022, "2023-04-01", "2023-03-31"),
        ("柳塘镇人民政府", 2022, "2023-02-20", None), ("澄湖县人民政府办公室", 2022, "2023-03-20", None),
        ("澄湖县水务局", 2018, "2019-03-31", None), ("澄湖县水务局", 2016, "2017-04-02", "2017-03-31"),
        ("澄湖县水务局", 2022, None, None),
    ],
)  # fmt: skip
def test_the_legal_date(organ: str, year: int, published: str | None, due: str | None):
    report = Report(status="complete", meta=Meta(organ=organ, year=year, published=published))
    told = found(report, "published_late")
    assert [due in one.message.zh for one in told if due] == ([True] if due else [])
    assert len(told) == bool(due)


def test_the_date_on_the_page():
    report = read("art50v2", named("澄湖县水务局"), head="发布时间:2023-02-15")
    assert ids(report) == ["published_late"]
    (one,) = found(report, "published_late")
    assert one.basis == "政府信息公开条例（2019年修订）第四十九条"


def test_what_is_no_report_has_no_finding():
    assert audit(Report(status="not_a_report")) == audit(Report(status="failed")) == ()
