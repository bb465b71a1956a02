"""A table as lines: the labels that stand before some figures, and those figures.

Grids and runs of single cells give the same lines, so that one alignment serves both. A line keeps every label since
the figures before it: the last of them name its own row, the others are headings of columns or of groups of rows.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from govnlp.schema.document import Cell, CellRun, Document, Grid
from govnlp.schema.text import Span
from govnlp.tables.cells import Content, Item, content
from govnlp.tables.match import known_labels, plain_rows

_TWICE = 2
_LONGEST_REMARK = 12
_NUMBERED = re.compile(r"[(（]?[一二三四五六七八九十\d]{1,2}[)）、.．]\s*[\u4e00-\u9fff]{2}")
_NUMBERING_TAIL = (".", "、", "．")
_LIST_NUMBERS = frozenset(str(number) for number in range(1, 16))


@dataclass(frozen=True, slots=True)
class Line:
    """Labels, then figures.

    `own` is how many of the last labels can belong to the row itself; `units` are the cells of the unit column (单位);
    `table` counts the tables of the document from 0; `filled` tells that its end is marked by what fills up the row,
    `turned` that it is a column of a grid read by columns.
    """

    labels: tuple[Item, ...]
    values: tuple[Item, ...]
    units: tuple[Item, ...]
    own: int
    table: int
    in_grid: bool
    filled: bool = False
    turned: bool = False

    @property
    def span(self) -> Span:
        """From the first of its cells to the last."""
        cells = (*self.labels[-1:], *self.units[-1:], *self.values)
        return Span(min(cell.span.start for cell in cells), max(cell.span.end for cell in cells))


def lines_of(document: Document, block: Grid | CellRun, table: int, *, turned: bool = False) -> list[Line]:
    """The lines of a table; `turned` reads a grid by columns (行列互换)."""
    if isinstance(block, CellRun):
        items = [Item(text, span, content(text)) for span in block.cells for text in (document.cut(span).strip(),)]
        return list(_run_lines(items, frozenset(block.ends), table))
    cells = [_turn(cell) for cell in block.cells] if turned else list(block.cells)
    lines = _grid_lines(document, cells, table)
    return [replace(line, turned=True) for line in lines] if turned else list(lines)


def _turn(cell: Cell) -> Cell:
    return Cell(cell.span, cell.column, cell.row, cell.colspan, cell.rowspan, cell.place)


def _run_lines(items: Sequence[Item], ends: frozenset[int], table: int) -> Iterator[Line]:
    """Cells in order: labels gather until figures follow, figures until a label follows or their row is marked as ended."""
    labels: list[Item] = []
    values: list[Item] = []
    units: list[Item] = []
    ended = False
    for at, item in enumerate(items):
        if item.is_value:
            if labels and not ended:
                values.append(item)
            ended = ended or (at in ends and bool(values))
            continue
        if item.text[:1] in _NUMBERING_TAIL and values and values[-1].text in _LIST_NUMBERS:
            # 2 and .政府网站…: the number of a torn label is no figure.
            values.pop()
        if item.kind == "label" and _is_line(labels, values, units):
            yield Line(tuple(labels), tuple(values), tuple(units), len(labels), table, in_grid=False, filled=ended)
            labels, units = [], []
        if item.kind == "label":
            values, ended = [], False
        (units if item.kind == "unit" else labels).append(item)
    if labels:
        yield Line(tuple(labels), tuple(values), tuple(units), len(labels), table, in_grid=False)


def _is_line(labels: list[Item], values: list[Item], units: list[Item]) -> bool:
    """Whether what was gathered is a line: figures, or a blank one, or a unit whose blank figure left no trace."""
    if any(value.kind != "empty" for value in values):
        return True
    return bool(units) if not values else _closes(labels, units)


def _closes(labels: list[Item], units: list[Item]) -> bool:
    """Empty cells alone are a blank figure behind the label of a row; elsewhere they fill up merged headings."""
    if not labels:
        return False
    return bool(units) or labels[-1].text[:1] in "0123456789(（" or labels[-1].content.bare in plain_rows()


def _grid_lines(document: Document, cells: list[Cell], table: int) -> Iterator[Line]:
    """Rows in order; a row with labels alone is a heading of the rows below it."""
    rows = [list(_segments(row)) for row in _rows(document, cells)]
    heads: list[Item] = []
    for labels, values, units in _in_order(rows):
        if (values and (labels or heads)) or (labels and units):
            seen = set(labels)
            path = (*(head for head in heads if head not in seen), *labels)
            yield Line(path, values, units, len(labels), table, in_grid=True)
        # Empty cells may fill up a row of headings: its labels stay headings for the rows below.
        if units or any(value.kind != "empty" for value in values):
            heads = []
        else:
            heads += [label for label in labels if label not in heads]
    if heads:
        yield Line(tuple(heads), (), (), 0, table, in_grid=True)


_Segment = tuple[tuple[Item, ...], tuple[Item, ...], tuple[Item, ...]]


def _in_order(rows: list[list[_Segment]]) -> Iterator[_Segment]:
    """Row by row, or, where two tables stand side by side, the left one before the right one."""
    doubled = sum(sum(bool(values) for _, values, _ in row) > 1 for row in rows)
    if doubled * _TWICE <= len(rows):
        yield from (segment for row in rows for segment in row)
        return
    for at in range(max(len(row) for row in rows)):
        yield from (row[at] for row in rows if at < len(row))


def _segments(row: list[Item]) -> Iterator[_Segment]:
    """The stretches of a row that begin with labels: two tables may stand side by side."""
    labels: list[Item] = []
    values: list[Item] = []
    units: list[Item] = []
    for at, printed in enumerate(row):
        follows = labels and labels[-1].content.bare in plain_rows() and any(one.is_value for one in row[at + 1 :])
        item = _unread(printed) if (values or follows) and _is_odd(printed) else printed
        if item.kind == "label":
            # What stands before the first label of a row counts it (序号) or fills it up.
            if labels and any(value.kind != "empty" for value in values):
                yield tuple(labels), tuple(values), tuple(units)
                labels, units = [], []
            values = []
            labels.append(item)
        elif item.kind == "unit":
            units.append(item)
        else:
            values.append(item)
    if labels or len(values) > 1:
        yield tuple(labels), tuple(values), tuple(units)


def _is_odd(item: Item) -> bool:
    """Whether words stand where figures do (不涉及, 见附件): no label of any form."""
    if item.kind != "label" or item.content.bare in known_labels() or len(item.text) > _LONGEST_REMARK:
        return False
    return _NUMBERED.match(item.text) is None


def _unread(item: Item) -> Item:
    return Item(item.text, item.span, Content("unread"), item.row, item.column, item.end)


def _rows(document: Document, cells: list[Cell]) -> Iterator[list[Item]]:
    """The cells of each row by column, with the labels that reach into it from rows above."""
    rows: dict[int, list[Item]] = {}
    for cell in cells:
        text = document.cut(cell.span).strip()
        item = Item(text, cell.span, content(text), cell.row, cell.column, cell.column + cell.colspan)
        rows.setdefault(cell.row, []).append(item)
        if item.kind == "label":
            for below in range(cell.row + 1, cell.row + cell.rowspan):
                rows.setdefault(below, []).append(item)
    for row in sorted(rows):
        # The label of the row itself begins in it; wrong spans may set it left of a group's that reaches in from above.
        yield sorted(rows[row], key=lambda item: (item.row == row, item.column))
