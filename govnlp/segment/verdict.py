"""Whether a page is an annual report of information disclosure at all.

The score is a sum of signs, weighed in `signals.yaml` under `verdict`: each table of a form, a title, each kind of
section with a heading, the 条例 and the subject being named, less what speaks for another kind of page.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from functools import cache
from typing import NamedTuple

from govnlp.schema.report import SectionKind
from govnlp.schema.text import Span
from govnlp.segment.data import load, pattern_text
from govnlp.segment.zones import Zones

_LAW = re.compile(r"信息公开条例|《条例》|信息公开规定")
_SUBJECT = re.compile(r"主动公开(?:政府)?信息|依申请公开|信息公开申请|政府信息公开工作")
_A_LIST = 4
_TOP = 400


class Verdict(NamedTuple):
    """Whether the page is a report, the score, and the signs that spoke against it."""

    is_report: bool
    score: int
    against: tuple[str, ...]


def judge(
    text: str, title: str | None, titles: Sequence[Span], kinds: Collection[SectionKind], zones: Zones
) -> Verdict:
    """Weigh the signs of a page.

    >>> judge("404 Not Found", None, [], [], Zones((), ())).is_report
    False
    """
    weights = _weights()
    tables = len(zones.kinds) + bool(zones.stat)
    score = weights["table"] * tables + weights["heading"] * len(set(kinds)) + weights["title"] * bool(title or titles)
    score += weights["law"] * bool(_LAW.search(text)) + weights["subject"] * bool(_SUBJECT.search(text))
    against = tuple(_against(text, title, titles, kinds))
    score += sum(weights[sign] for sign in against)
    return Verdict(score >= weights["enough"] and (bool(kinds) or tables > 0 or _has_prose(text)), score, against)


def _against(text: str, title: str | None, titles: Sequence[Span], kinds: Collection[SectionKind]) -> list[str]:
    signs = []
    if _pattern("other_titles").search(title or text[:_TOP].lstrip()[:60]) and not titles and not _is_named(title):
        signs.append("other_title")
    if _pattern("error_pages").search(text[:_TOP]) and len(text) < 3000:
        signs.append("error_page")
    if len(titles) >= _A_LIST and len(kinds) < 3 and _length_of(titles) * 3 > len(text.strip()):
        signs.append("list_of_reports")
    return signs


def _is_named(title: str | None) -> bool:
    return bool(title and _pattern("title").search(title))


def _has_prose(text: str) -> bool:
    """Whether a sentence of the report stands there, not its title alone."""
    return bool(_SUBJECT.search(text)) and any(len(line) > 50 for line in text.split("\n"))


def _length_of(spans: Sequence[Span]) -> int:
    return sum(span.end - span.start for span in spans)


@cache
def _pattern(name: str) -> re.Pattern[str]:
    return re.compile(pattern_text("signals.yaml", name))


@cache
def _weights() -> dict[str, int]:
    signals = load("signals.yaml")
    return {str(key): int(value) for key, value in signals["verdict"].items()} if isinstance(signals, dict) else {}
