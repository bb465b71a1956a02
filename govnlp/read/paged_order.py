"""Reading order of what stands on a page: from top to bottom, in pages of two columns the left one first (分栏)."""

from __future__ import annotations

from collections.abc import Sequence
from statistics import median

from govnlp.read.page import Line, PageBlock
from govnlp.read.paged_pieces import around, glue

_FEWEST = 4  # lines in a column
_LONG = 8  # characters of a usual line in a column of prose
_MOST_CROSSING = 0.25
_FULL = 0.8
_SAME = 0.5
_GAP = 1.2  # em


def in_order(blocks: Sequence[PageBlock], width: float) -> list[PageBlock]:
    """Blocks in reading order; what crosses the gutter of two columns parts what is above it from what is below.

    >>> left = [Line("左" * 20, (50, 20.0 * at, 250, 20 * at + 12), 10) for at in range(5)]
    >>> right = [Line("右" * 20, (300, 20.0 * at, 500, 20 * at + 12), 10) for at in range(5)]
    >>> [one.text[0] for one in in_order([*right, *left], 550)] == ["左"] * 5 + ["右"] * 5
    True
    """
    downward = sorted(blocks, key=lambda one: (one.box[1] + one.box[3], one.box[0]))
    gutter = _gutter([one for one in downward if isinstance(one, Line)], width)
    if gutter is None:
        return _level(downward)
    ordered: list[PageBlock] = []
    band: list[PageBlock] = []
    for block in downward:
        if block.box[0] < gutter < block.box[2]:
            ordered += [*_columns(band, gutter), block]
            band = []
        else:
            band.append(block)
    return ordered + _columns(band, gutter)


def _level(blocks: Sequence[PageBlock]) -> list[PageBlock]:
    """Pieces of one printed line as one line."""
    found: list[PageBlock] = []
    for block in blocks:
        last = found[-1] if found else None
        if isinstance(last, Line) and isinstance(block, Line) and _is_level(last, block):
            found[-1] = _joined(last, block) if last.box[0] <= block.box[0] else _joined(block, last)
        else:
            found.append(block)
    return found


def _is_level(one: Line, two: Line) -> bool:
    common = min(one.box[3], two.box[3]) - max(one.box[1], two.box[1])
    apart = one.box[2] <= two.box[0] or two.box[2] <= one.box[0]
    return apart and common > _SAME * min(one.box[3] - one.box[1], two.box[3] - two.box[1])


def _joined(left: Line, right: Line) -> Line:
    size, sure = max(left.size, right.size), min(left.confidence, right.confidence)
    gap = "  " if right.box[0] - left.box[2] > _GAP * size else glue(left.text, right.text)
    return Line(left.text + gap + right.text, around([left.box, right.box]), size, sure)


def _columns(band: Sequence[PageBlock], gutter: float) -> list[PageBlock]:
    left = [one for one in band if one.box[2] <= gutter]
    return left + [one for one in band if one.box[2] > gutter]


def _gutter(lines: Sequence[Line], width: float) -> float | None:
    """The middle of the empty strip between two columns of prose; None on a page of one column."""
    for share in (0.5, 0.47, 0.53, 0.44, 0.56):
        at = width * share
        left = [one for one in lines if one.box[2] <= at]
        right = [one for one in lines if one.box[0] >= at]
        crossing = len(lines) - len(left) - len(right)
        if crossing <= _MOST_CROSSING * len(lines) and _is_column(left) and _is_column(right) and _abreast(left, right):
            return (max(one.box[2] for one in left) + min(one.box[0] for one in right)) / 2
    return None


def _is_column(lines: Sequence[Line]) -> bool:
    """Whether lines are those of prose: several, long, and most as long as the column is wide."""
    if len(lines) < _FEWEST or median(len(one.text) for one in lines) < _LONG:
        return False
    widest = max(one.box[2] - one.box[0] for one in lines)
    return sum(one.box[2] - one.box[0] >= _FULL * widest for one in lines) * 2 >= len(lines)


def _abreast(left: Sequence[Line], right: Sequence[Line]) -> bool:
    """Whether two columns stand side by side over at least half of the lower one."""
    top = max(left[0].box[1], right[0].box[1])
    bottom = min(left[-1].box[3], right[-1].box[3])
    least = min(left[-1].box[3] - left[0].box[1], right[-1].box[3] - right[0].box[1])
    return bottom - top >= least / 2
