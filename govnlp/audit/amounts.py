"""Amounts whose unit is doubtful: 元 printed where 万元 is due, or the other way round."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from govnlp.audit.findings import Exhibit, Finding, Words, of_fact
from govnlp.audit.grids import printed_cells
from govnlp.audit.rules import ceilings, finding
from govnlp.audit.tables import fact_name
from govnlp.schema.facts import Fact, plain
from govnlp.schema.indicators import indicators
from govnlp.schema.report import Report

_TEN_THOUSAND = 10_000
_NEAR = Decimal("0.02")
# Between two years an amount that grew or shrank by a factor in this range changed its unit rather than its size.
_LEAST_FACTOR, _MOST_FACTOR = 2000, 50_000
# A figure in 万元 with two places behind the point and six or more before it looks like 元 and 分.
_TO_THE_FEN = re.compile(r"\d{6,12}\.\d[1-9]")
_LEAST_BUDGET = 100


def amounts(report: Report, last_year: Report | None) -> Iterator[Finding]:
    """A finding for each amount of a table whose unit is doubtful, with every reason for the doubt."""
    before = printed_cells(last_year) if last_year else {}
    for name, fact in printed_cells(report).items():
        if not indicators()[name].is_amount or not fact.value:
            continue
        said = _contradicting(report, fact)
        earlier = before.get(name)
        reasons = [*_by_text(said), *_by_year(fact, earlier), *_by_size(report, fact), *_by_digits(fact)]
        if reasons:
            others = [*map(of_fact, said), *_earlier(fact, earlier)]
            yield _finding(fact, reasons, (of_fact(fact), *others), is_sure=bool(said))


def _finding(fact: Fact, reasons: list[Words], exhibits: tuple[Exhibit, ...], *, is_sure: bool) -> Finding:
    return finding(
        "unit_suspected", fact.indicator, severity="error" if is_sure else None, exhibits=exhibits,
        cell=fact_name(fact), indicator=fact.indicator, raw=fact.raw, unit=fact.raw_unit or "",
        value=plain(fact.value or Decimal(0)),
        reasons="；".join(one.zh for one in reasons), reasons_en="; ".join(one.en for one in reasons),
    )  # fmt: skip


def _contradicting(report: Report, fact: Fact) -> list[Fact]:
    """The sentences that give the same amount ten thousand times larger or smaller."""
    prose = (
        one for one in report.facts if one.indicator == fact.indicator and one.method == "prose" and one.is_candidate
    )
    return [one for one in prose if one.value and _is_shifted(fact.value or Decimal(0), one.value)]


def _is_shifted(one: Decimal, other: Decimal) -> bool:
    ratio = max(one, other) / min(one, other)
    return abs(ratio / _TEN_THOUSAND - 1) <= _NEAR


def _by_text(said: list[Fact]) -> Iterator[Words]:
    for one in said:
        value = plain(one.value or Decimal(0))
        yield Words(zh=f"正文为{value}元，恰差一万倍", en=f"the text says {value} yuan, a factor of ten thousand")


def _by_year(fact: Fact, earlier: Fact | None) -> Iterator[Words]:
    if _earlier(fact, earlier) and earlier is not None:
        value = plain(earlier.value or Decimal(0))
        yield Words(
            zh=f"上年为{value}元，相差约一万倍", en=f"last year it was {value} yuan, near ten thousand times off"
        )


def _earlier(fact: Fact, earlier: Fact | None) -> list[Exhibit]:
    """Last year's amount, where it is out of proportion by about ten thousand."""
    if earlier is None or not earlier.value or not fact.value:
        return []
    ratio = max(fact.value, earlier.value) / min(fact.value, earlier.value)
    return [of_fact(earlier, last_year=True)] if _LEAST_FACTOR <= ratio <= _MOST_FACTOR else []


def _by_size(report: Report, fact: Fact) -> Iterator[Words]:
    """More than an organ of this kind can have had, or a budget of a few 元."""
    value, organ = fact.value or Decimal(0), report.meta.organ or ""
    most = next((one.most for one in ceilings(fact.indicator) if re.search(one.organ, organ)), None)
    if most is not None and value > most:
        yield Words(
            zh=f"超过这类机关的合理上限（{most // _TEN_THOUSAND}万元）",
            en=f"more than an organ of this kind can plausibly have ({most:,} yuan)",
        )
    if fact.indicator == "capacity.budget" and value < _LEAST_BUDGET:
        yield Words(zh="专项经费不足百元", en="a budget of less than 100 yuan")


def _by_digits(fact: Fact) -> Iterator[Words]:
    if (fact.raw_unit or "").startswith("万") and _TO_THE_FEN.match(re.sub(r"[,，\s]", "", fact.raw)):
        yield Words(zh="数字精确到分，像是以元为单位", en="it is exact to the cent, as amounts in yuan are")
