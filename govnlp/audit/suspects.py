"""The one cell that breaks several sums: the failed checks that suggest one value for one cell, together."""

from __future__ import annotations

from decimal import Decimal
from typing import NamedTuple

from govnlp.schema.report import Check, Report, Suggestion, Term


class Suspect(NamedTuple):
    """A printed cell, the value with which every sum that it breaks would hold, and those sums."""

    term: Term
    value: Decimal
    checks: tuple[Check, ...]


def suspects(report: Report) -> list[Suspect]:
    """The cells that alone would explain several failed sums, in the order of the sums.

    >>> suspects(Report(status="complete"))
    []
    """
    groups: dict[Suggestion, list[Check]] = {}
    for check in report.failed_checks:
        if check.suggestion is not None:
            groups.setdefault(check.suggestion, []).append(check)
    return [
        Suspect(term, suggestion.value, tuple(checks))
        for suggestion, checks in groups.items()
        if (term := checks[0].suspect) is not None
    ]
