"""The linear model of figures, learning on with numpy alone: seconds on two cores, no accelerator, no framework.

Its file is `linear.safetensors`: the hashes of the known features in order, one signed byte a weight with a scale for each
class, and a bias. `labels.json` beside it names the classes.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray
from pydantic import BaseModel, ConfigDict, ValidationError

from govnlp.errors import FormatError, MissingModelError
from govnlp.learn.tensors import read_tensors, write_tensors
from govnlp.model_files import LABELS
from govnlp.schema.facts import Period, Scope

Floats: TypeAlias = NDArray[np.float32]
Places: TypeAlias = NDArray[np.intp]
FILE = "linear.safetensors"


class Classes(BaseModel):
    """The classes of a model. `figures` begins with no indicator; `signs` are what a denial or a carried total may name."""

    model_config = ConfigDict(frozen=True)

    figures: tuple[str, ...]
    signs: tuple[str, ...] = ()
    periods: tuple[Period, ...] = ()
    scopes: tuple[Scope, ...] = ()


@dataclass(frozen=True)
class Linear:
    """`known` features [features] in order, weights [features, classes], bias [classes].

    The weights of the known features of a marker are summed and divided by the root of their count.
    """

    known: NDArray[np.uint32]
    weights: Floats
    bias: Floats

    def places(self, hashes: Sequence[int]) -> Places:
        """The rows of features; those that are not known are left out."""
        wanted = np.array(hashes, np.uint32)
        found = np.searchsorted(self.known, wanted).clip(max=max(0, len(self.known) - 1))
        return found[self.known[found] == wanted] if len(self.known) else found[:0]

    def scores(self, hashes: Sequence[int]) -> Floats:
        """The scores of the classes for a marker with these features."""
        found = self.places(hashes)
        return np.asarray(self.weights[found].sum(0) / max(1, len(found)) ** 0.5 + self.bias, np.float32)

    def with_features(self, hashes: Iterable[int]) -> Linear:
        """The same model that also knows these features, which say nothing yet."""
        new = np.setdiff1d(np.array(sorted(hashes), np.uint32), self.known)
        order = np.argsort(np.concatenate([self.known, new]))
        weights = np.concatenate([self.weights, np.zeros((len(new), self.weights.shape[1]), np.float32)])
        return Linear(np.concatenate([self.known, new])[order], weights[order], self.bias)


def read_classes(folder: Path) -> Classes:
    """The classes of a model folder; `MissingModelError` or `FormatError` where there are none."""
    try:
        return Classes.model_validate_json((folder / LABELS).read_text("utf-8"))
    except OSError as error:
        raise MissingModelError(f"{folder / LABELS} cannot be read: {error.strerror or error}.") from None
    except ValidationError as error:
        raise FormatError(f"{folder / LABELS} names no classes: {error.errors()[0]['msg']}") from None


def read_linear(folder: Path) -> Linear:
    """The linear model of a model folder; `MissingModelError` or `FormatError` where there is none."""
    arrays = read_tensors(folder / FILE)
    try:
        weights = arrays["weights"].astype(np.float32) * arrays["scale"]
        model = Linear(arrays["known"].astype(np.uint32), weights, arrays["bias"].astype(np.float32))
    except (KeyError, ValueError):
        raise FormatError(f"{folder / FILE} is no linear model: it lacks an array, or their sizes differ.") from None
    if model.weights.shape != (len(model.known), len(read_classes(folder).figures)):
        raise FormatError(f"{folder / FILE} does not fit {LABELS}; take both from one model.")
    return model


def write_linear(model: Linear, folder: Path) -> None:
    """Write the model: a weight is one signed byte times the scale of its class."""
    scale = (np.maximum(np.abs(model.weights).max(0, initial=0), 1e-6) / 127).astype(np.float32)
    rounded = np.clip(np.round(model.weights / scale), -127, 127).astype(np.int8)
    write_tensors(folder / FILE, {"known": model.known, "weights": rounded, "scale": scale, "bias": model.bias})


@dataclass(frozen=True, slots=True)
class Figure:
    """A figure to learn: its features, its class, how much it weighs, and what an encoder says of it (its scores)."""

    hashes: tuple[int, ...]
    wanted: int
    weight: float = 1.0
    encoder: Floats | None = None


@dataclass(frozen=True)
class Settings:
    """How it learns on. Scores times `share` answer beside the encoder's times `encoder`; and times `alone` alone.

    `pull` draws weights back to where they were, so that what is not spoken of stays. A new feature needs `least` figures.
    """

    share: float = 1.0
    encoder: float = 1.0
    alone: float = 1.0
    epochs: int = 10
    size: int = 256
    rate: float = 0.5
    pull: float = 0.03
    dropout: float = 0.3
    least: int = 3
    seed: int = 7


def learnt(
    base: Linear, figures: Sequence[Figure], settings: Settings | None = None, step: Callable[[], None] = lambda: None
) -> Linear:
    """The base after learning from figures; `step` is called after each epoch.

    The base stays as it is. The same figures and settings give the same model.
    """
    chosen = settings or Settings()
    counts = Counter(one for figure in figures if figure.weight > 1 for one in figure.hashes)
    base = base.with_features(one for one, count in counts.items() if count >= chosen.least)

    def blame(scores: Floats, some: Places) -> Floats:
        return _blame(scores, [figures[one] for one in some], chosen)

    return descended(base, [base.places(one.hashes) for one in figures], blame, chosen, step)


Blame: TypeAlias = "Callable[[Floats, Places], Floats]"


def descended(
    base: Linear, places: Sequence[Places], blame: Blame, chosen: Settings, step: Callable[[], None] = lambda: None,
    sizes: Places | None = None,
) -> Linear:  # fmt: skip
    """The base after going down the slope that `blame` gives for the scores of some rows; weights are drawn back to the base.

    A row is the sum of its features over the root of their count, or of its size where `sizes` are given: then no bias
    is learnt either.
    """
    weights, bias = base.weights.copy(), base.bias.copy()
    # One rate a feature, not one a weight: the columns of a row are spoken of together.
    squares, bias_squares = np.full(len(weights), 1e-6, np.float32), np.full(len(bias), 1e-6, np.float32)
    dice = np.random.default_rng(chosen.seed)
    for _ in range(chosen.epochs):
        order = dice.permutation(len(places))
        for at in range(0, len(order), chosen.size):
            some = order[at : at + chosen.size]
            whole = sizes[some] * (1 - chosen.dropout) if sizes is not None else None
            used, rows = _rows([places[one] for one in some], chosen.dropout, dice, whole)
            slopes = blame(rows @ weights[used] + bias, some) / len(some)
            slope = rows.T @ slopes + chosen.pull / len(some) * (weights[used] - base.weights[used])
            squares[used] += (slope**2).mean(1)
            weights[used] -= chosen.rate * slope / np.sqrt(squares[used])[:, None] / np.sqrt(slope.shape[1])
            if sizes is None:
                bias_slope = slopes.sum(0)
                bias_squares += bias_slope**2
                bias -= chosen.rate * 0.1 * bias_slope / np.sqrt(bias_squares)
        step()
    return Linear(base.known, weights, bias)


def _rows(
    places: list[Places], dropout: float, dice: np.random.Generator, whole: Floats | None = None
) -> tuple[Places, Floats]:
    """The features that a batch uses, and its rows over them, some features left out."""
    kept = [one[dice.random(len(one)) >= dropout] for one in places]
    used, columns = np.unique(np.concatenate(kept), return_inverse=True)
    counts = np.array([len(one) for one in kept])
    shares = 1 / np.sqrt(np.maximum(counts if whole is None else whole, 1))
    rows = np.zeros((len(kept), len(used)), np.float32)
    rows[np.repeat(np.arange(len(kept)), counts), columns] = np.repeat(shares, counts)
    return used, rows


def _blame(scores: Floats, some: list[Figure], chosen: Settings) -> Floats:
    """The slope of the loss by the scores: of the answer beside the encoder, and of the answer alone."""
    wanted = np.array([one.wanted for one in some])
    weight = np.array([one.weight for one in some], np.float32)[:, None]
    blame = chosen.alone * _apart(scores * chosen.alone, wanted)
    beside = [row for row, one in enumerate(some) if one.encoder is not None]
    if beside:
        encoder = np.stack([one.encoder for one in some if one.encoder is not None])
        blame[beside] += chosen.share * _apart(scores[beside] * chosen.share + encoder * chosen.encoder, wanted[beside])
    return np.asarray(blame * weight, np.float32)


def _apart(scores: Floats, wanted: NDArray[np.int64]) -> Floats:
    """The chances that scores give, less the class that was wanted."""
    raised = np.exp(scores - scores.max(1, keepdims=True))
    chances = raised / raised.sum(1, keepdims=True)
    chances[np.arange(len(wanted)), wanted] -= 1
    return np.asarray(chances, np.float32)
