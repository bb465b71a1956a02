"""Damages clean text as scraping tools do: glosses, traditional characters, GBK bytes cut at marks."""

from __future__ import annotations

import re

from opencc import OpenCC

from govnlp.schema.document import Cell, Document, Grid, Paragraph
from govnlp.schema.text import Span, Text, lines

_CUTS = re.compile(rb"(\xa1\xa3|\xa3\xa1)")


def document(text: str) -> Document:
    """One paragraph a line."""
    return Document(text, Text(text), Text(text), tuple(Paragraph(span) for span in lines(text)), "text")


def grid(*cells: str) -> Document:
    """One row of cells, one a line."""
    text = "\n".join(cells)
    spans = tuple(Cell(span, 0, column) for column, span in enumerate(lines(text)))
    return Document(text, Text(text), Text(text), (Grid(Span(0, len(text)), spans),), "text")


def traditional(text: str) -> str:
    return str(OpenCC("s2t").convert(text))


def glossed(text: str, glosses: dict[str, str], *, times: int = 1) -> str:
    return "".join(char + f"({glosses[char]})" * times if char in glosses else char for char in text)


def cut(text: str, *, users_pairs_kept: bool = False) -> str:
    """The text after a tool split its GBK bytes at the bytes of 。 and ！ and read each piece for itself."""
    return "\n".join(
        "".join(_read(piece, users_pairs_kept) for piece in _CUTS.split(line.encode("gbk")))
        for line in text.split("\n")
    )


def _read(piece: bytes, users_pairs_kept: bool) -> str:
    text, at = "", 0
    while at < len(piece):
        if piece[at] < 0x80:
            text, at = text + chr(piece[at]), at + 1
            continue
        char, size = _pair(piece[at : at + 2], users_pairs_kept)
        text, at = text + char, at + size
    return text


def _pair(pair: bytes, users_pairs_kept: bool) -> tuple[str, int]:
    try:
        return pair.decode("gbk"), 2
    except UnicodeDecodeError:
        pass
    try:
        char = pair.decode("gb18030")
    except UnicodeDecodeError:
        return "?", 1 if len(pair) < 2 or pair[1] >= 0x40 else 2
    return (char if users_pairs_kept else ""), 2
