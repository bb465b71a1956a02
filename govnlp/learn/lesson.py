"""A base model, passages as what it can learn from them, and what it is after the lesson."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import NamedTuple

from govnlp.errors import FormatError
from govnlp.learn.calibrate import Sharpness, sharpness
from govnlp.learn.examples import Example, examples
from govnlp.learn.linear import Classes, Figure, Floats, Linear, Settings, learnt, read_classes, read_linear
from govnlp.learn.patch import Columns, Lesson, beside, lessons, patched, read_patch
from govnlp.learn.taggers import Scorer, scorer_of
from govnlp.prose.annotations import Annotated

CARD = "card.json"


class Weights(NamedTuple):
    """What a lesson changes: the linear model of figures, and the patch of the encoder."""

    linear: Linear
    patch: Linear


class Taught(NamedTuple):
    """Passages as a model learns from them."""

    examples: list[Example]
    figures: list[Figure]
    lessons: list[Lesson]


@dataclass(frozen=True)
class Base:
    """A model folder that is to learn. `scorer` gives its encoder's scores; the encoder itself stays as it is."""

    classes: Classes
    weights: Weights
    columns: Columns
    settings: Settings
    scorer: Scorer

    def read(self, passages: Iterable[Annotated]) -> Taught:
        """What passages can teach."""
        found = examples(passages)
        scores = [self.scorer(one.window) if one.markers else None for one in found]
        return Taught(found, list(self._figures(found, scores)), lessons(found, scores, self.columns))

    def _figures(self, found: Sequence[Example], scores: Sequence[Floats | None]) -> Iterator[Figure]:
        places = {name: place for place, name in enumerate(self.classes.figures)}
        for example, rows in zip(found, scores, strict=True):
            for one in example.markers:
                if one.kind == "figure" and one.indicator in places:
                    told = rows[one.place, : len(places)] if rows is not None and one.place < len(rows) else None
                    yield Figure(one.hashes, places[one.indicator], encoder=told)

    def learnt(self, new: Taught, old: Taught, share: float, step: Callable[[], None]) -> Weights:
        """The weights after learning what is new beside what is old; the new figures together weigh `share` of the old."""
        weight = max(1.01, share * len(old.figures) / max(1, len(new.figures)))
        figures = [*(replace(one, weight=weight) for one in new.figures), *old.figures]
        linear = learnt(self.weights.linear, figures, self.settings, step)
        fresh, known = ([self._beside(one, linear) for one in some.lessons] for some in (new, old))
        return Weights(linear, patched(self.weights.patch, fresh, known, self.columns))

    def _beside(self, one: Lesson, linear: Linear) -> Lesson:
        return beside(one, linear, self.columns, self.settings.share)

    def sharper(self, unseen: Taught, made: Weights) -> Sharpness:
        """How much surer one may be after the lesson, by passages that taught neither model."""
        before, after = (
            sharpness(unseen.lessons, one.linear, one.patch, self.columns, self.settings)
            for one in (self.weights, made)
        )
        return after.over(before)


def base_of(folder: Path, settings: Settings | None = None) -> Base:
    """The base in a model folder; `MissingModelError` or `FormatError` where there is none."""
    classes = read_classes(folder)
    mixture = read_mixture(folder)
    chosen = settings or Settings()
    chosen = replace(
        chosen, share=mixture["linear"] or 1.0, encoder=mixture["encoder"], alone=mixture["alone"] or 1.0
    )  # fmt: skip
    columns = Columns(classes, mixture["encoder"], mixture.get("signs", 1.0) or 1.0)
    weights = Weights(read_linear(folder), read_patch(folder, columns))
    return Base(classes, weights, columns, chosen, scorer_of(folder))


def read_mixture(folder: Path) -> dict[str, float]:
    """How the card of a model says that its scores are mixed."""
    try:
        told = json.loads((folder / CARD).read_text("utf-8"))["mixture"]
        mixture = {str(name): float(value) for name, value in told.items()}
        return {**{name: mixture[name] for name in ("linear", "encoder", "alone")}, **mixture}
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        raise FormatError(
            f"{folder / CARD} does not say how the model mixes its scores; take a whole model folder."
        ) from None


def sharpened(mixture: dict[str, float], by: Sharpness) -> dict[str, float]:
    """A mixture whose scores are so much sharper.

    >>> sharpened({"encoder": 0.5, "linear": 0.3, "alone": 0.7, "signs": 1.4}, Sharpness(1.0, 1.0, 0.7))["signs"]
    2.0
    """
    changed = {
        "encoder": mixture["encoder"] * by.figures, "linear": mixture["linear"] * by.figures,
        "alone": mixture["alone"] * by.alone, "signs": mixture.get("signs", 1.0) / by.signs,
    }  # fmt: skip
    return {**mixture, **{name: round(value, 4) for name, value in changed.items()}}
