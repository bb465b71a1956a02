"""What scrapers, scanners and converters do to text, done to a passage with its marks kept in place.

Every operator takes a passage and a random source and gives a new passage whose figures still have their values.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from functools import cache
from random import Random

from corpora.pieces import cut, edited
from corpora.records import Passage
from govnlp.normalise.edits import Edit
from govnlp.normalise.numerals import find
from govnlp.normalise.pinyin import readings
from govnlp.normalise.units import unit_at, units
from govnlp.schema.text import Span

Operator = Callable[[Passage, Random], Passage]
_HAN = re.compile("[一-鿿]")
_HAN_PAIR = re.compile("(?<=[一-鿿])(?=[一-鿿])")
_DIGITS = re.compile(r"(?<![\d.,])\d{2,8}(?![\d.,年月日号%])", re.ASCII)
_NUMBER = re.compile(r"\d+(?:[.,]\d+)*", re.ASCII)


def traditional(passage: Passage, random: Random) -> Passage:
    """Written in traditional characters, where that keeps every character in its place.

    >>> traditional(Passage("a", "county", "plain", "other", 2016, "政务公开", ()), Random(1)).text
    '政務公開'
    """
    made = _to_traditional(passage.text)
    if len(made) != len(passage.text):
        made = "".join(_one(_to_traditional(char), char) for char in passage.text)
    return replace(passage, text=made)


def toned_pinyin(passage: Passage, random: Random) -> Passage:
    """Glosses with a tone after single characters: `務(wù)`."""
    return _glossed(passage, random, lambda syllables: f"({_toned(syllables[0])})", 1)


def plain_pinyin(passage: Passage, random: Random) -> Passage:
    """Glosses without a tone, some of them twice: `文(wen)章`, `复(fu)(fu)议`."""
    return _glossed(passage, random, lambda syllables: f"({syllables[0]})" * random.choice((1, 1, 2)), 1)


def word_pinyin(passage: Passage, random: Random) -> Passage:
    """Glosses of words: `政府(zhèng fǔ)`."""
    return _glossed(passage, random, lambda syllables: f"({' '.join(map(_toned, syllables))})", 2)


def spaces(passage: Passage, random: Random) -> Passage:
    """Spaces inside words, and inside one number (1 2 8) where there is one."""
    pairs = [found.start() for found in _HAN_PAIR.finditer(passage.text)]
    chosen = random.sample(pairs, min(len(pairs), random.randint(1, 6)))
    numbers = [found.span() for found in _DIGITS.finditer(passage.text) if _is_counted(passage.text, found.end())]
    if numbers:
        start, end = random.choice(numbers)
        chosen += range(start + 1, end)
    return edited(passage, [Edit(at, at, " ") for at in chosen])


def full_width(passage: Passage, random: Random) -> Passage:
    """Digits at full width, all of them or some: １２件."""
    share = random.choice((0.5, 1.0))
    numbers = [found for found in _NUMBER.finditer(passage.text) if random.random() < share]
    text = list(passage.text)
    for found in numbers:
        text[slice(*found.span())] = found[0].translate(_WIDE)
    return replace(passage, text="".join(text))


def scan_errors(passage: Passage, random: Random) -> Passage:
    """Letters for digits beside other digits: l0件, 2O条. One digit of a number, and half of the numbers."""
    edits = []
    for one in find(passage.text):
        digits = passage.text[one.span.start : one.span.end]
        if one.role != "count" or not _DIGITS.fullmatch(digits) or not _is_counted(passage.text, one.span.end):
            continue
        places = [at for at, digit in enumerate(digits, one.span.start) if digit in "01"]
        if places and random.random() < 0.5:
            at = random.choice(places)
            edits.append(Edit(at, at + 1, "O" if passage.text[at] == "0" else "l"))
    return edited(passage, edits)


def cut_end(passage: Passage, random: Random) -> Passage:
    """Cut at the end of a page: the last clauses are lost, the one before them stops in mid-word.

    No clause is cut through that holds a mark or a figure: what was read there could mean something else.
    """
    clauses = list(_clauses(passage.text))
    free = [one for one in clauses[1:] if one.end - one.start > 3 and not _holds_figure(passage, one)]
    if not free:
        return passage
    chosen = random.choice(free)
    return cut(passage, 0, random.randint(chosen.start + 1, chosen.end - 1))


OPERATORS: dict[str, Operator] = {
    "traditional": traditional, "toned_pinyin": toned_pinyin, "plain_pinyin": plain_pinyin, "word_pinyin": word_pinyin,
    "spaces": spaces, "full_width": full_width, "scan_errors": scan_errors, "cut_end": cut_end,
}  # fmt: skip
# The order in which two operators are applied: script before the glosses that are set after it, letters for digits first.
_ORDER = (
    "cut_end",
    "scan_errors",
    "traditional",
    "spaces",
    "full_width",
    "toned_pinyin",
    "plain_pinyin",
    "word_pinyin",
)


def damage(passage: Passage, random: Random) -> Passage:
    """The passage after one operator or two.

    >>> damage(Passage("a", "county", "plain", "other", 2016, "印发文件", ()), Random(3)).text
    '印發文件'
    """
    chosen = random.sample(_ORDER, random.choice((1, 1, 2)))
    for name in sorted(chosen, key=_ORDER.index):
        passage = OPERATORS[name](passage, random)
    return passage


_WIDE = str.maketrans("0123456789.", "０１２３４５６７８９．")
_TONES = {"a": "āáǎà", "e": "ēéěè", "i": "īíǐì", "o": "ōóǒò", "u": "ūúǔù", "v": "ǖǘǚǜ"}


def _glossed(passage: Passage, random: Random, gloss: Callable[[list[str]], str], size: int) -> Passage:
    """Glosses after some stretches of `size` characters that have readings; no two stretches overlap."""
    text, known = passage.text, _syllables()
    places = [at for at in range(size, len(text) + 1) if all(char in known for char in text[at - size : at])]
    chosen = sorted(random.sample(places, min(len(places), random.randint(3, 8))))
    apart = [at for before, at in zip([-size, *chosen], chosen, strict=False) if at - before >= size]
    return edited(passage, [Edit(at, at, gloss([known[char] for char in text[at - size : at]])) for at in apart])


@cache
def _syllables() -> dict[str, str]:
    """A reading of each character, without its tone."""
    found: dict[str, str] = {}
    for syllable, chars in readings().items():
        for char in filter(_HAN.match, chars):
            found.setdefault(char, syllable)
    return found


def _toned(syllable: str) -> str:
    """The syllable with a tone on the vowel that bears it; which tone, the letters decide: no reader checks it."""
    vowels = [char for char in syllable if char in _TONES]
    bearing = next((vowel for vowel in "aoe" if vowel in vowels), vowels[-1] if vowels else None)
    if bearing is None:
        return syllable
    tone = _TONES[bearing][sum(map(ord, syllable)) % 4]
    at = syllable.rindex(bearing)
    return (syllable[:at] + tone + syllable[at + 1 :]).replace("v", "ü")


def _is_counted(text: str, at: int) -> bool:
    return unit_at(text, at) in units().counted and text[at : at + 1] != " "


_CLAUSE = re.compile("[^，。；！？,;!?]+[，。；！？,;!?]*")


def _clauses(text: str) -> Iterator[Span]:
    for found in _CLAUSE.finditer(text):
        yield Span(*found.span())


def _holds_figure(passage: Passage, span: Span) -> bool:
    marked = any(mark.start < span.end and span.start < mark.end for mark in passage.marks)
    return marked or any(char.isnumeric() for char in passage.text[span.start : span.end])


@cache
def _converter() -> Callable[[str], str]:
    from opencc import OpenCC

    convert: Callable[[str], str] = OpenCC("s2t").convert
    return convert


def _to_traditional(text: str) -> str:
    return _converter()(text)


def _one(made: str, char: str) -> str:
    return made if len(made) == 1 else char
