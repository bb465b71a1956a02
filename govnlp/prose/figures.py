"""Figures: the numerals of a sentence that count, as mentions (12件, 近300件, 2789余条)."""

from __future__ import annotations

import re
from functools import cache

from govnlp.normalise.numerals import Numeral, find
from govnlp.normalise.units import units
from govnlp.prose.mention import Mention
from govnlp.schema.text import Span

NUMERALS = "零〇○一二两三四五六七八九十百千万亿壹贰叁肆伍陆柒捌玖拾廿卅"


@cache
def numbers() -> re.Pattern[str]:
    """What a sentence must hold to have a figure at all: a digit, or a Chinese numeral before a unit or after 为, 共.

    >>> numbers().search("一是加强学习") is None
    True
    """
    firsts = "".join(sorted({unit[0] for unit in units().counted}))
    return re.compile(
        f"[0-9０-９]|[lIO][{firsts}]|[{NUMERALS}][余多来]? ?[{firsts}]|[为共计是数量达:：][{NUMERALS}]+(?:$|[,，。;；、)）])"
        f"|零(?:$|[ ,，.。;；、)）])|[{NUMERALS}]+[余多]?[处位回所]|职[{NUMERALS}](?:$|[,，。;；)）])|[{NUMERALS}]{{3}}|[lO](?:$|[ ,，。;；、)）件])|[一二三四五六七八九] [{NUMERALS}]"
    )


def numerals(text: str, sentence: Span) -> list[Numeral]:
    """The numerals of a sentence, with their spans in `text`.

    >>> [(one.span, one.role) for one in numerals("无。收到12件,占50%", Span(2, 12))]
    [(Span(start=4, end=6), 'count'), (Span(start=9, end=11), 'percent')]
    """
    start, end = sentence
    found = find(text[start:end]) if numbers().search(text, start, end) else []
    return [one._replace(span=one.span.shifted(start)) for one in found]


def figures(text: str, found: list[Numeral]) -> list[Mention]:
    """The numerals that count, in order; not the ends of a range (3-5件), nor what a denial counts (无一件).

    >>> text = "收到近30件,每次3-5件"
    >>> [text[slice(*one.raw)] for one in figures(text, numerals(text, Span(0, len(text))))]
    ['近30']
    """
    return [_figure(text, one) for one in found if one.role == "count" and not _is_no_figure(text, one)]


# 无一件, 一件也没有, 三项均无 deny; the 640 of 2 640件 is part of a number torn in two.
_DENIED_BEFORE = re.compile(r"(?:没有|无|未有|没)$")
_TORN_BEFORE = re.compile(r"\d \Z")
_TORN = re.compile(r"\d{3}(?!\d)\S")
_DENIED_AFTER = re.compile(
    r"[余多]?[^，,、。;；\d]?[也都均皆]?(?:(?:没有|没(?!有)|未)(?!予?(?:审|判|裁|决|结|宣判|开庭|办[结完]))|无|为零|不[予存落漏])"
)
# 3-5件 is no one number, nor is 12+3件.
_OF_RANGE = re.compile(r"[0-9零一二两三四五六七八九十百千万][-—–~～+＋]{1,2}\Z")
_RANGE_FROM = re.compile(r"[-—–~～+＋]{1,2}[0-9一二两三四五六七八九十百千万]")


def _is_no_figure(text: str, one: Numeral) -> bool:
    start, end = one.span
    if one.value <= 1 and _DENIED_BEFORE.search(text, max(0, start - 2), start):
        return True
    if _TORN_BEFORE.search(text[max(0, start - 2) : start]) and _TORN.match(text, start) and one.unit:
        return True
    if _OF_RANGE.search(text, max(0, start - 3), start) or _RANGE_FROM.match(text, end):
        return True
    after = end + len(one.unit or "")
    return one.kind == "chinese" and one.value <= 9 and _DENIED_AFTER.match(text, after) is not None


_MULTIPLIERS = "百千万亿"
_BEFORE = re.compile(
    r"(?:不足|不到|不超过|至多|最多|少于|大约|约为|将近|接近|超过|不少于|不低于|至少|多于|突破|近|约|超|逾|(?<!网)(?<!线)上)$"
)


def _figure(text: str, one: Numeral) -> Mention:
    """A numeral as a mention: the words 近, 超 right before it and 余, 多 right after it belong to its `raw`."""
    start, end = one.span
    if one.qualifier != "exact":
        before = _BEFORE.search(text, max(0, start - 3), start)
        start = before.start() if before and (before[0] != "上" or text[start] in _MULTIPLIERS) else start
        end += text.startswith(("余", "多", "来"), end)
    return Mention("figure", one.span, Span(start, end), _unit_end(text, one), one.value, one.unit, one.qualifier)


def _unit_end(text: str, one: Numeral) -> int:
    end = one.span.end + text.startswith(("余", "多", "来"), one.span.end)
    if one.unit is None:
        return end
    return text.index(one.unit, end) + len(one.unit)
