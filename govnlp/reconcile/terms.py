"""The terms of checks: what was printed, and where it stands."""

from __future__ import annotations

from decimal import Decimal
from functools import lru_cache

from govnlp.schema.facts import Fact
from govnlp.schema.report import Term


def full_term(fact: Fact) -> Term:
    """The printed value of a fact and the place where it was read."""
    return Term(indicator=fact.indicator, value=fact.value, evidence=fact.evidence[0] if fact.evidence else None)


def bare_term(fact: Fact) -> Term:
    """The printed value of a fact alone."""
    return _bare(fact.indicator, fact.value)


# Terms are values and most cells of real forms hold 0, so that the same few are wanted again and again.
@lru_cache(maxsize=4096)
def _bare(indicator: str, value: Decimal | None) -> Term:
    return Term(indicator=indicator, value=value)
