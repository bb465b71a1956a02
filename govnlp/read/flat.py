"""Plain text, and tables that a scraper flattened: one cell a line, bars, tabs, aligned columns (一格一行).

The reader only cuts: it says what is a paragraph, what is a row of cells, and what is a run of cells whose rows are
lost. Which label a figure belongs to is for `govnlp.tables` to find out.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace

from govnlp.read.flat_bars import barred
from govnlp.read.flat_cells import one_a_line, tokens_run
from govnlp.read.flat_columns import aligned, tabbed
from govnlp.read.flat_marks import PAGE_NUMBER, Line, inner
from govnlp.read.markdown import unmarked
from govnlp.schema.document import Block, Document, Paragraph
from govnlp.schema.text import Span, Text, lines


def document(source: str) -> Document:
    """Plain text as a document of paragraphs, grids and cell runs.

    >>> [type(block).__name__ for block in document("一、概述\\n规章 |\\n0 |\\n3").blocks]
    ['Paragraph', 'CellRun']
    """
    marked = unmarked(source)
    if marked is None:
        text = Text(source)
        return Document(source=source, printed=text, text=text, blocks=blocks(source), format="text")
    value = marked.text.value
    found = tuple(_levelled(block, marked.levels) for block in blocks(value))
    return Document(source=source, printed=marked.text, text=Text(value), blocks=found, format="text")


def _levelled(block: Block, levels: Mapping[int, int]) -> Block:
    level = levels.get(block.span.start, 0)
    return replace(block, level=level) if level and isinstance(block, Paragraph) else block


def blocks(text: str, base: int = 0) -> tuple[Block, ...]:
    """The blocks of `text`, their spans moved on by `base`.

    >>> blocks("规章\\t0\\t1\\n行政规范性文件\\t2\\t3")[0].cells[1].span
    Span(start=3, end=4)
    """
    found = [Line(span.shifted(base), text[span.start : span.end]) for span in lines(text)]
    return tuple(_regions(found))


def _regions(found: list[Line]) -> Iterator[Block]:
    """Try each reader of tables at each line; what none of them takes is a paragraph."""
    readers: tuple[Callable[[Sequence[Line], int], tuple[Block | None, int]], ...] = (
        barred, tabbed, aligned, one_a_line, tokens_run,
    )  # fmt: skip
    at = 0
    while at < len(found):
        for reader in readers:
            block, after = reader(found, at)
            if block is not None:
                yield block
                at = after
                break
        else:
            paragraph = _paragraph(found[at])
            if paragraph:
                yield paragraph
            at += 1


def _paragraph(line: Line) -> Paragraph | None:
    stripped = inner(line.text, Span(0, len(line.text.rstrip(" \t\u3000\xa0|｜"))))
    if stripped.start >= stripped.end or PAGE_NUMBER.fullmatch(line.text):
        return None
    return Paragraph(stripped.shifted(line.span.start))
