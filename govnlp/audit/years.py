"""Last year's report against this one: what was carried over, what is in force, what leapt."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from govnlp.audit.findings import Exhibit, Finding, of_fact
from govnlp.audit.grids import printed_cells
from govnlp.audit.rules import finding
from govnlp.audit.tables import fact_name
from govnlp.schema.facts import Fact, plain
from govnlp.schema.identities import short_name
from govnlp.schema.indicators import applicants, indicators
from govnlp.schema.report import Report

_ZERO = Decimal(0)
_LEAP = 10
_LEAST_COUNT, _LEAST_AMOUNT = 100, 1_000_000
_LEAST_ALIKE = 8
_IN_FORCE = ("regulations", "normative_documents")
_ITEMS = ("licensing", "other_services", "penalties", "coercion", "admin_fees")
# Running totals grow, and counts of visits differ by what is counted.
_NO_LEAP = ("disclosure.cumulative", "disclosure.site_visits")


def years(report: Report, last_year: Report, doubted: frozenset[str]) -> Iterator[Finding]:
    """The findings of two reports of one organ in consecutive years; `doubted` are amounts whose unit is doubted."""
    unfit = _unfit(report, last_year)
    if unfit is not None:
        yield unfit
        return
    organ, before = report.meta.organ, last_year.meta.organ
    if organ and before and not (organ.endswith(before) or before.endswith(organ)):
        yield finding("organ_changed", "", organ=organ, before=before)
    yield from _carried(report, last_year)
    for row in _IN_FORCE:
        yield from _in_force(report, last_year, row)
    for row in _ITEMS:
        yield from _items(report, last_year, row)
    yield from _alike(report, last_year)
    yield from _leaps(report, last_year, doubted)


def _unfit(report: Report, last_year: Report) -> Finding | None:
    """Why last year's report cannot be compared, if it cannot."""
    year, before = report.meta.year, last_year.meta.year
    if last_year.status in ("not_a_report", "failed"):
        return finding(
            "last_year_unfit", "", why="不是一份可读的年度报告", why_en="is no annual report that can be read"
        )
    if year is not None and before is not None and before != year - 1:
        return finding(
            "last_year_unfit",
            "",
            why=f"是{before}年度的，应为{year - 1}年度",
            why_en=f"is of {before}, not of {year - 1}",
        )
    return None


def _carried(report: Report, last_year: Report) -> Iterator[Finding]:
    """上年结转 of this year is 结转下年度 of the last, for each kind of applicant and in all."""
    differing = []
    for applicant, name in applicants().items():
        now = report[f"applications.carried_in.{applicant}"]
        before = last_year[f"applications.carried_out.{applicant}"]
        if now and before and (now.value or _ZERO) != (before.value or _ZERO):
            differing.append((applicant, name, now, before))
    if not differing:
        return
    in_all = any(applicant == "total" for applicant, *_ in differing)
    yield finding(
        "carried_over", "", severity=None if in_all else "warning",
        exhibits=tuple(one for *_, now, before in differing for one in _pair(now, before)),
        detail="；".join(f"{name}本年{_digits(now)}、上年{_digits(before)}" for _, name, now, before in differing),
        detail_en="; ".join(f"{key} {_digits(now)} against {_digits(before)}" for key, _, now, before in differing),
    )  # fmt: skip


def _in_force(report: Report, last_year: Report, row: str) -> Iterator[Finding]:
    """现行有效件数 = 上年现行有效件数 + 本年制发件数 - 本年废止件数, where both reports print it."""
    stem = f"proactive.{row}"
    now, before = report[f"{stem}.in_force"], last_year[f"{stem}.in_force"]
    issued, repealed = report[f"{stem}.issued"], report[f"{stem}.repealed"]
    if not (now and before and issued and repealed) or now.value is None or before.value is None:
        return
    expected = before.value + (issued.value or _ZERO) - (repealed.value or _ZERO)
    if expected != now.value:
        yield finding(
            "in_force", row, exhibits=(*map(of_fact, (now, issued, repealed)), of_fact(before, last_year=True)),
            row=_row_name(now), indicator=now.indicator, now=_digits(now), before=_digits(before),
            issued=_digits(issued), repealed=_digits(repealed), expected=plain(expected),
        )  # fmt: skip


def _items(report: Report, last_year: Report, row: str) -> Iterator[Finding]:
    """上一年项目数量 (2019 and 2020) is last year's own 上一年项目数量 with its 本年增/减."""
    now = report[f"proactive.{row}.items_previous"]
    before = last_year[f"proactive.{row}.items_previous"]
    change = last_year[f"proactive.{row}.items_change"]
    if not (now and before and change) or None in (now.value, before.value, change.value):
        return
    expected = (before.value or _ZERO) + (change.value or _ZERO)
    if expected != now.value:
        yield finding(
            "items_previous", row, exhibits=(of_fact(now), *(of_fact(one, last_year=True) for one in (before, change))),
            row=_row_name(now), indicator=now.indicator, now=_digits(now), before=_digits(before),
            change=format(change.value or _ZERO, "+f"), expected=plain(expected),
        )  # fmt: skip


def _alike(report: Report, last_year: Report) -> Iterator[Finding]:
    """Tables in which every figure is last year's were probably pasted in."""
    now, before = printed_cells(report), printed_cells(last_year)
    shared = [name for name in now if name in before and (now[name].value or before[name].value)]
    if len(shared) >= _LEAST_ALIKE and all(now[name].value == before[name].value for name in shared):
        shown = tuple(of_fact(now[name]) for name in shared[:_LEAST_ALIKE])
        yield finding("same_as_last_year", "", exhibits=shown, count=len(shared))


def _leaps(report: Report, last_year: Report, doubted: frozenset[str]) -> Iterator[Finding]:
    for name, fact in report.answers.items():
        before = last_year.answers.get(name)
        if name in doubted or name in _NO_LEAP or before is None or not (fact.value and before.value):
            continue
        least = _LEAST_AMOUNT if indicators()[name].is_amount else _LEAST_COUNT
        high, low = max(fact.value, before.value), min(fact.value, before.value)
        if high >= least and high >= low * _LEAP > 0:
            yield finding(
                "jump", name, exhibits=_pair(fact, before), cell=fact_name(fact), indicator=name,
                now=_digits(fact), before=_digits(before),
            )  # fmt: skip


def _pair(now: Fact, before: Fact) -> tuple[Exhibit, Exhibit]:
    return of_fact(now), of_fact(before, last_year=True)


def _row_name(fact: Fact) -> str:
    place = fact.evidence[0] if fact.evidence else None
    return (place.row if place else None) or short_name(fact.indicator)


def _digits(fact: Fact) -> str:
    return "空白" if fact.value is None else str(plain(fact.value))
