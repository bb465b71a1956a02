"""Scores as JSON: rates beside the counts they come from, so that nothing is rounded away."""

from __future__ import annotations

import json

from govnlp.learn.compare import Outcome, Said
from govnlp.learn.measure import Interval, Measured, Score


def as_json(found: Measured) -> str:
    """Everything that was measured as one JSON object.

    >>> from govnlp.learn.measure import measured
    >>> json.loads(as_json(measured([])))["overall"]["gold"]
    0
    """
    groups = {
        "indicator": found.by_indicator, "section": found.by_section, "status": found.by_status, "form": found.by_form,
    }  # fmt: skip
    record = {
        "units": found.units,
        "overall": {**score_record(found.overall), **_intervals(found)},
        **{f"by_{name}": {key: score_record(one) for key, one in group.items()} for name, group in groups.items()},
        "confusions": [one._asdict() for one in found.confusions],
        "errors": [_error(one) for one in found.errors],
    }
    return json.dumps(record, ensure_ascii=False, indent=1)


def score_record(one: Score) -> dict[str, int | float]:
    """Counts and rates of one group."""
    rates = {"precision": one.precision, "recall": one.recall, "f1": one.f1}
    return {**one._asdict(), **{name: round(rate, 4) for name, rate in rates.items()}}


def _intervals(found: Measured) -> dict[str, Interval]:
    return {f"{name}_interval": one for name, one in found.intervals._asdict().items()}


def _error(one: Outcome) -> dict[str, object]:
    return {"place": one.place, "gold": _said(one.gold), "read": _said(one.read), "quote": one.quote}


def _said(one: Said | None) -> dict[str, str | None] | None:
    if one is None:
        return None
    value = None if one.value is None else format(one.value, "f")
    return {"indicator": one.indicator, "value": value, "kind": one.kind, "period": one.period, "scope": one.scope}
