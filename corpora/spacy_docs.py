"""The corpus as spaCy documents: one token a character, the marks in the span group `figures`. Needs the extra `train`."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING, cast

from corpora.records import Kind, Label, Mark, Passage
from govnlp.errors import MissingExtraError
from govnlp.schema.facts import Period, Scope
from govnlp.schema.report import SectionKind

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.tokens import Doc, Span

GROUP = "figures"
_NO_VALUE = "-"


def write_docbin(passages: Iterable[Passage], path: Path) -> None:
    """Write passages as a DocBin, which `spacy train` reads."""
    from_tokens = blank()
    from spacy.tokens import DocBin

    DocBin(docs=[to_doc(passage, from_tokens) for passage in passages], store_user_data=True).to_disk(path)


def read_docbin(path: Path) -> list[Passage]:
    """The passages of a DocBin that `write_docbin` wrote."""
    language = blank()
    from spacy.tokens import DocBin

    return [from_doc(doc) for doc in DocBin().from_disk(path).get_docs(language.vocab)]


def blank() -> Language:
    """An empty Chinese pipeline that makes each character a token; `MissingExtraError` without spaCy."""
    try:
        import spacy
    except ImportError:
        raise MissingExtraError("this needs the package `spacy`: pip install 'govnlp[train]'") from None
    return spacy.blank("zh")


def to_doc(passage: Passage, language: Language) -> Doc:
    """A passage as a document: one span a label in the group `figures`, so two at one place where a mark bears two.

    A span's `label_` is the indicator, its `kb_id_` the value (`-` where there is none), its `id_` kind, period and
    scope joined by a bar. `user_data` holds the voice, level, style, section and year.
    """
    from spacy.tokens import Doc

    doc = Doc(language.vocab, words=list(passage.text), spaces=[False] * len(passage.text))
    doc.spans[GROUP] = [_span(doc, mark, label) for mark in passage.marks for label in mark.labels]
    doc.user_data.update(
        voice=passage.voice, level=passage.level, style=passage.style, section=passage.section, year=passage.year
    )
    return doc


def from_doc(doc: Doc) -> Passage:
    """The inverse of `to_doc`."""
    marks: dict[tuple[int, int, str], list[Label]] = {}
    for span in doc.spans[GROUP]:
        kind, period, scope = span.id_.split("|")
        value = None if span.kb_id_ == _NO_VALUE else Decimal(span.kb_id_)
        label = Label(span.label_, value, cast("Period", period), cast("Scope", scope))
        marks.setdefault((span.start_char, span.end_char, kind), []).append(label)
    data = doc.user_data
    return Passage(
        data["voice"], data["level"], data["style"], cast("SectionKind", data["section"]), data["year"], doc.text,
        tuple(Mark(start, end, cast("Kind", kind), tuple(labels)) for (start, end, kind), labels in marks.items()),
    )  # fmt: skip


def _span(doc: Doc, mark: Mark, label: Label) -> Span:
    from spacy.tokens import Span

    value = _NO_VALUE if label.value is None else format(label.value, "f")
    told = f"{mark.kind}|{label.period}|{label.scope}"
    return Span(doc, mark.start, mark.end, label=label.indicator, kb_id=value, span_id=told)
