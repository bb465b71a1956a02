"""What decides what each mention is: the interface, so that rules and a trained model can take each other's place."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from typing import NamedTuple, Protocol, runtime_checkable

from govnlp.prose.mentions import Mention
from govnlp.schema.facts import Period, Scope
from govnlp.schema.report import SectionKind
from govnlp.schema.text import Span


@dataclass(frozen=True, slots=True)
class Passage:
    """A paragraph with what a reader knows when coming to it.

    `text` is the paragraph alone and `start` its place in the document; spans of mentions are of `text`. `heading` is
    the heading of the section, `subheading` the nearest one above; `fresh` tells that nothing stands between the heading
    and this paragraph; `year` is the report's year.
    """

    text: str
    start: int = 0
    section: SectionKind | None = None
    heading: str = ""
    subheading: str = ""
    year: int | None = None
    fresh: bool = True


class Tag(NamedTuple):
    """What a mention is: an indicator, or None for no indicator. `mention` is its place in the list of mentions.

    One mention can bear several tags (未发生收费及减免, told by a heading). `label` is the wording that names the
    figure in a list (集中采购信息). `confidence` lies in [0, 1]; what is `doubtful` is kept for a person to judge.

    >>> Tag(0, "applications.new.total", confidence=0.9).period
    'year'
    """

    mention: int
    indicator: str | None
    period: Period = "year"
    scope: Scope = "own"
    confidence: float = 0.0
    label: Span | None = None
    doubtful: bool = False


class Tagger(Protocol):
    """Finds the mentions of a passage and says what they are."""

    def mentions(self, text: str) -> list[Mention]:
        """What in a text the tagger is to judge, in order."""
        ...

    def tag(self, passage: Passage, mentions: list[Mention]) -> list[Tag]:
        """The tags of the mentions, in their order; a mention that is no indicator has none or one with None."""
        ...


@runtime_checkable
class SelectiveTagger(Protocol):
    """A tagger that need not read what is settled already: reading costs it time."""

    def tag_open(self, passage: Passage, mentions: list[Mention], settled: Collection[int]) -> list[Tag]:
        """As `tag`; of the mentions whose places in the list are `settled` it may say nothing."""
        ...


@runtime_checkable
class SectionTeller(Protocol):
    """A tagger that can also say in which section a paragraph without a heading stands."""

    def sections(self, text: str) -> dict[SectionKind, float]:
        """The chance of each kind of section."""
        ...
