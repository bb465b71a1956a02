"""Pages as pictures: a form drawn on A4 at some resolution, clean or as a scanner gives it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cache
from io import BytesIO
from random import Random
from typing import NamedTuple

import numpy as np
from PIL import Image, ImageDraw, ImageFilter, ImageFont

from tests.render.grid import Cell, Heading, Page, Table, cut

CJK = "/usr/share/fonts/truetype/wqy/wqy-zenhei.ttc"
SERIF = "/usr/share/fonts/truetype/dejavu/DejaVuSerif.ttf"
WIDTH, HEIGHT, MARGIN = 595.0, 842.0, 50.0
_LEADING = 1.3
_PADDING = 3.0


class Look(NamedTuple):
    """How a page is drawn and scanned: dots an inch, degrees of rotation, grain (0 to 255), letters in points."""

    dpi: int = 150
    angle: float = 0.0
    grain: float = 0.0
    blur: float = 0.0
    size: float = 9.0
    figures: str = CJK
    ink: int = 0
    rules: int = 0
    paper: int = 255
    thickness: float = 0.7


CLEAN = Look()
SCANNED = Look(angle=0.7, grain=12.0, blur=0.5, ink=40, rules=60, paper=245)


class _Text(NamedTuple):
    left: float
    top: float
    text: str
    size: float
    font: str


class _Rule(NamedTuple):
    left: float
    top: float
    right: float
    bottom: float


class _Sheet:
    """One page that is being filled from top to bottom, in points."""

    def __init__(self) -> None:
        self.texts: list[_Text] = []
        self.rules: list[_Rule] = []
        self.at = MARGIN

    @property
    def room(self) -> float:
        return HEIGHT - MARGIN - self.at


def drawn(page: Page, look: Look = CLEAN, seed: int = 0) -> list[Image.Image]:
    """The pages of a report as grey pictures."""
    random = np.random.default_rng(seed)
    return [_scanned(_painted(sheet, look), look, random) for sheet in _sheets(page, look)]


def png(page: Page, look: Look = CLEAN, seed: int = 0) -> bytes:
    """The whole report as one tall picture, its pages one under the other."""
    sheets = drawn(page, look, seed)
    tall = Image.new("L", (sheets[0].width, sum(sheet.height for sheet in sheets)), look.paper)
    top = 0
    for sheet in sheets:
        tall.paste(sheet, (0, top))
        top += sheet.height
    return encoded([tall], "PNG", look)


def tiff(page: Page, look: Look = CLEAN, seed: int = 0) -> bytes:
    """The report as a TIFF of several pages."""
    return encoded(drawn(page, look, seed), "TIFF", look)


def encoded(sheets: Sequence[Image.Image], form: str, look: Look = CLEAN) -> bytes:
    """Pictures as the bytes of a file; only TIFF holds several."""
    out = BytesIO()
    more = {"save_all": True, "append_images": sheets[1:], "compression": "tiff_deflate"} if form == "TIFF" else {}
    sheets[0].save(out, form, dpi=(look.dpi, look.dpi), **more)
    return out.getvalue()


def _sheets(page: Page, look: Look) -> list[_Sheet]:
    sheets = [_Sheet()]
    _paragraph(sheets, page.title, look.size + 5)
    for block in page.blocks:
        if isinstance(block, Table):
            _table(sheets, block, look)
        elif isinstance(block, Heading):
            _paragraph(sheets, block.text, look.size + 3)
        else:
            _paragraph(sheets, f"    {block}", look.size + 2)
    return sheets


def _paragraph(sheets: list[_Sheet], text: str, size: float) -> None:
    for line in _wrapped(text, WIDTH - 2 * MARGIN, size, CJK):
        if sheets[-1].room < size * 2:
            sheets.append(_Sheet())
        sheets[-1].texts.append(_Text(MARGIN, sheets[-1].at, line, size, CJK))
        sheets[-1].at += size * 1.6
    sheets[-1].at += size * 0.4


def _table(sheets: list[_Sheet], table: Table, look: Look) -> None:
    """A ruled table; what does not fit is cut before a row and goes on on the next page."""
    widths = _widths(table)
    while True:
        heights = _heights(table, widths, look.size)
        fits = _fitting(heights, sheets[-1].room)
        if fits >= len(heights):
            break
        if fits:
            upper, table = cut(table, fits)
            _ruled(sheets[-1], upper, widths, heights[:fits], look)
        sheets.append(_Sheet())
    _ruled(sheets[-1], table, widths, heights, look)


def _fitting(heights: list[float], room: float) -> int:
    """How many rows fit; a page is filled to the last row that does."""
    total, fits = 0.0, 0
    for height in heights:
        total += height
        if total > room:
            break
        fits += 1
    return fits


def _widths(table: Table) -> list[float]:
    """Columns of figures alike, columns of labels by the length of their labels."""
    weights = [max(map(_weight, _in_column(table, column)), default=2.2) for column in range(table.width)]
    scale = (WIDTH - 2 * MARGIN) / sum(weights)
    return [weight * scale for weight in weights]


def _in_column(table: Table, column: int) -> Iterator[Cell]:
    return (cell for cell in table.cells if cell.column == column and cell.colspan == 1 and cell.text)


def _weight(cell: Cell) -> float:
    if cell.role == "group" and cell.rowspan > 2:
        return 2.2
    return 3.4 if cell.role in ("figure", "header", "unit") else min(8.0, max(3.4, len(cell.text) * 0.7))


def _heights(table: Table, widths: list[float], size: float) -> list[float]:
    heights = [size * _LEADING + 2 * _PADDING] * table.height
    for cell in sorted(table.cells, key=lambda one: one.rowspan):
        room = sum(widths[cell.column : cell.column + cell.colspan]) - 2 * _PADDING
        lines = 1 if cell.role == "figure" else len(_wrapped(cell.text, room, size, CJK))
        wanted = lines * size * _LEADING + 2 * _PADDING
        last = cell.row + cell.rowspan - 1
        heights[last] += max(0.0, wanted - sum(heights[cell.row : last + 1]))
    return heights


def _ruled(sheet: _Sheet, table: Table, widths: list[float], heights: list[float], look: Look) -> None:
    lefts = [MARGIN + sum(widths[:at]) for at in range(len(widths) + 1)]
    tops = [sheet.at + sum(heights[:at]) for at in range(len(heights) + 1)]
    for cell in table.cells:
        left, right = lefts[cell.column], lefts[min(cell.column + cell.colspan, len(widths))]
        top, bottom = tops[cell.row], tops[min(cell.row + cell.rowspan, len(heights))]
        sheet.rules += [_Rule(left, top, right, top), _Rule(left, bottom, right, bottom)]
        sheet.rules += [_Rule(left, top, left, bottom), _Rule(right, top, right, bottom)]
        sheet.texts += _in_cell(cell, (left, top, right, bottom), look)
    sheet.at = tops[-1] + look.size


def _in_cell(cell: Cell, box: tuple[float, float, float, float], look: Look) -> Iterator[_Text]:
    left, top, right, bottom = box
    inner = right - left - 2 * _PADDING
    font, size = CJK, look.size
    lines = _wrapped(cell.text, inner, size, font)
    if cell.role == "figure" and cell.text:  # on one line, in smaller letters where it is too long
        font, lines = look.figures, [cell.text]
        size = min(size, size * inner / _length(cell.text, size, font))
    at = top + (bottom - top - len(lines) * size * _LEADING) / 2
    for line in lines:
        room = right - left - _length(line, size, font)
        yield _Text(left + (room / 2 if cell.role != "label" else _PADDING), at, line, size, font)
        at += size * _LEADING


def _wrapped(text: str, room: float, size: float, font: str) -> list[str]:
    lines: list[str] = []
    for piece in text.split("\n"):
        line = ""
        for char in piece:
            if line and _length(line + char, size, font) > room:
                lines.append(line)
                line = ""
            line += char
        lines.append(line)
    return lines if text else []


@cache
def _font(name: str, size: float) -> ImageFont.FreeTypeFont:
    return ImageFont.truetype(name, size)


@cache
def _length(text: str, size: float, font: str) -> float:
    return float(_font(font, 100).getlength(text)) * size / 100


def _painted(sheet: _Sheet, look: Look) -> Image.Image:
    scale = look.dpi / 72
    image = Image.new("L", (round(WIDTH * scale), round(HEIGHT * scale)), look.paper)
    draw = ImageDraw.Draw(image)
    thick = max(1, round(look.thickness * scale))
    for rule in dict.fromkeys(sheet.rules):
        draw.line([round(one * scale) for one in rule], fill=look.rules, width=thick)
    for one in sheet.texts:
        draw.text((one.left * scale, one.top * scale), one.text, fill=look.ink, font=_font(one.font, one.size * scale))
    return image


def _scanned(image: Image.Image, look: Look, random: np.random.Generator) -> Image.Image:
    if look.angle:
        image = image.rotate(look.angle, Image.Resampling.BICUBIC, fillcolor=look.paper)
    if look.blur:
        image = image.filter(ImageFilter.GaussianBlur(look.blur * look.dpi / 150))
    if not look.grain:
        return image
    noisy = np.asarray(image, dtype=np.float32) + random.normal(0, look.grain, (image.height, image.width))
    return Image.fromarray(noisy.clip(0, 255).astype(np.uint8))


def look_of(random: Random, dpi: int) -> Look:
    """A scan such as an office's copier makes: a little turned, with grain, grey ink on grey paper."""
    return Look(
        dpi=dpi,
        angle=random.uniform(-1.5, 1.5),
        grain=random.uniform(2, 14),
        blur=random.uniform(0, 0.7),
        ink=random.randint(0, 70),
        rules=random.randint(0, 110),
        paper=random.randint(232, 255),
        size=random.choice((8.5, 9.0, 10.5)),
        figures=random.choice((CJK, SERIF)),
    )


def poor_look(random: Random, dpi: int) -> Look:
    """A copy of a copy: pale, blurred, with much grain."""
    return look_of(random, dpi)._replace(
        grain=random.uniform(12, 26),
        blur=random.uniform(0.7, 1.3),
        ink=random.randint(60, 120),
        rules=random.randint(80, 140),
    )
