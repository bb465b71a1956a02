"""累计 and 截至: all years, or this one? What the rest of the report says settles it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from decimal import Decimal

from govnlp.prose.drafts import Draft
from govnlp.prose.tagger import Passage

_TOTAL, _ALL_YEARS = "disclosure.total", "disclosure.cumulative"
# Since the form of 2019 a report counts its own year: a stock since 2008 stands, if at all, beside a figure of the year.
_OWN_YEAR_FROM = 2019
_KINDS = ("disclosure.total", "disclosure.via.", "applications.")


def settled(told: Iterable[tuple[Draft, Passage]]) -> Iterator[tuple[Draft, Passage]]:
    """The drafts of a report, those of all years (截至年底累计公开 N 条) named for what they are.

    Beside a smaller figure of the year, a total of all years is `disclosure.cumulative`. Where a report of 2019 or
    later has no other figure of the kind, it is the year's, though less sure.
    """
    known = list(told)
    years = {draft.indicator: draft.value for draft, _ in known if _is_own(draft) and draft.period == "year"}
    for draft, passage in known:
        undecided = _is_own(draft) and draft.period == "cumulative" and draft.indicator.startswith(_KINDS)
        yield (_settled(draft, passage.year or 0, years) if undecided else draft), passage


def _settled(draft: Draft, year: int, years: dict[str, Decimal]) -> Draft:
    if draft.indicator == _TOTAL and _ALL_YEARS not in years and years.get(_TOTAL, draft.value) < draft.value:
        return replace(draft, indicator=_ALL_YEARS, period="year", confidence=min(draft.confidence, 0.88))
    if draft.indicator not in years and year >= _OWN_YEAR_FROM:
        return replace(draft, period="year", confidence=min(draft.confidence, 0.8))
    return draft


def _is_own(draft: Draft) -> bool:
    return draft.status == "reported" and draft.scope == "own"
