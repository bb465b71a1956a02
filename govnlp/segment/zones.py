"""Where the tables of the forms stand, by cells that no prose has.

Sources: 政府信息公开情况统计表 (2014-2018), 国办公开办函〔2019〕60号, 国办公开办函〔2021〕30号.
"""

from __future__ import annotations

import re
from functools import cache
from typing import NamedTuple

from govnlp.schema.report import SectionKind
from govnlp.schema.text import Span
from govnlp.segment.data import load, pattern_text

_FAR = 900
_HEAD_ROOM = 260
_ROWS_OF_A_TABLE = 4
_SHORT_LINE = 45
_SCRAP = 4
# Lines of a table: short ones, and longer ones that hold a bar or a tab; no sentence ends there.
_CELLS = re.compile(r"(?:\n(?:[^\n。]{0,45}|[^\n。|\t]*[|\t][^\n。]*)(?=\n|\Z))*")
TABLE_KINDS: tuple[SectionKind, ...] = ("proactive", "applications", "remedies")


class Zones(NamedTuple):
    """The places of the forms' tables: the 统计表 of 2014-2018, and the three tables of 2019 on by kind."""

    stat: tuple[Span, ...]
    tables: tuple[tuple[SectionKind, Span], ...]

    @property
    def kinds(self) -> set[SectionKind]:
        """Which of the tables of 2019 on are there."""
        return {kind for kind, _ in self.tables}


def find_zones(text: str) -> Zones:
    """Every table of a form in the text.

    >>> find_zones("没有表格的一页").stat
    ()
    """
    return Zones(tuple(_stat_zones(text)), tuple(_tables(text)))


def _stat_zones(text: str) -> list[Span]:
    """Runs of rows of the 统计表, each with its title and head."""
    runs: list[list[re.Match[str]]] = []
    for row in _rows().finditer(text):
        if runs and _goes_on(text[runs[-1][-1].end() : row.start()]):
            runs[-1].append(row)
        else:
            runs.append([row])
    tables = [run for run in runs if len({row.group() for row in run}) >= _ROWS_OF_A_TABLE and not _is_list(text, run)]
    return [Span(_stat_start(text, run[0].start()), _line_end(text, run[-1].end())) for run in tables]


def _goes_on(between: str) -> bool:
    """Whether a table can go on after what stands between two of its rows: it is short, and no sentence ends there."""
    return len(between) < _FAR and "。" not in between


def _is_list(text: str, run: list[re.Match[str]]) -> bool:
    """Whether the rows are named in a sentence, one after the other, divided by commas."""
    between = text[run[0].end() : run[-1].start()]
    return between.count("\n") < _ROWS_OF_A_TABLE - 1 and any(mark in between for mark in ",;，；")


def _stat_start(text: str, first: int) -> int:
    """The line on which the table begins: the highest head line not far above its first row."""
    start = at = _line_start(text, first)
    while at > 0 and first - at < _HEAD_ROOM:
        above = _line_start(text, at - 1)
        line = text[above : at - 1].strip(" |\t")
        is_head = len(line) <= _SHORT_LINE and _heads().search(line) is not None
        if not is_head and len(line) > _SCRAP:
            break
        start, at = above if is_head else start, above
    return _skip_blank(text, start)


def _tables(text: str) -> list[tuple[SectionKind, Span]]:
    """The tables of 2019 on: each from its first telling cell to the end of its short lines."""
    found: list[tuple[SectionKind, Span]] = []
    for kind, pattern in _anchors():
        for match in pattern.finditer(text):
            start = _line_start(text, match.start())
            if match.start() - start > _SHORT_LINE or any(one == kind and start < zone.end for one, zone in found):
                continue
            found.append((kind, Span(start, _table_end(text, match.end()))))
    return sorted(found, key=lambda one: one[1])


def _table_end(text: str, at: int) -> int:
    """The end of the run of short lines."""
    found = _CELLS.match(text, _line_end(text, at))
    return found.end() if found else at


def _line_start(text: str, at: int) -> int:
    return text.rfind("\n", 0, max(at, 0)) + 1


def _line_end(text: str, at: int) -> int:
    end = text.find("\n", at)
    return len(text) if end < 0 else end


def _skip_blank(text: str, at: int) -> int:
    while at < len(text) and text[at] in " \n|\t":
        at += 1
    return at


@cache
def _rows() -> re.Pattern[str]:
    return re.compile(pattern_text("headings.yaml", "stat_rows"))


@cache
def _heads() -> re.Pattern[str]:
    return re.compile(pattern_text("headings.yaml", "stat_heads"))


@cache
def _anchors() -> tuple[tuple[SectionKind, re.Pattern[str]], ...]:
    signals = load("signals.yaml")
    tables = signals["tables"] if isinstance(signals, dict) else {}
    return tuple((kind, re.compile(tables[kind].replace(" ", ""))) for kind in TABLE_KINDS)
