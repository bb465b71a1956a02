"""The rows of a printed table against the rows of the form, in order.

Rows may be missing, extra, repeated or out of order. Where two alignments are equally good for a line, both are given:
what is not certain is not decided here.
"""

from __future__ import annotations

from collections.abc import Sequence

from govnlp.tables.match import RowMatch

_REPEAT_COST = 0.6
_SAME = 1e-9
_SURE = 0.95


def align(candidates: Sequence[Sequence[RowMatch]], size: int) -> list[frozenset[int]]:
    """For each line the rows of the form (0 to `size` - 1) it has in a best alignment that keeps their order.

    A line that fits no ordered alignment, but whose label can mean one free row alone, has that row all the same.

    >>> both = (RowMatch(1, 1.0, 1), RowMatch(4, 1.0, 1))
    >>> [sorted(rows) for rows in align([(RowMatch(0, 1.0, 1),), both, (RowMatch(3, 1.0, 1),)], 5)]
    [[0], [1], [3]]
    """
    if _is_plain(candidates):
        return [frozenset(match.row for match in line) for line in candidates]
    forward = _best(candidates, size)
    mirrored = [[match._replace(row=size - 1 - match.row) for match in line] for line in reversed(candidates)]
    backward = [{size - 1 - row: score for row, score in line.items()} for line in reversed(_best(mirrored, size))]
    weights = [{match.row: match.weight for match in line} for line in candidates]
    totals = [
        {row: forward[at][row] + backward[at][row] - weight for row, weight in line.items()}
        for at, line in enumerate(weights)
    ]
    best = max((total for line in totals for total in line.values()), default=0.0)
    found = [frozenset(row for row, total in line.items() if total >= best - _SAME) for line in totals]
    return _with_strays(candidates, found)


def _is_plain(candidates: Sequence[Sequence[RowMatch]]) -> bool:
    """Whether every line has one row at most, and each a later one than the line before."""
    last = -1
    for line in candidates:
        if len(line) > 1 or (line and line[0].row <= last):
            return False
        last = line[0].row if line else last
    return True


def _best(candidates: Sequence[Sequence[RowMatch]], size: int) -> list[dict[int, float]]:
    """The best score of an ordered alignment of the lines so far that ends with a line in a row."""
    ending = [0.0] * size
    scores: list[dict[int, float]] = []
    for line in candidates:
        reached: dict[int, float] = {}
        for match in line:
            before = max(ending[: match.row], default=0.0)
            again = ending[match.row] - _REPEAT_COST
            reached[match.row] = match.weight + max(0.0, before, again)
        for row, score in reached.items():
            ending[row] = max(ending[row], score)
        scores.append(reached)
    return scores


def _with_strays(candidates: Sequence[Sequence[RowMatch]], found: list[frozenset[int]]) -> list[frozenset[int]]:
    taken = {row for rows in found for row in rows}
    return [
        frozenset({line[0].row})
        if not rows and len(line) == 1 and line[0].weight >= _SURE and line[0].row not in taken
        else rows
        for line, rows in zip(candidates, found, strict=True)
    ]
