"""Where on which page each piece of evidence stands, for files of pages."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass

from govnlp.reconcile import Reconciled
from govnlp.reconcile.evidence import with_evidence
from govnlp.schema.document import Box, Document, Laid, Place
from govnlp.schema.facts import Evidence
from govnlp.schema.text import Span


def placed(found: Reconciled, document: Document) -> Reconciled:
    """What was found, each piece of evidence with its page and box; unchanged where the file has no pages.

    The evidence of a table has the box of its cell, that of prose the box of the figure within its line. What stands
    on several pages has its place on the first of them.
    """
    if not document.laid:
        return found
    finder = _Finder(document.laid, [one.span.start for one in document.laid], document.printed.value)
    return with_evidence(found, finder.evidence)


@dataclass(frozen=True, slots=True)
class _Finder:
    """The printed lines and cells in order, where each begins, and the printed text."""

    laid: Sequence[Laid]
    starts: Sequence[int]
    printed: str

    def evidence(self, one: Evidence) -> Evidence:
        place = self._place(one.source_span, whole=one.table is not None)
        return one.model_copy(update={"page": place.page, "box": place.box}) if place else one

    def _place(self, span: Span, *, whole: bool) -> Place | None:
        at = bisect_right(self.starts, span.start) - 1
        if at < 0:
            return None
        page = self.laid[at].place.page
        boxes: list[Box] = []
        while at < len(self.laid) and self.starts[at] < max(span.end, span.start + 1):
            one = self.laid[at]
            if one.place.page == page and one.place.box:
                boxes.append(one.place.box if whole else self._part(one.span, one.place.box, span))
            at += 1
        return Place(page, _around(boxes) if boxes else None)

    def _part(self, line: Span, box: Box, span: Span) -> Box:
        """The part of a line's box where the characters of `span` stand."""
        widths = [_width(char) for char in self.printed[line.start : line.end]]
        left, top, right, bottom = box
        scale = (right - left) / (sum(widths) or 1.0)
        first, last = max(0, span.start - line.start), max(0, span.end - line.start)
        return left + scale * sum(widths[:first]), top, left + scale * sum(widths[:last]), bottom


def _width(char: str) -> float:
    """How wide a character is beside a hanzi."""
    return 0.5 if char < "\u0250" else 1.0


def _around(boxes: Sequence[Box]) -> Box:
    lefts, tops, rights, bottoms = zip(*boxes, strict=True)
    return min(lefts), min(tops), max(rights), max(bottoms)
