"""Pages as PDF, drawn with reportlab as Word, WPS and browsers have been seen to draw them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cache
from io import BytesIO
from pathlib import Path
from random import Random
from typing import NamedTuple, TypeAlias

from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen.canvas import Canvas

from tests.render.grid import Cell, Heading, Page, Table

FONT_FILE = Path("/usr/share/fonts/truetype/wqy/wqy-zenhei.ttc")
_FONT = "zenhei"
_WIDTHS = {
    "article20": (120, 110, 110, 110),
    "matrix": (34, 52, 112, 36, 36, 36, 36, 36, 36, 36),
    "remedies": (30,) * 15,
    "stat": (330, 50, 70),
}
_LEFT, _TOP = 72.0, 72.0
_CELL, _BODY, _HEAD, _TITLE = 9.0, 12.0, 14.0, 18.0
_PADDING = 3.0


class Style(NamedTuple):
    """How a page is drawn.

    `room` is the height of a page in points. `ruled`: tables have rules (`thin_boxes`: as filled boxes). `repeat`: the
    head of a table stands again on its next page. `torn`: a row of several lines may be cut by the end of a page.
    `single`: every character is drawn alone; `shuffled`: in any order; `doubled`: twice, to look bold; `spaced`: with
    spaces between hanzi. `turned`: the page is stored sideways. `top`: cells are set at the top of their rows.
    `number` and `head` stand on every page. `packed`: what is drawn is compressed.
    """

    room: float = 842.0
    ruled: bool = True
    thin_boxes: bool = False
    repeat: bool = False
    torn: bool = False
    single: bool = False
    shuffled: bool = False
    doubled: bool = False
    spaced: bool = False
    turned: bool = False
    top: bool = False
    watermark: str = ""
    number: str = "- {} -"
    head: str = ""
    packed: bool = True


class _Words(NamedTuple):
    """Text at the left end of its base line, y downwards."""

    x: float
    y: float
    text: str
    size: float


class _Rule(NamedTuple):
    """A rule from one point to another."""

    x0: float
    y0: float
    x1: float
    y1: float


_Mark: TypeAlias = "_Words | _Rule"


def drawn(page: Page, style: Style = Style(), seed: int = 0) -> bytes:  # noqa: B008 - immutable
    """The page as the bytes of a PDF."""
    layout = _Layout(style)
    layout.text(page.title, _TITLE, centred=True)
    for block in page.blocks:
        if isinstance(block, Table):
            layout.table(block)
        elif isinstance(block, Heading):
            layout.text(block.text, _HEAD)
        elif block:
            layout.text(block, _BODY)
    return written(layout.pages, style, Random(seed))


def written(pages: Sequence[Sequence[_Mark]], style: Style, random: Random) -> bytes:
    """Marks of pages as the bytes of a PDF."""
    data = BytesIO()
    canvas = Canvas(data, pagesize=(595.0, style.room), invariant=1, pageCompression=int(style.packed))
    for number, marks in enumerate(pages, 1):
        if style.turned:
            canvas.setPageRotation(90)
            canvas.translate(style.room, 0)
            canvas.rotate(90)
        _draw(canvas, [*marks, *_furniture(style, number)], style, random)
        canvas.showPage()
    canvas.save()
    return data.getvalue()


@cache
def font() -> str:
    """The name by which reportlab knows the font of the pages."""
    pdfmetrics.registerFont(TTFont(_FONT, str(FONT_FILE), subfontIndex=0))
    return _FONT


def _furniture(style: Style, number: int) -> Iterator[_Mark]:
    if style.number:
        text = style.number.format(number)
        yield _Words((595 - _length(text, _CELL)) / 2, style.room - 30, text, _CELL)
    if style.head:
        yield _Words(_LEFT, 40, style.head, _CELL)


def _draw(canvas: Canvas, marks: list[_Mark], style: Style, random: Random) -> None:
    if style.watermark:
        canvas.saveState()
        canvas.translate(300, style.room / 2)
        canvas.rotate(45)
        canvas.setFont(font(), 60)
        canvas.drawString(-150, 0, style.watermark)
        canvas.restoreState()
    pieces = [piece for mark in marks for piece in (_pieces(mark, style) if isinstance(mark, _Words) else [mark])]
    if style.shuffled:
        random.shuffle(pieces)
    for mark in pieces:
        if isinstance(mark, _Words):
            canvas.setFont(font(), mark.size)
            for shift in (0.0, 0.3) if style.doubled else (0.0,):
                canvas.drawString(mark.x + shift, style.room - mark.y, mark.text)
        elif style.thin_boxes:
            width, height = max(mark.x1 - mark.x0, 0.5), max(mark.y1 - mark.y0, 0.5)
            canvas.rect(mark.x0, style.room - mark.y0 - height, width, height, stroke=0, fill=1)
        else:
            canvas.line(mark.x0, style.room - mark.y0, mark.x1, style.room - mark.y1)


def _pieces(words: _Words, style: Style) -> Iterator[_Words]:
    """Words as one string, or as their characters one by one."""
    if not (style.single or style.spaced):
        yield words
        return
    x = words.x
    for char in words.text:
        yield words._replace(x=x, text=f"{char} " if style.spaced and char > "\u2e80" else char)
        x += _length(char, words.size)


def _length(text: str, size: float) -> float:
    return float(pdfmetrics.stringWidth(text, font(), size))


def _wrapped(text: str, width: float, size: float) -> list[str]:
    """A text in lines no wider than `width`; a figure is never broken."""
    lines = [""]
    for token in _tokens(text):
        if token == "\n" or (lines[-1] and _length(lines[-1] + token, size) > width):
            lines.append("")
        lines[-1] += token.strip("\n")
    return lines


def _tokens(text: str) -> Iterator[str]:
    token = ""
    for char in text:
        if token and not (char.isascii() and char.isalnum() and token[-1].isascii() and token[-1].isalnum()):
            yield token
            token = ""
        token += char
    yield token


class _Layout:
    """Sets blocks one below the other over pages."""

    def __init__(self, style: Style) -> None:
        self.style = style
        self.pages: list[list[_Mark]] = [[]]
        self.y = _TOP

    @property
    def left_over(self) -> float:
        return self.style.room - _TOP - self.y

    def turn(self) -> None:
        self.pages.append([])
        self.y = _TOP

    def text(self, text: str, size: float, *, centred: bool = False) -> None:
        """A paragraph, indented by two characters, or a centred title."""
        room = 595 - 2 * _LEFT
        indent = 0.0 if centred else 2 * size
        for at, line in enumerate(_wrapped("\u3000\u3000" * (not centred) + text, room, size)):
            if self.left_over < size * 1.8:
                self.turn()
            line = line.strip("\u3000")
            x = (595 - _length(line, size)) / 2 if centred else _LEFT + (indent if at == 0 else 0)
            self.pages[-1].append(_Words(x, self.y + size, line, size))
            self.y += size * 1.8

    def table(self, table: Table) -> None:
        """A table, its rows over as many pages as it needs."""
        _Rows(self, table).draw()


class _Rows:
    """The rows of a table; on each page the cells that stand there are closed, as Word closes them."""

    def __init__(self, layout: _Layout, table: Table) -> None:
        self.layout, self.style = layout, layout.style
        self.all = {id(cell): cell for cell in table.cells}
        self.head = table.header
        widths = _WIDTHS[table.name]
        self.edges = [_LEFT + sum(widths[:at]) for at in range(len(widths) + 1)]
        self.table = table
        self.heights = self._heights()
        self.left: dict[int, list[str]] = {key: self._lines(cell) for key, cell in self.all.items()}

    def _lines(self, cell: Cell) -> list[str]:
        width = self.edges[cell.column + cell.colspan] - self.edges[cell.column] - 2 * _PADDING
        return _wrapped(cell.text, width, _CELL)

    def _heights(self) -> list[float]:
        heights = [0.0] * self.table.height
        for cell in sorted(self.table.cells, key=lambda one: one.rowspan):
            rows = range(cell.row, cell.row + cell.rowspan)
            needed = len(self._lines(cell)) * _CELL * 1.35 + 2 * _PADDING
            heights[rows[-1]] += max(0.0, needed - sum(heights[row] for row in rows))
        return heights

    def draw(self) -> None:
        row = 0
        while row < self.table.height:
            fitting = self._fitting(row)
            if not fitting and self.layout.y > _TOP + sum(self.heights[: self.head]) * (row > 0):
                self._turn(row)
                continue
            end = row + max(1, fitting)
            self._part(row, end, self._sliver(end))
            row = end
            if row < self.table.height:
                self._turn(row)
        self.layout.y += 12

    def _turn(self, row: int) -> None:
        """A new page; above a row that is not the first the head stands again."""
        self.layout.turn()
        if self.style.repeat and row >= self.head > 0:
            _Rows(self.layout, self.table)._part(0, self.head, 0.0)

    def _fitting(self, row: int) -> int:
        """How many rows from this one on fit on the page; the head is not parted from the rows below it."""
        room, count = self.layout.left_over, 0
        while row + count < self.table.height and self.heights[row + count] <= room:
            room -= self.heights[row + count]
            count += 1
        return 0 if row == 0 and count <= self.head else count

    def _sliver(self, end: int) -> float:
        """The height of the first line of the row behind a part, where it may be torn off and has room on the page."""
        if end == self.table.height:
            return 0.0
        tall = [cell for cell in self.table.row(end) if len(self.left[id(cell)]) > 1 and cell.rowspan == 1]
        return _CELL * 1.35 + 2 * _PADDING if self.style.torn and tall else 0.0

    def _part(self, start: int, end: int, sliver: float) -> None:
        """The rows of one page, and of the row behind them a sliver of some height."""
        tops = [self.layout.y + sum(self.heights[start:row]) for row in range(start, end + 1)]
        if sliver and tops[-1] + sliver <= self.style.room - _TOP:
            tops.append(tops[-1] + sliver)
            self.heights[end] = max(self.heights[end] - sliver + 2 * _PADDING, sliver)
            end += 1
        else:
            sliver = 0.0
        for cell in self.table.cells:
            first, last = max(cell.row, start), min(cell.row + cell.rowspan, end)
            if first < last:
                whole = cell.row + cell.rowspan <= end and not (sliver and cell.row + cell.rowspan == end)
                top, bottom = tops[first - start], tops[last - start]
                most = int((bottom - top - _PADDING) / (_CELL * 1.35))
                self._cell(cell, top, bottom, len(self.left[id(cell)]) if whole else most)
        self.layout.y = tops[-1]

    def _cell(self, cell: Cell, top: float, bottom: float, most: int) -> None:
        """The part of a cell on this page: as many of its lines as fit, and its rules."""
        left, right = self.edges[cell.column], self.edges[cell.column + cell.colspan]
        lines = self.left[id(cell)][:most]
        self.left[id(cell)] = self.left[id(cell)][most:]
        height = len(lines) * _CELL * 1.35
        y = top + _PADDING if self.style.top else (top + bottom - height) / 2
        marks = self.layout.pages[-1]
        for line in lines:
            y += _CELL * 1.35
            is_figure = cell.role in ("figure", "header", "unit")
            x = (left + right - _length(line, _CELL)) / 2 if is_figure else left + _PADDING
            if line:
                marks.append(_Words(x, y - _CELL * 0.3, line, _CELL))
        if self.style.ruled:
            sides = ((left, top, right, top), (left, bottom, right, bottom))
            marks.extend(_Rule(*side) for side in (*sides, (left, top, left, bottom), (right, top, right, bottom)))
