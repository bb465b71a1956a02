"""What the linter checks in one passage: spans, ids, values, years."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from decimal import Decimal
from typing import Literal, NamedTuple

from corpora.figures import figure_value, may_be_amount, unit_of
from corpora.records import LEVELS, PART, Label, Mark, Passage
from corpora.voices import Voice
from govnlp.normalise.numerals import find
from govnlp.normalise.units import money_factor, units
from govnlp.schema.indicators import indicators

FIRST_YEAR, LAST_YEAR = 2008, 2025
Level = Literal["error", "warning"]


class Finding(NamedTuple):
    """Something wrong (`error`) or doubtful (`warning`) at a line of a voice file; `code` is stable."""

    level: Level
    voice: str
    line: int
    code: str
    message: str


class _Found(NamedTuple):
    level: Level
    code: str
    message: str


def check_voice(voice: Voice, file: str) -> Iterator[Finding]:
    """The findings of one file but for what it shares with others; `file` is its name without `.txt`."""
    for fault in voice.faults:
        yield Finding("error", file, fault.line, "form", fault.message)
    if voice.name != file:
        yield Finding("error", file, 1, "voice_name", f"the file is named {file}, the voice {voice.name}")
    if voice.level not in LEVELS:
        yield Finding("error", file, 1, "level", f"the level {voice.level!r} is none of {', '.join(LEVELS)}")
    for line, passage in zip(voice.lines, voice.passages, strict=True):
        for found in check_passage(passage):
            yield Finding(found.level, file, line, found.code, found.message)


def check_passage(passage: Passage) -> Iterator[_Found]:
    """The findings of one passage.

    >>> passage = Passage("a", "county", "plain", "fees", 2016, "收到12件", (Mark(2, 5, "figure", (Label("disclosure.total", None),)),))
    >>> [found.code for found in check_passage(passage)]
    ['unit_inside', 'no_value']
    """
    if not FIRST_YEAR <= passage.year <= LAST_YEAR:
        yield _Found("error", "year", f"the year {passage.year} is not within {FIRST_YEAR}-{LAST_YEAR}")
    for mark in passage.marks:
        yield from _check_span(passage.text, mark)
        yield from _check_ids(passage, mark)
        yield from _check_values(passage, mark)
    yield from _check_said_twice(passage)


def shown(text: str, mark: Mark, around: int = 10) -> str:
    """A mark in its surroundings: …收到{12}件….

    >>> shown("收到12件", Mark(2, 4, "figure", ()))
    '收到{12}件'
    """
    before, after = text[max(0, mark.start - around) : mark.start], text[mark.end : mark.end + around]
    return f"{before}{{{text[mark.start : mark.end]}}}{after}"


_EDGE = re.compile(r"^[\s,，。;；、:：()（）]|[\s,，。;；、:：()（）]$")
_DIGIT = re.compile("[0-9０-９]")
_SPLIT_BEFORE = re.compile(r"[0-9０-９][.．]?$")
_GROUP_BEFORE, _GROUP = re.compile("[0-9０-９][,，]$"), re.compile("[0-9０-９]{3}(?![0-9０-９])")
_SPLIT_AFTER = re.compile(r"[.．]?[0-9０-９]|[,，][0-9０-９]{3}(?![0-9０-９])|[万亿千百](?!元)")
_QUALIFIED_BEFORE = re.compile("(?:(?<![最附亲靠贴])近|(?<![大预节合])约|大约|将近|接近|超过|(?<![赶高])超|逾)$")
_QUALIFIED_AFTER = re.compile("余|多(?![次份头种年样元部级层了于出])")
_DENIAL = re.compile("[无没未不零免停缺空否非阙绝0０〇]")


def _check_span(text: str, mark: Mark) -> Iterator[_Found]:
    """A mark begins and ends cleanly: no unit, space or stop in it, nothing of the numeral outside it."""
    surface, place = text[mark.start : mark.end], shown(text, mark)
    if not surface or _EDGE.search(surface):
        yield _Found("error", "edge", f"the mark is empty, or a space or a stop stands at its edge: {place}")
    if mark.kind == "none" and not _DENIAL.search(surface):
        if _unit_at_end(surface):
            yield _Found("error", "unit_inside", f"the unit stands inside the mark: {place}")
        else:
            yield _Found("error", "no_kind", f"no figure, no denial and no total carried over (`=value`): {place}")
    if mark.kind != "figure":
        return
    if _unit_at_end(surface):
        yield _Found("error", "unit_inside", f"the unit stands inside the mark: {place}")
    before, after = text[max(0, mark.start - 3) : mark.start], text[mark.end : mark.end + 3]
    if _is_split(before, surface, after):
        yield _Found("error", "split", f"part of the numeral stands outside the mark: {place}")
    if _QUALIFIED_BEFORE.search(before) or _QUALIFIED_AFTER.match(after):
        yield _Found("error", "qualifier_outside", f"近, 约, 超, 逾, 余 or 多 stands outside the mark: {place}")


def _unit_at_end(surface: str) -> str | None:
    """The unit at the end of a numeral; 万 and 亿 are of the number, 万元 is a unit."""
    if figure_value(surface) is not None:
        return None
    found = [
        unit for unit in units().known if surface.endswith(unit) and figure_value(surface[: -len(unit)]) is not None
    ]
    return max(found, key=len, default=None)


def _is_split(before: str, surface: str, after: str) -> bool:
    if _SPLIT_BEFORE.search(before) and _DIGIT.match(surface):
        return True
    if _GROUP_BEFORE.search(before) and _GROUP.match(surface):
        return True
    is_money = any(after.startswith(unit) for unit in units().money)
    return not is_money and _SPLIT_AFTER.match(after) is not None and _DIGIT.match(surface[-1:]) is not None


def _check_ids(passage: Passage, mark: Mark) -> Iterator[_Found]:
    place = shown(passage.text, mark)
    if not mark.labels:
        yield _Found("error", "no_label", f"the mark bears no label: {place}")
    for label in mark.labels:
        if label.indicator != PART and label.indicator not in indicators():
            yield _Found("error", "unknown_id", f"no indicator is named {label.indicator}: {place}")
    if len(set(mark.labels)) < len(mark.labels):
        yield _Found("error", "label_twice", f"one label stands twice: {place}")


def _check_values(passage: Passage, mark: Mark) -> Iterator[_Found]:
    place = shown(passage.text, mark)
    for label in mark.labels:
        if label.value is None:
            yield _Found("error", "no_value", f"{label.indicator} has no value: {place}")
        elif mark.kind == "figure" and (label.indicator == PART or label.indicator in indicators()):
            yield from _check_unit(passage.text, mark, label, place)
        elif mark.kind == "all" and label.value and label.value not in values_in(passage):
            yield _Found(
                "warning", "carried_value", f"no figure of the passage is {label.value}, which is carried over: {place}"
            )


def _check_unit(text: str, mark: Mark, label: Label, place: str) -> Iterator[_Found]:
    """An amount has a unit of money, a count has none and is whole."""
    unit = unit_of(text, mark.start, mark.end)
    factor = money_factor(unit) if unit else None
    if may_be_amount(label.indicator):
        if label.indicator != PART and factor is None and label.value:
            level: Level = "warning" if unit is None else "error"
            yield _Found(
                level, "amount_unit", f"{label.indicator} is an amount, but its unit is {unit or 'missing'}: {place}"
            )
    elif factor is not None:
        yield _Found("error", "count_unit", f"{label.indicator} is a count, but its unit is {unit}: {place}")
    elif label.value is not None and label.value != label.value.to_integral_value():
        yield _Found("error", "fraction", f"{label.indicator} is a count, but its value is {label.value}: {place}")


_MOST, _LONGEST_SUM = 60, 7


def values_in(passage: Passage) -> set[Decimal]:
    """The numbers of a passage, their differences, and the sums of neighbours: 全 after 甲3人、乙2人 carries 5 over."""
    numbers = _numbers(passage)
    starts = range(len(numbers))
    sums = {sum(numbers[at : at + size], Decimal(0)) for at in starts for size in range(1, _LONGEST_SUM)}
    return sums | {abs(first - second) for at, first in enumerate(numbers) for second in numbers[at + 1 :]}


def _numbers(passage: Passage) -> list[Decimal]:
    """The numbers that stand in a passage, in order: those that the grammar reads and those that are marked."""
    placed = {one.span.start: one.value for one in find(passage.text)}
    for mark in passage.marks:
        value = figure_value(passage.text[mark.start : mark.end])
        if value is not None:
            placed[mark.start] = value
    return [placed[at] for at in sorted(placed)][:_MOST]


def _check_said_twice(passage: Passage) -> Iterator[_Found]:
    """One indicator with two values in one passage is a slip of the writer, or rarely one of the report."""
    said: dict[tuple[str, str, str], set[Decimal]] = defaultdict(set)
    for mark in passage.marks:
        for label in mark.labels:
            if label.indicator != PART and label.scope == "own" and label.value is not None:
                said[label.indicator, label.period, label.scope].add(label.value)
    for (name, period, _), values in said.items():
        if len(values) > 1:
            told = " and ".join(str(value) for value in sorted(values))
            yield _Found("warning", "said_twice", f"{name} of the {period} is {told} in one passage")
