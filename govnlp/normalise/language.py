"""A small model of official prose: how likely a character is after another. Sources: `characters.txt`, `phrases.txt`.

It only serves to choose between recoveries of damaged text; sound text never meets it.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from itertools import pairwise
from math import log

# Shares of the marks among all characters of official prose, by rough count.
_MARKS = {"，": 0.045, "。": 0.018, "、": 0.03, "“": 0.006, "”": 0.006, "（": 0.004, "）": 0.004, "《": 0.004, "》": 0.004,
          "；": 0.006, "：": 0.004, "　": 0.004, "！": 0.0002, "？": 0.0002, "…": 0.0001, "—": 0.0003, "－": 0.0003, "％": 0.0005,
          "·": 0.0001, "〔": 0.001, "〕": 0.001, "‘": 0.0003, "’": 0.0003}  # fmt: skip
_MARKS |= dict.fromkeys("０１２３４５６７８９", 0.001) | dict.fromkeys("0123456789", 0.003)
_NARROW = str.maketrans("(),:;!?", "（），：；！？")
_CLOSING, _OPENING = frozenset("”）》〕’"), frozenset("“（《〔‘")
_STOPS = frozenset("，。、；：！？")
_SINGLE, _PAIR, _RARE = 0.25, 0.75, 1e-8
_PHRASE_PAIR, _LONG, _COMMON = 0.25, 5, 1e-5


@dataclass(frozen=True)
class Model:
    """Shares of single characters, and of pairs given their first character."""

    singles: dict[str, float]
    pairs: dict[str, dict[str, float]]
    phrases: frozenset[str] = frozenset()

    def has_phrase(self, text: str) -> bool:
        """Whether a known phrase of some length stands in `text`."""
        return any(phrase in text for phrase in self.phrases)

    def step(self, before: str, char: str) -> float:
        """The logarithm of the likelihood of `char` after `before` (empty at the start of a line)."""
        return self.steps(before, (char,))[0]

    def steps(self, before: str, chars: Iterable[str]) -> list[float]:
        """`step` of each of several characters."""
        singles, pairs = self.singles, self.pairs.get(before, {})
        return [
            log(
                (_MARKS[char] * self._fits(before, char) if char in _MARKS else _SINGLE * singles.get(char, 0.0))
                + _PAIR * pairs.get(char, 0.0)
                + _RARE
            )
            for char in chars
        ]

    def score(self, before: str, text: str) -> float:
        """The mean of `step` over `text`, which stands after `before`."""
        steps = [self.step(a, b) for a, b in zip((before[-1:], *text), text, strict=False)]
        return sum(steps) / len(steps) if steps else 0.0

    def is_common(self, char: str) -> bool:
        """Whether official prose uses the character."""
        return char in _MARKS or self.singles.get(char, 0.0) >= _COMMON

    def pair(self, before: str, char: str) -> float:
        """How likely `char` follows `before` inside a word."""
        return self.pairs.get(before, {}).get(char, 0.0)

    def _fits(self, before: str, mark: str) -> float:
        """How well a mark stands where it does: no stop after a stop or an opening mark, an indent at a line's start."""
        if mark == "　":
            return 50.0 if before in ("", "　") else 0.02
        if mark in _STOPS and (before in _STOPS or before in _OPENING or before in ("", "　")):
            return 0.001
        if mark in _CLOSING and before in ("", "　"):
            return 0.001
        if mark in _CLOSING and (before in _OPENING or before in _STOPS - {"。", "！", "？"}):
            return 0.01
        return 5.0 if before in _CLOSING and mark in _STOPS else 1.0


def is_mark(char: str) -> bool:
    """Whether it is a mark or a digit.

    >>> is_mark("，"), is_mark("公")
    (True, False)
    """
    return char in _MARKS


def widened(text: str) -> str:
    """The marks as GBK prose prints them.

    >>> widened("(一)")
    '（一）'
    """
    return text.translate(_NARROW)


@cache
def model() -> Model:
    """The model, read once.

    >>> model().step("公", "开") > model().step("公", "鲃")
    True
    """
    singles: dict[str, float] = {}
    pairs: dict[str, dict[str, float]] = {}
    for line in _lines("characters.txt"):
        char, count, rest = line[0], _count(line[1]), line[3:]
        singles[char] = count
        pairs[char] = {rest[at]: min(1.0, _count(rest[at + 1]) / count) for at in range(0, len(rest), 2)}
    whole = sum(singles.values())
    phrases = [phrase for line in _lines("phrases.txt") for phrase in widened(line).split()]
    _add_phrases(pairs, phrases)
    long = frozenset(phrase for phrase in phrases if len(phrase) >= _LONG)
    return Model({char: count / whole for char, count in singles.items()}, pairs, long)


def _add_phrases(pairs: dict[str, dict[str, float]], phrases: list[str]) -> None:
    for phrase in phrases:
        for first, second in pairwise(phrase):
            known = pairs.setdefault(first, {})
            known[second] = max(known.get(second, 0.0), _PHRASE_PAIR)


def _count(letter: str) -> float:
    return float(2 ** (ord(letter) - ord("a")) * 1.5)


def _lines(name: str) -> list[str]:
    sheet = files(__package__).joinpath(name).read_text("utf-8")
    return [line for line in sheet.splitlines() if line and not line.startswith("#")]
