"""Bytes to a `Document`: one reader for each format, the format told by the content.

A reader of another format is one more entry of `READERS`: the name that `sniff` gives, and a function of the same shape.
What holds a file of another format inside (an archive, a file to be converted) has an entry of `OPENERS` instead.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from types import MappingProxyType
from typing import NamedTuple

from govnlp.read import docx, flat, html, mhtml, ocr, packed, pdf, word, xlsx
from govnlp.read.archive import encrypted
from govnlp.read.beside import Finder, first_of, in_folder
from govnlp.read.encoding import decode
from govnlp.read.fetch import web
from govnlp.read.follow import followed
from govnlp.read.limits import Limits
from govnlp.read.printed import unread
from govnlp.read.sniff import PICTURES, Format, is_html, sniff
from govnlp.schema.document import Document
from govnlp.schema.report import Issue

__all__ = ["OPENERS", "READERS", "Limits", "Reach", "Reader", "read", "read_text"]

_DEEPEST = 2  # a page is followed to an attachment, and that to its pictures


class Reach(NamedTuple):
    """Where a page may be followed to: a folder beside it, and the network."""

    folder: Path | None = None
    fetch: bool = False


def read(
    data: bytes,
    name: str | None = None,
    limits: Limits = Limits(),  # noqa: B008 - immutable
    reach: Reach = Reach(),  # noqa: B008 - immutable
) -> Document:
    """The document in `data`. Nothing in the data raises: what cannot be read is an issue of the document.

    `name` only serves the messages; the format is told by the content. Issues: `empty_source`, `source_too_large`,
    `unsupported_format`, `undecodable_source`, `undecodable_bytes`, `lost_text`, `table_too_large`, `damaged_source`,
    `encrypted_source`, `needs_libreoffice`, `several_reports`, `no_report_inside`, `files_left`.

    >>> read(b"7z\\xbc\\xaf\\x27\\x1c", name="report.html").issues[0].code
    'unsupported_format'
    """
    return _read(data, name, limits, reach, 0)


def _read(data: bytes, name: str | None, limits: Limits, reach: Reach, depth: int) -> Document:
    if len(data) > limits.bytes:
        return unread("unknown", _too_large(f"{len(data):,} bytes", f"{limits.bytes:,} bytes"))
    opened = _opened(data, limits)
    if not opened.data.strip():
        return unread("empty", _empty())
    reader = READERS.get(opened.found.name)
    if opened.fault or not reader:
        return unread(opened.form or opened.found.name, opened.fault or _unsupported(opened.found, name))
    document = reader(opened.data, limits)
    document = replace(document, format=opened.form or document.format, issues=opened.issues + document.issues)
    inside = opened.find or (docx.pictures(opened.data, limits) if opened.found.name == "docx" else None)
    return _followed(document, inside, limits, reach, depth)


def _followed(document: Document, inside: Finder | None, limits: Limits, reach: Reach, depth: int) -> Document:
    """The document followed to the files inside its package, in its folder and, where asked for, on the network."""
    if depth >= _DEEPEST:
        return document
    beside = in_folder(reach.folder, limits) if reach.folder else None
    online = web(document.source, limits) if reach.fetch else None
    find = first_of(inside, beside, online)
    return followed(document, find, limits, lambda data: _read(data, None, limits, Reach(), depth + 1))


class _Opened(NamedTuple):
    """What lies in the innermost of the files that hold one another; `form` is the format that it came in."""

    data: bytes
    found: Format
    form: str = ""
    find: Finder | None = None
    issues: tuple[Issue, ...] = ()
    fault: Issue | None = None


def _opened(data: bytes, limits: Limits) -> _Opened:
    """The file inside archives and old formats; each kind is opened once, so that no archive goes on without end."""
    one = _Opened(data, sniff(data))
    met: set[str] = set()
    while one.found.name in OPENERS and one.found.name not in met:
        met.add(one.found.name)
        form = one.form or ("" if one.found.name in _TRANSPORTS else one.found.name)
        inside = OPENERS[one.found.name](one.data, limits)
        if isinstance(inside, Issue):
            return one._replace(form=form or one.found.name, fault=inside)
        find, issues = inside.find or one.find, one.issues + inside.issues
        one = _Opened(inside.data, sniff(inside.data), form, find, issues)
    return one


def read_text(
    text: str,
    limits: Limits = Limits(),  # noqa: B008 - immutable
    reach: Reach = Reach(),  # noqa: B008 - immutable
) -> Document:
    """The document in a text that is decoded already: HTML where it is HTML, else plain text.

    >>> read_text("<p>一、概述</p>").format, read_text("一、概述").format
    ('html', 'text')
    """
    return _followed(_read_text(text, limits), None, limits, reach, 0)


def _read_text(text: str, limits: Limits) -> Document:
    if len(text) > limits.bytes:
        return unread("unknown", _too_large(f"{len(text):,} characters", f"{limits.bytes:,}"))
    if not text.strip("\ufeff\x00 \t\r\n\f\v\u3000\xa0"):
        return unread("empty", _empty())
    text = text.removeprefix("\ufeff")
    if not is_html(text):
        return flat.document(text)
    if (tags := text.count("<")) > limits.tags:
        return unread("html", _too_large(f"{tags:,} tags", f"{limits.tags:,} tags"))
    return html.document(text)


def _read_marked_or_plain(data: bytes, limits: Limits) -> Document:
    decoded = decode(data)
    if not decoded.encoding:
        return unread("unknown", *decoded.issues)
    document = _read_text(decoded.text, limits)
    return replace(document, encoding=decoded.encoding, issues=decoded.issues + document.issues)


def _protected(_data: bytes, _limits: Limits) -> Issue:
    return encrypted("the office file")


Reader = Callable[[bytes, Limits], Document]
READERS: MappingProxyType[str, Reader] = MappingProxyType(
    {
        "text": _read_marked_or_plain,
        "docx": docx.read,
        "xlsx": xlsx.read,
        "pdf": pdf.read,
        **dict.fromkeys(PICTURES, ocr.read),
    }
)
_TRANSPORTS = frozenset(("zip", "gzip"))  # what they hold keeps the name of its own format
OPENERS: MappingProxyType[str, packed.Opener] = MappingProxyType(
    {
        "zip": packed.unzipped,
        "gzip": packed.gunzipped,
        "mhtml": mhtml.opened,
        "encrypted": _protected,
        **{form: word.converter(form) for form in word.SUFFIXES},
    }
)


def _too_large(size: str, limit: str) -> Issue:
    return Issue(
        code="source_too_large",
        severity="error",
        message=f"the source has {size}, more than the limit of {limit}. Give the report alone, or raise the limit.",
    )


def _empty() -> Issue:
    return Issue(
        code="empty_source",
        severity="error",
        message="the source holds nothing but white space. Fetch it again.",
    )


def _unsupported(found: Format, name: str | None) -> Issue:
    called = f"{name} is" if name else "this is"
    return Issue(
        code="unsupported_format",
        severity="error",
        message=f"{called} {found.title}, by its content, and no reader is installed for it: {found.advice}.",
    )
