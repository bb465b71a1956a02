"""The same tables for other tools: CSV, JSON Lines, a DuckDB file with views."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO, Literal

from govnlp.batch.parts import TABLES, half, publish
from govnlp.extras import arrow, compute, imported, parquet
from govnlp.schema.facts import plain

if TYPE_CHECKING:
    import pyarrow as pa

TextFormat = Literal["csv", "jsonl"]
_ROWS = 10_000
_VIEWS = """
CREATE VIEW latest AS SELECT * FROM reports WHERE rank = 1;
CREATE VIEW panel AS SELECT organ, region, year, form, indicator, value, status, qualifier, method, confidence, raw,
  raw_unit, evidence, document FROM facts WHERE answer AND document IN (SELECT document FROM latest);
"""


def write_text(out: Path, kind: TextFormat) -> None:
    """`facts`, `reports` and `checks` as CSV or JSON Lines beside the Parquet files; values are exact digits.

    In CSV an empty field is a blank cell or nothing (the column `status` tells), and the issues of a report are parted
    by spaces.
    """
    for name in TABLES:
        final = out / f"{name}.{kind}"
        with half(final).open("wb") as file:
            _WRITERS[kind](out / f"{name}.parquet", file)
        publish(half(final), final)


def remove_more(out: Path) -> None:
    """Remove files of these formats, which an older state of the tables gave."""
    for name in (*(f"{table}.{kind}" for table in TABLES for kind in _WRITERS), "archive.duckdb"):
        (out / name).unlink(missing_ok=True)


def write_duckdb(out: Path) -> None:
    """archive.duckdb: the four tables, and the views `latest` (of each report the version to use) and `panel` (its
    answers). Needs the extra `duckdb`.
    """
    duckdb = imported("duckdb", "duckdb")
    final = out / "archive.duckdb"
    half(final).unlink(missing_ok=True)
    with duckdb.connect(str(half(final))) as base:
        for name in (*TABLES, "sources"):
            path = str(out / f"{name}.parquet").replace("'", "''")
            base.execute(f"CREATE TABLE {name} AS SELECT * FROM read_parquet('{path}')")  # noqa: S608 - our own path
        base.execute(_VIEWS)
    publish(half(final), final)


def _batches(path: Path) -> Iterator[pa.RecordBatch]:
    with parquet().ParquetFile(path) as file:
        yield from file.iter_batches(batch_size=_ROWS)


def _write_csv(path: Path, file: BinaryIO) -> None:
    csv = imported("pyarrow.csv")
    schema = parquet().read_schema(path)
    flat = arrow().schema([(field.name, _flat(field.type)) for field in schema])
    with csv.CSVWriter(file, flat) as writer:
        for batch in _batches(path):
            columns = [_flattened(column) for column in batch.columns]
            writer.write_batch(arrow().RecordBatch.from_arrays(columns, schema=flat))


def _flat(kind: pa.DataType) -> pa.DataType:
    types = arrow().types
    return arrow().string() if types.is_list(kind) or types.is_decimal(kind) else kind


def _flattened(column: pa.Array) -> pa.Array:
    """Lists as words; decimals as digits without the noughts that only fill them up."""
    pc, types = compute(), arrow().types
    if types.is_list(column.type):
        return pc.binary_join(column, " ")
    if types.is_decimal(column.type):
        return pc.utf8_rtrim(pc.utf8_rtrim(pc.cast(column, arrow().string()), "0"), ".")
    return column


def _write_jsonl(path: Path, file: BinaryIO) -> None:
    for batch in _batches(path):
        for row in batch.to_pylist():
            file.write(json.dumps(row, ensure_ascii=False, default=plain).encode() + b"\n")


_WRITERS: dict[TextFormat, Callable[[Path, BinaryIO], None]] = {"csv": _write_csv, "jsonl": _write_jsonl}
