"""Bytes to a `Document`: one reader for each format, the format told by the content.

A reader of another format is one more entry of `READERS`: the name that `sniff` gives, and a function of the same shape.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from types import MappingProxyType
from typing import NamedTuple

from govnlp.read import flat, html
from govnlp.read.encoding import decode
from govnlp.read.sniff import Format, is_html, sniff
from govnlp.schema.document import Document
from govnlp.schema.report import Issue
from govnlp.schema.text import Text

__all__ = ["READERS", "Limits", "Reader", "read", "read_text"]


class Limits(NamedTuple):
    """The largest source that is read: its bytes, and its tags (`<`) where it is markup."""

    bytes: int = 32 * 1024 * 1024
    tags: int = 200_000


def read(data: bytes, name: str | None = None, limits: Limits = Limits()) -> Document:  # noqa: B008 - immutable
    """The document in `data`. Nothing in the data raises: what cannot be read is an issue of the document.

    `name` only serves the messages; the format is told by the content. Issues: `empty_source`, `source_too_large`,
    `unsupported_format`, `undecodable_source`, `undecodable_bytes`, `lost_text`, `table_too_large`.

    >>> read(b"\\x89PNG\\r\\n\\x1a\\n", name="report.html").issues[0].code
    'unsupported_format'
    """
    if len(data) > limits.bytes:
        return _unread("unknown", _too_large(f"{len(data):,} bytes", f"{limits.bytes:,} bytes"))
    if not data.strip():
        return _unread("empty", _empty())
    found = sniff(data)
    reader = READERS.get(found.name)
    return reader(data, limits) if reader else _unread(found.name, _unsupported(found, name))


def read_text(text: str, limits: Limits = Limits()) -> Document:  # noqa: B008 - immutable
    """The document in a text that is decoded already: HTML where it is HTML, else plain text.

    >>> read_text("<p>一、概述</p>").format, read_text("一、概述").format
    ('html', 'text')
    """
    if len(text) > limits.bytes:
        return _unread("unknown", _too_large(f"{len(text):,} characters", f"{limits.bytes:,}"))
    if not text.strip("\ufeff\x00 \t\r\n\f\v\u3000\xa0"):
        return _unread("empty", _empty())
    text = text.removeprefix("\ufeff")
    if not is_html(text):
        return flat.document(text)
    if (tags := text.count("<")) > limits.tags:
        return _unread("html", _too_large(f"{tags:,} tags", f"{limits.tags:,} tags"))
    return html.document(text)


def _read_marked_or_plain(data: bytes, limits: Limits) -> Document:
    decoded = decode(data)
    if not decoded.encoding:
        return _unread("unknown", *decoded.issues)
    document = read_text(decoded.text, limits)
    return _with(document, decoded.encoding, decoded.issues)


Reader = Callable[[bytes, Limits], Document]
READERS: MappingProxyType[str, Reader] = MappingProxyType({"text": _read_marked_or_plain})


def _with(document: Document, encoding: str, issues: tuple[Issue, ...]) -> Document:
    return replace(document, encoding=encoding, issues=issues + document.issues)


def _unread(form: str, *issues: Issue) -> Document:
    return Document(source="", printed=Text(""), text=Text(""), blocks=(), format=form, issues=issues)


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
