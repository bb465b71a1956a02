"""What people said of a sentence holds for that sentence, whatever its figures: offices write the same ones every year.

A sentence is known by what a model reads of it: figures, years and other digits are marks there. One that is too short
to mean the same everywhere (无。), or that was marked in two ways, is not remembered.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path
from typing import TypeAlias

from govnlp.normalise import normalise
from govnlp.prose.annotations import PART, Annotated, Label, read_annotations
from govnlp.prose.mentions import Mention, mentions
from govnlp.prose.tagger import Passage, Tag, Tagger
from govnlp.prose.windows import Group, marked_sentences
from govnlp.schema.document import Document, Paragraph
from govnlp.schema.text import Span, Text

# The file of a model's folder that holds what it was taught.
FILE = "taught.jsonl"
# Chinese characters that a sentence has at least to be known again.
_LEAST = 8
_SURE = 0.97
_Labels: TypeAlias = "tuple[tuple[Label, ...], ...]"


class RememberingTagger:
    """Tags the sentences that it was taught as it was taught, and all others with `tagger`.

    >>> from govnlp.prose.annotations import Mark
    >>> from govnlp.prose.rules import RuleTagger
    >>> mark = Mark(Span(10, 11), "figure", (Label("applications.new.total"),))
    >>> taught = Annotated("窗口年内登记在册求件7宗。", (mark,))
    >>> both, text = RememberingTagger(RuleTagger(), [taught]), "窗口年内登记在册求件12宗。"
    >>> [tag.indicator for tag in both.tag(Passage(text), both.mentions(text))]
    ['applications.new.total']
    """

    def __init__(self, tagger: Tagger, taught: Iterable[Annotated]) -> None:
        self.model = tagger
        self._known = _known(taught)

    def mentions(self, text: str) -> list[Mention]:
        """What the tagger judges, and the signs that people may have marked."""
        return mentions(text) if self._known else self.model.mentions(text)

    def tag(self, passage: Passage, mentions: list[Mention]) -> list[Tag]:
        """The tags of the mentions, in their order."""
        found = self.model.tag(passage, mentions)
        for text, groups in marked_sentences(passage, mentions):
            labels = self._known.get(text)
            if labels is not None and len(labels) == len(groups):
                inside = {member for group in groups for member in group.members}
                found = [tag for tag in found if tag.mention not in inside]
                found += [tag for group, some in zip(groups, labels, strict=True) for tag in _tags(group, some)]
        return sorted(found, key=lambda tag: tag.mention)


def remembering(tagger: Tagger, file: Path) -> Tagger:
    """The tagger with what a model's folder remembers; the tagger itself where that is nothing."""
    return RememberingTagger(tagger, read_annotations(file)) if file.is_file() else tagger


def _known(taught: Iterable[Annotated]) -> dict[str, _Labels]:
    found: dict[str, _Labels | None] = {}
    for one in taught:
        passage, marks = _normalised(one)
        for text, groups in marked_sentences(passage, mentions(passage.text)):
            if sum("\u4e00" <= char <= "\u9fff" for char in text) < _LEAST or not groups:
                continue
            labels = tuple(_labels(group, marks) for group in groups)
            found[text] = labels if found.get(text, labels) == labels else None
    return {text: labels for text, labels in found.items() if labels is not None}


def _normalised(one: Annotated) -> tuple[Passage, dict[tuple[Span, str], tuple[Label, ...]]]:
    """A passage as the pipeline reads it, and its marks there."""
    printed = Text(one.text)
    document = normalise(Document(one.text, printed, printed, (Paragraph(Span(0, len(one.text))),), "text"))
    marks = {(document.text.image(mark.span), str(mark.kind)): _without_values(mark.labels) for mark in one.marks}
    return replace(one.as_passage(), text=document.text.value), marks


def _without_values(labels: tuple[Label, ...]) -> tuple[Label, ...]:
    """Labels for every value, in one order, so that two ways to mark can be compared."""
    return tuple(sorted(label._replace(value=None) for label in labels))


def _labels(group: Group, marks: dict[tuple[Span, str], tuple[Label, ...]]) -> tuple[Label, ...]:
    for (span, kind), labels in marks.items():
        if kind == group.kind and span.start < group.span.end and group.span.start < span.end:
            return labels
    return ()


def _tags(group: Group, labels: tuple[Label, ...]) -> list[Tag]:
    named = [one for one in labels if one.indicator != PART]
    return [Tag(group.members[0], one.indicator, one.period, one.scope, _SURE) for one in named]
