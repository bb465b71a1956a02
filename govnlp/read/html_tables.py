"""Tables of a page: which hold data and which only lay the page out, and where each cell stands.

Positions follow the table algorithm of the HTML standard (表格 with `rowspan` and `colspan`).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import NamedTuple

from govnlp.read.html_boxes import Box, Line, Tree
from govnlp.schema.document import Cell, Grid
from govnlp.schema.text import Span

MOST_ROWS, MOST_COLUMNS = 2000, 200
PROSE = 200  # characters; a longer cell is a passage of text, which no row or column label explains
_WHOLE_PAGE = 1000
_FEW_FIGURES = 6
_WIDEST_SPAN = 60
_FIGURE = re.compile(r"\s*[-+－]?[\d０-９][\d０-９,，.．\s]{0,20}\s*[%％件条次个项元人]?万?\s*|\s*[-－—–/\\无]{1,3}\s*")
_LONGEST_FIGURE = 24
_NUMBER = re.compile(r"\s*(\d{1,6})")


@dataclass(slots=True)
class _Content:
    """What a cell holds, the cells of layout tables inside it included."""

    size: int = 0
    linked: int = 0
    figure: bool = False
    holds_data: bool = False


class Tables(NamedTuple):
    """The grids, the lines that their cells took, and the number of cells that lay beyond the largest grid."""

    grids: tuple[Grid, ...]
    taken: frozenset[int]
    joints: tuple[Span, ...]
    beyond: int
    figures: int


def read_tables(tree: Tree, printed: str) -> Tables:
    """The data tables of a printed page; layout tables are left to be read as the paragraphs that they hold.

    `taken` holds `id`s of lines; `joints` are the newlines inside cells, where a label was torn by a `<br>`.
    """
    contents: dict[int, _Content] = {}
    layouts = [(table, _rows(table)) for table in tree.tables]
    data = [(table, rows) for table, rows in reversed(layouts) if _settle(table, rows, contents, printed)]
    taken: set[int] = set()
    grids: list[Grid] = []
    joints: list[Span] = []
    beyond = 0
    for _, rows in data:
        placed, left_out = _placed(rows)
        cells = [_cell(one, taken, joints, printed) for one in placed]
        beyond += left_out
        grids.append(_grid(cells))
    return Tables(tuple(grids), frozenset(taken), tuple(joints), beyond, sum(one.figure for one in contents.values()))


def _content(cell: Box, contents: dict[int, _Content], printed: str) -> _Content:
    """What a cell holds, kept by the `id` of its box: a layout table inside adds to the cell around it."""
    one = contents.get(id(cell))
    if one is None:
        one = contents[id(cell)] = _measured(cell.own, printed)
    return one


def _measured(lines: Sequence[Line], printed: str) -> _Content:
    filled = [line for line in lines if line.end > line.start] if len(lines) > 1 else lines
    if len(filled) == 1:
        line = filled[0]
        return _Content(line.end - line.start, line.linked, _is_figure(printed, line))
    return _Content(sum([line.end - line.start for line in filled]), sum([line.linked for line in filled]))


def _is_figure(printed: str, line: Line) -> bool:
    return 0 < line.end - line.start <= _LONGEST_FIGURE and _FIGURE.fullmatch(printed, line.start, line.end) is not None


def _rows(table: Box) -> list[tuple[Box, list[Box]]]:
    """The rows of a table: the box they are grouped in (`<tbody>`), and their cells."""
    return [(row.parent or table, list(row.boxes("cell"))) for row in table.boxes("row")]


def _settle(table: Box, rows: list[tuple[Box, list[Box]]], contents: dict[int, _Content], printed: str) -> bool:
    """Whether a table holds data; either way the cell around it learns what is inside."""
    cells = [_content(cell, contents, printed) for _, row in rows for cell in row]
    table.is_data = max((len(row) for _, row in rows), default=0) > 1 and _is_data(cells)
    if table.cell is not None:
        around = _content(table.cell, contents, printed)
        around.holds_data |= table.is_data or any(cell.holds_data for cell in cells)
        if not table.is_data:
            around.figure = False
            around.size += sum(cell.size for cell in cells)
            around.linked += sum(cell.linked for cell in cells)
    return table.is_data


def _is_data(cells: Sequence[_Content]) -> bool:
    filled = [cell for cell in cells if cell.size]
    if len(filled) < 2:
        return False
    figures = sum(cell.figure for cell in filled)
    blanks_and_figures = figures + len(cells) - len(filled)
    longest = max(cell.size for cell in filled)
    if any(cell.holds_data for cell in cells) and (figures < 2 or figures * 5 < len(filled)):
        return False
    if longest > PROSE and (longest > _WHOLE_PAGE or blanks_and_figures < max(_FEW_FIGURES, len(cells) // 4)):
        return False
    return figures > 0 or sum(cell.linked for cell in filled) * 2 < sum(cell.size for cell in filled)


class _Placed(NamedTuple):
    box: Box
    row: int
    column: int
    rowspan: int
    colspan: int


def _placed(rows: list[tuple[Box, list[Box]]]) -> tuple[list[_Placed], int]:
    """Cells with their positions, and how many lie beyond the largest grid."""
    group_ends = {id(group): at + 1 for at, (group, _) in enumerate(rows)}
    free_from = [0] * MOST_COLUMNS  # for each column the first row in which it is free
    placed: list[_Placed] = []
    for at, (group, row) in enumerate(rows[:MOST_ROWS]):
        column = 0
        for box in row:
            while column < MOST_COLUMNS and free_from[column] > at:
                column += 1
            if column >= MOST_COLUMNS:
                break
            look = box.look
            colspan = _colspan(box, column) if look.colspan else 1
            rowspan = _rowspan(box, min(group_ends[id(group)], MOST_ROWS) - at) if look.rowspan else 1
            if rowspan > 1:
                free_from[column : column + colspan] = [at + rowspan] * colspan
            placed.append(_Placed(box, at, column, rowspan, colspan))
            column += colspan
    return _widened(placed), sum(len(row) for _, row in rows) - len(placed)


def _colspan(box: Box, column: int) -> int:
    span = _span(box.look.colspan)
    return 1 if span > _WIDEST_SPAN else min(span, MOST_COLUMNS - column)


def _widened(placed: list[_Placed]) -> list[_Placed]:
    """A span beyond reason (`colspan=1000`) reaches to the table's last column where its cell ends the row."""
    if not any(one.box.look.colspan and _span(one.box.look.colspan) > _WIDEST_SPAN for one in placed):
        return placed
    width = max(one.column + one.colspan for one in placed)
    last = {one.row: at for at, one in enumerate(placed)}
    return [
        one._replace(colspan=width - one.column)
        if last[one.row] == at and _span(one.box.look.colspan) > _WIDEST_SPAN
        else one
        for at, one in enumerate(placed)
    ]


