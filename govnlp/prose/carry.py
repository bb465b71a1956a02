"""Totals carried over: 「收到2件,均予以答复」 gives 2 replies. What 均、全部、100% refer to, and when that is not sure."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from functools import cache

from govnlp.prose.drafts import Draft
from govnlp.prose.lexicon import lexicon
from govnlp.prose.mentions import Mention
from govnlp.prose.tagger import Tag
from govnlp.schema.indicators import indicators
from govnlp.schema.text import Span

_RECEIVED = "applications.new.total"
_HANDLED = (
    _RECEIVED, "applications.closed.total", "applications.replied.total", "applications.closed_on_time.total",
)  # fmt: skip
_CLAUSE = re.compile(r"[,，;；。:：!！?？\n]")
# Words before a figure that make it the sum of what was told, or only the change since last year.
_SUM = re.compile(r"(?:相加|合计|共计|总计|合共|一共|共)[^,，;；。\d]{0,4}$")
_CHANGE = re.compile(r"(?:比|较|增|减|升|降|多|少|净)[^,，;；。]{0,12}$")
_KINDS_OF_LITIGATION = ("remedies.litigation_direct.total", "remedies.litigation_after_review.total")
_CASES = ("件", "宗", "起", "例")
_APPLICATIONS = re.compile("(?:上述|以上|这些|所有|全部|各项|对)[^,，;；。]{0,8}申请(?!人|内容|表)")


def carried(
    text: str, mentions: list[Mention], tags: list[Tag], drafts: list[Draft], sentences: list[Span]
) -> list[Draft]:
    """The drafts that the carried totals of a passage give."""
    told = _Told(text, mentions, tags, drafts, sentences)
    found: list[Draft] = []
    for tag in tags:
        if mentions[tag.mention].kind == "all" and tag.indicator is not None:
            base = told.base(tag)
            if base is not None and base.indicator != tag.indicator:
                found.append(_over(base, tag, mentions[tag.mention], sentences))
    return found


def _over(base: Draft, tag: Tag, mention: Mention, sentences: list[Span]) -> Draft:
    sentence = next(one for one in sentences if one.start <= mention.span.start < one.end)
    return replace(
        base, mention=tag.mention, indicator=tag.indicator or "", confidence=min(tag.confidence, base.confidence),
        sentence=sentence, spans=(mention.raw, *base.spans), parts=(), doubtful=tag.doubtful or base.doubtful,
    )  # fmt: skip


@cache
def wholes(indicator: str) -> frozenset[str]:
    """The indicators whose whole number 均 can carry over to `indicator`.

    >>> sorted(wholes("remedies.review.upheld")), sorted(wholes("response.interviews.by_principal"))
    (['remedies.review.total'], ['response.interviews.total'])
    """
    parts = indicator.split(".")
    stem, last = ".".join(parts[:-1]), parts[-1]
    found = {f"{stem}.total", f"{'.'.join(parts[:-2])}.all.total"}
    if parts[0] == "applications":
        found |= (
            set(_HANDLED)
            if last == "total" or parts[1] == "channel"
            else {f"applications.new.{last}", f"applications.closed.{last}"}
        )
    if indicator in _KINDS_OF_LITIGATION:
        found.add("remedies.litigation.total")
    if indicator.endswith("newly_disclosed"):
        found.add(f"{stem}.issued")
    if indicator.startswith("disclosure.via."):
        found.add("disclosure.total")
    return frozenset(one for one in found if one in indicators() and one != indicator)


@dataclass(frozen=True, slots=True)
class _Told:
    """A passage as far as it is read."""

    text: str
    mentions: list[Mention]
    tags: list[Tag]
    drafts: list[Draft]
    sentences: list[Span]

    def base(self, tag: Tag) -> Draft | None:
        """What a carried total refers to: the one figure of its clause (三件均), else the nearest whole before it."""
        at = self.mentions[tag.mention].span.start
        reach = self._reach(at)
        before = [n for n, one in enumerate(self.mentions) if one.kind == "figure" and reach <= one.span.start < at]
        stops = [stop.end() for stop in _CLAUSE.finditer(self.text, reach, at)]
        here = [n for n in before if self.mentions[n].span.start >= max(stops, default=reach)]
        if len(here) > 1:
            return self._one_of(here, tag)
        found = self._beside(here[0], tag) if here else self._behind(before, tag) or self._received(at, tag)
        # Cases carried over from last year beside those received: the whole is then another figure than any printed.
        received = found is not None and found.indicator == _RECEIVED and (tag.indicator or "").endswith(".total")
        return None if received and self._is_mixed(reach, at) else found

    def _one_of(self, here: list[int], tag: Tag) -> Draft | None:
        """Several figures in the clause: the last, if it is the whole that is asked for."""
        draft = self._draft(here[-1])
        return draft if draft is not None and draft.indicator in wholes(tag.indicator or "") else None

    def _beside(self, index: int, tag: Tag) -> Draft | None:
        draft = self._draft(index)
        if draft is not None:
            return draft if draft.indicator in wholes(tag.indicator or "") else None
        tagged = any(one.mention == index and one.indicator for one in self.tags)
        return None if tagged or self._is_change(index) else self._counted(index, tag)

    def _behind(self, before: list[int], tag: Tag) -> Draft | None:
        wanted = tag.indicator or ""
        between: list[int] = []
        for index in reversed(before):
            draft = self._draft(index)
            if draft is not None and draft.indicator in wholes(wanted):
                return draft if self._lists(draft, between, tag) else None
            if draft is None and self._is_whole(index, wanted):
                return self._counted(index, tag) if not between else None
            if not self._may_stand_between(index, draft, wanted):
                between.append(index)
        return None

    def _lists(self, whole: Draft, between: list[int], tag: Tag) -> bool:
        """Whether figures that no indicator names tell only what the whole is made of: they add up to it, or their sentence ended."""
        values = [self.mentions[index].value or 0 for index in between if self._draft(index) is None]
        if len(values) < len(between):
            return False
        last = max((self.mentions[index].end for index in between), default=0)
        ended = any(last <= one.start <= self.mentions[tag.mention].span.start for one in self.sentences)
        return not between or sum(values) == whole.value or (ended and max(values) < whole.value)

    def _received(self, at: int, tag: Tag) -> Draft | None:
        """上述申请均: the applications received, whatever the sentences between them tell; none where they are told twice."""
        start = max((stop.end() for stop in _CLAUSE.finditer(self.text, 0, at)), default=0)
        clause = self.text[start : max(at, self.mentions[tag.mention].span.end)]
        if not _APPLICATIONS.search(clause) or _RECEIVED not in wholes(tag.indicator or ""):
            return None
        drafts = [self._draft(n) for n, one in enumerate(self.mentions) if one.span.start < at]
        received = [one for one in drafts if one is not None and one.indicator == _RECEIVED]
        return received[0] if len({one.value for one in received}) == 1 else None

    def _draft(self, index: int) -> Draft | None:
        for one in self.drafts:
            if one.mention == index and one.status == "reported" and (one.period, one.scope) == ("year", "own"):
                return one
        return None

    def _reach(self, at: int) -> int:
        """Where the sentence before the one of `at` starts."""
        place = next((n for n, one in enumerate(self.sentences) if one.start <= at < one.end), 0)
        return self.sentences[max(0, place - 1)].start

    def _is_mixed(self, reach: int, at: int) -> bool:
        return any(
            "applications.carried_" in draft.indicator and draft.value > 0
            for draft in self.drafts
            if reach <= self.mentions[draft.mention].span.start < at
        )

    def _may_stand_between(self, index: int, draft: Draft | None, wanted: str) -> bool:
        """What is of another kind, channels and applicants of what was received, members of a list, the change since last year."""
        if draft is not None:
            if draft.indicator.split(".")[:2] != wanted.split(".")[:2] and not wanted.startswith("applications."):
                return True
            kind = "channel" in draft.indicator or draft.indicator.startswith("applications.new.")
            return kind and not draft.indicator.endswith("new.total")
        label = self._label(index)
        return (label is not None and self.text[slice(*label)].startswith("其中")) or self._is_change(index)

    def _is_change(self, index: int) -> bool:
        at = self.mentions[index].span.start
        return _CHANGE.search(self.text, max(0, at - 16), at) is not None

    def _is_whole(self, index: int, wanted: str) -> bool:
        """办理依申请公开6件, 工作人员6人, 两项相加157件: a figure that no indicator names, and still the whole."""
        label, unit = self._label(index), self.mentions[index].unit
        names = lexicon().symbols
        spoken = [one.symbol for one in lexicon().tokens(self.text, *label)] if label is not None else []
        if wanted.startswith("applications."):
            summed = _SUM.search(
                self.text, max(0, self.mentions[index].span.start - 12), self.mentions[index].span.start
            )
            handled = {names["handle"], names["app"]} <= set(spoken) and names["assist"] not in spoken
            return unit in _CASES and (handled or summed is not None)
        if wanted.startswith("capacity.staff."):
            others = {names["train"], names["attend"]} & set(spoken)
            return unit in ("人", "名", "位") and names["staff"] in spoken[-2:] and not others
        return False

    def _label(self, index: int) -> Span | None:
        return next((one.label for one in self.tags if one.mention == index), None)

    def _counted(self, index: int, tag: Tag) -> Draft | None:
        mention = self.mentions[index]
        # 一件问征地,一件问低保,均已答复: one of a list is no whole.
        if mention.value is None or mention.value != mention.value.to_integral_value() or mention.value < 2:
            return None
        sentence = next(one for one in self.sentences if one.start <= mention.span.start < one.end)
        return Draft(
            index, "", mention.value, "reported", mention.unit, mention.qualifier, tag.period, tag.scope, 0.85, sentence,
            (mention.raw,),
        )  # fmt: skip
