"""The figures of a line against the columns of its form.

By position where the grid is sound, by order where the counts agree. Where a figure is missing or one too many, every
placing that keeps the order and fits the total of the row (勾稽关系: 总计 is the sum) is tried, and only what all of them
agree on is placed.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal
from itertools import combinations, islice, pairwise
from typing import NamedTuple

from govnlp.tables.cells import Item

_MOST_PLACINGS = 600


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


class Sum(NamedTuple):
    """An identity among headings: the place of the total, and the places of what it sums up."""

    total: int
    members: tuple[int, ...]


class Rules(NamedTuple):
    """What a placing must respect.

    `sums` are the identities that the figures should fit. `order` is that of the form's columns, against which the
    positions of headings are held. `fill_behind` tells that this table fills up merged headings behind its rows.
    `whole` tells that no heading of the form is missing, so that a figure too many is a stray one (a page number).
    """

    sums: Sequence[Sum] = ()
    order: Sequence[str] = ()
    fill_behind: bool = False
    whole: bool = False


def place(values: Sequence[Item], heads: Sequence[Head], rules: Rules) -> Placing:
    """Put the figures of one line under its headings.

    Where wrong spans have moved a heading, the sums decide.
    """
    sums, order = rules.sums, rules.order
    by_position = _by_position(values, heads)
    if by_position and (not sums or _is_ordered(heads, order)):
        return by_position
    rows = _without_fill(values, len(heads))
    rows = rows[:1] if rules.fill_behind else rows
    if not rows:
        if len(values) > len(heads) + rules.whole:
            return by_position or nothing(len(heads))
        return by_position or _by_sum(values, len(heads), sums)
    fitting = [row for row in rows if all(_holds(row, one) for one in sums)] if len(rows) > 1 and sums else rows
    agreed = tuple(_agreed(column) for column in zip(*(fitting or rows), strict=True))
    ordered = Placing(tuple(_in_order(agreed, heads, order)), complete=None not in agreed, sure=len(rows) == 1)
    return _arbitrated(by_position, ordered, sums) if by_position else ordered


def nothing(size: int) -> Placing:
    """No figure placed."""
    return Placing((None,) * size, complete=False)


def _is_ordered(heads: Sequence[Head], order: Sequence[str]) -> bool:
    places = [order.index(head.key) for head in heads if head.key in order]
    return places == sorted(places)


def _in_order(values: Sequence[Item | None], heads: Sequence[Head], order: Sequence[str]) -> list[Item | None]:
    """The values in the order of the headings, where they were printed in the order of the form."""
    if any(head.key not in order for head in heads):
        return list(values)
    printed = sorted(range(len(heads)), key=lambda at: order.index(heads[at].key or ""))
    return [values[printed.index(at)] for at in range(len(heads))]


def _arbitrated(left: Placing, right: Placing, sums: Sequence[Sum]) -> Placing:
    """The one of two placings that fits the sums; what both agree on where neither does better."""
    fits = [all(_holds(one.cells, sum_) for sum_ in sums) for one in (left, right)]
    if fits[0] != fits[1]:
        return left if fits[0] else right
    agreed = tuple(_agreed(pair) for pair in zip(left.cells, right.cells, strict=True))
    return Placing(agreed, complete=None not in agreed, sure=False)


def _by_position(values: Sequence[Item], heads: Sequence[Head]) -> Placing | None:
    """One cell under each heading and one heading over each cell; empty cells beyond the headings are fill."""
    if any(head.item is None or head.item.column < 0 for head in heads):
        return None
    if len(values) == len(heads) and all(_overlap(head.item, value) for head, value in zip(heads, values, strict=True)):
        return Placing(tuple(values), complete=True) if _is_apart(values) else None
    cells: list[Item | None] = []
    for head in heads:
        under = [value for value in values if _overlap(head.item, value)]
        if not under and head.key is None:
            cells.append(None)
        elif len(under) != 1 or (under[0] in cells and under[0].kind == "number"):
            return None
        else:
            cells.append(under[0])
    if any(value not in cells and value.kind != "empty" for value in values):
        return None
    return Placing(tuple(cells), complete=True)


def _is_apart(values: Sequence[Item]) -> bool:
    return all(left.end <= right.column for left, right in pairwise(values))


def _overlap(head: Item | None, value: Item) -> bool:
    return head is not None and head.column < value.end and value.column < head.end


def _without_fill(values: Sequence[Item], size: int) -> list[list[Item]]:
    """Every row of `size` cells that the values can be: less the empty cells at their ends that fill up merged headings.

    Percentages and, at last, all empty cells are left out where just the figures are as many as the headings.
    """
    chosen = list(values)
    if len(chosen) > size:
        chosen = [value for value in chosen if value.kind != "percent"]
    surplus = len(chosen) - size
    if surplus < 0:
        return []
    before, after = _edge(chosen), _edge(chosen[::-1])
    rows = [chosen[cut : cut + size] for cut in range(max(0, surplus - after), min(surplus, before) + 1)]
    filled = [value for value in chosen if value.kind != "empty"]
    return rows or ([filled] if len(filled) == size else [])


def _edge(values: Sequence[Item]) -> int:
    """How many empty cells stand at the beginning."""
    return next((at for at, value in enumerate(values) if value.kind != "empty"), len(values))


def _by_sum(values: Sequence[Item], size: int, sums: Sequence[Sum]) -> Placing:
    """What all placings agree on that keep the order and fit the sums."""
    if not sums or not values or (len(values) < size and not _shows_totals(values, len(sums))):
        return nothing(size)
    tried = list(islice(_placings(values, size), _MOST_PLACINGS + 1))
    fitting = [placing for placing in tried if all(_holds(placing, one) for one in sums)]
    if not fitting or len(tried) > _MOST_PLACINGS:
        return nothing(size)
    return Placing(tuple(_agreed(column) for column in zip(*fitting, strict=True)), complete=False, sure=False)


def _shows_totals(values: Sequence[Item], sums: int) -> bool:
    """Whether the total is surely among too few figures: the last is the sum of several others.

    Where several identities hold (复议诉讼) it is their agreement that shows it.
    """
    numbers = [_number(value) or Decimal(0) for value in values]
    return sums > 1 or (sum(map(bool, numbers[:-1])) > 1 and numbers[-1] == sum(numbers[:-1]))


def _placings(values: Sequence[Item], size: int) -> Iterator[tuple[Item | None, ...]]:
    """Every way to set the values in order into `size` places, leaving places empty or values out."""
    if len(values) <= size:
        for places in combinations(range(size), len(values)):
            row: list[Item | None] = [None] * size
            for at, value in zip(places, values, strict=True):
                row[at] = value
            yield tuple(row)
    else:
        yield from combinations(values, size)


def _holds(placing: Sequence[Item | None], one: Sum) -> bool:
    whole = _number(placing[one.total])
    return whole is not None and whole == sum((_number(placing[at]) or Decimal(0) for at in one.members), Decimal(0))


def _agreed(cells: Sequence[Item | None]) -> Item | None:
    """The cell that all placings put here, or one of several that hold the same."""
    first = cells[0]
    if first is None or any(
        cell is None or cell.kind != first.kind or _number(cell) != _number(first) for cell in cells
    ):
        return None
    return first


def _number(item: Item | None) -> Decimal | None:
    return item.content.figure.value if item and item.content.figure else None


def fills_behind(rows: Sequence[Sequence[Item]], size: int) -> bool:
    """Whether full rows of this size show empty cells behind them and never before them."""
    full = [row for row in rows if sum(value.kind != "empty" for value in row) == size < len(row)]
    return bool(full) and all(row[0].kind != "empty" for row in full)
