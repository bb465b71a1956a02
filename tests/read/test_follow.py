"""Which pictures of a page are read: those that hold a table, and the pages of a scan; never charts, never twice."""

from __future__ import annotations

import base64
import io

import pytest

from govnlp.read import flat, html
from govnlp.read.album import album
from govnlp.read.beside import Finder, Found
from govnlp.read.follow import followed
from govnlp.read.limits import Limits
from govnlp.read.printed import unread
from govnlp.schema.document import Document
from govnlp.schema.report import Issue

Image = pytest.importorskip("PIL.Image", reason="Pillow is not installed")
TITLE = "澄湖县2022年政府信息公开工作年度报告"
TABLE = flat.document("规章\t0\t1\n办法\t2\t3\n意见\t4\t5")
CHART = flat.document("主动公开 128")
PROSE = f"<h1>{TITLE}</h1>" + "<p>全年依法受理公开申请,按期答复,群众满意。</p>" * 20


def png(shade: int, size: tuple[int, int] = (40, 30)) -> bytes:
    out = io.BytesIO()
    Image.new("L", size, shade).save(out, "PNG", dpi=(200, 200))
    return out.getvalue()


def finder(count: int = 9) -> Finder:
    return lambda place: Found(place, png(int(place[0]))) if place[0] in "123456789"[:count] else None


class _Reader:
    """Notes how many pages each file had that was given to it, and gives always the same document."""

    def __init__(self, document: Document) -> None:
        self.document, self.pages = document, list[int]()

    def __call__(self, data: bytes) -> Document:
        self.pages.append(getattr(Image.open(io.BytesIO(data)), "n_frames", 1))
        return self.document


def images(*names: str) -> str:
    return "".join(f'<p><img src="{name}.png"></p>' for name in names)


def test_the_pictures_of_a_scan_are_pages_of_one_file():
    read = _Reader(CHART)
    made = followed(
        html.document(f"<h1>{TITLE}</h1>{images('1', '2', '3')}<p>附表</p>{images('4')}"), finder(), Limits(), read
    )
    assert sorted(read.pages) == [1, 3]
    assert {one.name for one in made.files} == {"1.png … 3.png", "4.png"}
    assert made.printed.value.split() == [TITLE, "主动公开", "128", "附表", "主动公开", "128"]
    assert made.pictures == ()


def test_in_a_page_with_text_each_picture_is_read_alone_and_only_tables_are_put_in():
    page = html.document(PROSE + images("1", "2"))
    read = _Reader(TABLE)
    assert len(followed(page, finder(), Limits(), read).files) == 2
    assert read.pages == [1, 1]
    left = followed(page, finder(), Limits(), _Reader(CHART))
    assert (left.printed, left.pictures, left.files) == (page.printed, page.pictures, ())


def test_a_picture_that_is_not_there_stays():
    made = followed(html.document(PROSE + images("1", "8")), finder(3), Limits(), _Reader(TABLE))
    assert [one.src for one in made.pictures] == ["8.png"]


def test_pictures_within_the_page_are_read():
    data = base64.b64encode(png(5) + b"\0" * 4000).decode()
    page = html.document(f'{PROSE}<img src="data:image/gif;base64,R0lGOD"><img src="data:image/png;base64,{data}">')
    assert len(followed(page, None, Limits(), _Reader(TABLE)).files) == 1


def test_without_a_recogniser_one_try_is_enough():
    issue = Issue(code="needs_ocr", severity="error", message="")
    read = _Reader(unread("png", issue))
    page = html.document(PROSE + images("1", "2", "3"))
    assert followed(page, finder(), Limits(), read) == page
    assert len(read.pages) == 1


def test_no_picture_is_begun_when_the_time_is_over_and_no_more_than_the_limit():
    page = html.document(PROSE + images("1", "2", "3"))
    read = _Reader(TABLE)
    assert len(followed(page, finder(), Limits(seconds=-1), read).pictures) == 3
    assert read.pages == []
    assert len(followed(page, finder(), Limits(files=2), read).files) == 2


def test_what_is_called_a_picture_and_is_none_stays():
    page = html.document(PROSE + images("1"))
    assert followed(page, lambda place: Found(place, b"<p>404</p>"), Limits(), _Reader(TABLE)) == page


def test_an_album_keeps_the_resolution_and_refuses_what_is_too_large():
    made = Image.open(io.BytesIO(album([png(1), png(2, (10, 90))], Limits()) or b""))
    assert (made.n_frames, made.size, tuple(map(round, made.info["dpi"]))) == (2, (40, 30), (200, 200))
    assert album([png(1), png(2)], Limits(pixels=1199)) is None
    assert album([png(1), png(2)[:50]], Limits()) is None
