"""A web page saved as one file (MHTML): the page, and the pictures and frames that lie in the same file."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from email.errors import CloseBoundaryNotFoundDefect
from email.message import Message
from email.parser import BytesParser
from urllib.parse import urljoin

from govnlp.read.archive import damaged
from govnlp.read.beside import Finder, Found
from govnlp.read.limits import Limits
from govnlp.read.packed import Unwrapped
from govnlp.schema.report import Issue

_MOST_PARTS = 2000


def opened(data: bytes, limits: Limits) -> Unwrapped | Issue:
    """The page of an MHTML file, and how to find its other parts. Issues: `damaged_source`.

    >>> head = b"Content-Type: multipart/related; boundary=b\\n\\n"
    >>> opened(head + b"--b\\nContent-Type: text/html\\n\\n<p>1</p>\\n--b--\\n", Limits()).data
    b'<p>1</p>'
    """
    try:
        message = BytesParser().parsebytes(data)
        parts = list(_parts(message))
    except (RecursionError, ValueError, LookupError, TypeError, AttributeError):
        return damaged("the one-file web page cannot be taken apart")
    pages = [
        (part, inside) for part, inside in parts if part.get_content_type() in ("text/html", "application/xhtml+xml")
    ]
    if not pages:
        return damaged("the one-file web page holds no page")
    page, inside = pages[0]
    found = {place: held for part, held in parts for place in _places(part) if len(held) <= limits.bytes}
    cut = page is parts[-1][0] and any(isinstance(one, CloseBoundaryNotFoundDefect) for one in message.defects)
    issues = (damaged("the one-file web page has no end"),) if cut else ()
    return Unwrapped(inside, _finder(found, _location(page)), issues)


def _parts(message: Message) -> Iterator[tuple[Message, bytes]]:
    for number, part in enumerate(message.walk()):
        if number >= _MOST_PARTS:
            return
        inside = None if part.is_multipart() else part.get_payload(decode=True)
        if isinstance(inside, bytes):
            yield part, inside


def _location(part: Message) -> str:
    return str(part.get("Content-Location") or "").strip()


def _places(part: Message) -> Iterator[str]:
    """By what a page may call a part: its address, its id."""
    yield _location(part)
    yield "cid:" + str(part.get("Content-ID") or "").strip(" <>")


def _finder(parts: Mapping[str, bytes], base: str) -> Finder:
    def find(place: str) -> Found | None:
        try:
            data = parts.get(place) or parts.get(urljoin(base, place))
        except ValueError:
            return None
        return Found(place.partition("?")[0].rpartition("/")[2], data) if data else None

    return find
