"""Which fact answers its indicator: a table's value before the prose's, a value before a blank."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from decimal import Decimal
from typing import NamedTuple

from govnlp.schema.facts import Fact
from govnlp.schema.indicators import indicators
from govnlp.schema.reading import Outline
from govnlp.schema.report import Issue, Section, SectionKind
from govnlp.schema.text import Span

THRESHOLD = 0.5
"""A fact of lower confidence is kept, but never answers."""

# The sections that are about the indicators whose id begins so.
_HOMES: dict[str, tuple[SectionKind, ...]] = {
    "proactive": ("proactive",),
    "disclosure": ("proactive",),
    "response": ("proactive",),
    "applications": ("applications",),
    "remedies": ("remedies",),
    "fees": ("fees", "applications"),
    "capacity": ("other", "appendix"),
}
_HOME, _ELSEWHERE, _OVERVIEW, _FURNITURE, _REPEAT = range(5)
_RANKS: dict[SectionKind, int] = {
    "overview": _OVERVIEW,
    "header": _OVERVIEW,
    "footer": _FURNITURE,
    "boilerplate": _FURNITURE,
}
_YEAR = re.compile(r"((?:19|20)\d\d)\s{0,2}年")
_THIS_YEAR = re.compile(r"本年|今年|全年|年内|年度内")


class _Rank(NamedTuple):
    """The order in which candidates are asked; the least answers. Equal ones stand in the order they were read."""

    blank: bool
    prose: bool
    section: int
    other_year: int
    inexact: bool
    none_stated: bool
    doubt: float


def merged(facts: tuple[Fact, ...]) -> tuple[Fact, ...]:
    """One thing said twice in one way becomes one fact with both pieces of evidence."""
    times = Counter(fact.indicator for fact in facts)
    groups: dict[object, list[Fact]] = {}
    for fact in facts:
        if times[fact.indicator] == 1:
            groups[fact.indicator] = [fact]
            continue
        key = (fact.indicator, fact.value, fact.method, fact.status, fact.period, fact.scope, fact.raw)
        groups.setdefault(key, []).append(fact)
    return tuple(group[0] if len(group) == 1 else _joined(group) for group in groups.values())


def _joined(group: list[Fact]) -> Fact:
    evidence = dict.fromkeys(one for fact in group for one in fact.evidence)
    parts = next((fact.parts for fact in group if fact.parts), ())
    surest = max(fact.confidence for fact in group)
    return group[0].model_copy(update={"evidence": tuple(evidence), "parts": parts, "confidence": surest})


def may_answer(fact: Fact, threshold: float = THRESHOLD) -> bool:
    """Whether a fact speaks of the report's own year and organ, and is sure enough."""
    return fact.is_candidate and fact.confidence >= threshold


def answered(facts: tuple[Fact, ...], outline: Outline, threshold: float = THRESHOLD) -> tuple[Fact, ...]:
    """The same facts, the answer of each indicator marked."""
    groups: dict[str, list[Fact]] = {}
    for fact in facts:
        if may_answer(fact, threshold):
            groups.setdefault(fact.indicator, []).append(fact)
    chosen = {id(_best(group, outline)) for group in groups.values()}
    return tuple(_marked(fact, id(fact) in chosen) for fact in facts)


def doubts(facts: tuple[Fact, ...]) -> Iterator[Issue]:
    """An issue for each indicator of which only unsure facts were read, so that none answers."""
    sure = {fact.indicator for fact in facts if fact.answer}
    unsure = {fact.indicator: fact for fact in reversed(facts) if fact.indicator not in sure and fact.is_candidate}
    for name, fact in reversed(unsure.items()):
        yield Issue(
            code="low_confidence",
            severity="warning",
            message=f"{name} ({indicators()[name].labels[0]}) was read as {_digits(fact.value)}, but not surely enough "
            f"to answer (confidence {fact.confidence:.2f}); compare it with the passage.",
            evidence=fact.evidence[0] if fact.evidence else None,
        )


def _digits(value: Decimal | None) -> str:
    return "blank" if value is None else format(value, "f")


def _marked(fact: Fact, answer: bool) -> Fact:
    return fact if fact.answer is answer else fact.model_copy(update={"answer": answer})


def _best(group: list[Fact], outline: Outline) -> Fact:
    return group[0] if len(group) == 1 else min(group, key=lambda fact: _rank(fact, outline))


def _rank(fact: Fact, outline: Outline) -> _Rank:
    prose = fact.method == "prose"
    return _Rank(
        blank=fact.value is None,
        prose=prose,
        section=_section_rank(fact, outline),
        other_year=_year_rank(fact, outline.meta.year) if prose else 0,
        inexact=fact.qualifier != "exact",
        none_stated=fact.status == "stated_none",
        doubt=round(1 - fact.confidence, 1),
    )


def _section_rank(fact: Fact, outline: Outline) -> int:
    """How near to its subject the fact was read: its own section, another, the overview, a second printing."""
    homes = _HOMES.get(fact.indicator.partition(".")[0], ())
    ranks = (_place_rank(section, homes) for section in _sections(fact, outline))
    best = min(ranks, default=_ELSEWHERE)
    if fact.method == "table" and best != _REPEAT:
        return _HOME  # a table is about what its labels say, wherever it stands
    return best


def _sections(fact: Fact, outline: Outline) -> Iterator[Section]:
    for one in fact.evidence:
        section = outline.section_at(Span(*one.span))
        if section is not None:
            yield section


def _place_rank(section: Section, homes: tuple[SectionKind, ...]) -> int:
    if section.repeat:
        return _REPEAT
    return _HOME if section.kind in homes else _RANKS.get(section.kind, _ELSEWHERE)


def _year_rank(fact: Fact, year: int | None) -> int:
    """0 where the sentence names this year, 1 where it names none, 2 where it names other years alone."""
    quotes = [one.quote for one in fact.evidence]
    named = {int(digits) for quote in quotes for digits in _YEAR.findall(quote)}
    if year in named or any(_THIS_YEAR.search(quote) for quote in quotes):
        return 0
    return 2 if named and year is not None else 1
