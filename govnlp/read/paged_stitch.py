"""Tables over page breaks (跨页): the parts with the same columns as one table, a repeated head and torn rows mended."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from govnlp.read.page import Table
from govnlp.read.paged_pieces import Piece, Sheet, SheetCell, is_label
from govnlp.schema.document import Box, Place

_NEAR = 6.0  # points by which the same edge may lie apart on two pages
_MOST_HEAD_ROWS = 5
_MOST_CELLS = 4_000
_NUMBER = re.compile(r"[-+]?[\d０-９][\d０-９,，.．\s]*[%％]?|[-－—–/\\无]{1,3}")
_NUMBERING = re.compile(r"(?:[(（]?[一二三四五六七八九十\d]{1,3}[)）、.．]|其中)")
_SPACE = re.compile(r"\s+")


def sheet(table: Table, page: int) -> Sheet:
    """A table of one page."""
    cells = tuple(
        SheetCell(
            (Piece(cell.text, Place(page, cell.box), cell.confidence),),
            cell.row,
            cell.column,
            cell.rowspan,
            cell.colspan,
        )
        for cell in table.cells
    )
    return Sheet(cells, _edges(cells), Place(page, table.box))


def _edges(cells: Sequence[SheetCell]) -> tuple[float, ...]:
    """The edges of the columns from left to right, one more than there are columns."""
    width = max((cell.column + cell.colspan for cell in cells), default=0)
    found: list[float | None] = [None] * (width + 1)
    for cell in cells:
        left, _, right, _ = _box(cell)
        found[cell.column] = min(left, found[cell.column] or left)
        found[cell.column + cell.colspan] = max(right, found[cell.column + cell.colspan] or right)
    return tuple(_filled(found))


def _filled(edges: Sequence[float | None]) -> list[float]:
    """Edges at which no cell begins or ends stand just behind the one before."""
    last = next((edge for edge in edges if edge is not None), 0.0)
    whole: list[float] = []
    for edge in edges:
        last = max(last, edge) if edge is not None else last
        whole.append(last)
    return whole


def _box(cell: SheetCell) -> Box:
    return cell.pieces[0].place.box or (0.0, 0.0, 0.0, 0.0)


def stitched(upper: Sheet, lower: Sheet) -> Sheet | None:
    """Both parts as one table, or None where their columns differ, or the upper part is longer than any form."""
    edges = _common(upper.edges, lower.edges)
    if edges is None or len(upper.cells) > _MOST_CELLS:
        return None
    above = _rows(_on_edges(upper, edges))
    below = _without_head(above, _rows(_on_edges(lower, edges)))
    cells = _joined(_trimmed_end(above), _trimmed_start(below)) if below else above
    return Sheet(tuple(sorted(cells, key=lambda cell: (cell.row, cell.column))), edges, upper.place)


def _common(one: Sequence[float], two: Sequence[float]) -> tuple[float, ...] | None:
    """The edges of both parts, where the outer ones are the same and each of the one with fewer is one of the other's."""
    fewer, more = sorted((one, two), key=len)
    if len(fewer) < 2 or abs(one[0] - two[0]) > _NEAR or abs(one[-1] - two[-1]) > _NEAR:
        return None
    if any(min(abs(edge - other) for other in more) > _NEAR for edge in fewer):
        return None
    return tuple(more)


def _on_edges(part: Sheet, edges: Sequence[float]) -> list[SheetCell]:
    """The cells of a part in the columns that `edges` bound."""
    at = [min(range(len(edges)), key=lambda number: abs(edges[number] - edge)) for edge in part.edges]
    return [
        cell._replace(column=at[cell.column], colspan=max(1, at[cell.column + cell.colspan] - at[cell.column]))
        for cell in part.cells
    ]


def _rows(cells: Sequence[SheetCell]) -> list[SheetCell]:
    return sorted(cells, key=lambda cell: (cell.row, cell.column))


def _height(cells: Sequence[SheetCell]) -> int:
    return max((cell.row + cell.rowspan for cell in cells), default=0)


def _without_head(above: Sequence[SheetCell], below: list[SheetCell]) -> list[SheetCell]:
    """The lower part without the rows of headings that it repeats from the top of the upper one."""
    most = min(_MOST_HEAD_ROWS, _height(above), _height(below))
    for rows in range(most, 0, -1):
        if _is_head(above, rows) and _outline(above, rows) == _outline(below, rows):
            kept = [cell for cell in below if cell.row >= rows]
            return [cell._replace(row=cell.row - rows) for cell in kept]
    return below


def _is_head(cells: Sequence[SheetCell], rows: int) -> bool:
    """Whether the first rows hold labels alone, and no cell reaches out of them."""
    first = [cell for cell in cells if cell.row < rows]
    texts = [cell.text for cell in first if cell.text]
    ends = all(cell.row + cell.rowspan <= rows for cell in first)
    return ends and len(texts) > 0 and not any(_NUMBER.fullmatch(text) for text in texts)


