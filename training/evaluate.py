"""How right a tagger is, on voices that taught nothing: `python -m training.evaluate models/zh_govnlp`.

A fact is right where its indicator and its value are; only facts that answer (this year's, the organ's own) are counted.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Callable, Iterable
from decimal import Decimal
from pathlib import Path
from typing import NamedTuple

import numpy as np

from corpora.records import PART, Passage
from corpora.voices import Voice, read_voices
from govnlp.prose.confidence import calibrated
from govnlp.prose.model import ModelTagger
from govnlp.prose.resolve import resolve
from govnlp.prose.rules import RuleTagger
from govnlp.prose.sentences import sentences
from govnlp.prose.tagger import Tagger
from govnlp.prose.unfold import tags as tagged
from govnlp.schema.text import Span
from training.examples import as_read, parted
from training.scores import Floats

_ON_TIME, _CLOSED = "applications.closed_on_time.total", "applications.closed.total"
_DRAWS = 1000


class Told(NamedTuple):
    """A fact: what is said, its value, whether it is a statement of none; of one that was read, how sure it says it is.

    `confidence` is what `extract` gives, `raw` what the rule or the model gave.
    """

    indicator: str
    value: Decimal
    none: bool
    confidence: float = 1.0
    raw: float = 1.0


class Tally(NamedTuple):
    """Counts of one passage: facts read and right, facts read, facts there."""

    right: int
    read: int
    there: int


class Rate(NamedTuple):
    """Precision, recall and F1, with an interval of F1 that holds 95 of 100 draws of passages."""

    precision: float
    recall: float
    f1: float
    low: float
    high: float
    facts: int


def there(passage: Passage) -> list[Told]:
    """The facts that the marks of a passage state, each once."""
    found: dict[tuple[str, Decimal], Told] = {}
    for mark in passage.marks:
        names = {label.indicator for label in mark.labels}
        for label in mark.labels:
            doubled = label.indicator == _CLOSED and _ON_TIME in names
            if (
                label.indicator == PART
                or label.value is None
                or doubled
                or (label.period, label.scope) != ("year", "own")
            ):
                continue
            found[label.indicator, label.value] = Told(label.indicator, label.value, mark.kind == "none")
    return list(found.values())


def read(passage: Passage, tagger: Tagger, least: float = 0.0) -> list[Told]:
    """The facts that a tagger reads in a passage once the reading rules are applied."""
    shown = as_read(passage)
    found = tagger.mentions(passage.text)
    spans: list[Span] = [one.span for one in sentences(passage.text)]
    tags = [one for one in tagged(tagger, shown, found) if not one.doubtful] if found else []
    drafts = resolve(shown, found, tags, spans)
    made: dict[tuple[str, Decimal], Told] = {}
    for one in sorted(drafts, key=lambda draft: draft.confidence):
        if (one.period, one.scope) == ("year", "own") and one.confidence >= least:
            made[one.indicator, one.value] = Told(
                one.indicator, one.value, one.status == "stated_none", calibrated(one.confidence), one.confidence
            )
    return list(made.values())


def tally(told: Iterable[Told], wanted: Iterable[Told]) -> Tally:
    """How many facts of one passage are right."""
    ours, theirs = {one[:2] for one in told}, {one[:2] for one in wanted}
    return Tally(len(ours & theirs), len(ours), len(theirs))


def rate(tallies: list[Tally], seed: int = 7) -> Rate:
    """Precision, recall, F1 over passages."""
    counts = np.array(tallies, float).reshape(-1, 3)
    dice = np.random.default_rng(seed)
    draws = [_f1(counts[dice.integers(0, len(counts), len(counts))].sum(0)) for _ in range(_DRAWS)]
    right, ours, theirs = counts.sum(0)
    low, high = np.quantile(draws, [0.025, 0.975])
    precision, recall, f1 = right / max(1, ours), right / max(1, theirs), _f1(counts.sum(0))
    shares = [round(float(one), 4) for one in (precision, recall, f1, low, high)]
    return Rate(shares[0], shares[1], shares[2], shares[3], shares[4], int(theirs))


def _f1(sums: Floats) -> float:
    return float(2 * sums[0] / max(1.0, sums[1] + sums[2]))


def calibration_error(chances: Floats, right: Floats, bins: int = 10) -> float:
    """The expected calibration error: how far confidence is from the share of right answers, over bins of confidence."""
    places = np.minimum((chances * bins).astype(int), bins - 1)
    gaps = [
        abs(chances[places == one].mean() - right[places == one].mean()) * (places == one).mean()
        for one in set(places.tolist())
    ]
    return float(sum(gaps))


def facts(passages: list[Passage], tagger: Tagger, least: float = 0.0) -> dict[str, Rate]:
    """Facts of all kinds, figures with carried totals, and statements of none apart."""
    told = [(read(one, tagger, least), there(one)) for one in passages]
    kinds: dict[str, Callable[[Told], bool]] = {
        "all": lambda _: True,
        "figures": lambda one: not one.none,
        "none": lambda one: one.none,
    }
    return {
        name: rate([tally(filter(keep, ours), filter(keep, theirs)) for ours, theirs in told])
        for name, keep in kinds.items()
    }


def error_of_confidence(passages: list[Passage], tagger: Tagger, *, raw: bool = False) -> float:
    """The calibration error of the facts that a tagger reads; `raw` is that of the tagger's own confidence."""
    pairs = []
    for passage in passages:
        wanted = {one[:2] for one in there(passage)}
        pairs += [(one.raw if raw else one.confidence, one[:2] in wanted) for one in read(passage, tagger)]
    if not pairs:
        return 0.0
    chances, right = zip(*pairs, strict=True)
    return calibration_error(np.array(chances, float), np.array(right, float))


def of(voices: list[Voice]) -> list[Passage]:
    """The passages of voices."""
    return [passage for voice in voices for passage in voice.passages]


def main(arguments: list[str] | None = None) -> None:
    """Score a model and the rules on the voices held out."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("model", type=Path, nargs="?", default=Path("models/zh_govnlp"))
    parser.add_argument("--least", type=float, default=0.0)
    chosen = parser.parse_args(arguments)
    _, _, held = parted(read_voices())
    tagger, passages = ModelTagger(chosen.model), of(held)
    told = {
        "model": facts(passages, tagger, chosen.least),
        "rules": facts(passages, RuleTagger(), chosen.least),
    }
    for who, rates in told.items():
        for kind, one in rates.items():
            print(
                f"{who:6} {kind:8} precision {one.precision:.3f}  recall {one.recall:.3f}  F1 {one.f1:.3f} ({one.low:.3f}-{one.high:.3f})  of {one.facts}"
            )
    print(f"calibration error of the model's facts {error_of_confidence(passages, tagger, raw=True):.4f}")
    print(json.dumps({who: {kind: one._asdict() for kind, one in rates.items()} for who, rates in told.items()}))


if __name__ == "__main__":
    main()
