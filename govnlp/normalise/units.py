"""Units (单位) that stand after a figure: measure words, money and its factor to 元, spans of time. Source: `units.yaml`."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal
from functools import cache, lru_cache
from importlib.resources import files
from typing import TypedDict

import yaml


class _Sheet(TypedDict):
    counted: list[str]
    loose: list[str]
    money: dict[str, str]
    time: list[str]


@dataclass(frozen=True, slots=True)
class Units:
    """The units by what they say.

    `counted` license a numeral written in Chinese (三件); `loose` stand after Arabic digits only; `money` gives the
    factor to 元; `time` makes the figure no count (3年, 20个工作日).
    """

    counted: frozenset[str]
    loose: frozenset[str]
    money: dict[str, Decimal]
    time: frozenset[str]

    @property
    def known(self) -> frozenset[str]:
        """Every unit."""
        return self.counted | self.loose | self.time | frozenset(self.money)


@cache
def units() -> Units:
    """The units of `units.yaml`.

    >>> "人次" in units().counted
    True
    """
    sheet: _Sheet = yaml.safe_load(files(__package__).joinpath("units.yaml").read_text("utf-8"))
    money = {name: Decimal(factor) for name, factor in sheet["money"].items()}
    return Units(frozenset(sheet["counted"]), frozenset(sheet["loose"]), money, frozenset(sheet["time"]))


def money_factor(unit: str) -> Decimal | None:
    """How many 元 one of this unit is; None where it is no unit of money.

    >>> money_factor("万元")
    Decimal('10000')
    """
    return units().money.get(unit)


def unit_at(text: str, at: int) -> str | None:
    """The longest unit that starts at `at`; one space before it is passed over.

    >>> unit_at("304人次", 3), unit_at("304以上", 3)
    ('人次', None)
    """
    return _unit_of(text[at : at + _LONGEST])


# One space and the longest unit (人民币元).
_LONGEST = 6


@lru_cache(maxsize=4096)
def _unit_of(window: str) -> str | None:
    """The unit that a few characters start with; the same ones stand behind most figures."""
    found = _any_unit().match(window)
    return found[1] if found else None


def alternatives(words: frozenset[str]) -> str:
    """A pattern that takes the longest of `words`."""
    return "|".join(re.escape(word) for word in sorted(words, key=lambda word: (-len(word), word)))


@cache
def _any_unit() -> re.Pattern[str]:
    return re.compile(f" ?({alternatives(units().known)})")
