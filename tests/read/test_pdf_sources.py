"""Files that are no sound PDF of text: damaged, protected, endless, scanned, without readable characters."""

from __future__ import annotations

import re
import zlib
from io import BytesIO
from random import Random
from time import process_time

import pytest
from PIL import Image
from reportlab.lib.utils import ImageReader
from reportlab.pdfgen.canvas import Canvas

from govnlp import extract
from govnlp.read import pdf, pdf_pictures
from govnlp.read.limits import Limits
from govnlp.read.page import Line, Page
from tests.render.catalogue import page
from tests.render.pdf import FONT_FILE, Style, drawn, font

pytestmark = pytest.mark.skipif(not FONT_FILE.exists(), reason="the font that the PDFs are drawn with is not here")
_PATIENCE = 30.0  # seconds of CPU for any file


def form(style: Style = Style()) -> bytes:  # noqa: B008 - immutable
    return drawn(page("art50v2", Random(1)), style, 1)


def codes(data: bytes, limits: Limits = Limits()) -> list[str]:  # noqa: B008 - immutable
    return [issue.code for issue in pdf.read(data, limits).issues]


def test_a_password_is_asked_for():
    data = BytesIO()
    made = Canvas(data, encrypt="geheim")
    made.drawString(72, 700, "12")
    made.save()
    report = extract(data.getvalue())
    assert (report.status, report.issues[0].code) == ("failed", "encrypted_source")


def test_a_file_that_is_protected_from_changes_alone_is_read():
    from reportlab.lib.pdfencrypt import StandardEncryption

    data = BytesIO()
    made = Canvas(data, encrypt=StandardEncryption("", "owner", canModify=0))
    made.drawString(72, 700, "12")
    made.save()
    assert pdf.read(data.getvalue()).printed.value == "12\n"


@pytest.mark.parametrize("data", [b"%PDF-1.7\n", b"%PDF-1.7\n%%EOF", b"%PDF-1.4" + bytes(5000)])
def test_a_file_without_pages_is_damaged(data):
    report = extract(data)
    assert report.status == "failed"
    assert "damaged_source" in [issue.code for issue in report.issues]


def test_a_download_that_broke_off_is_told():
    data = form()
    for share in (0.3, 0.6, 0.9, 0.99):
        report = extract(data[: int(len(data) * share)])
        found = {issue.code for issue in report.issues}
        assert found & {"truncated_source", "damaged_source"}


def test_pages_past_the_limit_are_named():
    data = form(Style(room=430))
    whole = pdf.read(data)
    part = pdf.read(data, Limits(pages=2))
    assert [issue.code for issue in part.issues] == ["pages_not_read"]
    assert part.issues[0].message.startswith("pages 3-")
    assert whole.printed.value.startswith(part.printed.value[:200])
    assert codes(data, Limits(seconds=-1)) == ["pages_not_read"]


def test_two_thousand_pages_are_read():
    document = pdf.read(raw_pages(b"BT /F 12 Tf 72 700 Td (12) Tj ET", 2001))
    assert document.laid[-1].place.page == 2000
    assert [issue.code for issue in document.issues] == ["pages_not_read"]


