"""What a file is, told by its content and never by its name."""

from __future__ import annotations

import re
from typing import NamedTuple

from govnlp.read.archive import names_in

_HEAD = 1024


class Format(NamedTuple):
    """A format by its stable name, what to call it to a person, and how to get a text out of it."""

    name: str
    title: str
    advice: str


_TEXT = Format("text", "text or HTML", "")
_OFFICE = "save it as DOCX, PDF or HTML and read that"
_PICTURE = "it needs recognition of characters (OCR) first"
_PACKED = "unpack it and read the files inside, one by one"
_UNKNOWN = Format("binary", "a binary file of unknown kind", "check that the download was complete")
_PDF = Format("pdf", "a PDF", "convert it to text and read that")

_MAGIC: tuple[tuple[bytes, Format], ...] = (
    (b"%PDF-", _PDF),
    (b"{\\rtf", Format("rtf", "an RTF file", _OFFICE)),
    (b"\xff\xd8\xff", Format("jpeg", "a JPEG picture", _PICTURE)),
    (b"\x89PNG\r\n", Format("png", "a PNG picture", _PICTURE)),
    (b"GIF87a", Format("gif", "a GIF picture", _PICTURE)),
    (b"GIF89a", Format("gif", "a GIF picture", _PICTURE)),
    (b"II*\x00", Format("tiff", "a TIFF picture", _PICTURE)),
    (b"MM\x00*", Format("tiff", "a TIFF picture", _PICTURE)),
    (b"Rar!\x1a\x07", Format("rar", "a RAR archive", _PACKED)),
    (b"7z\xbc\xaf\x27\x1c", Format("7z", "a 7z archive", _PACKED)),
    (b"\x1f\x8b\x08", Format("gzip", "gzip-packed data", "decompress it first")),
)
PICTURES = frozenset(("jpeg", "png", "gif", "tiff", "webp", "bmp"))
"""The names of the formats that are pictures."""
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
# Files of old office programs, told by the names of their streams; the first that is found counts.
_STREAMS: tuple[tuple[str, Format], ...] = (
    ("EncryptedPackage", Format("encrypted", "an office file with a password", "save it without one")),
    ("WordDocument", Format("doc", "a Word or WPS file (DOC)", _OFFICE)),
    ("Workbook", Format("xls", "a spreadsheet (XLS)", "save it as XLSX and read that")),
    ("PowerPoint Document", Format("ppt", "a presentation (PPT)", _OFFICE)),
    ("", Format("doc", "a Word or WPS file (OLE)", _OFFICE)),
)
# What is packed as ZIP, told by a file that it must hold; the first that is found counts.
_ZIP = Format("zip", "a ZIP archive", _PACKED)
_ZIPPED: tuple[tuple[str, Format], ...] = (
    ("word/document", Format("docx", "a Word file (DOCX)", _OFFICE)),
    ("OFD.xml", Format("ofd", "an OFD document", "open it in an OFD reader, save it as PDF and read that")),
    ("xl/workbook", Format("xlsx", "a spreadsheet (XLSX)", "")),
    ("ppt/presentation", Format("pptx", "a presentation (PPTX)", _OFFICE)),
    ("META-INF/manifest.xml", Format("odt", "an OpenDocument text (ODT)", _OFFICE)),
)
_WORD_XML = Format("wordxml", "a Word file as one XML", _OFFICE)
_MHTML = Format("mhtml", "a web page saved as one file (MHTML)", "save it as HTML alone")
_IS_WORD_XML = re.compile(rb"<\?mso-application\s+progid=.Word|<(?:\w{1,9}:)?wordDocument\s|<pkg:package\s", re.I)
_IS_MHTML = re.compile(
    rb"[\w-]{1,40}:[^\n]{0,400}\n(?:[\w \t-][^\n]{0,400}\n){0,40}?content-type:\s*multipart/related", re.I
)
# What no text holds: controls other than tab, line ends, form feed, the end-of-file mark of DOS and escape.
_CONTROL = bytes(code for code in range(32) if code not in b"\t\n\v\f\r\x1a\x1b")
_STRUCTURE = re.compile(r"<(?:!doctype\s+html|html|head|body|table|t[dr]|div|p|ul|section)(?:\s[^<>]*)?/?>", re.I)
_TAG = re.compile(r"</?(?:a|b|br|center|font|h[1-6]|hr|img|li|o:p|p|pre|span|strong|u|div|t[dr])(?:\s[^<>]*)?/?>", re.I)


def sniff(data: bytes) -> Format:
    """The format of `data`; `text` covers HTML and plain text in any encoding.

    >>> sniff(b"\\xff\\xd8\\xff\\xe0 a picture named report.html").name
    'jpeg'
    """
    head = data[:_HEAD].lstrip(b"\x00\t\n\r \xef\xbb\xbf") if data[:2] != b"MM" else data[:_HEAD]
    for magic, found in _MAGIC:
        if head.startswith(magic):
            return found
    if b"%PDF-" in head and b"<" not in head.partition(b"%PDF-")[0]:
        return _PDF
    if head.startswith(_OLE):
        return next(found for stream, found in _STREAMS if stream.encode("utf-16-le") in data)
    if head.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        names = names_in(data)
        return next((found for part, found in _ZIPPED if any(name.startswith(part) for name in names)), _ZIP)
    if head[:4] == b"RIFF" and head[8:12] == b"WEBP":
        return Format("webp", "a WebP picture", _PICTURE)
    if head[:2] == b"BM" and head[6:10] == b"\x00\x00\x00\x00":
        return Format("bmp", "a BMP picture", _PICTURE)
    return _text_format(head, data)


def _text_format(head: bytes, data: bytes) -> Format:
    """Formats that are text, and what is neither text nor known."""
    if head[:1] == b"<" and _IS_WORD_XML.search(head):
        return _WORD_XML
    if _IS_MHTML.match(data[: _HEAD * 16].lstrip()):
        return _MHTML
    return _UNKNOWN if _is_binary(data) else _TEXT


def is_html(text: str) -> bool:
    """Whether `text` is markup rather than text in which a few tags were left.

    >>> is_html("<td>1</td>"), is_html("收到申请\\n3\\n<br>\\n4\\n")
    (True, False)
    """
    if _STRUCTURE.search(text):
        return True
    tags = len(_TAG.findall(text))
    return tags > 0 and tags * 2 >= text.count("\n")


def _is_binary(data: bytes) -> bool:
    """Whether it has more control characters than a damaged text; zeros are left to the decoder, UTF-16 has them."""
    sample = data[: 64 * 1024]
    zeros = sample.count(0)
    if zeros * 10 > len(sample):
        return False
    return len(sample) - len(sample.translate(None, _CONTROL)) > len(sample) // 20 + 2
