"""Passages for tests: written inline as voices are, or drawn by Hypothesis from the training voices."""

from __future__ import annotations

from functools import cache

from hypothesis import strategies as st

from corpora.load import load
from corpora.records import Passage
from corpora.voices import Voice, parse_voice


def voice(*lines: str, section: str = "applications", year: int = 2016) -> Voice:
    """A voice of the given passages."""
    head = "@ voice: a\n@ level: county\n@ style: plain\n"
    return parse_voice(head + "".join(f"\n# section={section} year={year}\n{line}\n" for line in lines), "a")


def passage(line: str, section: str = "applications", year: int = 2016) -> Passage:
    """The passage of one line."""
    made = voice(line, section=section, year=year)
    assert not made.faults
    return made.passages[0]


@cache
def training() -> tuple[Passage, ...]:
    """The passages of the training split."""
    return tuple(load("train"))


def passages() -> st.SearchStrategy[Passage]:
    """Any passage of the training split."""
    return st.integers(0, len(training()) - 1).map(lambda number: training()[number])
