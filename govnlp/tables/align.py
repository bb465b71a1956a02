"""The rows of a printed table against the rows of the form, in order.

Rows may be missing, extra, repeated or out of order. A line has its row only where every best alignment gives it that
row; where two are equally good, the line is left open and its figures are reported.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple, TypeAlias

from govnlp.tables.match import RowMatch

_REPEAT_COST = 0.6
_SAME = 1e-9
_SURE = 0.95

Candidates: TypeAlias = Sequence[Sequence[RowMatch]]


class _Ways(NamedTuple):
    """The best score of an alignment, and how many alignments reach it."""

    score: float
    number: int


_START = _Ways(0.0, 1)


def align(candidates: Candidates, size: int, *, by_label: bool = True) -> list[int | None]:
    """For each line its row of the form (0 to `size` - 1), or None where no alignment settles it.

    The order of the form decides between rows of the same label. Where the labels stand in the lines of their figures
    (`by_label`), a label that can mean one free row alone settles its line in any order.

    >>> both = (RowMatch(1, 1.0, 1), RowMatch(4, 1.0, 1))
    >>> align([(RowMatch(0, 1.0, 1),), both, (RowMatch(3, 1.0, 1),)], 5)
    [0, 1, 3]
    >>> align([(RowMatch(0, 1.0, 1),), both], 5)
    [0, None]
    """
    anchors = [(at, line[0].row) for at, line in enumerate(candidates) if len(line) == 1]
    if all(left[1] < right[1] for left, right in pairwise(anchors)):
        rows: list[int | None] = [line[0].row if len(line) == 1 else None for line in candidates]
        for start, end, low, high in _gaps(anchors, len(candidates), size):
            inside = [[match for match in line if low < match.row < high] for line in candidates[start:end]]
            rows[start:end] = _settled(inside, size)
        return rows
    rows = _settled(candidates, size)
    return _with_strays(candidates, rows) if by_label else rows


def _gaps(anchors: Sequence[tuple[int, int]], lines: int, size: int) -> Iterator[tuple[int, int, int, int]]:
    """The stretches of lines between anchors, with the rows of the anchors on both sides."""
    edges = [(-1, -1), *anchors, (lines, size)]
    for (left, low), (right, high) in pairwise(edges):
        if right - left > 1:
            yield left + 1, right, low, high


def _settled(candidates: Candidates, size: int) -> list[int | None]:
    """The row that each line has in every best ordered alignment."""
    forward = _ways(candidates)
    mirrored = [[match._replace(row=size - 1 - match.row) for match in line] for line in reversed(candidates)]
    backward = [{size - 1 - row: ways for row, ways in line.items()} for line in reversed(_ways(mirrored))]
    best = max((ways.score for line in forward for ways in line.values()), default=0.0)
    total = sum(ways.number for line in forward for ways in line.values() if ways.score >= best - _SAME)
    rows: list[int | None] = []
    for line, before, behind in zip(candidates, forward, backward, strict=True):
        through = [
            (match.row, before[match.row].number * behind[match.row].number)
            for match in line
            if before[match.row].score + behind[match.row].score - match.weight >= best - _SAME
        ]
        rows.append(through[0][0] if len(through) == 1 and through[0][1] == total else None)
    return rows


def _ways(candidates: Candidates) -> list[dict[int, _Ways]]:
    """For each line and each of its rows the best alignments of the lines so far that end there."""
    ending: dict[int, _Ways] = {}
    found: list[dict[int, _Ways]] = []
    for line in candidates:
        reached = {match.row: _reach(ending, match) for match in line}
        for row, ways in reached.items():
            ending[row] = _merge(ending.get(row, ways._replace(number=0)), ways)
        found.append(reached)
    return found


def _reach(ending: dict[int, _Ways], match: RowMatch) -> _Ways:
    best = _START
    for row, ways in ending.items():
        if row < match.row:
            best = _merge(best, ways)
        elif row == match.row:
            best = _merge(best, _Ways(ways.score - _REPEAT_COST, ways.number))
    return _Ways(best.score + match.weight, best.number)


def _merge(one: _Ways, two: _Ways) -> _Ways:
    if abs(one.score - two.score) <= _SAME:
        return _Ways(one.score, one.number + two.number)
    return max(one, two)


def _with_strays(candidates: Candidates, rows: Sequence[int | None]) -> list[int | None]:
    """Lines that fit no order have the row that their label alone can mean, where no other line has it."""
    taken = {row for row in rows if row is not None}
    return [
        line[0].row if row is None and len(line) == 1 and line[0].weight >= _SURE and line[0].row not in taken else row
        for line, row in zip(candidates, rows, strict=True)
    ]
