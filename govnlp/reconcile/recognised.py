"""How sure figures are that a recogniser of characters read: its own word, weighed against the sums of the report.

Measured on scans of random forms (`python -m benchmarks.pictures`); docs/pictures.md says what was found.
"""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter
from collections.abc import Sequence
from typing import NamedTuple

from govnlp.reconcile.suggestions import exact_sums
from govnlp.schema.document import Document
from govnlp.schema.facts import Fact
from govnlp.schema.report import Check
from govnlp.schema.text import Span

MOST = 0.95
"""What a recogniser read is never surer than this by itself,"""
MOST_CHECKED = 0.99
"""and never surer than this where sums hold with it."""
_DOUBT_LEFT = 0.3  # of the doubt, by each sum that holds; two of them are counted at most
_MOST_SUMS = 2
_IN_BROKEN = 0.6  # of the certainty is left to a cell all of whose sums fail,
_SUSPECTED = 0.3  # and to one that alone explains the sums that fail


def recognised(facts: Sequence[Fact], document: Document | None) -> tuple[Fact, ...]:
    """The facts that a recogniser read, each no surer than its least sure piece of text; of other facts, none.

    They are as many as `facts`, so that both can be gone through together, where anything was recognised.
    """
    if document is None or all(one.confidence == 1 for one in document.laid):
        return ()
    finder = _Finder(document, [one.span.start for one in document.laid])
    return tuple(_capped(fact, finder.sureness(fact)) for fact in facts)


def weighed(facts: Sequence[Fact], doubtful: frozenset[int], checks: Sequence[Check]) -> tuple[Fact, ...]:
    """The facts, those numbered in `doubtful` surer where sums hold with them and less sure where they fail."""
    told = _Told.of(checks)
    return tuple(
        _at(fact, told.sureness(fact)) if at in doubtful and fact.answer else fact for at, fact in enumerate(facts)
    )


class _Finder(NamedTuple):
    """The recognised lines and cells of a document, and where each begins in its printed text."""

    document: Document
    starts: Sequence[int]

    def sureness(self, fact: Fact) -> float:
        """How sure the reading of its evidence is: of the surest piece, where a thing is said several times."""
        return max((self._at(one.span) for one in fact.evidence), default=1.0)

    def _at(self, span: Span) -> float:
        printed = self.document.printed_span(span)
        first = max(0, bisect_right(self.starts, printed.start) - 1)
        last = max(first + 1, bisect_right(self.starts, max(printed.start, printed.end - 1)))
        # What stands on a page around a picture was not recognised.
        around = (one for one in self.document.laid[first:last] if one.span.end >= printed.start)
        return min((one.confidence for one in around), default=1.0)


class _Told(NamedTuple):
    """How many sums hold and fail with each indicator, and the indicators that alone explain failed ones."""

    held: Counter[str]
    failed: Counter[str]
    suspects: frozenset[str]

    @classmethod
    def of(cls, checks: Sequence[Check]) -> _Told:
        told = cls(Counter(), Counter(), frozenset(one.suggestion.indicator for one in checks if one.suggestion))
        for check in checks:
            if check.id not in exact_sums() and "_vs_" not in check.id:
                continue
            names = {term.indicator for term in check.left + check.right}
            if check.status == "passed":
                told.held.update(names)
            elif check.status == "failed" and check.suggestion is None:
                told.failed.update(names)
        return told

    def sureness(self, fact: Fact) -> float:
        name, sure = fact.indicator, fact.confidence
        if name in self.suspects:
            return sure * _SUSPECTED
        if not self.held[name]:
            return sure * _IN_BROKEN if self.failed[name] else sure
        if self.failed[name]:
            return sure
        return max(sure, min(MOST_CHECKED, 1 - (1 - sure) * _DOUBT_LEFT ** min(self.held[name], _MOST_SUMS)))


def _capped(fact: Fact, sure: float) -> Fact:
    return fact if sure == 1 else _at(fact, min(fact.confidence, sure, MOST))


def _at(fact: Fact, sure: float) -> Fact:
    return fact.model_copy(update={"confidence": round(sure, 4)})
