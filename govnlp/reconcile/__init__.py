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
from govnlp.schema.facts import Fact
from govnlp.schema.reading import Outline, Reading
from govnlp.schema.report import Check, Issue

__all__ = ["THRESHOLD", "Reconciled", "reconcile"]


class Reconciled(NamedTuple):
    """The facts, answers marked, in the order they were read (tables first); the checks; every issue of reading."""

    facts: tuple[Fact, ...]
    checks: tuple[Check, ...]
    issues: tuple[Issue, ...]


def reconcile(tables: Reading, prose: Reading, outline: Outline) -> Reconciled:
    """Choose the answer of each indicator, compare what is said twice, and try the identities on the answers.

    `issues` are those of both readings, and one for each indicator that only an unsure fact speaks of.
    """
    facts = answered(merged(tables.facts + prose.facts), outline)
    checks = (*balances(facts, outline.meta.form), *agreements(facts))
    return Reconciled(facts, checks, (*tables.issues, *prose.issues, *doubts(facts)))
