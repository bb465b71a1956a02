"""Confidence after fine-tuning: how much sharper or flatter the scores became on passages that taught neither model.

Passages that were learnt tell nothing: a model is right there, and any sharpness fits. So the factor by which scores fit
best is sought on voices that no model ever saw, before and after, and the base's temperatures change in that proportion.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import NamedTuple, TypeAlias

import numpy as np
from numpy.typing import NDArray

from govnlp.learn.linear import Figure, Floats, Linear, Settings
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
    figures: Sequence[Figure],
    lessons: Sequence[Lesson],
    linear: Linear,
    patch: Linear,
    columns: Columns,
    chosen: Settings,
) -> Sharpness:
    """What a model's scores have to be multiplied with to fit; 1.0 where there are too few markers to tell."""
    beside = [one for one in figures if one.encoder is not None]
    signs = len(columns.classes.signs)
    told = [one for one in lessons if one.open[:signs].any()]
    if len(beside) < _FEWEST or len(told) < _FEWEST:
        return Sharpness()
    wanted = np.array([one.wanted for one in beside])
    alone = np.stack([_linear_scores(linear, one.hashes) for one in beside]).astype(np.float64)
    both = np.stack([one.encoder for one in beside if one.encoder is not None]) * chosen.encoder + alone * chosen.share
    denials = np.stack([one.encoder[:signs] + _patch_scores(patch, one.hashes)[:signs] for one in told]).astype(
        np.float64
    )
    named = np.stack([one.wanted[:signs] for one in told])
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


def _linear_scores(model: Linear, hashes: tuple[int, ...]) -> Floats:
    places = model.places(hashes)
    return np.asarray(model.weights[places].sum(0) / max(1, len(places)) ** 0.5 + model.bias, np.float32)


def _patch_scores(model: Linear, hashes: tuple[int, ...]) -> Floats:
    return np.asarray(model.weights[model.places(hashes)].sum(0) / max(1, len(hashes)) ** 0.5, np.float32)
