"""Figures under the headings and behind the labels of a form, as facts."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from govnlp.normalise.units import money_factor
from govnlp.schema.document import Document
from govnlp.schema.facts import Evidence, Fact, Period, Scope, Status
from govnlp.schema.forms import Form, FormRow, form
from govnlp.schema.indicators import indicators
from govnlp.schema.report import Issue
from govnlp.schema.text import Span
from govnlp.tables.align import align
from govnlp.tables.bands import Band, Matched
from govnlp.tables.cells import Figure, Item, content
from govnlp.tables.heads import PASSED_OVER, heads_of
from govnlp.tables.lines import Line
from govnlp.tables.match import plain_rows
from govnlp.tables.money import Amount, amount_unit
from govnlp.tables.place import Head, Placing, Rules, Sum, fills_behind, place
from govnlp.tables.remedies import RemedyRow, is_wide, remedy_rows, remedy_sums
from govnlp.tables.unroll import unroll

SURE, LIKELY, ASSUMED = 0.99, 0.9, 0.6
_WHOLE_REMEDIES = (5, 10, 15)
_MOST_GAPS = 2 / 3
_PERIODS: dict[str, Period] = {"previous": "previous", "cumulative": "cumulative"}


@dataclass(frozen=True, slots=True)
class Slot:
    """A place of the form: the indicator, the row and the heading that say so, the figure's period.

    `label` names the row where the line itself has no label.
    """

    indicator: str
    row: FormRow
    head: Head
    period: Period = "year"
    label: str = ""
    scope: Scope = "own"


@dataclass(frozen=True, slots=True)
class Reader:
    """What every step here needs: the document and its report year."""

    document: Document
    year: int | None

    def band(self, band: Band) -> Iterator[Fact | Issue]:
        """The facts of one printing of a form, and what could not be explained in it."""
        if band.form == "remedies" and any(is_wide(one.line) for one in band.lines):
            lines = [one.line for one in band.lines]
            yield from (one for line in lines for one in self._without_values(line))
            yield from (one for row in remedy_rows(lines, self.year) for one in self._remedies(row))
            return
        yield from self._rows(form(band.form), band.lines)

    def _without_values(self, line: Line) -> Iterator[Issue]:
        if not line.values and is_wide(line):
            yield self._issue("row_without_figures", "no figures were found under its headings", line.span, line)

    def _remedies(self, read: RemedyRow) -> Iterator[Fact | Issue]:
        shape, line, heads = form("remedies"), read.line, read.heads
        rows = {row.key: row for row in shape.rows}
        groups = {row.key: row.labels[0] for row in shape.rows if row.heading}
        placing = (
            place(line.values, heads, Rules(remedy_sums(heads), whole=len(heads) in _WHOLE_REMEDIES))
            if heads
            else Placing((), complete=False)
        )
        yield from self._unplaced(line, placing)
        for head, cell in zip(heads, placing.cells, strict=bool(placing.cells)):
            if cell and head.key:
                row = rows[head.key]
                slot = Slot(
                    shape.indicator.format(row=head.key), row, head, read.period, groups[row.group or ""], read.scope
                )
                yield from self._cell(slot, cell, line, placing.sure)

    def _rows(self, shape: Form, lines: Sequence[Matched]) -> Iterator[Fact | Issue]:
        lines = unroll(shape, lines, self.year)
        chosen = align([one.rows for one in lines], len(shape.rows), by_label=not any(one.line.turned for one in lines))
        read = {row for row in chosen if row is not None}
        gaps = _gaps_are_blank(lines)
        heads: tuple[Head, ...] = ()
        strange: dict[Item, Line] = {}
        for one, at in zip(lines, chosen, strict=True):
            before = one.line.labels[: len(one.line.labels) - one.pieces]
            heads = heads_of(shape, before, self.year) or heads
            yield from self._passed_over(shape, before, one.line, read)
            if at is None:
                yield from self._unexplained(one.line, ambiguous=bool(one.rows))
            elif not one.line.values and not one.line.units:
                continue
            elif not one.line.values and not gaps:
                yield self._issue("row_without_figures", "no figure was found in this row", one.line.span, one.line)
            else:
                row = shape.rows[at]
                used = heads or _usual_heads(shape, one.line)
                behind = not one.line.in_grid and (
                    any(each.line.filled for each in lines)
                    or fills_behind([each.line.values for each in lines], len(used))
                )
                yield from self._row(shape, row, used, one, behind)
                strange = {**dict.fromkeys(_strange(shape, used, one.line), one.line), **strange}
        for item, line in strange.items():
            said = "the form has no such column; its figures were not read"
            yield self._issue("unexplained_column", said, item.span, line, item.text)

    def _row(
        self, shape: Form, row: FormRow, heads: tuple[Head, ...], one: Matched, fill_behind: bool
    ) -> Iterator[Fact | Issue]:
        unfilled = all(value.kind in ("empty", "blank") for value in one.line.values)
        if row.heading and unfilled:
            return
        values = one.line.values or (_gap(one.line),) * len(heads)
        if unfilled and len(values) > len(heads) > 0:
            values = values[-len(heads) :]  # dashes in the column of units, too
        placing = (
            place(
                values, heads, Rules(_sums(shape, heads), _order(shape), fill_behind, len(heads) == len(shape.columns))
            )
            if heads
            else Placing((), complete=False)
        )
        yield from self._unplaced(one.line, placing)
        columns = {column.key: column for column in shape.columns}
        for head, cell in zip(heads, placing.cells, strict=bool(placing.cells)):
            if cell is None or head.key is None:
                continue
            period = _PERIODS.get(head.key, "year")
            name = shape.id(row, columns[head.key])
            if name in indicators():
                sure = placing.sure and one.rows[0].weight >= 1 - 0.2
                yield from self._cell(Slot(name, row, head, period), cell, one.line, sure)
            elif cell.kind == "number":
                yield self._issue("unexplained_cell", f"the form has no {head.key} for this row", cell.span, one.line)

    def _cell(self, slot: Slot, cell: Item, line: Line, sure: bool) -> Iterator[Fact | Issue]:
        """One fact, or the issue that says why there is none."""
        if cell.kind in ("unread", "percent"):
            yield self._issue("unexplained_cell", f"{cell.text!r} is no number", cell.span, line)
            return
        figure = cell.content.figure
        if figure is None:
            status: Status = "stated_none" if cell.kind == "none" else "blank"
            value = Decimal(0) if cell.kind == "none" else None
            yield self._fact(slot, cell, line, status, value, None, SURE if sure else LIKELY)
            return
        if indicators()[slot.indicator].is_amount:
            yield from self._money(slot, cell, line, figure, sure)
        elif figure.unit and money_factor(figure.unit):
            yield self._issue("unexplained_cell", f"{cell.text} is money where a count is due", cell.span, line)
        else:
            unit = figure.unit or (line.units[-1].content.bare if line.units else None)
            yield self._fact(slot, cell, line, "reported", figure.value, unit, SURE if sure else LIKELY)

    def _money(self, slot: Slot, cell: Item, line: Line, figure: Figure, sure: bool) -> Iterator[Fact | Issue]:
        """An amount in 元; one without any unit is not guessed, but the unit that the form prints is taken and told."""
        # 12.35万 has its unit, whatever the column says.
        unit = figure.unit or ("元" if cell.text.rstrip()[-1:] in ("万", "亿") else None)
        amount = self._amount(slot, unit, line)
        if amount is None and figure.value:
            yield self._issue("unknown_unit", f"{cell.text} has no unit of money", cell.span, line)
        elif amount is None or not (amount.printed or figure.value):
            yield self._fact(slot, cell, line, "reported", figure.value * 0, None, SURE if sure else LIKELY)
        else:
            if not amount.printed:
                said = f"{cell.text} has no unit; the form's {amount.unit} was taken"
                yield self._issue("assumed_unit", said, cell.span, line)
            confidence = ASSUMED if not amount.printed else SURE if sure else LIKELY
            value = figure.value * amount.factor
            yield self._fact(slot, cell, line, "reported", value, amount.unit, confidence)

    def _amount(self, slot: Slot, unit: str | None, line: Line) -> Amount | None:
        labels = (slot.head.label, *(label.text for label in reversed(line.labels)))
        return amount_unit(unit, line.units, labels, slot.row.money)

    def _fact(
        self, slot: Slot, cell: Item, line: Line, status: Status, value: Decimal | None, unit: str | None, sure: float
    ) -> Fact:
        figure = cell.content.figure
        span = figure.span.shifted(cell.span.start) if figure else cell.span
        return Fact(
            indicator=slot.indicator,
            value=value,
            status=status,
            method="table",
            raw=self.document.raw(span),
            raw_unit=unit,
            qualifier=figure.qualifier if figure else "exact",
            period=slot.period,
            scope=slot.scope,
            confidence=sure,
            evidence=(self._evidence(span, cell, line, slot),),
        )

    def _evidence(self, span: Span, cell: Item, line: Line, slot: Slot) -> Evidence:
        return Evidence(
            span=span,
            source_span=self.document.source_span(span),
            quote=cell.text,
            table=line.table,
            row=slot.label or (line.labels[-1].text if line.labels else None),
            column=slot.head.label or None,
        )

    # ---- what could not be explained -----------------------------------------------------------------------------

    def _unplaced(self, line: Line, placing: Placing) -> Iterator[Issue]:
        if placing.complete or all(value.kind == "empty" for value in line.values):
            return
        placed = {cell.span for cell in placing.cells if cell}
        lost = [value.text for value in line.values if value.kind == "number" and value.span not in placed]
        said = f"{len(line.values)} figures do not fit the columns of this row"
        yield self._issue("unexplained_row", said + (f": {' '.join(lost)}" if lost else ""), line.span, line)

    def _passed_over(self, shape: Form, before: Sequence[Item], line: Line, read: set[int]) -> Iterator[Issue]:
        """Labels of rows that no figure followed."""
        for label in before:
            rows = shape.row_index.get(label.content.bare, ())
            if label.content.bare in plain_rows() and rows and not read.intersection(rows):
                yield self._issue(
                    "row_without_figures", "no figure was found in this row", label.span, line, label.text
                )

    def _unexplained(self, line: Line, *, ambiguous: bool) -> Iterator[Issue]:
        if any(value.kind in ("number", "unread") for value in line.values):
            said = (
                "this label fits several rows of the form, or stands out of their order"
                if ambiguous
                else "no row of the form has this label"
            )
            yield self._issue("unexplained_row", said, line.span, line)

    def _issue(self, code: str, said: str, span: Span, line: Line, row: str | None = None) -> Issue:
        label = row or (line.labels[-1].text if line.labels else None)
        place_ = Evidence(
            span=span,
            source_span=self.document.source_span(span),
            quote=self.document.cut(span)[:80],
            table=line.table,
            row=label,
        )
        where = f"table {line.table + 1}" + (f", row {label}" if label else "")
        return Issue(
            code=code,
            severity="error" if code != "assumed_unit" else "warning",
            message=f"{where}: {said}.",
            evidence=place_,
        )


def _sums(shape: Form, heads: Sequence[Head]) -> tuple[Sum, ...]:
    """The total of a row is the sum of its other columns, where the form has a total and it is printed."""
    keys = [head.key for head in heads]
    if shape.total not in keys or None in keys:
        return ()
    total = keys.index(shape.total)
    return (Sum(total, tuple(at for at in range(len(keys)) if at != total)),)


def _order(shape: Form) -> tuple[str, ...]:
    """The order of the columns of a form whose headings are not printed in the order of the figures."""
    return tuple(column.key for column in shape.columns) if shape.total else ()


def _strange(shape: Form, heads: Sequence[Head], line: Line) -> Iterator[Item]:
    """The headings that the form has not, where figures of a line stand under them; codes and remarks are none."""
    for head in heads:
        if head.key is None and head.item and head.item.content.bare not in PASSED_OVER | shape.ignored:
            under = [value for value in line.values if value.column < head.item.end and head.item.column < value.end]
            if any(value.kind == "number" for value in under):
                yield head.item


def _gaps_are_blank(lines: Sequence[Matched]) -> bool:
    """Whether a row without figures is a blank one: not where most rows have none, or where some line has several."""
    empty = sum(not one.line.values for one in lines)
    most = max((sum(value.kind == "number" for value in one.line.values) for one in lines), default=0)
    return most <= 1 and empty <= len(lines) * _MOST_GAPS


def _gap(line: Line) -> Item:
    """The blank cell behind the unit of a line, where it left no trace."""
    end = line.units[-1].span.end if line.units else line.labels[-1].span.end
    return Item("", Span(end, end), content(""))


def _usual_heads(shape: Form, line: Line) -> tuple[Head, ...]:
    """The headings of a form whose own are lost: one count, or the seven kinds of applicant where seven figures stand."""
    filled = [value for value in line.values if value.kind != "empty"]
    if shape.name in ("stat2014", "remedies"):
        return (Head(shape.columns[0].key),)
    if shape.name == "matrix" and len(filled) == len(shape.columns):
        return tuple(Head(column.key) for column in shape.columns)
    return ()
