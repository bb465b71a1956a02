"""A page as a PDF or a recogniser gives it: lines of text and ruled tables, each with its box, in reading order."""

from __future__ import annotations

from typing import NamedTuple, TypeAlias

from govnlp.schema.document import Box

UNREAD = "\ufffc"
"""What stands for ink of which nothing could be read: such a cell is no blank."""


class Line(NamedTuple):
    """A printed line: its text, its box, the height of its letters in points, how sure its reading is (0 to 1)."""

    text: str
    box: Box
    size: float
    confidence: float = 1.0


class TableCell(NamedTuple):
    """A cell of a table on one page: its place in the grid (from 0), its printed lines joined, its box."""

    text: str
    row: int
    column: int
    rowspan: int
    colspan: int
    box: Box
    confidence: float = 1.0


class Table(NamedTuple):
    """A table of one page; its cells are in reading order."""

    cells: tuple[TableCell, ...]
    box: Box


PageBlock: TypeAlias = Line | Table


class Page(NamedTuple):
    """One page: its number from 1, its size in points, its blocks in reading order."""

    number: int
    width: float
    height: float
    blocks: tuple[PageBlock, ...] = ()
