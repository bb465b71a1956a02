"""Tables whose cells are set apart by tabs, or by runs of spaces."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from govnlp.read.columns import aligned_grid, rows_grid
from govnlp.read.flat_marks import DIGIT, VALUE, Line, inner, is_label, is_prose, run_while
from govnlp.schema.document import Block, Grid
from govnlp.schema.text import Span

_SPLIT_SPACES = re.compile(
    r"(?<=\S)(?:[ \u3000]*(?:  |\u3000\u3000| \u3000|\u3000 )[ \u3000]*|(?<=\d)\u3000(?=\S)|\u3000(?=\d))(?=\S)"
)


def tabbed(found: Sequence[Line], at: int) -> tuple[Block | None, int]:
    """A stretch of lines with tabs as a grid, and the line after it; None where there is none."""
    if "\t" not in found[at].text.strip("\n"):
        return None, at
    after = run_while(found, at, lambda line: "\t" in line.text)
    rows = [
        [inner(line.text, part).shifted(line.span.start) for part in _parts(line.text, "\t")]
        for line in found[at:after]
    ]
    if not any(DIGIT.search(line.text) for line in found[at:after]) and after - at < 2:
        return None, at
    return rows_grid(rows), after


def _parts(text: str, mark: str) -> Iterator[Span]:
    start = 0
    for part in text.split(mark):
        yield Span(start, start + len(part))
        start += len(part) + len(mark)


def aligned(found: Sequence[Line], at: int) -> tuple[Grid | None, int]:
    """Columns kept apart by two spaces or more."""
    if not _has_columns(found[at]):
        return None, at
    after = run_while(found, at, lambda line: _has_columns(line) or is_label(line.text))
    chosen = found[at:after]
    known = is_label(chosen[0].text[slice(*next(column_parts(chosen[0].text)))])
    if (after - at < 2 and not known) or not any(
        VALUE.fullmatch(line.text[a:b]) for line in chosen for a, b in column_parts(line.text)
    ):
        return None, at
    return aligned_grid([(line.span.start, line.text, list(column_parts(line.text))) for line in chosen]), after


def _has_columns(line: Line) -> bool:
    parts = list(column_parts(line.text))
    return len(parts) > 1 and not any(is_prose(line.text[start:end]) for start, end in parts)


def column_parts(text: str) -> Iterator[Span]:
    """The pieces of a line between runs of two spaces or more.

    >>> list(column_parts("规章   0  1"))
    [Span(start=0, end=2), Span(start=5, end=6), Span(start=8, end=9)]
    """
    whole = inner(text, Span(0, len(text)))
    start = whole.start
    for gap in _SPLIT_SPACES.finditer(text, whole.start, whole.end):
        yield Span(start, gap.start())
        start = gap.end()
    if start < whole.end:
        yield Span(start, whole.end)
