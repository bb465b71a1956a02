"""The linear model over hashed n-grams, learning on with numpy alone: seconds, no accelerator, no framework.

Its file is `linear.safetensors`: one signed byte a weight with a scale for each class, and a bias. `labels.json` beside it
names the classes: a column for each figure, then for each sign, period and scope.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray
from pydantic import BaseModel, ConfigDict, ValidationError

from govnlp.errors import FormatError, MissingModelError
from govnlp.learn.examples import Example
from govnlp.learn.tensors import read_tensors, write_tensors
from govnlp.model_files import LABELS

Floats: TypeAlias = NDArray[np.float32]
FILE = "linear.safetensors"
_NOT_COUNTED = -1


class Classes(BaseModel):
    """The classes of a model. `figures` begins with no indicator; `signs` are what a denial or a carried total may name."""

    model_config = ConfigDict(frozen=True)

    figures: tuple[str, ...]
    signs: tuple[str, ...]
    periods: tuple[str, ...]
    scopes: tuple[str, ...]
    sections: tuple[str, ...] = ()

    @property
    def ends(self) -> list[int]:
        """Where the columns of figures, signs, periods and scopes end."""
        return [
            int(one) for one in np.cumsum([len(self.figures), len(self.signs), len(self.periods), len(self.scopes)])
        ]

    @property
    def known(self) -> frozenset[str]:
        """The indicators that it can answer."""
        return frozenset((*self.figures, *self.signs))


@dataclass(frozen=True)
class Linear:
    """Weights [buckets, columns] and bias [columns]; features are summed and divided by the root of their count."""

    weights: Floats
    bias: Floats

    def scores(self, found: Sequence[Example]) -> Floats:
        """The scores of markers before softmax and sigmoid, [markers, columns]."""
        rows = [self.weights[list(one.buckets)].sum(0) / np.sqrt(len(one.buckets)) for one in found]
        return np.asarray(np.stack(rows) + self.bias) if rows else np.zeros((0, len(self.bias)), np.float32)


def read_linear(folder: Path) -> tuple[Linear, Classes]:
    """The linear model of a model folder; `MissingModelError` or `FormatError` where there is none."""
    try:
        classes = Classes.model_validate_json((folder / LABELS).read_text("utf-8"))
    except OSError as error:
        raise MissingModelError(f"{folder / LABELS} cannot be read: {error.strerror or error}.") from None
    except ValidationError as error:
        raise FormatError(f"{folder / LABELS} names no classes: {error.errors()[0]['msg']}") from None
    arrays = read_tensors(folder / FILE)
    if set(arrays) != {"weights", "scale", "bias"} or arrays["weights"].shape[1:] != (classes.ends[-1],):
        raise FormatError(f"{folder / FILE} does not fit {LABELS}; take both from one model.")
    weights = arrays["weights"].astype(np.float32) * arrays["scale"]
    return Linear(weights, arrays["bias"].astype(np.float32)), classes


def write_linear(model: Linear, folder: Path) -> None:
    """Write the weights as bytes."""
    scale = (np.maximum(np.abs(model.weights).max(0), 1e-6) / 127).astype(np.float32)
    rounded = np.clip(np.round(model.weights / scale), -127, 127).astype(np.int8)
    write_tensors(folder / FILE, {"weights": rounded, "scale": scale, "bias": model.bias.astype(np.float32)})


@dataclass(frozen=True)
class Settings:
    """How it learns on. `pull` draws weights back to where they were: what is not spoken of stays."""

    epochs: int = 6
    size: int = 64
    rate: float = 0.05
    pull: float = 0.01
    dropout: float = 0.25
    seed: int = 7


@dataclass(frozen=True)
class Targets:
    """What markers say: the class of figure, period and scope (-1 counts for nothing), and which signs of those that count."""

    figures: NDArray[np.int64]
    signs: Floats
    is_sign: NDArray[np.bool_]
    periods: NDArray[np.int64]
    scopes: NDArray[np.int64]


def targets_of(found: Sequence[Example], classes: Classes) -> Targets:
    """The targets of markers; what the model has no class for counts for nothing."""
    figures = {name: place for place, name in enumerate(classes.figures)}
    signs = {name: place for place, name in enumerate(classes.signs)}
    wanted = np.zeros((len(found), len(signs)), np.float32)
    for row, one in enumerate(found):
        for label in one.labels if one.kind != "figure" else ():
            if label.indicator in signs:
                wanted[row, signs[label.indicator]] = 1.0
    first = [one.labels[0] if one.labels else None for one in found]
    told = [figures.get(name.indicator if name else "", _NOT_COUNTED) for name in first]
    kinds = [one.kind == "figure" for one in found]
    return Targets(
        np.array(
            [place if is_figure else _NOT_COUNTED for place, is_figure in zip(told, kinds, strict=True)], np.int64
        ),
        wanted,
        ~np.array(kinds, np.bool_),
        np.array([classes.periods.index(one.period) if one else _NOT_COUNTED for one in first], np.int64),
        np.array([classes.scopes.index(one.scope) if one else _NOT_COUNTED for one in first], np.int64),
    )


def learnt(
    base: Linear, classes: Classes, groups: Sequence[tuple[Sequence[Example], float]], settings: Settings | None = None,
    step: Callable[[], None] = lambda: None,
) -> Linear:  # fmt: skip
    """The base after learning from groups of examples, each with its weight; `step` is called after each epoch.

    The base stays as it is. The same examples and settings give the same model.
    """
    chosen = settings or Settings()
    found = [example for some, _ in groups for example in some]
    weight = np.repeat(np.array([weight for _, weight in groups], np.float32), [len(some) for some, _ in groups])
    wanted = targets_of(found, classes)
    weights, bias = base.weights.copy(), base.bias.copy()
    squares = np.full_like(weights, 1e-4)
    bias_squares = np.full_like(bias, 1e-4)
    dice = np.random.default_rng(chosen.seed)
    for _ in range(chosen.epochs):
        for some in _batches(len(found), chosen.size, dice):
            used, rows = _rows([found[one].buckets for one in some], chosen.dropout, dice)
            blame = _blame(rows @ weights[used] + bias, wanted, some, classes) * weight[some, None] / len(some)
            slope = rows.T @ blame + chosen.pull / len(found) * (weights[used] - base.weights[used])
            squares[used] += slope**2
            weights[used] -= chosen.rate * slope / np.sqrt(squares[used])
            bias_slope = blame.sum(0)
            bias_squares += bias_slope**2
            bias -= chosen.rate * bias_slope / np.sqrt(bias_squares)
        step()
    return Linear(weights, bias)


def _batches(count: int, size: int, dice: np.random.Generator) -> Iterator[NDArray[np.int64]]:
    order = dice.permutation(count)
    return (order[at : at + size] for at in range(0, count, size))


def _rows(
    buckets: Iterable[tuple[int, ...]], dropout: float, dice: np.random.Generator
) -> tuple[NDArray[np.int64], Floats]:
    """The buckets that a batch uses, and its markers over them, some features left out."""
    kept = [np.array(one)[dice.random(len(one)) >= dropout] for one in buckets]
    used, places = np.unique(np.concatenate(kept), return_inverse=True)
    sizes = np.array([len(one) for one in kept])
    rows = np.zeros((len(kept), len(used)), np.float32)
    rows[np.repeat(np.arange(len(kept)), sizes), places] = np.repeat(1 / np.sqrt(np.maximum(sizes, 1)), sizes)
    return used, rows


def _blame(scores: Floats, wanted: Targets, some: NDArray[np.int64], classes: Classes) -> Floats:
    """The slope of the loss by the scores: softmax of figures, periods and scopes, sigmoid of signs."""
    figures, signs, periods, scopes = np.split(scores, classes.ends[:-1], axis=1)
    is_sign = wanted.is_sign[some][:, None]
    return np.concatenate([
        _softmax_blame(figures, wanted.figures[some]),
        np.where(is_sign, 1 / (1 + np.exp(-np.clip(signs, -40, 40))) - wanted.signs[some], 0),
        _softmax_blame(periods, wanted.periods[some]),
        _softmax_blame(scopes, wanted.scopes[some]),
    ], axis=1).astype(np.float32)  # fmt: skip


def _softmax_blame(scores: Floats, classes: NDArray[np.int64]) -> Floats:
    raised = np.exp(scores - scores.max(1, keepdims=True))
    blame = raised / raised.sum(1, keepdims=True)
    counted = np.flatnonzero(classes >= 0)
    blame[counted, classes[counted]] -= 1
    blame[classes < 0] = 0
    return np.asarray(blame, np.float32)
