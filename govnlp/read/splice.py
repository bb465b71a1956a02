"""One document put into another: what a picture or an attachment holds, where the page shows or names it."""

from __future__ import annotations

from array import array
from dataclasses import replace
from operator import attrgetter
from typing import NamedTuple

from govnlp.schema.document import Block, CellRun, Document, Followed, Grid
from govnlp.schema.report import Issue
from govnlp.schema.text import Span, Text

_STANDS = attrgetter("span.start")


class _Shift(NamedTuple):
    """What stands at `start` or after it is moved on by `by`."""

    start: int
    by: int

    def of(self, span: Span) -> Span:
        return span.shifted(self.by) if span.start >= self.start else span


class _Move(NamedTuple):
    """How a document's places move, in its printed text and in its source."""

    printed: _Shift
    source: _Shift


def spliced(page: Document, at: int, inner: Document, name: str) -> Document:
    """`page` with `inner` put in after the block or line at `at` of its printed text; `name` is the file of `inner`.

    The source is that of the page with that of `inner` put in, and `files` says where. Both are as readers give them.

    >>> from govnlp.read import flat
    >>> made = spliced(flat.document("一\\n二"), 1, flat.document("甲"), "a.txt")
    >>> made.printed.value, made.files, [made.cut(block.span) for block in made.blocks]
    ('一\\n甲\\n二', (Followed(span=Span(start=2, end=3), name='a.txt'),), ['一', '甲', '二'])
    """
    value, length = page.printed.value, len(inner.source)
    point = _end_of_line(page, at)
    there = _origin(page.printed, point)
    before = "" if not point or value[point - 1] == "\n" else "\n"
    after = "" if inner.printed.value.endswith("\n") else "\n"
    text = before + inner.printed.value + after
    own = _moved(page, _Move(_Shift(point, len(text)), _Shift(there, length)))
    other = _moved(inner, _Move(_Shift(0, point + len(before)), _Shift(0, there)))
    printed = _printed(page, inner, point, (before, after))
    return replace(
        page,
        source=page.source[:there] + inner.source + page.source[there:],
        printed=printed,
        text=Text(printed.value),
        blocks=tuple(sorted((*own.blocks, *other.blocks), key=_STANDS)),
        issues=own.issues + other.issues,
        pictures=tuple(sorted((*own.pictures, *other.pictures), key=_STANDS)),
        laid=tuple(sorted((*own.laid, *other.laid), key=_STANDS)),
        files=(*own.files, Followed(Span(there, there + length), name), *other.files),
    )


def _end_of_line(page: Document, at: int) -> int:
    """The end of the block that `at` lies in, else of the line, its newline included; a line's start is left."""
    end = max((block.span.end for block in page.blocks if block.span.start < at <= block.span.end), default=at)
    if not end or page.printed.value[end - 1] == "\n":
        return end
    newline = page.printed.value.find("\n", end)
    return len(page.printed) if newline < 0 else newline + 1


def _origin(text: Text, at: int) -> int:
    """Where the character before `at` ends in the source."""
    if text.is_identity:
        return at
    return text.ends[at - 1] if at else 0


def _printed(page: Document, inner: Document, point: int, around: tuple[str, str]) -> Text:
    """The printed text of both; the line ends put around `inner` come from nothing, at its edges."""
    value, there, length = page.printed.value, _origin(page.printed, point), len(inner.source)
    starts, ends = _maps(page.printed)
    inside = _maps(inner.printed)
    before, after = (len(one) for one in around)
    edges = array("L", [there] * before), array("L", [there + length] * after)
    return Text(
        value[:point] + around[0] + inner.printed.value + around[1] + value[point:],
        starts[:point] + edges[0] + _on(inside[0], there) + edges[1] + _on(starts[point:], length, there),
        ends[:point] + edges[0] + _on(inside[1], there) + edges[1] + _on(ends[point:], length, there),
    )


def _maps(text: Text) -> tuple[array[int], array[int]]:
    if text.is_identity:
        return array("L", range(len(text))), array("L", range(1, len(text) + 1))
    return array("L", text.starts), array("L", text.ends)


def _on(places: array[int], by: int, least: int = 0) -> array[int]:
    return array("L", [max(least, place) + by for place in places])


def _moved(document: Document, move: _Move) -> Document:
    """The document with every place of it moved; its texts are left."""
    return replace(
        document,
        blocks=tuple(_block(block, move.printed) for block in document.blocks),
        issues=tuple(_issue(one, move) for one in document.issues),
        pictures=tuple(replace(one, span=move.printed.of(one.span)) for one in document.pictures),
        laid=tuple(one._replace(span=move.printed.of(one.span)) for one in document.laid),
        files=tuple(one._replace(span=move.source.of(one.span)) for one in document.files),
    )


def _block(block: Block, shift: _Shift) -> Block:
    span = shift.of(block.span)
    if isinstance(block, Grid):
        return replace(block, span=span, cells=tuple(one._replace(span=shift.of(one.span)) for one in block.cells))
    if isinstance(block, CellRun):
        return replace(block, span=span, cells=tuple(map(shift.of, block.cells)))
    return replace(block, span=span)


def _issue(issue: Issue, move: _Move) -> Issue:
    if issue.evidence is None:
        return issue
    spans = {"span": move.printed.of(issue.evidence.span), "source_span": move.source.of(issue.evidence.source_span)}
    return issue.model_copy(update={"evidence": issue.evidence.model_copy(update=spans)})
