"""The one cell that breaks several sums: where a row and a column fail by the same amount, the cell that is in both."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from decimal import Decimal
from functools import cache
from typing import NamedTuple

from govnlp.schema.identities import identities
from govnlp.schema.report import Check, Report, Term

_LEAST_SUMS = 2


class Suspect(NamedTuple):
    """A printed cell, the value with which every sum that it breaks would hold, and those sums."""

    term: Term
    value: Decimal
    checks: tuple[Check, ...]


def suspects(report: Report) -> list[Suspect]:
    """The cells that alone would explain several failed sums, one at most for each sum.

    A cell is none where its other value would break a sum that holds, or where another cell explains the same sums as
    well: then no one can tell.
    """
    broken = [check for check in report.failed_checks if check.id in _exact()]
    holding = {
        term.indicator for check in report.checks if check.status == "passed" for term in check.left + check.right
    }
    found = [one for one in _candidates(broken) if one.term.indicator not in holding]
    found.sort(key=lambda one: -len(one.checks))
    chosen: list[Suspect] = []
    for one in found:
        ids = {check.id for check in one.checks}
        rivals = [other for other in found if other is not one and ids <= {check.id for check in other.checks}]
        taken = {check.id for other in chosen for check in other.checks}
        if not rivals and ids.isdisjoint(taken):
            chosen.append(one)
    return chosen


def _candidates(broken: Iterable[Check]) -> Iterator[Suspect]:
    """Every cell with a value that would make at least two of the failed sums hold."""
    repairs: dict[tuple[str, Decimal], list[tuple[Term, Check]]] = {}
    for check in broken:
        for term, sign in [*((term, 1) for term in check.left), *((term, -1) for term in check.right)]:
            value = (term.value or Decimal(0)) - sign * (check.difference or Decimal(0))
            if value >= 0:
                repairs.setdefault((term.indicator, value), []).append((term, check))
    for (_, value), pairs in repairs.items():
        if len(pairs) >= _LEAST_SUMS:
            yield Suspect(pairs[0][0], value, tuple(check for _, check in pairs))


@cache
def _exact() -> frozenset[str]:
    """The identities whose sides must be equal: only these say what a cell should be."""
    return frozenset(one.id for one in identities() if one.relation == "equal" and one.required and not one.shortfall)