def _rowspan(box: Box, left: int) -> int:
    """A span of 0 reaches to the end of the group of rows, as does one that is too long."""
    if box.look.rowspan.strip() == "0":
        return left
    return min(_span(box.look.rowspan), left)


def _span(written: str) -> int:
    """The number written, at least 1; what is no number is 1.

    >>> _span("3"), _span("2px"), _span("-1"), _span("0"), _span("x")
    (3, 2, 1, 1, 1)
    """
    match = _NUMBER.match(written) if written else None
    return max(1, int(match[1])) if match else 1


def _cell(one: _Placed, taken: set[int], joints: list[Span], printed: str) -> Cell:
    box, row, column, rowspan, colspan = one
    is_whole = len(box.own) == len(box.children)  # nothing but lines: no need to go through the boxes
    lines = box.own if is_whole else list(box.lines())
    if len(lines) == 1:
        taken.add(id(lines[0]))
        return Cell(Span(lines[0].start, lines[0].end), row, column, rowspan, colspan)
    return Cell(_several(lines, taken, joints, printed), row, column, rowspan, colspan)


def _several(lines: Sequence[Line], taken: set[int], joints: list[Span], printed: str) -> Span:
    """The span of a cell of several lines, or of none."""
    taken.update(map(id, lines))
    filled = sorted([line for line in lines if line.end > line.start], key=lambda line: line.start)
    joints += [Span(one.end, two.start) for one, two in pairwise(filled) if _is_joint(one, two, printed)]
    if filled:
        return Span(filled[0].start, filled[-1].end)
    return Span(lines[0].start, lines[0].start) if lines else _EMPTY


def _is_joint(one: Line, two: Line, printed: str) -> bool:
    """Whether nothing but line ends stands between two lines of a cell."""
    return not printed[one.end : two.start].strip("\n")


_EMPTY = Span(-1, -1)


def _grid(cells: Sequence[Cell]) -> Grid:
    """The grid of cells; a cell without any line of its own stands where the one before it ends."""
    known = [cell.span for cell in cells if cell.span is not _EMPTY]
    start = min((span.start for span in known), default=0)
    return Grid(Span(start, max((span.end for span in known), default=start)), tuple(_moored(cells, start)))


def _moored(cells: Sequence[Cell], start: int) -> Iterator[Cell]:
    for cell in cells:
        yield cell._replace(span=Span(start, start)) if cell.span is _EMPTY else cell
        start = start if cell.span is _EMPTY else cell.span.end
