"""spaCy's DocBin: one token a character, a span a label in `doc.spans["figures"]`. MessagePack, no pickle; needs spaCy."""

from __future__ import annotations

import zlib
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from govnlp.annotate.records import LabelRecord, Read, Record, joined
from govnlp.annotate.tasks import Task, value_text
from govnlp.errors import MissingExtraError
from govnlp.prose.annotation_checks import Refused
from govnlp.prose.annotations import MOST_BYTES, Label, Mark

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.tokens import Doc, Span

GROUP = "figures"
_NO_VALUE = "-"


def to_bytes(tasks: Iterable[Task]) -> bytes:
    """The file of a DocBin.

    A span's `label_` is the indicator, its `kb_id_` the value (`-` where there is none), its `id_` kind, period and scope
    joined by a bar; `doc.user_data` holds section, year, voice, govnlp_id and source.
    """
    language = _blank()
    from spacy.tokens import DocBin

    return DocBin(docs=(_doc(task, language) for task in tasks), store_user_data=True).to_bytes()


def read(data: bytes) -> Read:
    """The records of a DocBin; spans of the group `figures` alone are looked at."""
    language = _blank()
    from spacy.tokens import DocBin

    if _is_too_large(data):
        yield "the file", Refused(f"it is no DocBin, or one of more than {MOST_BYTES // 1_000_000} MB unpacked")
        return
    try:
        docs = list(DocBin().from_bytes(data).get_docs(language.vocab))
    except (ValueError, KeyError, TypeError, IndexError) as error:
        yield "the file", Refused(f"it is no DocBin: {error}")
        return
    for number, doc in enumerate(docs, 1):
        yield f"document {number}", _record(doc)


def _is_too_large(data: bytes) -> bool:
    """Whether the data are no zlib stream, or one that unpacks to more than a file of annotations may hold."""
    unpacked = zlib.decompressobj()
    try:
        unpacked.decompress(data, MOST_BYTES)
    except zlib.error:
        return True
    return bool(unpacked.unconsumed_tail)


def _blank() -> Language:
    try:
        import spacy
    except ImportError:
        raise MissingExtraError("a DocBin needs the package spacy: pip install 'govnlp[train]'") from None
    return spacy.blank("zh")


def _doc(task: Task, language: Language) -> Doc:
    from spacy.tokens import Doc

    passage = task.passage
    doc = Doc(language.vocab, words=list(passage.text), spaces=[False] * len(passage.text))
    doc.spans[GROUP] = [_span(doc, mark, label) for mark in passage.marks for label in mark.labels]
    doc.user_data.update(
        section=passage.section, year=passage.year, voice=passage.voice, govnlp_id=task.id, source=task.source
    )
    return doc


def _span(doc: Doc, mark: Mark, label: Label) -> Span:
    from spacy.tokens import Span

    value = _NO_VALUE if label.value is None else value_text(label.value)
    told = f"{mark.kind}|{label.period}|{label.scope}"
    return Span(doc, *mark.span, label=label.indicator, kb_id=value, span_id=told)


def _record(doc: Doc) -> Record:
    told = doc.user_data
    return Record(
        text=doc.text, section=told.get("section"), year=told.get("year"), voice=told.get("voice") or "",
        marks=joined(_labels(doc)),
    )  # fmt: skip


def _labels(doc: Doc) -> Iterator[tuple[object, object, object, LabelRecord]]:
    for span in doc.spans.get(GROUP, ()):
        kind, period, scope = (*span.id_.split("|"), "", "", "")[:3]
        value = None if span.kb_id_ in ("", _NO_VALUE) else span.kb_id_
        label = LabelRecord(indicator=span.label_, value=value, period=period or "year", scope=scope or "own")
        yield span.start_char, span.end_char, kind or "figure", label
