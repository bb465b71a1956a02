"""A tagger of exact rules: sure or silent. The rules are data (`rules.yaml`), written over cues (`lexicon.yaml`)."""

from __future__ import annotations

import re
from bisect import bisect_left
from dataclasses import replace
from functools import cache

from govnlp.prose.frames import Frame, clauses_of, frames, named_only, period_at
from govnlp.prose.governed import governed, headed
from govnlp.prose.labels import labelled
from govnlp.prose.lexicon import RESIDUE, lexicon
from govnlp.prose.matching import candidates, named_by, subjects
from govnlp.prose.mentions import Mention, mentions
from govnlp.prose.partial import is_of_some_offices, is_whole
from govnlp.prose.periods import period_of
from govnlp.prose.rulebook import Rule, rulebook
from govnlp.prose.sentences import clauses, sentences
from govnlp.prose.stream import FIGURE, stream
from govnlp.prose.tagger import Passage, Tag
from govnlp.prose.topics import Said, last_topic, said_around
from govnlp.schema.facts import Period
from govnlp.schema.text import Span


class RuleTagger:
    """Tags a mention where a rule is sure of it, and gives a tag without indicator where none is.

    >>> from govnlp.prose.mentions import mentions
    >>> text = "共收到政府信息公开申请12件,均按时办结。"
    >>> [tag.indicator for tag in RuleTagger().tag(Passage(text), mentions(text))]
    ['applications.new.total', None, 'applications.closed_on_time.total', 'applications.closed.total']
    """

    def mentions(self, text: str) -> list[Mention]:
        """The mentions of the grammar."""
        return mentions(text)

    def tag(self, passage: Passage, mentions: list[Mention]) -> list[Tag]:
        """The tags of the mentions, in their order; none for those whose meaning the grammar leaves open."""
        known = [at for at, one in enumerate(mentions) if not one.open]
        tags = self._tagged(passage, [mentions[at] for at in known])
        return [tag._replace(mention=known[tag.mention]) for tag in tags]

    def _tagged(self, passage: Passage, mentions: list[Mention]) -> list[Tag]:
        tags: list[Tag] = []
        said, unread = said_around(passage), list[Span]()
        starts = [one.span.start for one in mentions]
        for sentence, _ in sentences(passage.text):
            inside = range(*(bisect_left(starts, at) for at in sentence))
            if not inside:
                unread.append(sentence)
                continue
            for before in unread[-_MEMORY:]:
                said = said.after(lexicon().chars(passage.text[slice(*before)]))
            reader = _SentenceReader(passage, sentence, mentions, said, inside)
            tags += [tag for at in inside for tag in reader.tags(at)]
            said, unread = reader.said, []
        return tags


# How many sentences without a mention are remembered for the one that has one.
_MEMORY = 3


