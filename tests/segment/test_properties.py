"""What must hold of any text: sections tile it, nothing raises, time is bounded."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from govnlp.schema.document import Document
from govnlp.schema.text import Text
from govnlp.segment import segment
from tests.segment.pages import page, table_page
from tests.segment.test_reports import FREE, MODERN, STAT

LINES = (
    [line for line in (MODERN + FREE).splitlines() if line]
    + STAT
    + ["", " ", "|", "统计指标 |", "附件:", "。", "(", "第"]
)
PIECES = st.one_of(
    st.sampled_from(LINES),
    st.text(alphabet="一二三四、()公开申请情况信息2021年。:| \t", max_size=30),
    st.text(max_size=12),
)


def assert_tiled(outline, length):
    at = 0
    for section in outline.sections:
        assert section.span.start == at
        assert section.span.end > at
        at = section.span.end
    assert at == length


@given(st.lists(PIECES, max_size=60))
def test_sections_tile_any_text(lines):
    text = "\n".join(lines)
    assert_tiled(segment(page(text)), len(text))


@given(st.lists(st.one_of(PIECES, st.lists(PIECES, min_size=1, max_size=12)), max_size=12))
def test_sections_tile_pages_with_tables(parts):
    document = table_page(*parts)
    assert_tiled(segment(document), len(document.text.value))


@given(st.text(max_size=200), st.text(max_size=40), st.text(max_size=40))
def test_nothing_raises_whatever_the_hints(text, title, name):
    document = Document(text, Text(text), Text(text), (), "text", title=title, published=name)
    assert_tiled(segment(document, name=name), len(text))


@given(st.permutations(MODERN.splitlines()))
def test_shuffled_lines_are_tiled(lines):
    text = "\n".join(lines)
    assert_tiled(segment(page(text)), len(text))


@given(st.integers(0, len(MODERN)), st.integers(0, len(MODERN)))
def test_any_fragment_is_tiled(start, end):
    text = MODERN[start:end]
    assert_tiled(segment(page(text)), len(text))


def test_segmenting_changes_nothing():
    document = page(MODERN)
    assert segment(document) == segment(document)


@pytest.mark.parametrize(
    "piece",
    ["一", "一、", "(", "公开", "信息公开", "2021年", "情况", "\n", "一、\n", "二、概述\n", "政府信息公开", "行政复议、", "|\n", " ", "附件",
     "20", "当面申请数", "第二十条第\n", "条例根据", "总体情况\n", "。一、概述", "县政府2021年"],
)  # fmt: skip
def test_hostile_repetition_ends(piece):
    text = piece * (100_000 // len(piece))
    document = Document(text, Text(text), Text(text), (), "text")
    assert not segment(document).sections or segment(document).sections[-1].span.end == len(text)
