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
_FULL_TITLE = re.compile(r"20\d\d年.{0,12}信息公开.{0,8}(?:报告|年报)")
_A_LIST = 4
_TOP = 400
_SENTENCE = 50
_OPENING = 60
_LONGEST_TITLE = 90


class Verdict(NamedTuple):
    """Whether the page is a report, the score, and the signs that spoke against it."""

    is_report: bool
    score: int
    against: tuple[str, ...]


class Signs(NamedTuple):
    """What is known of a page: its text, its own title (`<title>`), the lines that are titles, its kinds of section.

    `pictures` is how many it shows, `attached` whether the report is a file that it leads to.
    """

    text: str
    title: str | None
    titles: Sequence[Span]
    kinds: Collection[SectionKind]
    zones: Zones
    pictures: int = 0
    attached: bool = False


def judge(signs: Signs) -> Verdict:
    """Weigh the signs of a page.

    >>> judge(Signs("404 Not Found", None, [], [], Zones((), ()))).is_report
    False
    """
    weights = _weights()
    text, named = signs.text, _report_titles(signs)
    tables = len(signs.zones.kinds) + bool(signs.zones.stat)
    score = weights["table"] * tables + weights["heading"] * len(set(signs.kinds)) + weights["title"] * bool(named)
    score += weights["law"] * bool(_LAW.search(text)) + weights["subject"] * bool(_SUBJECT.search(text))
    against = tuple(_against(signs, named))
    score += sum(weights[sign] for sign in against)
    has_body = bool(signs.kinds) or tables > 0 or _has_prose(text) or _is_elsewhere(signs, named)
    return Verdict(score >= weights["enough"] and has_body, score, against)


def _report_titles(signs: Signs) -> list[str]:
    """The titles of annual reports on the page: those of notices and news about such reports are none."""
    lines = [signs.text[span.start : span.end] for span in signs.titles]
    own = [signs.title] if signs.title and _pattern("title").search(signs.title) else []
    return [one for one in (*own, *lines) if not _pattern("other_titles").search(one)]


def _against(signs: Signs, named: Sequence[str]) -> list[str]:
    found, text = [], signs.text
    opening = signs.title or _first_line(text)
    # The first sentence of a report that lost its title may name a notice.
    is_sentence = len(opening) > _LONGEST_TITLE and bool(signs.zones.stat or signs.zones.tables)
    if not named and not is_sentence and _pattern("other_titles").search(opening):
        found.append("other_title")
    if not named and _pattern("guides").search(text[:_TOP]):
        found.append("guide")
    if _pattern("error_pages").search(text[:_TOP]) and len(text) < 3000:
        found.append("error_page")
    lists = len(signs.titles) >= _A_LIST and len(signs.kinds) < 3
    if lists and _length_of(signs.titles) * 3 > len(text.strip()):
        found.append("list_of_reports")
    return found


def _first_line(text: str) -> str:
    """The first line that is no menu's; of a page without any sentence all that it begins with."""
    if not _has_prose(text):
        return text[:_TOP].lstrip()[:_OPENING]
    lines = (line.strip(" |\t") for line in text[:_TOP].split("\n"))
    return next((line for line in lines if line and not _pattern("navigation").match(line)), "")


def _has_prose(text: str) -> bool:
    """Whether a sentence of the report stands there, not its title alone."""
    lines = text.split("\n") if _SUBJECT.search(text) else ()
    return any(len(line) > _SENTENCE or ("。" in line and _SUBJECT.search(line)) for line in lines)


def _is_elsewhere(signs: Signs, named: Sequence[str]) -> bool:
    """Whether the page is the title of one report, and the report pictures of its pages or another file."""
    if not named or len(set(named)) > _A_LIST // 2:
        return False
    return signs.attached or (signs.pictures > 0 and any(_FULL_TITLE.search(one) for one in named))


def _length_of(spans: Sequence[Span]) -> int:
    return sum(span.end - span.start for span in spans)


@cache
def _pattern(name: str) -> re.Pattern[str]:
    return re.compile(pattern_text("signals.yaml", name))


@cache
def _weights() -> dict[str, int]:
    signals = load("signals.yaml")
    return {str(key): int(value) for key, value in signals["verdict"].items()} if isinstance(signals, dict) else {}
