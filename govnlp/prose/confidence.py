"""How sure a fact of a sentence says it is: the share of facts read like it that were right, on voices that taught nothing.

Rules say how exact they are and a model how likely it holds a label; `confidence.yaml`, written by
`python -m training.confidence`, tells how often either was right.
"""

from __future__ import annotations

from bisect import bisect_right
from functools import cache
from typing import TypedDict

from govnlp.prose.lexicon import load_yaml


def calibrated(confidence: float) -> float:
    """The share of facts of this raw confidence that are right, both in [0, 1]; between measured points in a straight line.

    >>> 0.9 <= calibrated(0.93) <= calibrated(0.97) <= 1
    True
    """
    points = _points()
    place = bisect_right(points, (confidence, 2.0))
    if place == len(points):
        return points[-1][1]
    (low, before), (high, after) = points[place - 1], points[place]
    return round(before + (after - before) * (confidence - low) / (high - low), 4)


class _Sheet(TypedDict):
    points: list[tuple[float, float]]


@cache
def _points() -> tuple[tuple[float, float], ...]:
    """Raw confidence and the share that was right, both rising; the first is zero."""
    sheet: _Sheet = load_yaml("confidence.yaml")  # type: ignore[assignment]
    return ((0.0, 0.0), *((raw, right) for raw, right in sheet["points"]))
