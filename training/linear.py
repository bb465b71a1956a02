"""The linear model over hashed n-grams around a marker: trains in seconds, answers in microseconds.

`python -m training.linear` trains it on the voices that are not held out and writes `linear.safetensors`, one byte a weight.
"""

from __future__ import annotations

import argparse
import random
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch
from numpy.typing import NDArray
from safetensors.numpy import save_file
from torch import Tensor, nn

from corpora.voices import read_voices
from govnlp.prose.ngrams import BUCKETS, features
from training.examples import Example, Labels, examples, figure_label, labels_of, of_voices, parted
from training.scores import Scores, accuracy, flat, split
from training.wordings import wordings


@dataclass(frozen=True)
class Rates:
    """How the linear model learns. `hide_section` of the windows are shown without their section as well."""

    epochs: int = 8
    size: int = 32
    rate: float = 0.3
    dropout: float = 0.25
    hide_section: float = 0.3
    seed: int = 7


@dataclass(frozen=True)
class Linear:
    """Weights [buckets, classes] and bias [classes]; the features of a marker are summed and divided by the root of their count."""

    weights: NDArray[np.float32]
    bias: NDArray[np.float32]

    def scores(self, found: list[Example], labels: Labels) -> Scores:
        """The scores of every marker of the examples; it says nothing of sections."""
        rows = [features(one.window) for one in found]
        made = [np.stack([self._one(one) for one in some]) for some in rows]
        return Scores.joined([(some, np.zeros(len(labels.sections), np.float32)) for some in made], labels)

    def _one(self, buckets: list[int]) -> NDArray[np.float32]:
        return np.asarray(self.weights[buckets].sum(0) / np.sqrt(len(buckets)) + self.bias, np.float32)


class _Module(nn.Module):
    def __init__(self, classes: int, dropout: float) -> None:
        super().__init__()
        self.weights = nn.EmbeddingBag(BUCKETS, classes, mode="sum", sparse=True)
        nn.init.zeros_(self.weights.weight)
        self.bias = nn.Parameter(torch.zeros(classes))
        self.dropout = dropout

    def forward(self, rows: list[list[int]], dice: random.Random) -> Tensor:
        kept = [[one for one in row if dice.random() >= self.dropout] or row for row in rows]
        ends = np.cumsum([0, *map(len, kept)])[:-1]
        sizes = torch.tensor([len(row) for row in kept])
        found = self.weights(torch.tensor([one for row in kept for one in row]), torch.tensor(ends))
        return torch.as_tensor(found / sizes[:, None].sqrt() + self.bias)


def trained(found: list[Example], labels: Labels, chosen: Rates | None = None) -> Linear:
    """Learn from examples."""
    chosen = chosen or Rates()
    torch.manual_seed(chosen.seed)
    dice = random.Random(chosen.seed)  # noqa: S311 - no secret
    rows, wanted = _rows(found, labels, dice, chosen.hide_section)
    module = _Module(len(labels.figures) + len(labels.signs) + len(labels.periods) + len(labels.scopes), chosen.dropout)
    optimizer = torch.optim.Adagrad(module.parameters(), lr=chosen.rate, initial_accumulator_value=0.01)
    order = list(range(len(rows)))
    for _ in range(chosen.epochs):
        dice.shuffle(order)
        for at in range(0, len(order), chosen.size):
            some = order[at : at + chosen.size]
            optimizer.zero_grad()
            made = module([rows[one] for one in some], dice)
            _loss(made, wanted, some, labels).backward()
            optimizer.step()
    return Linear(module.weights.weight.detach().numpy(), module.bias.detach().numpy())


@dataclass(frozen=True)
class _Wanted:
    figures: Tensor
    signs: Tensor
    is_sign: Tensor
    periods: Tensor
    scopes: Tensor


def _rows(found: list[Example], labels: Labels, dice: random.Random, hide: float) -> tuple[list[list[int]], _Wanted]:
    """The features of every marker that counts, some a second time without their section, and what they say."""
    rows: list[list[int]] = []
    targets = []
    for example in found:
        told = flat([example])
        shown = [example.window]
        if dice.random() < hide:
            shown.append(example.window._replace(text="<section>" + example.window.text.partition(">")[2]))
        for window in shown:
            for row, (target, counts) in zip(features(window), told, strict=True):
                if counts:
                    rows.append(row)
                    targets.append(target)
    places = {name: place for place, name in enumerate(labels.figures)}
    first = [target.labels[0] if target.labels else None for target in targets]
    signs = torch.zeros(len(rows), len(labels.signs))
    known = {name: place for place, name in enumerate(labels.signs)}
    for row, target in enumerate(targets):
        for label in target.labels:
            if label.indicator in known:
                signs[row, known[label.indicator]] = 1.0
    figures = [places.get(figure_label(one), -100) if one.kind == "figure" else -100 for one in targets]
    return rows, _Wanted(
        torch.tensor(figures), signs, torch.tensor([one.kind != "figure" for one in targets]),
        torch.tensor([labels.periods.index(one.period) if one else -100 for one in first]),
        torch.tensor([labels.scopes.index(one.scope) if one else -100 for one in first]),
    )  # fmt: skip


def _loss(made: Tensor, wanted: _Wanted, some: list[int], labels: Labels) -> Tensor:
    figures, signs, periods, scopes = split(made, labels)
    chosen = wanted.is_sign[some]
    told = [_entropy(figures, wanted.figures[some]), _entropy(periods, wanted.periods[some]), _entropy(scopes, wanted.scopes[some])]
    if chosen.any():
        told.append(nn.functional.binary_cross_entropy_with_logits(signs[chosen], wanted.signs[some][chosen], reduction="sum"))
    return torch.stack(told).sum() / len(some)


def _entropy(scores: Tensor, classes: Tensor) -> Tensor:
    return nn.functional.cross_entropy(scores, classes, ignore_index=-100, reduction="sum")


def saved(model: Linear, path: Path) -> None:
    """Write the weights, one signed byte each with a scale for each class, and the bias."""
    scale = np.maximum(np.abs(model.weights).max(0), 1e-6) / 127
    rounded = np.clip(np.round(model.weights / scale), -127, 127).astype(np.int8)
    save_file({"weights": rounded, "scale": scale.astype(np.float32), "bias": model.bias.astype(np.float32)}, path)


def main(arguments: list[str] | None = None) -> None:
    """Train, score on the validation voices, write."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--out", type=Path, default=Path("out/linear"))
    chosen = parser.parse_args(arguments)
    train, validation, _ = parted(read_voices())
    found = [*of_voices(train), *examples(wordings())]
    labels = labels_of(found)
    model = trained(found, labels)
    watched = of_voices(validation)
    print(accuracy(model.scores(watched, labels), watched, labels))
    chosen.out.mkdir(parents=True, exist_ok=True)
    saved(model, chosen.out / "linear.safetensors")


if __name__ == "__main__":
    main()
