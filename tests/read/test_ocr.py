"""Pictures of reports: what is printed is read, blank is not zero, ink that was not read is told, nothing is certain."""

from __future__ import annotations

import socket
from io import BytesIO
from random import Random

import numpy as np
import pytest
from PIL import Image

from govnlp import Report, extract
from govnlp.read import ocr, read
from govnlp.read.limits import Limits
from govnlp.read.page import UNREAD, Line, Page, Table, TableCell
from govnlp.schema.document import Grid
from tests.render import picture
from tests.render.catalogue import page
from tests.render.grid import Cell, Heading, expected
from tests.render.grid import Page as Drawn
from tests.render.grid import Table as DrawnTable

pytestmark = pytest.mark.skipif(bool(ocr.missing()), reason="the extra ocr is not installed")
TITLE = "澄湖县人民政府2022年政府信息公开工作年度报告"


def _small(*texts: str) -> Drawn:
    """A page with one table of two columns: labels, and what stands beside them."""
    cells = [Cell(text, at // 2, at % 2, role="figure" if at % 2 else "label") for at, text in enumerate(texts)]
    return Drawn(TITLE, 2022, "art50v2", (Heading("二、主动公开政府信息情况"), DrawnTable("small", tuple(cells), 0)))


def _texts(data: bytes) -> list[str]:
    document = read(data)
    return [document.cut(cell.span) for block in document.blocks if isinstance(block, Grid) for cell in block.cells]


@pytest.fixture(scope="module")
def scanned() -> tuple[Drawn, Report]:
    """A report of two pages at 150 dpi, turned and with grain, read once."""
    made = page("art50v2", Random(7))
    return made, extract(picture.tiff(made, picture.SCANNED))


def test_a_scan_gives_the_printed_figures(scanned):
    made, report = scanned
    wanted = {name: one.value for name, one in expected(made).items()}
    assert {name: report.value(name) for name in wanted} == wanted
    assert report.source.format == "tiff"
    assert (report.status, report.meta.year, report.meta.organ) == ("complete", 2022, "澄湖县人民政府")


def test_no_recognised_figure_is_certain(scanned):
    _, report = scanned
    assert {fact.confidence for fact in report.facts if fact.confidence > 0.99} == set()
    summed = [fact.confidence for fact in report.facts if fact.indicator.startswith("applications.")]
    alone = [fact.confidence for fact in report.facts if fact.indicator.startswith("proactive.")]
    assert min(summed) > max(alone)


def test_evidence_names_the_page_and_the_place_on_it(scanned):
    _, report = scanned
    for fact in report.facts:
        for one in fact.evidence:
            assert report.text[one.span.start : one.span.end] == fact.raw
            assert one.page in (1, 2)
            assert one.box
            left, top, right, bottom = one.box
            assert 40 < left < right < 560
            assert 40 < top < bottom < 810
    boxes = [report.answers[f"applications.new.{who}"].evidence[0].box for who in ("natural_person", "total")]
    assert boxes[0]
    assert boxes[1]
    assert boxes[0][2] <= boxes[1][0] + 1
    assert abs(boxes[0][1] - boxes[1][1]) < 10


def test_blank_zero_dash_and_specks_are_told_apart():
    data = picture.png(_small("规章", "0", "规范性文件", "", "行政许可", "—", "行政处罚", "7"), picture.SCANNED)
    assert _texts(data) == ["规章", "0", "规范性文件", "", "行政许可", "—", "行政处罚", "7"]
    dirty = Image.open(BytesIO(picture.png(_small("规章", "0", "规范性文件", ""))))
    random = Random(1)
    for _ in range(900):
        dirty.putpixel((random.randrange(dirty.width), random.randrange(dirty.height)), random.randrange(160))
    assert _texts(picture.encoded([dirty], "PNG")) == ["规章", "0", "规范性文件", ""]


def test_ink_that_nothing_was_read_of_is_no_blank():
    pages = [Page(1, 595, 842, (Table((TableCell(UNREAD, 0, 0, 1, 1, (0, 0, 9, 9), 0.0),), (0, 0, 9, 9)),))]
    assert [(one.code, one.severity) for one in ocr.doubts(pages)] == [("unread_ink", "error")]
    made = page("art50v2", Random(7))
    marked = made.map_cells(
        lambda cell: (
            Cell("\u25a9\u25a9", cell.row, cell.column, cell.rowspan, cell.colspan, "figure")
            if cell.indicator == "remedies.review.upheld"
            else cell
        )
    )
    blocks = tuple(block for block in marked.blocks if not isinstance(block, DrawnTable) or block.name == "remedies")
    report = extract(picture.png(Drawn(marked.title, 2022, "art50v2", blocks)))
    fact = report["remedies.review.upheld"]
    assert fact is None
    assert any(one.severity != "info" for one in report.issues)
    assert report.value("remedies.review.total") is not None


@pytest.mark.parametrize("quarters", [1, 2])
def test_a_page_on_its_side_or_its_head_is_turned(quarters):
    sheet = picture.drawn(_small("规范性文件制发件数", "12", "现行有效件数", "345"))[0]
    turned = Image.fromarray(np.rot90(np.asarray(sheet), quarters))
    assert _texts(picture.encoded([turned], "PNG")) == ["规范性文件制发件数", "12", "现行有效件数", "345"]


def test_lines_without_rules_are_text_and_loose_figures_are_told():
    blocks = ("全年收到申请26件,办结25件。", "12", "345", "6")
    report = read(picture.png(Drawn(TITLE, 2022, "art50v2", blocks)))
    assert "全年收到申请26件" in report.printed.value
    assert "loose_figures" in {one.code for one in report.issues}
    line = Line("12", (0, 400, 9, 410), 9, 0.9)
    assert not list(ocr.doubts([Page(1, 595, 842, (line, line))]))


def test_nothing_is_fetched(monkeypatch):
    from govnlp.read import ocr_engine

    def refused(*_: object) -> None:
        raise AssertionError("a recogniser may not use the network")

    monkeypatch.setattr(socket, "socket", refused)
    monkeypatch.setattr(socket, "create_connection", refused)
    ocr_engine._networks.cache_clear()
    assert _texts(picture.png(_small("规章", "12"))) == ["规章", "12"]


def test_without_the_extra_the_issue_says_how_to_get_it(monkeypatch):
    monkeypatch.setattr(ocr, "missing", lambda: ("rapidocr",))
    report = extract(picture.png(_small("规章", "12")))
    assert (report.issues[0].code, report.issues[0].severity) == ("needs_ocr", "error")
    assert "govnlp[ocr]" in report.issues[0].message
    assert not report.facts


def test_the_limit_of_time_is_kept_between_pages():
    sheets = picture.drawn(_small("规章", "12")) * 2
    document = read(picture.encoded(sheets, "TIFF"), limits=Limits(seconds=-1))
    assert [one.code for one in document.issues] == ["pages_not_read"]


@pytest.mark.slow
@pytest.mark.parametrize(("look", "dpi", "least"), [("clean", 200, 0.995), ("clean", 150, 0.995), ("clean", 100, 0.97)])
def test_nearly_every_cell_is_right_and_every_wrong_one_is_flagged(look, dpi, least):
    from benchmarks.pictures import tally

    found = tally(look, dpi, 2)
    assert found.right >= least
    assert all(cell.flagged for cell in found.wrong)
    assert found.told


@pytest.mark.slow
@pytest.mark.parametrize(("dpi", "least"), [(150, 0.99), (100, 0.95)])
def test_scans_are_read_and_what_is_missing_is_told(dpi, least):
    from benchmarks.pictures import tally

    found = tally("scanned", dpi, 2)
    assert found.right >= least
    assert all(cell.flagged for cell in found.wrong)
    assert found.told
