"""Where the rules of a level page are drawn, as morphology finds them: long, thin, unbroken, all about as dark."""

from __future__ import annotations

from typing import NamedTuple

import cv2
import numpy as np
from numpy.typing import NDArray

from govnlp.read.ocr_engine import Bitmap
from govnlp.read.ocr_ink import grain

_FAINTEST, _GRAINS = 14.0, 5.0
_ALIKE = 0.45  # of the shade of sure rules, others have at least
_UNBROKEN = 0.87  # of the length of a rule is dark
_MOST_SHADES = 60
_STEP = 30.0  # shades between two shadings
# In letters: how long level and upright rules are, and what is nothing but a rule; the gaps in level and in upright
# ones that are seen over; how thick they may be.
_LONG, _TALL, _SURELY = 4.0, 1.4, 9.0
_GAP, _THICK = 0.12, 0.5


class Rules(NamedTuple):
    """The level and the upright rules of a page or a table: 1 where one is drawn; and the height of its letters."""

    across: Bitmap
    down: Bitmap
    letter: float


def rules_of(grey: Bitmap, dark: Bitmap, letter: float) -> Rules:
    """The rules of a page in shades of grey, `dark` by how much it is darker than its paper."""
    faint = _faintest(dark, letter)
    across = _drawn(dark, letter, _Wanted(_LONG, faint)) | _steps(grey, letter)
    turned, upright = np.ascontiguousarray(dark.T), np.ascontiguousarray(grey.T)
    down = _drawn(turned, letter, _Wanted(_TALL, faint)) | _steps(upright, letter)
    return Rules(across, np.ascontiguousarray(down.T), letter)


class _Wanted(NamedTuple):
    """What is a rule: so many letters long, darker than so many shades."""

    length: float
    faint: float


def _faintest(dark: Bitmap, letter: float) -> float:
    """How dark a rule is at least: told by those that are too long to be anything else, as rules of a page are alike."""
    smooth = _along(dark, letter)
    least = max(_FAINTEST, _GRAINS * grain(smooth))
    sure = _drawn(dark, letter, _Wanted(_SURELY, least))
    _, labels, stats, _ = cv2.connectedComponentsWithStats(sure, connectivity=8)
    shades = []
    for number, (left, top, wide, high, _) in enumerate(stats.tolist()[1 : _MOST_SHADES + 1], 1):
        part = np.s_[top : top + high, left : left + wide]
        shades.append(float(np.median(smooth[part][labels[part] == number])))
    return max(least, _ALIKE * float(np.percentile(shades, 25))) if shades else least


def _along(dark: Bitmap, letter: float) -> Bitmap:
    """The page smoothed along level rules: that takes the grain away and leaves them as dark as they are."""
    return np.asarray(cv2.blur(dark, (round(letter / 5) | 1, 1)), dtype=np.uint8)


def _drawn(dark: Bitmap, letter: float, wanted: _Wanted) -> Bitmap:
    """Where such level rules are drawn."""
    inked = (_along(dark, letter) > wanted.faint).astype(np.uint8)
    whole = _without_gaps(inked, letter * _GAP)
    long = _longest(np.asarray(cv2.dilate(whole, np.ones((3, 1), np.uint8))), letter * wanted.length)
    thin = np.asarray(cv2.bitwise_and(long, 1 - _solid(long, letter)), dtype=np.uint8)
    return _unbroken(thin, dark > wanted.faint)


def _without_gaps(inked: Bitmap, gap: float) -> Bitmap:
    return np.asarray(cv2.morphologyEx(inked, cv2.MORPH_CLOSE, np.ones((1, round(gap) | 1), np.uint8)), dtype=np.uint8)


def _longest(inked: Bitmap, length: float) -> Bitmap:
    """The level runs of at least a length; the page was widened by a pixel before, as a rule may step by one."""
    return np.asarray(cv2.morphologyEx(inked, cv2.MORPH_OPEN, np.ones((1, round(length)), np.uint8)), dtype=np.uint8)


def _solid(long: Bitmap, letter: float) -> Bitmap:
    """What is too thick for a rule: shading, and bold letters; a thick rule is long, and thinner than a letter."""
    edge = np.ones((max(3, round(letter * _THICK)), 1), np.uint8)
    thick = cv2.morphologyEx(long, cv2.MORPH_OPEN, edge)
    rules = cv2.morphologyEx(thick, cv2.MORPH_OPEN, np.ones((1, round(letter * _LONG)), np.uint8))
    shading = cv2.morphologyEx(long, cv2.MORPH_OPEN, np.ones((round(letter), 1), np.uint8))
    solid = cv2.bitwise_or(cv2.bitwise_and(thick, 1 - cv2.dilate(rules, edge)), shading)
    return np.asarray(cv2.dilate(solid, edge), dtype=np.uint8)


def _unbroken(long: Bitmap, dark: NDArray[np.bool_]) -> Bitmap:
    """The rules without strokes of letters that stand in line: those have gaps between them, however small."""
    _, labels, stats, _ = cv2.connectedComponentsWithStats(long, connectivity=8)
    kept = np.zeros(len(stats), dtype=np.uint8)
    for number, (left, top, wide, high, _) in enumerate(stats.tolist()[1:], 1):
        part = np.s_[top : top + high, left : left + wide]
        kept[number] = ((labels[part] == number) & dark[part]).any(axis=0).mean() >= _UNBROKEN
    return np.asarray(kept[labels], dtype=np.uint8)


def _steps(grey: Bitmap, letter: float) -> Bitmap:
    """Where two shadings meet along a level line, as those of a heading and of the row below it do."""
    smooth = cv2.blur(grey, (round(letter / 2) | 1, 1))
    across = np.zeros_like(grey)
    across[2:-2] = cv2.absdiff(np.asarray(smooth[4:]), np.asarray(smooth[:-4])) > _STEP
    long = _longest(across, letter * _SURELY)
    return np.asarray(cv2.bitwise_and(long, 1 - _solid(long, letter)), dtype=np.uint8)
