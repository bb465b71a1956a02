"""Traditional to simplified characters, where a document is written in traditional ones. As long as before.

A simplified document may hold a character or two that look traditional (於, 乾 and 徵 in names): it is left alone, and
OpenCC is not even imported.
"""

from __future__ import annotations

import re
from functools import cache
from importlib.resources import files
from typing import Protocol

# A document of which fewer characters than this are traditional is a simplified one that quotes.
_SHARE = 0.05
# Where 著 of a traditional document is 着; OpenCC leaves it, for 著名 and 显著 are written so in both.
_ZHE = re.compile("(?<=[随沿朝向本接围绕有味])著(?![名作称])|著(?=[力手眼重实落])")


# OpenCC takes time that grows with the square of what stands between two marks; no clause that people write is so long.
_LONGEST = 100
_PIECE = re.compile(rf"[^\n，。、；,;]{{0,{_LONGEST - 1}}}+[\n，。、；,;]|[^\n，。、；,;]{{1,{_LONGEST}}}")


class _Converter(Protocol):
    def convert(self, text: str) -> str: ...


def is_traditional(text: str, alphabet: frozenset[str]) -> bool:
    """Whether one character in twenty of the Chinese text is traditional.

    >>> is_traditional("關於政務公開", frozenset("關於政務公開")), is_traditional("关于政务公开", frozenset("关于政务公开"))
    (True, False)
    """
    found = alphabet & _traditional()
    if not found:
        return False
    whole = sum("\u4e00" <= char <= "\u9fff" for char in text)
    return sum(text.count(char) for char in found) >= _SHARE * whole


def to_simplified(text: str) -> str:
    """The text in simplified characters, each in the place of the one it stands for.

    >>> to_simplified("政務公開")
    '政务公开'
    """
    made = "".join(map(_clause, _PIECE.findall(text)))
    return _ZHE.sub("着", made)


@cache
def char_to_simplified(char: str) -> str:
    """The simplified form of one character.

    >>> char_to_simplified("網")
    '网'
    """
    made = _opencc().convert(char)
    return made if len(made) == 1 else char


def _clause(clause: str) -> str:
    """The conversion, or that of each character alone where a phrase of another length would move the rest."""
    made = _opencc().convert(clause) if len(clause) < _LONGEST else ""
    return made if len(made) == len(clause) else "".join(map(char_to_simplified, clause))


@cache
def _opencc() -> _Converter:
    from opencc import OpenCC

    converter: _Converter = OpenCC("t2s")
    return converter


@cache
def _traditional() -> frozenset[str]:
    sheet = files(__package__).joinpath("traditional.txt").read_text("utf-8")
    return frozenset("".join(line for line in sheet.splitlines() if not line.startswith("#")))
