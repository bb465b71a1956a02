"""What the corpus holds, counted: passages, marks, indicators, and how much of it the grammar of mentions finds."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import NamedTuple

from corpora.align import Aligned, align
from corpora.checks import shown
from corpora.load import split_of
from corpora.records import KINDS, PART, Kind, Passage
from govnlp.schema.indicators import indicators

# Fewer passages than this teach a model little of an indicator.
ENOUGH = 25


class Miss(NamedTuple):
    """A mark that the grammar does not find; `instead` is the kind of what it finds there, `-` where nothing."""

    voice: str
    kind: str
    surface: str
    indicator: str
    instead: str
    place: str


class Recall(NamedTuple):
    """Of the marks of one kind, how many the grammar finds with that kind and value, and how many otherwise."""

    marks: int
    found: int
    otherwise: int

    @property
    def share(self) -> float:
        """The part found, 1.0 where there is nothing to find."""
        return self.found / self.marks if self.marks else 1.0


class Survey(NamedTuple):
    """The counts; `misses` leaves the test split out. `indicators` counts the passages in which each id is marked; `unmarked` the mentions that bear no mark."""

    voices: int
    passages: int
    marks: dict[str, int]
    unmarked: dict[str, int]
    sections: dict[str, int]
    years: dict[int, int]
    indicators: dict[str, int]
    recall: dict[str, Recall]
    misses: tuple[Miss, ...]

    @property
    def rare(self) -> dict[str, int]:
        """The indicators of fewer than `ENOUGH` passages, the rarest first."""
        return dict(
            sorted(((name, count) for name, count in self.indicators.items() if count < ENOUGH), key=lambda one: one[1])
        )

    @property
    def none_share(self) -> float:
        """The part of the marks that are statements of none."""
        return self.marks["none"] / max(1, sum(self.marks.values()))


def survey(passages: Sequence[Passage]) -> Survey:
    """The counts of some passages.

    >>> survey([]).rare["capacity.budget"]
    0
    """
    laid = [align(passage) for passage in passages]
    marks = Counter(mark.kind for passage in passages for mark in passage.marks)
    unmarked = Counter(kind for one in laid for kind in _unmarked(one))
    named = Counter(name for passage in passages for name in names(passage))
    return Survey(
        voices=len({passage.voice for passage in passages}),
        passages=len(passages),
        marks={str(kind): marks[kind] for kind in KINDS},
        unmarked={str(kind): unmarked[kind] for kind in KINDS},
        sections=dict(Counter(passage.section for passage in passages).most_common()),
        years=dict(sorted(Counter(passage.year for passage in passages).items())),
        indicators={name: named[name] for name in indicators()},
        recall={str(kind): _recall(laid, kind) for kind in KINDS},
        # The test split is only counted: no one who writes rules reads it.
        misses=tuple(miss for one in laid if split_of(one.passage.voice) != "test" for miss in _misses(one)),
    )


def names(passage: Passage) -> set[str]:
    """The indicators that a passage marks."""
    return {label.indicator for mark in passage.marks for label in mark.labels} - {PART}


def _unmarked(laid: Aligned) -> list[Kind]:
    """The kinds of the mentions that touch no mark; a denial of three things is one mention here."""
    touched = {at for found in (*laid.found, *laid.otherwise) for at in found}
    free = {(one.kind, one.span) for at, one in enumerate(laid.mentions) if at not in touched}
    return [kind for kind, _ in free]


def _recall(laid: Sequence[Aligned], kind: str) -> Recall:
    rows = [
        (bool(found), bool(otherwise))
        for one in laid
        for mark, found, otherwise in zip(one.passage.marks, one.found, one.otherwise, strict=True)
        if mark.kind == kind
    ]
    return Recall(len(rows), sum(found for found, _ in rows), sum(otherwise and not found for found, otherwise in rows))


def _misses(laid: Aligned) -> list[Miss]:
    passage = laid.passage
    return [
        Miss(
            passage.voice, mark.kind, passage.text[mark.start : mark.end], "+".join(label.indicator for label in mark.labels),
            laid.mentions[otherwise[0]].kind if otherwise else "-", shown(passage.text, mark),
        )
        for mark, found, otherwise in zip(passage.marks, laid.found, laid.otherwise, strict=True)
        if not found
    ]  # fmt: skip
