"""Reads the figures that a document tells in sentences: paragraphs to facts."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace

from govnlp.prose.confidence import calibrated
from govnlp.prose.cumulative import settled
from govnlp.prose.drafts import Draft
from govnlp.prose.resolve import resolve
from govnlp.prose.rules import RuleTagger
from govnlp.prose.sentences import sentences
from govnlp.prose.tagger import Passage, Tagger
from govnlp.prose.unfold import tags as tagged
from govnlp.schema.document import Document, Paragraph
from govnlp.schema.facts import Evidence, Fact
from govnlp.schema.reading import Outline, Reading
from govnlp.schema.report import Section
from govnlp.schema.text import Span

# Sections whose figures are addresses, or speak of what is still to be done (问题及改进).
_UNREAD = frozenset(("boilerplate", "footer", "problems"))
_LONGEST_HEADING = 45
_LONGEST_STRETCH = 4000
_HEADING = re.compile(
    r"\s*(?:第?[一二三四五六七八九十]{1,3}[、.．,，]|[(（][一二三四五六七八九十\d]{1,3}[)）]|\d{1,2}[.．、])[^。；;]*$"
)
_CONTINUES = re.compile(r"\s*(?:上述|以上|这些|其中)")
_ON_TIME, _CLOSED = "applications.closed_on_time.total", "applications.closed.total"
_EXTENDED = "applications.closed_extended.total"


def read(document: Document, outline: Outline, tagger: Tagger | None = None) -> Reading:
    """The facts that the paragraphs of a document tell, each with its evidence; a tagger may replace the rules.

    Amounts are in 元. A statement of none has value 0 and the words that say so as `raw`. What is said twice with one
    value is one fact with two pieces of evidence; what is said with two values stays two facts, in order. What the
    tagger is not sure of is `doubtful`.

    >>> from govnlp.schema.report import Meta
    >>> from govnlp.schema.text import Text
    >>> text = "2021年收到政府信息公开申请12件,均按时办结。"
    >>> page = Document(text, Text(text), Text(text), (Paragraph(Span(0, len(text))),), "text")
    >>> [(fact.indicator, int(fact.value)) for fact in read(page, Outline(Meta(year=2021), (), True)).facts][:2]
    [('applications.new.total', 12), ('applications.closed_on_time.total', 12)]
    """
    chosen = tagger if tagger is not None else RuleTagger()
    told = [(draft, passage) for passage in passages(document, outline) for draft in _drafts(passage, chosen)]
    sure = list(settled(one for one in told if not one[0].doubtful))
    facts = tuple(_facts(document, [*sure, *_closed_by_on_time(sure)]))
    said = {(fact.indicator, fact.period, fact.scope, fact.value) for fact in facts}
    unsure = [one for one in told if one[0].doubtful and (*one[0].key, one[0].value) not in said]
    return Reading(facts, doubtful=tuple(_facts(document, unsure)))


def passages(document: Document, outline: Outline) -> Iterator[Passage]:
    """The paragraphs to read, each with its section and the headings above it."""
    for passage in _joined(document, _paragraphs(document, outline)):
        yield from _stretches(passage)


def _joined(document: Document, paragraphs: Iterable[Passage]) -> Iterator[Passage]:
    """Paragraphs, one that speaks of the one before it (上述申请已全部答复; 其中…) joined to that."""
    last: Passage | None = None
    for one in paragraphs:
        if last is not None and _CONTINUES.match(one.text) and _is_next(document, last, one):
            last = replace(last, text=document.cut(Span(last.start, one.start + len(one.text))))
            continue
        if last is not None:
            yield last
        last = one
    if last is not None:
        yield last


def _is_next(document: Document, last: Passage, one: Passage) -> bool:
    same = (last.section, last.heading, last.subheading) == (one.section, one.heading, one.subheading)
    return same and not document.cut(Span(last.start + len(last.text), one.start)).strip()


def _paragraphs(document: Document, outline: Outline) -> Iterator[Passage]:
    section: Section | None = None
    subheading, fresh = "", True
    for block in document.blocks:
        if not isinstance(block, Paragraph):
            fresh = False
            continue
        here = outline.section_at(block.span)
        if here is not section:
            section, subheading, fresh = here, "", True
        if section is not None and (section.repeat or section.kind in _UNREAD):
            continue
        passage = _passage(document, block, section, subheading, outline.meta.year, fresh)
        if passage.text.strip():
            yield passage
            is_heading = _is_heading(block, passage)
            subheading = passage.text if is_heading else subheading
            fresh = is_heading


def _passage(
    document: Document, block: Paragraph, section: Section | None, subheading: str, year: int | None, fresh: bool
) -> Passage:
    text, start = document.cut(block.span), block.span.start
    kind, heading = (section.kind, section.heading) if section is not None else (None, "")
    return Passage(text, start, kind, heading, subheading, year, fresh)


def _is_heading(block: Paragraph, passage: Passage) -> bool:
    text = passage.text.strip()
    if text == passage.heading.strip() or block.level > 0:
        return True
    return len(text) <= _LONGEST_HEADING and _HEADING.match(text) is not None


def _stretches(passage: Passage) -> Iterator[Passage]:
    """A passage in stretches of whole sentences that no rule's time grows beyond: a whole report may be one paragraph."""
    start, text = 0, passage.text
    if len(text) <= _LONGEST_STRETCH:
        yield passage
        return
    while len(text) - start > _LONGEST_STRETCH:
        ends = [one.span.end for one in sentences(text) if start < one.span.end <= start + _LONGEST_STRETCH]
        end = ends[-1] if ends else start + _LONGEST_STRETCH
        yield replace(passage, text=text[start:end], start=passage.start + start, fresh=passage.fresh and not start)
        start = end
    yield replace(passage, text=text[start:], start=passage.start + start, fresh=passage.fresh and not start)


