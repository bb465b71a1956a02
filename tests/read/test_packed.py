"""Archives of one report, gzip and one-file pages: the report inside is read; what hides behind them is bounded."""

from __future__ import annotations

import gzip
import io
import struct
import zipfile

import pytest

from govnlp import Limits, Report, extract
from govnlp.read import read
from tests.read.word_files import p, packed, word

TITLE = "澄湖县2022年政府信息公开工作年度报告"
PAGE = f"<title>{TITLE}</title><h1>{TITLE}</h1><p>一、总体情况</p><p>全年收到政府信息公开申请{{}}件,已全部办结。</p>".encode()
TEXT = f"{TITLE}\n一、总体情况\n全年收到政府信息公开申请3件。\n".encode()
WORD = word(p(TITLE) + p("一、总体情况") + p("全年收到政府信息公开申请3件。"))


def page(count: int) -> bytes:
    return PAGE.replace(b"{}", str(count).encode())


def _asked(data: bytes) -> object:
    report = extract(data)
    return _count(report) if report.status == "complete" else report.status


def _count(report: Report) -> object:
    """The figure that every report of these tests gives."""
    return report.value("applications.new.total")


def _file(report: Report) -> str | None:
    """The file that the figure was read in."""
    return report.answers["applications.new.total"].evidence[0].file


@pytest.mark.parametrize(
    ("files", "form"),
    [
        ({"a.html": page(3)}, "html"),
        ({"a.txt": TEXT}, "text"),
        ({"年报/": b"", "年报/a.docx": WORD}, "docx"),
        ({"__MACOSX/._a.docx": b"\x00\x05", "a.docx": WORD, ".DS_Store": b"1", "Thumbs.db": b"2"}, "docx"),
        ({"a.html": page(3), "a_files/style.css": b"p{}", "a_files/x.js": b"1", "a_files/frame.html": page(8)}, "html"),
        ({"a.docx": WORD, "a.txt": TEXT.replace(b"3", b"9")}, "docx"),
        ({"2022年年报.docx": WORD, "公文.docx": word(p("通知"))}, "docx"),
        ({"a.html.gz": gzip.compress(page(3))}, None),
    ],
)
def test_the_one_report_of_an_archive(files, form):
    report = extract(packed(files))
    assert report.source.format == (form or "zip")
    assert report.status == ("complete" if form else "failed")
    assert not form or _count(report) == 3


def test_documents_left_in_an_archive_are_named():
    report = extract(packed({"2022年年报.docx": WORD, "统计表.docx": word(p("表"))}))
    (issue,) = [one for one in report.issues if one.code == "files_left"]
    assert "统计表.docx" in issue.message
    assert issue.severity == "warning"


def test_several_reports_are_not_chosen_among():
    report = extract(packed({f"{year}年年报.docx": WORD for year in range(2015, 2022)}))
    issue = report.issues[0]
    assert (report.status, issue.code, issue.severity) == ("failed", "several_reports", "error")
    assert "2015年年报.docx" in issue.message
    assert "and 2 more" in issue.message
    assert "govnlp batch" in issue.message


@pytest.mark.parametrize(
    "files", [{}, {"a.css": b"p{}"}, {"b.bin": bytes(range(1, 32)) * 9}, {"c.zip": packed({"a.txt": TEXT})}]
)
def test_an_archive_without_a_report(files):
    report = extract(packed(files))
    assert (report.status, report.issues[0].code) == ("failed", "no_report_inside")


def test_names_in_gbk_are_read():
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("PLACE/a.html", page(3))
    report = extract(out.getvalue().replace(b"PLACE", "年报1".encode("gbk")))
    assert _count(report) == 3


def test_gzip_is_unpacked_once():
    assert _asked(gzip.compress(page(3))) == 3
    assert _asked(gzip.compress(gzip.compress(page(3)))) == "failed"
    assert _asked(gzip.compress(page(3))[:-20]) == "failed"


def test_bombs_are_refused():
    zeros = b"0" * 40_000_000
    for data in (
        gzip.compress(zeros),
        packed({"a.txt": zeros}),
        packed({f"{n}.txt": zeros[:9_000_000] for n in range(5)}),
    ):
        assert len(data) < 60_000
        document = read(data, limits=Limits(unpacked=30_000_000))
        assert [one.code for one in document.issues] == ["source_too_large"]


def test_a_file_that_says_less_than_it_holds_is_bounded_by_what_it_holds():
    data = bytearray(packed({"a.txt": b"0" * 3_000_000}))
    at = data.rindex(b"PK\x01\x02")
    struct.pack_into("<L", data, at + 24, 10)
    assert read(bytes(data), limits=Limits(unpacked=1000)).issues[0].code in ("damaged_source", "source_too_large")


