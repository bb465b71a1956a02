"""The characters of GBK by their two bytes, as far as official prose uses them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from functools import cache
from heapq import nlargest
from operator import itemgetter
from typing import NamedTuple

from govnlp.normalise.language import model
from govnlp.normalise.script import char_to_simplified

# First bytes that are not known: any, one from A1 up, one below.
ANY, HIGH, LOW = -1, -2, -3
ALL_ROWS = frozenset((*range(0x40, 0x7F), *range(0x80, 0xFF)))
# The rows of GBK with gaps, and those that it leaves to users: pairs were lost there, by the half of the row.
GAP_ROWS = frozenset((0xA2, *range(0xA4, 0xAA), 0xD7))
LOST_ROWS = {HIGH: GAP_ROWS | {*range(0xAA, 0xB0), *range(0xF8, 0xFF)}, LOW: frozenset(range(0xA1, 0xA8))}
_CHOICES = 16
# So many choices are remembered, no more.
_REMEMBERED = 20_000


class Choice(NamedTuple):
    """A character that may stand at a place, and the logarithm of how likely it stands there."""

    char: str
    step: float


class Tables:
    """The characters of GBK that prose of one script uses, by their bytes."""

    def __init__(self, used: Iterable[tuple[int, int, str]]) -> None:
        self._by_lead: dict[int, list[tuple[int, str]]] = defaultdict(list)
        for lead, trail, char in used:
            for key in (lead, ANY, HIGH if lead >= 0xA1 else LOW):
                self._by_lead[key].append((trail, char))
        self._choices: dict[tuple[int, frozenset[int]], list[tuple[str, str]]] = {}
        self._best: dict[tuple[str, int, frozenset[int]], tuple[Choice, ...]] = {}

    def best(self, last: str, lead: int, trails: frozenset[int]) -> tuple[Choice, ...]:
        """The likeliest characters after `last` whose first byte may be `lead` and whose second is one of `trails`."""
        key = (last, lead, trails)
        found = self._best.get(key)
        if found is None:
            if len(self._best) >= _REMEMBERED:
                self._best.clear()
            found = self._best[key] = self._likeliest(last, lead, trails)
        return found

    def _likeliest(self, last: str, lead: int, trails: frozenset[int]) -> tuple[Choice, ...]:
        choices = self._choices.get((lead, trails))
        if choices is None:
            chars = [char for trail, char in self._by_lead[lead] if trail in trails]
            choices = self._choices[lead, trails] = [(char, char_to_simplified(char)) for char in chars]
        steps = model().steps(last, [plain for _, plain in choices])
        made = [Choice(char, step) for (char, _), step in zip(choices, steps, strict=True)]
        return tuple(nlargest(_CHOICES, made, key=itemgetter(1)))


@cache
def tables_of(traditional: bool) -> Tables:
    """The tables of one script.

    >>> [one.char for one in tables_of(True).best("公", 0xE9, frozenset([0x5F]))]
    ['開']
    """
    return Tables(_used_characters(traditional))


@cache
def _used_characters(traditional: bool) -> tuple[tuple[int, int, str], ...]:
    """The characters that prose of one script uses, with their bytes."""
    codes = [(lead, trail) for lead in range(0x81, 0xFF) for trail in sorted(ALL_ROWS)]
    chars = [(*code, bytes(code).decode("gbk", "ignore")) for code in codes]
    return tuple((lead, trail, char) for lead, trail, char in chars if len(char) == 1 and _is_used(char, traditional))


def _is_used(char: str, traditional: bool) -> bool:
    """Figures are left out: none may come of a guess."""
    plain = char_to_simplified(char)
    return not char.isdigit() and model().is_common(plain) and (traditional or plain == char)
