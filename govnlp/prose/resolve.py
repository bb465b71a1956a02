"""The reading rules: what a passage says once its mentions are tagged. Doubt gives no fact."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace

from govnlp.prose.carry import carried
from govnlp.prose.drafts import Draft, drafted
from govnlp.prose.labels import label_of
from govnlp.prose.mentions import Mention
from govnlp.prose.others import follows_other_cases, is_of_others, of_one_office
from govnlp.prose.refused import is_refused
from govnlp.prose.tagger import Passage, Tag
from govnlp.prose.years import dated
from govnlp.schema.facts import Part
from govnlp.schema.indicators import indicators
from govnlp.schema.text import Span

# A label that names an office: its figure is part of the whole before it (其中市公安局12件).
_OFFICE = re.compile(
    r"[\u4e00-\u9fff]{1,18}(?:局|委|办|办公室|厅|镇|乡|街道|县|区|院|中心|站|大队|支队|政府|本级|机关|部门|单位)$"
)
_APPLICANTS = ("natural_person", "business", "research", "ngo", "legal_service", "other_org")
# Two readings of one sentence that differ: one must be surer by this much to stand.
_LEAD = 0.04


def resolve(passage: Passage, mentions: list[Mention], tags: list[Tag], sentences: list[Span]) -> list[Draft]:
    """What the passage says, in the order of its words."""
    drafts = [one for one in drafted(mentions, tags, sentences) if _is_ours(passage.text, one, mentions)]
    drafts = [one for one in (dated(passage, draft, mentions[draft.mention]) for draft in drafts) if one is not None]
    drafts = _whose_applicants(_whose_office(passage.text, drafts, mentions), mentions)
    drafts = [_as_part_of_whole(passage.text, one, drafts, mentions) for one in drafts]
    over = carried(passage.text, mentions, tags, drafts, sentences)
    drafts += [one for one in over if not is_refused(passage.text, one, mentions[one.mention])]
    drafts = _undisputed(drafts, lambda one: (one.key, one.sentence))
    drafts = _undisputed(drafts, lambda one: one.key)
    drafts += _offices(passage.text, drafts, mentions, tags)
    drafts = [_with_parts(passage.text, one, drafts, mentions, tags) for one in drafts]
    return sorted(drafts, key=lambda one: one.mention)


def _is_ours(text: str, one: Draft, mentions: list[Mention]) -> bool:
    """Whether nothing around a draft denies it: no cases of others, no words that rule it out."""
    mention = mentions[one.mention]
    denied = is_refused(text, one, mention) or follows_other_cases(text, one, mention.span.start)
    return not denied and not is_of_others(text, one)


def _whose_office(text: str, drafts: list[Draft], mentions: list[Mention]) -> list[Draft]:
    """The drafts, those of one office beside the whole (市城管局收到4件) marked as such."""
    return [
        replace(one, scope="subordinate")
        if of_one_office(text, one, drafts[:at], mentions[one.mention].span.start)
        else one
        for at, one in enumerate(drafts)
    ]


def _whose_applicants(drafts: list[Draft], mentions: list[Mention]) -> list[Draft]:
    """自然人33件 behind 结转 or 不予公开 splits that total; where its sentence has none, the applications received.

    Where the figures of a sentence add up to one of the totals before them, they split that one.
    """
    found: list[Draft] = []
    whole: Draft | None = None
    ordered = sorted(drafts, key=lambda draft: draft.mention)
    for one in ordered:
        stem = one.indicator.rpartition(".")[0]
        if one.status == "reported" and one.indicator.endswith(".total") and f"{stem}.business" in indicators():
            whole = one
        if one.indicator.startswith("applications.new.") and one.indicator.endswith(_APPLICANTS):
            same = [other for other in ordered if other.sentence == one.sentence and _splits_received(other)]
            summed = _summed_up(same, found, mentions) if one.status == "reported" and len(same) > 1 else None
            if summed is None and one.status == "reported" and _unnamed_before(one, drafts, mentions):
                continue
            here = whole is not None and whole.sentence == one.sentence
            base = whole.indicator.rpartition(".")[0] if whole is not None and here else "applications.new"
            base = base if summed is None else summed
            if one.status == "stated_none" and base != "applications.new":
                continue
            one = replace(one, indicator=f"{base}.{one.indicator.rpartition('.')[2]}")
        found.append(one)
    return found


def _splits_received(one: Draft) -> bool:
    received = one.indicator.startswith("applications.new.") and one.indicator.endswith(_APPLICANTS)
    return received and (one.status, one.period, one.scope) == ("reported", "year", "own")


def _summed_up(same: list[Draft], before: list[Draft], mentions: list[Mention]) -> str | None:
    """The id without its kind of what figures of applicants add up to: the one total before them of that value.

    A figure before them that is no indicator counts as the applications received: 全年收到的79件中,自然人66件,企业13件.
    """
    total = sum(one.value for one in same)
    first = min(one.mention for one in same)
    stems = {
        one.indicator.rpartition(".")[0] for one in before if one.value == total and one.indicator.endswith(".total")
    }
    split = {stem for stem in stems if f"{stem}.business" in indicators()}
    if split:
        return "applications.new" if "applications.new" in split else split.pop() if len(split) == 1 else None
    named = {one.mention for one in before}
    unnamed = [at for at in range(first) if mentions[at].kind == "figure" and at not in named]
    near = unnamed and mentions[unnamed[-1]].span.start >= same[0].sentence.start
    return "applications.new" if near and mentions[unnamed[-1]].value == total else None


def _unnamed_before(one: Draft, drafts: list[Draft], mentions: list[Mention]) -> bool:
    """Whether the figure before it in its sentence is none that we know: it would split that one."""
    known = {draft.mention: draft for draft in drafts}
    for index in range(one.mention - 1, -1, -1):
        if mentions[index].kind != "figure":
            continue
        draft = known.get(index)
        if draft is None or not draft.indicator.endswith(_APPLICANTS):
            return draft is None and mentions[index].span.start >= one.sentence.start
    return False


def _as_part_of_whole(text: str, one: Draft, drafts: list[Draft], mentions: list[Mention]) -> Draft:
    """A figure behind 其中 that would answer the same as the total before it speaks of a part of it."""
    here = mentions[one.mention].span.start
    wholes = [
        other for other in drafts
        if other.key == one.key and other.sentence == one.sentence and other.mention < one.mention
    ]  # fmt: skip
    if wholes and one.status == "reported" and "其中" in text[mentions[wholes[0].mention].end : here]:
        return replace(one, scope="subordinate")
    return one


def _undisputed(drafts: list[Draft], group: Callable[[Draft], object]) -> list[Draft]:
    """Where readings of one group differ in value, the surest, or none where none is clearly surer."""
    groups: dict[object, list[Draft]] = {}
    for one in drafts:
        groups.setdefault(group(one), []).append(one)
    return [one for same in groups.values() for one in _surest(same)]


def _surest(same: list[Draft]) -> list[Draft]:
    if len({one.value for one in same}) == 1 or same[0].scope == "subordinate":
        return same
    best = max(one.confidence for one in same)
    top = [one for one in same if one.confidence > best - _LEAD]
    return top if len({one.value for one in top}) == 1 else []


def _listed(text: str, whole: Draft, mentions: list[Mention], tags: list[Tag]) -> list[tuple[int, str]]:
    """The figures behind 其中 in the sentence of `whole` that no rule named, with their labels."""
    start = mentions[whole.mention].end
    unit = mentions[whole.mention].unit
    found: list[tuple[int, str]] = []
    for tag in tags:
        mention = mentions[tag.mention]
        inside = mention.kind == "figure" and start <= mention.span.start < whole.sentence.end
        if not inside or "其中" not in text[start : mention.span.start]:
            continue
        if tag.indicator is not None or mention.unit != unit:
            continue
        label = label_of(text, tag.label)
        if label:
            found.append((tag.mention, label))
    return found


def _offices(text: str, drafts: list[Draft], mentions: list[Mention], tags: list[Tag]) -> list[Draft]:
    """其中市公安局12件: the same indicator, of one part of the government."""
    found: list[Draft] = []
    for whole in drafts:
        if whole.scope != "own" or whole.status != "reported" or not whole.indicator.endswith(".total"):
            continue
        for index, label in _listed(text, whole, mentions, tags):
            mention = mentions[index]
            if _OFFICE.fullmatch(label) and mention.value is not None and mention.value <= whole.value:
                part = replace(whole, mention=index, value=mention.value, qualifier=mention.qualifier, parts=())
                found.append(replace(part, scope="subordinate", confidence=0.8, spans=(mention.raw,)))
    return found


def _with_parts(text: str, whole: Draft, drafts: list[Draft], mentions: list[Mention], tags: list[Tag]) -> Draft:
    """disclosure.total with the list after 其中 that no indicator names."""
    if whole.indicator != "disclosure.total" or whole.status != "reported" or whole.scope != "own":
        return whole
    parts = [
        Part(label=label, value=value, raw=text[slice(*mentions[index].raw)], unit=mentions[index].unit)
        for index, label in _listed(text, whole, mentions, tags)
        if (value := mentions[index].value) is not None and not _OFFICE.fullmatch(label)
    ]
    return replace(whole, parts=tuple(parts)) if parts else whole
