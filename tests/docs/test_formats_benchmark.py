"""The benchmark of formats: what it counts as right, and that its page is what it writes."""

from __future__ import annotations

from random import Random

import pytest

from benchmarks import formats
from tests.render import pdf
from tests.render.catalogue import page

pytestmark = pytest.mark.skipif(not pdf.FONT_FILE.exists(), reason="the font that the PDFs are drawn with is not here")


def test_cells_count_as_right_where_their_row_is_read_as_printed():
    made = page("art50v2", Random(1))
    files = [(made, pdf.drawn(made))]
    whole = formats.score(formats.with_govnlp, files)
    assert (whole.right, whole.false, whole.pieces) == (1, 0, 1)
    halved = formats.score(lambda data: [table[::2] for table in formats.with_govnlp(data)], files)
    assert 0.3 < halved.right < 0.7
    invented = formats.score(lambda data: [*formats.with_govnlp(data), [("没有印过的一行", "3")]], files)
    assert invented.false == 1


def test_the_page_has_the_tables_that_the_command_writes():
    text = formats.DOCS.read_text("utf-8")
    assert all(f"### {kind}\n" in text for kind in formats.PDFS)
    assert all(f"| {name} |" in text for name in (*formats.FILES, "pdfplumber", "img2table"))
