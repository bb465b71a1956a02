"""Parquet: a document a row, its text or HTML in a column; read by small batches of rows."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from govnlp.batch.columns import fields, found_in
from govnlp.batch.values import Columns, Found, shown
from govnlp.extras import arrow, parquet

_ROWS = 32


def read_parquet(path: Path, limit: int, columns: Columns = Columns()) -> Iterator[Found]:  # noqa: B008 - immutable
    """The documents of a Parquet file, named after their rows from 1: `dump.parquet::1`.

    `ValueError` where the file is damaged or lacks a column that was named.
    """
    try:
        file = parquet().ParquetFile(path)
        chosen = fields(file.schema_arrow.names, columns)
        wanted = [name for name in chosen if name is not None and name in file.schema_arrow.names]
        weight = path.stat().st_size // max(1, file.metadata.num_rows)
        number = 0
        for batch in file.iter_batches(batch_size=_ROWS, columns=wanted if chosen.holds_text else None):
            for row in batch.to_pylist():
                number += 1
                yield found_in(row, chosen, f"{shown(str(path))}::{number}", limit, weight)
    except arrow().ArrowException as error:
        raise ValueError(f"the Parquet file cannot be read ({' '.join(str(error).split())[:200]})") from error
