"""Fits how sure facts say they are: `python -m training.confidence` writes `govnlp/prose/confidence.yaml`.

The facts that rules and model read in the validation voices, sorted by raw confidence into parts; where a surer part was
less often right than the one before it, both are joined (pool adjacent violators, Ayer et al. 1955).
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from pathlib import Path
from typing import NamedTuple

from corpora.voices import read_voices
from govnlp.model_files import model_path
from govnlp.prose import confidence
from govnlp.prose.cascade import CascadeTagger
from govnlp.prose.model import ModelTagger
from training.evaluate import of, read, there
from training.examples import parted

PAGE = Path(confidence.__file__).with_name("confidence.yaml")
_HEAD = """\
# Raw confidence of what is read in sentences, and the share of such facts that was right on the validation voices.
# Written by `python -m training.confidence`.
"""
_EDGES = (0.0, 0.5, 0.6, 0.7, 0.8, 0.86, 0.9, 0.94, 0.97, 0.99, 1.001)
# A part of few facts says little: it counts as if it held these many more, as often right as their confidence says.
_DOUBT = 5


class Part(NamedTuple):
    """Facts of about one confidence: the sum of their raw confidences, how many were right, how many they are."""

    raw: float
    right: float
    facts: float

    def joined(self, other: Part) -> Part:
        """Both as one."""
        return Part(self.raw + other.raw, self.right + other.right, self.facts + other.facts)

    @property
    def share(self) -> float:
        """The share that was right."""
        return self.right / self.facts


def fitted(pairs: Sequence[tuple[float, bool]]) -> list[tuple[float, float]]:
    """Points of raw confidence and the share right, both rising, from facts with their raw confidence.

    >>> fitted([(0.9, True)] * 90 + [(0.9, False)] * 10)
    [(0.9, 0.9)]
    """
    parts: list[Part] = []
    for low, high in pairwise(_EDGES):
        here = [pair for pair in pairs if low <= pair[0] < high]
        if here:
            mean = sum(raw for raw, _ in here) / len(here)
            count = len(here) + _DOUBT
            parts.append(Part(mean * count, sum(right for _, right in here) + mean * _DOUBT, count))
        while len(parts) > 1 and parts[-1].share <= parts[-2].share:
            parts[-2:] = [parts[-2].joined(parts[-1])]
    return [(round(one.raw / one.facts, 3), round(one.share, 4)) for one in parts]


def main() -> None:
    """Measure and write."""
    _, validation, _ = parted(read_voices())
    tagger = CascadeTagger(ModelTagger(model_path()), sure=0.0)
    pairs: list[tuple[float, bool]] = []
    for passage in of(validation):
        wanted = {one[:2] for one in there(passage)}
        pairs += [(one.raw, one[:2] in wanted) for one in read(passage, tagger)]
    points = fitted(pairs)
    lines = "\n".join(f"  - [{raw}, {right}]" for raw, right in points)
    PAGE.write_text(f"{_HEAD}points:\n{lines}\n", "utf-8")
    print(f"{len(pairs)} facts, {len(points)} points, in {PAGE.name}")


if __name__ == "__main__":
    main()
