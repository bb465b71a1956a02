"""A scan made upright: its lines level, its letters large enough to be read, each pixel's way back to the page known."""

from __future__ import annotations

import math
from typing import NamedTuple

import cv2
import numpy as np
from numpy.typing import NDArray

from govnlp.read.ocr_engine import Bitmap, Found
from govnlp.schema.document import Box

_SMALL, _LARGE = 24.0, 40.0  # letters of other heights in pixels are brought to the nearer of these
_LARGEST_SCALE = 3.0
_COARSE = 0.6  # a page made smaller than this is smoothed first
_STEEPEST = 5.0  # degrees
_SIDE = 1000  # of the small picture that angles are tried on
_MOST_PIXELS = 30_000_000


class Upright(NamedTuple):
    """A page made level, in grey, `scale` times as large as the bitmap it was made from; `back` leads to its pixels."""

    grey: Bitmap
    back: NDArray[np.float64]
    scale: float = 1.0

    def box(self, found: Found, dpi: float) -> Box:
        """Where a box of this page lies on the page that it was made from, in points."""
        left, top, right, bottom = found
        corners = np.array([(left, top, 1), (right, top, 1), (right, bottom, 1), (left, bottom, 1)])
        points = corners @ self.back.T * 72 / dpi
        low, high = points.min(axis=0), points.max(axis=0)
        return (round(float(low[0]), 1), round(float(low[1]), 1), round(float(high[0]), 1), round(float(high[1]), 1))


def grey_of(bitmap: Bitmap) -> Bitmap:
    """The bitmap in shades of grey."""
    grey = cv2.cvtColor(bitmap, cv2.COLOR_RGB2GRAY) if bitmap.ndim == 3 else bitmap
    return np.ascontiguousarray(grey, dtype=np.uint8)


def upright(grey: Bitmap, letter: float) -> Upright:
    """The page level, its letters of `letter` pixels brought to a height that reads well."""
    height, width = grey.shape
    largest = min(_LARGEST_SCALE, math.sqrt(_MOST_PIXELS / (height * width)))
    scale = min(min(max(letter, _SMALL), _LARGE) / letter, largest)
    angle = skew(grey)
    if scale == 1.0 and not angle:
        return Upright(grey, np.array([(1.0, 0, 0), (0, 1.0, 0)]))
    return _warped(grey, angle, scale)


def _warped(grey: Bitmap, angle: float, scale: float) -> Upright:
    height, width = grey.shape
    size = (round(width * scale), round(height * scale))
    turn = cv2.getRotationMatrix2D((width / 2, height / 2), angle, scale)
    turn[:, 2] += (size[0] / 2 - width / 2, size[1] / 2 - height / 2)
    paper = int(np.median(grey[:: max(1, height // 200), :: max(1, width // 200)]))
    smooth = grey if scale > _COARSE else cv2.blur(grey, (round(1 / scale), round(1 / scale)))
    level = cv2.warpAffine(smooth, turn, size, flags=cv2.INTER_CUBIC, borderValue=(paper,))
    return Upright(
        np.asarray(level, dtype=np.uint8), np.asarray(cv2.invertAffineTransform(turn), dtype=np.float64), scale
    )


def skew(grey: Bitmap) -> float:
    """By how many degrees the page is to be turned, counter-clockwise, so that its lines run level.

    >>> page = np.full((400, 400), 255, np.uint8)
    >>> page[100:300:20] = 0
    >>> turn = cv2.getRotationMatrix2D((200, 200), 2, 1)
    >>> round(skew(cv2.warpAffine(page, turn, (400, 400), borderValue=(255,))))
    -2
    """
    small = _small(grey)
    ink = _ink(small)
    if not ink.any():
        return 0.0
    best = 0.0
    for reach, step in ((_STEEPEST, 0.5), (0.5, 0.1), (0.1, 0.02)):
        tried = [best + step * at for at in range(-round(reach / step), round(reach / step) + 1)]
        best = max(tried, key=lambda angle: _levelness(ink, angle))
    return best if abs(best) >= 0.03 else 0.0


def _small(grey: Bitmap) -> Bitmap:
    height, width = grey.shape
    middle = grey[max(0, height // 2 - width) : height // 2 + width]  # of a tall screenshot a part is enough
    scale = _SIDE / max(middle.shape)
    return (
        np.asarray(cv2.resize(middle, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA)) if scale < 1 else middle
    )


def _ink(grey: Bitmap) -> NDArray[np.float32]:
    """How much darker each pixel is than the paper around it."""
    paper = cv2.GaussianBlur(grey, (0, 0), 12)
    dark = cv2.subtract(paper, cv2.GaussianBlur(grey, (3, 3), 0)).astype(np.float32)
    return np.where(dark > 12, dark, np.float32(0))


def _levelness(ink: NDArray[np.float32], angle: float) -> float:
    """How sharply the rows of the page differ from each other when it is turned: most where its lines run level."""
    height, width = ink.shape
    turn = cv2.getRotationMatrix2D((width / 2, height / 2), angle, 1.0)
    rows = cv2.warpAffine(ink, turn, (width, height)).sum(axis=1)
    return float(np.square(np.diff(rows)).sum())
