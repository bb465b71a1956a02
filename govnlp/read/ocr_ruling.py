"""Ruled tables of a level page: the grid by its rules, the cells with their spans by the edges that are drawn."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

import cv2
import numpy as np
from numpy.typing import NDArray

from govnlp.read.ocr_engine import Bitmap, Found
from govnlp.read.ocr_rules import Rules, rules_of
from govnlp.read.ocr_sheet import Sheet

# Lengths in letters.
_SAME = 0.35  # rules nearer to each other than this are one
_DRAWN = 0.7  # of an edge must be drawn,
_END, _END_DRAWN = 0.25, 0.5  # and of each end, where no text comes: so many letters, this part of them
_CLOSED = 0.5  # of the first and of the last rule of a table must be drawn
_LOWEST = 0.9  # letters; the room in a row
_PART = 0.3  # of a line of pixels is drawn where a rule runs along it,
_OFF = 4  # and the next line of pixels of the same rule, or of a double one, is no farther
_DIVISIONS = 2  # inner edges that a row lacks, at least
_RULE, _CLEAR, _FILLED = 0.12, 0.3, 0.4  # letters: half a rule, what is clear beside it, what a text is high
_MOST_LEVELS = 400
_MOST_SLOTS = 6_000
_WIDE, _HIGH = 3.0, 1.5  # letters; the least that a table measures
_MOST_TABLES = 40


class RuledCell(NamedTuple):
    """A cell: its place in the grid, how far it reaches, and the box within its rules, in pixels."""

    row: int
    column: int
    rowspan: int
    colspan: int
    inside: Found


class RuledTable(NamedTuple):
    """A ruled table of more than one cell; its cells in reading order."""

    cells: tuple[RuledCell, ...]
    box: Found


class _Grid(NamedTuple):
    """The levels of a table's rules, and which edges between them are drawn.

    `above[r, c]` is the edge on level r over column c; `left[r, c]` the edge on column level c beside row r.
    """

    levels: list[int]
    columns: list[int]
    above: NDArray[np.bool_]
    left: NDArray[np.bool_]


def ruled_tables(sheet: Sheet) -> list[RuledTable]:
    """The tables of a page that are drawn with rules."""
    rules = rules_of(sheet.page.grey, sheet.dark, sheet.letter)
    found = (_table(rules, sheet.ink, box) for box in _framed(rules))
    return [table for table in found if table is not None]


def _framed(rules: Rules) -> Iterator[Found]:
    """The boxes of rules that hang together and cross each other."""
    joined = cv2.dilate(cv2.bitwise_or(rules.across, rules.down), np.ones((3, 3), np.uint8))
    _, _, stats, _ = cv2.connectedComponentsWithStats(joined, connectivity=8)
    large = [one for one in stats[1:].tolist() if one[2] > _WIDE * rules.letter and one[3] > _HIGH * rules.letter]
    for left, top, wide, high, _ in sorted(large, key=lambda one: -one[2] * one[3])[:_MOST_TABLES]:
        yield Found(left, top, left + wide, top + high)


def _table(rules: Rules, ink: Bitmap, box: Found) -> RuledTable | None:
    within = np.s_[box.top : box.bottom, box.left : box.right]
    own = Rules(rules.across[within], rules.down[within], rules.letter)
    levels, columns = _levels(own.across, rules.letter), _levels(np.ascontiguousarray(own.down.T), rules.letter)
    if len(levels) < 2 or len(columns) < 2 or len(levels) * len(columns) > _MOST_SLOTS:
        return None
    grid = _trimmed(_grid(own, levels, columns))
    if min(grid.above[0].mean(), grid.above[-1].mean()) < _CLOSED:
        return None
    grid = _divided(_shut(grid), ink[within], rules.letter)
    cells = tuple(_cells(own, grid, box))
    return RuledTable(cells, box) if _is_table(cells, rules.letter) else None


def _is_table(cells: Sequence[RuledCell], letter: float) -> bool:
    """Whether there is room for text in most cells: the strokes of large letters make cells that have none."""
    widths = [cell.inside.right - cell.inside.left for cell in cells]
    heights = [cell.inside.bottom - cell.inside.top for cell in cells]
    return len(cells) > 1 and float(np.median(widths)) > letter and float(np.median(heights)) > letter * _LOWEST


def _levels(across: Bitmap, letter: float) -> list[int]:
    """The heights at which rules run: of heights that are near to each other, the one at which most is drawn."""
    drawn = np.convolve(across.sum(axis=1, dtype=np.int64), np.ones(3, dtype=np.int64), "same")
    reach = round(letter * _SAME)
    found: list[int] = []
    while len(found) < _MOST_LEVELS and drawn.size and drawn.max() > letter:
        level = int(np.argmax(drawn))
        found.append(level)
        first, last = _around(drawn, level)
        drawn[max(0, first - reach) : last + reach + 1] = 0
    return _closed(sorted(found), across.shape[0], letter)


def _around(drawn: NDArray[np.int64], level: int) -> tuple[int, int]:
    """The first and the last of the rows of pixels around a level that belong to its rule: a double one is one."""
    strong = np.flatnonzero(drawn >= drawn[level] * _PART)
    at = int(np.searchsorted(strong, level))
    first = last = at
    while first > 0 and strong[first] - strong[first - 1] <= _OFF:
        first -= 1
    while last + 1 < len(strong) and strong[last + 1] - strong[last] <= _OFF:
        last += 1
    return int(strong[first]), int(strong[last])


def _closed(found: list[int], end: int, letter: float) -> list[int]:
    """The levels with the first and the last row of pixels among them: a table may be open at a side."""
    if not found:
        return []
    first = [] if found[0] <= letter * 2 * _SAME else [0]
    last = [] if end - found[-1] <= letter * 2 * _SAME else [end - 1]
    return [*first, *found, *last]


def _grid(rules: Rules, levels: list[int], columns: list[int]) -> _Grid:
    above = _edges(rules.across, levels, columns, rules.letter)
    left = _edges(np.ascontiguousarray(rules.down.T), columns, levels, rules.letter).T
    return _Grid(levels, columns, above, left)


def _edges(across: Bitmap, levels: Sequence[int], columns: Sequence[int], letter: float) -> NDArray[np.bool_]:
    """For each level and each step between columns, whether the edge is drawn: most of it, and where it ends.

    At the sides of the table, which may be open, it need not reach the end.
    """
    reach, end = max(2, round(letter * _SAME / 2)), max(3, round(letter * _END))
    last = len(columns) - 2
    drawn = np.zeros((len(levels), len(columns) - 1), dtype=bool)
    for row, level in enumerate(levels):
        band = across[max(0, level - reach) : level + reach + 1].max(axis=0)
        for column, (start, stop) in enumerate(pairwise(columns)):
            edge = band[start : stop + 1]
            ends = [edge[:end]] * (column > 0) + [edge[-end:]] * (column < last)
            drawn[row, column] = edge.mean() >= _DRAWN and all(one.mean() >= _END_DRAWN for one in ends)
    return drawn


def _trimmed(grid: _Grid) -> _Grid:
    """The grid without what hangs at its sides and no rule bounds."""
    rows = np.flatnonzero(grid.left.any(axis=1) | (grid.above[:-1].any(axis=1) & grid.above[1:].any(axis=1)))
    columns = np.flatnonzero(grid.above.any(axis=0) | (grid.left[:, :-1].any(axis=0) & grid.left[:, 1:].any(axis=0)))
    if not len(rows) or not len(columns):
        return _Grid(grid.levels[:2], grid.columns[:2], np.zeros((2, 1), bool), np.zeros((1, 2), bool))
    down, along = np.s_[rows[0] : rows[-1] + 2], np.s_[columns[0] : columns[-1] + 2]
    above = grid.above[down, columns[0] : columns[-1] + 1]
    return _Grid(grid.levels[down], grid.columns[along], above, grid.left[rows[0] : rows[-1] + 1, along])


def _shut(grid: _Grid) -> _Grid:
    """The grid closed on all sides: a table may be open at its sides."""
    above, left = grid.above.copy(), grid.left.copy()
    above[0] = above[-1] = True
    left[:, 0] = left[:, -1] = True
    return grid._replace(above=above, left=left)


def _divided(grid: _Grid, ink: Bitmap, letter: float) -> _Grid:
    """The grid, rows of which no upright edge was seen divided as their neighbours are.

    Light rules in shading are easily overlooked. Such a row has ink in each of its columns and none between them, as no
    heading over several columns has.
    """
    left = grid.left.copy()
    regions = _regions(grid)
    used = sorted({at for _, first, _, last in regions for at in (first, last)})
    for top, first, bottom, last in regions:
        inner = [at for at in used if first < at < last]
        if bottom - top == 1 and len(inner) >= _DIVISIONS:
            row = ink[grid.levels[top] : grid.levels[bottom]]
            if _is_divided(row, [grid.columns[at] for at in (first, *inner, last)], letter):
                left[top, inner] = True
    return grid._replace(left=left)


def _is_divided(row: Bitmap, edges: Sequence[int], letter: float) -> bool:
    """Whether a row has letters between all edges, and beside the inner ones none, but perhaps a rule on them."""
    rule, clear = round(letter * _RULE), round(letter * _CLEAR)
    beside = [np.s_[at - clear : at - rule] for at in edges[1:-1]] + [
        np.s_[at + rule : at + clear] for at in edges[1:-1]
    ]
    inside = row[clear:-clear]
    if any(inside[:, part].any() for part in beside):
        return False
    heights = [int(inside[:, a + clear : b - clear].any(axis=1).sum()) for a, b in pairwise(edges)]
    return min(heights) >= letter * _FILLED


def _cells(rules: Rules, grid: _Grid, box: Found) -> Iterator[RuledCell]:
    """The cells, their rows and columns counted by the levels at which a cell begins: a dash in a cell makes none."""
    regions = _regions(grid)
    rows, columns = (
        _numbers([(top, bottom) for top, _, bottom, _ in regions]),
        _numbers([(a, b) for _, a, _, b in regions]),
    )
    for top, left, bottom, right in regions:
        outer = Found(grid.columns[left], grid.levels[top], grid.columns[right], grid.levels[bottom])
        inside = _inside(rules, outer)
        moved = Found(inside.left + box.left, inside.top + box.top, inside.right + box.left, inside.bottom + box.top)
        row, column = rows[top], columns[left]
        yield RuledCell(row, column, rows[bottom] - row, columns[right] - column, moved)


def _numbers(spans: Sequence[tuple[int, int]]) -> dict[int, int]:
    """The levels at which cells begin or end, each with its number from 0."""
    return {level: at for at, level in enumerate(sorted({level for span in spans for level in span}))}


def _regions(grid: _Grid) -> list[tuple[int, int, int, int]]:
    """The rectangles (top, left, bottom, right) that no drawn edge divides, in reading order."""
    owner = np.arange(grid.left.shape[0] * grid.above.shape[1]).reshape(grid.left.shape[0], grid.above.shape[1])
    settled = False
    while not settled:
        before = owner.copy()
        _spread(owner, grid)
        settled = bool((owner == before).all())
    return sorted(_bounds(owner == one) for one in np.unique(owner))


def _spread(owner: NDArray[np.intp], grid: _Grid) -> None:
    """Give slots without an edge between them one owner, and all of each owner's rectangle to it."""
    rows, columns = owner.shape
    for row in range(rows):
        for column in range(columns):
            if row and not grid.above[row, column]:
                _join(owner, (row, column), (row - 1, column))
            if column and not grid.left[row, column]:
                _join(owner, (row, column), (row, column - 1))
    for one in np.unique(owner):
        own = owner == one
        if own.sum() > 1:
            top, left, bottom, right = _bounds(own)
            for other in np.unique(owner[top:bottom, left:right]):
                owner[owner == other] = one


