"""Reading annotated passages as the pipeline reads a paragraph, and comparing what was read with the marks."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from decimal import Decimal

from govnlp.learn.compare import Compared, Kind, Said, compare
from govnlp.normalise import normalise
from govnlp.prose.annotations import PART, Annotated
from govnlp.prose.mentions import mentions
from govnlp.prose.read import read
from govnlp.prose.tagger import Tagger
from govnlp.schema.document import Document, Paragraph
from govnlp.schema.facts import Fact
from govnlp.schema.reading import Outline
from govnlp.schema.report import Meta, Section
from govnlp.schema.text import Span, Text

# A fact of lower confidence is kept in a report, but answers nothing (`govnlp.reconcile.answers.THRESHOLD`).
LEAST_CONFIDENCE = 0.5


def compared(passages: Iterable[Annotated], tagger: Tagger) -> Iterator[Compared]:
    """Each passage read with the tagger, and what came of it."""
    for passage in passages:
        document = as_document(passage.text)
        text = document.text.value
        outcomes = compare(gold_of(passage, document), read_of(passage, document, tagger), text, _place(passage))
        yield Compared(tuple(outcomes), passage.section or "")


def as_document(text: str) -> Document:
    """A passage as a document of one paragraph, normalised.

    >>> as_document("收费１２元").text.value
    '收费12元'
    """
    printed = Text(text)
    return normalise(Document(text, printed, printed, (Paragraph(Span(0, len(text))),), "text"))


def gold_of(passage: Annotated, document: Document) -> list[Said]:
    """What the marks say, each fact once with all its places; members of lists without an indicator are left out."""
    found: dict[tuple[str, Decimal | None], Said] = {}
    for mark in passage.marks:
        span = document.text.image(mark.span)
        for label in mark.labels:
            if label.indicator == PART:
                continue
            said = Said(label.indicator, label.value, mark.kind, label.period, label.scope, (span,))
            held = found.setdefault((said.name, said.value), said)
            if held is not said:
                found[said.name, said.value] = held._replace(spans=(*held.spans, span))
    return list(found.values())


def read_of(passage: Annotated, document: Document, tagger: Tagger) -> list[Said]:
    """What the pipeline reads in the passage: the facts that are sure enough to answer."""
    sections: tuple[Section, ...] = ()
    if passage.section is not None:
        sections = (Section(kind=passage.section, heading="", span=Span(0, len(document.text.value))),)
    outline = Outline(Meta(year=passage.year), sections, is_report=True)
    kinds: dict[Span, Kind] = {one.raw: one.kind for one in mentions(document.text.value)}
    facts = [one for one in read(document, outline, tagger).facts if one.confidence >= LEAST_CONFIDENCE]
    return [
        Said(one.indicator, one.value, _kind(one, kinds), one.period, one.scope, _spans(one)) for one in facts
    ]  # fmt: skip


def _spans(fact: Fact) -> tuple[Span, ...]:
    return tuple(one.span for one in fact.evidence)


def _kind(fact: Fact, kinds: Mapping[Span, Kind]) -> Kind:
    if fact.status == "stated_none":
        return "none"
    return kinds.get(fact.evidence[0].span, "figure") if fact.evidence else "figure"


def _place(passage: Annotated) -> str:
    return f"line {passage.line}" + (f" ({passage.voice})" if passage.voice else "")
