"""Confidence after fine-tuning: how much sharper or flatter the scores became on passages that taught neither model.

Passages that were learnt tell nothing: a model is right there, and any sharpness fits. So the factor by which scores fit
best is sought on voices that no model ever saw, before and after, and the base's temperatures change in that proportion.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import NamedTuple, TypeAlias

import numpy as np
from numpy.typing import NDArray

from govnlp.learn.linear import Floats, Linear, Settings
from govnlp.learn.patch import Columns, Lesson

Scores: TypeAlias = NDArray[np.float64]
_FACTORS = np.geomspace(0.3, 3.0, 116)
# A few passages must not overthrow what thousands told.
_LEAST, _MOST = 0.6, 1.3
_FEWEST = 20


class Sharpness(NamedTuple):
    """The factors by which scores fit best: of figures with the encoder, of the linear model alone, of signs."""

    figures: float = 1.0
    alone: float = 1.0
    signs: float = 1.0

    def over(self, base: Sharpness) -> Sharpness:
        """How much more the scores have to be multiplied than those of the base, within bounds.

        >>> Sharpness(0.8, 1.0, 9.0).over(Sharpness(1.0, 1.0, 1.0))
        Sharpness(figures=0.8, alone=1.0, signs=1.3)
        """
        return Sharpness(*(min(_MOST, max(_LEAST, one / other)) for one, other in zip(self, base, strict=True)))


def sharpness(
    lessons: Sequence[Lesson], linear: Linear, patch: Linear, columns: Columns, chosen: Settings
) -> Sharpness:
    """What a model's scores have to be multiplied with to fit; 1.0 where there are too few markers to tell."""
    first, second = columns.bounds[:2]
    figures = [one for one in lessons if one.open[first].any()]
    signs = [one for one in lessons if one.open[second].any()]
    if len(figures) < _FEWEST or len(signs) < _FEWEST:
        return Sharpness()
    wanted = np.stack([one.wanted[first] for one in figures]).argmax(1)
    alone = np.stack([linear.scores(one.hashes) for one in figures]).astype(np.float64)
    both = np.stack([_patched(one, patch)[first] for one in figures]) * chosen.encoder + alone * chosen.share
    denials = np.stack([_patched(one, patch)[second] for one in signs]).astype(np.float64)
    named = np.stack([one.wanted[second] for one in signs])
    return Sharpness(
        _best(lambda factor: _surprise_of_one(both * factor, wanted)),
        _best(lambda factor: _surprise_of_one(alone * chosen.alone * factor, wanted)),
        _best(lambda factor: _surprise_of_each(denials / columns.temperature * factor, named)),
    )


def _best(surprise: Callable[[float], float]) -> float:
    return float(min(_FACTORS, key=surprise))


def _surprise_of_one(scores: Scores, wanted: NDArray[np.int64]) -> float:
    best = scores.max(1, keepdims=True)
    chances = scores - best - np.log(np.exp(scores - best).sum(1, keepdims=True))
    return float(-chances[np.arange(len(wanted)), wanted].mean())


def _surprise_of_each(scores: Scores, wanted: Floats) -> float:
    return float((np.logaddexp(0, scores) - scores * wanted).sum(1).mean())


def _patched(one: Lesson, patch: Linear) -> Floats:
    added = patch.weights[patch.places(one.hashes)].sum(0) / max(1, len(one.hashes)) ** 0.5
    return np.asarray(one.encoder + added, np.float32)
