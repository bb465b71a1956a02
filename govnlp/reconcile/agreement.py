"""Text against table, and either against itself: one indicator said twice should be said with one value."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from decimal import Decimal

from govnlp.reconcile import wording
from govnlp.reconcile.answers import may_answer
from govnlp.reconcile.terms import full_term
from govnlp.schema.facts import Fact
from govnlp.schema.report import Check

_SCALES = {"百": 2, "千": 3, "万": 4, "萬": 4, "亿": 8, "億": 8}
_DIGITS = re.compile(r"\d+(?:\.(\d+))?")


def agreements(facts: tuple[Fact, ...]) -> Iterator[Check]:
    """One check for each indicator that is repeated: `text_vs_table`, `table_vs_table` or `text_vs_text`."""
    times = Counter(fact.indicator for fact in facts)
    groups: dict[str, list[Fact]] = {}
    for fact in facts:
        if times[fact.indicator] > 1 and fact.value is not None and may_answer(fact):
            groups.setdefault(fact.indicator, []).append(fact)
    for group in groups.values():
        if len(group) > 1:
            yield from _compared(sorted(group, key=lambda fact: not fact.answer))


def _compared(group: list[Fact]) -> Iterator[Check]:
    answer, *others = group
    ways: dict[str, list[Fact]] = {}
    for fact in others:
        ways.setdefault(_way(answer, fact), []).append(fact)
    for way, told in ways.items():
        yield _check(way, answer, tuple(told))


def _check(way: str, answer: Fact, others: tuple[Fact, ...]) -> Check:
    unlike = tuple(fact for fact in others if not agree(answer, fact))
    nearest = unlike[0] if unlike else others[0]
    difference = None if answer.value is None or nearest.value is None else answer.value - nearest.value
    return Check(
        id=f"{way}.{answer.indicator}",
        status="failed" if unlike else "passed",
        message=wording.compared(answer, unlike or others),
        left=(full_term(answer),),
        right=tuple(full_term(fact) for fact in unlike or others),
        difference=difference,
    )


def _way(answer: Fact, other: Fact) -> str:
    if answer.method == other.method:
        return "table_vs_table" if answer.method == "table" else "text_vs_text"
    return "text_vs_table"


def agree(one: Fact, other: Fact) -> bool:
    """Whether both can be true: 约、超、不足 and a figure in 万 leave room, an exact figure leaves none.

    >>> table = Fact(indicator="disclosure.total", value=41623, status="reported", method="table", raw="41623")
    >>> prose = Fact(indicator="disclosure.total", value=41600, status="reported", method="prose", raw="4.16万")
    >>> agree(table, prose)
    True
    """
    if one.value is None or other.value is None or one.value == other.value:
        return True
    (low, high), (least, most) = _range(one), _range(other)
    return low <= most and least <= high


def _range(fact: Fact) -> tuple[Decimal, Decimal]:
    """The least and the greatest number that the figure can stand for."""
    value = fact.value or Decimal(0)
    room = _room(fact, value)
    if fact.qualifier == "at_least":
        return value, Decimal("Infinity")
    if fact.qualifier == "at_most":
        return Decimal(0), value
    return value - room, value + room


def _room(fact: Fact, value: Decimal) -> Decimal:
    """How far the number meant may lie on either side: under one unit of the last place printed, if rounded."""
    if fact.qualifier == "about":
        return min(_last_place(value), abs(value) / 5)
    scale = max((_SCALES[mark] for mark in (fact.raw + (fact.raw_unit or "")) if mark in _SCALES), default=0)
    digits = _DIGITS.search(fact.raw)
    if not scale or digits is None or (digits[1] is None and scale < 4):
        return Decimal(0)
    return Decimal(10) ** (scale - len(digits[1] or "")) - 1


def _last_place(value: Decimal) -> Decimal:
    """The place of the last digit that is not 0: 100 for 4800."""
    digits = int(abs(value))
    place = Decimal(1)
    while digits and digits % 10 == 0:
        digits //= 10
        place *= 10
    return place
