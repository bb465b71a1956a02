"""The one cell that breaks several sums: where those of its row and of its column fail by the same amount."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal
from functools import cache
from typing import NamedTuple

from govnlp.schema.identities import identities
from govnlp.schema.report import Check, Suggestion

_LEAST_SUMS = 2


class _Repair(NamedTuple):
    """A cell, the value with which every failed sum that it is in would hold, and those sums."""

    suggestion: Suggestion
    sums: frozenset[str]


def suggested(checks: Sequence[Check]) -> tuple[Check, ...]:
    """The checks; failed sums that one cell alone explains name it and the value that would satisfy them all.

    No cell is named whose other value would break a sum that holds or leave another broken, or where another cell
    explains the same sums as well: then no one can tell. The printed value stays as it is.

    >>> from govnlp.schema.report import Term
    >>> cells = {name: Term(indicator=f"applications.granted.{name}", value=value)
    ...          for name, value in {"natural_person": 7, "total": 1}.items()}
    >>> row = Check(id="applicants.granted", status="failed", message="", left=(cells["total"],),
    ...             right=(cells["natural_person"],), difference=-6)
    >>> column = Check(id="outcomes.natural_person", status="failed", message="", right=(cells["natural_person"],), difference=-6)
    >>> suggested([row, column])[0].suggestion
    Suggestion(indicator='applications.granted.natural_person', value=Decimal('1'))
    """
    exact = [check for check in checks if check.id in exact_sums()]
    broken = [check for check in exact if check.status == "failed"]
    if len(broken) < _LEAST_SUMS:
        return tuple(checks)
    holding = {term.indicator for one in exact if one.status == "passed" for term in one.left + one.right}
    found = [one for one in _repairs(broken) if one.suggestion.indicator not in holding]
    named = {name: one.suggestion for one in found if _is_alone(one, found) for name in one.sums}
    return tuple(
        check.model_copy(update={"suggestion": named[check.id]}) if check.id in named else check for check in checks
    )


@cache
def exact_sums() -> frozenset[str]:
    """The identities whose sides must be equal: only these say what a cell should be."""
    return frozenset(one.id for one in identities() if one.relation == "equal" and one.required and not one.shortfall)


def _repairs(broken: Sequence[Check]) -> Iterator[_Repair]:
    """Every cell of which one other value would make all the failed sums hold that it is in, two at least."""
    values: dict[str, set[Decimal]] = {}
    sums: dict[str, set[str]] = {}
    for check in broken:
        for term, sign in [*((term, 1) for term in check.left), *((term, -1) for term in check.right)]:
            value = (term.value or Decimal(0)) - sign * (check.difference or Decimal(0))
            values.setdefault(term.indicator, set()).add(value)
            sums.setdefault(term.indicator, set()).add(check.id)
    for name, wanted in values.items():
        if len(wanted) == 1 and len(sums[name]) >= _LEAST_SUMS and min(wanted) >= 0:
            yield _Repair(Suggestion(indicator=name, value=min(wanted)), frozenset(sums[name]))


def _is_alone(one: _Repair, found: Sequence[_Repair]) -> bool:
    """Whether no other cell explains one of its sums, but cells that explain fewer."""
    rivals = [other for other in found if other is not one and one.sums & other.sums]
    return all(other.sums < one.sums for other in rivals)
