"""Amounts: the unit that is printed for one, and what it is in 元.

The unit stands in the cell (251000元), in a column of units (单位), or in a label (单位:万元). Where none is printed the
official form's own unit serves for a form that fixes one, and the report is told so.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from decimal import Decimal
from typing import NamedTuple

from govnlp.normalise.units import money_factor
from govnlp.tables.cells import Item

_IN_LABEL = re.compile(
    r"单位\s*[:：为]?\s*(?:人民币)?\s*(亿元|万元|千元|百元|元)|[(（]\s*(?:人民币)?\s*(亿元|万元|千元|百元|元)\s*[)）]"
)


class Amount(NamedTuple):
    """The unit of an amount, its factor to 元, and whether it was printed rather than fixed by the form."""

    unit: str
    factor: Decimal
    printed: bool = True


def amount_unit(cell: str | None, units: Sequence[Item], labels: Sequence[str], form_unit: str | None) -> Amount | None:
    """The unit that counts for an amount, the nearest first; None where none is known.

    >>> amount_unit(None, (), ("本年收费金额(单位:万元)",), None)
    Amount(unit='万元', factor=Decimal('10000'), printed=True)
    """
    named = [cell, *(unit.content.bare for unit in reversed(units)), *(_in_label(label) for label in labels)]
    for unit in named:
        factor = money_factor(unit) if unit else None
        if unit and factor:
            return Amount(unit, factor)
    factor = money_factor(form_unit) if form_unit else None
    return Amount(form_unit, factor, printed=False) if form_unit and factor else None


def _in_label(label: str) -> str | None:
    found = _IN_LABEL.search(label)
    return (found[1] or found[2]) if found else None
