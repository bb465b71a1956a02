"""The annotated corpus as what a model learns from: windows, and for each marker what it says."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from corpora.load import split_of
from corpora.records import PART, PERIODS, SCOPES, Label, Mark, Passage
from corpora.voices import Voice
from govnlp.prose import tagger
from govnlp.prose.mentions import Mention, mentions
from govnlp.prose.windows import SECTIONS, Group, Window, marked_sentences, windows

NOTHING = ""
# A label of fewer figures than this is not learnt.
LEAST = 3


@dataclass(frozen=True, slots=True)
class Target:
    """What one marker says: the labels of its mark, none where it bears no mark. `counts` is False where no one can tell."""

    kind: str
    labels: tuple[Label, ...] = ()
    counts: bool = True


@dataclass(frozen=True, slots=True)
class Example:
    """A window of a passage and the targets of its groups, in order."""

    voice: str
    section: str
    window: Window
    targets: tuple[Target, ...]


@dataclass(frozen=True, slots=True)
class Labels:
    """The classes of a model. `figures` begins with no indicator; `signs` are what a denial or a carried total may name.

    >>> Labels(("", "part"), (), PERIODS, SCOPES, SECTIONS).figures[0]
    ''
    """

    figures: tuple[str, ...]
    signs: tuple[str, ...]
    periods: tuple[str, ...] = PERIODS
    scopes: tuple[str, ...] = SCOPES
    sections: tuple[str, ...] = SECTIONS


def examples(passages: Iterable[Passage], *, alone: bool = False) -> list[Example]:
    """The windows of passages, each mention in one of them; `alone` makes every sentence a window of its own.

    >>> mark = Mark(2, 3, "figure", (Label("applications.new.total", None),))
    >>> found = examples([Passage("a", "county", "plain", "applications", 2016, "收到2件", (mark,))])
    >>> found[0].window.text, found[0].targets[0].labels[0].indicator
    ('<section:applications>收到<num>件', 'applications.new.total')
    """
    return [example for passage in passages for example in _of_passage(passage, alone)]


def as_read(passage: Passage) -> tagger.Passage:
    """A passage of the corpus as the library sees a paragraph."""
    return tagger.Passage(passage.text, section=passage.section, year=passage.year)


def _of_passage(passage: Passage, alone: bool) -> list[Example]:
    found = mentions(passage.text)
    made = _sentences(passage, found) if alone else windows(as_read(passage), found)
    targets = _targets(passage, [group for window in made for group in window.groups[window.known :]], found)
    return [
        Example(passage.voice, passage.section, window, tuple(targets[group] for group in window.groups))
        for window in made
    ]


def _sentences(passage: Passage, mentions: list[Mention]) -> list[Window]:
    units = marked_sentences(as_read(passage), mentions)
    return [Window(f"<section:{passage.section}>{text}", groups) for text, groups in units if groups]


def _targets(passage: Passage, groups: list[Group], mentions: list[Mention]) -> dict[Group, Target]:
    """Each mark goes to the first group of its kind that it touches; another that it touches counts for nothing."""
    found = {group: Target(group.kind) for group in groups}
    for mark in passage.marks:
        touched = [group for group in groups if group.kind == mark.kind and _touch(mark, group)]
        for place, group in enumerate(touched):
            found[group] = Target(group.kind, mark.labels) if place == 0 else Target(group.kind, (), counts=False)
    return found


def _touch(mark: Mark, group: Group) -> bool:
    return group.span.start < mark.end and mark.start < group.span.end


def figure_label(target: Target) -> str:
    """The class of a figure: its first label, as one figure answers one question."""
    return target.labels[0].indicator if target.labels else NOTHING


def labels_of(found: Iterable[Example]) -> Labels:
    """The classes that examples teach."""
    seen = Counter(
        label.indicator
        for example in found
        for target in example.targets[example.window.known :]
        for label in target.labels
    )
    chosen = sorted(name for name, count in seen.items() if count >= LEAST and name not in (NOTHING, PART))
    return Labels((NOTHING, PART, *chosen), tuple(chosen))


def parted(voices: list[Voice]) -> tuple[list[Voice], list[Voice], list[Voice]]:
    """Voices to learn from, to set temperatures by, and to test with: the splits of the corpus."""
    splits = [[voice for voice in voices if split_of(voice.name) == split] for split in ("train", "validation", "test")]
    return splits[0], splits[1], splits[2]


def of_voices(voices: list[Voice], *, alone: bool = False) -> list[Example]:
    """The windows of every passage of voices."""
    return examples((passage for voice in voices for passage in voice.passages), alone=alone)