def _drafts(passage: Passage, tagger: Tagger) -> list[Draft]:
    found = tagger.mentions(passage.text)
    if not found:
        return []
    tags, spans = tagged(tagger, passage, found), [one.span for one in sentences(passage.text)]
    sure = [one for one in tags if not one.doubtful]
    drafts = resolve(passage, found, sure, spans)
    if len(sure) == len(tags):
        return drafts
    # Doubt changes nothing of what is sure: it is read apart, with the sure tags beside it.
    return drafts + [one for one in resolve(passage, found, tags, spans) if one.doubtful]


def _closed_by_on_time(told: list[tuple[Draft, Passage]]) -> Iterator[tuple[Draft, Passage]]:
    """按时办结 N 件 says how many were closed, where nothing else in the report does."""
    if any(draft.indicator in (_CLOSED, _EXTENDED) for draft, _ in told):
        return
    for draft, passage in told:
        if draft.indicator == _ON_TIME and "延期" not in passage.text:
            yield replace(draft, indicator=_CLOSED, confidence=draft.confidence - 0.07), passage


def _facts(document: Document, told: Iterable[tuple[Draft, Passage]]) -> Iterator[Fact]:
    """Drafts as facts, those that say the same in the same way joined."""
    groups: dict[object, list[tuple[Draft, Passage]]] = {}
    for draft, passage in told:
        printed = passage.text[slice(*draft.spans[0])]
        groups.setdefault((draft.key, draft.value, printed), []).append((draft, passage))
    for same in groups.values():
        yield _fact(document, same)


def _fact(document: Document, same: list[tuple[Draft, Passage]]) -> Fact:
    first, passage = same[0]
    evidence = tuple(one for draft, where in same for one in _evidence(document, draft, where))
    return Fact(
        indicator=first.indicator, value=first.value, status=first.status, method="prose",
        raw=document.raw(first.spans[0].shifted(passage.start)), raw_unit=first.raw_unit, qualifier=first.qualifier,
        period=first.period, scope=first.scope, confidence=calibrated(max(draft.confidence for draft, _ in same)),
        evidence=tuple(dict.fromkeys(evidence)), parts=next((draft.parts for draft, _ in same if draft.parts), ()),
    )  # fmt: skip


def _evidence(document: Document, draft: Draft, passage: Passage) -> Iterator[Evidence]:
    quote = document.cut(draft.sentence.shifted(passage.start))
    for span in draft.spans:
        here: Span = span.shifted(passage.start)
        yield Evidence(span=here, source_span=document.source_span(here), quote=quote)
