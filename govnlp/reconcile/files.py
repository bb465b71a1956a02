"""Which file each piece of evidence stands in, where a page was followed to others (pictures, attachments)."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import replace

from govnlp.reconcile import Reconciled
from govnlp.reconcile.evidence import with_evidence
from govnlp.schema.document import Document, Followed
from govnlp.schema.facts import Evidence
from govnlp.schema.text import Span, Text


def over_source(document: Document) -> Document:
    """The document with `laid` over its source in place of its print, as evidence is until `filed` takes it apart.

    >>> from govnlp.schema.document import Laid, Place
    >>> made = Document("<p>1", Text("1", [3], [4]), Text("1"), (), "html", laid=(Laid(Span(0, 1), Place(1)),),
    ...                 files=(Followed(Span(3, 4), "t.png"),))
    >>> over_source(made).laid[0].span
    Span(start=3, end=4)
    """
    if not document.files:
        return document
    laid = tuple(one._replace(span=document.printed.origin(one.span)) for one in document.laid)
    return replace(document, printed=Text(document.source), laid=laid)


def filed(found: Reconciled, files: Sequence[Followed]) -> Reconciled:
    """What was found, each piece of evidence with its file, its span of the source that of the file's own text.

    >>> from govnlp.schema.report import Issue
    >>> issue = Issue(code="no_organ", severity="info", message="", evidence=Evidence(span=Span(0, 1), source_span=Span(7, 8)))
    >>> evidence = filed(Reconciled((), (), (issue,)), [Followed(Span(5, 9), "t.png")]).issues[0].evidence
    >>> evidence.file, evidence.source_span
    ('t.png', Span(start=2, end=3))
    """
    if not files:
        return found
    return with_evidence(found, lambda one: _located(one, files))


def _located(evidence: Evidence, files: Sequence[Followed]) -> Evidence:
    """The evidence with its file; what stands in the page itself has no page and box."""
    span = evidence.source_span
    around = [at for at, one in enumerate(files) if one.span.start <= span.start < one.span.end]
    # A file stands before those that it was followed to itself.
    at = min(reversed(around), key=lambda one: files[one].span.end - files[one].span.start, default=-1)
    home = files[at] if around else None
    start = home.span.start if home else 0
    inside = {one.span for one in files[at + 1 :] if home is None or home.span.holds(one.span)}
    own = Span(_own(span.start, inside) - start, _own(span.end, inside) - start)
    if home is None:
        return evidence.model_copy(update={"source_span": own, "page": None, "box": None})
    return evidence.model_copy(update={"source_span": own, "file": home.name})


def _own(at: int, inside: Collection[Span]) -> int:
    """A place less the lengths of the files put in before it, each once however they hold one another."""
    outer = [one for one in inside if not any(other != one and other.holds(one) for other in inside)]
    return at - sum(min(at, one.end) - one.start for one in outer if one.start < at)
