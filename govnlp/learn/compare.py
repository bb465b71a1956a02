"""What people marked beside what was read: what is right, what was missed, what was taken for something else."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Literal, NamedTuple

from govnlp.schema.facts import Period, Scope
from govnlp.schema.text import Span

Kind = Literal["figure", "none", "all", "cell"]


class Said(NamedTuple):
    """One fact, marked or read. `spans` are where it stands in the text; `kind` tells how it is said.

    `value` is None where the annotator gave none: it then agrees with every value.
    """

    indicator: str
    value: Decimal | None
    kind: Kind
    period: Period = "year"
    scope: Scope = "own"
    spans: tuple[Span, ...] = ()

    @property
    def name(self) -> str:
        """The indicator, with period and scope where they are not the report's own.

        >>> Said("capacity.budget", None, "figure", period="previous").name
        'capacity.budget@previous'
        """
        period = "" if self.period == "year" else f"@{self.period}"
        return self.indicator + period + ("" if self.scope == "own" else "/sub")

    def is_same(self, other: Said) -> bool:
        """Whether both say one thing: indicator, period, scope and value."""
        return self.name == other.name and (None in (self.value, other.value) or self.value == other.value)


@dataclass(frozen=True, slots=True)
class Outcome:
    """A fact of the gold, a fact that was read, or both where they are of one place or of one name.

    `quote` is the sentence, `place` the line of the annotation or the document's name.
    """

    gold: Said | None
    read: Said | None
    quote: str = ""
    place: str = ""

    @property
    def is_right(self) -> bool:
        """Whether what was read is what was marked."""
        return self.gold is not None and self.read is not None and self.gold.is_same(self.read)


@dataclass(frozen=True, slots=True)
class Compared:
    """The outcomes of one passage or document, what part of the report it is, and on which form it was made."""

    outcomes: tuple[Outcome, ...]
    section: str = ""
    form: str = ""
    # The section of each outcome, where a document has several.
    sections: tuple[str, ...] = ()


def compare(gold: Iterable[Said], read: Iterable[Said], text: str = "", place: str = "") -> list[Outcome]:
    """Each fact of the gold and each that was read in exactly one outcome.

    What is wrong is paired where it was read in the place of a gold fact, or has its name with another value.

    >>> marked = Said("fees.information.amount", Decimal(12), "figure", spans=(Span(2, 4),))
    >>> taken = Said("capacity.budget", Decimal(12), "figure", spans=(Span(2, 4),))
    >>> [(one.gold.name, one.read.name, one.is_right) for one in compare([marked], [taken])]
    [('fees.information.amount', 'capacity.budget', False)]
    """
    missed, extra = list(gold), list(read)
    found: list[Outcome] = []
    for is_pair in (Said.is_same, _is_renamed, _is_revalued):
        for one in tuple(missed):
            other = next((two for two in extra if is_pair(one, two)), None)
            if other is not None:
                missed.remove(one)
                extra.remove(other)
                found.append(Outcome(one, other))
    found += [*(Outcome(one, None) for one in missed), *(Outcome(None, one) for one in extra)]
    return sorted((_placed(one, text, place) for one in found), key=_first)


def _is_renamed(one: Said, other: Said) -> bool:
    return any(a.start < b.end and b.start < a.end for a in one.spans for b in other.spans)


def _is_revalued(one: Said, other: Said) -> bool:
    return one.name == other.name


def _first(one: Outcome) -> Span:
    spans = _spans(one)
    return spans[0] if spans else Span(0, 0)


def _spans(one: Outcome) -> Sequence[Span]:
    return [span for said in (one.gold, one.read) if said is not None for span in said.spans]


def _placed(one: Outcome, text: str, place: str) -> Outcome:
    spans = _spans(one)
    if not spans or not text:
        return replace(one, place=place)
    from govnlp.prose.sentences import sentences

    start = spans[0].start
    quote = next((text[slice(*span)] for span, _ in sentences(text) if span.start <= start < span.end), "")
    return replace(one, place=place, quote=quote)
