"""Tables of a Word file: where each cell stands, from the columns that it spans and the cells that it goes on below."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from govnlp.read.docx_inline import chosen, content
from govnlp.read.docx_styles import number
from govnlp.read.xml_tree import Node

_WIDEST = 60  # columns that a cell may span, as for pages
_THROUGH = frozenset(("w:customXml", "w:ins", "w:moveTo", "w:smartTag"))
_GONE = ("w:del", "w:moveFrom")


class Placed(NamedTuple):
    """A cell and how far it reaches; no node is a place that the table leaves out before its first cell."""

    node: Node | None
    colspan: int
    rowspan: int = 1


class _Cell(NamedTuple):
    node: Node | None
    column: int
    colspan: int
    goes_on: bool  # whether it belongs to the cell above (纵向合并)


def rows(table: Node) -> Iterator[list[Placed]]:
    """The rows of a table, each with the cells that begin in it; deleted rows are left out.

    >>> def cell(merge):
    ...     made, set_, merged = Node("w:tc", {}), Node("w:tcPr", {}), Node("w:vMerge", {"w:val": merge})
    ...     made.children, set_.children = [set_], [merged]
    ...     return made
    >>> table, one, two = Node("w:tbl", {}), Node("w:tr", {}), Node("w:tr", {})
    >>> table.children, one.children, two.children = [one, two], [cell("restart")], [cell("continue")]
    >>> [[placed.rowspan for placed in row] for row in rows(table)]
    [[2], []]
    """
    grid = [list(_cells(row)) for row in _inside(table.children, "w:tr") if not _is_gone(row)]
    going_on = [{cell.column for cell in row if cell.goes_on} for row in grid]
    open_: set[int] = set()  # the columns at which a cell of the row before may go on
    for at, row in enumerate(grid):
        begun = [cell for cell in row if not (cell.goes_on and cell.column in open_)]
        yield [Placed(cell.node, cell.colspan, _height(cell, at, going_on)) for cell in begun]
        open_ = {cell.column for cell in row}


def _height(cell: _Cell, at: int, going_on: Sequence[set[int]]) -> int:
    end = at + 1
    while cell.node is not None and end < len(going_on) and cell.column in going_on[end]:
        end += 1
    return end - at


def _cells(row: Node) -> Iterator[_Cell]:
    """The cells of a row, each with its column; cells merged sideways in the old way are one."""
    settings = row.child("w:trPr")
    column = min(number(settings.value("w:gridBefore")), _WIDEST) if settings else 0
    if column:
        yield _Cell(None, 0, column, False)
    held: _Cell | None = None
    for node in _inside(row.children, "w:tc"):
        span = max(1, min(number(node.value("w:tcPr", "w:gridSpan"), 1), _WIDEST))
        if held and node.value("w:tcPr", "w:hMerge") != "restart" and node.child("w:tcPr", "w:hMerge"):
            held = held._replace(colspan=held.colspan + span)
        else:
            if held:
                yield held
            held = _Cell(node, column, span, _goes_on(node))
        column += span
    if held:
        yield held


def _goes_on(cell: Node) -> bool:
    return cell.child("w:tcPr", "w:vMerge") is not None and cell.value("w:tcPr", "w:vMerge") != "restart"


def _is_gone(row: Node) -> bool:
    """Whether the row was deleted with changes tracked."""
    return any(row.child("w:trPr", name) for name in _GONE)


def _inside(nodes: Sequence[Node], name: str) -> Iterator[Node]:
    """The rows or cells among `nodes`, also those inside content controls and inserted ones."""
    for node in nodes:
        if node.name == name:
            yield node
        elif node.name == "w:sdt":
            yield from _inside(content(node), name)
        elif node.name == "mc:AlternateContent":
            yield from _inside(chosen(node), name)
        elif node.name in _THROUGH:
            yield from _inside(node.children, name)
