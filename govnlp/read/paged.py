"""Pages of lines and tables to a document: what a PDF and a recognised picture have in common.

The printed text is written here, one line a paragraph or cell, and is its own source; `Document.laid` leads from each
part of it to its page and box.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from govnlp.read.page import Line, Page
from govnlp.read.paged_furniture import without_furniture
from govnlp.read.paged_paragraphs import passages, setting
from govnlp.read.paged_pieces import Part, Passage, Piece, PlacedLine, Sheet, around, glue
from govnlp.read.paged_stitch import sheet, stitched
from govnlp.schema.document import Block, Cell, Document, Grid, Laid, Paragraph, Place
from govnlp.schema.report import Issue
from govnlp.schema.text import Span, Text

_REPORT = re.compile("报告|年报")


def document(pages: Sequence[Page], form: str, issues: Sequence[Issue] = ()) -> Document:
    """The document that pages in order make; `form` is its format (`pdf`, `png`).

    Page numbers and running heads are gone, paragraphs and tables are whole over page breaks. `laid` has an entry for
    each printed line and each piece of a cell.

    >>> lines = Line("一、总体情况", (90, 60, 162, 72), 12), Line("无。", (114, 80, 138, 92), 12)
    >>> made = document([Page(1, 595, 842, lines)], "pdf")
    >>> made.printed.value, made.laid[1].place.box
    ('一、总体情况\\n无。\\n', (114, 80, 138, 92))
    """
    writer = _Writer()
    for part in _parts(without_furniture(pages)):
        writer.write(part)
    text = Text("".join(writer.texts))
    return Document(
        source=text.value,
        printed=text,
        text=text,
        blocks=tuple(writer.blocks),
        format=form,
        title=_title(writer.blocks, text),
        issues=tuple(issues),
        laid=tuple(writer.laid),
    )


def _title(blocks: Sequence[Block], text: Text) -> str | None:
    """The heading of a report that is set in the largest letters."""
    headings = (text.cut(one.span) for one in blocks if isinstance(one, Paragraph) and one.level == 1)
    return next((one for one in headings if _REPORT.search(one)), None)


def _parts(pages: Sequence[Page]) -> Iterator[Part]:
    """Paragraphs and tables in order; a table goes on where the next page begins with its other part."""
    used = setting(
        [PlacedLine(page.number, page.width, one) for page in pages for one in page.blocks if isinstance(one, Line)]
    )
    lines: list[PlacedLine] = []
    held: Sheet | None = None
    for page in pages:
        for at, block in enumerate(page.blocks):
            if isinstance(block, Line):
                if held:
                    yield held
                held = None
                lines.append(PlacedLine(page.number, page.width, block))
                continue
            yield from passages(lines, used)
            lines = []
            one = sheet(block, page.number)
            whole = stitched(held, one) if held and at == 0 else None
            if held and not whole:
                yield held
            held = whole or one
    if held:
        yield held
    yield from passages(lines, used)


class _Writer:
    """Writes parts one after the other and notes where each piece stands."""

    def __init__(self) -> None:
        self.texts: list[str] = []
        self.blocks: list[Block] = []
        self.laid: list[Laid] = []
        self._at = 0

    def write(self, part: Part) -> None:
        """Add a paragraph or a table."""
        self.blocks.append(self._paragraph(part) if isinstance(part, Passage) else self._grid(part))

    def _paragraph(self, part: Passage) -> Paragraph:
        first = part.pieces[0].place.page
        boxes = [piece.place.box for piece in part.pieces if piece.place.page == first and piece.place.box]
        return Paragraph(self._pieces(part.pieces), part.level, place=Place(first, around(boxes)))

    def _grid(self, part: Sheet) -> Grid:
        start = self._at
        cells = tuple(
            Cell(self._pieces(cell.pieces), cell.row, cell.column, cell.rowspan, cell.colspan, cell.pieces[0].place)
            for cell in part.cells
        )
        return Grid(Span(start, max(start, self._at - 1)), cells, part.place)

    def _pieces(self, pieces: Sequence[Piece]) -> Span:
        """Print pieces on one line; the span of what they say together."""
        start, before = self._at, ""
        for piece in pieces:
            self._put(glue(before, piece.text))
            self.laid.append(Laid(Span(self._at, self._at + len(piece.text)), piece.place, piece.confidence))
            self._put(piece.text)
            before = piece.text
        end = self._at
        self._put("\n")
        return Span(start, end)

    def _put(self, text: str) -> None:
        self.texts.append(text)
        self._at += len(text)
