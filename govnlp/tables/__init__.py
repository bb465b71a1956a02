"""Tables read by their labels: grids and runs of cells to facts."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from govnlp.schema.document import CellRun, Document, Grid
from govnlp.schema.facts import Evidence, Fact
from govnlp.schema.forms import form
from govnlp.schema.reading import Outline, Reading
from govnlp.schema.report import Issue
from govnlp.tables.bands import Band, Matched, bands
from govnlp.tables.captions import placed, standings
from govnlp.tables.decode import Reader
from govnlp.tables.inline import inline_tables
from govnlp.tables.lines import Line, lines_of
from govnlp.tables.remedies import is_wide
from govnlp.tables.torn import mended

__all__ = ["decode"]
_FEWEST_NUMBERS = 3
_NEARLY_ALL = 0.9


def decode(document: Document, outline: Outline) -> Reading:
    """The facts of all tables of the official forms in a document, and what could not be explained in them.

    Tables that lie in a second printing or in boilerplate are passed over.
    """
    reader = Reader(document, outline.meta.year)
    tables = _tables(document, outline)
    lines = [line for at, block in enumerate(tables) for line in _oriented(reader, block, at)]
    found, strange = bands(mended(lines))
    told = standings(document, found, tables, outline.meta.year)
    read = [(one, standing) for band, standing in zip(found, told, strict=True) for one in reader.band(band)]
    facts = merged([placed(one, standing) for one, standing in read if isinstance(one, Fact)])
    issues = [one for one, _ in read if isinstance(one, Issue)]
    return Reading(tuple(facts), (*issues, *_strange_lines(document, strange, found), *inline_tables(document)))


def _tables(document: Document, outline: Outline) -> list[Grid | CellRun]:
    skipped = [one.span for one in outline.sections if one.repeat or one.kind == "boilerplate"]
    return [
        block
        for block in document.blocks
        if isinstance(block, Grid | CellRun) and not any(span.start <= block.span.start < span.end for span in skipped)
    ]


def _oriented(reader: Reader, block: Grid | CellRun, at: int) -> list[Line]:
    """The lines of a table, read by columns where that gives more facts."""
    upright = lines_of(reader.document, block, at)
    if isinstance(block, CellRun) or _is_explained(upright):
        return upright
    turned = lines_of(reader.document, block, at, turned=True)
    return turned if _facts(reader, turned) > _facts(reader, upright) else upright


def _is_explained(lines: Sequence[Line]) -> bool:
    """Whether nearly all figures stand in lines whose label names a row of a form."""
    found, _ = bands(lines)
    known = sum(_numbers([one.line]) for band in found for one in band.lines if _is_known(band, one))
    return known >= _numbers(lines) * _NEARLY_ALL


def _is_known(band: Band, one: Matched) -> bool:
    """Whether the label of a line names a row of its form and no column, or stands for the one wide row of 复议诉讼."""
    if band.form == "remedies" and is_wide(one.line):
        return True
    return bool(one.rows) and one.line.labels[-1].content.bare not in form(band.form).column_index


def _facts(reader: Reader, lines: Sequence[Line]) -> int:
    return sum(isinstance(one, Fact) for band in bands(lines)[0] for one in reader.band(band))


def _numbers(lines: Iterable[Line]) -> int:
    return sum(value.kind == "number" for line in lines for value in line.values)


def merged(facts: Sequence[Fact]) -> list[Fact]:
    """One fact where the same thing is printed several times in the same way, with all its evidence."""
    held: dict[tuple[object, ...], Fact] = {}
    for fact in facts:
        key = (fact.indicator, fact.value, fact.status, fact.period, fact.scope, fact.raw)
        first = held.get(key)
        held[key] = first.model_copy(update={"evidence": first.evidence + fact.evidence}) if first else fact
    return list(held.values())


def _strange_lines(document: Document, strange: Sequence[Line], found: Sequence[Band]) -> list[Issue]:
    """An error for each line with figures that no form knows, a warning for each table of which no line is known."""
    known = {one.line.table for band in found for one in band.lines}
    issues = [_unexplained(document, line) for line in strange if line.table in known and _numbers([line])]
    tables: dict[int, list[Line]] = {}
    for line in strange:
        if line.table not in known:
            tables.setdefault(line.table, []).append(line)
    return issues + [_strange_table(document, one) for one in tables.values() if _numbers(one) >= _FEWEST_NUMBERS]


def _unexplained(document: Document, line: Line) -> Issue:
    label = line.labels[-1].text if line.labels and line.own else "without a label"
    said = f"table {line.table + 1}, row {label}: no row of the form has this label."
    return Issue(code="unexplained_row", severity="error", message=said, evidence=_place(document, line, label))


def _strange_table(document: Document, lines: Sequence[Line]) -> Issue:
    label = next((line.labels[0].text for line in lines if line.labels), "")
    said = f"table {lines[0].table + 1} ({label[:20]}…) is none of the official forms; its {_numbers(lines)} figures were not read."
    return Issue(code="unread_table", severity="warning", message=said, evidence=_place(document, lines[0], label))


def _place(document: Document, line: Line, label: str) -> Evidence:
    span = line.span
    return Evidence(span=span, source_span=document.source_span(span), quote=label[:80], table=line.table)
