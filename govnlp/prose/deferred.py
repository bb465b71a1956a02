"""A model that is loaded when a sentence first asks for it: a report whose figures all stand in tables never pays."""

from __future__ import annotations

from collections.abc import Callable, Collection

from govnlp.prose.mentions import Mention, mentions
from govnlp.prose.tagger import Passage, SectionTeller, SelectiveTagger, Tag, Tagger
from govnlp.schema.report import SectionKind


class DeferredTagger:
    """Tags with what `load` gives; it is called once, at the first passage that has something to judge.

    >>> from govnlp.prose.rules import RuleTagger
    >>> later = DeferredTagger(RuleTagger)
    >>> later.tag(Passage("无障碍"), [])
    []
    """

    def __init__(self, load: Callable[[], Tagger]) -> None:
        self._load = load
        self._loaded: Tagger | None = None

    def mentions(self, text: str) -> list[Mention]:
        """What a model can judge."""
        return mentions(text)

    def tag(self, passage: Passage, mentions: list[Mention]) -> list[Tag]:
        """The tags of the mentions, in their order."""
        return self.tag_open(passage, mentions, ())

    def tag_open(self, passage: Passage, mentions: list[Mention], settled: Collection[int]) -> list[Tag]:
        """As `tag`; where everything is settled, no model is loaded."""
        if all(one in settled for one in range(len(mentions))):
            return []
        model = self._model()
        if isinstance(model, SelectiveTagger):
            return model.tag_open(passage, mentions, settled)
        return model.tag(passage, mentions)

    def sections(self, text: str) -> dict[SectionKind, float]:
        """The chance of each kind of section by what the model reads; nothing where it tells none."""
        model = self._model()
        return model.sections(text) if isinstance(model, SectionTeller) else {}

    def _model(self) -> Tagger:
        if self._loaded is None:
            self._loaded = self._load()
        return self._loaded
