"""Annotated passages as what a model learns from: the markers of each window, and what each says."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from govnlp.learn.passages import as_document
from govnlp.prose.annotations import Annotated, Label
from govnlp.prose.mentions import MentionKind, mentions
from govnlp.prose.ngrams import features
from govnlp.prose.windows import Group, Window, windows
from govnlp.schema.text import Span


@dataclass(frozen=True, slots=True)
class Marker:
    """One marker of a window: its place there, its features, and the labels of its mark (none where it bears none)."""

    kind: MentionKind
    place: int
    hashes: tuple[int, ...]
    labels: tuple[Label, ...] = ()

    @property
    def indicator(self) -> str:
        """What a figure answers: its first label, as one figure answers one question; nothing is the empty name."""
        return self.labels[0].indicator if self.labels else ""


@dataclass(frozen=True, slots=True)
class Example:
    """A window and those of its markers that are new in it and of which one can tell what they are."""

    window: Window
    markers: tuple[Marker, ...]


def examples(passages: Iterable[Annotated]) -> list[Example]:
    """The windows of passages; each marker is in one of them.

    >>> from govnlp.prose.annotations import Mark
    >>> mark = Mark(Span(2, 3), "figure", (Label("applications.new.total"),))
    >>> [one.markers[0].indicator for one in examples([Annotated("收到2件", (mark,))])]
    ['applications.new.total']
    """
    return [example for passage in passages for example in _of_passage(passage)]


def _of_passage(passage: Annotated) -> Iterator[Example]:
    document = as_document(passage.text)
    read = replace(passage.as_passage(), text=document.text.value)
    left = {(document.text.image(mark.span), mark.kind): mark.labels for mark in passage.marks}
    taken: set[Span] = set()
    for window in windows(read, mentions(read.text)):
        markers = []
        for place, (group, hashes) in enumerate(zip(window.groups, features(window), strict=True)):
            if place < window.known:
                continue
            mark = next((span for span, kind in left if kind == group.kind and _touch(span, group)), None)
            if mark is None or mark not in taken:
                labels = left[mark, group.kind] if mark is not None else ()
                markers.append(Marker(group.kind, place, tuple(hashes), labels))
            # A second marker of one mark tells nothing.
            taken |= {mark} if mark is not None else set()
        yield Example(window, tuple(markers))


def _touch(span: Span, group: Group) -> bool:
    return group.span.start < span.end and span.start < group.span.end
