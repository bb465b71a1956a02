"""Marks of markdown are no text."""

from __future__ import annotations

import pytest

from govnlp.read import read_text
from govnlp.read.markdown import unmarked
from govnlp.schema.document import Paragraph
from govnlp.schema.text import Span


def test_marks_go_and_figures_lead_back():
    source = "# 某县2013年度报告\n\n- 公开信息**321**条\n> 其中[网站](a.html)300条\n1\\. 无"
    found = read_text(source)
    assert found.printed.value == "某县2013年度报告\n\n公开信息321条\n其中网站300条\n1. 无"
    at = found.printed.value.index("321")
    assert source[slice(*found.source_span(Span(at, at + 3)))] == "321"
    assert [block.level for block in found.blocks if isinstance(block, Paragraph)][:2] == [1, 0]


@pytest.mark.parametrize("source", ["申请人张**、李**两人", "#1号文件\n- 3 -", "收费 * 2", "- 一项\n- 两项", "**注**"])
def test_plain_text_stays(source):
    assert unmarked(source) is None


def test_page_numbers_and_blank_marks_are_no_items():
    found = unmarked("## 一\n- 3 -\n-\n| - | **3** |")
    assert found is not None
    assert found.text.value == "一\n- 3 -\n-\n| - | 3 |"


@pytest.mark.parametrize("piece", ["# ", " ", "[", "**", "**a", "- ", "\\", "__", "![](", "*", "]("])
def test_hostile_text_ends(piece):
    assert unmarked("# 一\n" + piece * (100_000 // len(piece))) is not None