class _SentenceReader:
    """The mentions of one sentence, with what was said before it."""

    def __init__(self, passage: Passage, sentence: Span, mentions: list[Mention], before: Said, inside: range) -> None:
        self._passage, self._sentence, self._mentions = passage, sentence, mentions
        self._before = before
        parts = stream(passage.text, sentence, mentions, passage.year, inside)
        self._held = list(clauses_of(parts))
        self._frames = {frame.figure: frame for frame in frames(parts, self._held)}
        self._spoken = "".join(one.symbol for one in parts if one.symbol != FIGURE)
        self.said = before.after(self._spoken)
        self._near = before.headings.union(self._spoken)
        self._parts = parts
        self._clauses = tuple(clauses(passage.text, sentence))
        # Whether the sentence counts cases that are no rule's: what follows may then be theirs (受理诉求30件,办结28件).
        self._strayed = False

    def tags(self, at: int) -> list[Tag]:
        """The tags of the mention at `at`."""
        mention = self._mentions[at]
        if mention.kind == "figure":
            return self._figures(at, mention, self._frames[at]) if at in self._frames else []
        rules = rulebook().nones if mention.kind == "none" else rulebook().totals
        texts = headed(self._passage, self._sentence, mention)
        texts = texts or [governed(self._passage.text, self._clauses, mention)]
        topics = [self._topic(text, mention) for text in texts]
        told = zip(texts, topics, strict=True)
        found = [rule for text, topic in told for rule in rules if self._fits(rule, text, text, topic)]
        if mention.kind == "none" and len(texts) == 1:
            found = found[:1] or self._labelled(mention)
        period = self._period(mention) if found else None
        if period is None or is_of_some_offices(self._passage.text, mention, self._mentions):
            return [Tag(at, None)]
        return [Tag(at, one.indicator, _own(one.indicator, period), confidence=one.confidence) for one in found]

    def _period(self, mention: Mention) -> Period | None:
        """The period of a denial or a carried total; None where it is no whole year of the report's."""
        names = lexicon().symbols
        found = period_at(self._parts, self._held, mention.span.start)
        if found in ("", names["now"]):
            return "year"
        return "previous" if found == names["prev"] else None

    def _figures(self, at: int, mention: Mention, frame: Frame) -> list[Tag]:
        """The tag of a figure; of a zero behind two names (行政复议、行政诉讼0件) one for each."""
        tag = self._figure(at, mention, frame)
        things = [one for one in frame.left if one in _shares_a_zero()]
        if tag.indicator is not None or mention.value != 0 or mention.unit is None or len(things) < 2:
            return [tag]
        tags = [self._figure(at, mention, named_only(frame, one, things)) for one in things]
        return tags if all(one.indicator is not None for one in tags) else [tag]

    def _figure(self, at: int, mention: Mention, frame: Frame) -> Tag:
        label = frame.label
        if not rulebook().vetoes.isdisjoint(frame.left) or not is_whole(self._passage.text, mention):
            return Tag(at, None, label=label)
        tag = self._by_rule(at, mention, frame)
        self._strayed = self._strayed or (tag.indicator is None and RESIDUE in frame.left and mention.unit in _CASES)
        return tag

    def _by_rule(self, at: int, mention: Mention, frame: Frame) -> Tag:
        text, label = self._passage.text, frame.label
        topic = self._frame_topic(frame)
        named_behind = mention.unit in _LOOSE and _HAN.match(text, mention.end) is not None
        for rule in candidates(frame.text, mention.unit or "", named_behind):
            if self._allows(rule, frame) and self._fits(rule, frame.text, frame.reach, topic):
                indicator = rule.indicator.replace("{topic}", topic or "")
                if self._strayed and rule.indicator == "remedies.complaints":
                    break
                timed = period_of(indicator, frame)
                if timed is None:
                    return Tag(at, None, label=label)
                return Tag(at, timed.indicator, timed.period, confidence=rule.confidence, label=label)
        return Tag(at, None, label=label)

    def _allows(self, rule: Rule, frame: Frame) -> bool:
        """Whether what stands before and behind the frame lets the rule answer."""
        if not rule.rivals_before.isdisjoint(frame.before) or not rule.rivals_left.isdisjoint(frame.left):
            return False
        if rule.follows is not None and rule.follows.search(frame.before) is None:
            return False
        named_late = not rule.later.isdisjoint(frame.later) and rule.later.isdisjoint(frame.before + frame.right)
        return not named_late and rule.subjects.isdisjoint(subjects(frame.before) + frame.left)

    def _fits(self, rule: Rule, text: str, reach: str, topic: str | None) -> bool:
        if rule.topics and topic not in rule.topics:
            return False
        if not rule.rivals.isdisjoint(text) or not rule.rivals_in_reach.isdisjoint(reach):
            return False
        if rule.need and rule.need.isdisjoint(self.said.symbols):
            return False
        if rule.need_near and rule.need_near.isdisjoint(self._near):
            return False
        if not rule.silent.isdisjoint(self.said.symbols):
            return False
        return rule.pattern.search(text) is not None

    def _frame_topic(self, frame: Frame) -> str | None:
        own = frame.left if frame.left.strip(_openers()) else frame.right
        # What an earlier sentence spoke of holds only for a bare list (维持3件), not where another subject is named.
        inherited = self._before.topic if RESIDUE not in frame.left else self._before.base
        inherited = None if self._strayed else inherited
        return self.said.sure(last_topic(own) or last_topic(frame.before) or inherited)

    def _topic(self, text: str, mention: Mention) -> str | None:
        told = self._spoken
        if mention.kind == "all":
            told = "".join(one.symbol for one in self._parts if one.start < mention.end)
        return self.said.sure(last_topic(text.partition(FIGURE)[0]) or last_topic(told) or self._before.topic)

    def _labelled(self, mention: Mention) -> list[Rule]:
        """国家秘密无; 纠正、其他均没有: the rules that would read a figure in the place of the denial, one for each name."""
        found: list[Rule] = []
        for frame in labelled(self._passage.text, self._sentence, self._parts, mention):
            topic = self._frame_topic(frame)
            rules = (rule for rule in named_by(frame.text) if self._allows(rule, frame))
            rule = next((rule for rule in rules if self._fits(rule, frame.text, frame.reach, topic)), None)
            if rule is not None:
                found.append(replace(rule, indicator=rule.indicator.replace("{topic}", topic or "")))
        return found


def _own(indicator: str, period: Period) -> Period:
    """What was carried over from last year is this year's to tell."""
    return "year" if "carried_" in indicator else period


@cache
def _shares_a_zero() -> frozenset[str]:
    names = lexicon().symbols
    cues = (
        "review",
        "litigation",
        "litigation_direct",
        "litigation_after",
        "complaints",
        "penalty",
        "coercion",
        "licence",
    )
    return frozenset(names[one] for one in cues)


_CASES = frozenset(("件", "宗", "起", "条", "次"))
# Units that a noun may follow, which is then what is counted: 9个环节.
_LOOSE = frozenset(("个", "项", "家", "处", "所", "种"))
_HAN = re.compile("[\u4e00-\u9fff]")


@cache
def _openers() -> str:
    names = lexicon().symbols
    return names["of"] + names["now"] + names["prev"] + RESIDUE
