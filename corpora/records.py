"""The record: a passage of a report with every figure of an indicator, statement of none and carried total marked."""

from __future__ import annotations

from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Literal, NamedTuple, TypedDict, get_args

from govnlp.errors import FormatError
from govnlp.schema.facts import Period, Scope
from govnlp.schema.report import SectionKind
from govnlp.schema.text import Span

Kind = Literal["figure", "none", "all"]
KINDS: tuple[Kind, ...] = get_args(Kind)
PERIODS: tuple[str, ...] = get_args(Period)
SCOPES: tuple[str, ...] = get_args(Scope)
SECTIONS: tuple[str, ...] = get_args(SectionKind)
LEVELS = ("province", "city", "county", "township", "department", "bureau")
# The label of a member of a list after 其中 that no indicator names.
PART = "part"


class Label(NamedTuple):
    """What a mark says: an indicator (or `part`), its value, the time and the organ it speaks of.

    `value` is in the indicator's unit (money in 元), 0 for a statement of none, None where the surface cannot be read.
    """

    indicator: str
    value: Decimal | None
    period: Period = "year"
    scope: Scope = "own"


@dataclass(frozen=True, slots=True)
class Mark:
    """The characters `[start, end)` of a passage and what they say.

    A `figure` is a numeral without its unit; a `none` the words that deny (未收到); an `all` those that carry a total (均).
    """

    start: int
    end: int
    kind: Kind
    labels: tuple[Label, ...]

    @property
    def span(self) -> Span:
        """Where it stands."""
        return Span(self.start, self.end)


@dataclass(frozen=True, slots=True)
class Passage:
    """One to six sentences of a report as one voice writes them; `marks` are in order and do not overlap.

    `voice` names the file, `level` who publishes (`LEVELS`), `section` where in the report it stands (`SECTIONS`), `year`
    the report's year. A figure that bears no mark belongs to no indicator.

    >>> Passage("a", "county", "plain", "fees", 2016, "收费12元", (Mark(2, 4, "figure", ()),)).surface(0)
    '12'
    """

    voice: str
    level: str
    style: str
    section: SectionKind
    year: int
    text: str
    marks: tuple[Mark, ...]

    def surface(self, mark: int) -> str:
        """The marked characters of the mark of this number."""
        return self.text[self.marks[mark].start : self.marks[mark].end]

    def with_marks(self, marks: tuple[Mark, ...]) -> Passage:
        """The same text, marked otherwise."""
        return replace(self, marks=marks)


class LabelRecord(TypedDict):
    """A label as JSON: the value as digits, so that no figure passes through a float."""

    indicator: str
    value: str | None
    period: Period
    scope: Scope


class MarkRecord(TypedDict):
    """A mark as JSON."""

    start: int
    end: int
    kind: Kind
    labels: list[LabelRecord]


class Record(TypedDict):
    """A passage as JSON: one line of a `.jsonl` file."""

    voice: str
    level: str
    style: str
    section: SectionKind
    year: int
    text: str
    marks: list[MarkRecord]


def to_record(passage: Passage) -> Record:
    """A passage as plain values, each field always of one type.

    >>> mark = Mark(2, 4, "figure", (Label("fees.information.amount", Decimal("12")),))
    >>> to_record(Passage("a", "county", "plain", "fees", 2016, "收费12元", (mark,)))["marks"][0]["labels"][0]["value"]
    '12'
    """
    return Record(
        voice=passage.voice, level=passage.level, style=passage.style, section=passage.section, year=passage.year,
        text=passage.text, marks=[_mark_record(mark) for mark in passage.marks],
    )  # fmt: skip


def from_record(record: Record) -> Passage:
    """The inverse of `to_record`; `FormatError` where the record lacks a field.

    >>> passage = Passage("a", "county", "plain", "fees", 2016, "收费12元", ())
    >>> from_record(to_record(passage)) == passage
    True
    """
    try:
        marks = tuple(_mark(one) for one in record["marks"])
        fields = (record["voice"], record["level"], record["style"], record["section"], record["year"], record["text"])
    except (KeyError, TypeError, ArithmeticError) as error:
        raise FormatError(f"this is no record of a passage: {error!r}") from None
    return Passage(*fields, marks)


def _mark_record(mark: Mark) -> MarkRecord:
    labels = [
        LabelRecord(indicator=name, value=None if value is None else format(value, "f"), period=period, scope=scope)
        for name, value, period, scope in mark.labels
    ]
    return MarkRecord(start=mark.start, end=mark.end, kind=mark.kind, labels=labels)


def _mark(record: MarkRecord) -> Mark:
    labels = tuple(
        Label(one["indicator"], None if one["value"] is None else Decimal(one["value"]), one["period"], one["scope"])
        for one in record["labels"]
    )
    return Mark(record["start"], record["end"], record["kind"], labels)
