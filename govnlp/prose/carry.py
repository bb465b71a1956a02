"""Totals carried over: 「收到2件,均予以答复」 gives 2 replies. What 均、全部、100% refer to, and when that is not sure."""

from __future__ import annotations

from dataclasses import replace

from govnlp.prose.drafts import Draft
from govnlp.prose.lexicon import lexicon
from govnlp.prose.mentions import Mention
from govnlp.prose.tagger import Tag
from govnlp.schema.text import Span

# What a carried total of a family can refer to; the nearest before it does.
_BASES: dict[str, tuple[str, ...]] = {
    "applications.": (
        "applications.new.total", "applications.closed.total", "applications.replied.total",
        "applications.closed_on_time.total",
    ),
    "capacity.staff.": ("capacity.staff.total",),
    "remedies.review.": ("remedies.review.total",),
    "remedies.litigation.": ("remedies.litigation.total",),
}  # fmt: skip
# Figures that may stand between: kinds and parts of what was received. Anything else makes the reference unsure.
_PARTS = ("applications.channel.", "applications.new.")


def carried(
    text: str, mentions: list[Mention], tags: list[Tag], drafts: list[Draft], sentences: list[Span]
) -> list[Draft]:
    """The drafts that the carried totals of a passage give."""
    found: list[Draft] = []
    for tag in tags:
        mention = mentions[tag.mention]
        if mention.kind == "all" and tag.indicator is not None:
            base = _base(text, tag, mentions, tags, drafts, sentences)
            if base is not None and base.indicator != tag.indicator:
                found.append(_over(base, tag, mention, sentences))
    return found


def _over(base: Draft, tag: Tag, mention: Mention, sentences: list[Span]) -> Draft:
    sentence = next(one for one in sentences if one.start <= mention.span.start < one.end)
    return replace(
        base, mention=tag.mention, indicator=tag.indicator or "", confidence=min(tag.confidence, base.confidence),
        sentence=sentence, spans=(mention.raw, *base.spans), parts=(),
    )  # fmt: skip


def _base(
    text: str, tag: Tag, mentions: list[Mention], tags: list[Tag], drafts: list[Draft], sentences: list[Span]
) -> Draft | None:
    """The draft that a carried total refers to: the nearest of its family, in its sentence or the one before it."""
    family = next((name for name in _BASES if (tag.indicator or "").startswith(name)), None)
    if family is None:
        return None
    at = mentions[tag.mention].span
    by_mention = {one.mention: one for one in drafts if one.status == "reported"}
    labels = {one.mention: one.label for one in tags}
    reach = _reach(at, sentences)
    before = [n for n, one in enumerate(mentions) if one.kind == "figure" and reach <= one.span.start < at.start]
    for index in reversed(before):
        mention = mentions[index]
        draft = by_mention.get(index)
        if draft is not None and draft.indicator in _BASES[family] and draft.period == "year" and draft.scope == "own":
            mixed = family == "applications." and _is_mixed(by_mention, mentions, reach, at)
            return None if mixed else draft
        if draft is None and family == "applications." and _is_handled(text, mention, labels.get(index)):
            return _handled(mention, index, tag, sentences)
        if draft is None and family == "capacity.staff." and _counts_staff(text, mention, labels.get(index)):
            return _handled(mention, index, tag, sentences)
        if not _may_stand_between(text, draft, labels.get(index)):
            return None
    return None


def _reach(at: Span, sentences: list[Span]) -> int:
    """Where the sentence before the one of `at` starts."""
    place = next((n for n, one in enumerate(sentences) if one.start <= at.start < one.end), 0)
    return sentences[max(0, place - 1)].start


def _is_mixed(drafts: dict[int, Draft], mentions: list[Mention], reach: int, at: Span) -> bool:
    """Cases carried in or out beside those received: the whole is then another figure than any printed."""
    return any(
        "applications.carried_" in draft.indicator and draft.value > 0
        for index, draft in drafts.items()
        if reach <= mentions[index].span.start < at.start
    )


def _may_stand_between(text: str, draft: Draft | None, label: Span | None) -> bool:
    if draft is not None:
        return "channel" in draft.indicator or (
            draft.indicator.startswith(_PARTS) and not draft.indicator.endswith(".total")
        )
    return label is not None and text[slice(*label)].startswith("其中")


def _is_handled(text: str, mention: Mention, label: Span | None) -> bool:
    """办理依申请公开6件,均按时办结: what was handled is what was closed."""
    if label is None or mention.unit not in ("件", "宗", "起", "条", "份"):
        return False
    names = lexicon().symbols
    spoken = {one.symbol for one in lexicon().tokens(text, *label)}
    return names["handle"] in spoken and names["app"] in spoken


def _counts_staff(text: str, mention: Mention, label: Span | None) -> bool:
    """工作人员6人,均为兼职."""
    if label is None or mention.unit not in ("人", "名", "位"):
        return False
    names = lexicon().symbols
    spoken = [one.symbol for one in lexicon().tokens(text, *label)]
    return names["staff"] in spoken[-2:] and names["train"] not in spoken and names["attend"] not in spoken


def _handled(mention: Mention, index: int, tag: Tag, sentences: list[Span]) -> Draft | None:
    if mention.value is None:
        return None
    sentence = next(one for one in sentences if one.start <= mention.span.start < one.end)
    return Draft(
        index, "", mention.value, "reported", mention.unit, mention.qualifier, tag.period, tag.scope, 0.85, sentence,
        (mention.raw,),
    )  # fmt: skip
