"""Annotated passages as what a model learns from: for each marker of each window its features and what it says."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from govnlp.learn.passages import as_document
from govnlp.prose.annotations import Annotated, Label
from govnlp.prose.mentions import MentionKind
from govnlp.prose.ngrams import features
from govnlp.prose.signs import candidates
from govnlp.prose.windows import NO_SECTION, Group, Window, windows
from govnlp.schema.text import Span

BUCKETS = 1 << 15


@dataclass(frozen=True, slots=True)
class Example:
    """One marker: the buckets of its features, and the labels of its mark (none where it bears no mark)."""

    kind: MentionKind
    buckets: tuple[int, ...]
    labels: tuple[Label, ...] = ()


def examples(passages: Iterable[Annotated], *, without_section: bool = False) -> list[Example]:
    """The markers of passages, each once; with `without_section` as in text that lost its headings.

    >>> from govnlp.prose.annotations import Mark
    >>> mark = Mark(Span(2, 3), "figure", (Label("applications.new.total"),))
    >>> [one.labels[0].indicator for one in examples([Annotated("收到2件", (mark,))])]
    ['applications.new.total']
    """
    return [example for passage in passages for example in _of_passage(passage, without_section)]


def _of_passage(passage: Annotated, without_section: bool) -> Iterator[Example]:
    document = as_document(passage.text)
    read = replace(passage.as_passage(), text=document.text.value)
    marks = [(document.text.image(mark.span), mark.kind, mark.labels) for mark in passage.marks]
    left = dict(enumerate(marks))
    for window in windows(read, candidates(read.text)):
        shown = _without_section(window) if without_section else window
        for place, (group, hashes) in enumerate(zip(window.groups, features(shown), strict=True)):
            if place < window.known:
                continue
            touching = [at for at, (span, kind, _) in enumerate(marks) if kind == group.kind and _touch(span, group)]
            if not touching:
                yield Example(group.kind, _buckets(hashes))
            elif touching[0] in left:
                yield Example(group.kind, _buckets(hashes), left.pop(touching[0])[2])


def _buckets(hashes: list[int]) -> tuple[int, ...]:
    return tuple(sorted({one % BUCKETS for one in hashes}))


def _touch(span: Span, group: Group) -> bool:
    return group.span.start < span.end and span.start < group.span.end


def _without_section(window: Window) -> Window:
    return window._replace(text=NO_SECTION + window.text.partition(">")[2])
