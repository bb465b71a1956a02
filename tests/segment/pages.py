"""Documents made by hand for the tests of this folder."""

from __future__ import annotations

import re
from pathlib import Path

from govnlp.schema.document import CellRun, Document, Paragraph
from govnlp.schema.text import Span, Text, lines

SEEDS = Path(__file__).parents[2] / "../shared/seeds"


def page(text: str, *, title: str | None = None, published: str | None = None, links: int = 0) -> Document:
    """A document of paragraphs, one a line; the first `links` lines are page furniture."""
    spans = [span for span in lines(text) if span.end > span.start]
    blocks = tuple(Paragraph(span, link=at < links) for at, span in enumerate(spans))
    whole = Text(text)
    return Document(text, whole, whole, blocks, "text", title=title, published=published)


def table_page(*parts: str | list[str]) -> Document:
    """A document of paragraphs (strings) and tables whose cells stand one a line (lists)."""
    text = ""
    blocks: list[Paragraph | CellRun] = []
    for part in parts:
        if isinstance(part, str):
            blocks.append(Paragraph(Span(len(text), len(text) + len(part))))
            text += part + "\n"
            continue
        cells = []
        for cell in part:
            cells.append(Span(len(text), len(text) + len(cell)))
            text += cell + "\n"
        blocks.append(CellRun(Span(cells[0].start, cells[-1].end), tuple(cells)))
    whole = Text(text)
    return Document(text, whole, whole, tuple(blocks), "text")


def plain(text: str) -> str:
    """A text as normalising leaves it, as far as headings need it."""
    text = text.translate(str.maketrans("():;,%　", "():;,% "))
    return re.sub(r"(?<=[一-鿿])[ \t]+(?=[一-鿿])", "", text)
