"""Reports printed twice, and two reports on one page."""

from __future__ import annotations

from govnlp.segment import segment
from tests.segment.pages import page
from tests.segment.test_reports import FREE, MODERN

BODY = MODERN[MODERN.index("一、总体") : MODERN.index("附件:")]
KINDS = ["overview", "proactive", "applications", "remedies", "problems", "other"]


def test_second_printing_is_marked():
    sections = segment(page(BODY + BODY)).sections
    assert [one.kind for one in sections] == KINDS * 2
    assert [one.repeat for one in sections] == [False] * 6 + [True] * 6


def test_second_printing_with_its_title_and_footer():
    outline = segment(page(MODERN + MODERN))
    kept = [one.kind for one in outline.sections if not one.repeat and one.kind not in ("footer", "header")]
    assert kept == KINDS
    assert outline.issues == ()


def test_second_printing_with_small_damage_is_a_repeat():
    damaged = BODY.replace("扎实推进", "札实推进")
    assert [one.repeat for one in segment(page(BODY + damaged)).sections] == [False] * 6 + [True] * 6


def test_a_figure_that_differs_is_no_repeat():
    changed = BODY.replace("收到申请2件", "收到申请3件")
    repeats = [one.repeat for one in segment(page(BODY + changed)).sections]
    assert repeats == [False] * 6 + [False] + [True] * 5


def test_a_table_that_only_the_second_printing_has_is_read():
    start, end = BODY.index("第二十条"), BODY.index("三、收到")
    first = BODY[:start] + BODY[end:]
    sections = segment(page(first + BODY)).sections
    assert [one.repeat for one in sections] == [False] * 6 + [True, False, True, True, True, True]


def test_report_of_another_year_is_set_aside():
    other = MODERN.replace("2022", "2021").replace("收到申请2件", "收到申请7件")
    outline = segment(page(MODERN + other))
    assert outline.meta.year == 2022
    assert [one.kind for one in outline.sections if one.kind not in ("boilerplate", "footer")] == ["header", *KINDS]
    issue = outline.issues[0]
    assert (issue.code, issue.severity) == ("second_report", "warning")
    assert "2021" in issue.message
    text = MODERN + other
    assert issue.evidence is not None
    assert issue.evidence.span.start == len(MODERN)
    assert issue.evidence.span.end <= len(text)


def test_title_of_the_page_says_which_year_is_meant():
    other = MODERN.replace("2022", "2021")
    outline = segment(page(other + MODERN, title="青河县林业局2022年政府信息公开工作年度报告"))
    assert outline.meta.year == 2022
    assert outline.sections[0].kind == "boilerplate"


def test_report_of_another_organ_is_set_aside():
    other = MODERN.replace("青河县林业局", "青河县教育局")
    outline = segment(page(MODERN + other))
    assert outline.meta.organ == "青河县林业局"
    assert "青河县教育局" in outline.issues[0].message


def test_two_years_of_free_reports():
    outline = segment(page(FREE + FREE.replace("二○一一", "二○一○")))
    assert outline.meta.year == 2011
    assert [one.code for one in outline.issues] == ["second_report"]
