"""Pages of a PDF that are pictures of text (扫描件), whole or in part, given to the recogniser."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from threading import Lock
from typing import TYPE_CHECKING, TypeAlias

from govnlp.errors import MissingExtraError
from govnlp.read.page import Line, Page, PageBlock, Table
from govnlp.read.paged_order import in_order
from govnlp.read.pdf_page import Reading
from govnlp.schema.document import Box

if TYPE_CHECKING:
    import numpy as np
    import pypdfium2 as pdfium
    from numpy.typing import NDArray

ReadBitmap: TypeAlias = "Callable[[NDArray[np.uint8], int, float], Page]"
"""A picture (height, width, 3 colours), the number of its page and its dots an inch, to what it shows."""

_DPI = 200.0
_LEAST_DPI = 60.0
_FEW_GLYPHS = 20  # of a page number or a stamp over a scanned page
_MOST_LOST = 0.1
_FEWEST_LOST = 6
_MOST_OF_PAGE = 0.5
_LARGE = 0.1  # of the page; smaller pictures are emblems and seals
_POINTS = 72.0


def is_unreadable(reading: Reading) -> bool:
    """Whether many characters of a page have no meaning (broken ToUnicode)."""
    return reading.lost >= _FEWEST_LOST and reading.lost > _MOST_LOST * reading.glyphs


def is_pictured(reading: Reading) -> bool:
    """Whether a page is a picture: it has no text to speak of, and something else is drawn on it."""
    if not reading.glyphs:
        return reading.drawn
    return reading.glyphs < _FEW_GLYPHS and sum(_share(box, reading.page) for box in reading.pictures) > _MOST_OF_PAGE


def pictured_parts(reading: Reading) -> list[Box]:
    """The large pictures of a page of text on which no text stands."""
    texts = [block.box for block in reading.page.blocks]
    return [
        box
        for box in reading.pictures
        if _share(box, reading.page) >= _LARGE and not any(_is_inside(text, box) for text in texts)
    ]


def _share(box: Box, page: Page) -> float:
    """How much of a page a box takes."""
    width = min(box[2], page.width) - max(box[0], 0.0)
    height = min(box[3], page.height) - max(box[1], 0.0)
    return max(0.0, width) * max(0.0, height) / max(1.0, page.width * page.height)


def _is_inside(inner: Box, outer: Box) -> bool:
    x, y = (inner[0] + inner[2]) / 2, (inner[1] + inner[3]) / 2
    return outer[0] <= x <= outer[2] and outer[1] <= y <= outer[3]


def recogniser() -> ReadBitmap:
    """What reads a picture; ImportError where the extra `ocr` is not installed."""
    from govnlp.read import ocr

    if ocr.missing():
        raise MissingExtraError(f"not installed: {', '.join(ocr.missing())}")
    return ocr.read_bitmap


class Recogniser:
    """Renders pages and reads the pictures; every reading is None where the extra `ocr` is not installed."""

    def __init__(self, pixels: int) -> None:
        self._pixels = pixels

    def whole(self, handle: pdfium.PdfPage, page: Page, lock: Lock) -> Page | None:
        """A page read as a picture."""
        return self._read(handle, page, (0.0, 0.0, page.width, page.height), lock)

    def parts(self, handle: pdfium.PdfPage, page: Page, boxes: Sequence[Box], lock: Lock) -> Page | None:
        """A page of text with what its pictures say in its place."""
        blocks: list[PageBlock] = list(page.blocks)
        for box in boxes:
            inner = self._read(handle, page, box, lock)
            if inner is None:
                return None
            blocks += [_moved(block, box[0], box[1]) for block in inner.blocks]
        return page._replace(blocks=tuple(in_order(blocks, page.width)))

    def _read(self, handle: pdfium.PdfPage, page: Page, box: Box, lock: Lock) -> Page | None:
        left, top, right, bottom = max(box[0], 0.0), max(box[1], 0.0), min(box[2], page.width), min(box[3], page.height)
        area = max(1.0, (right - left) * (bottom - top))
        dpi = min(_DPI, (self._pixels / area) ** 0.5 * _POINTS)
        if dpi < _LEAST_DPI:
            return None
        crop = (left, page.height - bottom, page.width - right, top)
        try:
            read_bitmap = recogniser()
            with lock:
                bitmap = handle.render(scale=dpi / _POINTS, crop=crop).to_numpy()[:, :, :3].copy()
            return read_bitmap(bitmap, page.number, dpi)
        except ImportError:
            return None


def _moved(block: PageBlock, right: float, down: float) -> PageBlock:
    """A block of a part of a page, in its place on the page."""
    if isinstance(block, Line):
        return block._replace(box=_shifted(block.box, right, down))
    cells = tuple(cell._replace(box=_shifted(cell.box, right, down)) for cell in block.cells)
    return Table(cells, _shifted(block.box, right, down))


def _shifted(box: Box, right: float, down: float) -> Box:
    return box[0] + right, box[1] + down, box[2] + right, box[3] + down
