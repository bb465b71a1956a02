"""A document put into another: every place still leads to the characters that it led to before."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from govnlp.read import flat, html
from govnlp.read.splice import spliced
from govnlp.reconcile import Reconciled
from govnlp.reconcile.files import filed
from govnlp.schema.document import Document, Grid
from govnlp.schema.facts import Evidence
from govnlp.schema.report import Issue
from govnlp.schema.text import Span

PAGES = (
    html.document("<h1>报告</h1><p>一&amp;二<br>三</p><table><tr><td>规章<td>1<tr><td>办法<td></table><p>完</p>"),
    html.document("<img src=a.png><p>一</p>"),
    flat.document("一、概述\n规章 |\n0 |\n3\n二、公开"),
    flat.document(""),
)
pages = st.sampled_from(PAGES)


def _texts(document: Document) -> list[str]:
    spans = [cell.span for block in document.blocks for cell in (block.cells if isinstance(block, Grid) else ())]
    return [document.cut(span) for span in [*(block.span for block in document.blocks), *spans]]


@given(pages, pages, st.integers(0, 60))
def test_blocks_pictures_and_origins_stay_what_they_were(page, inner, at):
    at = min(at, len(page.printed))
    made = spliced(page, at, inner, "a")
    assert sorted(_texts(made)) == sorted(_texts(page) + _texts(inner))
    assert sorted(one.src for one in made.pictures) == sorted(one.src for one in (*page.pictures, *inner.pictures))
    assert list(made.printed.starts) == sorted(made.printed.starts)
    assert list(made.printed.ends) == sorted(made.printed.ends)
    assert len(made.printed.starts) == len(made.printed.value)
    (file,) = made.files
    assert made.source[slice(*file.span)] == inner.source
    assert made.source[: file.span.start] + made.source[file.span.end :] == page.source
    for number, character in enumerate(made.printed.value):
        there = made.source[slice(*made.printed.origin(Span(number, number + 1)))]
        assert character in "\n &" or character in there


def _at(number: int) -> Evidence:
    return Evidence(span=Span(0, 0), source_span=Span(number, number + 1))


@given(pages, pages, pages, st.integers(0, 60), st.integers(0, 60))
def test_evidence_comes_back_to_its_own_file(page, inner, inmost, at, deeper):
    sources = {None: page.source, "inner": inner.source, "inmost": inmost.source}
    inner = spliced(inner, min(deeper, len(inner.printed)), inmost, "inmost")
    made = spliced(page, min(at, len(page.printed)), inner, "inner")
    for number, character in enumerate(made.source):
        issue = Issue(
            code="a",
            severity="info",
            message="",
            evidence=Evidence(span=Span(0, 0), source_span=Span(number, number + 1)),
        )
        (found,) = filed(Reconciled((), (), (issue,)), made.files).issues
        assert found.evidence
        assert sources[found.evidence.file][slice(*found.evidence.source_span)] == character


def test_several_pieces_keep_their_order():
    page = html.document("<p>一</p><p>二</p>")
    at = page.printed.value.index("二")
    made = spliced(spliced(page, at, flat.document("乙"), "b"), at, flat.document("甲"), "a")
    assert made.printed.value.split() == ["一", "甲", "乙", "二"]


def test_a_piece_never_lands_inside_a_table():
    page = PAGES[0]
    for at in range(len(page.printed) + 1):
        made = spliced(page, at, flat.document("甲"), "a")
        (grid,) = [block for block in made.blocks if isinstance(block, Grid)]
        assert "甲" not in made.cut(grid.span)
