"""spaCy: `spacy.load("models/zh_govnlp")` gives a pipeline that puts every figure it reads into `doc.spans["figures"]`.

Importing this module needs spaCy (`pip install 'govnlp[train]'`) and registers the component `govnlp_figures`.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, cast, get_args

from govnlp.errors import MissingExtraError
from govnlp.model_files import Backend
from govnlp.prose.read import read
from govnlp.schema.facts import Fact
from govnlp.schema.reading import Outline, Reading
from govnlp.schema.report import Meta, Section, SectionKind
from govnlp.schema.text import Span

try:
    from spacy.language import Language
    from spacy.tokens import Doc, SpanGroup
    from spacy.tokens import Span as DocSpan
except ImportError:
    raise MissingExtraError("this needs the package spacy: pip install 'govnlp[train]'") from None

if TYPE_CHECKING:
    from govnlp.prose.tagger import Tagger

NAME = "govnlp_figures"
GROUP = "figures"
_USUAL = {"model": None, "year": None, "section": None, "backend": "onnxruntime"}
# What a span says of its figure, beside its label, the indicator.
_FIELDS = ("value", "raw_unit", "qualifier", "period", "scope", "status", "confidence")


@Language.factory(NAME, default_config=_USUAL, assigns=["doc.spans"])
def make_figures(
    nlp: Language, name: str, model: str | None, year: int | None, section: str | None, backend: str
) -> Figures:
    """The component: `model` is a model folder, None for the pipeline's own; `year` and `section` hold for every text.

    `backend` runs the model, `onnxruntime` or `torch`.
    """
    if section is not None and section not in get_args(SectionKind):
        from govnlp.errors import OptionError

        raise OptionError(f"no section is named {section!r}; there are {', '.join(get_args(SectionKind))}")
    return Figures(
        Path(model) if model is not None else None, year, cast("SectionKind | None", section), cast("Backend", backend)
    )


class Figures:
    """Reads the figures of a text. `doc._.govnlp` holds all facts, `doc.spans["figures"]` where each was read.

    A text with a year of its own says so: `doc._.govnlp_year = 2016` before the component runs, or the option `year`.
    """

    def __init__(
        self, model: Path | None = None, year: int | None = None, section: SectionKind | None = None,
        backend: Backend = "onnxruntime",
    ) -> None:  # fmt: skip
        self._model, self._year, self._section, self._backend = model, year, section, backend
        self._tagger: Tagger | None = None
        _extend()

    def __call__(self, doc: Doc) -> Doc:
        """The document with its figures."""
        reading = self._read(doc.text, doc._.govnlp_year or self._year)
        doc._.govnlp = reading.facts
        spans = [span for fact in reading.facts for span in _spans(doc, fact)]
        doc.spans[GROUP] = SpanGroup(doc, name=GROUP, spans=spans)
        return doc

    def to_disk(self, path: Path, exclude: tuple[str, ...] = ()) -> None:
        """Nothing of its own is kept: the model's files stay in their folder."""

    def from_disk(self, path: Path, exclude: tuple[str, ...] = ()) -> Figures:
        """Where spaCy loads the pipeline from a folder, that folder is the model."""
        folder = Path(path).parent
        if self._model is None and (folder / "labels.json").is_file():
            self._model = folder
        return self

    def _read(self, text: str, year: int | None) -> Reading:
        from govnlp.learn.passages import as_document

        self._tagger = self._tagger or self._loaded()
        document = as_document(text)
        whole = Span(0, len(document.text.value))
        sections = (Section(kind=self._section, heading="", span=whole),) if self._section else ()
        return read(document, Outline(Meta(year=year), sections, is_report=True), self._tagger)

    def _loaded(self) -> Tagger:
        from govnlp.pipeline import load_model
        from govnlp.prose.rules import RuleTagger

        return load_model(self._model, self._backend) if self._model is not None else RuleTagger()


def _extend() -> None:
    for name in _FIELDS:
        if not DocSpan.has_extension(name):
            DocSpan.set_extension(name, default=None)
    for name in ("govnlp", "govnlp_year"):
        if not Doc.has_extension(name):
            Doc.set_extension(name, default=None)


def _spans(doc: Doc, fact: Fact) -> list[DocSpan]:
    found = []
    for evidence in fact.evidence:
        span = doc.char_span(*evidence.source_span, label=fact.indicator, alignment_mode="expand")
        if span is None:
            continue
        for name in _FIELDS:
            span._.set(name, getattr(fact, name))
        found.append(span)
    return found
