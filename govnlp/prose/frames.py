"""The words that belong to each figure: what stands before it and behind it, and what its sentence spoke of before.

Chinese puts the name of a figure before it (办结12件) or behind it (12件按时办结). In a clause whose first figure stands
first, figures name what follows; else what precedes. A list (维持15宗、纠正0宗) is cut at its joining marks.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator
from itertools import accumulate
from typing import NamedTuple

from govnlp.prose.lexicon import JOIN, lexicon
from govnlp.prose.stream import CLOSE, COMMA, FIGURE, OPEN, STOP, Part, boundaries, chars
from govnlp.schema.text import Span

# How many tokens around a figure are looked at; it keeps the time linear in a sentence without end.
_SIGHT = 160


class Frame(NamedTuple):
    """What is said about one figure, in symbols of the lexicon (`~` is residue).

    `left` and `right` are its own words in its clause; `reach` all words since the figure before it, across commas;
    `before` every word of the sentence before it, `later` behind it. `label` spans the words of `left`.
    `period` is the symbol of the period that its clause or an earlier one opened.
    """

    figure: int
    left: str
    right: str
    reach: str
    before: str
    later: str
    label: Span | None
    period: str = ""

    @property
    def text(self) -> str:
        """The frame as rules match it."""
        return f"{self.left}#{self.right}"


def frames(parts: list[Part], clauses: list[Clause]) -> list[Frame]:
    """The frames of a sentence's figures, in order."""
    found: list[Frame] = []
    symbols = ["" if one.symbol == JOIN else one.symbol for one in parts]
    spoken, places = "".join(symbols), [0, *accumulate(map(len, symbols))]
    for start, end, period in clauses:
        clause = parts[start:end]
        for at, (left, right) in _windows(clause).items():
            here = places[start + at]
            before, later = spoken[max(0, here - _SIGHT) : here], spoken[here + 1 : here + _SIGHT]
            reach = before[1 + max(before.rfind(FIGURE), before.rfind(STOP)) :]
            label = Span(left[0].start, left[-1].end) if left else None
            found.append(Frame(clause[at].figure, chars(left), chars(right), reach, before, later, label, period))
    return found


def _clauses(parts: list[Part]) -> list[tuple[int, int]]:
    found, start = [], 0
    for at, part in enumerate(parts):
        if part.symbol in boundaries():
            found.append((start, at))
            start = at + 1
    return [*found, (start, len(parts))]


class Clause(NamedTuple):
    """The parts `[start, end)` of a sentence between two marks, and the symbol of the period that holds there."""

    start: int
    end: int
    period: str


def clauses_of(parts: list[Part]) -> Iterator[Clause]:
    """Each clause with the period that holds in it: the last one opened; behind a semicolon the one before all
    figures, behind a bracket the one before it.
    """
    first = period = outside = ""
    counted = False
    for start, end in _clauses(parts):
        mark = parts[start - 1].symbol if start else ""
        if mark == STOP:
            period = first
        outside = period if mark == OPEN else outside
        period = outside if mark == CLOSE else period
        here = _period(parts[start:end]) or period
        # 上年同期3件, and no more: it is compared with, and opens nothing.
        beside = [one.symbol for one in parts[start:end] if one.symbol != JOIN] == [lexicon().symbols["prev"], FIGURE]
        period = period if beside else here
        first = first if counted else period
        counted = counted or any(one.symbol == FIGURE for one in parts[start:end])
        yield Clause(start, end, here)


def _period(clause: list[Part]) -> str:
    """The period that a clause opens with (2020年,…), which then holds for what follows in the sentence."""
    names = lexicon().symbols
    opening = [one.symbol for one in clause[:2] if one.symbol != JOIN]
    told = {one.symbol for one in clause}
    if (
        not opening
        or names["compare"] in told
        or (opening[0] == names["prev"] and told & {names["carry"], names["pending"]})
    ):
        return ""
    if names["part_year"] in opening:
        return names["part_year"]
    return opening[0] if opening[0] in (names["now"], names["prev"], names["next"], names["other_year"]) else ""


def _windows(clause: list[Part]) -> dict[int, tuple[list[Part], list[Part]]]:
    """For each figure of a clause, by its place: its own words before it and behind it."""
    places = [at for at, one in enumerate(clause) if one.symbol == FIGURE]
    windows: dict[int, tuple[list[Part], list[Part]]] = {}
    if not places:
        return windows
    left = clause[: places[0]]
    for at, following in zip(places, [*places[1:], None], strict=True):
        gap = clause[at + 1 : following]
        if following is None:
            windows[at] = (left, gap)
            break
        right, ahead = (gap, []) if _names_behind(left, gap) else _shared(gap, named=_says_something(left))
        windows[at] = (left, right)
        left = ahead if chars(gap) or not _says_something(left) else left
    return windows


def _says_something(left: list[Part]) -> bool:
    names = lexicon().symbols
    return any(one.symbol not in (names["of"], names["now"], JOIN, COMMA) for one in left)


def _names_behind(left: list[Part], gap: list[Part]) -> bool:
    """受理31件企业申请中20件…: a verb right before the figure, what it counts right behind it."""
    names = lexicon().symbols
    verbs = (names["receive"], names["accept"], names["handle"], names["occur"])
    nouns = ("app", "app_bare", "business", "natural_person", "legal_service", "review", "litigation", "open_work")
    if not left or not gap or left[-1].symbol not in verbs or any(one.symbol == JOIN for one in gap):
        return False
    return gap[0].symbol in [names[noun] for noun in nouns]


def _shared(gap: list[Part], named: bool) -> tuple[list[Part], list[Part]]:
    """Words between two figures: which belong to the first, which to the second."""
    joins = [at for at, one in enumerate(gap) if one.symbol == JOIN]
    split = next((at for at, one in enumerate(gap) if one.symbol == lexicon().symbols["of"]), None)
    if split is not None:
        return gap[:split], gap[split:]
    if joins and joins[-1] == len(gap) - 1:
        return gap[:-1], []
    if joins:
        split = joins[0] if named else joins[-1]
        return gap[:split], gap[split + 1 :]
    return ([], gap) if named else (gap, [])


def period_at(parts: list[Part], clauses: list[Clause], at: int) -> str:
    """The period that holds at a place of the text: the one its clause names before it, or the last one opened."""
    names = lexicon().symbols
    times = [names[one] for one in ("now", "prev", "next", "other_year", "part_year", "since", "then")]
    place = bisect_left(clauses, at, key=lambda one: parts[one.start].start if one.start < len(parts) else at) - 1
    if place < 0:
        return ""
    start, end, period = clauses[place]
    here = [one.symbol for one in parts[start:end] if one.symbol in times and one.start < at <= parts[end - 1].end]
    carried = any(one.symbol == names["carry"] for one in parts[start:end])
    return here[-1] if here and not carried else period


def named_only(frame: Frame, thing: str, things: list[str]) -> Frame:
    """The frame as if its figure had but one of the names before it (行政复议、行政诉讼0件).

    >>> named_only(Frame(0, "ab", "", "ab", "ab", "", None), "a", ["a", "b"]).text
    'a#'
    """
    others = str.maketrans("", "", "".join(one for one in things if one != thing))
    left, reach, before = (said.translate(others) for said in (frame.left, frame.reach, frame.before))
    return frame._replace(left=left, reach=reach, before=before)
