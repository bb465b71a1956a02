"""What a panel does not have: years without a report, reports without figures, tables and rows of a form without a figure."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cache
from typing import TYPE_CHECKING

from govnlp.panel.tables import numbers, slices
from govnlp.panel.values import Gap, OrganYear
from govnlp.schema.forms import TABLES, FormTable, form
from govnlp.schema.indicators import FormName, indicators

if TYPE_CHECKING:
    import pyarrow as pa

_SLICE = 5_000


def gaps(rows: Sequence[OrganYear], table: pa.Table) -> Iterator[Gap]:
    """The gaps of a panel, in the order of its rows; `rows` and `table` are as `read_cells` has them."""
    last: OrganYear | None = None
    for places, cells in slices(table, len(rows), _SLICE):
        given = _given(places, cells)
        for place in places:
            one = rows[place]
            if last is not None and last.organ == one.organ:
                yield from (Gap("year", one.organ, year, None, None) for year in range(last.year + 1, one.year))
            yield from _missing(one, given[place])
            last = one


def _given(places: range, cells: pa.Table) -> dict[int, set[int]]:
    found: dict[int, set[int]] = {place: set() for place in places}
    for row, indicator in zip(cells["row"].to_pylist(), cells["indicator"].to_pylist(), strict=True):
        found[row].add(indicator)
    return found


def _missing(one: OrganYear, given: set[int]) -> Iterator[Gap]:
    """A report without figures is one gap, a table without any is one, else each row and column is one."""
    if not given:
        yield Gap("no_figures", one.organ, one.year, None, one.document)
        return
    for name, promised in _promised(one.form):
        missing = [number for number in promised if number not in given]
        if len(missing) == len(promised):
            yield Gap("table", one.organ, one.year, name, one.document)
        else:
            yield from (Gap("indicator", one.organ, one.year, _ids()[number], one.document) for number in missing)


@cache
def _promised(generation: FormName | None) -> tuple[tuple[str, tuple[int, ...]], ...]:
    """The tables of a generation of the form, and the indicators that each holds."""
    on_form = [name for name, one in indicators().items() if generation in one.forms]
    if generation == "stat2014":
        return (("stat2014", tuple(numbers()[name] for name in on_form)),)
    ids = {name: _held(name) for name in TABLES if name != "stat2014"}
    found = [(name, tuple(numbers()[one] for one in on_form if one in held)) for name, held in ids.items()]
    return tuple(pair for pair in found if pair[1])


def _held(name: FormTable) -> frozenset[str]:
    table = form(name)
    return frozenset(table.id(row, column) for row in table.rows for column in table.columns)


@cache
def _ids() -> tuple[str, ...]:
    return tuple(numbers())
