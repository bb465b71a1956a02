"""What a numeral is for: a count, or one of the many figures that no indicator holds (dates, ordinals, telephones)."""

from __future__ import annotations

import re
from functools import cache, lru_cache
from typing import Literal

from govnlp.normalise.numeral_words import words
from govnlp.normalise.units import alternatives, unit_at, units

Role = Literal["count", "date", "ordinal", "document_number", "percent", "phone", "listing", "code"]

# 第 and what may stand between it and its number; a line's start and what may stand before a list number.
_ORDINAL_BEFORE = re.compile(r"第[ (（]?$")
_LINE_START = re.compile(r"(?:^|[\n。;；:：!！])[ \t(（]*$")
_LIST_AFTER = re.compile(r"[.．、)）](?!\d)")
_CASE_IN_BRACKETS = re.compile("[,，.;；。、]|$")
_DOCUMENT_BEFORE = re.compile(r"[〕\]】)）] ?第?$")
_YEAR = re.compile(r"(?:19|20)\d\d")
# A year without 年: it names what follows (2016全市…), or stands in the brackets of a document number.
_YEAR_OF = re.compile(r"[\u4e00-\u9fff]|[〕\]】)）] ?第?\d+ ?号")
_RANGE_TO_DATE = re.compile(r" ?[-—–~～至到、/] ?\d{1,4} ?(?:年|月|日)")
_RATE_AFTER = re.compile(r" ?(?:[%％‰]|个?百分点)")
_LONGEST_COUNT = 11


def role_of(text: str, start: int, end: int) -> Role:
    """The role of the numeral at `[start, end)`, by what stands beside it.

    A span of time is a `date` (3年, 20个工作日); the number of a law, a house or a bus is an `ordinal` (第711号, 31号).

    >>> role_of("第711号", 1, 4), role_of("收到12件", 2, 4), role_of("下降3.5%", 2, 5)
    ('ordinal', 'count', 'percent')
    """
    before, digits = text[max(0, start - 12) : start], text[start:end]
    after = text[end : end + _WINDOW]
    if _is_rate(after) or before.endswith("百分之"):
        return "percent"
    if "第" in before[-2:] and _ORDINAL_BEFORE.search(before):
        return _numbered(text, end, before)
    if _is_date(text, end, digits):
        return "date"
    return _role_by_form(text, start, end, before)


def _role_by_form(text: str, start: int, end: int, before: str) -> Role:
    if text.startswith("号", end) or text.startswith(" 号", end):
        return _number_before_hao(before)
    if _is_listing(text, start, end):
        return "listing"
    return _long_number(text, start, end, before)


def _numbered(text: str, end: int, before: str) -> Role:
    """第 N: the number of a document where a bracketed year stands before it, else an ordinal."""
    return "document_number" if text.startswith("号", end) and _DOCUMENT_BEFORE.search(before) else "ordinal"


def _number_before_hao(before: str) -> Role:
    if before.endswith(("月", "月 ")):
        return "date"
    return "document_number" if _DOCUMENT_BEFORE.search(before) else "ordinal"


def _is_date(text: str, end: int, digits: str) -> bool:
    if _is_time(text[end : end + _WINDOW]) or (_YEAR.fullmatch(digits) and _is_bare_year(text, end)):
        return True
    return len(digits) <= 4 and _RANGE_TO_DATE.match(text, end) is not None


def _is_bare_year(text: str, end: int) -> bool:
    followed = _YEAR_OF.match(text, end) is not None
    return followed and unit_at(text, end) is None and not text.startswith(words().about_after, end)


def _is_listing(text: str, start: int, end: int) -> bool:
    """A list number: `3.` or `3、` where a line or a sentence starts, (三) there, or any number alone in brackets."""
    if end - start > 3 or text[start] in "-0" or not _LIST_AFTER.match(text, end):
        return False
    lead = text[max(0, start - 12) : start]
    starts = start == 0 or (_LINE_START.search(lead) is not None and not _closes_bracket(text, start, end))
    bracketed = lead.endswith(("(", "（")) and text.startswith((")", "）"), end)
    # 维持(1);: the figure of the word before it.
    return starts or (bracketed and not (text[start].isdecimal() and _CASE_IN_BRACKETS.match(text[end + 1 : end + 2])))


def _closes_bracket(text: str, start: int, end: int) -> bool:
    """(维持:1;其他:1): a bracket opened before closes behind the figure."""
    before = text[max(0, start - _BRACKET) : start - 1]
    opened = max(before.rfind("("), before.rfind("（"))
    return text[end] in ")）" and opened > max(before.rfind(")"), before.rfind("）"))


def _long_number(text: str, start: int, end: int, before: str) -> Role:
    """Telephones, postcodes and codes by their length and the words before them."""
    if not text[start:end].isdecimal():
        return "count"
    length, lists = end - start, words()
    if length == 5 and text.startswith("123", start) and text.startswith(lists.hotline_after, end):
        return "phone"
    called = any(word in before for word in lists.phone_before)
    if length >= 5 and called and unit_at(text, end) not in units().counted:
        return "phone"
    if length >= 4 and any(word in before for word in lists.code_before):
        return "code"
    return "code" if length > _LONGEST_COUNT or (length > 1 and text[start] == "0") else "count"


# Characters that a bracket may hold before its last figure.
_BRACKET = 80
# As far as a unit of time or a rate can reach behind a figure.
_WINDOW = 8


@lru_cache(maxsize=4096)
def _is_rate(after: str) -> bool:
    return _RATE_AFTER.match(after) is not None


@lru_cache(maxsize=4096)
def _is_time(after: str) -> bool:
    return _time_unit().match(after) is not None


@cache
def _time_unit() -> re.Pattern[str]:
    return re.compile(f" ?(?:[余多来几] ?)?(?:{alternatives(units().time)})")
