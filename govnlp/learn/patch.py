"""What fine-tuning teaches the encoder: what figures, denials and carried totals name, and the period and scope of each.

The encoder stays as it is. Its scores are corrected by a linear model over the n-grams of what was taught, which says
nothing of n-grams that were not: `patch.safetensors`, one signed byte a weight with a scale for each class.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import accumulate
from pathlib import Path

import numpy as np

from govnlp.errors import FormatError
from govnlp.learn.examples import Example, Marker
from govnlp.learn.linear import Classes, Floats, Linear, Places, Settings, descended
from govnlp.learn.tensors import read_tensors, write_tensors
from govnlp.prose.weights import PATCH

# A patch has few words to learn from: it must not lean on single ones, and it begins with nothing to be drawn back to.
SETTINGS = Settings(rate=1.0, pull=0.003, dropout=0.5)


@dataclass(frozen=True, slots=True)
class Lesson:
    """A marker to learn: its features, the encoder's scores of all classes, and what they should be.

    `wanted` is 1 for the classes that are right; `open` is 1 for those that the marker says anything about.
    """

    hashes: tuple[int, ...]
    encoder: Floats
    wanted: Floats
    open: Floats
    weight: float = 1.0


@dataclass(frozen=True)
class Columns:
    """The classes of a patch in order: figures, signs, periods, scopes.

    Scores of figures are multiplied by `encoder` before they are chances, scores of signs divided by `temperature`.
    """

    classes: Classes
    encoder: float = 1.0
    temperature: float = 1.0

    @property
    def bounds(self) -> tuple[slice, slice, slice, slice]:
        """Where figures, signs, periods and scopes stand."""
        one = self.classes
        ends = list(accumulate((len(one.figures), len(one.signs), len(one.periods), len(one.scopes)), initial=0))
        return slice(ends[0], ends[1]), slice(ends[1], ends[2]), slice(ends[2], ends[3]), slice(ends[3], ends[4])

    @property
    def width(self) -> int:
        """How many classes there are."""
        one = self.classes
        return len(one.figures) + len(one.signs) + len(one.periods) + len(one.scopes)

    def target(self, marker: Marker) -> tuple[Floats, Floats]:
        """What the scores of a marker should be, and which of them it says anything about."""
        wanted, told = np.zeros(self.width, np.float32), np.zeros(self.width, np.float32)
        figures, signs, periods, scopes = self.bounds
        if marker.kind == "figure":
            _name(wanted, told, figures, self.classes.figures, marker.indicator)
        else:
            told[signs] = 1
            for one in marker.labels:
                if one.indicator in self.classes.signs:
                    wanted[signs.start + self.classes.signs.index(one.indicator)] = 1
        for one in marker.labels[:1]:
            _name(wanted, told, periods, self.classes.periods, one.period)
            _name(wanted, told, scopes, self.classes.scopes, one.scope)
        return wanted, told


def _name(wanted: Floats, told: Floats, place: slice, names: Sequence[str], name: str) -> None:
    """One of the classes at a place is right, where the model knows it."""
    if name in names:
        told[place] = 1
        wanted[place.start + names.index(name)] = 1


def lessons(found: Iterable[Example], scores: Iterable[Floats | None], columns: Columns) -> list[Lesson]:
    """The markers of examples that tell anything; `scores` are the encoder's of each window."""
    made: list[Lesson] = []
    for example, rows in zip(found, scores, strict=True):
        for one in example.markers:
            wanted, told = columns.target(one)
            if rows is not None and one.place < len(rows) and told.any():
                made.append(Lesson(one.hashes, rows[one.place], wanted, told))
    return made


def patched(
    base: Linear, new: Sequence[Lesson], old: Sequence[Lesson], columns: Columns, settings: Settings = SETTINGS
) -> Linear:
    """The patch after learning what is new beside what is old; features that are not new stay as they are."""
    counts = Counter(hashed for one in new for hashed in one.hashes)
    base = base.with_features(hashed for hashed, count in counts.items() if count >= settings.least)
    every = [*new, *old]
    if not new or not len(base.known):
        return base
    weights = _weights(new, old)
    encoder, wanted, told = (np.stack([getattr(one, name) for one in every]) for name in ("encoder", "wanted", "open"))

    def blame(scores: Floats, some: Places) -> Floats:
        chances = _chances(scores + encoder[some], columns)
        return np.asarray((chances - wanted[some]) * told[some] * weights[some, None], np.float32)

    places = [base.places(one.hashes) for one in every]
    return descended(base, places, blame, settings, sizes=np.array([len(one.hashes) for one in every]))


def _weights(new: Sequence[Lesson], old: Sequence[Lesson]) -> Floats:
    """What is new weighs together as much as what is old."""
    return np.array([max(1.0, len(old) / len(new))] * len(new) + [1.0] * len(old), np.float32)


def beside(lesson: Lesson, linear: Linear, columns: Columns, share: float) -> Lesson:
    """The same lesson where the linear model of figures answers too: what it says already need not be learnt."""
    scores = lesson.encoder.copy()
    scores[columns.bounds[0]] += linear.scores(lesson.hashes) * (share / max(columns.encoder, 0.01))
    return replace(lesson, encoder=scores)


def _chances(scores: Floats, columns: Columns) -> Floats:
    """Each sign may be right, of figures, periods and scopes one."""
    figures, signs, periods, scopes = columns.bounds
    chances = np.empty_like(scores)
    chances[:, signs] = 1 / (1 + np.exp(-np.clip(scores[:, signs] / columns.temperature, -30, 30)))
    for place, by in ((figures, columns.encoder), (periods, 1.0), (scopes, 1.0)):
        told = scores[:, place] * by
        raised = np.exp(told - told.max(1, keepdims=True, initial=-1e9))
        chances[:, place] = raised / np.maximum(raised.sum(1, keepdims=True), 1e-9)
    return chances


def read_patch(folder: Path, columns: Columns) -> Linear:
    """The patch of a model folder; one that says nothing where it has none. `FormatError` where it does not fit."""
    empty = Linear(
        np.zeros(0, np.uint32), np.zeros((0, columns.width), np.float32), np.zeros(columns.width, np.float32)
    )
    if not (folder / PATCH).is_file():
        return empty
    arrays = read_tensors(folder / PATCH)
    try:
        weights = arrays["weights"].astype(np.float32) * arrays["scale"]
        made = Linear(arrays["known"].astype(np.uint32), weights, empty.bias)
    except (KeyError, ValueError):
        raise FormatError(f"{folder / PATCH} is no patch: it lacks an array, or their sizes differ.") from None
    if made.weights.shape != (len(made.known), columns.width):
        raise FormatError(f"{folder / PATCH} does not fit the classes of its model; take both from one model.")
    return made


def write_patch(model: Linear, folder: Path) -> None:
    """Write the patch; none where it says nothing."""
    if not len(model.known):
        return
    scale = (np.maximum(np.abs(model.weights).max(0, initial=0), 1e-6) / 127).astype(np.float32)
    rounded = np.clip(np.round(model.weights / scale), -127, 127).astype(np.int8)
    write_tensors(folder / PATCH, {"known": model.known, "weights": rounded, "scale": scale})
