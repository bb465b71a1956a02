"""A label in one word, for tools that know labels as plain names: `all:applications.replied.total@previous/subordinate=2`."""

from __future__ import annotations

import re

from govnlp.annotate.records import LabelRecord
from govnlp.annotate.tasks import value_text
from govnlp.prose.annotations import Label
from govnlp.prose.mentions import MentionKind

_LABEL = re.compile(
    r"(?:(?P<kind>\w+):)?(?P<name>[\w.]+)(?:@(?P<period>\w+))?(?:/(?P<scope>\w+))?(?:=(?P<value>-?[\d.]+))?", re.ASCII
)


def written(kind: MentionKind, label: Label) -> str:
    """A label as one word; what is usual (a figure, of the year, the office's own) is left out.

    >>> written("figure", Label("capacity.budget")), written("none", Label("capacity.budget", None, "previous"))
    ('capacity.budget', 'none:capacity.budget@previous')
    """
    head = "" if kind == "figure" else f"{kind}:"
    period = "" if label.period == "year" else f"@{label.period}"
    scope = "" if label.scope == "own" else f"/{label.scope}"
    value = f"={value_text(label.value)}" if label.value is not None else ""
    return f"{head}{label.indicator}{period}{scope}{value}"


def read(word: str) -> tuple[str, LabelRecord] | None:
    """The kind and the label of a word; None for a word that is none. Its names are not checked here.

    >>> read("none:capacity.budget@previous")
    ('none', {'indicator': 'capacity.budget', 'value': None, 'period': 'previous', 'scope': 'own'})
    """
    match = _LABEL.fullmatch(word.strip())
    if match is None:
        return None
    label = LabelRecord(
        indicator=match["name"], value=match["value"], period=match["period"] or "year", scope=match["scope"] or "own"
    )
    return match["kind"] or "figure", label
