"""Lines and columns: where in a file something of a report stands, for editors and code hosts."""

from __future__ import annotations

from bisect import bisect_right

from govnlp.audit.sarif import Position
from govnlp.cli.sources import STANDARD_INPUT
from govnlp.errors import GovnlpError
from govnlp.schema.document import Document
from govnlp.schema.text import Span, lines

_WITH_LINES = frozenset({"html", "text"})


class Positions:
    """The positions of one file's passages.

    >>> from govnlp.pipeline import inspect
    >>> Positions(inspect(text="一、概述\\n收到申请3件。").document).of(Span(6, 8))
    Position(line=2, column=2, end_line=2, end_column=4)
    """

    def __init__(self, document: Document | None) -> None:
        known = document if document is not None and document.format in _WITH_LINES else None
        # What was put in from other files moves the lines behind it.
        known = None if known is not None and known.files else known
        self._document = known
        self._starts = [span.start for span in lines(known.source)] if known else []

    def of(self, span: Span | None) -> Position | None:
        """The position of a span of `Report.text`; None in a file that has no lines, as a PDF, or for no span."""
        if self._document is None or span is None:
            return None
        start, end = self._document.source_span(Span(*span))
        return Position(*self._place(start), *self._place(max(start, end)))

    def _place(self, at: int) -> tuple[int, int]:
        line = max(1, bisect_right(self._starts, at))
        return line, at - (self._starts[line - 1] if self._starts else 0) + 1


def positions(source: str, text: str) -> Positions:
    """The positions in a file whose report has this `text`; the file is read once more for them.

    None are known of standard input, which is gone, nor of a page that was read together with other files.
    """
    from govnlp.pipeline import inspect

    if source == STANDARD_INPUT:
        return Positions(None)
    try:
        document = inspect(source).document
    except (GovnlpError, OSError):
        return Positions(None)
    return Positions(document if document.text.value == text else None)
