"""Formats are told by content; what cannot be read is named, and nothing raises."""

import io
import zipfile

import pytest
from hypothesis import given
from hypothesis import strategies as st

from govnlp.read import Limits, read, read_text
from govnlp.read.sniff import is_html, sniff


def zipped(*names):
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        for name in names:
            archive.writestr(name, "x")
    return buffer.getvalue()


@pytest.mark.parametrize(
    ("data", "name"),
    [
        (b"%PDF-1.7\n%\xe2\xe3", "pdf"),
        (b"\r\n%PDF-1.4 ...", "pdf"),
        (zipped("[Content_Types].xml", "word/document.xml"), "docx"),
        (zipped("xl/workbook.xml"), "xlsx"),
        (zipped("OFD.xml"), "ofd"),
        (zipped("a.txt"), "zip"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, "doc"),
        (b"{\\rtf1\\ansi", "rtf"),
        (b"\xff\xd8\xff\xe0\0\x10JFIF", "jpeg"),
        (b"\x89PNG\r\n\x1a\n\0\0", "png"),
        (b"GIF89a....", "gif"),
        (b"II*\0\x08\0\0\0", "tiff"),
        (b"MM\0*\0\0\0\x08", "tiff"),
        (b"RIFF\x10\0\0\0WEBPVP8 ", "webp"),
        (b"Rar!\x1a\x07\x01\0", "rar"),
        (b"\x1f\x8b\x08\0\0\0", "gzip"),
        (bytes(range(1, 32)) * 30, "binary"),
        ("政府信息公开".encode("gbk"), "text"),
        ("政府信息公开".encode("utf-16"), "text"),
    ],
)
def test_formats(data, name):
    assert sniff(data).name == name


@pytest.mark.parametrize("data", [b"Rar!\x1a\x07\x01\0", b"7z\xbc\xaf\x27\x1c", zipped("OFD.xml")])
def test_an_unread_format_is_an_issue_that_says_what_to_do(data):
    document = read(data, name="report.html")
    (issue,) = document.issues
    assert (issue.code, issue.severity, document.blocks) == ("unsupported_format", "error", ())
    assert "report.html" in issue.message
    assert document.format == sniff(data).name


@pytest.mark.parametrize("data", [b"", b" \r\n\t", b"\xef\xbb\xbf \n", "　\n　".encode(), " \n".encode("utf-16")])
def test_nothing_in_it(data):
    assert [issue.code for issue in read(data).issues] == ["empty_source"]


def test_limits():
    assert read(b"<p>a</p>", limits=Limits(bytes=7)).issues[0].code == "source_too_large"
    assert read(b"<p>a</p>" * 6, limits=Limits(tags=11)).issues[0].code == "source_too_large"
    assert read(b"<p>a</p>" * 6, limits=Limits(tags=12)).issues == ()


def test_a_huge_source_ends_at_once():
    assert read(b"<td>" * 50_000_000).issues[0].code == "source_too_large"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("<!DOCTYPE HTML>\n报告", True), ("<TABLE border=1>", True), ("<p>一</p>", True), ("甲<br>乙<br>丙", True),
        ("一、概述\n收到 3 < 5 件\n", False), ("《条例》<国办〔2021〕30号>", False), ("甲\n1\n乙\n<br>\n2\n丙\n3\n", False),
    ],
)  # fmt: skip
def test_is_html(text, expected):
    assert is_html(text) is expected


def test_plain_text_is_read_as_text():
    document = read("一、总体情况\n本年无申请。\n".encode("gbk"))
    assert (document.format, document.encoding, len(document.blocks)) == ("text", "gb18030", 2)


def test_text_that_was_decoded_before():
    assert read_text("\ufeff<p>甲</p>").printed.value == "甲\n"
    assert read_text(" ").issues[0].code == "empty_source"


@given(st.binary(max_size=200))
def test_no_bytes_raise(data):
    document = read(data)
    assert document.text.value == document.printed.value
