"""A report printed twice in one file, and two reports in one file."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence

from govnlp.schema.report import Section
from govnlp.segment.lines import Candidate

_ALIKE = 0.9
_SHINGLE = 5
_BLANK = re.compile(r"[\s|]+")
_FIGURE = re.compile(r"\d+")


def split_printings(chain: Sequence[Candidate], titles: Sequence[int]) -> list[list[Candidate]]:
    """The chain of headings cut where a report begins anew: its numbers or its kinds restart, often under a title."""
    printings: list[list[Candidate]] = []
    number = 0
    for one in chain:
        if not printings or _begins_anew(one, printings[-1], number, titles):
            printings.append([])
        printings[-1].append(one)
        number = one.number or (number if len(printings[-1]) > 1 else 0)
    return printings


def _begins_anew(one: Candidate, printing: Sequence[Candidate], number: int, titles: Sequence[int]) -> bool:
    seen = {earlier.kind for earlier in printing}
    restarts = one.number is not None and one.number <= number and one.level == printing[0].level
    if _titled(printing[-1], one, titles):
        return one.kind in seen or (restarts and len(printing) > 2)
    if one.kind not in seen:
        return False
    return one.kind == printing[0].kind and (restarts or one.number is None) and len(printing) > 1


def _titled(earlier: Candidate, one: Candidate, titles: Sequence[int]) -> bool:
    return bisect_left(titles, earlier.end) != bisect_left(titles, one.start)


def is_second_printing(text: str, section: Section, earlier: Sequence[Section]) -> bool:
    """Whether a section says what an earlier section of its kind said: nine in ten of their shingles are common."""
    body = _body(text, section)
    return any(one.kind == section.kind and _alike(body, _body(text, one)) for one in earlier)


def _body(text: str, section: Section) -> str:
    return _BLANK.sub("", text[section.span.start : section.span.end])


def _alike(one: str, other: str) -> bool:
    """Near-equal: equal, or of like length with the same figures and nearly all runs of five characters in common."""
    if one == other:
        return True
    # A figure that differs must be read, so that it comes out as a conflict.
    if _FIGURE.findall(one) != _FIGURE.findall(other):
        return False
    if not one or not other or min(len(one), len(other)) < _ALIKE * max(len(one), len(other)) - _SHINGLE:
        return False
    first, second = _shingles(one), _shingles(other)
    return len(first & second) >= _ALIKE * len(first | second)


def _shingles(body: str) -> set[str]:
    return {body[at : at + _SHINGLE] for at in range(max(1, len(body) - _SHINGLE + 1))}
