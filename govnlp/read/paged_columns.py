"""Tables without rules: figures that stand in columns (对齐的列), and the labels on their left and above them."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from typing import NamedTuple

from govnlp.read.page import Line, PageBlock, Table
from govnlp.read.paged_aligned import SAME_LEFT, Column, aligned
from govnlp.read.paged_pieces import is_label

_FIGURE = re.compile(
    r"[-+－]?[\d０-９][\d０-９,，.．]*[%％]?(?:[条件次个项人元篇期份部]|人次|万元)?|[-－—–/\\]{1,2}|无"
)
_UNIT = re.compile(r"[(（]?(?:[条件次个项人元篇期份部家处场]|人次|万元|亿元)[)）]?")
_MOST_SINGLES = 8  # rows of one piece between two rows of a table: the lines of a long label
_FEWEST_ROWS, _WIDE = 3, 5
_OTHER_SIZE = 0.3  # that of figures alone is known but roughly
_PITCH = 1.7  # em between two lines of one label
_HEAD_PITCH = 2.6
_CLOSE = 1.0  # em between two halves of one column
_FAR = 4.5  # em between two rows of one table


class _Region(NamedTuple):
    """Printed rows that may be a table: from the first to before the last."""

    start: int
    end: int


def split(found: Sequence[Sequence[Line]]) -> list[PageBlock]:
    """Printed rows, each in the pieces between which there is room, as tables and as the pieces of other lines.

    >>> rows = [[Line("收到申请", (0, y, 40, y + 10), 10), Line("件", (80, y, 90, y + 10), 10),
    ...          Line("3", (120, y, 125, y + 10), 10)] for y in (0, 20, 40)]
    >>> [cell.text for cell in split(rows)[0].cells[:3]]
    ['收到申请', '件', '3']
    """
    blocks: list[PageBlock] = []
    done = 0
    for region in _regions(found):
        start, end = max(region.start, done), region.end
        table = _table(found, _Region(start, end))
        if table is None:
            continue
        made, first, last = table
        blocks += [piece for row in found[done:first] for piece in row]
        blocks.append(made)
        done = last
    return blocks + [piece for row in found[done:] for piece in row]


def _regions(found: Sequence[Sequence[Line]]) -> Iterator[_Region]:
    """Stretches that begin and end with rows of several pieces and have figures among them."""
    at = 0
    while at < len(found):
        if len(found[at]) < 2:
            at += 1
            continue
        last, next_one = at, at + 1
        while next_one < len(found) and next_one - last <= _MOST_SINGLES and not _breaks(found, next_one):
            if len(found[next_one]) > 1:
                last = next_one
            next_one += 1
        if _has_figures(found[at : last + 1]):
            yield _Region(at, last + 1)
        at = last + 1


def _breaks(found: Sequence[Sequence[Line]], at: int) -> bool:
    """Whether a row begins something else: other letters, or far below."""
    one, two = found[at - 1][0], found[at][0]
    size = max(one.size, two.size)
    if two.box[1] - one.box[1] > _FAR * size:
        return True
    return len(found[at]) == 1 and abs(one.size - two.size) > _OTHER_SIZE * size


def _has_figures(rows: Sequence[Sequence[Line]]) -> bool:
    """Whether several rows have figures behind their first piece, or one has many, or a label of the forms before it."""
    counts = [sum(bool(_FIGURE.fullmatch(piece.text)) for piece in row) for row in rows if len(row) > 1]
    behind = sum(any(_is_value(piece) for piece in row[1:]) for row in rows)
    known = any(len(row) > 1 and is_label(row[0].text) and _FIGURE.fullmatch(row[-1].text) for row in rows)
    return any(counts) and (behind >= _FEWEST_ROWS or max(counts) >= _WIDE or known)


def _is_value(piece: Line) -> bool:
    """Whether a piece is a figure or a unit."""
    return bool(_FIGURE.fullmatch(piece.text) or _UNIT.fullmatch(piece.text))


def _table(found: Sequence[Sequence[Line]], region: _Region) -> tuple[Table, int, int] | None:
    """The table of a region, and the rows that it takes once the lines of its first and last labels are added."""
    columns = _columns(found[region.start : region.end])
    if not columns:
        return None
    edge = columns[0].left
    start, end = region
    while start > 0 and _belongs(found[start - 1], found[start], edge):
        start -= 1
    while end < len(found) and _goes_on(found[end - 1], found[end], edge):
        end += 1
    pieces = [piece for row in found[start:end] for piece in row]
    table = aligned(pieces, columns, {id(piece) for piece in pieces if _is_value(piece)})
    return (table, start, end) if table else None


def _belongs(above: Sequence[Line], row: Sequence[Line], edge: float) -> bool:
    """Whether a row above a table is part of it: a heading over its figures, or the first line of a label."""
    if len(above) != 1:
        return False
    line, size = above[0], row[0].size
    step = row[0].box[1] - line.box[1]
    if abs(line.size - size) > _OTHER_SIZE * size:
        return False
    if line.box[0] >= edge - size:
        return step <= _HEAD_PITCH * size
    begun = [piece.box[0] for piece in row if len(row) > 1 and piece.box[0] < edge - size]
    return line.box[2] <= edge and step <= _PITCH * size and (not begun or abs(max(begun) - line.box[0]) < SAME_LEFT)


def _goes_on(row: Sequence[Line], below: Sequence[Line], edge: float) -> bool:
    """Whether a row below a table is the next line of its last label."""
    if len(below) != 1:
        return False
    line = below[0]
    close = line.box[1] - row[0].box[1] <= _PITCH * line.size
    return close and line.box[2] <= edge and abs(line.size - row[0].size) <= _OTHER_SIZE * line.size


class _Strip(NamedTuple):
    """A stretch of the page's width where figures stand, the rows that have one there, the size of their letters."""

    left: float
    right: float
    rows: frozenset[int]
    size: float

    def with_(self, other: _Strip) -> _Strip:
        """Both as one."""
        return _Strip(
            min(self.left, other.left), max(self.right, other.right), self.rows | other.rows, max(self.size, other.size)
        )


def _columns(rows: Sequence[Sequence[Line]]) -> list[Column]:
    """The columns of figures and units from left to right: where such pieces of several rows stand one below the other."""
    strips = sorted(
        _Strip(piece.box[0], piece.box[2], frozenset([number]), piece.size)
        for number, row in enumerate(rows)
        for at, piece in enumerate(row)
        if (at or _is_bare(row)) and _is_value(piece)
    )
    standing = _merged(strips, lambda one, two: two.left < one.right)
    return [Column(one.left, one.right) for one in _merged(standing, _are_halves)]


def _merged(strips: Sequence[_Strip], belong: Callable[[_Strip, _Strip], bool]) -> list[_Strip]:
    found: list[_Strip] = []
    for strip in strips:
        if found and belong(found[-1], strip):
            found[-1] = found[-1].with_(strip)
        else:
            found.append(strip)
    return found


def _are_halves(one: _Strip, two: _Strip) -> bool:
    """Whether two strips are one column, in which some figures have a space inside: few rows stand in both."""
    both, either = len(one.rows & two.rows), len(one.rows | two.rows)
    return two.left - one.right < _CLOSE * one.size and both * 2 <= either


def _is_bare(row: Sequence[Line]) -> bool:
    """Whether a row holds figures alone."""
    return len(row) > 1 and all(map(_is_value, row))
