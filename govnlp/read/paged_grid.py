"""Ruled lines to cells: edges are snapped and joined, crossing ones make a lattice, missing ones merge its slots."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from govnlp.schema.document import Box

_SNAP = 3.2  # points between two edges that are one: a line drawn as two, the room between the borders of two cells
_WIDEST = 6.5  # points that edges taken for one may span
_SHORTEST = 4.0  # points of an edge that can bound a cell
MOST_EDGES = 1_500  # of one direction on one page, after joining


class Edge(NamedTuple):
    """A ruled line: its place across its direction, and where it begins and ends along it."""

    at: float
    start: float
    end: float


class LatticeCell(NamedTuple):
    """A cell of a lattice: its slots and its box."""

    row: int
    column: int
    rowspan: int
    colspan: int
    box: Box


@dataclass(frozen=True, slots=True)
class Lattice:
    """A ruled table: the places of its vertical and horizontal edges, its cells in reading order."""

    xs: tuple[float, ...]
    ys: tuple[float, ...]
    cells: tuple[LatticeCell, ...]
    owners: dict[tuple[int, int], int]

    @property
    def box(self) -> Box:
        """The box of the table."""
        return self.xs[0], self.ys[0], self.xs[-1], self.ys[-1]

    def cell_at(self, x: float, y: float) -> int | None:
        """The index of the cell around a point."""
        slot = bisect_right(self.ys, y) - 1, bisect_right(self.xs, x) - 1
        return self.owners.get(slot)


def lattices(boxes: Sequence[Box]) -> list[Lattice] | None:
    """The ruled tables that thin boxes draw, larger ones first; frames around one cell are none.

    None where there are more rules than any form has: a drawing.

    >>> rules = [(0, y, 80, y) for y in (0, 20, 40)] + [(x, 0, x, 40) for x in (0, 30, 80)]
    >>> [(cell.row, cell.column) for cell in lattices(rules)[0].cells]
    [(0, 0), (0, 1), (1, 0), (1, 1)]
    """
    level = [
        Edge((top + bottom) / 2, left, right) for left, top, right, bottom in boxes if right - left >= bottom - top
    ]
    upright = [
        Edge((left + right) / 2, top, bottom) for left, top, right, bottom in boxes if bottom - top > right - left
    ]
    across, down = _joined(level), _joined(upright)
    if max(len(across), len(down)) > MOST_EDGES:
        return None
    found = [_lattice(one, two) for one, two in _components(across, down)]
    return sorted((one for one in found if one), key=lambda one: -_area(one.box))


def _area(box: Box) -> float:
    return (box[2] - box[0]) * (box[3] - box[1])


def _joined(edges: Sequence[Edge]) -> list[Edge]:
    """Edges at one place as long ones; what stays too short bounds nothing."""
    found: list[Edge] = []
    for group in _levels(edges):
        at = sum(edge.at * (edge.end - edge.start + 0.01) for edge in group) / sum(
            edge.end - edge.start + 0.01 for edge in group
        )
        start = end = None
        for edge in sorted(group, key=lambda one: one.start):
            if start is None or end is None or edge.start > end + _SNAP:
                if start is not None and end is not None:
                    found.append(Edge(at, start, end))
                start, end = edge.start, edge.end
            else:
                end = max(end, edge.end)
        if start is not None and end is not None:
            found.append(Edge(at, start, end))
    return [edge for edge in found if edge.end - edge.start >= _SHORTEST]


def _levels(edges: Sequence[Edge]) -> Iterator[list[Edge]]:
    """Edges in groups that lie at one place."""
    group: list[Edge] = []
    for edge in sorted(edges):
        if group and (edge.at - group[-1].at > _SNAP or edge.at - group[0].at > _WIDEST):
            yield group
            group = []
        group.append(edge)
    if group:
        yield group


def _components(across: Sequence[Edge], down: Sequence[Edge]) -> Iterator[tuple[list[Edge], list[Edge]]]:
    """Edges that hang together by crossing or touching each other."""
    parents = list(range(len(across) + len(down)))

    def root(at: int) -> int:
        while parents[at] != at:
            parents[at] = parents[parents[at]]
            at = parents[at]
        return at

    for one, level in enumerate(across):
        for two, upright in enumerate(down, len(across)):
            if _touch(level, upright):
                parents[root(one)] = root(two)
    groups: dict[int, tuple[list[Edge], list[Edge]]] = {}
    for at in range(len(parents)):
        levels, uprights = groups.setdefault(root(at), ([], []))
        (levels if at < len(across) else uprights).append(across[at] if at < len(across) else down[at - len(across)])
    return (group for group in groups.values() if group[0] and group[1])


def _touch(level: Edge, upright: Edge) -> bool:
    return (
        level.start - _SNAP <= upright.at <= level.end + _SNAP
        and upright.start - _SNAP <= level.at <= upright.end + _SNAP
    )


def _lattice(across: Sequence[Edge], down: Sequence[Edge]) -> Lattice | None:
    xs = _places([edge.at for edge in down], [one for edge in across for one in (edge.start, edge.end)])
    ys = _places([edge.at for edge in across], [one for edge in down for one in (edge.start, edge.end)])
    if len(xs) < 3 or len(ys) < 2:
        return None
    cells = list(_cells(xs, ys, across, down))
    rows = sorted({cell.row for cell in cells})
    columns = sorted({cell.column for cell in cells})
    if len(columns) < 2:
        return None
    owners = {slot: at for at, cell in enumerate(cells) for slot in _slots(cell)}
    return Lattice(tuple(xs), tuple(ys), tuple(_numbered(cell, rows, columns) for cell in cells), owners)


def _places(edges: Sequence[float], ends: Sequence[float]) -> list[float]:
    """Where edges lie, and the outermost ends of those that cross them where no edge closes the table."""
    places: list[float] = []
    for one in sorted(edges):
        if not places or one - places[-1] > _SNAP:
            places.append(one)
    if places and min(ends) < places[0] - _WIDEST:
        places.insert(0, min(ends))
    if places and max(ends) > places[-1] + _WIDEST:
        places.append(max(ends))
    return places


def _slots(cell: LatticeCell) -> Iterator[tuple[int, int]]:
    for row in range(cell.row, cell.row + cell.rowspan):
        for column in range(cell.column, cell.column + cell.colspan):
            yield row, column


def _cells(xs: list[float], ys: list[float], across: Sequence[Edge], down: Sequence[Edge]) -> Iterator[LatticeCell]:
    """The cells in reading order: each reaches right and down until an edge bounds it."""
    below = _covered(ys, xs, across)
    right = _covered(xs, ys, down)
    taken: set[tuple[int, int]] = set()
    for row in range(len(ys) - 1):
        for column in range(len(xs) - 1):
            if (row, column) in taken:
                continue
            end = column + 1
            while end < len(xs) - 1 and (end, row) not in right and (row, end) not in taken:
                end += 1
            bottom = row + 1
            while bottom < len(ys) - 1 and _is_open(below, right, bottom, column, end):
                bottom += 1
            cell = LatticeCell(row, column, bottom - row, end - column, (xs[column], ys[row], xs[end], ys[bottom]))
            taken.update(_slots(cell))
            if _sides(cell, below, right) > 1:
                yield cell


def _is_open(below: set[tuple[int, int]], right: set[tuple[int, int]], row: int, column: int, end: int) -> bool:
    """Whether nothing parts the slots of a row from those above, and nothing those of the row itself."""
    if any((row, one) in below for one in range(column, end)):
        return False
    return not any((one, row) in right for one in range(column + 1, end))


def _covered(places: Sequence[float], cuts: Sequence[float], edges: Sequence[Edge]) -> set[tuple[int, int]]:
    """For each place the intervals between `cuts` along which an edge runs."""
    found: set[tuple[int, int]] = set()
    for edge in edges:
        at = min(range(len(places)), key=lambda one: abs(places[one] - edge.at))
        for number in range(len(cuts) - 1):
            middle = (cuts[number] + cuts[number + 1]) / 2
            if edge.start <= middle <= edge.end:
                found.add((at, number))
    return found


def _sides(cell: LatticeCell, below: set[tuple[int, int]], right: set[tuple[int, int]]) -> int:
    """How many sides of a cell are ruled; a slot beside the table has one."""
    bottom, end = cell.row + cell.rowspan, cell.column + cell.colspan
    return (
        ((cell.row, cell.column) in below)
        + ((bottom, cell.column) in below)
        + ((cell.column, cell.row) in right)
        + ((end, cell.row) in right)
    )


def _numbered(cell: LatticeCell, rows: Sequence[int], columns: Sequence[int]) -> LatticeCell:
    """A cell whose row and column count only the edges at which some cell begins."""
    row, column = bisect_right(rows, cell.row) - 1, bisect_right(columns, cell.column) - 1
    bottom = bisect_right(rows, cell.row + cell.rowspan - 1)
    end = bisect_right(columns, cell.column + cell.colspan - 1)
    return cell._replace(row=row, column=column, rowspan=bottom - row, colspan=end - column)
