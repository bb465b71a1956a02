"""The date on which a report was published (发布日期), as its page prints it beside a label."""

from __future__ import annotations

import datetime
import re
from functools import cache

from govnlp.segment.data import pattern_text

_DATE = r"\s*\|?\s*(20[0-3]\d)\s*(?:年|[-/.])\s*(\d{1,2})\s*(?:月|[-/.])\s*(\d{1,2})(?!\d)"
_FIND = re.compile(_DATE.removeprefix(r"\s*\|?"))
_COMPACT = re.compile(r"^\s*(20[0-3]\d)(0[1-9]|1[0-2])([0-3]\d)")
_ALONE = re.compile(
    r"(?:^|\n)[ \t|]*(20[0-3]\d)-(\d{1,2})-(\d{1,2})(?:\s+\d{1,2}:\d{2}(?::\d{2})?)?(?=[ \t|]*(?:\n|来源|$))"
)


def published_on(given: str | None, around: str) -> str | None:
    """The ISO date of publication: what the format says, else what is printed beside a label around the report.

    `around` is the text before the first heading and after the end; dates in the report's sentences are not asked.

    >>> published_on(None, "来源:某局 发布日期:2022年1月20日 09:30"), published_on("2022/1/5 08:00:00", "")
    ('2022-01-20', '2022-01-05')
    """
    if given and (found := iso_date(given)):
        return found
    for pattern in (_labelled(), _labelled_late(), _ALONE):
        for match in pattern.finditer(around):
            if date := _iso(*match.groups()):
                return date
    return None


def iso_date(printed: str) -> str | None:
    """The first date of a string as an ISO date.

    >>> iso_date("2021年12月3日"), iso_date("20220114103000"), iso_date("13月")
    ('2021-12-03', '2022-01-14', None)
    """
    found = _FIND.search(printed) or _COMPACT.search(printed)
    return _iso(*found.groups()) if found else None


def _iso(year: str, month: str, day: str) -> str | None:
    try:
        return datetime.date(int(year), int(month), int(day)).isoformat()
    except ValueError:
        return None


@cache
def _labelled() -> re.Pattern[str]:
    return re.compile(pattern_text("signals.yaml", "published") + _DATE)


@cache
def _labelled_late() -> re.Pattern[str]:
    return re.compile(pattern_text("signals.yaml", "published_late") + _DATE)
