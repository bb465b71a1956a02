"""What fine-tuning teaches beside figures: what a denial or a carried total names, and the period and scope of all three.

The encoder stays as it is. Its scores are corrected by a linear model over the n-grams of what was taught, which says
nothing of n-grams that were not: `patch.safetensors`, one signed byte a weight with a scale for each class.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
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
    """A marker to learn: its features, the encoder's scores of signs, periods and scopes, and what they should be.

    `wanted` is 1 for the classes that are right; `open` is 1 for those that the marker says anything about.
    """

    hashes: tuple[int, ...]
    encoder: Floats
    wanted: Floats
    open: Floats
    weight: float = 1.0


@dataclass(frozen=True)
class Columns:
    """The classes of a patch in order: signs, periods, scopes. `temperature` divides the scores of signs."""

    classes: Classes
    temperature: float = 1.0

    @property
    def width(self) -> int:
        """How many there are."""
        return len(self.names)

    @property
    def names(self) -> tuple[str, ...]:
        """All of them."""
        return (*self.classes.signs, *self.classes.periods, *self.classes.scopes)

    @property
    def groups(self) -> tuple[slice, slice]:
        """Where the periods and the scopes stand: of each one is right."""
        first, last = len(self.classes.signs), len(self.classes.signs) + len(self.classes.periods)
        return slice(first, last), slice(last, self.width)

    def target(self, marker: Marker) -> tuple[Floats, Floats]:
        """What the scores of a marker should be, and which of them it says anything about."""
        wanted, told = np.zeros(self.width, np.float32), np.zeros(self.width, np.float32)
        signs = self.classes.signs
        if marker.kind != "figure":
            told[: len(signs)] = 1
            for one in marker.labels:
                if one.indicator in signs:
                    wanted[signs.index(one.indicator)] = 1
        if marker.labels:
            for group, names, name in zip(
                self.groups, (self.classes.periods, self.classes.scopes),
                (marker.labels[0].period, marker.labels[0].scope), strict=True,
            ):  # fmt: skip
                if name in names:
                    told[group] = 1
                    wanted[group.start + names.index(name)] = 1
        return wanted, told


def lessons(found: Iterable[Example], scores: Iterable[Floats | None], columns: Columns) -> list[Lesson]:
    """The markers of examples that tell anything of signs, periods or scopes; `scores` are the encoder's of each window."""
    made: list[Lesson] = []
    for example, rows in zip(found, scores, strict=True):
        for one in example.markers:
            wanted, told = columns.target(one)
            if rows is not None and one.place < len(rows) and told.any():
                made.append(Lesson(one.hashes, rows[one.place, -columns.width :], wanted, told))
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


def _chances(scores: Floats, columns: Columns) -> Floats:
    """Each sign may be right, of periods and scopes one."""
    chances = 1 / (1 + np.exp(-np.clip(scores / columns.temperature, -30, 30)))
    for group in columns.groups:
        raised = np.exp(scores[:, group] - scores[:, group].max(1, keepdims=True, initial=-1e9))
        chances[:, group] = raised / np.maximum(raised.sum(1, keepdims=True), 1e-9)
    return np.asarray(chances, np.float32)


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
