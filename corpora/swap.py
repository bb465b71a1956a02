"""Passages in which kinds change places: what is said of 自然人 is said of 律所, and its labels follow.

A rare indicator is so met in as many sentences as its frequent kin. Source of the words: `swaps.yaml`.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import cache
from pathlib import Path
from random import Random
from typing import NamedTuple

import yaml

from corpora.pieces import edited
from corpora.records import PART, Mark, Passage
from govnlp.normalise.edits import Edit
from govnlp.schema.indicators import indicators


class Kinds(NamedTuple):
    """Kinds of one sort: the place of their names in the ids under `root`, and the words that name each."""

    root: str
    place: int
    words: Mapping[str, Sequence[str]]

    def kind(self, indicator: str) -> str | None:
        """The kind that an id speaks of, or None where it speaks of none of these."""
        parts = indicator.split(".")
        if not indicator.startswith(f"{self.root}.") or not -len(parts) <= self.place < len(parts):
            return None
        return parts[self.place] if parts[self.place] in self.words else None

    def renamed(self, indicator: str, changed: Mapping[str, str]) -> str:
        """The id with its kind changed."""
        kind = self.kind(indicator)
        if kind is None:
            return indicator
        parts = indicator.split(".")
        parts[self.place] = changed.get(kind, kind)
        return ".".join(parts)


class Swaps(NamedTuple):
    """What `swaps.yaml` holds: sorts of kinds, and groups of words that mean the same."""

    kinds: tuple[Kinds, ...]
    alike: tuple[tuple[str, ...], ...]


@cache
def swaps() -> Swaps:
    """The words that may change places."""
    sheet = yaml.safe_load(Path(__file__).with_name("swaps.yaml").read_text("utf-8"))
    kinds = tuple(
        Kinds(one["root"], -1 if one.get("last") else one["root"].count(".") + 1, one["words"])
        for one in sheet["kinds"]
    )
    return Swaps(kinds, tuple(tuple(group) for group in sheet["alike"]))


def swap(passage: Passage, random: Random, share: float = 0.5) -> Passage:
    """The passage with some of its kinds changed for others, and some words for others that mean the same.

    `share` in [0, 1] is how often each sort and each group of words changes. A sort changes only where the passage
    names every kind that its labels speak of, and every new id exists.

    >>> from corpora.records import Label
    >>> mark = Mark(6, 7, "figure", (Label("applications.new.natural_person", None),))
    >>> one = Passage("a", "county", "plain", "applications", 2021, "自然人提出了3件", (mark,))
    >>> made = swap(one, Random(3), 1.0)
    >>> made.text, made.marks[0].labels[0].indicator
    ('科研机构提出了3件', 'applications.new.research')
    """
    for sort in swaps().kinds:
        if random.random() < share:
            passage = _kinds_changed(passage, sort, random)
    for group in swaps().alike:
        if random.random() < share:
            passage = _reworded(passage, group, random)
    return passage


def _kinds_changed(passage: Passage, sort: Kinds, random: Random) -> Passage:
    named = {word: kind for kind, words in sort.words.items() for word in words}
    found = list(_finder(tuple(named)).finditer(passage.text))
    present = sorted({named[one[0]] for one in found})
    spoken = {kind for mark in passage.marks for label in mark.labels if (kind := sort.kind(label.indicator))}
    if not spoken or not spoken <= set(present):
        return passage
    changed = dict(zip(present, random.sample(sorted(sort.words), len(present)), strict=True))
    edits = [Edit(one.start(), one.end(), random.choice(sort.words[changed[named[one[0]]]])) for one in found]
    marks = tuple(_relabelled(mark, sort, changed) for mark in passage.marks)
    made = edited(replace(passage, marks=marks), edits)
    sound = all(label.indicator in indicators() or label.indicator == PART for mark in marks for label in mark.labels)
    crossed = any(one.start() < mark.end and mark.start < one.end() for one in found for mark in passage.marks)
    return made if sound and not crossed else passage


def _relabelled(mark: Mark, sort: Kinds, changed: Mapping[str, str]) -> Mark:
    labels = tuple(label._replace(indicator=sort.renamed(label.indicator, changed)) for label in mark.labels)
    return replace(mark, labels=labels)


def _reworded(passage: Passage, group: Sequence[str], random: Random) -> Passage:
    edits = [Edit(*one.span(), random.choice(group)) for one in _finder(tuple(group)).finditer(passage.text)]
    return edited(passage, edits) if edits else passage


@cache
def _finder(words: tuple[str, ...]) -> re.Pattern[str]:
    """Any of the words, the longest first."""
    return re.compile("|".join(map(re.escape, sorted(words, key=len, reverse=True))))
