"""Tables that are pictures, and headings whose table is gone."""

from __future__ import annotations

from dataclasses import replace

import pytest

from govnlp.schema.document import Document, Picture
from govnlp.schema.report import Issue
from govnlp.schema.text import Span
from govnlp.segment import segment
from tests.segment.pages import page, table_page

TITLE = "金川县水务局2021年政府信息公开工作年度报告"
PROACTIVE = "二、主动公开政府信息情况"
APPLICATIONS = "三、收到和处理政府信息公开申请情况"
REMEDIES = "四、政府信息公开行政复议、行政诉讼情况"
OPENING = f"{TITLE}\n一、总体情况\n2021年,我局认真落实条例,公开政府信息30条。"


def _with_pictures(document: Document, *after: str) -> Document:
    """The document with a picture after each of the given lines."""
    text = document.text.value
    ends = [text.index(line) + len(line) for line in after]
    pictures = tuple(Picture(Span(end, end), f"/u/b{at}.png") for at, end in enumerate(ends))
    return replace(document, pictures=pictures)


def _issues(document: Document) -> list[Issue]:
    return [one for one in segment(document).issues if "picture" in one.code or "table" in one.code]


def _codes(document: Document) -> list[tuple[str, str]]:
    return [(one.code, one.severity) for one in _issues(document)]


REPORT = page(f"{OPENING}\n{PROACTIVE}\n{APPLICATIONS}\n{REMEDIES}\n五、存在的主要问题及改进情况\n公开不够及时。")


def test_a_picture_in_place_of_a_table_is_an_error_that_names_both():
    issues = _issues(_with_pictures(REPORT, PROACTIVE, APPLICATIONS, REMEDIES))
    assert [(one.code, one.severity) for one in issues] == [("picture_not_read", "error")] * 3
    assert PROACTIVE in issues[0].message
    assert "b0.png" in issues[0].message
    assert issues[0].evidence is not None
    assert REPORT.text.value[: issues[0].evidence.span.start].endswith(PROACTIVE)


def test_a_heading_that_stands_alone_is_told():
    issues = _issues(REPORT)
    assert [(one.code, one.severity) for one in issues] == [("section_without_table", "warning")] * 3
    assert [one.message.partition(":")[0] for one in issues] == [PROACTIVE, APPLICATIONS, REMEDIES]


@pytest.mark.parametrize("below", ["如下表所示:", "(单位:件)", "2021年度", "具体情况见下表"])
def test_a_caption_is_no_body(below):
    assert _codes(page(f"{OPENING}\n{PROACTIVE}\n{below}\n五、存在的主要问题及改进情况\n不足。"))


@pytest.mark.parametrize("below", ["无。", "无", "本年度未收到申请。", "公开30条", "我局无此项工作"])
def test_a_sentence_is_a_body(below):
    assert not _codes(page(f"{OPENING}\n{PROACTIVE}\n{below}\n五、存在的主要问题及改进情况\n不足。"))


def test_a_table_is_a_body_and_lets_pictures_pass():
    document = table_page(
        *OPENING.split("\n"),
        PROACTIVE,
        ["第二十条第(一)项", "规章", "1"],
        "五、存在的主要问题及改进情况",
        "公开不够及时。",
    )
    assert not _codes(document)
    assert _codes(_with_pictures(document, "规章")) == [("picture_passed_over", "info")]


def test_a_picture_beside_sentences_of_an_older_form_is_a_chart():
    text = (
        "金川县水务局2015年政府信息公开工作年度报告\n一、概述\n2015年,我局认真落实条例。\n二、主动公开政府信息情况\n"
        "2015年公开政府信息30条。\n三、依申请公开政府信息情况\n收到申请2件。\n四、行政复议、提起行政诉讼情况\n无。"
    )
    assert _codes(_with_pictures(page(text), "2015年公开政府信息30条。")) == [("picture_passed_over", "info")]


def test_a_picture_beside_a_sentence_of_a_newer_form_is_the_table():
    text = f"{OPENING}\n{PROACTIVE}\n本年制发规章0件。\n{APPLICATIONS}\n2021年收到申请2件。\n{REMEDIES}\n无。"
    assert _codes(_with_pictures(page(text), "2021年收到申请2件。")) == [("picture_not_read", "error")]


def test_a_picture_in_an_appendix_is_its_table():
    text = (
        "金川县水务局2016年政府信息公开工作年度报告\n一、概述\n2016年,我局公开政府信息30条。\n二、主动公开政府信息情况\n"
        "公开30条。\n三、附表\n政府信息公开情况统计表"
    )
    assert _codes(_with_pictures(page(text), "政府信息公开情况统计表")) == [("picture_not_read", "error")]


def test_a_title_above_pictures_is_a_report_that_was_not_read():
    scan = _with_pictures(page(f"{TITLE}\n发布时间:2022-01-12"), "2022-01-12")
    outline = segment(scan)
    assert outline.is_report
    assert [one.code for one in outline.issues if one.severity == "error"] == ["picture_not_read"]
    assert not segment(page(f"{TITLE}\n发布时间:2022-01-12")).is_report


def test_a_second_printing_is_not_told_twice():
    text = REPORT.text.value
    assert len(_codes(page(text + "\n" + text))) == 3
