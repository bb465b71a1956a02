"""Documents of formats that hold no text of their own to point into: their source is what they print."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from govnlp.read import html
from govnlp.schema.document import Document
from govnlp.schema.report import Issue
from govnlp.schema.text import Text


def document_of(markup: str, form: str, issues: Iterable[Issue] = ()) -> Document:
    """The document that `markup` prints, with the print as its source; `issues` come before those of the reading.

    >>> document = document_of("<p>规章&amp;<b>1</b></p>", "docx")
    >>> document.source == document.printed.value == "规章&1\\n", document.format
    (True, 'docx')
    """
    page = html.document(markup)
    found = tuple(_over_print(one, page.printed) for one in page.issues)
    printed = Text(page.printed.value)
    return replace(page, source=printed.value, printed=printed, format=form, issues=(*issues, *found))


def _over_print(issue: Issue, printed: Text) -> Issue:
    if issue.evidence is None:
        return issue
    span = printed.image(issue.evidence.source_span)
    return issue.model_copy(update={"evidence": issue.evidence.model_copy(update={"source_span": span})})


def unread(form: str, *issues: Issue) -> Document:
    """A document of which nothing was read, with the issues that say why.

    >>> unread("doc").text.value
    ''
    """
    return Document(source="", printed=Text(""), text=Text(""), blocks=(), format=form, issues=issues)
