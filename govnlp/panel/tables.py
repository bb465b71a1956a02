"""What batch wrote, read again: the rows of reports.parquet, and the answers of facts.parquet as compact columns."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from govnlp.errors import FormatError, SourceError
from govnlp.extras import arrow, compute, parquet
from govnlp.panel.choose import ReportRow
from govnlp.panel.values import InnerChecks, OrganYear
from govnlp.schema.indicators import indicators

if TYPE_CHECKING:
    import pyarrow as pa

# The labels of a cell, in each the most frequent first.
LABELS: Mapping[str, tuple[str, ...]] = {
    "status": ("reported", "stated_none", "blank", "derived"),
    "qualifier": ("exact", "about", "at_least", "at_most"),
    "method": ("table", "prose", "derived"),
}
_READ = ("complete", "partial")
_ROWS = 50_000
_WANTED: Mapping[str, tuple[str, ...]] = {
    "reports": ReportRow._fields,
    "facts": ("document", "indicator", "value", *LABELS, "confidence", "answer"),
    "checks": ("document", "id", "status"),
}


class Cell(NamedTuple):
    """A figure of the panel: the number of its organ-year, its value and labels."""

    row: int
    value: Decimal | None
    status: str
    qualifier: str


def read_reports(folder: Path) -> list[ReportRow]:
    """The reports that `govnlp batch` read to `folder`, those that are none left out."""
    found: list[ReportRow] = []
    with _open(folder, "reports") as file:
        for batch in file.iter_batches(batch_size=_ROWS, columns=list(ReportRow._fields)):
            found += [ReportRow(**row) for row in batch.to_pylist() if row["status"] in _READ]
    return found


def read_cells(folder: Path, rows: Sequence[OrganYear]) -> pa.Table:
    """The answers of the chosen documents, in the order of organ-years and indicators.

    Columns: `row` (the place in `rows`), `indicator` (its place among `indicators()`), `value` decimal128(20, 4), and
    `status`, `qualifier`, `method` as places in `LABELS`, `confidence`.
    """
    pa = arrow()
    documents = pa.array([one.document for one in rows], pa.string())
    with _open(folder, "facts") as file:
        batches = file.iter_batches(batch_size=_ROWS, columns=list(_WANTED["facts"]))
        parts = [_compact(batch, documents) for batch in batches]
    table = pa.Table.from_batches(parts, _schema())
    return table.sort_by([("row", "ascending"), ("indicator", "ascending")])


def read_inner_checks(folder: Path, rows: Sequence[OrganYear]) -> tuple[InnerChecks, ...]:
    """The checks within the chosen documents, counted by identity and year."""
    years = {one.document: one.year for one in rows}
    counts = Counter[tuple[str, int, str]]()
    with _open(folder, "checks") as file:
        for batch in file.iter_batches(batch_size=_ROWS, columns=list(_WANTED["checks"])):
            columns = (batch[name].to_pylist() for name in _WANTED["checks"])
            counts.update(
                (name, years[one], status) for one, name, status in zip(*columns, strict=True) if one in years
            )
    keys = sorted({(name, year) for name, year, _ in counts})
    return tuple(
        InnerChecks(name, year, counts[name, year, "passed"], counts[name, year, "failed"]) for name, year in keys
    )


def cells_of(table: pa.Table, indicator: str) -> Iterator[Cell]:
    """The cells of one indicator, in the order of organ-years."""
    found = table.filter(compute().equal(table["indicator"], numbers()[indicator]))
    status, qualifier = LABELS["status"], LABELS["qualifier"]
    values = zip(*(found[name].to_pylist() for name in Cell._fields), strict=True)
    for row, value, stated, qualified in values:
        yield Cell(row, value, status[stated], qualifier[qualified])


@cache
def numbers() -> dict[str, int]:
    """The place of each indicator in the order of the forms."""
    return {name: number for number, name in enumerate(indicators())}


def _open(folder: Path, name: str) -> pa.parquet.ParquetFile:
    path = folder / f"{name}.parquet"
    if not path.is_file():
        raise SourceError(f"{path} does not exist; `govnlp batch ARCHIVE -o {folder}` writes it.")
    try:
        file = parquet().ParquetFile(path)
    except arrow().ArrowException as error:
        raise FormatError(f"{path} is no Parquet file: {error}.") from error
    if missing := set(_WANTED[name]) - set(file.schema_arrow.names):
        file.close()
        raise FormatError(f"{path} has no column {', '.join(sorted(missing))}; it is not as `govnlp batch` writes it.")
    return file


def _compact(batch: pa.RecordBatch, documents: pa.Array) -> pa.RecordBatch:
    pa, pc = arrow(), compute()
    known = pa.array(list(numbers()), pa.string())
    wanted = pc.and_(batch["answer"], pc.is_in(batch["document"], value_set=documents))
    kept = batch.filter(pc.and_(wanted, pc.is_in(batch["indicator"], value_set=known)))
    schema = _schema()
    columns = {
        "row": pc.index_in(kept["document"], value_set=documents),
        "indicator": pc.index_in(kept["indicator"], value_set=known),
        "value": kept["value"],
        "confidence": kept["confidence"],
        **{name: pc.index_in(kept[name], value_set=pa.array(labels)) for name, labels in LABELS.items()},
    }
    arrays = [columns[field.name].cast(field.type) for field in schema]
    return pa.RecordBatch.from_arrays(arrays, schema=schema)


def _schema() -> pa.Schema:
    pa = arrow()
    small = [("indicator", pa.int16()), *((name, pa.int8()) for name in LABELS)]
    return pa.schema([("row", pa.int32()), ("value", pa.decimal128(20, 4)), ("confidence", pa.float64()), *small])


def slices(table: pa.Table, rows: int, size: int) -> Iterable[tuple[range, pa.Table]]:
    """The cells of `size` organ-years at a time; `table` is as `read_cells` gives it."""
    column = table["row"].to_numpy()
    for first in range(0, rows, size):
        last = min(first + size, rows)
        start, stop = column.searchsorted([first, last])
        yield range(first, last), table.slice(start, stop - start)
