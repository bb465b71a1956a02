"""Rows of cells as a grid: by order, or by where the cells stand on the line."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import TypeAlias
from unicodedata import east_asian_width

from govnlp.schema.document import Cell, Grid
from govnlp.schema.text import Span

_NUMBER = re.compile(r"[\s\d０-９,，.．+\-－—–―/／\\%％]{1,16}")
_Row: TypeAlias = tuple[int, str, list[Span]]


def rows_grid(rows: Sequence[Sequence[Span]]) -> Grid:
    """A grid from rows of cells, each cell in the column of its order.

    >>> [cell.column for cell in rows_grid([[Span(0, 1), Span(2, 3)]]).cells]
    [0, 1]
    """
    cells = tuple(Cell(span, r, c) for r, row in enumerate(rows) for c, span in enumerate(row))
    return Grid(_cover(cells), cells)


def aligned_grid(rows: Sequence[_Row]) -> Grid:
    """A grid from lines whose cells are set in columns by spaces.

    `rows` holds, for each line, its offset, its text and the spans of its cells in that text. A blank cell leaves only
    room, so cells are put into columns by position: of the edges that cells can share (left or right, in characters or
    in the double width of hanzi), the one on which the figures agree best.
    """
    edges = min((_edges(rows, right, wide) for right in (False, True) for wide in (False, True)), key=_spread)
    places = _columns(rows, edges)
    cells = tuple(
        Cell(span.shifted(base), r, column)
        for r, (base, _, spans) in enumerate(rows)
        for span, column in zip(spans, places[r], strict=True)
    )
    return Grid(_cover(cells), cells)


def _edges(rows: Sequence[_Row], right: bool, wide: bool) -> list[list[int]]:
    """Where each cell begins or ends on its line."""
    return [[_at(text, span.end if right else span.start, wide) for span in spans] for _, text, spans in rows]


def _at(text: str, offset: int, wide: bool) -> int:
    if not wide:
        return offset
    return sum(2 if east_asian_width(char) in "WFA" else 1 for char in text[:offset])


def _spread(edges: list[list[int]]) -> int:
    """How many different places the cells stand at, behind the first of each line."""
    return len({edge for row in edges for edge in row[1:]})


def _columns(rows: Sequence[_Row], edges: list[list[int]]) -> list[list[int]]:
    """The column of every cell: by place where the places are few, else by order."""
    numeric = {
        edge
        for (_, text, spans), row in zip(rows, edges, strict=True)
        for span, edge in zip(spans, row, strict=True)
        if _NUMBER.fullmatch(text[span.start : span.end])
    }
    places = sorted(numeric)
    most = max(sum(bool(_NUMBER.fullmatch(text[a:b])) for a, b in spans) for _, text, spans in rows)
    if len(places) != most:
        return [list(range(len(spans))) for _, _, spans in rows]
    labels = max(len(spans) - _numbers(text, spans) for _, text, spans in rows)
    return [_row_columns(row, places, labels) for row in edges]


def _numbers(text: str, spans: list[Span]) -> int:
    return sum(bool(_NUMBER.fullmatch(text[a:b])) for a, b in spans)


def _row_columns(row: list[int], places: list[int], labels: int) -> list[int]:
    """Figures go to the column of their place; what stands before them keeps its order."""
    columns: list[int] = []
    for order, edge in enumerate(row):
        column = labels + places.index(edge) if edge in places else order
        columns.append(max(column, columns[-1] + 1 if columns else 0))
    return columns


def _cover(cells: tuple[Cell, ...]) -> Span:
    return Span(cells[0].span.start, max(cell.span.end for cell in cells))
