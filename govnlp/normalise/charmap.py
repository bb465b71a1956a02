"""One form for each character, before anything else is looked at.

The convention: digits, letters and the marks `（）：；，％．＋－／＝` and their like are half width; the marks that have
no half-width form of their own in Chinese text stay as they are: `。、！？“”‘’《》〔〕【】—…·`. Every kind of space
is a plain space, tabs stay; line boundaries are newlines, and none is added or lost. Radicals and compatibility
ideographs that a PDF gives (⼀, ⻓) are the characters that they look like. Circled numbers (①) and ○ stay.
What has no width is dropped: zero-width characters, byte order marks, soft hyphens, control characters.
"""

from __future__ import annotations

import re
import unicodedata
from functools import cache

from govnlp.normalise.edits import Edit

_KEPT_WIDE = "！？"
_SMALL = "﹐﹑﹒﹔﹕﹖﹗﹙﹚﹛﹜﹝﹞﹟﹠﹡﹢﹣﹤﹥﹦﹨﹩﹪﹫"
_SPACES = "\u00a0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u202f\u205f\u3000\u3164\uffa0"
_LINE_ENDS = "\v\f\x1c\x1d\x1e\x85\u2028\u2029"
_RADICALS = dict(
    zip(
        "⺁⺠⺟⻁⻄⻅⻆⻉⻋⻓⻔⻘⻙⻚⻛⻜⻝⻢⻣⻤⻥⻦⻧⻨⻩⻬⻮⻰⻳⺒⺝⻌⻏⻖",
        "厂民母虎西见角贝车长门青韦页风飞食马骨鬼鱼鸟卤麦黄齐齿龙龟己月辶阝阝",
        strict=True,
    )
)
_MINUS = {
    "−": "-",
    "‐": "-",
    "‑": "-",
    "﹘": "—",
    "―": "—",
    "｡": "。",
    "､": "、",
    "｢": "「",
    "｣": "」",
    "･": "·",
    "￥": "¥",
}
_DROPPED = re.compile(
    "[\x00-\x08\x0e-\x1b\x1f\x7f-\x84\x86-\x9f\u00ad\u180e\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufe00-\ufe0f\ufeff"
    "\ufff9-\ufffb]+|\r(?=\n)"
)


def fold(text: str, alphabet: frozenset[str]) -> str:
    """The text with every character in its one form, as long as before. `alphabet` is the set of its characters.

    >>> fold("１２，（一）", frozenset("１２，（一）"))
    '12,(一)'
    """
    table = _table()
    for char in alphabet & table.keys():
        text = text.replace(char, table[char])
    return re.sub(r"\r(?!\n)", "\n", text) if "\r" in alphabet else text


def dropped(text: str, alphabet: frozenset[str]) -> list[Edit]:
    """The runs that have no width.

    >>> dropped("政\\u200b务", frozenset("政\\u200b务"))
    [Edit(start=1, end=2, new='')]
    """
    if all(" " <= char < "\x7f" or "\u2070" <= char < "\ufe00" or char == "\n" for char in alphabet):
        return []
    return [Edit(*found.span()) for found in _DROPPED.finditer(text)]


@cache
def _table() -> dict[str, str]:
    wide = {chr(code): chr(code - 0xFEE0) for code in range(0xFF01, 0xFF5F) if chr(code) not in _KEPT_WIDE}
    small = {char: wide.get(form, form) for char in _SMALL for form in [unicodedata.normalize("NFKC", char)]}
    looks = {chr(code): form for code in (*range(0x2F00, 0x2FD6), *range(0xF900, 0xFB00)) for form in _look(code)}
    ends, spaces = dict.fromkeys(_LINE_ENDS, "\n"), dict.fromkeys(_SPACES, " ")
    return wide | small | looks | ends | spaces | _RADICALS | _MINUS


def _look(code: int) -> list[str]:
    """The ideograph that a radical or a compatibility ideograph looks like, if it is another."""
    form = unicodedata.normalize("NFKC", chr(code))
    return [form] if len(form) == 1 and form != chr(code) and "\u4e00" <= form <= "\u9fff" else []
