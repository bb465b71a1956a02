"""How large the streams of a PDF are once they are unpacked: what draws a page must stay within bounds."""

from __future__ import annotations

import re
import zlib
from collections.abc import Iterator

from govnlp.schema.report import Issue

_STREAM = re.compile(rb"stream\r?\n")
_FLATE = re.compile(rb"/Fl(?:ateDecode)?\b")
_NO_DRAWING = re.compile(rb"/Subtype\s*/Image|/Length1|/FontFile|/CIDFontType0C|/OpenType")
_HEAD = 4096  # bytes before a stream in which its dictionary begins
_PIECE = 1 << 20
_FIRST, _MOST_FED = 256, 1 << 16  # bytes fed at a time: what is no stream shows early
_MOST_ROUNDS = 3
_MOST_STREAMS = 50_000
MOST_DRAWN = 24 * 1024 * 1024  # bytes that draw one page


def too_large(data: bytes, unpacked: int) -> Issue | None:
    """An issue where a stream would unpack to too much: one that draws pages, all such together, or any other.

    >>> too_large(b"1 0 obj<</Filter/FlateDecode>>stream\\n" + zlib.compress(bytes(1000)), 500).code
    'source_too_large'
    """
    whole = 0
    for number, found in enumerate(_STREAM.finditer(data)):
        if number == _MOST_STREAMS:
            return _issue(f"the PDF has more than {_MOST_STREAMS:,} parts")
        head = _head(data, found.start())
        draws = not _NO_DRAWING.search(head)
        most = min(MOST_DRAWN, unpacked) if draws else unpacked
        size = _unpacked(memoryview(data)[found.end() :], min(_MOST_ROUNDS, len(_FLATE.findall(head))), most + 1)
        whole += size if draws else 0
        if size > most or whole > unpacked:
            return _issue(f"a part of the PDF unpacks to more than {most:,} bytes")
    return None


def _issue(said: str) -> Issue:
    return Issue(code="source_too_large", severity="error", message=f"{said}. Print the report to a new PDF.")


def _head(data: bytes, end: int) -> bytes:
    """The dictionary of the stream that begins at `end`."""
    head = data[max(0, end - _HEAD) : end]
    begun = head.rfind(b"obj")
    return head[begun:] if begun >= 0 else head


def _unpacked(packed: bytes | memoryview, rounds: int, most: int) -> int:
    """How many bytes a stream unpacks to, through its filters one after the other; counting ends at `most`."""
    for _ in range(rounds - 1):
        packed = b"".join(_pieces(packed, min(most, MOST_DRAWN)))
    return sum(map(len, _pieces(packed, most))) if rounds else 0


def _pieces(packed: bytes | memoryview, most: int) -> Iterator[bytes]:
    """What a stream unpacks to, piece by piece, until `most` bytes are passed."""
    inflating, size, at, step = zlib.decompressobj(), 0, 0, _FIRST
    try:
        while at < len(packed) and size < most and not inflating.eof:
            fed = packed[at : at + step]
            piece = inflating.decompress(fed, _PIECE)
            at, step = at + len(fed) - len(inflating.unconsumed_tail), min(2 * step, _MOST_FED)
            size += len(piece)
            yield piece
    except zlib.error:
        return