def _join(owner: NDArray[np.intp], one: tuple[int, int], other: tuple[int, int]) -> None:
    if owner[one] != owner[other]:
        owner[owner == owner[one]] = owner[other]


def _bounds(own: NDArray[np.bool_]) -> tuple[int, int, int, int]:
    rows, columns = np.flatnonzero(own.any(axis=1)), np.flatnonzero(own.any(axis=0))
    return int(rows[0]), int(columns[0]), int(rows[-1]) + 1, int(columns[-1]) + 1


def _inside(rules: Rules, outer: Found) -> Found:
    """The box of a cell within the rules around it, however thick they are."""
    reach = max(2, round(rules.letter))
    within = np.s_[outer.left : outer.right]
    beside = np.s_[outer.top : outer.bottom]
    top = outer.top + _thick(rules.across[outer.top : outer.top + reach, within])
    bottom = outer.bottom - _thick(rules.across[max(0, outer.bottom - reach) : outer.bottom + 1, within][::-1])
    left = outer.left + _thick(rules.down[beside, outer.left : outer.left + reach].T)
    right = outer.right - _thick(rules.down[beside, max(0, outer.right - reach) : outer.right + 1].T[::-1])
    return Found(left, top, max(right, left + 1), max(bottom, top + 1))


def _thick(band: Bitmap) -> int:
    """How many of the first lines of pixels belong to a rule or a double one, and one for its blurred edge."""
    end = 0
    for at in np.flatnonzero(band.mean(axis=1) > _PART).tolist() if band.size else ():
        if at - end > _OFF:
            break
        end = at + 1
    return end + 1
