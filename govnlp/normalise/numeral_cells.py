"""Numbers of table cells: a cell that holds one numeral and nothing else, or a numeral with its unit."""

from __future__ import annotations

import re
from decimal import Decimal
from functools import cache
from typing import NamedTuple

from govnlp.normalise import numeral_values as values
from govnlp.normalise.numeral_words import words
from govnlp.normalise.units import alternatives, units
from govnlp.schema.facts import Qualifier


class CellNumber(NamedTuple):
    """The number of a cell as printed: the unit is not applied (0.5万元 is 0.5 and 万元)."""

    value: Decimal
    unit: str | None = None
    qualifier: Qualifier = "exact"


def parse(text: str) -> Decimal | None:
    """The exact value where the whole of `text`, but for spaces around it, is one numeral; else None.

    Spaced digits (1 2) are None: they may be two cells of a torn row.

    >>> parse(" １２ "), parse("三十二"), parse("-3"), parse("12件"), parse("1 2")
    (Decimal('12'), Decimal('32'), Decimal('-3'), None, None)
    """
    bare = text.strip()
    if not bare or len(bare) > values.LONGEST:
        return None
    if _WHOLE.fullmatch(bare):
        value = values.mixed(bare.lstrip(_MINUS))
        return value.copy_negate() if value is not None and bare[0] in _MINUS else value
    whole = None if bare[0] in _NEVER_ALONE else values.chinese(bare)
    return None if whole is None else Decimal(whole)


def parse_cell(text: str) -> CellNumber | None:
    """The number of a cell that holds a numeral, alone or with a unit and a word of how exact it is; else None.

    >>> parse_cell("约0.5万元"), parse_cell("12余件"), parse_cell("第12条")
    (CellNumber(value=Decimal('0.5'), unit='万元', qualifier='about'), CellNumber(value=Decimal('12'), unit='件', \
qualifier='about'), None)
    """
    alone = parse(text)
    if alone is not None:
        return CellNumber(alone)
    found = _cell().fullmatch(text.strip()) if len(text) <= 2 * values.LONGEST else None
    value = parse(found["number"]) if found else None
    if found is None or value is None:
        return None
    return CellNumber(value, found["unit"], _exactness(found))


_MINUS = "-－−"
_WHOLE = re.compile(rf"[{_MINUS}]?{values.MIXED}")
# An empty circle may be a mark, and a multiplier alone is a unit.
_NEVER_ALONE = "○百佰千仟" + "".join(values.MYRIADS)


@cache
def _cell() -> re.Pattern[str]:
    """Qualifier, numeral, qualifier, unit, qualifier. The money units are tried before 万 can be taken as part of the number."""
    lists = words()
    before = _any(lists.about_before + lists.at_least_before + lists.at_most_before)
    after = _any(lists.about_after + lists.at_least_after + lists.at_most_after)
    unit = alternatives(units().known | frozenset(["%", "％"]))
    number = rf"[{_MINUS}]?(?:{values.DECIMAL}{values.MULTIPLIED}??|[{values.CHINESE}]+?)"
    return re.compile(
        rf"(?P<before>{before})?\s*(?P<number>{number})\s*(?P<mid>{after})?\s*(?P<unit>{unit})?(?P<after>{after})?"
    )


def _any(choices: tuple[str, ...]) -> str:
    return alternatives(frozenset(choices))


def _exactness(found: re.Match[str]) -> Qualifier:
    lists = words()
    said = (found["before"], found["mid"], found["after"])
    if any(word in lists.at_most_before + lists.at_most_after for word in said):
        return "at_most"
    if any(word in lists.at_least_before + lists.at_least_after for word in said):
        return "at_least"
    return "about" if any(said) else "exact"
