"""The panel as tables: long (a row a figure) and wide (a row an organ-year, a column an indicator)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Literal

from govnlp.extras import arrow, compute
from govnlp.panel.tables import LABELS, numbers, slices
from govnlp.panel.values import OrganYear

if TYPE_CHECKING:
    import pyarrow as pa

Of = Literal["value", "status", "qualifier", "method", "confidence"]
ABSENT = "absent"
_ABOUT = ("organ", "printed", "place", "level", "year", "form")
_SLICE = 2_000


def long_batches(rows: Sequence[OrganYear], table: pa.Table) -> Iterator[pa.RecordBatch]:
    """Some organ-years at a time: what they are, `indicator`, `value`, the labels, `confidence`, `document`, `source`."""
    pa = arrow()
    for places, cells in slices(table, len(rows), _SLICE):
        within = compute().subtract(cells["row"], pa.scalar(places.start, pa.int32()))
        columns = {
            name: _named(rows, places, name, _type(name)).take(within) for name in (*_ABOUT, "document", "source")
        }
        columns |= {name: pa.array(labels).take(cells[name].combine_chunks()) for name, labels in LABELS.items()}
        columns["indicator"] = pa.array(list(numbers())).take(cells["indicator"].combine_chunks())
        columns |= {name: cells[name] for name in ("value", "confidence")}
        order = (*_ABOUT, "indicator", "value", "status", "qualifier", "confidence", "method", "document", "source")
        whole = pa.table({name: columns[name] for name in order})
        yield from whole.combine_chunks().to_batches()


def wide_batches(rows: Sequence[OrganYear], table: pa.Table, of: Of) -> Iterator[pa.RecordBatch]:
    """Some organ-years at a time: what they are, their document, and `of` each indicator that any of them has.

    Status is `absent` where the report says nothing of an indicator: an empty `value` is that, or a `blank` cell.
    """
    pa, pc = arrow(), compute()
    present = sorted(pc.unique(table["indicator"]).to_pylist())
    ids = tuple(numbers())
    for places, cells in slices(table, len(rows), _SLICE):
        columns = {name: _named(rows, places, name, _type(name)) for name in (*_ABOUT, "status", "document", "source")}
        columns = {"report_status" if name == "status" else name: column for name, column in columns.items()}
        for number in present:
            found = cells.filter(pc.equal(cells["indicator"], pa.scalar(number, pa.int16())))
            columns[ids[number]] = _spread(found, places, of)
        yield pa.RecordBatch.from_pydict(columns)


def _spread(cells: pa.Table, places: range, of: Of) -> pa.Array:
    """A column with the cells at their organ-years."""
    pa, pc = arrow(), compute()
    wanted = pa.array(places, pa.int32())
    at = pc.index_in(wanted, value_set=cells["row"].combine_chunks())
    values = cells[of].combine_chunks()
    if of in LABELS:
        values = pa.array(LABELS[of]).take(values)
    column = values.take(at)
    return pc.fill_null(column, ABSENT) if of == "status" else column


def _named(rows: Sequence[OrganYear], places: range, name: str, kind: pa.DataType) -> pa.Array:
    return arrow().array([getattr(rows[place], name) for place in places], kind)


def _type(name: str) -> pa.DataType:
    return arrow().int16() if name == "year" else arrow().string()
