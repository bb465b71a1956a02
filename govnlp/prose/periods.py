"""Which period a figure speaks of: the year, the year before, or all years (累计)."""

from __future__ import annotations

import re
from functools import cache
from typing import NamedTuple

from govnlp.prose.frames import Frame
from govnlp.prose.lexicon import lexicon
from govnlp.schema.facts import Period


class Timed(NamedTuple):
    """An indicator with its period."""

    indicator: str
    period: Period


class _Cues(NamedTuple):
    prev: str
    now: str
    cumul: str
    since: str
    until: str
    elsewhen: frozenset[str]


@cache
def _cues() -> _Cues:
    of = lexicon().symbols
    return _Cues(
        of["prev"],
        of["now"],
        of["cumul"],
        of["since"],
        of["until"],
        frozenset((of["next"], of["other_year"], of["part_year"])),
    )


def period_of(indicator: str, frame: Frame) -> Timed | None:
    """The period of a figure; None where it speaks of the coming year or of a year that is none of the report's.

    累计 means all years unless the sentence says 今年 or 全年 (截至2021年底 does not say so). 历年累计主动公开 is an
    indicator of its own.
    """
    cues = _cues()
    if "carried_" in indicator or indicator == "disclosure.cumulative":
        return Timed(indicator, "year")
    if frame.period in cues.elsewhen or not cues.elsewhen.isdisjoint(frame.left):
        return None
    if cues.since in frame.reach:
        return Timed("disclosure.cumulative", "year") if indicator == "disclosure.total" else None
    reach = re.sub(f"{cues.until}{cues.now}?", cues.until, frame.reach)
    if cues.cumul in frame.left or cues.until in reach:
        this_year = (
            cues.cumul not in reach and not indicator.startswith("disclosure.via.") and indicator != "disclosure.total"
        )
        this_year = this_year or cues.now in reach or (frame.period == cues.now and cues.until not in reach)
        return Timed(indicator, "year" if this_year else "cumulative")
    past = cues.prev in frame.left or frame.period == cues.prev
    return Timed(indicator, "previous" if past else "year")
