"""The frame of a report: its year, its organ, its sections, the date on which it was published."""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterator

from govnlp.audit.findings import Finding, of_passage
from govnlp.audit.rules import RequiredSection, deadline_of, finding, sections_of
from govnlp.schema.report import Report
from govnlp.schema.text import Span

_TITLE_YEAR = re.compile(r"(20[0-3]\d)\s?年")
# 统计期限: 自2021年1月1日起至2021年12月31日止; the second year may be left out.
_PERIOD = re.compile(r"(20[0-3]\d)年1月1日(?:零时)?(?:起|开始)?[至到—~～－-]{1,2}(?:(20[0-3]\d)年)?12月31日")
_SPOKEN_OF = re.compile(r"期限|时限|统计|数据|本报告|本年度报告|年报")
_AROUND = 30
_GOVERNMENT = re.compile(r"人民政府(?:办公[厅室])?$|^[^局委部院]{2,12}(?:省|市|县|区|旗|镇|乡)$")
_LONGEST_HEADING = 40
# With fewer headings a report is not divided as the forms are, or its headings were not recognised.
_LEAST_HEADINGS = 3


def frame(report: Report) -> Iterator[Finding]:
    """The findings about year, organ, sections and date."""
    yield from _year(report)
    if report.meta.organ is None:
        yield finding("organ_missing", "")
    yield from _sections(report)
    yield from _date(report)


def _year(report: Report) -> Iterator[Finding]:
    year = report.meta.year
    if year is None:
        yield finding("year_missing", "")
        return
    titled = {int(one) for one in _TITLE_YEAR.findall(report.meta.title or "")}
    if titled and year not in titled:
        yield finding("year_unlike", "title", year=year, where="标题", where_en="the title", other=min(titled))
    period = _period(report)
    if period is not None and period[0] != year:
        yield finding(
            "year_unlike", "period", exhibits=(of_passage(report, period[1]),), year=year, where="统计期限",
            where_en="the period of its figures", other=period[0],
        )  # fmt: skip


def _period(report: Report) -> tuple[int, Span] | None:
    """The year of the period that the report says its figures are of, and where; None unless all such say one year."""
    found: dict[int, Span] = {}
    for match in _PERIOD.finditer(report.text):
        first, last = int(match[1]), int(match[2] or match[1])
        around = report.text[max(0, match.start() - _AROUND) : match.end() + _AROUND]
        if first == last and _SPOKEN_OF.search(around) and _is_own(report, match.start()):
            found.setdefault(first, Span(*match.span()))
    return next(iter(found.items())) if len(found) == 1 else None


def _is_own(report: Report, at: int) -> bool:
    """Whether a place lies in the report itself, not in a second printing nor in the page around it."""
    section = next((one for one in report.sections if one.span.start <= at < one.span.end), None)
    return section is not None and not section.repeat and section.kind not in ("boilerplate", "footer")


def _sections(report: Report) -> Iterator[Finding]:
    asked = sections_of(report.meta.year) if report.meta.year is not None else None
    if asked is None:
        return
    lines = [line.strip() for line in report.text.splitlines()]
    short = [line for line in lines if 0 < len(line) <= _LONGEST_HEADING]
    missing = [one for one in asked.required if not _is_there(report, one, short)]
    found = len(asked.required) - len(missing)
    if missing and found < _LEAST_HEADINGS:
        yield finding("headings_missing", "", count=found)
        return
    for one in missing:
        yield finding("section_missing", one.kind, severity=one.severity, section=one.name, law=asked.law)


def _is_there(report: Report, wanted: RequiredSection, short: list[str]) -> bool:
    """Whether a section of the kind is there, another one names it in its heading, or a short line does."""
    if any(one.kind == wanted.kind and one.heading for one in report.sections):
        return True
    return any(word in line for line in short for word in wanted.words)


def _date(report: Report) -> Iterator[Finding]:
    year, published = report.meta.year, _day(report.meta.published)
    limit = deadline_of(year) if year is not None else None
    if year is None or published is None or limit is None:
        return
    is_government = _GOVERNMENT.search(report.meta.organ or "人民政府") is not None
    due = datetime.date(year + 1, *(limit.government if is_government else limit.department))
    if published > due:
        yield finding("published_late", "", published=published.isoformat(), due=due.isoformat(), law=limit.law)


def _day(iso: str | None) -> datetime.date | None:
    try:
        return datetime.date.fromisoformat(iso) if iso else None
    except ValueError:
        return None
