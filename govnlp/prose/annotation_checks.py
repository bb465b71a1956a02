"""What the lines of a file of annotations must hold; every fault of a line is told at once."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal, InvalidOperation
from itertools import pairwise
from typing import NamedTuple, TypeGuard, TypeVar, cast, get_args

from govnlp.errors import UnknownIndicatorError
from govnlp.normalise.numerals import Numeral, find, parse
from govnlp.normalise.units import money_factor
from govnlp.prose.mentions import MentionKind
from govnlp.schema.facts import Period, Scope
from govnlp.schema.indicators import indicator, indicators
from govnlp.schema.report import SectionKind
from govnlp.schema.text import Span

_PART = "part"
_YEARS = range(1990, 2101)
_SHOWN = 12
_MOST_DIGITS = 18
# 两 is no numeral to Unicode; scans give letters for digits.
_READ_AS_DIGITS = "两lIOo"
_T = TypeVar("_T")


class Refused(Exception):  # noqa: N818 - it never leaves the reader
    """A line that cannot be used, and why: one reason or several."""

    def __init__(self, *reasons: str) -> None:
        self.reasons = reasons
        super().__init__(*reasons)


class PassageFields(NamedTuple):
    """A passage without its marks."""

    text: str
    section: SectionKind | None
    year: int | None
    voice: str


class MarkFields(NamedTuple):
    """A mark: where it stands, its kind, and its labels as (indicator, value, period, scope)."""

    span: Span
    kind: MentionKind
    labels: tuple[tuple[str, Decimal | None, Period, Scope], ...]


def passage_of(record: object) -> tuple[PassageFields, tuple[MarkFields, ...]]:
    """A passage and its marks, in order; `Refused` with every fault of both."""
    if not _is_record(record):
        raise Refused('no object; a line is {"text": …, "section": …, "year": …, "marks": […]}')
    fields, bad = _fields(record)
    sheets = record.get("marks")
    marks, wrong = _marks(sheets, fields.text) if isinstance(sheets, list) and fields.text else ((), [])
    if bad or wrong:
        raise Refused(*bad, *wrong)
    return fields, marks


def _fields(record: dict[str, object]) -> tuple[PassageFields, list[str]]:
    text, section, year, voice = record.get("text"), record.get("section"), record.get("year"), record.get("voice", "")
    bad = []
    if not isinstance(text, str) or not text.strip():
        bad.append("`text` is missing or empty")
    if section is not None and section not in get_args(SectionKind):
        bad.append(f"`section` is {section!r}; it is one of {', '.join(get_args(SectionKind))}, or null")
    if year is not None and (type(year) is not int or year not in _YEARS):
        bad.append(f"`year` is {year!r}; it is a year as a number, or null")
    if not isinstance(voice, str):
        bad.append("`voice` is no text")
    if not isinstance(record.get("marks"), list):
        bad.append("`marks` is missing; a passage without marks has an empty list")
    known = text if isinstance(text, str) else ""
    return PassageFields(known, cast("SectionKind | None", section), cast("int | None", year), cast("str", voice)), bad


def _marks(sheets: list[object], text: str) -> tuple[tuple[MarkFields, ...], list[str]]:
    numerals = find(text)
    found: list[MarkFields] = []
    bad: list[str] = []
    for place, sheet in enumerate(sheets, 1):
        try:
            found.append(_mark(sheet, text, numerals))
        except Refused as refused:
            bad += [f"mark {place}: {reason}" for reason in refused.reasons]
    found.sort(key=lambda one: one.span)
    bad += [
        f"the marks {_shown(text, one.span)} and {_shown(text, other.span)} overlap"
        for one, other in pairwise(found) if other.span.start < one.span.end
    ]  # fmt: skip
    return tuple(found), bad


def _mark(sheet: object, text: str, numerals: list[Numeral]) -> MarkFields:
    if not _is_record(sheet):
        raise Refused('no object; a mark is {"start": …, "end": …, "kind": …, "labels": […]}')
    span, kind = (
        _span(sheet, text),
        _one_of("kind", sheet.get("kind"), cast("tuple[MentionKind, ...]", get_args(MentionKind))),
    )
    sheets = sheet.get("labels")
    if not isinstance(sheets, list) or not sheets:
        raise Refused(f"{_shown(text, span)} has no labels")
    bad = list(_bad_span(text, span, kind, numerals))
    labels = []
    for one in sheets:
        try:
            label = _label(one)
            bad += _bad_value(text, span, kind, label, numerals)
            labels.append(label)
        except Refused as refused:
            bad += [f"{_shown(text, span)}: {reason}" for reason in refused.reasons]
    if bad:
        raise Refused(*bad)
    return MarkFields(span, kind, tuple(labels))


def _span(sheet: dict[str, object], text: str) -> Span:
    start, end = sheet.get("start"), sheet.get("end")
    if type(start) is not int or type(end) is not int:
        raise Refused("`start` and `end` are no whole numbers")
    if not 0 <= start < end <= len(text):
        raise Refused(f"the span {start}-{end} is not within the text of {len(text)} characters")
    return Span(start, end)


def _bad_span(text: str, span: Span, kind: MentionKind, numerals: list[Numeral]) -> Iterator[str]:
    surface = text[slice(*span)]
    if surface != surface.strip():
        yield f"{_shown(text, span)} begins or ends with a space"
    if kind != "figure":
        if parse(surface.strip()) not in (None, 0):
            yield f"{_shown(text, span)} is a figure, not a {kind}"
        return
    touched = _touched(span, numerals)
    if not touched and not any(char.isnumeric() or char in _READ_AS_DIGITS for char in surface):
        yield f"no figure stands at {_shown(text, span)}"
    for one in touched:
        left_out = text[one.span.start : span.start] + text[span.end : one.span.end]
        # The 万 of 万元 belongs to the unit; a minus may be a dash.
        if left_out.strip("-万亿千百 "):
            yield f"{_shown(text, span)} cuts the figure {text[slice(*one.span)]}"


def _touched(span: Span, numerals: list[Numeral]) -> list[Numeral]:
    return [one for one in numerals if one.span.start < span.end and span.start < one.span.end]


def _label(sheet: object) -> tuple[str, Decimal | None, Period, Scope]:
    if not _is_record(sheet):
        raise Refused('a label is no object; it is {"indicator": …}')
    name = sheet.get("indicator")
    if not isinstance(name, str):
        raise Refused("a label has no `indicator`")
    if name != _PART:
        try:
            indicator(name)
        except UnknownIndicatorError as error:
            raise Refused(str(error)) from None
    period = _one_of("period", sheet.get("period", "year"), cast("tuple[Period, ...]", get_args(Period)))
    scope = _one_of("scope", sheet.get("scope", "own"), cast("tuple[Scope, ...]", get_args(Scope)))
    return name, _value(sheet.get("value")), period, scope


def _value(given: object) -> Decimal | None:
    if given is None:
        return None
    value = _number(given) if type(given) in (int, str) else None
    if value is None or not value.is_finite() or abs(value.adjusted()) > _MOST_DIGITS:
        raise Refused(f"the value {given!r} is no number")
    return value


def _number(given: object) -> Decimal | None:
    try:
        return Decimal(str(given))
    except InvalidOperation:
        return None


def _bad_value(
    text: str, span: Span, kind: MentionKind, label: tuple[str, Decimal | None, Period, Scope], numerals: list[Numeral]
) -> Iterator[str]:
    """A value that is not the one printed; where the grammar cannot read the figure, no one can tell."""
    name, value, *_ = label
    if value is None:
        return
    if kind == "none" and value:
        yield f"{_shown(text, span)} denies, so its value is 0, not {value}"
    touched = _touched(span, numerals)
    if kind != "figure" or len(touched) != 1 or not _is_plain(text, span, touched[0]):
        return
    bare, factor = touched[0].value, money_factor(touched[0].unit) if touched[0].unit else None
    # The unit of a column (万元) may stand before its figure.
    is_amount = name == _PART or (indicators()[name].is_amount and factor is None)
    allowed = [bare * (factor or 1), *(bare * one for one in (1000, 10_000, 100_000_000) if is_amount)]
    if name != _PART and abs(value) not in map(abs, allowed):
        yield f"{_shown(text, span)} is {allowed[0]}, but the value of {name} is {value}"


def _is_plain(text: str, span: Span, numeral: Numeral) -> bool:
    """Whether the mark holds nothing but the numeral and words beside it: no damage that the grammar reads in part."""
    rest = text[span.start : max(span.start, numeral.span.start)] + text[min(span.end, numeral.span.end) : span.end]
    return not numeral.repaired and not any(char.isnumeric() or char in _READ_AS_DIGITS for char in rest)


def _one_of(name: str, given: object, known: tuple[_T, ...]) -> _T:
    for one in known:
        if one == given:
            return one
    raise Refused(f"`{name}` is {given!r}; it is one of {', '.join(map(str, known))}")


def _is_record(value: object) -> TypeGuard[dict[str, object]]:
    return isinstance(value, dict)


def _shown(text: str, span: Span) -> str:
    """A mark where it stands: …收到{12}件….

    >>> _shown("收到12件", Span(2, 4))
    '…收到{12}件…'
    """
    before, after = text[max(0, span.start - _SHOWN) : span.start], text[span.end : span.end + _SHOWN]
    return f"…{before}{{{text[slice(*span)]}}}{after}…".replace("\n", " ")