def raw_pages(content: bytes, count: int = 1) -> bytes:
    """Pages drawn by one stream of operators, compressed."""
    packed = zlib.compress(content)
    kids = b" ".join(b"%d 0 R" % (5 + at) for at in range(count))
    objects = [
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Count %d/Kids[%s]>>" % (count, kids),
        b"<</Filter/FlateDecode/Length %d>>stream\n%s\nendstream" % (len(packed), packed),
        b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>",
        *[b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 3 0 R/Resources<</Font<</F 4 0 R>>>>>>"] * count,
    ]
    body = b"".join(b"%d 0 obj%sendobj\n" % (at, one) for at, one in enumerate(objects, 1))
    return b"%%PDF-1.7\n%strailer<</Size %d/Root 1 0 R>>\n%%%%EOF" % (body, len(objects) + 1)


def test_a_stream_that_unpacks_to_too_much_is_not_opened():
    report = extract(raw_pages(bytes(60_000_000)))
    assert (report.status, report.issues[0].code) == ("failed", "source_too_large")


def test_a_page_of_too_many_objects_is_told_in_bounded_time(monkeypatch):
    monkeypatch.setattr(pdf_pictures, "recogniser", _missing)
    start = process_time()
    assert "pages_not_read" in codes(raw_pages(b"0 0 m 100 0 l S\n" * 105_000))
    drawing = b"".join(b"%d 0 m %d 800 l S 0 %d m 590 %d l S\n" % (x, x, x, x) for x in range(5, 590))
    assert codes(raw_pages(drawing * 20)) != []
    assert process_time() - start < _PATIENCE


def scanned() -> bytes:
    data = BytesIO()
    made = Canvas(data, pagesize=(595, 842))
    made.drawImage(ImageReader(Image.new("RGB", (600, 800), "lightgrey")), 0, 0, 595, 842)
    hidden = made.beginText(72, 600)
    hidden.setFont(font(), 12)
    hidden.setTextRenderMode(3)
    hidden.textOut("收到申请99件")
    made.drawText(hidden)
    made.save()
    return data.getvalue()


def test_a_scanned_page_needs_a_recogniser(monkeypatch):
    monkeypatch.setattr(pdf_pictures, "recogniser", _missing)
    document = pdf.read(scanned())
    assert [issue.code for issue in document.issues] == ["needs_ocr"]
    assert document.printed.value == ""


def _missing():
    raise ImportError("no recogniser")


def test_a_scanned_page_is_given_to_the_recogniser(monkeypatch):
    seen = []

    def read_bitmap(bitmap, number, dpi):
        seen.append((bitmap.shape, number, dpi))
        return Page(number, 595, 842, (Line("收到申请3件。", (72, 72, 160, 84), 12, 0.8),))

    monkeypatch.setattr(pdf_pictures, "recogniser", lambda: read_bitmap)
    document = pdf.read(scanned())
    assert document.printed.value == "收到申请3件。\n"
    assert document.laid[0].confidence == 0.8
    assert document.issues == ()
    ((height, width, depth), number, dpi), *rest = seen
    assert (number, dpi, depth, rest) == (1, 200.0, 3, [])
    assert abs(height / width - 842 / 595) < 0.01


def test_a_picture_on_a_page_of_text_is_read_in_its_place(monkeypatch):
    data = BytesIO()
    made = Canvas(data, pagesize=(595, 842))
    made.setFont(font(), 12)
    made.drawString(72, 780, "三、收到和处理政府信息公开申请情况")
    made.drawImage(ImageReader(Image.new("RGB", (400, 300), "lightgrey")), 100, 400, 400, 300)
    made.drawString(72, 300, "四、政府信息公开行政复议、行政诉讼情况")
    made.save()
    line = Line("本年新收3件。", (10, 20, 80, 32), 12, 0.7)
    monkeypatch.setattr(pdf_pictures, "recogniser", lambda: lambda bitmap, number, dpi: Page(number, 400, 300, (line,)))
    document = pdf.read(data.getvalue())
    assert document.printed.value.split("\n")[1] == "本年新收3件。"
    assert document.laid[1].place.box == pytest.approx((110, 162, 180, 174))
    monkeypatch.setattr(pdf_pictures, "recogniser", _missing)
    assert codes(data.getvalue()) == ["picture_needs_ocr"]


def test_characters_without_a_meaning_are_told(monkeypatch):
    monkeypatch.setattr(pdf_pictures, "recogniser", _missing)
    plain = form(Style(packed=False))
    broken = re.sub(rb"(?<=<)[0-9A-F]{4}(?=>\n)", b"E123", plain)
    assert broken != plain
    document = pdf.read(broken)
    assert [issue.code for issue in document.issues] == ["unreadable_text"]
    assert document.issues[0].message.startswith("pages 1-2:")
    assert extract(broken).answers == {}


def test_an_empty_page_says_nothing():
    data = BytesIO()
    made = Canvas(data)
    made.showPage()
    made.save()
    assert (codes(data.getvalue()), pdf.read(data.getvalue()).blocks) == ([], ())


def mutated(data: bytes, random: Random) -> bytes:
    """A file with some bytes changed, cut out, put in or copied from elsewhere, or cut short."""
    made = bytearray(data)
    for _ in range(random.choice((1, 3, 20, 200))):
        at, kind = random.randrange(len(made)), random.random()
        if kind < 0.5:
            made[at] = random.randrange(256)
        elif kind < 0.6:
            del made[at : at + random.randrange(2000)]
        elif kind < 0.7:
            made[at:at] = random.randbytes(random.randrange(50))
        elif kind < 0.75:
            del made[max(100, at) :]
        else:
            start, length = random.randrange(len(made)), random.randrange(1, 400)
            made[at : at + length] = made[start : start + length]
        if len(made) < 200:
            break
    return bytes(made)


def check_mutations(count: int, seed: int) -> None:
    """Pages whose letters are lost are recognised as pictures, until the time is up."""
    bases = [
        form(Style(packed=False, room=600)),
        form(Style(single=True, thin_boxes=True)),
        form(Style(ruled=False, packed=False)),
    ]
    random = Random(seed)
    for _ in range(count):
        data = mutated(random.choice(bases), random)
        start = process_time()
        report = extract(data, limits=Limits(seconds=5))
        assert report.status in ("complete", "partial", "not_a_report", "failed")
        assert process_time() - start < _PATIENCE


def test_fifty_damaged_files_have_a_status(monkeypatch):
    monkeypatch.setattr(pdf_pictures, "recogniser", _missing)
    check_mutations(50, 1)


@pytest.mark.slow
def test_a_thousand_damaged_files_have_a_status(monkeypatch):
    monkeypatch.setattr(pdf_pictures, "recogniser", _missing)
    check_mutations(1000, 2)


@pytest.mark.slow
def test_damaged_files_are_recognised_in_bounded_time():
    check_mutations(20, 3)
