"""The title of a report among the titles of others, and over several lines."""

from __future__ import annotations

import pytest

from govnlp.schema.text import Span
from govnlp.segment import segment
from govnlp.segment.lines import layout_of
from govnlp.segment.organ import organ_in_title
from govnlp.segment.titles import best_first, is_notice, whole_title
from govnlp.segment.wordings import read_heading
from tests.segment.pages import page

BODY = (
    "一、概述\n2013年,我局把公开融入日常。\n二、主动公开政府信息情况\n全年公开信息31条。\n"
    "三、依申请公开政府信息情况\n未收到申请。\n四、存在的主要问题和改进措施\n栏目偏少。"
)
UNDATED = BODY.replace("2013年", "本年度")


def _title(year: int, organ: str = "金川县水务局") -> str:
    return f"{organ}{year}年政府信息公开工作年度报告"


@pytest.mark.parametrize("links", [(2012,), (2012, 2011), (2015, 2014, 2012)])
@pytest.mark.parametrize("date", ["", " 2012-02-01", "\n2012-02-01"])
@pytest.mark.parametrize("label", ["", "历年年报\n", "猜你喜欢\n"])
def test_reports_below_the_body_say_nothing_of_this_one(links, date, label):
    below = label + "\n".join(_title(year) + date for year in links)
    outline = segment(page(f"{_title(2013)}\n{BODY}\n{below}"))
    assert (outline.meta.year, outline.meta.title) == (2013, _title(2013))
    assert outline.sections[-1].kind == "footer"


def test_links_do_not_lend_a_year_or_an_organ_to_a_report_that_names_none():
    meta = segment(page(f"政府信息公开工作年度报告\n{UNDATED}\n{_title(2012)}\n{_title(2011)}")).meta
    assert (meta.organ, meta.year, meta.title) == (None, None, "政府信息公开工作年度报告")


def test_attachments_of_many_years_are_a_list():
    meta = segment(page(f"{UNDATED}\n{_title(2012)}.pdf\n{_title(2011)}.pdf")).meta
    assert (meta.organ, meta.year) == (None, None)


@pytest.mark.parametrize("years", [(2011, 2012, 2013), (2015, 2014, 2013), (2013, 2015, 2014)])
def test_the_body_tells_the_title_in_a_list_above_it(years):
    meta = segment(page("\n".join(map(_title, years)) + "\n" + BODY)).meta
    assert (meta.year, meta.title) == (2013, _title(2013))


def test_of_reports_of_many_organs_above_the_body_the_nearest_is_this_one():
    above = [_title(2013, "金川县教育局"), _title(2013, "金川县财政局"), _title(2013)]
    assert segment(page("\n".join(above) + "\n" + BODY)).meta.organ == "金川县水务局"
    assert best_first([_title(2013), _title(2013, "水务局")], None)[0] == _title(2013)


@pytest.mark.parametrize(
    ("cover", "organ"),
    [
        ("金川县水务局\n2013年政府信息公开工作年度报告", "金川县水务局"),
        ("金川县水务局\n\n政府信息公开工作年度报告\n(2013年度)", "金川县水务局"),
        ("金川县\n水务局\n2013年度\n政府信息公开工作年度报告", "金川县水务局"),
        ("青塘县\n水务局\n2013年政府信息公开工作年度报告", "青塘县水务局"),
        ("金川县水务局2013年\n政府信息公开工作年度报告", "金川县水务局"),
        ("2013年度\n金川县水务局\n政府信息公开工作年度报告", "金川县水务局"),
        ("金 川 县 水 务 局\n二○一三年政府信息公开工作年度报告", "金川县水务局"),
        ("办事大厅\n2013年政府信息公开工作年度报告", None),
        ("金川县人民政府门户网站\n2013年政府信息公开工作年度报告", None),
        ("索引号:0123\n2013年政府信息公开工作年度报告", None),
    ],
)
def test_the_lines_above_the_title_name_the_organ(cover, organ):
    meta = segment(page(f"{cover}\n{UNDATED}")).meta
    assert (meta.organ, meta.year) == (organ, 2013)


def test_a_link_above_the_title_is_none_of_it():
    document = page("金川县水务局\n2013年政府信息公开工作年度报告", links=1)
    span = Span(7, len(document.text.value))
    assert whole_title(document.text.value, span, layout_of(document)) == "2013年政府信息公开工作年度报告"


def test_the_notice_that_came_with_a_report_is_not_its_title():
    notice = "金川县人民政府办公室关于印发2013年政府信息公开工作年度报告的通知"
    meta = segment(page(f"{notice}\n各科室:\n现印发给你们。\n{_title(2013)}\n{BODY}")).meta
    assert (meta.organ, meta.title) == ("金川县水务局", _title(2013))
    assert is_notice(notice)
    assert organ_in_title(notice) == "金川县人民政府办公室"


@pytest.mark.parametrize(
    ("title", "organ"),
    [
        ("湛江海关2013年海关政府信息公开年度报告", "湛江海关"),
        ("金川县2013年全县政府信息公开年度报告", "金川县人民政府"),
        ("金川县2013年水务局政府信息公开年度报告", "金川县水务局"),
        ("金川县水务局(县政务公开办)2020年政府信息公开年度报告", "金川县水务局"),
        ("金川县(2013年度)政府信息公开年度报告", "金川县人民政府"),
        ("金川县人民政府门户网站_金川县水务局2013年政府信息公开年度报告", "金川县水务局"),
        ("金川县政府网 金川县水务局2013年政府信息公开年度报告", "金川县水务局"),
        ("金川县水务局2013年政府信息公开年度报告-金川县人民政府", "金川县水务局"),
        ("2013年政府信息公开年度报告_金川县人民政府信息公开网", None),
        ("政府信息公开年报-金川县水务局2013年政府信息公开年度报告", "金川县水务局"),
        ("国家互联网信息办公室2013年政府信息公开年度报告", "国家互联网信息办公室"),
        ("大同市 云州区2013年政府信息公开年度报告", "大同市云州区人民政府"),
        ("清河大学2013-2014学年信息公开年度报告", "清河大学"),
        ("关于印发《金川县水务局2013年政府信息公开年度报告》的通知", "金川县水务局"),
        ("-" * 100_000 + "2013年政府信息公开年度报告", None),
        (" " * 100_000 + "2013年政府信息公开年度报告", None),
    ],
)
def test_the_organ_in_a_title(title, organ):
    assert organ_in_title(title) == organ


@pytest.mark.parametrize(
    ("heading", "kind"),
    [
        ("公民、法人和其他组织申请公开情况", "applications"),
        ("公民、法人或者其它组织提出政府信息公开申请的情况", "applications"),
        ("公众申请公开政府信息情况", "applications"),
        ("公民、法人和其他组织申请行政复议情况", "remedies"),
        ("其他有关情况", "other"),
    ],
)
def test_who_applies_does_not_hide_what_a_heading_says(heading, kind):
    wording = read_heading(heading)
    assert wording is not None
    assert wording.kind == kind
