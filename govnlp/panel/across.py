"""Checks across reports: over the years of one organ, and between a government and its departments.

Nothing is tried of which a term is not printed. What rests on a blank cell or on a figure that is not exact is undecided.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from decimal import Decimal
from typing import TYPE_CHECKING, NamedTuple

from govnlp.panel.names import names_data
from govnlp.panel.rules import Term, YearRule, level_rule, year_rules
from govnlp.panel.tables import Cell, cells_of
from govnlp.panel.values import AcrossCheck, OrganYear
from govnlp.schema.facts import plain
from govnlp.schema.identities import short_name
from govnlp.schema.report import CheckStatus

if TYPE_CHECKING:
    import pyarrow as pa

_ZERO = Decimal(0)


class _Side(NamedTuple):
    """The printed cells of a side with their signs."""

    cells: tuple[tuple[int, Cell], ...]

    @property
    def total(self) -> Decimal:
        """Their sum, a blank as nothing."""
        return sum((sign * (cell.value or _ZERO) for sign, cell in self.cells), _ZERO)

    @property
    def is_exact(self) -> bool:
        """Whether every figure is printed, and exact."""
        return all(cell.value is not None and cell.qualifier == "exact" for _, cell in self.cells)

    @property
    def is_blank(self) -> bool:
        """Whether no figure is printed at all."""
        return all(cell.value is None for _, cell in self.cells)


def checks_over_years(rows: Sequence[OrganYear], table: pa.Table) -> Iterator[AcrossCheck]:
    """The checks of each organ-year against the year before, rule by rule."""
    before = _years_before(rows)
    for rule in year_rules():
        names = {term.indicator for term in (*rule.left, *rule.right)}
        cells = {name: {cell.row: cell for cell in cells_of(table, name)} for name in names}
        for row in cells[rule.left[0].indicator]:
            if row in before:
                yield from _over_years(rule, rows, row, before[row], cells)


def checks_over_levels(rows: Sequence[OrganYear], table: pa.Table) -> Iterator[AcrossCheck]:
    """Each government of which a department prints more than it does, and that is in agreement with all of them."""
    families = _families(rows)
    for indicator in level_rule().indicators:
        cells = {cell.row: cell for cell in cells_of(table, indicator) if cell.value is not None}
        for government, departments in families.items():
            printed = [(cells[one].value or _ZERO, one) for one in departments if one in cells]
            if government in cells and printed:
                largest = max(printed, key=lambda pair: (pair[0], -pair[1]))[1]
                yield _over_levels(indicator, rows[government], cells[government], rows[largest], cells[largest])


def _years_before(rows: Sequence[OrganYear]) -> dict[int, int]:
    """The number of the row of the year before, for each row that has one."""
    places = {(one.organ, one.year): number for number, one in enumerate(rows)}
    found = {number: places.get((one.organ, one.year - 1)) for number, one in enumerate(rows)}
    return {number: last for number, last in found.items() if last is not None}


def _over_years(
    rule: YearRule, rows: Sequence[OrganYear], row: int, last: int, cells: dict[str, dict[int, Cell]]
) -> Iterator[AcrossCheck]:
    left, right = _side(rule.left, row, last, cells), _side(rule.right, row, last, cells)
    if left is None or right is None or (left.is_blank and right.is_blank):
        return
    difference = left.total - right.total
    exact = left.is_exact and right.is_exact
    status: CheckStatus = "passed" if exact and not difference else "failed" if exact and rule.required else "undecided"
    sides = ", ".join(_shown(terms, side) for terms, side in ((rule.left, left), (rule.right, right)))
    message = f"{rule.title}: {sides}{_excuse(difference, exact, rule.required)}"
    now, then = rows[row], rows[last]
    yield AcrossCheck(
        rule.id, now.organ, now.year, status, left.total if left.is_exact else None,
        right.total if right.is_exact else None, difference if exact else None, message, now.document, then.document,
    )  # fmt: skip


def _side(terms: tuple[Term, ...], row: int, last: int, cells: dict[str, dict[int, Cell]]) -> _Side | None:
    found = [(term.sign, cells[term.indicator].get(last if term.last else row)) for term in terms]
    printed = tuple((sign, cell) for sign, cell in found if cell is not None)
    return _Side(printed) if len(printed) == len(terms) else None


def _shown(terms: tuple[Term, ...], side: _Side) -> str:
    """`上年结转下年度2 + …`, each figure with its name."""
    parts = []
    for term, (_, cell) in zip(terms, side.cells, strict=True):
        sign = " - " if term.sign < 0 else " + "
        parts.append(f"{sign}{'上年' if term.last else '本年'}{short_name(term.indicator)}{_digits(cell)}")
    return "".join(parts).removeprefix(" + ")


def _digits(cell: Cell) -> str:
    if cell.value is None:
        return "空白" if cell.status == "blank" else "(数值见原文)"
    return f"{'' if cell.qualifier == 'exact' else '约'}{plain(cell.value)}"


def _excuse(difference: Decimal, exact: bool, required: bool) -> str:
    if not exact:
        return "; 含空白或约数, 不判为错误"
    if not difference:
        return ""
    return f", 差 {plain(abs(difference))}" + ("" if required else "; 通常成立, 表式不强制, 不判为错误")


def _families(rows: Sequence[OrganYear]) -> dict[int, list[int]]:
    """The departments of each government of a certain place, by the numbers of their rows in one year."""
    seats: dict[tuple[str, int], int] = {}
    offices: dict[tuple[str, int], list[int]] = defaultdict(list)
    governments = names_data()["governments"]
    for number, one in enumerate(rows):
        if not one.place:
            continue
        if one.office in governments:
            seats[one.place, one.year] = number
        else:
            offices[one.place, one.year].append(number)
    return {number: offices[seat] for seat, number in seats.items() if seat in offices}


def _over_levels(indicator: str, whole: OrganYear, total: Cell, part: OrganYear, most: Cell) -> AcrossCheck:
    """The government against the department that prints most."""
    left, right = total.value or _ZERO, most.value or _ZERO
    rule = level_rule()
    holds = left >= right
    said = f"{rule.title}: {short_name(indicator)} {whole.organ} {_digits(total)}, {part.organ} {_digits(most)}"
    excuse = "" if holds else f", 差 {plain(right - left)}; 汇总口径不一, 不判为错误"
    return AcrossCheck(
        f"{rule.id}.{indicator}", whole.organ, whole.year, "passed" if holds else "undecided", left, right,
        left - right, said + excuse, whole.document, part.document, part.organ,
    )  # fmt: skip
