"""Fits how scores become confidence, on validation voices: temperatures, the weight of each model, when one is enough."""

from __future__ import annotations

from itertools import product

import numpy as np

from govnlp.prose.model import Mixture
from training.evaluate import calibration_error
from training.examples import Example, Labels, figure_label
from training.scores import Floats, Scores, flat, sigmoid, soft

# The share of errors among the figures that the linear model may answer alone.
_ERRORS = 0.01
_WEIGHTS = np.round(np.arange(0.0, 1.55, 0.1), 2)
_TEMPERATURES = np.round(np.arange(0.6, 4.05, 0.1), 2)
_FLOOR = 0.05


def fitted(scores: Scores, linear: Floats, found: list[Example], labels: Labels) -> Mixture:
    """The mixture that makes the answers of examples most likely."""
    told = flat(found)
    classes = {name: place for place, name in enumerate(labels.figures)}
    rows = [
        at for at, (target, counts) in enumerate(told)
        if counts and target.kind == "figure" and figure_label(target) in classes
    ]  # fmt: skip
    wanted = np.array([classes[figure_label(told[at][0])] for at in rows])
    one, other = scores.figures[rows], linear[rows]
    pairs = [(a, b) for a, b in product(_WEIGHTS, _WEIGHTS) if a + b > 0]
    encoder, share = min(pairs, key=lambda pair: _surprise(one * pair[0] + other * pair[1], wanted))
    alone = min(_WEIGHTS[1:], key=lambda weight: _surprise(other * weight, wanted))
    return Mixture(
        encoder=float(encoder), linear=float(share), alone=float(alone),
        sure=_sure(soft(other * alone), wanted), signs=_sign_temperature(scores, found, labels), floor=_FLOOR,
    )  # fmt: skip


def _surprise(scores: Floats, wanted: np.ndarray) -> float:
    chances = soft(scores)[np.arange(len(wanted)), wanted]
    return float(-np.log(np.maximum(chances, 1e-12)).mean())


def _sure(chances: Floats, wanted: np.ndarray) -> float:
    """The least confidence above which the linear model errs seldom enough."""
    best, right = chances.max(1), chances.argmax(1) == wanted
    for least in (0.9, 0.95, 0.97, 0.98, 0.985, 0.99, 0.995, 0.998):
        chosen = best >= least
        if chosen.any() and 1 - right[chosen].mean() <= _ERRORS:
            return least
    return 1.01


def _sign_temperature(scores: Scores, found: list[Example], labels: Labels) -> float:
    told = flat(found)
    rows = [at for at, (target, counts) in enumerate(told) if counts and target.kind != "figure"]
    names = [{label.indicator for label in told[at][0].labels} for at in rows]
    wanted = np.array([[name in some for name in labels.signs] for some in names])

    def surprise(temperature: float) -> float:
        chances = np.clip(sigmoid(scores.signs[rows] / temperature), 1e-9, 1 - 1e-9)
        return float(-np.where(wanted, np.log(chances), np.log(1 - chances)).sum(1).mean())

    return float(min(_TEMPERATURES, key=surprise))


def figures_right(
    scores: Scores, linear: Floats, mixture: Mixture, found: list[Example], labels: Labels
) -> dict[str, float]:
    """Of the figures of examples: the share right by the encoder, the linear model, both; and the calibration error."""
    told = flat(found)
    rows = [at for at, (target, counts) in enumerate(told) if counts and target.kind == "figure"]
    names = [figure_label(told[at][0]) for at in rows]
    mixed = soft(scores.figures[rows] * mixture["encoder"] + linear[rows] * mixture["linear"])
    right = {
        name: np.array([labels.figures[at] == wanted for at, wanted in zip(some.argmax(1), names, strict=True)])
        for name, some in (("encoder", scores.figures[rows]), ("linear", linear[rows]), ("both", mixed))
    }
    shares = {name: round(float(some.mean()), 4) for name, some in right.items()}
    return shares | {"calibration_error": round(calibration_error(mixed.max(1), right["both"].astype(float)), 4)}
