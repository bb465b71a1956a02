"""Word files: a form written by python-docx, its spans as merged cells, in the ways that Word and WPS are seen to store it."""

from __future__ import annotations

import io
from collections.abc import Callable
from random import Random
from typing import TYPE_CHECKING

from docx import Document
from docx.oxml import OxmlElement
from docx.oxml.ns import qn

from tests.render.grid import Cell, Heading, Page, Table

if TYPE_CHECKING:
    from docx.document import Document as Word
    from docx.table import _Cell
    from docx.text.paragraph import Paragraph

Fill = Callable[["_Cell", Cell], None]


def plain(page: Page, _: Random) -> bytes:
    """Headings by style, paragraphs, tables with merged cells."""
    return written(page, _fill)


def torn_runs(page: Page, random: Random) -> bytes:
    """Every cell's text in several runs, some of them inserted with changes tracked, deleted figures between them."""

    def fill(cell: _Cell, one: Cell) -> None:
        paragraph = cell.paragraphs[0]
        for piece in _pieces(one.text, random):
            kind = random.random()
            if kind < 0.2:
                _deleted(paragraph, str(random.randint(1, 999)))
            _add(paragraph, piece, "w:ins" if kind < 0.4 else None)

    return written(page, fill)


def controlled(page: Page, _: Random) -> bytes:
    """Every cell's text inside a content control, after a field that has an instruction and a result."""

    def fill(cell: _Cell, one: Cell) -> None:
        paragraph = cell.paragraphs[0]
        control, inside = OxmlElement("w:sdt"), OxmlElement("w:sdtContent")
        control.append(inside)
        paragraph._p.append(control)
        run = paragraph.add_run()
        for kind in ("begin", "separate", "end"):
            mark = OxmlElement("w:fldChar")
            mark.set(qn("w:fldCharType"), kind)
            run._r.append(mark)
            if kind == "begin":
                code = OxmlElement("w:instrText")
                code.text = " FORMTEXT 88 "
                run._r.append(code)
            if kind == "separate":
                text = OxmlElement("w:t")
                text.text = one.text
                run._r.append(text)
        inside.append(run._r)

    return written(page, fill)


def written(page: Page, fill: Fill) -> bytes:
    """A page as the bytes of a DOCX; `fill` writes the text of a cell."""
    word = Document()
    word.add_heading(page.title, 0)
    for block in page.blocks:
        if isinstance(block, Table):
            _draw(word, block, fill)
        elif isinstance(block, Heading):
            word.add_heading(block.text, 1)
        else:
            word.add_paragraph(block)
    out = io.BytesIO()
    word.save(out)
    return out.getvalue()


def _draw(word: Word, table: Table, fill: Fill) -> None:
    drawn = word.add_table(table.height, table.width)
    drawn.style = "Table Grid"
    grid = [list(row.cells) for row in drawn.rows]
    for cell in table.cells:
        first = grid[cell.row][cell.column]
        if cell.rowspan > 1 or cell.colspan > 1:
            first = first.merge(grid[cell.row + cell.rowspan - 1][cell.column + cell.colspan - 1])
        fill(first, cell)


def _fill(cell: _Cell, one: Cell) -> None:
    cell.text = one.text


def _pieces(text: str, random: Random) -> list[str]:
    pieces, rest = [], text
    while rest:
        length = random.randint(1, 4)
        pieces.append(rest[:length])
        rest = rest[length:]
    return pieces


def _add(paragraph: Paragraph, text: str, around: str | None) -> None:
    run = paragraph.add_run(text)._r
    if around:
        wrapper = OxmlElement(around)
        run.addprevious(wrapper)
        wrapper.append(run)


def _deleted(paragraph: Paragraph, text: str) -> None:
    """Text that was deleted with changes tracked; some programs write it as `w:t`."""
    run = paragraph.add_run(text)._r
    wrapper = OxmlElement("w:del")
    run.addprevious(wrapper)
    wrapper.append(run)
