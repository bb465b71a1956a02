"""The lines of text in a cell, found by their ink: a detector of text overlooks single small figures."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

import cv2
import numpy as np

from govnlp.read.ocr_engine import Bitmap, Found
from govnlp.read.ocr_ink import marks

# Heights and widths in letters.
_ONE_LINE = 1.3  # what is no higher is one line
_DOT = 0.25  # what is smaller in both directions is a point, a comma or a stain
_FLAT, _DASH = 0.25, 1.6  # a dash is no higher, and so many times as wide as it is high
_ROOM = 3.0  # between two pieces of a line
_ABREAST = 0.6  # of the height of the lower box
_RESIDUE = 0.2  # of a rule at the edge of a cell,
_WHOLE = 0.95  # or a rule as high as the cell


class Frame(NamedTuple):
    """How much room a crop has around its line, in letters: at either side, and its height at least."""

    side: float
    height: float


USUAL = Frame(0.3, 1.2)
OTHERS = (Frame(0.15, 1.1), Frame(0.5, 1.5))


class Inked(NamedTuple):
    """The ink of a cell: the boxes of its lines from top to bottom, far pieces of one line apart, and whether it is but
    a dash (—, 一).
    """

    lines: tuple[Found, ...]
    dash: bool = False


def inked(ink: Bitmap, inside: Found, letter: float) -> Inked:
    """Where the lines of a cell stand, in pixels of the page; none where the cell is blank."""
    part = np.ascontiguousarray(ink[inside.top : inside.bottom, inside.left : inside.right])
    found = [one for one in marks(part, letter) if not _is_residue(one, part, letter)]
    large = [one for one in found if not _is_small(one, letter)]
    small = [one for one in found if _is_small(one, letter)]
    whole = (_with_points(line, small, letter) for line in _lines(large, part, letter))
    lines = tuple(_moved(piece, inside) for line in whole for piece in _pieces(line, part, letter))
    dash = len(lines) == 1 and len(large) == 1 and _is_dash(lines[0], letter)
    return Inked(lines, dash)


def abreast(one: Found, other: Found) -> bool:
    """Whether two boxes stand beside each other on one line."""
    shared = min(one.bottom, other.bottom) - max(one.top, other.top)
    return shared >= _ABREAST * min(one.bottom - one.top, other.bottom - other.top)


def _pieces(line: Found, part: Bitmap, letter: float) -> Iterator[Found]:
    """A line in the pieces between which there is much room: they may be two cells whose rule was not seen."""
    inked = np.flatnonzero(part[line.top : line.bottom, line.left : line.right].any(axis=0))
    start = line.left
    for at in np.flatnonzero(np.diff(inked) > letter * _ROOM).tolist():
        yield line._replace(left=start, right=line.left + int(inked[at]) + 1)
        start = line.left + int(inked[at + 1])
    yield line._replace(left=start)


def _with_points(line: Found, small: Sequence[Found], letter: float) -> Found:
    """A line with the points and commas beside it; what is as small and stands alone is a stain."""
    near = [
        one for one in small
        if line.left - letter < one.left and one.right < line.right + letter
        and line.top <= one.bottom and one.top <= line.bottom
    ]  # fmt: skip
    return _around([line, *near])


def crop(grey: Bitmap, line: Found, within: Found, letter: float, frame: Frame = USUAL) -> Bitmap:
    """The picture of a line with paper around it; what stands outside of `within` is not in it."""
    middle = (line.top + line.bottom) / 2
    high = max(line.bottom - line.top + letter * (frame.height - 1), letter * frame.height)
    wanted = Found(
        round(line.left - letter * frame.side), round(middle - high / 2),
        round(line.right + letter * frame.side), round(middle + high / 2),
    )  # fmt: skip
    left, right = max(wanted.left, within.left, 0), min(wanted.right, within.right, grey.shape[1])
    top, bottom = max(wanted.top, within.top, 0), min(wanted.bottom, within.bottom, grey.shape[0])
    part = grey[top:bottom, left:right]
    paper = int(np.percentile(part, 80)) if part.size else 255
    sides = (
        max(0, top - wanted.top),
        max(0, wanted.bottom - bottom),
        max(0, left - wanted.left),
        max(0, wanted.right - right),
    )
    return np.asarray(cv2.copyMakeBorder(part, *sides, cv2.BORDER_CONSTANT, value=(paper,)), dtype=np.uint8)


def _is_small(one: Found, letter: float) -> bool:
    return max(one.right - one.left, one.bottom - one.top) < letter * _DOT


def _is_residue(one: Found, part: Bitmap, letter: float) -> bool:
    """Whether it is what is left of a rule: thin, and along an edge of the cell."""
    height, width = part.shape
    thin = letter * _RESIDUE
    level = one.bottom - one.top <= thin and (one.top <= 1 or one.bottom >= height - 1)
    upright = one.right - one.left <= thin and (one.left <= 1 or one.right >= width - 1)
    across = one.right - one.left <= thin and one.bottom - one.top >= height * _WHOLE
    return level or upright or across


def _is_dash(line: Found, letter: float) -> bool:
    high = line.bottom - line.top
    return high <= letter * _FLAT and line.right - line.left >= high * _DASH


def _lines(found: Sequence[Found], part: Bitmap, letter: float) -> Iterator[Found]:
    """The marks grouped to lines; lines that touch each other are parted where there is least ink."""
    group: list[Found] = []
    for one in sorted(found, key=lambda one: one.top):
        if group and max(one.bottom, _bottom(group)) - group[0].top > letter * _ONE_LINE and one.top >= _middle(group):
            yield from _parted(_around(group), part, letter)
            group = []
        group.append(one)
    if group:
        yield from _parted(_around(group), part, letter)


def _bottom(group: Sequence[Found]) -> int:
    return max(one.bottom for one in group)


def _middle(group: Sequence[Found]) -> float:
    return (group[0].top + _bottom(group)) / 2


def _around(group: Sequence[Found]) -> Found:
    lefts, tops, rights, bottoms = zip(*group, strict=True)
    return Found(min(lefts), min(tops), max(rights), max(bottoms))


def _parted(line: Found, part: Bitmap, letter: float) -> Iterator[Found]:
    count = round((line.bottom - line.top) / (letter * _ONE_LINE))
    if count < 2:
        yield line
        return
    rows = part[line.top : line.bottom, line.left : line.right].sum(axis=1)
    step, reach = len(rows) / count, max(1, round(letter / 3))
    cuts = [0]
    for at in (round(step * number) for number in range(1, count)):
        low = max(cuts[-1] + 1, at - reach)
        cuts.append(low + int(np.argmin(rows[low : at + reach])))
    for start, end in zip(cuts, [*cuts[1:], len(rows)], strict=True):
        yield Found(line.left, line.top + start, line.right, line.top + end)


def _moved(one: Found, inside: Found) -> Found:
    return Found(one.left + inside.left, one.top + inside.top, one.right + inside.left, one.bottom + inside.top)
