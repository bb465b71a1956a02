"""Annotated passages drawn at random, such as `govnlp train` takes."""

from __future__ import annotations

from decimal import Decimal
from typing import get_args

from hypothesis import strategies as st

from govnlp.annotate import Task
from govnlp.prose.annotations import PART, Annotated, Label, Mark
from govnlp.schema.facts import Period, Scope
from govnlp.schema.indicators import indicators
from govnlp.schema.text import Span

NAMES = sorted(indicators())
SECTIONS = [None, "overview", "applications", "fees", "remedies", "other"]
# Words between marks: nothing in them reads as a figure; beyond the basic plane, quotes, tags, line ends, format marks.
BETWEEN = ["收到申请", "件,其中", "𠮷", "<b>&", "\n", "“", "\\", "。", "|", "\u2028", "年内各科室", "{", "[x]", ":"]

_names = st.sampled_from(NAMES)
_periods = st.sampled_from(get_args(Period))
_scopes = st.sampled_from(get_args(Scope))


@st.composite
def labels(draw: st.DrawFn, kind: str) -> tuple[Label, ...]:
    """One to three labels of a mark; values such as its kind allows."""
    found = []
    for name in draw(st.lists(_names, min_size=1, max_size=3)):
        value = None
        if kind == "none":
            value = draw(st.sampled_from([None, Decimal(0)]))
        elif kind == "all":
            value = draw(st.one_of(st.none(), st.integers(0, 10**9).map(Decimal), st.just(Decimal("12.50"))))
        found.append(Label(name, value, draw(_periods), draw(_scopes)))
    return tuple(found)


@st.composite
def passages(draw: st.DrawFn) -> Annotated:
    """A passage with marks of every kind."""
    text, marks = draw(st.sampled_from(BETWEEN[:2])), []
    for _ in range(draw(st.integers(0, 4))):
        kind = draw(st.sampled_from(["figure", "none", "all", "part"]))
        surface = {"none": "未发生", "all": "均"}.get(kind) or str(draw(st.integers(0, 99_999)))
        told = (Label(PART),) if kind == "part" else draw(labels(kind))
        span = Span(len(text), len(text) + len(surface))
        marks.append(Mark(span, "figure" if kind == "part" else kind, told))  # type: ignore[arg-type]
        text += surface + "件" + "".join(draw(st.lists(st.sampled_from(BETWEEN), min_size=1, max_size=4))) + "的"
    section, year = draw(st.sampled_from(SECTIONS)), draw(st.sampled_from([None, 2008, 2021]))
    return Annotated(text, tuple(marks), section, year, draw(st.sampled_from(["", "某县水务局"])))  # type: ignore[arg-type]


def task(passage: Annotated, name: str = "0a1b2c3d4e5f", **fields: object) -> Task:
    return Task(name, passage, **fields)  # type: ignore[arg-type]


def simple(text: str, name: str, organ: str = "甲局", certainty: float = 1.0, difference: float = 0.0) -> Task:
    """A task without marks."""
    return Task(name, Annotated(text, ()), "a.txt", organ, certainty, difference)
