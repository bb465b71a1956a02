"""The ink of a page: what is darker than the paper around it, apart from the grain that a scanner adds."""

from __future__ import annotations

import cv2
import numpy as np
from numpy.typing import NDArray

from govnlp.read.ocr_engine import Bitmap, Found

_FAINTEST = 18.0  # shades of grey that ink is darker than its paper, at least
_GRAINS = 5.0  # and how many times the grain
_FAINT_PART, _SURE_PART = 0.25, 0.45  # of the darkness of letters
_SPECK = 8.0  # a speck is smaller than this part of a letter
_USUAL_LETTER = 18.0
_SMALLEST_LETTER, _LARGEST_LETTER = 6.0, 120.0


def darkness(grey: Bitmap, letter: float) -> Bitmap:
    """By how many shades each pixel is darker than the paper (or the shading of a cell) that it stands on.

    >>> page = np.full((60, 60), 200, np.uint8)
    >>> page[30, 20:40] = 50
    >>> int(darkness(page, 10)[30, 30]), int(darkness(page, 10)[5, 5])
    (150, 0)
    """
    small = cv2.resize(grey, None, fx=0.5, fy=0.5, interpolation=cv2.INTER_AREA)
    reach = max(3, round(letter) | 1)
    paper = cv2.morphologyEx(small, cv2.MORPH_CLOSE, np.ones((reach, reach), np.uint8))
    wide = cv2.resize(paper, (grey.shape[1], grey.shape[0]), interpolation=cv2.INTER_LINEAR)
    darker = np.asarray(cv2.subtract(wide, grey), dtype=np.uint8)
    usual = np.full_like(darker, np.median(darker))  # of paper; grain makes its brightest dots seem the paper
    return np.asarray(cv2.subtract(darker, usual), dtype=np.uint8)


def ink(dark: Bitmap) -> Bitmap:
    """1 where there is ink, 0 where there is paper.

    Letters of a page are about as dark as each other: what is fainter than a part of that is grain or a stain, and so
    is what is nowhere darker than a larger part.
    """
    smooth = np.asarray(cv2.GaussianBlur(dark, (3, 3), 0), dtype=np.uint8)
    least = max(_FAINTEST, _GRAINS * grain(smooth))
    darker = smooth[smooth > least]
    usual = float(np.percentile(darker, 85)) if darker.size else 255.0
    seen = (smooth > max(least, _FAINT_PART * usual)).astype(np.uint8)
    _, labels = cv2.connectedComponents(seen, connectivity=8)
    sure = np.zeros(int(labels.max()) + 1, dtype=bool)
    sure[np.unique(labels[smooth > _SURE_PART * usual])] = True
    sure[0] = False
    return np.asarray(sure[labels], dtype=np.uint8)


def grain(dark: Bitmap) -> float:
    """How far the shades of paper differ among themselves (their standard deviation)."""
    return 1.4826 * float(np.median(cv2.absdiff(dark, cv2.blur(dark, (5, 5)))))


def marks(inked: Bitmap, letter: float) -> list[Found]:
    """The boxes of what is connected in ink, specks left out."""
    return [
        Found(left, top, left + wide, top + high) for left, top, wide, high, _ in _connected(inked, letter).tolist()
    ]


def letter_height(grey: Bitmap) -> float:
    """The height in pixels of the letters that most of the ink of a page is in; a usual one where there are none."""
    found = _connected(ink(darkness(grey, _USUAL_LETTER * 2)), _USUAL_LETTER / 2)
    letters = [one for one in found.tolist() if _SMALLEST_LETTER <= one[3] <= _LARGEST_LETTER]
    apart = [one for one in letters if one[2] <= 2 * one[3]]  # in small prints they touch
    if not letters:
        return _USUAL_LETTER
    heights, areas = np.array(sorted((one[3], one[4]) for one in apart or letters)).T
    return float(heights[np.searchsorted(areas.cumsum(), areas.sum() * 0.5)])


def _connected(inked: Bitmap, letter: float) -> NDArray[np.int32]:
    """Left, top, width, height and area of what is connected, each one more than a speck."""
    _, _, stats, _ = cv2.connectedComponentsWithStats(inked, connectivity=8)
    found = np.asarray(stats[1:], dtype=np.int32)
    return found[found[:, cv2.CC_STAT_AREA] >= max(4.0, (letter / _SPECK) ** 2)]
