"""What paragraphs and tables over several pages are put together from: printed pieces, each on its page."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from typing import NamedTuple, TypeAlias

from govnlp.read.page import Line
from govnlp.schema.document import Box, Place
from govnlp.schema.forms import TABLES, bare, form


class Piece(NamedTuple):
    """A line, or the part of a cell that stands on one page."""

    text: str
    place: Place
    confidence: float = 1.0


class Passage(NamedTuple):
    """A paragraph as the lines that it was printed on; `level` as in `Paragraph`."""

    pieces: tuple[Piece, ...]
    level: int = 0


class SheetCell(NamedTuple):
    """A cell of a table over pages; it has a piece on each page that it stands on."""

    pieces: tuple[Piece, ...]
    row: int
    column: int
    rowspan: int
    colspan: int

    @property
    def text(self) -> str:
        """Its pieces joined."""
        return joined([piece.text for piece in self.pieces])


class Sheet(NamedTuple):
    """A table over one page or several: its cells in reading order, the edges of its columns in points."""

    cells: tuple[SheetCell, ...]
    edges: tuple[float, ...]
    place: Place


Part: TypeAlias = Passage | Sheet


class PlacedLine(NamedTuple):
    """A line, the page that it stands on, and how wide that is."""

    page: int
    width: float
    line: Line


def glue(before: str, after: str) -> str:
    """What belongs between two lines of one paragraph: a space between Latin words, else nothing.

    >>> glue("open", "data"), glue("公开", "信息"), glue("12", "60条")
    (' ', '', '')
    """
    one, two = before[-1:], after[:1]
    return " " if one.isascii() and two.isascii() and one.isalpha() and two.isalpha() else ""


def joined(texts: Sequence[str]) -> str:
    """Lines of one paragraph as one.

    >>> joined(["open", "data公", "开"])
    'open data公开'
    """
    whole = ""
    for text in texts:
        whole += glue(whole, text) + text
    return whole


def around(boxes: Sequence[Box]) -> Box:
    """The smallest box that holds all of them.

    >>> around([(0, 0, 1, 1), (2, 0, 3, 4)])
    (0, 0, 3, 4)
    """
    lefts, tops, rights, bottoms = zip(*boxes, strict=True)
    return min(lefts), min(tops), max(rights), max(bottoms)


def is_label(text: str) -> bool:
    """Whether the official forms have a row or a column of this label.

    >>> is_label("（四）无法提供"), is_label("法提供")
    (True, False)
    """
    return bare(text) in _labels()


@cache
def _labels() -> frozenset[str]:
    found: set[str] = set()
    for name in TABLES:
        shape = form(name)
        found.update(label for row in shape.rows for label in row.labels)
        found.update(label for column in shape.columns for label in column.labels)
        found.update(shape.column_groups)
    return frozenset(found)
