"""How sure a reading is of each mention, and where the rules and the model say different things."""

from __future__ import annotations

from typing import TYPE_CHECKING

from govnlp.prose.cascade import CascadeTagger
from govnlp.prose.mentions import Mention, MentionKind
from govnlp.prose.rules import RuleTagger
from govnlp.prose.tagger import Passage, Tag, Tagger
from govnlp.schema.facts import Period, Scope

if TYPE_CHECKING:
    from govnlp.prose.model import Judged

# What nothing is said of may be nothing, or a wording that the rules do not know.
SILENT = 0.5
_Place = tuple[int, MentionKind]
_Said = frozenset[tuple[str, Period, Scope]]


def certainties(passage: Passage, mentions: list[Mention], tags: list[Tag], tagger: Tagger) -> list[float]:
    """How sure the reading of each mention is, from 0 to 1.

    With a model this is the distance of its best answer from the next best; what the exact rules named has their
    confidence, and so has every mention where there are rules alone: one that they pass over counts as `SILENT`.
    """
    named = {_place(mentions[tag.mention]): tag.confidence for tag in tags if tag.indicator is not None}
    judged = _margins(passage, mentions, tagger)
    return [named.get(_place(one), judged.get(_place(one), SILENT)) for one in mentions]


def _margins(passage: Passage, mentions: list[Mention], tagger: Tagger) -> dict[_Place, float]:
    """The margins of the model's answers by the place of the mention; none without a model."""
    if not isinstance(tagger, CascadeTagger):
        return {}
    from govnlp.prose.model import ModelTagger  # numpy is imported with it

    if not isinstance(tagger.model, ModelTagger):
        return {}
    found = {}
    for one in tagger.model.judge(passage, mentions):
        found[_place(mentions[one.group.members[0]])] = _margin(one)
    return found


def _margin(one: Judged) -> float:
    """A figure answers one question: the best answer less the next. A sign may say several things: each is yes or no."""
    chances = [chance for _, chance in one.indicators]
    if one.group.kind == "figure":
        best, second = sorted((one.nothing, *chances, 0.0), reverse=True)[:2]
        return best - second
    return min(abs(2 * chance - 1) for chance in (*chances, one.nothing))


def differences(passage: Passage, mentions: list[Mention], tagger: Tagger) -> list[float]:
    """How sure the model is of something else than the rules say, for each mention; 0 where they agree."""
    if not isinstance(tagger, CascadeTagger):
        return [0.0] * len(mentions)
    rules = RuleTagger()
    known = rules.mentions(passage.text)
    exact, model = rules.tag(passage, known), tagger.model.tag(passage, mentions)
    by_rules, by_model = _said(known, exact), _said(mentions, model)
    sure = {_place(mentions[tag.mention]): tag.confidence for tag in model}
    return [
        sure.get(place, SILENT) if by_rules.get(place, frozenset()) != by_model.get(place, frozenset()) else 0.0
        for place in map(_place, mentions)
    ]


def _said(mentions: list[Mention], tags: list[Tag]) -> dict[_Place, _Said]:
    found: dict[_Place, set[tuple[str, Period, Scope]]] = {}
    for tag in tags:
        if tag.indicator is not None:
            found.setdefault(_place(mentions[tag.mention]), set()).add((tag.indicator, tag.period, tag.scope))
    return {place: frozenset(told) for place, told in found.items()}


def _place(mention: Mention) -> _Place:
    """Mentions that share a trigger are one to an annotator."""
    return mention.raw.start, mention.kind
