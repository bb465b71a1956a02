"""The words that stand beside numerals or hold what only looks like one. Source: `numerals.yaml`."""

from __future__ import annotations

import re
from functools import cache
from importlib.resources import files
from typing import NamedTuple

import yaml

from govnlp.schema.facts import Qualifier


class Words(NamedTuple):
    """The lists of `numerals.yaml`, by its names."""

    set_phrases: tuple[str, ...]
    together: str
    together_case: tuple[str, ...]
    label_before: tuple[str, ...]
    bare_before: tuple[str, ...]
    about_before: tuple[str, ...]
    at_least_before: tuple[str, ...]
    at_most_before: tuple[str, ...]
    about_after: tuple[str, ...]
    at_least_after: tuple[str, ...]
    at_most_after: tuple[str, ...]
    hotline_after: tuple[str, ...]
    phone_before: tuple[str, ...]
    code_before: tuple[str, ...]


@cache
def words() -> Words:
    """The lists as read from the file.

    >>> "统一" in words().set_phrases
    True
    """
    sheet: dict[str, str | list[str]] = yaml.safe_load(files(__package__).joinpath("numerals.yaml").read_text("utf-8"))
    lists = {name: tuple(value) for name, value in sheet.items() if isinstance(value, list)}
    return Words(together=str(sheet["together"]), **lists)


def in_set_phrase(text: str, start: int, end: int) -> bool:
    """Whether the characters `[start, end)` stand inside a set phrase that is longer than they are.

    >>> in_set_phrase("完善统一个人信息", 3, 4), in_set_phrase("收到一件", 2, 3)
    (True, False)
    """
    window = text[max(0, start - _REACH) : end + _REACH]
    shift = max(0, start - _REACH)
    found = _phrases().finditer(window)
    return any(shift + one.start() <= start < shift + one.end(1) for one in found)


def exactness(text: str, start: int, end: int, unit: str | None) -> Qualifier:
    """How exact the figure at `[start, end)` is said to be, by the words beside it and beside its unit.

    >>> exactness("近300人", 1, 4, "人"), exactness("300人以上", 0, 3, "人")
    ('about', 'at_least')
    """
    beside = text[max(0, start - 2) : start] + text[end : end + 1]
    beside += text[end + len(unit) : end + len(unit) + 1] if unit is not None else ""
    if _edges().isdisjoint(beside):
        return "exact"
    lists, before = words(), text[max(0, start - 4) : start].rstrip()
    if before.endswith(lists.at_most_before) or _followed(text, end, unit, lists.at_most_after):
        return "at_most"
    if (before.endswith(lists.at_least_before) and not _is_place(text, start)) or _followed(
        text, end, unit, lists.at_least_after
    ):
        return "at_least"
    if before.endswith(lists.about_before) or _followed(text, end, unit, lists.about_after):
        return "about"
    return "exact"


@cache
def _edges() -> frozenset[str]:
    """The characters of these words that touch the figure or its unit."""
    lists = words()
    before = (*lists.about_before, *lists.at_least_before, *lists.at_most_before)
    after = (*lists.about_after, *lists.at_least_after, *lists.at_most_after)
    return frozenset((*(word[-1] for word in before), *(word[0] for word in after)))


def _is_place(text: str, start: int) -> bool:
    """网上285人次: 上 says more than a number only before a bare multiplier (上百人)."""
    return text.startswith("上", start - 1) and (text[start] not in "百千万亿" or text.endswith(_PLACES, 0, start))


_PLACES = ("网上", "线上", "以上")


def _followed(text: str, end: int, unit: str | None, after: tuple[str, ...]) -> bool:
    return text.startswith(after, end) or (unit is not None and text.startswith(after, end + len(unit)))


_REACH = 6


@cache
def _phrases() -> re.Pattern[str]:
    """The set phrases, each seen at every place it stands, overlaps too; longest first."""
    bodies = sorted(set(words().set_phrases), key=lambda phrase: -len(phrase))
    return re.compile(f"(?=({'|'.join(map(re.escape, bodies))}))")
