"""A tagger of exact rules: sure or silent. The rules are data (`rules.yaml`), written over cues (`lexicon.yaml`)."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from dataclasses import dataclass, replace
from functools import cache

from govnlp.prose.frames import Frame, clauses_of, frames, named_only, period_at
from govnlp.prose.lexicon import JOIN, RESIDUE, lexicon
from govnlp.prose.matching import candidates, named_by, names_of, subjects
from govnlp.prose.mentions import Mention, mentions
from govnlp.prose.periods import period_of
from govnlp.prose.rulebook import Rule, rulebook
from govnlp.prose.sentences import clauses, sentences
from govnlp.prose.stream import EVERYBODY, FIGURE, stream
from govnlp.prose.tagger import Passage, Tag
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
        said, unread = _around(passage), list[Span]()
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


@dataclass(frozen=True, slots=True)
class _Said:
    """What the text spoke of so far: the symbols seen in headings and sentences, and the topic that they leave."""

    symbols: frozenset[str]
    topic: str | None
    headings: frozenset[str]
    base: str | None

    def after(self, spoken: str) -> _Said:
        """With one more sentence."""
        return _Said(self.symbols.union(spoken), _last_topic(spoken) or self.topic, self.headings, self.base)


def _around(passage: Passage) -> _Said:
    book = rulebook()
    symbols = set(book.sections.get(passage.section or "", ()))
    topic = book.section_topics.get(passage.section or "")
    for heading in (passage.heading, passage.subheading):
        spoken = lexicon().chars(heading)
        symbols |= set(spoken)
        topics = {book.topics[one] for one in spoken if one in book.topics}
        # 依申请公开和不予公开政府信息: what the applications ask for is no second topic.
        topics = topics - {"disclosure"} if "applications" in topics else topics
        topic = topics.pop() if len(topics) == 1 else topic
    return _Said(frozenset(symbols), topic, frozenset(symbols), topic)


def _last_topic(spoken: str) -> str | None:
    topics = rulebook().topics
    return next((topics[one] for one in reversed(spoken) if one in topics), None)


@cache
def _speaks_of_disclosure() -> frozenset[str]:
    names = lexicon().symbols
    return frozenset((names["app"], names["open_work"], names["disclose"], names["info_gov"]))


class _SentenceReader:
    """The mentions of one sentence, with what was said before it."""

    def __init__(self, passage: Passage, sentence: Span, mentions: list[Mention], before: _Said, inside: range) -> None:
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
        texts = self._headed(mention) or [self._governed(mention)]
        topics = [self._topic(text, mention) for text in texts]
        told = zip(texts, topics, strict=True)
        found = [rule for text, topic in told for rule in rules if self._fits(rule, text, text, topic)]
        if mention.kind == "none" and len(texts) == 1:
            found = found[:1] or self._labelled(mention)
        period = self._period(mention) if found else None
        if period is None or self._is_partial(mention):
            return [Tag(at, None)]
        return [Tag(at, one.indicator, _own(one.indicator, period), confidence=one.confidence) for one in found]

    def _period(self, mention: Mention) -> Period | None:
        """The period of a denial or a carried total; None where it is no whole year of the report's."""
        names = lexicon().symbols
        found = period_at(self._parts, self._held, mention.span.start)
        if found in ("", names["now"]):
            return "year"
        return "previous" if found == names["prev"] else None

    def _is_partial(self, mention: Mention) -> bool:
        """Whether a denial speaks of some offices only (13个乡镇没有收到, 教育局、财政局均未发生)."""
        if mention.kind != "none":
            return False
        start = 1 + max(self._passage.text.rfind(mark, 0, mention.span.start) for mark in "，,；;。\n")
        before = re.sub(EVERYBODY, "", self._passage.text[start : mention.span.start])
        branch = lexicon().symbols["branch"] in lexicon().chars(before)
        counted = any(
            one.kind == "figure" and start <= one.span.start < mention.span.start and one.unit in _OFFICES
            for one in self._mentions
        )
        return branch or counted or len(_OFFICE_ENDS.findall(before)) > 1

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
        text = self._passage.text
        if not rulebook().vetoes.isdisjoint(frame.left) or not _is_whole(text, mention):
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
        return self._sure(_last_topic(own) or _last_topic(frame.before) or inherited)

    def _sure(self, topic: str | None) -> str | None:
        """申请 alone may be any application (低保申请): only beside words of disclosure is it one of these."""
        sure = topic != "applications" or not _speaks_of_disclosure().isdisjoint(self.said.symbols)
        return topic if sure else None

    def _topic(self, text: str, mention: Mention) -> str | None:
        told = self._spoken
        if mention.kind == "all":
            told = "".join(one.symbol for one in self._parts if one.start < mention.end)
        return self._sure(_last_topic(text.partition(FIGURE)[0]) or _last_topic(told) or self._before.topic)

    def _headed(self, mention: Mention) -> list[str]:
        """For a denial that stands alone: the heading, once for each of its words."""
        if mention.kind != "none" or mention.target is not None:
            return []
        if not self._passage.fresh or self._passage.text[: self._sentence.start].strip():
            return []
        heading = self._passage.subheading or self._passage.heading
        spoken = "".join(one.symbol for one in lexicon().tokens(heading, 0, len(heading)) if one.symbol != JOIN)
        return [f"!{spoken[:at]}{FIGURE}{spoken[at:]}" for at in range(len(spoken))]

    def _labelled(self, mention: Mention) -> list[Rule]:
        """国家秘密无; 纠正、其他均没有: the rules that would read a figure in the place of the denial, one for each name."""
        text, target = self._passage.text, mention.target
        if (
            target is None
            or target.end > mention.span.start
            or text[target.end : mention.span.start].strip("均都皆也亦则俱者 ")
        ):
            return []
        start = max(self._sentence.start, target.start - _LONGEST_NAME)
        target = Span(target.start - len(_WORDS.search(text[start : target.start])[0]), target.end)  # type: ignore[index]
        before = "".join(one.symbol for one in self._parts if one.start < target.start and one.symbol != JOIN)
        found: list[Rule] = []
        for name in names_of(text, target):
            frame = Frame(-1, name, "", name, before[-_SIGHT:] + name, "", None)
            topic = self._frame_topic(frame)
            rules = (rule for rule in named_by(frame.text) if self._allows(rule, frame))
            rule = next((rule for rule in rules if self._fits(rule, frame.text, name, topic)), None)
            if rule is not None:
                found.append(replace(rule, indicator=rule.indicator.replace("{topic}", topic or "")))
        return found

    def _governed(self, mention: Mention) -> str:
        """The clause of a denial or of a carried total: `!`, then its words, `#` before the one it is about."""
        text, target = self._passage.text, mention.target
        if target is None:
            return "!"
        clause = self._clauses[bisect_right(self._clauses, (target.start + 1,)) - 1]
        start = mention.span.start if target.start >= mention.span.start else clause.start
        end = clause.end if target.start >= mention.span.start else mention.span.start
        again = _DENIED_AGAIN.search(text, max(start, target.end), end)
        end = again.start() if again else end
        sign = _DENIAL.match(text, start)
        words = lexicon().tokens(text, sign.end() if sign else start, max(end, target.end))
        return "!" + "".join(FIGURE * (one.span == target) + one.symbol for one in words if one.symbol != JOIN)


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
_OFFICES = frozenset(("个", "家", "处", "所"))
_OFFICE_ENDS = re.compile("(?:局|委|厅|办|镇|乡|街道|中心|县|市|区|州)(?=[、和及均都亦也])")
_DENIAL = re.compile(
    "从未|不存在|不再有|没有|没|未|零|无|均|全部|全都|都|皆|悉数|一律|一并|所有|全是|全系|全为|全数|尽数|俱|统统|清一色|无一例外|全员|该(?:起|复议|诉讼)?(?:案件|案|件|申请|诉讼|复议)"
)
# 未收到申请和未涉及不予公开: a second denial ends the reach of the first.
_DENIED_AGAIN = re.compile("[和及与或、也且](?:均|都|亦)?(?:没有|未|无)")
_CLOSED = re.compile(r"\s*(?:$|[,，。;；、)）(（\n:：])|余")
# The lower end of a range or of a change is no figure of its own: 3-5件, 由1128条增至1887条.
_RANGE = re.compile(r"[-—~～至到]\d|(?:增加|上升|提升|提高|增长|减少|下降|降低|升|增|降|减)[至到为]")
# 这27件中: the whole named again, to speak of its parts.
_RANGE_BEFORE = re.compile(r"\d[-—~～至到]$")
# Units that a noun may follow, which is then what is counted: 9个环节.
_OF_THEM = re.compile("(?:的|申请|办结的?|案件)?之?[中里](?![央心国共])")
_LOOSE = frozenset(("个", "项", "家", "处", "所", "种"))
_HAN = re.compile("[\u4e00-\u9fff]")


def _is_whole(text: str, mention: Mention) -> bool:
    """Whether the figure stands for itself; one without a unit only where its clause ends (收到申请12,)."""
    closed = mention.unit is not None or _CLOSED.match(text, mention.end) is not None
    if _RANGE_BEFORE.search(text, max(0, mention.raw.start - 2), mention.raw.start):
        return False
    cut = _RANGE.match(text, mention.end) or _RANGE.match(text, mention.raw.end) or _OF_THEM.match(text, mention.end)
    return closed and cut is None


@cache
def _openers() -> str:
    names = lexicon().symbols
    return names["of"] + names["now"] + names["prev"] + RESIDUE


# How much of the sentence a denial behind its name looks back at.
_SIGHT = 160
_WORDS = re.compile("[\u4e00-\u9fff]*\\Z")
_LONGEST_NAME = 16


def label_of(text: str, label: Span | None) -> str:
    """The words of a list that name a figure, without the marks around them."""
    if label is None:
        return ""
    return text[slice(*label)].strip(" 、,，:：;；(（)）“”\"'的共为有").removeprefix("其中").strip(" :：、,，的")
