"""Edits of a text: what a step replaces, and the text that comes of it with every kept character in its place."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from govnlp.schema.document import CellRun, Document, Paragraph
from govnlp.schema.text import Span, Text, TextBuilder


class Edit(NamedTuple):
    """`new` in place of the characters `[start, end)`."""

    start: int
    end: int
    new: str = ""


class Leaf(NamedTuple):
    """A span that text may not be moved out of: a paragraph, or a cell of a table."""

    span: Span
    is_cell: bool


def leaves(document: Document) -> list[Leaf]:
    """The paragraphs and cells of a document, in order; the whole text where it has no blocks.

    >>> from govnlp.schema.text import Text
    >>> leaves(Document("ab", Text("ab"), Text("ab"), (), "text"))
    [Leaf(span=Span(start=0, end=2), is_cell=False)]
    """
    found: list[Leaf] = []
    for block in document.blocks:
        if isinstance(block, Paragraph):
            found.append(Leaf(block.span, is_cell=False))
        elif isinstance(block, CellRun):
            found.extend(Leaf(span, is_cell=True) for span in block.cells)
        else:
            found.extend(Leaf(cell.span, is_cell=True) for cell in block.cells)
    return found or [Leaf(Span(0, len(document.text)), is_cell=False)]


def inside(edits: Iterable[Edit], within: Sequence[Leaf]) -> list[Edit]:
    """The edits that cross no border of a paragraph or cell.

    >>> inside([Edit(1, 3)], [Leaf(Span(0, 2), True), Leaf(Span(2, 4), True)])
    []
    """
    borders = sorted({at for leaf in within for at in leaf.span})
    return [edit for edit in edits if bisect_right(borders, edit.start) == bisect_left(borders, edit.end)]


def apply(value: str, edits: Iterable[Edit]) -> Text:
    """The text after the edits, which stand in order and do not overlap.

    >>> apply("務(wù)必", [Edit(1, 5)]).value
    '務必'
    """
    builder, at = TextBuilder(), 0
    for start, end, new in edits:
        builder.keep(value[at:start], at)
        builder.put(new, Span(start, end))
        at = end
    builder.keep(value[at:], at)
    return builder.text()
