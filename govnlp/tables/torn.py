"""Rows torn in two by the end of a page: half a label with the figures, half without."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from govnlp.schema.text import Span
from govnlp.tables.cells import Item, content
from govnlp.tables.lines import Line
from govnlp.tables.match import plain_rows


def mended(lines: Iterable[Line]) -> list[Line]:
    """The lines of a document, two halves of a row made one where only together their labels name a row.

    One half has the figures, the other none or empty cells.
    """
    whole: list[Line] = []
    for line in lines:
        joined = _joined(whole[-1], line) if whole else None
        if joined:
            whole[-1] = joined
        else:
            whole.append(line)
    return whole


def _joined(upper: Line, lower: Line) -> Line | None:
    """Both lines as one, or None where each stands for itself."""
    if not (upper.own and lower.own and (_is_empty(upper) or _is_empty(lower))):
        return None
    if not lower.in_grid and lower.own > 1:
        return None
    first, last = upper.labels[-1], lower.labels[-1]
    if _names_row(first.content.bare) and _names_row(lower.labels[-1].content.bare):
        return None
    text = first.text + last.text
    if not _names_row(content(text).bare):
        return None
    label = Item(text, Span(first.span.start, last.span.end), content(text), first.row, first.column, first.end)
    filled = lower if _is_empty(upper) else upper
    return replace(
        filled, labels=(*upper.labels[:-1], label), own=upper.own, values=filled.values or upper.values,
        units=upper.units or lower.units,
    )  # fmt: skip


def _names_row(label: str) -> bool:
    return label in plain_rows()


def _is_empty(line: Line) -> bool:
    return all(value.kind == "empty" for value in line.values)