def test_very_many_files_are_refused_at_once():
    one = packed({"a.txt": b""})
    at = one.index(b"PK\x01\x02")
    entry = one[at : one.index(b"PK\x05\x06")]
    assert read(one[:at] + entry * 20_000 + one[one.index(b"PK\x05\x06") :]).issues[0].severity == "error"


def test_an_archive_with_a_password_is_told():
    data = bytearray(packed({"a.txt": TEXT}))
    for mark, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        data[data.index(mark) + offset] |= 1
    report = extract(bytes(data))
    assert (report.status, report.issues[0].code) == ("failed", "encrypted_source")


def test_an_office_file_with_a_password_is_told():
    data = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600 + "EncryptedPackage".encode("utf-16-le") + b"\0" * 100
    assert extract(data).issues[0].code == "encrypted_source"


MHTML = """From: <Saved by Blink>
Snapshot-Content-Location: http://www.example.gov.cn/nb/1.html
Subject: =?utf-8?Q?=E5=B9=B4=E6=8A=A5?=
MIME-Version: 1.0
Content-Type: multipart/related;
\ttype="text/html";
\tboundary="----b"

------b
Content-Type: text/html
Content-Transfer-Encoding: {encoding}
Content-Location: http://www.example.gov.cn/nb/1.html

{page}
------b
Content-Type: application/msword
Content-Transfer-Encoding: base64
Content-Location: http://www.example.gov.cn/nb/files/1.docx

{word}
------b--
"""


def mhtml(markup: bytes, attached: bytes = b"") -> bytes:
    import base64
    import quopri

    return MHTML.format(
        encoding="quoted-printable",
        page=quopri.encodestring(markup).decode(),
        word=base64.encodebytes(attached).decode(),
    ).encode()


def test_a_page_saved_as_one_file_is_read():
    report = extract(mhtml(page(3)))
    assert (report.source.format, report.status, _count(report)) == ("mhtml", "complete", 3)


def test_what_a_page_saved_as_one_file_leads_to_is_found_in_it():
    shell = f'<title>{TITLE}</title><h1>{TITLE}</h1><a href="files/1.docx">附件</a>'.encode()
    report = extract(mhtml(shell, WORD))
    assert (report.status, _count(report)) == ("complete", 3)
    assert _file(report) == "1.docx"


@pytest.mark.parametrize(
    "data", [mhtml(page(3))[:500], b"MIME-Version: 1.0\nContent-Type: multipart/related; boundary=a\n\n--a--"]
)
def test_a_broken_one_file_page_is_told(data):
    report = extract(data)
    assert report.status == "failed"
    assert report.issues[0].code in ("damaged_source", "empty_source")


def test_deeply_nested_parts_are_bounded():
    head = b"MIME-Version: 1.0\nContent-Type: multipart/related; boundary=b\n\n"
    part = b"".join(b"--b%d\nContent-Type: multipart/mixed; boundary=b%d\n\n" % (n, n + 1) for n in range(5000))
    assert extract(head.replace(b"=b\n", b"=b0\n") + part).status == "failed"


def test_a_damaged_file_beside_the_report_is_told_and_the_report_read():
    data = packed({"a.docx": WORD, "b/t.png": b"\x89PNG\r\n" + bytes(range(256)) * 9})
    at = data.rindex(b"PK\x03\x04") + 60
    report = extract(data[:at] + bytes(one ^ 255 for one in data[at : at + 40]) + data[at + 40 :])
    assert (report.status, _count(report)) == ("partial", 3)
    assert ["b/t.png" in one.message for one in report.issues if one.code == "damaged_source"] == [True]


def test_the_pictures_of_a_report_are_pages_in_the_order_of_their_numbers(monkeypatch):
    from types import MappingProxyType

    from govnlp import read as reading
    from govnlp.read import flat

    def recognised(data: bytes, _: Limits) -> object:
        return flat.document(data[8:].decode())

    readers = MappingProxyType({**reading.READERS, "png": recognised})
    monkeypatch.setattr(reading, "READERS", readers)
    lines = {2: "一、总体情况", 10: "全年收到政府信息公开申请3件。", 1: TITLE}
    report = extract(packed({f"扫描 {n}.png": b"\x89PNG\r\n\x1a\n" + line.encode() for n, line in lines.items()}))
    assert report.text.split() == [TITLE, "一、总体情况", "全年收到政府信息公开申请3件。"]
    assert (report.status, _count(report)) == ("complete", 3)
    assert _file(report) == "扫描 10.png"
