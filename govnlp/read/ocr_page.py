"""One picture of a page: its ruled tables cell by cell, and the lines around them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import islice
from typing import NamedTuple

import numpy as np

from govnlp.read.ocr_cells import Inked, abreast, inked
from govnlp.read.ocr_engine import Bitmap, Found
from govnlp.read.ocr_ink import marks
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
_LEGIBLE = 0.6  # how sure a text is that can be read, and what share of a page that does not lie on its side
_FEWEST_MARKS = 10  # of a page that is not blank
_HANZI = re.compile("[\u3400-\u9fff]{2}")


def page_of(bitmap: Bitmap, number: int, dpi: float) -> Page:
    """What the picture of a page says; boxes are in points of the page as it was given, before it was made level.

    A page that lies on its side or on its head is turned first; its boxes are those of the page turned upright.
    """
    grey = grey_of(bitmap)
    sheet = sheet_of(grey, dpi)
    read = [_page(sheet, number)]
    if _legible(read[0]).share < _LEGIBLE and len(marks(sheet.ink, sheet.letter)) >= _FEWEST_MARKS:
        turned = (np.ascontiguousarray(np.rot90(grey, quarters)) for quarters in (1, 3, 2))
        read += [_page(sheet_of(one, dpi), number) for one in turned]
    return max(read, key=lambda page: _legible(page).characters)


class _Legible(NamedTuple):
    """How many characters are read surely, and what share of all they are in texts that have hanzi."""

    characters: float
    share: float


def _legible(page: Page) -> _Legible:
    parts = [one for block in page.blocks for one in ((block,) if isinstance(block, Line) else block.cells)]
    told = [one for one in parts if len(one.text) > 1]
    sure = [one for one in told if one.confidence >= _LEGIBLE]
    hanzi = sum(len(one.text) for one in sure if _HANZI.search(one.text))
    return _Legible(
        sum(len(one.text) * one.confidence for one in sure), hanzi / max(1, sum(len(one.text) for one in told))
    )


def _page(sheet: Sheet, number: int) -> Page:
    tables = ruled_tables(sheet)
    cells = [(table, cell, inked(sheet.ink, cell.inside, sheet.letter)) for table in tables for cell in table.cells]
    rows = text_lines(sheet, tables)
    jobs = [Asked(line, cell.inside) for _, cell, found in cells if not found.dash for line in found.lines]
    read = iter(read_lines(sheet, [*jobs, *(Asked(piece, sheet.whole) for row in rows for piece in row)]))
    said = [(table, _cell(sheet, cell, found, read)) for table, cell, found in cells]
    blocks: list[PageBlock] = [_table(sheet, one, [cell for table, cell in said if table is one]) for one in tables]
    lines = [[made for piece in row for made in _line(sheet, piece, next(read))] for row in rows]
    blocks += split([row for row in lines if row])
    return Page(number, sheet.width, sheet.height, tuple(in_order(blocks, sheet.width)))


def _cell(sheet: Sheet, cell: RuledCell, found: Inked, read: Iterator[Said]) -> TableCell:
    """A cell with what its lines say. Ink of which nothing was read is `UNREAD`: it is no blank."""
    if found.dash:
        said = Said("—", _SEEN)
    elif found.lines:
        said = _text(list(islice(read, len(found.lines))), found.lines)
    else:
        said = Said("", _SEEN)
    box = sheet.page.box(cell.inside, sheet.dpi)
    return TableCell(said.text, cell.row, cell.column, cell.rowspan, cell.colspan, box, said.sure)


def _text(read: Sequence[Said], lines: Sequence[Found]) -> Said:
    """Lines one after the other. A figure far behind another text on its line is that of a cell whose rule was not seen:
    between them stands `UNREAD`.
    """
    text = ""
    for at, (one, line) in enumerate(zip(read, lines, strict=True)):
        if at and abreast(lines[at - 1], line) and any(map(str.isdigit, one.text)):
            text += UNREAD
        text += one.text or UNREAD
    return Said(text, min(one.sure for one in read))


def _table(sheet: Sheet, table: RuledTable, cells: Sequence[TableCell]) -> Table:
    return Table(tuple(cells), sheet.page.box(table.box, sheet.dpi))


def _line(sheet: Sheet, line: Found, said: Said) -> Iterator[Line]:
    """A line outside of tables; what nothing was read of, or hardly, is a seal or a picture."""
    if said.text and (said.sure >= _NOISE or len(said.text) > _BRIEF):
        size = (line.bottom - line.top) / sheet.page.scale * 72 / sheet.dpi
        yield Line(said.text, sheet.page.box(line, sheet.dpi), size, said.sure)
