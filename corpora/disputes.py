"""Wordings that two voices label differently: one of them may have slipped, or the words around decide.

A wording is what stands right before and behind a mention, digits masked. Whose applicants, which remedy and which kind of
document is often told further back: labels that differ in no more than that agree here. The test split is left out.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from corpora.align import align
from corpora.checks import shown
from corpora.load import split_of
from corpora.records import Mark, Passage
from govnlp.prose.mentions import Mention
from govnlp.schema.text import Span

BEFORE, BEHIND = 8, 4
NOTHING = "no indicator"
_DIGITS = re.compile(r"[\d０-９][\d０-９,，.]*")
_OWNERS = re.compile(r"\.(?:natural_person|business|research|ngo|legal_service|other_org|total)\b")
_FAMILIES = re.compile(r"(remedies|proactive)\.(?!complaints)[a-z_]+\.")


class Use(NamedTuple):
    """Where a wording stands and how it is labelled there."""

    label: str
    voice: str
    place: str


class Dispute(NamedTuple):
    """A wording (`#` for digits, `<>` for the mention) and its uses, which do not all bear one label."""

    wording: str
    uses: tuple[Use, ...]


def disputes(passages: Iterable[Passage]) -> list[Dispute]:
    """The disputed wordings, the most used first.

    >>> disputes([])
    []
    """
    found: dict[str, list[Use]] = defaultdict(list)
    for passage in passages:
        if split_of(passage.voice) != "test":
            for wording, use in _uses(passage):
                found[wording].append(use)
    open_ = [Dispute(wording, tuple(uses)) for wording, uses in found.items() if _differ(uses)]
    return sorted(open_, key=lambda one: (-len(one.uses), one.wording))


def _differ(uses: list[Use]) -> bool:
    return len({one.label for one in uses}) > 1 and len({one.voice for one in uses}) > 1


def _uses(passage: Passage) -> Iterator[tuple[str, Use]]:
    laid = align(passage)
    seen: set[Span] = set()
    for at, mention in enumerate(laid.mentions):
        if mention.raw in seen or mention.open:
            continue
        seen.add(mention.raw)
        mark = laid.mark_of(at)
        before = _DIGITS.sub("#", laid.text[max(0, mention.raw.start - 40) : mention.raw.start])[-BEFORE:]
        if len(before) == BEFORE:
            behind = _DIGITS.sub("#", laid.text[mention.raw.end : mention.raw.end + 20])[:BEHIND]
            yield f"{before}<>{behind}", Use(_label(mark), passage.voice, _place(passage, mark, laid.text, mention))


def _label(mark: Mark | None) -> str:
    if mark is None:
        return NOTHING
    names = [f"{one.indicator}@{one.period}/{one.scope}" for one in mark.labels]
    bare = (_OWNERS.sub("", _FAMILIES.sub(r"\1.", name)) for name in names)
    return "+".join(sorted(set(bare))).replace("@year/own", "")


def _place(passage: Passage, mark: Mark | None, text: str, mention: Mention) -> str:
    if mark is not None:
        return shown(passage.text, mark)
    start, end = mention.raw
    return f"{text[max(0, start - 10) : start]}{{{text[start:end]}}}{text[end : end + 10]}"
