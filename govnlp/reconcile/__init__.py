"""From what the tables and the prose say to answers, checks and issues. No printed value is ever changed.

>>> from govnlp.schema.facts import Fact
>>> from govnlp.schema.reading import Outline, Reading
>>> from govnlp.schema.report import Meta
>>> table = Fact(indicator="capacity.trainings", value=3, status="reported", method="table")
>>> prose = Fact(indicator="capacity.trainings", value=2, status="reported", method="prose")
>>> outline = Outline(Meta(year=2016, form="stat2014"), (), is_report=True)
>>> done = reconcile(Reading((table,)), Reading((prose,)), outline)
>>> [(fact.value, fact.answer) for fact in done.facts], done.checks[0].id, done.checks[0].difference
([(Decimal('3'), True), (Decimal('2'), False)], 'text_vs_table.capacity.trainings', Decimal('1'))
"""

from __future__ import annotations

from typing import NamedTuple

from govnlp.reconcile.agreement import agreements
from govnlp.reconcile.answers import THRESHOLD, answered, doubts, merged
from govnlp.reconcile.balance import balances
from govnlp.reconcile.recognised import recognised, weighed
from govnlp.reconcile.suggestions import suggested
from govnlp.schema.document import Document
from govnlp.schema.facts import Fact
from govnlp.schema.reading import Outline, Reading
from govnlp.schema.report import Check, Issue

__all__ = ["THRESHOLD", "Reconciled", "reconcile"]


class Reconciled(NamedTuple):
    """The facts, answers marked, in the order they were read (tables first); the checks; every issue of reading.

    `doubtful` facts were read too unsurely to stand beside the others; an issue tells of each that nothing else answers.
    """

    facts: tuple[Fact, ...]
    checks: tuple[Check, ...]
    issues: tuple[Issue, ...]
    doubtful: tuple[Fact, ...] = ()


def reconcile(tables: Reading, prose: Reading, outline: Outline, document: Document | None = None) -> Reconciled:
    """Choose the answer of each indicator, compare what is said twice, and try the identities on the answers.

    `issues` are those of both readings, and one for each indicator that only an unsure fact speaks of. Where a
    recogniser of characters read parts of `document`, the identities are tried on what it is unsure of too, and say
    how sure that is.
    """
    facts = merged(tables.facts + prose.facts)
    read = recognised(facts, document)
    if read:
        facts, checks = _weighed(read, facts, outline)
    else:
        facts = answered(facts, outline)
        checks = _checks(facts, outline)
    issues = (*tables.issues, *prose.issues, *doubts((*facts, *prose.doubtful)))
    return Reconciled(facts, checks, issues, prose.doubtful)


def _checks(facts: tuple[Fact, ...], outline: Outline) -> tuple[Check, ...]:
    return suggested((*balances(facts, outline.meta.form), *agreements(facts)))


def _weighed(
    read: tuple[Fact, ...], facts: tuple[Fact, ...], outline: Outline
) -> tuple[tuple[Fact, ...], tuple[Check, ...]]:
    """Recognised facts: all of them are tried, and those that are sure enough afterwards answer."""
    doubtful = frozenset(at for at, (one, fact) in enumerate(zip(read, facts, strict=True)) if one is not fact)
    tried = answered(read, outline, threshold=0)
    checks = _checks(tried, outline)
    return answered(weighed(tried, doubtful, checks), outline), checks
