"""One report with random figures in every format gives the same facts, each with the file and the place it stands in."""

from __future__ import annotations

import gzip
from decimal import Decimal
from pathlib import Path
from random import Random

import pytest

from corpora import formats
from govnlp import Report, extract
from govnlp.read import Reach, ocr, read
from tests.read.word_files import packed
from tests.render import docx, flat, html, pdf, picture
from tests.render.catalogue import page
from tests.render.fill import FORMS
from tests.render.grid import Page, expected

recognised = pytest.mark.skipif(bool(ocr.missing()), reason="the extra ocr is not installed")
SCANS = ("scan.tiff", "pictured.html")
SHELL = "<title>{title}</title><h1>{title}</h1><p>发布日期:2023-01-20</p>{link}"


def _facts(report: Report) -> dict[str, tuple[Decimal | None, str]]:
    return {name: (fact.value, fact.status) for name, fact in report.answers.items()}


def _assert_same(made: Page, report: Report, form: str) -> None:
    """The facts are those of the clean page, and those that the form prints."""
    clean = _facts(extract(html.plain(made, Random(0)).data or b""))
    wanted = {name: one.value for name, one in expected(made).items()}
    assert {name: clean[name][0] for name in wanted} == wanted
    assert _facts(report) == clean
    assert (report.status, report.source.format) == ("complete", form)


@pytest.mark.parametrize("form", FORMS)
def test_text_word_and_what_packs_them(form, tmp_path: Path):
    made = page(form, Random(form))
    word, markup = docx.plain(made, Random(1)), html.plain(made, Random(0)).data or b""
    shell = SHELL.format(title=made.title, link='<a href="nb.docx">年度报告</a>').encode()
    (tmp_path / "nb.docx").write_bytes(word)
    for data, name in (
        (flat.bars(made, Random(0)).text.encode(), "text"),
        (flat.lines(made, Random(0)).text.encode(), "text"),
        (word, "docx"),
        (gzip.compress(markup), "html"),
        (packed({"年报.docx": word}), "docx"),
        (packed({"a/page.html": shell, "a/nb.docx": word}), "html"),
        (shell, "html"),
    ):
        _assert_same(made, extract(data, beside=tmp_path), name)


@pytest.mark.parametrize(
    "style", [pdf.Style(), pdf.Style(ruled=False), pdf.Style(room=420.0)], ids=["ruled", "unruled", "many pages"]
)
def test_pdf(style):
    made = page("art50v2", Random(11))
    data = pdf.drawn(made, style)
    report = extract(data)
    _assert_same(made, report, "pdf")
    for fact in report.facts:
        for one in fact.evidence:
            assert one.page
            assert one.box
            assert one.file is None


def test_an_attached_pdf_gives_the_page_and_the_box_in_it(tmp_path: Path):
    made = page("stat2014", Random(2))
    (tmp_path / "nb.pdf").write_bytes(pdf.drawn(made))
    shell = SHELL.format(title=made.title, link='<iframe src="nb.pdf"></iframe>').encode()
    report, alone = extract(shell, beside=tmp_path), extract(tmp_path / "nb.pdf")
    _assert_same(made, report, "html")
    for fact in report.facts:
        (one,), (other,) = fact.evidence, alone.answers[fact.indicator].evidence
        assert (one.file, one.page, one.box, one.source_span) == ("nb.pdf", other.page, other.box, other.source_span)


@recognised
def test_a_table_that_is_a_picture_is_read_where_it_stands(tmp_path: Path):
    made = page("art50v2", Random(5))
    heading, table = "二、主动公开政府信息情况", made.tables[0]
    (tmp_path / "t.png").write_bytes(picture.png(Page("", made.year, made.form, (table,))))
    rest = [block for block in made.blocks if block is not table]
    markup = html.document(made, html.body(Page(made.title, made.year, made.form, tuple(rest))))
    data = markup.replace(f"{heading}</strong></p>", f'{heading}</strong></p><p><img src="t.png"></p>').encode()
    report = extract(data, beside=tmp_path)
    figures = {cell.indicator: cell.value for cell in table.figures()}
    right = sum(report.value(str(name)) == value for name, value in figures.items())
    assert right >= len(figures) - 1
    sources = {
        one.file for name in figures for one in report.answers[str(name)].evidence if str(name) in report.answers
    }
    assert sources == {"t.png"}
    others = {name: one.value for name, one in expected(made).items() if name not in figures}
    assert {name: report.value(name) for name in others} == others
    assert extract(data).status == "partial"


@pytest.mark.parametrize(
    "name",
    [pytest.param(one, marks=[recognised, pytest.mark.slow] if one in SCANS else ()) for one in formats.FILES],
)
def test_the_sample_gives_the_same_facts_in_every_format(name):
    first, report = extract(formats.FOLDER / "report.html"), extract(formats.FOLDER / name)
    assert _facts(report) == _facts(first)
    assert len(_facts(first)) > 200
    assert (report.status, report.meta.year, report.meta.organ) == ("complete", 2021, first.meta.organ)


def test_the_samples_are_what_is_built(tmp_path: Path):
    for path in formats.build(tmp_path):
        if path.name not in SCANS:
            kept, made = formats.FOLDER / path.name, read(path.read_bytes(), reach=Reach(tmp_path))
            assert made.printed.value == read(kept.read_bytes(), reach=Reach(formats.FOLDER)).printed.value
