"""What the page shows, as values: the document's blocks, the report's facts, its forms, its checks and its issues."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence

from govnlp.export.html_forms import Drawn, drawn
from govnlp.export.html_marks import NumeralView, PassageView, numerals, passages
from govnlp.export.html_names import IndicatorName, indicator_names
from govnlp.export.html_pages import PageView
from govnlp.schema.document import Block, CellRun, Document, Grid, Laid, Paragraph
from govnlp.schema.facts import Evidence, Fact, Method, Part, Period, Qualifier, Scope, Status, Value, plain
from govnlp.schema.indicators import indicators
from govnlp.schema.report import Check, Issue, Meta, Report, ReportStatus, Section, Source, Term
from govnlp.schema.text import Span


class CellView(Value):
    """A cell of a drawn table."""

    start: int
    end: int
    row: int
    column: int
    rows: int = 1
    columns: int = 1


class BlockView(Value):
    """A paragraph, a table, or a picture that nothing was read from."""

    kind: str
    start: int
    end: int
    level: int = 0
    link: bool = False
    cells: tuple[CellView, ...] = ()
    name: str = ""


class PlaceView(Value):
    """Where a fact was read: characters of the text, the labels of a cell, the page and its box."""

    start: int
    end: int
    quote: str = ""
    row: str | None = None
    column: str | None = None
    page: int | None = None
    box: tuple[float, float, float, float] | None = None


class FactView(Value):
    """A fact. `value` is exact digits; `wan` the same amount in 万元, where it is money."""

    indicator: str
    value: str | None
    wan: str | None
    status: Status
    method: Method
    raw: str
    unit: str | None
    qualifier: Qualifier
    period: Period
    scope: Scope
    confidence: float
    answer: bool
    places: tuple[PlaceView, ...]
    parts: tuple[Part, ...]


class TermView(Value):
    """A term of a check: which side, what was printed, and where."""

    indicator: str
    value: str | None
    side: str
    place: PlaceView | None = None


class SuggestionView(Value):
    """The cell that most likely breaks a check, and the value with which its sums would hold."""

    indicator: str
    value: str


class CheckView(Value):
    """A check (勾稽关系) with its terms."""

    id: str
    status: str
    message: str
    difference: str | None
    terms: tuple[TermView, ...]
    suggestion: SuggestionView | None = None


class IssueView(Value):
    """An issue with its place in the text, where it has one."""

    code: str
    severity: str
    message: str
    place: PlaceView | None = None


class Sheet(Value):
    """Everything that one page shows. Spans are of `text`, in characters (not in units of UTF-16)."""

    meta: Meta
    source: Source
    status: ReportStatus
    version: str
    text: str
    blocks: tuple[BlockView, ...]
    sections: tuple[Section, ...]
    facts: tuple[FactView, ...]
    checks: tuple[CheckView, ...]
    issues: tuple[IssueView, ...]
    passages: tuple[PassageView, ...]
    numerals: tuple[NumeralView, ...]
    doubtful: tuple[FactView, ...]
    forms: tuple[Drawn, ...]
    names: tuple[IndicatorName, ...]
    pages: tuple[PageView, ...] = ()
    annotations: tuple[str, ...] = ()


def sheet(report: Report, document: Document, pages: Sequence[PageView] = (), annotations: Sequence[str] = ()) -> Sheet:
    """What the page of a report shows. `annotations` are the lines of a file of corrections.

    >>> from govnlp.schema.text import Text
    >>> text = "收到申请3件。"
    >>> page = Document(text, Text(text), Text(text), (Paragraph(Span(0, 7)),), "text")
    >>> sheet(Report(status="complete", text=text), page).blocks[0].kind
    'paragraph'
    """
    seen = {fact.indicator for fact in report.facts if fact.method == "table"}
    laid = _Laid(document)
    return Sheet(
        meta=report.meta, source=report.source, status=report.status, version=report.version, text=report.text,
        blocks=tuple(_blocks(document)), sections=report.sections,
        facts=tuple(_fact(one, laid) for one in report.facts),
        doubtful=tuple(_fact(one, laid) for one in report.doubtful),
        checks=tuple(_check(one, laid) for one in report.checks),
        issues=tuple(_issue(one, laid) for one in report.issues),
        passages=passages(report, document), numerals=numerals(report.text),
        forms=drawn(report.meta.form, seen), names=indicator_names(), pages=tuple(pages), annotations=tuple(annotations),
    )  # fmt: skip


class _Laid:
    """Finds the page and the box of evidence that has none of its own, by the lines and cells of the pages."""

    def __init__(self, document: Document) -> None:
        self._document = document
        self._laid = sorted(document.laid, key=lambda one: one.span)
        self._starts = [one.span.start for one in self._laid]

    def at(self, span: Span) -> Laid | None:
        printed = self._document.printed_span(span)
        place = bisect_right(self._starts, printed.start) - 1
        return self._laid[place] if place >= 0 and printed.start < self._laid[place].span.end else None


def _blocks(document: Document) -> list[BlockView]:
    pictures = [
        BlockView(kind="picture", start=one.span.start, end=one.span.end, name=one.name) for one in document.pictures
    ]
    return sorted([*map(_block, document.blocks), *pictures], key=lambda one: (one.start, one.end))


def _block(block: Block) -> BlockView:
    start, end = block.span
    if isinstance(block, Paragraph):
        return BlockView(kind="paragraph", start=start, end=end, level=block.level, link=block.link)
    if isinstance(block, CellRun):
        cells = tuple(CellView(start=one.start, end=one.end, row=0, column=at) for at, one in enumerate(block.cells))
        return BlockView(kind="run", start=start, end=end, cells=cells)
    return BlockView(kind="grid", start=start, end=end, cells=tuple(_cells(block)))


def _cells(grid: Grid) -> list[CellView]:
    return [
        CellView(
            start=one.span.start,
            end=one.span.end,
            row=one.row,
            column=one.column,
            rows=one.rowspan,
            columns=one.colspan,
        )
        for one in grid.cells
    ]


def _fact(fact: Fact, laid: _Laid) -> FactView:
    money = fact.value is not None and indicators()[fact.indicator].is_amount
    return FactView(
        indicator=fact.indicator, value=None if fact.value is None else str(plain(fact.value)),
        wan=str(plain(fact.value / 10_000)) if money and fact.value is not None else None,
        status=fact.status, method=fact.method, raw=fact.raw, unit=fact.raw_unit, qualifier=fact.qualifier,
        period=fact.period, scope=fact.scope, confidence=round(fact.confidence, 3), answer=fact.answer,
        places=tuple(_place(one, laid) for one in fact.evidence), parts=fact.parts,
    )  # fmt: skip


def _place(one: Evidence, laid: _Laid) -> PlaceView:
    page, box = one.page, one.box
    if page is None and (found := laid.at(one.span)) is not None:
        page, box = found.place
    return PlaceView(
        start=one.span.start, end=one.span.end, quote=one.quote, row=one.row, column=one.column, page=page, box=box
    )


def _check(check: Check, laid: _Laid) -> CheckView:
    sides = [*(("left", one) for one in check.left), *(("right", one) for one in check.right)]
    difference = None if check.difference is None else str(plain(check.difference))
    return CheckView(
        id=check.id, status=check.status, message=check.message, difference=difference,
        terms=tuple(_term(side, one, laid) for side, one in sides), suggestion=_suggestion(check),
    )  # fmt: skip


def _suggestion(check: Check) -> SuggestionView | None:
    one = check.suggestion
    return None if one is None else SuggestionView(indicator=one.indicator, value=str(plain(one.value)))


def _term(side: str, term: Term, laid: _Laid) -> TermView:
    value = None if term.value is None else str(plain(term.value))
    place = None if term.evidence is None else _place(term.evidence, laid)
    return TermView(indicator=term.indicator, value=value, side=side, place=place)


def _issue(issue: Issue, laid: _Laid) -> IssueView:
    place = None if issue.evidence is None else _place(issue.evidence, laid)
    return IssueView(code=issue.code, severity=issue.severity, message=issue.message, place=place)
