"""Scores of markers as arrays, and how right they are."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from torch import Tensor

from training.examples import NOTHING, Example, Labels, Target, figure_label

Floats = NDArray[np.float64]


@dataclass(frozen=True)
class Scores:
    """Scores before softmax or sigmoid: of each marker [markers, classes], and of each window its sections."""

    figures: Floats
    signs: Floats
    periods: Floats
    scopes: Floats
    sections: Floats

    @staticmethod
    def joined(parts: list[tuple[NDArray[np.float32], NDArray[np.float32]]], labels: Labels) -> Scores:
        """Scores of windows, one after the other."""
        markers = np.concatenate([rows for rows, _ in parts]).astype(np.float64)
        figures, signs, periods, scopes = np.split(markers, bounds(labels), axis=1)
        return Scores(figures, signs, periods, scopes, np.stack([section for _, section in parts]).astype(np.float64))


def bounds(labels: Labels) -> list[int]:
    """Where the classes of figures, of signs and of periods end in a row of scores."""
    sizes = [len(labels.figures), len(labels.signs), len(labels.periods)]
    return [int(one) for one in np.cumsum(sizes)]


def split(markers: Tensor, labels: Labels) -> tuple[Tensor, ...]:
    """The scores of figures, signs, periods and scopes."""
    sizes = [len(labels.figures), len(labels.signs), len(labels.periods), len(labels.scopes)]
    return markers.split(sizes, dim=1)


def flat(found: list[Example]) -> list[tuple[Target, bool]]:
    """The targets of examples, marker by marker, and whether each counts: it is new in its window and can be told."""
    return [
        (target, target.counts and place >= example.window.known)
        for example in found
        for place, target in enumerate(example.targets)
    ]


def soft(scores: Floats) -> Floats:
    """Softmax of rows."""
    raised = np.exp(scores - scores.max(1, keepdims=True))
    return np.asarray(raised / raised.sum(1, keepdims=True))


def sigmoid(scores: Floats) -> Floats:
    """Sigmoid of each."""
    return np.asarray(1 / (1 + np.exp(-np.clip(scores, -40, 40))))


def accuracy(scores: Scores, found: list[Example], labels: Labels) -> dict[str, float]:
    """Shares of right answers: figures (class), named figures, signs (all labels right), periods, scopes, sections.

    A figure whose label the model never learnt counts as wrong.
    """
    told = flat(found)
    figures = [place for place, (target, counts) in enumerate(told) if counts and target.kind == "figure"]
    signs = [place for place, (target, counts) in enumerate(told) if counts and target.kind != "figure"]
    best = scores.figures.argmax(1)
    right = np.array([labels.figures[best[place]] == figure_label(told[place][0]) for place in figures])
    named = np.array([figure_label(told[place][0]) != NOTHING for place in figures])
    whole = [_set(scores.signs[place], labels) == {one.indicator for one in told[place][0].labels} for place in signs]
    stated = [bool(told[place][0].labels) for place in signs]
    marked = [place for place, (target, counts) in enumerate(told) if counts and target.labels]
    periods = [labels.periods[scores.periods[place].argmax()] == told[place][0].labels[0].period for place in marked]
    scopes = [labels.scopes[scores.scopes[place].argmax()] == told[place][0].labels[0].scope for place in marked]
    sections = [labels.sections[row.argmax()] == one.section for row, one in zip(scores.sections, found, strict=True)]
    shares = {
        "figures": right, "named": right[named], "unnamed": right[~named], "signs": whole,
        "stated": np.array(whole)[np.array(stated)], "periods": periods, "scopes": scopes, "sections": sections,
    }  # fmt: skip
    return {name: round(float(np.mean(values)), 4) for name, values in shares.items()}


def _set(scores: Floats, labels: Labels) -> set[str]:
    return {labels.signs[place] for place in np.flatnonzero(scores > 0)}
