"""Scans and pictures of reports: pictures to pages, by a recogniser of characters (extra `ocr`).

Nothing that a recogniser reads is certain: every line and cell carries how sure it is, which `reconcile.recognised`
weighs against the sums of the report. A cell with ink of which nothing was read is `UNREAD`, never blank.
"""

from __future__ import annotations

import re
import time
from collections.abc import Iterator, Sequence
from importlib.util import find_spec
from typing import TYPE_CHECKING

from govnlp.read import paged
from govnlp.read.limits import Limits
from govnlp.read.page import UNREAD, Line, Page
from govnlp.read.printed import unread
from govnlp.read.sniff import sniff
from govnlp.schema.document import Document
from govnlp.schema.report import Issue

if TYPE_CHECKING:
    from govnlp.read.ocr_engine import Bitmap
    from govnlp.read.ocr_pictures import Fault, Frame

_NEEDED = ("rapidocr", "cv2", "PIL")
_FIGURES = re.compile(r"[\d.,%\s—/-]*\d[\d.,%\s—/-]*")
_FEWEST_LOOSE = 3
_MARGIN = 0.08  # of a page's height, where its number stands
_DOUBTFUL = 0.5
_SHOWN = 12


def read(data: bytes, limits: Limits = Limits()) -> Document:  # noqa: B008 - immutable
    """The document that a picture shows (PNG, JPEG, TIFF of several pages, WebP, GIF, BMP). Nothing in it raises.

    Issues: `needs_ocr`, `damaged_source`, `source_too_large`, `pages_not_read`, `unread_ink`, `doubtful_text`,
    `loose_figures`.

    >>> read(b"GIF89a, and no more").issues[0].code
    'damaged_source'
    """
    form = sniff(data).name
    return unread(form, _needs_ocr()) if missing() else _document(data, form, limits)


def read_bitmap(bitmap: Bitmap, number: int, dpi: float) -> Page:
    """The page that a bitmap shows: ruled tables cell by cell, the lines around them, each with how sure it is.

    `bitmap` holds shades of grey or colours, (height, width) or (height, width, 3), uint8; boxes are in points of the
    bitmap as given. `ImportError` where the extra `ocr` is not installed.
    """
    from govnlp.read.ocr_page import page_of

    return page_of(bitmap, number, dpi)


def missing() -> tuple[str, ...]:
    """The packages of the extra `ocr` that are not installed."""
    return tuple(name for name in _NEEDED if find_spec(name) is None)


def doubts(pages: Sequence[Page]) -> Iterator[Issue]:
    """What of recognised pages was not read or hardly: ink without characters, text that is more guessed than read.

    >>> [one.code for one in doubts([Page(1, 595, 842, (Line("行政许司", (0, 0, 9, 9), 9, 0.3),))])]
    ['doubtful_text']
    """
    said = [(page.number, text, sure) for page in pages for text, sure in _texts(page)]
    lost = [f"page {number} {text.replace(UNREAD, '□')}" for number, text, _ in said if UNREAD in text]
    if lost:
        told = "ink was seen and no characters in it (□); it is no blank: " + _listed(lost)
        yield Issue(code="unread_ink", severity="error", message=told)
    doubtful = [
        f"page {number} {text} ({sure:.2f})" for number, text, sure in said if sure < _DOUBTFUL and UNREAD not in text
    ]
    if doubtful:
        told = "text was recognised, but hardly; compare it with the picture: " + _listed(doubtful)
        yield Issue(code="doubtful_text", severity="warning", message=told)

    loose = [f"page {page.number} {text}" for page in pages for text in _loose(page)]
    if len(loose) >= _FEWEST_LOOSE:
        told = "figures stand outside of any table, of which the rules were not seen; compare them with the picture: "
        yield Issue(code="loose_figures", severity="error", message=told + _listed(loose))


def _loose(page: Page) -> Iterator[str]:
    """The recognised lines that are nothing but figures, but for the page's number."""
    read = (one for one in page.blocks if isinstance(one, Line) and one.confidence < 1)
    lines = [one for one in read if _FIGURES.fullmatch(one.text)]
    yield from (one.text for one in lines if page.height * _MARGIN < one.box[1] < page.height * (1 - _MARGIN))


def _texts(page: Page) -> Iterator[tuple[str, float]]:
    for block in page.blocks:
        for one in (block,) if isinstance(block, Line) else block.cells:
            yield one.text, one.confidence


def _listed(said: Sequence[str]) -> str:
    more = f", and {len(said) - _SHOWN} more" if len(said) > _SHOWN else ""
    return "; ".join(one[:60] for one in said[:_SHOWN]) + more + "."


def _document(data: bytes, form: str, limits: Limits) -> Document:
    from govnlp.read.ocr_pictures import Fault, frames

    pages: list[Page] = []
    faults: list[Issue] = []
    end = time.monotonic() + limits.seconds
    for one in frames(data, limits):
        if isinstance(one, Fault):
            faults.append(_fault(one))
        elif time.monotonic() > end:
            faults.append(_left(one, limits))
            break
        else:
            pages.append(read_bitmap(one.bitmap, one.number, one.dpi))
    return paged.document(pages, form, (*faults, *doubts(pages))) if pages else unread(form, *faults)


def _fault(fault: Fault) -> Issue:
    if fault.number > 1:
        said = f"picture {fault.number} and those after it were not read: {fault.why}."
        return Issue(code="pages_not_read", severity="error", message=said)
    code = "source_too_large" if "pixels" in fault.why else "damaged_source"
    return Issue(
        code=code,
        severity="error",
        message=f"the picture was not read: {fault.why}. Fetch it again, or give a smaller one.",
    )


def _left(frame: Frame, limits: Limits) -> Issue:
    said = f"the time of {limits.seconds:g} s was over before picture {frame.number}; raise the limit, or give fewer."
    return Issue(code="pages_not_read", severity="error", message=said)


def _needs_ocr() -> Issue:
    said = "this is a picture, and reading it needs a recogniser of characters: pip install 'govnlp[ocr]'."
    return Issue(code="needs_ocr", severity="error", message=said)
