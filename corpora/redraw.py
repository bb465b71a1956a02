"""New figures for a passage: of like size, in the same or another style, the same where they were the same."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from decimal import ROUND_HALF_UP, Decimal
from random import Random
from typing import NamedTuple

from corpora.checks import values_in
from corpora.figures import canonical, figure_value, qualified
from corpora.pieces import edited, revalued
from corpora.records import Mark, Passage
from corpora.spelling import HUNDRED_MILLION, MYRIAD, Style, spelled, style_of
from govnlp.normalise.edits import Edit
from govnlp.normalise.numerals import find
from govnlp.normalise.units import money_factor, unit_at, units
from govnlp.schema.text import Span

# A numeral without damage: what this module can write again.
_SOUND = re.compile(r"\d{1,3}(?:,\d{3})+|\d+(?:\.\d+)?[万亿]?|[零一二两三四五六七八九十百千万]+", re.ASCII)
_FACTORS = (2, 3, 4)
_RESTYLED = 0.3
# 一起, 一位 are words before they are numbers.
_NEVER_CHINESE = frozenset(("起", "位", "部", "处", "种", "类"))
_GROUPED_FROM, _CHINESE_BELOW = 1000, 100_000


class _Number(NamedTuple):
    """A numeral of the passage without the words beside it; `restyled` whether it may change its style."""

    span: Span
    value: Decimal
    style: Style
    unit: str | None
    restyled: bool


def redraw(passage: Passage, random: Random) -> Passage:
    """The passage with every sound numeral that counts drawn anew, marked or not; 0 stays 0.

    Either all grow by one factor, so that sums and shares stay right, or each by its own, near a common one. Carried
    totals follow the figures that they carry; a passage in which they could not is given back as it is.

    >>> from corpora.records import Label
    >>> mark = Mark(2, 4, "figure", (Label("disclosure.total", Decimal(12)),))
    >>> made = redraw(Passage("a", "county", "plain", "overview", 2016, "公开12条", (mark,)), Random(2))
    >>> made.text, made.marks[0].labels[0].value
    ('公开30条', Decimal('30'))
    """
    numbers = [*_marked(passage), *_unmarked(passage)]
    exact = random.random() < 0.5
    drawn = _grown(numbers, random) if exact else _drawn(numbers, random)
    carrying = passage.with_marks(_carried(passage, drawn))
    styles = [_style(one, drawn[one.value], random) for one in numbers]
    for chosen in (styles, [one.style for one in numbers]):
        pairs = zip(numbers, chosen, strict=True)
        edits = [Edit(*one.span, _written(drawn[one.value], style)) for one, style in pairs if one.value]
        made = revalued(edited(carrying, edits))
        if carries_hold(made) and _read(made) >= _read(passage):
            return made
    return passage


def _marked(passage: Passage) -> Iterator[_Number]:
    for mark in passage.marks:
        span = qualified(passage.text, mark.span) if mark.kind == "figure" else None
        if span is not None and (number := _number(passage.text, span)) is not None:
            yield number


def _unmarked(passage: Passage) -> Iterator[_Number]:
    """Figures of no indicator, Arabic and with a unit: the rest may be parts of names."""
    for one in find(passage.text):
        free = all(one.span.end <= mark.start or mark.end <= one.span.start for mark in passage.marks)
        if free and one.role == "count" and one.kind == "arabic" and one.unit and not one.repaired:
            number = _number(passage.text, one.span)
            if number is not None:
                yield number._replace(restyled=False)


def _number(text: str, span: Span) -> _Number | None:
    surface = text[span.start : span.end]
    value = figure_value(surface)
    if value is None or not _SOUND.fullmatch(surface):
        return None
    return _Number(span, canonical(value), style_of(surface), unit_at(text, span.end), restyled=True)


def _grown(numbers: Sequence[_Number], random: Random) -> dict[Decimal, Decimal]:
    factor = random.choice(_FACTORS)
    return {one.value: one.value * factor for one in numbers}


def _drawn(numbers: Sequence[_Number], random: Random) -> dict[Decimal, Decimal]:
    """Each value times a common factor, give or take a seventh, with as many digits as before."""
    common = random.uniform(0.4, 3)
    return {
        value: _near(value, common * random.uniform(0.85, 1.15))
        for value in dict.fromkeys(one.value for one in numbers)
    }


def _near(value: Decimal, factor: float) -> Decimal:
    """About `factor` times a value, as round as the value; never 0 where the value is not."""
    digits, exponent = len(value.as_tuple().digits), int(value.normalize().as_tuple().exponent)
    # A number of one digit and zeros (300) may take a second digit (450), but not a last one (437).
    step = Decimal(1).scaleb(exponent - 1 if exponent > 0 and digits - exponent == 1 else exponent)
    made = (value * Decimal(str(round(factor, 3))) / step).to_integral_value(ROUND_HALF_UP) * step
    return canonical(max(made, step)) if value else value


def _style(one: _Number, value: Decimal, random: Random) -> Style:
    """The style as it was, now and then another that a clerk could use."""
    allowed = [style for style in _styles(value, one.unit) if one.restyled]
    return random.choice(allowed) if allowed and random.random() < _RESTYLED else one.style


def _written(value: Decimal, style: Style) -> str:
    return spelled(value, style if _can(value, style) else "arabic")


def _styles(value: Decimal, unit: str | None) -> Iterator[Style]:
    """The styles in which a clerk would print this number before this unit."""
    yield "arabic"
    if _GROUPED_FROM <= value < HUNDRED_MILLION:
        yield "grouped"
    whole = value == value.to_integral_value()
    is_large_money = unit is not None and (money_factor(unit) or 0) > 1
    if value >= MYRIAD and not is_large_money and value % 10 ** (value.adjusted() - 3) == 0:
        yield "myriad"
    if whole and value < _CHINESE_BELOW and unit in units().counted - _NEVER_CHINESE:
        yield "chinese"


def _can(value: Decimal, style: Style) -> bool:
    if style == "chinese":
        return value == value.to_integral_value() and value < HUNDRED_MILLION
    return style != "myriad" or value >= MYRIAD


def _carried(passage: Passage, drawn: dict[Decimal, Decimal]) -> tuple[Mark, ...]:
    """The marks with the values of carried totals drawn as the figures were."""
    marks = []
    for mark in passage.marks:
        if mark.kind == "all":
            labels = tuple(
                one._replace(value=one.value if one.value is None else drawn.get(one.value, one.value))
                for one in mark.labels
            )
            mark = replace(mark, labels=labels)
        marks.append(mark)
    return tuple(marks)


def carries_hold(passage: Passage) -> bool:
    """Whether every carried total is a number of the passage, or a sum or difference of some."""
    carried = {label.value for mark in passage.marks if mark.kind == "all" for label in mark.labels if label.value}
    return not carried or carried <= values_in(passage)


def _read(passage: Passage) -> int:
    """How many marked figures are numerals that count where they stand (not 总数三件, where 数 makes 三 vague)."""
    read = {(one.span.start, one.value) for one in find(passage.text) if one.role == "count"}
    return sum((one.span.start, one.value) in read for one in _marked(passage))