def _outline(cells: Sequence[SheetCell], rows: int) -> list[tuple[int, int, str]]:
    return [(cell.row, cell.column, _SPACE.sub("", cell.text)) for cell in cells if cell.row < rows]


def _trimmed_end(cells: list[SheetCell]) -> list[SheetCell]:
    """Without a last row that is empty: the sliver of a row that the break cut."""
    last = _height(cells) - 1
    row = [cell for cell in cells if cell.row + cell.rowspan > last]
    if last < 1 or any(cell.text and cell.rowspan == 1 for cell in row):
        return cells
    shorter = [cell._replace(rowspan=cell.rowspan - 1) if cell in row else cell for cell in cells]
    return [cell for cell in shorter if cell.rowspan]


def _trimmed_start(cells: list[SheetCell]) -> list[SheetCell]:
    """Without a first row that is empty."""
    row = [cell for cell in cells if cell.row == 0]
    if _height(cells) < 2 or any(cell.text and cell.rowspan == 1 for cell in row):
        return cells
    shorter = [
        cell._replace(rowspan=cell.rowspan - 1) if cell.row == 0 else cell._replace(row=cell.row - 1) for cell in cells
    ]
    return [cell for cell in shorter if cell.rowspan]


@dataclass(frozen=True, slots=True)
class _Seam:
    """The cells on both sides of a break that stand in the same columns; `torn` tells that one row was cut in two."""

    pairs: tuple[tuple[SheetCell, SheetCell], ...]
    torn: bool


def _joined(above: list[SheetCell], below: list[SheetCell]) -> list[SheetCell]:
    """Both parts one below the other, cells and a row that the break cut made whole."""
    height = _height(above)
    seam = _seam(above, below)
    shift = height - 1 if seam.torn else height
    merged = {
        upper: _merged(upper, lower, seam.torn)
        for upper, lower in seam.pairs
        if seam.torn or _is_one_cell(upper, lower, below)
    }
    gone = {lower for upper, lower in seam.pairs if upper in merged}
    return [merged.get(cell, cell) for cell in above] + [
        cell._replace(row=cell.row + shift) for cell in below if cell not in gone
    ]


def _merged(upper: SheetCell, lower: SheetCell, torn: bool) -> SheetCell:
    pieces = tuple(piece for piece in (*upper.pieces, *lower.pieces) if piece.text) or upper.pieces
    return upper._replace(pieces=pieces, rowspan=upper.rowspan + lower.rowspan - torn)


def _seam(above: Sequence[SheetCell], below: Sequence[SheetCell]) -> _Seam:
    height = _height(above)
    ends = {(cell.column, cell.colspan): cell for cell in above if cell.row + cell.rowspan == height}
    pairs = tuple(
        (ends[cell.column, cell.colspan], cell)
        for cell in below
        if cell.row == 0 and (cell.column, cell.colspan) in ends
    )
    whole = len(pairs) == len(ends) == sum(cell.row == 0 for cell in below)
    return _Seam(pairs, whole and _is_torn([pair for pair in pairs if pair[0].rowspan == pair[1].rowspan == 1]))


def _is_torn(pairs: Sequence[tuple[SheetCell, SheetCell]]) -> bool:
    """Whether two half rows are one: only one half has figures, and together their labels are whole."""
    if not any(lower.text for _, lower in pairs) or not any(upper.text for upper, _ in pairs):
        return False
    above, below = ([bool(_NUMBER.fullmatch(cell.text)) for cell in half] for half in zip(*pairs, strict=True))
    both = [(upper.text, lower.text) for upper, lower in pairs if upper.text and lower.text]
    if (any(above) and any(below)) or len(both) > 1:
        return False
    if not both:
        return any(below) or (any(above) and not any(_begins(lower.text) for _, lower in pairs))
    upper, lower = both[0]
    if not (_is_words(upper) and _is_words(lower)):
        return False
    if is_label(upper + lower):
        return not (is_label(upper) and is_label(lower))
    return any(above) and not _begins(lower)


def _begins(text: str) -> bool:
    """Whether a text is the label of a row of its own."""
    return bool(_NUMBERING.match(text)) or is_label(text)


def _is_words(text: str) -> bool:
    return bool(text) and not _NUMBER.fullmatch(text)


def _is_one_cell(upper: SheetCell, lower: SheetCell, below: Sequence[SheetCell]) -> bool:
    """Whether a group (（四）无 | 法提供) goes on below the break."""
    if not _is_words(upper.text) or (lower.text and not _is_words(lower.text)):
        return False
    beside = [cell for cell in below if cell.row == 0 and cell.column > lower.column and _is_words(cell.text)]
    if not lower.text:
        return bool(beside)
    if max(upper.rowspan, lower.rowspan) == 1:
        return False
    if is_label(upper.text + lower.text):
        return not (is_label(upper.text) and is_label(lower.text))
    if _begins(lower.text):
        return False
    return bool(_NUMBERING.match(upper.text))
