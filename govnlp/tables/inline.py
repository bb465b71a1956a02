"""Tables of the forms that stand in running text, all on one line: too little is left of them to read, so they are told."""

from __future__ import annotations

import re
from collections.abc import Iterator

from govnlp.schema.document import Document, Paragraph
from govnlp.schema.facts import Evidence
from govnlp.schema.forms import TABLES, form
from govnlp.schema.report import Issue
from govnlp.schema.text import Span

_SHORTEST_LABEL = 5
_FEWEST_LABELS = 5
_FIGURES = re.compile(r"(?:\s\d+(?:\.\d+)?){3}")


def inline_tables(document: Document) -> Iterator[Issue]:
    """An error for each paragraph that holds many labels of a form and rows of bare figures."""
    for block in document.blocks:
        if isinstance(block, Paragraph) and _is_table(document.cut(block.span)):
            yield _issue(document, block.span)


def _is_table(text: str) -> bool:
    if not _FIGURES.search(text):
        return False
    joined = re.sub(r"\s", "", text)
    labels = {
        label for name in TABLES for row in form(name).rows for label in row.labels[:1] if len(label) >= _SHORTEST_LABEL
    }
    return sum(label in joined for label in labels) >= _FEWEST_LABELS


def _issue(document: Document, span: Span) -> Issue:
    place = Evidence(span=span, source_span=document.source_span(span), quote=document.cut(span)[:80])
    said = f"a table of the official forms stands in one line of text ({place.quote[:20]}…); its figures were not read. Look there."
    return Issue(code="table_in_text", severity="error", message=said, evidence=place)
