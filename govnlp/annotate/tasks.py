"""Passages of reports as tasks for annotators: each with what govnlp reads in it, marked as a suggestion."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from hashlib import blake2b

from govnlp.annotate.doubt import certainties, differences
from govnlp.prose.annotations import PART, Annotated, Label, Mark
from govnlp.prose.drafts import Draft
from govnlp.prose.mentions import Mention
from govnlp.prose.read import passages
from govnlp.prose.resolve import resolve
from govnlp.prose.sentences import sentences
from govnlp.prose.tagger import Passage, Tagger
from govnlp.schema.document import Document
from govnlp.schema.reading import Outline
from govnlp.schema.report import Report
from govnlp.schema.text import Span

_MOST_SENTENCES, _MOST_CHARACTERS = 6, 600
# 无 alone says nothing without the heading above it, which a task does not show.
_LEAST_CHARACTERS = 6


@dataclass(frozen=True, slots=True)
class Task:
    """A passage to annotate, its marks as suggested, and where it is from.

    `id` is stable: of the file's bytes, the place and the text. `certainty` (0 to 1) is how sure the reading is of its
    least sure mention; `difference` is how strongly rules and model differ, 0 where they agree or no model was asked.
    """

    id: str
    passage: Annotated
    source: str = ""
    organ: str = ""
    certainty: float = 1.0
    difference: float = 0.0


def tasks(report: Report, document: Document, tagger: Tagger) -> Iterator[Task]:
    """The tasks of a report, in order: its prose in stretches of up to six sentences that hold anything to mark.

    `report` and `document` are those of `govnlp.pipeline.inspect`. The text is the normalised one, which is what a model
    reads. What is no report gives none.
    """
    if report.status in ("not_a_report", "failed"):
        return
    outline = Outline(report.meta, report.sections, is_report=True)
    for passage in passages(document, outline):
        judged = _judged(passage, tagger)
        if judged.mentions:
            yield from (_task(report, judged, span) for span in _stretches(passage.text) if judged.holds(span))


@dataclass(frozen=True, slots=True)
class _Judged:
    """A passage as far as it is read: its mentions, its marks, how sure each mention is, what the model says else."""

    passage: Passage
    mentions: list[Mention]
    marks: list[Mark]
    certain: list[float]
    differing: list[float]

    def holds(self, span: Span) -> bool:
        """Whether anything stands in `span` that an annotator may mark, with words around it."""
        return span.end - span.start >= _LEAST_CHARACTERS and any(
            span.start <= one.raw.start < span.end for one in self.mentions
        )

    def within(self, values: list[float], span: Span) -> list[float]:
        """The values of the mentions that stand in `span`."""
        pairs = zip(self.mentions, values, strict=True)
        return [value for one, value in pairs if span.start <= one.raw.start < span.end]


def _judged(passage: Passage, tagger: Tagger) -> _Judged:
    found = tagger.mentions(passage.text)
    if not found:
        return _Judged(passage, [], [], [], [])
    tags = tagger.tag(passage, found)
    drafts = resolve(passage, found, tags, [one.span for one in sentences(passage.text)])
    certain = certainties(passage, found, tags, tagger)
    return _Judged(passage, found, marks(passage.text, found, drafts), certain, differences(passage, found, tagger))


def marks(text: str, mentions: list[Mention], drafts: list[Draft]) -> list[Mark]:
    """What was read as marks, in order and without overlaps; a mention that says several things bears several labels.

    Carried totals have their values, which the passage does not print at their place; figures and denials have none.
    """
    labels: dict[tuple[Span, str], list[Label]] = {}
    for draft in drafts:
        mention = mentions[draft.mention]
        value = draft.value if mention.kind == "all" else None
        held = labels.setdefault((_surface(mention), mention.kind), [])
        label = Label(draft.indicator, value, draft.period, draft.scope)
        if label not in held:
            held.append(label)
    for mention in _parts(text, mentions, drafts):
        labels.setdefault((_surface(mention), "figure"), [Label(PART)])
    found: list[Mark] = []
    for (span, kind), told in sorted(labels.items()):
        if not found or span.start >= found[-1].span.end:
            found.append(Mark(span, kind, tuple(told)))  # type: ignore[arg-type]
    return found


def _surface(mention: Mention) -> Span:
    """What an annotator marks: a figure with 近 or 余, the words that deny, the words that carry up to their verb."""
    if mention.kind == "figure":
        return mention.raw
    start, end = mention.span
    if mention.kind == "all" and mention.target is not None and mention.target.start > start:
        end = mention.target.start
    return Span(start, end)


def _parts(text: str, mentions: list[Mention], drafts: list[Draft]) -> Iterator[Mention]:
    """The figures of lists after 其中 that no indicator names, in the order in which they are told."""
    for draft in drafts:
        at = draft.mention + 1
        for part in draft.parts:
            while at < len(mentions) and text[slice(*mentions[at].raw)] != part.raw:
                at += 1
            if at < len(mentions):
                yield mentions[at]
                at += 1


def _stretches(text: str) -> Iterator[Span]:
    """A passage in stretches of whole sentences; a sentence that is longer stays whole."""
    start = end = count = 0
    for sentence in sentences(text):
        span = sentence.span
        if count and (count == _MOST_SENTENCES or span.end - start > _MOST_CHARACTERS):
            yield Span(start, end)
            start, count = span.start, 0
        start = start if count else span.start
        end, count = span.end, count + 1
    if count:
        yield Span(start, end)


def _task(report: Report, judged: _Judged, span: Span) -> Task:
    passage = judged.passage
    text = passage.text[slice(*span)]
    inside = [one for one in judged.marks if span.holds(one.span)]
    moved = tuple(one._replace(span=one.span.shifted(-span.start)) for one in inside)
    name = report.source.name or ""
    organ = report.meta.organ or ""
    certain = judged.within(judged.certain, span)
    return Task(
        id=_id(report.source.digest or name, passage.start + span.start, text),
        passage=Annotated(text, moved, passage.section, report.meta.year, organ or name),
        source=name,
        organ=organ,
        # The mean parts those whose least sure mention is as doubtful.
        certainty=round(0.99 * min(certain) + 0.01 * sum(certain) / len(certain), 4),
        difference=_strength(judged.within(judged.differing, span)),
    )


def _strength(differing: list[float]) -> float:
    return round(max(differing) + 0.01 * sum(differing), 4)


def _id(source: str, start: int, text: str) -> str:
    told = f"{source}\n{start}\n{text}".encode("utf-8", "surrogatepass")
    return blake2b(told, digest_size=6).hexdigest()


def value_text(value: Decimal | None) -> str:
    """A value as formats write it: digits without an exponent, nothing where there is none.

    >>> value_text(Decimal("1E+3")), value_text(None)
    ('1000', '')
    """
    return "" if value is None else format(value, "f")
