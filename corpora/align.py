"""Marks against what the grammar of mentions finds: what a tagger is trained on, and how much it can ever see."""

from __future__ import annotations

from typing import NamedTuple

from corpora.figures import figure_value
from corpora.records import Mark, Passage
from govnlp.normalise import normalise
from govnlp.normalise.units import money_factor
from govnlp.prose.mentions import Mention, mentions
from govnlp.schema.document import Document
from govnlp.schema.text import Span, Text


class Aligned(NamedTuple):
    """A passage as the pipeline sees it.

    `text` is normalised; `mentions` are of it; `marks[i]` is the place in it of the passage's mark i; `found[i]` the
    numbers of the mentions that are mark i, `otherwise[i]` of those that touch it but are of another kind or value.
    """

    passage: Passage
    text: str
    mentions: tuple[Mention, ...]
    marks: tuple[Span, ...]
    found: tuple[tuple[int, ...], ...]
    otherwise: tuple[tuple[int, ...], ...]

    @property
    def missed(self) -> list[Mark]:
        """The marks that the grammar does not find."""
        return [mark for mark, found in zip(self.passage.marks, self.found, strict=True) if not found]

    def mark_of(self, mention: int) -> Mark | None:
        """The mark that this mention is, None where the mention belongs to no indicator."""
        return next(
            (mark for mark, found in zip(self.passage.marks, self.found, strict=True) if mention in found), None
        )


def align(passage: Passage) -> Aligned:
    """A passage normalised, with its mentions laid over its marks.

    >>> from corpora.records import Label
    >>> mark = Mark(2, 4, "figure", (Label("fees.information.amount", None),))
    >>> align(Passage("a", "county", "plain", "fees", 2016, "收费１２元", (mark,))).found
    ((0,),)
    """
    text = normalised(passage.text)
    seen = tuple(mentions(text.value))
    spans = tuple(text.image(mark.span) for mark in passage.marks)
    found, otherwise = [], []
    for mark, span in zip(passage.marks, spans, strict=True):
        touching = [at for at, one in enumerate(seen) if one.raw.start < span.end and span.start < one.raw.end]
        same = tuple(at for at in touching if _same(seen[at], mark, passage.text))
        found.append(same)
        otherwise.append(tuple(at for at in touching if at not in same))
    return Aligned(passage, text.value, seen, spans, tuple(found), tuple(otherwise))


def normalised(text: str) -> Text:
    """The text as the pipeline's normalising stage leaves it, mapped to `text`."""
    printed = Text(text)
    return normalise(Document(text, printed, printed, (), "text")).text


def _same(mention: Mention, mark: Mark, text: str) -> bool:
    if mention.kind == "figure" and mark.kind == "none":
        # 均为零 denies by a figure.
        return mention.value == 0
    if mention.kind != mark.kind:
        return False
    if mention.kind != "figure" or mention.value is None:
        return True
    # The grammar may take the 万 of 5万元 as part of the number or of the unit.
    factor = money_factor(mention.unit) if mention.unit else None
    amount = mention.value * (factor or 1)
    return mention.value == figure_value(text[mark.start : mark.end]) or any(
        label.value == amount for label in mark.labels
    )
