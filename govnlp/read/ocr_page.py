"""One picture of a page: its ruled tables cell by cell, and the lines around them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import islice

import numpy as np

from govnlp.read.ocr_cells import Inked, inked
from govnlp.read.ocr_engine import Bitmap, Found
from govnlp.read.ocr_lines import text_lines
from govnlp.read.ocr_reading import Asked, Said, read_lines
from govnlp.read.ocr_ruling import RuledCell, RuledTable, ruled_tables
from govnlp.read.ocr_sheet import Sheet, sheet_of
from govnlp.read.ocr_upright import grey_of
from govnlp.read.page import UNREAD, Line, Page, PageBlock, Table, TableCell
from govnlp.read.paged_columns import split
from govnlp.read.paged_order import in_order

_SEEN = 0.95  # of blanks and dashes, which nothing recognised
_NOISE, _BRIEF = 0.5, 3  # a line of few characters that are less sure is a seal or a stain
_LEGIBLE = 0.6  # a page that is less sure on the whole may lie on its side


def page_of(bitmap: Bitmap, number: int, dpi: float) -> Page:
    """What the picture of a page says; boxes are in points of the page as it was given, before it was made level.

    A page that lies on its side or on its head is turned first; its boxes are those of the page turned upright.
    """
    grey = grey_of(bitmap)
    read = [_page(grey, number, dpi)]
    for quarters in (1, 3, 2):
        if _is_upright(read[-1]):
            return read[-1]
        read.append(_page(np.ascontiguousarray(np.rot90(grey, quarters)), number, dpi))
    return max(read, key=_legible)


def _is_upright(page: Page) -> bool:
    legible = _legible(page)
    return legible >= _LEGIBLE or legible == 0


def _legible(page: Page) -> float:
    """How sure its texts are on the whole, single characters left out: 0 where there are none."""
    parts = [one for block in page.blocks for one in ((block,) if isinstance(block, Line) else block.cells)]
    told = [(len(one.text), one.confidence) for one in parts if len(one.text) > 1]
    return sum(long * sure for long, sure in told) / sum(long for long, _ in told) if told else 0.0


def _page(grey: Bitmap, number: int, dpi: float) -> Page:
    height, width = grey.shape
    sheet = sheet_of(grey, dpi)
    tables = ruled_tables(sheet)
    cells = [(table, cell, inked(sheet.ink, cell.inside, sheet.letter)) for table in tables for cell in table.cells]
    rows = text_lines(sheet, tables)
    jobs = [Asked(line, cell.inside) for _, cell, found in cells if not found.dash for line in found.lines]
    read = iter(read_lines(sheet, [*jobs, *(Asked(piece, sheet.whole) for row in rows for piece in row)]))
    said = [(table, _cell(sheet, cell, found, read)) for table, cell, found in cells]
    blocks: list[PageBlock] = [_table(sheet, one, [cell for table, cell in said if table is one]) for one in tables]
    lines = [[made for piece in row for made in _line(sheet, piece, _text([next(read)]))] for row in rows]
    blocks += split([row for row in lines if row])
    return Page(number, width * 72 / dpi, height * 72 / dpi, tuple(in_order(blocks, width * 72 / dpi)))


def _cell(sheet: Sheet, cell: RuledCell, found: Inked, read: Iterator[Said]) -> TableCell:
    """A cell with what its lines say. Ink of which nothing was read is `UNREAD`: it is no blank."""
    if found.dash:
        said = Said("—", _SEEN)
    elif found.lines:
        said = _text(list(islice(read, len(found.lines))))
    else:
        said = Said("", _SEEN)
    box = sheet.page.box(cell.inside, sheet.dpi)
    return TableCell(said.text, cell.row, cell.column, cell.rowspan, cell.colspan, box, said.sure)


def _text(read: Sequence[Said]) -> Said:
    texts = [one.text or UNREAD for one in read]
    return Said("".join(texts), min(one.sure for one in read))


def _table(sheet: Sheet, table: RuledTable, cells: Sequence[TableCell]) -> Table:
    return Table(tuple(cells), sheet.page.box(table.box, sheet.dpi))


def _line(sheet: Sheet, line: Found, said: Said) -> Iterator[Line]:
    if said.text == UNREAD or (said.sure < _NOISE and len(said.text) <= _BRIEF):
        return
    size = (line.bottom - line.top) / sheet.page.scale * 72 / sheet.dpi
    yield Line(said.text, sheet.page.box(line, sheet.dpi), size, said.sure)
