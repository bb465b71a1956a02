"""What stands around a report on its page: site menus, the title block, the preamble, contact and share lines."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache

from govnlp.schema.report import Section
from govnlp.schema.text import Span
from govnlp.segment.data import pattern_text
from govnlp.segment.lines import Layout

_PROSE = 20
_FOOTER_TAIL = 3000
_LONG_PROSE = 110
_TITLE_ROOM = 90
_NO_TITLE = re.compile(r"(?:[一二三四五六七八九十]{1,3}、|[((].{1,3}[))]|\d+[.、]|根据|依据|按照|现|本)")


def report_titles(text: str) -> list[Span]:
    """The lines that are the title of an annual report, in order.

    >>> report_titles("某县水务局2021年政府信息公开工作年度报告\\n正文")
    [Span(start=0, end=22)]
    """
    spans = (_whole_lines(text, match.start(), match.end()) for match in _title().finditer(text))
    found = [span for span in spans if _is_title(text[span.start : span.end])]
    return list(dict.fromkeys(found))


def front(text: str, end: int, titles: Sequence[Span], layout: Layout, *, has_overview: bool) -> list[Section]:
    """The sections before the first heading: site menus, the title block with its preamble, and prose without heading."""
    if end <= 0:
        return []
    title = next((one for one in titles if one.start < end), None)
    cut = _menu_end(text, title.start if title else end, layout)
    prose = end if has_overview else _first_prose(text, cut, end)
    header_name = text[title.start : title.end].strip(" |") if title and title.start < prose else ""
    parts = [
        Section(kind="boilerplate", heading="", span=Span(0, cut)),
        Section(kind="header", heading=header_name, span=Span(cut, prose)),
        Section(kind="overview", heading="", span=Span(prose, end)),
    ]
    filled = [one for one in parts if one.span.end > one.span.start]
    return _without_blank(text, filled)


def footer_start(text: str, start: int, end: int) -> int:
    """Where the lines after the end of a report begin, `end` where there are none."""
    lines = _lines_between(text, max(start, end - _FOOTER_TAIL), end)
    cut, has_prose = end, "。" in text[start:end]
    for span in reversed(lines):
        line = text[span.start : span.end].strip(" |\t")
        if span.start <= start or len(line) > _LONG_PROSE or line.endswith("。"):
            break
        if line and (_footer().match(line) or (has_prose and _is_link(line))):
            cut = span.start
    return cut


def _menu_end(text: str, end: int, layout: Layout) -> int:
    """The end of the last menu line before `end`."""
    cut = 0
    for span in _lines_between(text, 0, end):
        line = text[span.start : span.end].strip(" |\t")
        if line and (layout.is_link(span.start) or _navigation().match(line)):
            cut = min(span.end + 1, end)
    return cut


def _first_prose(text: str, start: int, end: int) -> int:
    """Where the first paragraph begins that is neither title block nor preamble."""
    for span in _lines_between(text, start, end):
        line = text[span.start : span.end].strip()
        if (
            len(line) > _PROSE
            and "。" in line
            and not _preamble().search(line[:160])
            and not _title().search(line[:_TITLE_ROOM])
        ):
            return span.start
    return end


def _without_blank(text: str, parts: Sequence[Section]) -> list[Section]:
    """Blank parts joined to what follows them; one blank part alone is none."""
    kept: list[Section] = []
    start = parts[0].span.start if parts else 0
    for one in parts:
        span = Span(start, one.span.end)
        if text[span.start : span.end].strip(" \n|\t"):
            kept.append(one.model_copy(update={"span": span}))
            start = span.end
    if kept and parts and start < parts[-1].span.end:
        kept[-1] = kept[-1].model_copy(update={"span": Span(kept[-1].span.start, parts[-1].span.end)})
    return kept


def _is_title(line: str) -> bool:
    line = line.strip(" |\t")
    if len(line) > _TITLE_ROOM or line.endswith(("。", ";", ",")) or _navigation().match(line):
        return False
    return not _NO_TITLE.match(line)


def _is_link(line: str) -> bool:
    """Whether a line after the end of a report is the title of another."""
    return _is_title(line) and _title().search(line) is not None


def _whole_lines(text: str, start: int, end: int) -> Span:
    first = text.rfind("\n", 0, start) + 1
    last = text.find("\n", end)
    return Span(first, len(text) if last < 0 else last)


def _lines_between(text: str, start: int, end: int) -> list[Span]:
    spans: list[Span] = []
    while start < end:
        stop = text.find("\n", start, end)
        stop = end if stop < 0 else stop
        spans.append(Span(start, stop))
        start = stop + 1
    return spans


@cache
def _title() -> re.Pattern[str]:
    return re.compile(pattern_text("signals.yaml", "title"))


@cache
def _navigation() -> re.Pattern[str]:
    return re.compile(pattern_text("signals.yaml", "navigation"))


@cache
def _footer() -> re.Pattern[str]:
    return re.compile(pattern_text("signals.yaml", "footer"))


@cache
def _preamble() -> re.Pattern[str]:
    return re.compile(pattern_text("signals.yaml", "preamble"))
