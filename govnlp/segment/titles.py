"""Which lines before the body are the title of the report, over however many lines a page prints it."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence

from govnlp.schema.text import Span
from govnlp.segment.gazetteer import is_place, leading_names
from govnlp.segment.lines import Layout
from govnlp.segment.organ import canonical, organ_in_title
from govnlp.segment.year import year_in_title

_FILE_END = re.compile(r"\.(?:pdf|docx?|wps|ofd|xlsx?|html?|txt|zip|rar)(?:\(.{0,20}\))?$", re.IGNORECASE)
_NOTICE = re.compile(r"(?:通知|公告|通告|函|请示|批复)[》\s]*$")
_NAME = re.compile(r"[一-鿿()·]{2,30}")
_YEAR = r"(?:20\d\d|二[〇○零oO0][〇○零oO0一二三][〇○零oO0一二三四五六七八九])年?度?"
_YEAR_LINE = re.compile(rf"\(?{_YEAR}\)?")
_YEAR_AT_EDGE = re.compile(rf"^\(?{_YEAR}\)?|\(?{_YEAR}\)?$")
_MOST_LINES, _ROOM = 3, 200
_SEAT = re.compile(r"[一-鿿]{1,8}[省市县区旗州盟]")


def best_first(titles: Sequence[str], year: int | None) -> list[str]:
    """Titles in order; of a list of many reports those of `year` first, then those nearest to the body.

    >>> best_first(["某县2012年政府信息公开年报", "某县2013年政府信息公开年报"], 2013)[0]
    '某县2013年政府信息公开年报'
    """
    years = {one for title in titles if (one := year_in_title(title))}
    organs = {organ for title in titles if (organ := organ_in_title(title))}
    if len(years) < 2 and not _are_many(organs):
        return list(titles)
    nearest_first = titles[::-1]
    return sorted(nearest_first, key=lambda title: year is not None and year_in_title(title) != year)


def _are_many(organs: Collection[str]) -> bool:
    """Whether names are of several organs: 县水务局 and 某县水务局 are one."""
    longest = max(organs, key=len, default="")
    return not all(longest.endswith(organ) for organ in organs)


def is_notice(title: str) -> bool:
    """Whether a title is that of the notice that came with a report (关于印发…的通知).

    >>> is_notice("关于印发某县2013年政府信息公开工作年度报告的通知"), is_notice("某县2013年政府信息公开工作年度报告")
    (True, False)
    """
    return _NOTICE.search(title) is not None


def clean_title(title: str) -> str:
    """A title on one line, without the marks around it and the ending of a file's name."""
    return _FILE_END.sub("", title.replace("\n", "").strip(" |\t#*"))


def is_file_name(line: str) -> bool:
    """Whether a line ends as the names of files do."""
    return _FILE_END.search(line) is not None


def whole_title(text: str, span: Span, layout: Layout) -> str:
    """The title on a line, with the lines beside it that say its organ and its year.

    >>> whole_title("某县水务局\\n2013年政府信息公开年报", Span(6, 20), Layout((), frozenset(), frozenset(), frozenset()))
    '某县水务局2013年政府信息公开年报'
    """
    title = clean_title(text[span.start : span.end])
    for start, line in _lines_above(text, span.start):
        if layout.is_link(start) or not _belongs(line, title):
            break
        title = line + title
    below = clean_title(text[span.end + 1 : span.end + _ROOM].lstrip().split("\n", 1)[0])
    return title + below if year_in_title(title) is None and _YEAR_LINE.fullmatch(below) else title


def _lines_above(text: str, end: int) -> list[tuple[int, str]]:
    """The lines that are not blank before a position, nearest first, with their starts; at most three."""
    start = max(0, end - _ROOM)
    found: list[tuple[int, str]] = []
    for line in text[start:end].split("\n"):
        if cleaned := re.sub(r"\s", "", clean_title(line)):
            found.append((start, cleaned))
        start += len(line) + 1
    return found[::-1][:_MOST_LINES]


def _belongs(line: str, title: str) -> bool:
    """Whether a line above a title is its beginning: the year, the organ, or the place of an organ named so far."""
    has_year = year_in_title(title) is not None
    if _YEAR_LINE.fullmatch(line):
        return not has_year
    name = _YEAR_AT_EDGE.sub("", line)
    if not _NAME.fullmatch(name) or (has_year and name != line):
        return False
    organ = organ_in_title(title)
    if organ is None:
        return canonical(name) is not None
    return (is_place(name) or _is_seat(name)) and not leading_names(organ)[0] and not _SEAT.match(organ)


def _is_seat(name: str) -> bool:
    """Whether a line is the name of a place that the gazetteer may not know, not 我县."""
    return _SEAT.fullmatch(name) is not None and canonical(name) is not None
