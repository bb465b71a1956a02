"""The passages of a report as annotations: what was read in each, as marks that a person corrects.

A mark is what `govnlp train --annotations` takes (docs/fine-tune.md): characters of the passage, their kind, their labels.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Literal, NamedTuple

from govnlp.normalise.numerals import Numeral, find
from govnlp.normalise.units import money_factor
from govnlp.schema.document import Block, CellRun, Document, Grid, Paragraph
from govnlp.schema.facts import Fact, Period, Scope, Value, plain
from govnlp.schema.report import Report, SectionKind
from govnlp.schema.text import Span

Kind = Literal["figure", "none", "all", "cell"]
# A passage beyond this is cut behind a sentence.
_LONGEST = 1500
_STOPS = "。！？\n"


class LabelView(Value):
    """What a mark says. `value` is exact digits in the indicator's unit; None for an empty cell."""

    indicator: str
    value: str | None = None
    period: Period = "year"
    scope: Scope = "own"


class MarkView(Value):
    """Characters `[start, end)` of a passage and what they say; `facts` are the places of the report's facts."""

    start: int
    end: int
    kind: Kind
    labels: tuple[LabelView, ...]
    facts: tuple[int, ...] = ()


class Cell(Value):
    """The place of a cell in its table, from 0; a run of cells that lost its rows has one row."""

    table: int
    row: int
    column: int


class PassageView(Value):
    """A paragraph, or one cell of a table, at `[start, end)` of the report's text, with its marks (in its own text).

    `guesses` are marks of what the model was not sure of; their `facts` are places of `Report.doubtful`.
    """

    start: int
    end: int
    section: SectionKind | None = None
    cell: Cell | None = None
    marks: tuple[MarkView, ...] = ()
    guesses: tuple[MarkView, ...] = ()


class NumeralView(Value):
    """A numeral of the report's text and what it may say: its number, and as money in 元 where a unit tells.

    `counts` is false for years, dates, ordinals and the like, which are no figure of any indicator.
    """

    start: int
    end: int
    value: str
    money: str | None = None
    counts: bool = False


class _Found(NamedTuple):
    span: Span
    kind: Kind
    label: LabelView
    fact: int


def numerals(text: str) -> tuple[NumeralView, ...]:
    """Every numeral of a text.

    >>> [(one.value, one.money) for one in numerals("收费3万元,12件")]
    [('30000', '30000'), ('12', None)]
    """
    return tuple(_numeral(one) for one in find(text))


def _numeral(one: Numeral) -> NumeralView:
    factor = money_factor(one.unit) if one.unit else None
    money = None if factor is None else str(plain(one.value * factor))
    return NumeralView(
        start=one.span.start, end=one.span.end, value=str(plain(one.value)), money=money, counts=one.role == "count"
    )


def passages(report: Report, document: Document) -> tuple[PassageView, ...]:
    """The paragraphs and the cells of a report, each with what was read in it, surely or not."""
    found, guessed = _found(report.text, report.facts), _found(report.text, report.doubtful)
    places = sorted(_places(report, document), key=lambda one: (one.start, one.end))
    return tuple(
        one.model_copy(update={"marks": _marks(one, found), "guesses": _marks(one, guessed)}) for one in places
    )


def _places(report: Report, document: Document) -> Iterator[PassageView]:
    table = 0
    for block in document.blocks:
        if isinstance(block, Paragraph):
            section = _section(report, block.span)
            for span in _cut(report.text, block.span):
                yield PassageView(start=span.start, end=span.end, section=section)
            continue
        yield from _cells(report, block, table)
        table += 1


def _cells(report: Report, block: Block, table: int) -> Iterator[PassageView]:
    section = _section(report, block.span)
    if isinstance(block, Grid):
        for one in block.cells:
            place = Cell(table=table, row=one.row, column=one.column)
            yield PassageView(start=one.span.start, end=one.span.end, section=section, cell=place)
    elif isinstance(block, CellRun):
        for at, span in enumerate(block.cells):
            place = Cell(table=table, row=0, column=at)
            yield PassageView(start=span.start, end=span.end, section=section, cell=place)


def _section(report: Report, span: Span) -> SectionKind | None:
    return next((one.kind for one in report.sections if one.span.start <= span.start < one.span.end), None)


def _cut(text: str, span: Span) -> Iterator[Span]:
    start, end = _trimmed(text, span)
    while end - start > _LONGEST:
        stop = max(text.rfind(mark, start, start + _LONGEST) for mark in _STOPS)
        cut = stop + 1 if stop > start else start + _LONGEST
        yield Span(start, cut)
        start = cut
    if end > start:
        yield Span(start, end)


def _trimmed(text: str, span: Span) -> Span:
    start, end = span
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return Span(start, end)


def _found(text: str, facts: tuple[Fact, ...]) -> list[_Found]:
    return sorted(_said(text, facts), key=lambda one: (one.span.start, -one.span.end))


def _said(text: str, facts: tuple[Fact, ...]) -> Iterator[_Found]:
    for at, fact in enumerate(facts):
        if fact.status == "derived":
            continue
        value = None if fact.value is None else str(plain(fact.value))
        label = LabelView(indicator=fact.indicator, value=value, period=fact.period, scope=fact.scope)
        for span, kind in _spans(text, fact):
            yield _Found(span, kind, label, at)


def _spans(text: str, fact: Fact) -> Iterator[tuple[Span, Kind]]:
    """Where a fact is said itself: of a total carried over (均) the word, not the figure that it speaks of."""
    spans = [one.span for one in fact.evidence]
    if fact.method == "table" or not spans:
        yield from ((span, "cell") for span in spans)
        return
    if fact.status == "stated_none":
        yield from ((span, "none") for span in spans)
        return
    said = [bool(find(text[span.start : span.end])) for span in spans]
    carried = not said[0]
    yield from (
        (span, "all" if carried else "figure") for span, number in zip(spans, said, strict=True) if number != carried
    )


def _marks(one: PassageView, found: list[_Found]) -> tuple[MarkView, ...]:
    whole = Span(one.start, one.end)
    inside = [said for said in found if whole.holds(said.span) and (said.kind == "cell") == (one.cell is not None)]
    if one.cell is not None:
        return _cell_mark(one, inside)
    marks: dict[tuple[Span, Kind], MarkView] = {}
    end = -1
    for said in inside:
        held = marks.get((said.span, said.kind))
        if held is None and said.span.start < end:
            continue  # marks never overlap: the longer one that starts first stands
        marks[said.span, said.kind] = _mark(held, said, said.span.shifted(-one.start))
        end = max(end, said.span.end)
    return tuple(marks.values())


def _cell_mark(one: PassageView, inside: list[_Found]) -> tuple[MarkView, ...]:
    """One mark over the whole cell."""
    mark: MarkView | None = None
    for said in inside:
        mark = _mark(mark, said, Span(0, one.end - one.start))
    return (mark,) if mark else ()


def _mark(held: MarkView | None, said: _Found, span: Span) -> MarkView:
    if held is None:
        return MarkView(start=span.start, end=span.end, kind=said.kind, labels=(said.label,), facts=(said.fact,))
    labels = held.labels if said.label in held.labels else (*held.labels, said.label)
    return held.model_copy(update={"labels": labels, "facts": (*held.facts, said.fact)})
