"""Tables read by their labels: grids and runs of cells to facts."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from govnlp.schema.document import CellRun, Document, Grid
from govnlp.schema.facts import Evidence, Fact
from govnlp.schema.reading import Outline, Reading
from govnlp.schema.report import Issue
from govnlp.tables.bands import Band, bands
from govnlp.tables.decode import Reader
from govnlp.tables.lines import Line, lines_of

__all__ = ["decode"]
_FEWEST_NUMBERS = 3


def decode(document: Document, outline: Outline) -> Reading:
    """The facts of all tables of the official forms in a document, and what could not be explained in them.

    Tables that lie in a second printing or in boilerplate are passed over.
    """
    lines = [line for at, block in enumerate(_tables(document, outline)) for line in _oriented(document, block, at)]
    found, strange = bands(lines)
    reader = Reader(document, outline.meta.year)
    read = [one for band in found for one in reader.band(band)]
    facts = merged([one for one in read if isinstance(one, Fact)])
    issues = [one for one in read if isinstance(one, Issue)]
    return Reading(tuple(facts), (*issues, *_strange_tables(document, strange, found)))


def _tables(document: Document, outline: Outline) -> list[Grid | CellRun]:
    skipped = [one.span for one in outline.sections if one.repeat or one.kind == "boilerplate"]
    return [
        block
        for block in document.blocks
        if isinstance(block, Grid | CellRun) and not any(span.start <= block.span.start < span.end for span in skipped)
    ]


def _oriented(document: Document, block: Grid | CellRun, at: int) -> list[Line]:
    """The lines of a table, read by columns where that explains more of its figures."""
    upright = lines_of(document, block, at)
    if isinstance(block, CellRun) or _explained(upright) >= _numbers(upright):
        return upright
    turned = lines_of(document, block, at, turned=True)
    return turned if _explained(turned) > _explained(upright) else upright


def _explained(lines: Sequence[Line]) -> int:
    """How many figures stand in lines that a form knows."""
    found, _ = bands(lines)
    return sum(_numbers([one.line]) for band in found for one in band.lines if one.rows)


def _numbers(lines: Iterable[Line]) -> int:
    return sum(value.kind == "number" for line in lines for value in line.values)


def merged(facts: Sequence[Fact]) -> list[Fact]:
    """One fact where the same thing is printed several times with the same value, with all its evidence."""
    held: dict[tuple[object, ...], Fact] = {}
    for fact in facts:
        key = (fact.indicator, fact.value, fact.status, fact.period, fact.scope)
        first = held.get(key)
        held[key] = first.model_copy(update={"evidence": first.evidence + fact.evidence}) if first else fact
    return list(held.values())


def _strange_tables(document: Document, strange: Sequence[Line], found: Sequence[Band]) -> list[Issue]:
    """A warning for each table with several figures of which no form knows a line."""
    known = {one.line.table for band in found for one in band.lines}
    tables: dict[int, list[Line]] = {}
    for line in strange:
        if line.table not in known:
            tables.setdefault(line.table, []).append(line)
    return [_strange_table(document, lines) for lines in tables.values() if _numbers(lines) >= _FEWEST_NUMBERS]


def _strange_table(document: Document, lines: Sequence[Line]) -> Issue:
    span = lines[0].span
    label = next((line.labels[0].text for line in lines if line.labels), "")
    place = Evidence(span=span, source_span=document.source_span(span), quote=label[:80], table=lines[0].table)
    said = f"table {lines[0].table + 1} ({label[:20]}…) is none of the official forms; its {_numbers(lines)} figures were not read."
    return Issue(code="unread_table", severity="warning", message=said, evidence=place)
