"""A form as PDF gives the facts that the same form as HTML gives, however it was drawn."""

from __future__ import annotations

from dataclasses import replace
from itertools import cycle
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from govnlp import extract
from govnlp.schema.report import Report
from tests.render import html
from tests.render.catalogue import page
from tests.render.fill import FORMS
from tests.render.grid import Page
from tests.render.pdf import FONT_FILE, Style, drawn

pytestmark = pytest.mark.skipif(not FONT_FILE.exists(), reason="the font that the PDFs are drawn with is not here")

STYLES = {
    "one page after the other": Style(),
    "unruled": Style(ruled=False),
    "unruled, at the top of rows": Style(ruled=False, top=True, room=600),
    "head repeated on short pages": Style(room=500, repeat=True, head="澄湖县政府信息公开工作年度报告"),
    "rows torn": Style(room=430, torn=True),
    "rows torn, head repeated": Style(room=560, torn=True, top=True, repeat=True),
    "every character alone, in any order, over a watermark": Style(single=True, shuffled=True, watermark="内部资料"),
    "doubled glyphs": Style(doubled=True, room=600),
    "spaces between hanzi": Style(spaced=True, single=True, room=700),
    "rules as boxes": Style(thin_boxes=True, room=650),
    "pages stored sideways": Style(turned=True),
    "第 1 页": Style(number="第 {} 页", room=520),
}


def answers(report: Report) -> dict[str, tuple[object, str]]:
    return {name: (fact.value, fact.status) for name, fact in report.answers.items()}


def from_html(made: Page) -> Report:
    return extract(html.plain(made, Random(0)).data or b"")


def assert_same(made: Page, style: Style, seed: int) -> None:
    report = extract(drawn(made, style, seed))
    assert answers(report) == answers(from_html(made))
    assert report.status == "complete"
    assert report.meta.year == made.year
    assert [issue.message for issue in report.issues if issue.severity != "info"] == []
    assert_placed(report)


def assert_placed(report: Report) -> None:
    for fact in report.facts:
        for one in fact.evidence:
            assert report.text[one.span.start : one.span.end] == fact.raw
            assert one.page is not None
            assert one.box is not None
            assert one.box[0] < one.box[2] or not fact.raw


@pytest.mark.parametrize(("name", "form"), list(zip(STYLES, cycle(FORMS), strict=False)))
def test_a_form_as_pdf_gives_the_facts_of_its_html(name, form):
    assert_same(page(form, Random(7)), STYLES[name], 7)


@pytest.mark.slow
@pytest.mark.parametrize("name", STYLES)
@pytest.mark.parametrize("form", FORMS)
def test_every_form_drawn_in_every_way(form, name):
    for seed in range(4):
        assert_same(page(form, Random(seed)), STYLES[name], seed)


@given(
    st.sampled_from(FORMS), st.integers(0, 10_000), st.integers(400, 842), st.booleans(), st.booleans(), st.booleans()
)
@settings(max_examples=12, deadline=None)
def test_the_end_of_a_page_may_fall_anywhere(form, seed, room, torn, top, repeat):
    assert_same(page(form, Random(seed)), Style(room=room, torn=torn, top=top, repeat=repeat), seed)


@given(st.sampled_from(FORMS), st.integers(0, 10_000), st.integers(400, 842), st.booleans())
@settings(max_examples=8, deadline=None)
def test_a_form_without_rules_over_pages(form, seed, room, top):
    assert_same(page(form, Random(seed)), Style(room=room, top=top, ruled=False), seed)


def test_the_matrix_of_25_rows_over_two_pages_is_one_table():
    made = page("art50v2", Random(3))
    report = extract(drawn(made, Style(room=620)))
    matrix = [fact for fact in report.facts if fact.indicator.startswith("applications.")]
    assert len({fact.evidence[0].table for fact in matrix}) == 1
    assert len({fact.evidence[0].page for fact in matrix}) == 2
    assert answers(report) == answers(from_html(made))


def test_a_blank_cell_is_blank_and_its_place_is_known():
    made = page("art50v2", Random(3))
    name = "proactive.licensing.decisions"
    blanked = made.map_cells(lambda cell: replace(cell, text="") if cell.indicator == name else cell)
    for style in (Style(), Style(ruled=False)):
        fact = extract(drawn(blanked, style))[name]
        assert fact is not None
        assert (fact.status, fact.value) == ("blank", None)
        assert fact.evidence[0].page == 1
