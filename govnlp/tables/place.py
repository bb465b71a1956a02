"""The figures of a line against the columns of its form.

By position where the grid is sound, by order where the counts agree. Where a figure is missing or one too many, every
placing that keeps the order and fits the total of the row (勾稽关系: 总计 is the sum) is tried, and only what all of them
agree on is placed.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal
from itertools import combinations
from typing import NamedTuple

from govnlp.tables.cells import Item

_MOST_PLACINGS = 200


class Head(NamedTuple):
    """A heading over figures: the key of the form's column (None for a column that the form has not), and its place."""

    key: str | None
    item: Item | None = None

    @property
    def label(self) -> str:
        """The heading as printed."""
        return self.item.text if self.item else ""


class Placing(NamedTuple):
    """The cell of each heading (None where it is not known), and whether every figure found its place."""

    cells: tuple[Item | None, ...]
    complete: bool
    sure: bool = True


def place(values: Sequence[Item], heads: Sequence[Head], total: str | None) -> Placing:
    """Put the figures of one line under its headings; `total` is the key of the column that sums up the others."""
    by_position = _by_position(values, heads)
    if by_position:
        return by_position
    chosen = _without_fill(values, len(heads))
    if len(chosen) == len(heads):
        return Placing(tuple(chosen), complete=True)
    return _by_sum(chosen, heads, total)


def _by_position(values: Sequence[Item], heads: Sequence[Head]) -> Placing | None:
    """One cell under each heading and one heading over each cell; empty cells beyond the headings are fill."""
    if any(head.item is None or head.item.column < 0 for head in heads):
        return None
    cells: list[Item | None] = []
    for head in heads:
        under = [value for value in values if _overlap(head.item, value)]
        if len(under) != 1 or (under[0] in cells and under[0].kind == "number"):
            return None
        cells.append(under[0])
    if any(value not in cells and value.kind != "empty" for value in values):
        return None
    return Placing(tuple(cells), complete=True)


def _overlap(head: Item | None, value: Item) -> bool:
    return head is not None and head.column < value.end and value.column < head.end


def _without_fill(values: Sequence[Item], size: int) -> list[Item]:
    """The values less the empty cells that stand beyond the row: those at its end, then those at its start."""
    chosen = list(values)
    while len(chosen) > size and chosen[-1].kind == "empty":
        chosen.pop()
    while len(chosen) > size and chosen[0].kind == "empty":
        chosen.pop(0)
    filled = [value for value in chosen if value.kind != "empty"]
    return filled if len(chosen) > size and len(filled) == size else chosen


def _by_sum(values: Sequence[Item], heads: Sequence[Head], total: str | None) -> Placing:
    """What all placings agree on that keep the order and fit the row's total."""
    nothing = Placing((None,) * len(heads), complete=False)
    keys = [head.key for head in heads]
    if total is None or total not in keys or not values or None in keys:
        return nothing
    fitting = [placing for placing in _placings(values, len(heads)) if _fits(placing, keys.index(total))]
    if not fitting:
        return nothing
    cells = tuple(_agreed(column) for column in zip(*fitting, strict=True))
    return Placing(cells, complete=False, sure=False)


def _placings(values: Sequence[Item], size: int) -> Iterator[tuple[Item | None, ...]]:
    """Every way to set the values in order into `size` places, leaving places empty or values out."""
    if len(values) <= size:
        for at, places in enumerate(combinations(range(size), len(values))):
            if at > _MOST_PLACINGS:
                return
            row: list[Item | None] = [None] * size
            for place_, value in zip(places, values, strict=True):
                row[place_] = value
            yield tuple(row)
    elif len(values) <= size + 2:
        yield from combinations(values, size)


def _fits(placing: Sequence[Item | None], total: int) -> bool:
    whole = _number(placing[total])
    if whole is None:
        return False
    return whole == sum((_number(cell) or Decimal(0) for at, cell in enumerate(placing) if at != total), Decimal(0))


def _agreed(cells: Sequence[Item | None]) -> Item | None:
    """The cell that all placings put here, or one of several with the same figure."""
    first = cells[0]
    if first is None or any(cell is None or _number(cell) != _number(first) for cell in cells):
        return None
    return first


def _number(item: Item | None) -> Decimal | None:
    return item.content.figure.value if item and item.content.figure else None
