"""The year that a report speaks of (报告年度), which is not the year in which it was published."""

from __future__ import annotations

import re
from collections import Counter

_FIRST, _LAST = 2007, 2030
_ZERO = "〇○零oO0Ｏ"
_DIGITS = "一二三四五六七八九"
_ARABIC = re.compile(
    r"(?<![\d〔\[(])(20[0-3]\d)(?:(?:年度?|年年度)(?!\d{1,2}月)|(?=[^\d年.\-/]|$))|[(〔](20[0-3]\d)年度?[)〕]"
)
_CHINESE = re.compile(rf"二[{_ZERO}]([{_ZERO}一二三])([{_ZERO}一二三四五六七八九])(?=年|度|[^\d])")
_PERIOD = re.compile(r"(20[0-3]\d)年1月1日(?:零时)?(?:起|开始)?(?:至|到|[-—~―－])[^。\n]{0,12}12月31日")
_REPORTED = re.compile(
    r"(?:公布|发布|编制|公开)[^。,\n]{0,24}?(20[0-3]\d)年度?[^。\n]{0,24}?(?:年度报告|年报|工作报告)"
)
_TABLE = re.compile(r"\((20[0-3]\d)年度?\)")
_SENTENCE = re.compile(r"(?:^|[。\n,;:、])\s*(20[0-3]\d)年(?:度|来|以来|,)?(?!\d{1,2}月)")
_ANY = re.compile(r"(?<!\d)(20[0-3]\d)年(?!\d{1,2}月)")
_PREAMBLE_ROOM = 1500


def year_in_title(title: str) -> int | None:
    """The year that a title names, in digits or in characters.

    >>> year_in_title("某市2021年政府信息公开工作年度报告"), year_in_title("二○一二年政府信息公开年报")
    (2021, 2012)
    """
    for match in _ARABIC.finditer(title):
        if (year := _checked(match[1] or match[2])) is not None:
            return year
    chinese = _CHINESE.search(title)
    return _checked("20" + "".join(_digit(one) for one in chinese.groups())) if chinese else None


def year_in_body(body: str) -> int | None:
    """The year that the text speaks of: its 统计期限, its preamble, its table, else what its sentences begin with.

    >>> year_in_body("本报告数据的统计期限自2015年1月1日起至2015年12月31日止。"), year_in_body("2019年,我局公开信息9条。")
    (2015, 2019)
    """
    for pattern, room in ((_PERIOD, len(body)), (_REPORTED, _PREAMBLE_ROOM), (_TABLE, len(body))):
        if (found := pattern.search(body, 0, room)) and (year := _checked(found[1])):
            return year
    return _most_common(_SENTENCE.findall(body)) or _most_common(_ANY.findall(body)) or _in_characters(body)


def _in_characters(body: str) -> int | None:
    found = _CHINESE.search(body[:_PREAMBLE_ROOM])
    return _checked("20" + "".join(_digit(one) for one in found.groups())) if found else None


def _most_common(years: list[str]) -> int | None:
    """The year said most often; the later of equals, since a report speaks of its own year and those before."""
    counts = Counter(year for one in years if (year := _checked(one)))
    return max(counts, key=lambda year: (counts[year], year)) if counts else None


def _checked(printed: str) -> int | None:
    year = int(printed)
    return year if _FIRST <= year <= _LAST else None


def _digit(character: str) -> str:
    return "0" if character in _ZERO else str(_DIGITS.index(character) + 1)
