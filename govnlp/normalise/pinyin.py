"""Pinyin that a tool put after characters: `務(wù)`, `文(wen)章`, `复(fu)(fu)议`, `政府(zhèng fǔ)`.

A gloss with a tone mark goes wherever it is pinyin. One without goes only where it is a reading of the character before
it, and the document shows more of them: `(km)`, `(PDF)`, `(APP)`, `(a)` and `(he)` in English stay.
"""

from __future__ import annotations

import re
import unicodedata
from functools import cache
from importlib.resources import files

from govnlp.normalise.edits import Edit

_LETTERS = "A-Za-zāáǎàēéěèōóǒòīíǐìūúǔùǖǘǚǜüńňǹḿêɑɡĀÁǍÀĒÉĚÈŌÓǑÒ\u0300-\u0304\u0308\u030c"
_GLOSSES = re.compile(
    rf"\((?<=[\u3400-\u9fff\uf900-\ufaff]\()[{_LETTERS}' ’·]{{1,30}}\)(?>(?:\([{_LETTERS}' ’·]{{1,30}}\))*)"
)
_ONE = re.compile(r"\(([^()]+)\)")
_TONES = frozenset("\u0300\u0301\u0302\u0304\u030c")
_SIMILAR = str.maketrans("ɑɡ’", "ag'")
# So many untoned glosses that fit their characters are no accident.
_MANY = 3
_LONGEST_SYLLABLE = 6


def edits(text: str) -> list[Edit]:
    """The glosses of a text whose brackets are half width, in order.

    >>> edits("政務(wù)公開(PDF)")
    [Edit(start=2, end=6, new='')]
    """
    if "(" not in text:
        return []
    glosses = list(_GLOSSES.finditer(text))
    sure = [found for found in glosses if _is_toned(found[0]) and all(map(_is_pinyin, _ONE.findall(found[0])))]
    fitting = [found for found in glosses if not _is_toned(found[0]) and _fits(text, found)]
    doubled = [found for found in fitting if len(_ONE.findall(found[0])) > 1]
    if not (sure or doubled or len(fitting) >= _MANY):
        fitting = []
    return sorted(Edit(*found.span()) for found in (*sure, *fitting))


def reads_as(char: str, gloss: str) -> bool:
    """Whether `gloss`, with or without a tone, is a reading of `char`.

    >>> reads_as("網", "wǎng"), reads_as("網", "luò")
    (True, False)
    """
    return char in readings().get(_plain(gloss), "")


@cache
def readings() -> dict[str, str]:
    """The characters of each syllable (`v` is ü). Source: `readings.txt`.

    >>> "复" in readings()["fu"]
    True
    """
    sheet = files(__package__).joinpath("readings.txt").read_text("utf-8")
    rows = (line.split(" ", 1) for line in sheet.splitlines() if not line.startswith("#"))
    return {row[0]: row[1] for row in rows}


def _plain(gloss: str) -> str:
    """Without tones, in small letters, ü as v."""
    apart = unicodedata.normalize("NFD", gloss.translate(_SIMILAR).lower().replace("ü", "v"))
    joined = apart.replace("u\u0308", "v")
    return "".join(sign for sign in joined if not unicodedata.combining(sign)).strip()


def _is_toned(gloss: str) -> bool:
    return not gloss.isascii() and not _TONES.isdisjoint(unicodedata.normalize("NFD", gloss))


def _is_pinyin(gloss: str) -> bool:
    """Whether it is syllables and nothing else, apart or joined."""
    return all(_is_syllables(part) for part in re.split(r"[' ·]+", _plain(gloss)) if part)


def _is_syllables(part: str) -> bool:
    known, ends = readings(), {0}
    for end in range(1, len(part) + 1):
        if any(end - size in ends and part[end - size : end] in known for size in range(1, _LONGEST_SYLLABLE + 1)):
            ends.add(end)
    return len(part) in ends


def _fits(text: str, found: re.Match[str]) -> bool:
    """Whether each gloss is in small letters and reads the characters before it, the last with its last syllable."""
    glosses = _ONE.findall(found[0])
    return all(gloss.islower() and _reads(text, found.start(), gloss) for gloss in glosses)


def _reads(text: str, end: int, gloss: str) -> bool:
    syllables = _plain(gloss).split()
    before = text[max(0, end - len(syllables)) : end]
    return len(before) == len(syllables) > 0 and all(map(reads_as, before, syllables))
