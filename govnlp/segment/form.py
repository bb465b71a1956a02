"""Which generation of the form a report is on, by the labels and headings that it prints."""

from __future__ import annotations

import re
from collections.abc import Collection
from functools import cache

from govnlp.schema.indicators import FormName
from govnlp.segment.data import pattern_text
from govnlp.segment.zones import Zones


def form_of(text: str, zones: Zones, year: int | None, official: Collection[str]) -> FormName:
    """The generation: `art50v1` and `art50v2` by the columns of Article 20, `stat2014` by its rows, else by year.

    `official` are the kinds of section that have a heading of the forms of 2019 on.

    >>> form_of("信息内容 本年制发件数 本年废止件数 现行有效件数", Zones((), ()), None, ())
    'art50v2'
    """
    first, second = len(_labels("form_v1").findall(text)), len(_labels("form_v2").findall(text))
    if first or second:
        return "art50v2" if second >= first else "art50v1"
    if zones.stat:
        return "stat2014"
    is_modern = bool(zones.tables) or len(official) >= 3
    if year is not None and year >= 2019 and is_modern:
        return "art50v1" if year <= 2020 else "art50v2"
    return "free"


@cache
def _labels(name: str) -> re.Pattern[str]:
    return re.compile(pattern_text("signals.yaml", name))
