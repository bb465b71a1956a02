"""The linear model of figures over n-grams around a marker: trains in a minute, answers in microseconds.

`python -m training.linear` trains it on the voices that are not held out and writes `linear.safetensors`, one byte a weight.
"""

from __future__ import annotations

import argparse
from collections import Counter
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch
from numpy.typing import NDArray
from safetensors.numpy import save_file
from torch import Tensor, nn

from corpora.voices import Voice, read_voices
from govnlp.prose.ngrams import features
from training.examples import Example, Labels, examples, figure_label, labels_of, of_voices, parted
from training.growth import taught
from training.scores import Floats, flat
from training.wordings import wordings


@dataclass(frozen=True)
class Rates:
    """How the linear model learns; a feature of fewer than `least` markers is left out, and so are the rarest over `most`.

    It reads the passages `rounds` times in other words, with `grown` times as many made of their pieces.
    """

    least: int = 5
    most: int = 20_000
    rounds: int = 2
    grown: float = 0.7
    epochs: int = 6
    size: int = 256
    rate: float = 0.1
    dropout: float = 0.4
    seed: int = 7


@dataclass(frozen=True)
class Linear:
    """`known` features [features] in order, weights [features, classes], bias [classes].

    The weights of the known features of a marker are summed and divided by the root of their count.
    """

    known: NDArray[np.uint32]
    weights: NDArray[np.float32]
    bias: NDArray[np.float32]

    def scores(self, found: list[Example]) -> Floats:
        """The scores of the figure classes of every marker of the examples (of signs too, where they mean nothing)."""
        return np.stack([self._one(row) for one in found for row in features(one.window)])

    def _one(self, row: list[int]) -> Floats:
        places = _places(self.known, row)
        return np.asarray(self.weights[places].sum(0) / max(1, len(places)) ** 0.5 + self.bias, np.float64)


def _places(known: NDArray[np.uint32], row: list[int]) -> NDArray[np.int64]:
    wanted = np.array(row, np.uint32)
    places = np.searchsorted(known, wanted).clip(max=len(known) - 1)
    return np.asarray(places[known[places] == wanted], np.int64)


def trained(found: list[Example], labels: Labels, chosen: Rates | None = None) -> Linear:
    """Learn from the figures of examples; words that stand in one of them alone teach nothing."""
    chosen = chosen or Rates()
    rows, classes = _figures(found, labels)
    counts = Counter(one for row in rows for one in row)
    frequent = [one for one, count in counts.most_common(chosen.most) if count >= chosen.least]
    known = np.array(sorted(frequent), np.uint32)
    places = [_places(known, row) for row in rows]
    weights, bias = _fitted(places, torch.tensor(classes), (len(known), len(labels.figures)), chosen)
    return Linear(known, weights.detach().numpy(), bias.detach().numpy())


def lessons(voices: list[Voice], chosen: Rates) -> list[Example]:
    """What the linear model reads: the wordings of the forms, and the voices in as many words as `rounds` says."""
    grown = [
        one for turn in range(chosen.rounds) for one in taught(voices, chosen.grown, f"linear {chosen.seed} {turn}")
    ]
    return [*of_voices(voices), *examples(grown), *examples(wordings())]


def _figures(found: list[Example], labels: Labels) -> tuple[list[list[int]], list[int]]:
    """The features and the class of every figure that counts and whose label is a class."""
    classes = {name: place for place, name in enumerate(labels.figures)}
    rows, wanted = [], []
    for example in found:
        for row, (target, counts) in zip(features(example.window), flat([example]), strict=True):
            if counts and target.kind == "figure" and figure_label(target) in classes:
                rows.append(row)
                wanted.append(classes[figure_label(target)])
    return rows, wanted


def _fitted(
    places: list[NDArray[np.int64]], classes: Tensor, shape: tuple[int, int], chosen: Rates
) -> tuple[Tensor, Tensor]:
    dice = np.random.default_rng(chosen.seed)
    weights, bias = torch.zeros(shape, requires_grad=True), torch.zeros(shape[1], requires_grad=True)
    optimizer = torch.optim.Adam([weights, bias], lr=chosen.rate, fused=True)
    steps = chosen.epochs * -(-len(places) // chosen.size)
    schedule = torch.optim.lr_scheduler.LinearLR(optimizer, 1.0, 0.02, steps)
    for _ in range(chosen.epochs):
        order = dice.permutation(len(places))
        for at in range(0, len(order), chosen.size):
            some = order[at : at + chosen.size]
            kept = [places[one][dice.random(len(places[one])) >= chosen.dropout] for one in some]
            # The gradient is kept and filled with zeros: a new one of this size each time costs more than the sums.
            optimizer.zero_grad(set_to_none=False)
            nn.functional.cross_entropy(_summed(kept, weights) + bias, classes[some]).backward()
            optimizer.step()
            schedule.step()
    return weights, bias


def _summed(rows: list[NDArray[np.int64]], weights: Tensor) -> Tensor:
    sizes = [len(row) for row in rows]
    starts = torch.tensor(np.cumsum([0, *sizes])[:-1])
    sums = nn.functional.embedding_bag(torch.from_numpy(np.concatenate(rows)), weights, starts, mode="sum")
    return sums / torch.tensor(sizes).clamp(min=1)[:, None].sqrt()


def saved(model: Linear, path: Path) -> None:
    """Write the model: a weight is one signed byte times the scale of its class."""
    scale = np.maximum(np.abs(model.weights).max(0), 1e-6) / 127
    rounded = np.clip(np.round(model.weights / scale), -127, 127).astype(np.int8)
    save_file({"known": model.known, "weights": rounded, "scale": scale.astype(np.float32), "bias": model.bias}, path)


def main(arguments: list[str] | None = None) -> None:
    """Train, score on the validation voices, write."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--out", type=Path, default=Path("out/linear"))
    chosen = parser.parse_args(arguments)
    torch.set_num_threads(1)
    train, validation, _ = parted(read_voices())
    rates = Rates()
    found = lessons(train, rates)
    labels = labels_of(found)
    model = trained(found, labels, rates)
    watched = of_voices(validation)
    told = [(figure_label(target), counts and target.kind == "figure") for target, counts in flat(watched)]
    best = model.scores(watched).argmax(1)
    right = [labels.figures[at] == name for at, (name, counts) in zip(best, told, strict=True) if counts]
    print(
        f"{len(model.known)} features, {len(labels.figures)} classes, {np.mean(right):.4f} of {len(right)} figures right"
    )
    chosen.out.mkdir(parents=True, exist_ok=True)
    saved(model, chosen.out / "linear.safetensors")


if __name__ == "__main__":
    main()
