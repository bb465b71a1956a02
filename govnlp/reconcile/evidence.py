"""One change made to every piece of evidence of a reading: facts, doubtful ones, checks, issues."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

from govnlp.reconcile import Reconciled
from govnlp.schema.facts import Evidence, Fact
from govnlp.schema.report import Check, Issue, Term

Change = Callable[[Evidence], Evidence]
_One = TypeVar("_One", Term, Issue)


def with_evidence(found: Reconciled, change: Change) -> Reconciled:
    """What was found, `change` made to each piece of its evidence.

    >>> with_evidence(Reconciled((), (), ()), lambda one: one)
    Reconciled(facts=(), checks=(), issues=(), doubtful=())
    """
    return Reconciled(
        facts=tuple(_fact(one, change) for one in found.facts),
        checks=tuple(_check(one, change) for one in found.checks),
        issues=tuple(_single(one, change) for one in found.issues),
        doubtful=tuple(_fact(one, change) for one in found.doubtful),
    )


def _fact(fact: Fact, change: Change) -> Fact:
    return fact.model_copy(update={"evidence": tuple(map(change, fact.evidence))})


def _check(check: Check, change: Change) -> Check:
    left, right = (tuple(_single(term, change) for term in side) for side in (check.left, check.right))
    return check.model_copy(update={"left": left, "right": right})


def _single(one: _One, change: Change) -> _One:
    return one.model_copy(update={"evidence": change(one.evidence)}) if one.evidence else one
