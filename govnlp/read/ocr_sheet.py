"""A page made ready for reading: level, its ink apart from its paper, its letters measured."""

from __future__ import annotations

from typing import NamedTuple

from govnlp.read.ocr_engine import Bitmap, Found
from govnlp.read.ocr_ink import darkness, ink, letter_height
from govnlp.read.ocr_upright import Upright, upright


class Sheet(NamedTuple):
    """A level page, how dark it is and where there is ink, and the height of its letters in pixels.

    `whole` is the box of all of it, `dpi` the dots an inch of the picture that it was made from, `width` and `height`
    the measures of that in points.
    """

    page: Upright
    dark: Bitmap
    ink: Bitmap
    letter: float
    whole: Found
    dpi: float
    width: float
    height: float


def sheet_of(grey: Bitmap, dpi: float) -> Sheet:
    """The sheet that a page in shades of grey makes."""
    letter = letter_height(grey)
    page = upright(grey, letter)
    letter *= page.scale
    dark = darkness(page.grey, letter)
    whole = Found(0, 0, page.grey.shape[1], page.grey.shape[0])
    return Sheet(page, dark, ink(dark), letter, whole, dpi, grey.shape[1] * 72 / dpi, grey.shape[0] * 72 / dpi)
