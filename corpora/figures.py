"""What a marked surface says as a number: the numeral, the words beside it, and the unit of money behind it."""

from __future__ import annotations

import re
from decimal import Decimal

from corpora.records import PART
from govnlp.normalise.numerals import parse
from govnlp.normalise.script import is_traditional, to_simplified
from govnlp.normalise.units import money_factor, unit_at, units
from govnlp.schema.indicators import indicators
from govnlp.schema.text import Span

# Words beside a numeral that a mark may hold: 近300, 2789余.
_BEFORE = re.compile(
    "^(?:不足|不到|不超过|至多|最多|少于|大约|约为|将近|接近|超过|不少于|不低于|至少|多于|突破|近|约|超|逾|上)"
)
_AFTER = re.compile("(?:余|多|来|左右|以上)+$")
# 余 before a multiplier (10余万).
_INNER = re.compile("[余多](?=[万亿千百])")
# Pinyin that a tool put after characters: 4.16萬(wàn).
_GLOSS = re.compile(r"\([^()\d一-鿿]{1,30}\)")
_SPACE = re.compile(r"\s+")
_LETTERS = str.maketrans("lIOo", "1100")
# The unit of a column stands before its figure and after no other: 收费金额(万元):12, 专项经费 万元 1.5.
_COLUMN_UNIT = re.compile(r"(?<![\d零〇一二两三四五六七八九十百千万亿])(?P<unit>[百千万亿]{0,2}元)[)）]?[:：为]?$")
_DAMAGED = re.compile(r"[(\s０-９lIOo一-鿿]")


def figure_value(surface: str) -> Decimal | None:
    """The number that a surface is, damage of scans and scraping read through; None where it is no number.

    >>> figure_value("近4.16万"), figure_value("１ ２"), figure_value("三千二百余"), figure_value("未收到")
    (Decimal('41600.00'), Decimal('12'), Decimal('3200'), None)
    """
    if not _DAMAGED.search(surface) and (plain := parse(surface)) is not None:
        return plain
    bare = _SPACE.sub("", _GLOSS.sub("", surface)).translate(_LETTERS)
    bare = _INNER.sub("", _AFTER.sub("", _BEFORE.sub("", _simplified(bare))))
    return parse(bare)


def qualified(text: str, span: Span) -> Span:
    """The numeral alone inside a surface that may hold 近 before and 余 after it.

    >>> qualified("近300余", Span(0, 5))
    Span(start=1, end=4)
    """
    surface = text[span.start : span.end]
    before, after = _BEFORE.match(surface), _AFTER.search(surface)
    return Span(span.start + (before.end() if before else 0), span.end - (len(after[0]) if after else 0))


def unit_of(text: str, start: int, end: int) -> str | None:
    """The unit of a marked figure: right after it, or the unit of its column before it.

    >>> unit_of("收费5万元", 2, 3), unit_of("经费(万元):5", 7, 8), unit_of("收到5", 2, 3)
    ('万元', '万元', None)
    """
    # 0.5 万 元 and １２萬(wàn)元 are damage of the unit, not of the figure.
    after = _simplified(_SPACE.sub("", _GLOSS.sub("", text[end : end + 40])))
    column = _COLUMN_UNIT.search(_simplified(_SPACE.sub("", _GLOSS.sub("", text[max(0, start - 40) : start]))))
    return unit_at(after, 0) or (column["unit"] if column else None)


def label_value(indicator: str, text: str, start: int, end: int) -> Decimal | None:
    """The value of the figure marked at `[start, end)`, in 元 where it is an amount; None where it is no number.

    >>> label_value("capacity.budget", "投入5万元", 2, 3), label_value("disclosure.total", "公开4.16万条", 2, 7)
    (Decimal('50000'), Decimal('41600'))
    """
    value = figure_value(text[start:end])
    if value is None:
        value, factor = _with_own_unit(text[start:end])
    else:
        unit = unit_of(text, start, end)
        factor = money_factor(unit) if unit else None
    if value is None:
        return None
    return canonical(value * factor if factor is not None and may_be_amount(indicator) else value)


def may_be_amount(indicator: str) -> bool:
    """Whether a unit of money can stand behind its figure: an amount, or a member of a list of amounts."""
    return indicator == PART or (indicator in indicators() and indicators()[indicator].is_amount)


def canonical(value: Decimal) -> Decimal:
    """The same number written one way: no trailing zeros, no exponent.

    >>> canonical(Decimal("41600.00")), canonical(Decimal("1.50"))
    (Decimal('41600'), Decimal('1.5'))
    """
    whole = value.to_integral_value()
    return Decimal(int(whole)) if value == whole else value.normalize()


def _with_own_unit(surface: str) -> tuple[Decimal | None, Decimal | None]:
    """A figure whose unit of money stands inside the mark (5万元)."""
    for unit in sorted(units().money, key=len, reverse=True):
        if surface.endswith(unit):
            return figure_value(surface[: -len(unit)]), units().money[unit]
    return None, None


def _simplified(text: str) -> str:
    return to_simplified(text) if is_traditional(text, frozenset(text)) else text
