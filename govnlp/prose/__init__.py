"""Figures told in sentences: a grammar finds every mention, a tagger says what each is, the reading rules make facts."""

from govnlp.prose.cascade import CascadeTagger
from govnlp.prose.deferred import DeferredTagger
from govnlp.prose.memory import FILE as TAUGHT
from govnlp.prose.memory import remembering
from govnlp.prose.mentions import Mention, mentions
from govnlp.prose.read import passages, read
from govnlp.prose.rules import RuleTagger
from govnlp.prose.tagger import Passage, Tag, Tagger

__all__ = [
    "TAUGHT", "CascadeTagger", "DeferredTagger", "Mention", "Passage", "RuleTagger", "Tag", "Tagger", "mentions", "passages", "read",
    "remembering",
]  # fmt: skip
