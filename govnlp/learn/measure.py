"""Precision, recall and F1 of what was read, by indicator, section, form and status, with a bootstrap interval."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from govnlp.learn.compare import Compared, Outcome, Said

NOTHING = "(nothing)"
_DRAWS, _SEED = 2000, 7


class Score(NamedTuple):
    """How many facts the gold has, how many were read, how many of those are right.

    >>> Score(10, 8, 6).precision, Score(10, 8, 6).recall, round(Score(10, 8, 6).f1, 3)
    (0.75, 0.6, 0.667)
    """

    gold: int = 0
    read: int = 0
    right: int = 0

    @property
    def precision(self) -> float:
        """Of what was read, the share that is right; 1.0 where nothing was read."""
        return self.right / self.read if self.read else 1.0

    @property
    def recall(self) -> float:
        """Of the gold, the share that was read; 1.0 where there is none."""
        return self.right / self.gold if self.gold else 1.0

    @property
    def f1(self) -> float:
        """The harmonic mean of precision and recall."""
        return 2 * self.right / (self.gold + self.read) if self.gold + self.read else 1.0


class Interval(NamedTuple):
    """Between which values 95 of 100 draws of passages with replacement lie."""

    low: float
    high: float


class Intervals(NamedTuple):
    """The intervals of the three figures."""

    precision: Interval
    recall: Interval
    f1: Interval


class Confusion(NamedTuple):
    """How often an indicator was read as another; `(nothing)` stands for what is no fact on that side."""

    gold: str
    read: str
    times: int


@dataclass(frozen=True)
class Measured:
    """The scores of one reading of one gold. The `errors` are in the order of the gold."""

    units: int
    overall: Score
    intervals: Intervals
    by_indicator: dict[str, Score]
    by_section: dict[str, Score]
    by_status: dict[str, Score]
    by_form: dict[str, Score]
    confusions: tuple[Confusion, ...]
    errors: tuple[Outcome, ...]


def measured(compared: Iterable[Compared]) -> Measured:
    """The scores of passages or documents that were compared.

    >>> measured([]).overall
    Score(gold=0, read=0, right=0)
    """
    units = list(compared)
    every = [(one, section, unit.form) for unit in units for one, section in _with_sections(unit)]
    outcomes = [one for one, _, _ in every]
    return Measured(
        len(units),
        _total(outcomes),
        _intervals([_total(unit.outcomes) for unit in units]),
        _grouped(outcomes, lambda said: said.indicator),
        {name: _total(some) for name, some in _by((section, one) for one, section, _ in every)},
        _grouped(outcomes, lambda said: said.kind),
        {name: _total(some) for name, some in _by((form, one) for one, _, form in every) if name},
        _confusions(outcomes),
        tuple(one for one in outcomes if not one.is_right),
    )


def _with_sections(unit: Compared) -> Iterator[tuple[Outcome, str]]:
    return zip(unit.outcomes, unit.sections or [unit.section] * len(unit.outcomes), strict=True)


def _by(pairs: Iterable[tuple[str, Outcome]]) -> list[tuple[str, list[Outcome]]]:
    groups: dict[str, list[Outcome]] = {}
    for name, one in pairs:
        groups.setdefault(name, []).append(one)
    return sorted(groups.items())


def _total(outcomes: Sequence[Outcome]) -> Score:
    gold = sum(one.gold is not None for one in outcomes)
    read = sum(one.read is not None for one in outcomes)
    return Score(gold, read, sum(one.is_right for one in outcomes))


def _grouped(outcomes: Iterable[Outcome], name: Callable[[Said], str]) -> dict[str, Score]:
    """Scores by a name that both sides have: a confusion costs one the recall, the other the precision."""
    gold, read, right = Counter[str](), Counter[str](), Counter[str]()
    for one in outcomes:
        if one.gold is not None:
            gold[name(one.gold)] += 1
            right[name(one.gold)] += one.is_right
        if one.read is not None:
            # What is right counts where the gold has it, though it was said in another way.
            read[name(one.gold if one.gold is not None and one.is_right else one.read)] += 1
    return {key: Score(gold[key], read[key], right[key]) for key in sorted(gold.keys() | read.keys())}


def _confusions(outcomes: Iterable[Outcome]) -> tuple[Confusion, ...]:
    """The most frequent first. A right name with a wrong value is told as such."""
    counts = Counter(_names(one) for one in outcomes if not one.is_right)
    return tuple(Confusion(*names, count) for names, count in sorted(counts.items(), key=lambda one: (-one[1], one[0])))


def _names(one: Outcome) -> tuple[str, str]:
    gold = one.gold.name if one.gold is not None else NOTHING
    read = one.read.name if one.read is not None else NOTHING
    return gold, f"{read} (another value)" if gold == read else read


def _intervals(units: Sequence[Score]) -> Intervals:
    """Draw as many units as there are, with replacement, many times."""
    import numpy as np

    if not units:
        return Intervals(*[Interval(1.0, 1.0)] * 3)
    dice = np.random.default_rng(_SEED)
    drawn = dice.multinomial(len(units), np.full(len(units), 1 / len(units)), _DRAWS) @ np.array(units)
    scores = [Score(*map(int, row)) for row in drawn]
    bounds = [
        np.percentile(one, [2.5, 97.5]) for one in zip(*((s.precision, s.recall, s.f1) for s in scores), strict=True)
    ]
    return Intervals(*(Interval(round(float(low), 4), round(float(high), 4)) for low, high in bounds))
