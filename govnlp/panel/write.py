"""The files of a panel, each written beside its old state and then put in its place."""

from __future__ import annotations

import csv
import os
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from decimal import Decimal
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING, Literal, NamedTuple

from govnlp.errors import OptionError
from govnlp.extras import arrow, compute, imported, parquet
from govnlp.panel.frames import long_batches, wide_batches
from govnlp.panel.panel import Panel
from govnlp.panel.values import AcrossCheck, Document, Gap, NameRow
from govnlp.schema.facts import plain

if TYPE_CHECKING:
    import pyarrow as pa

Shape = Literal["long", "wide"]
Format = Literal["parquet", "csv"]


def write(
    panel: Panel, out: str | os.PathLike[str], *, shape: Shape = "long", formats: Sequence[Format] = ("parquet",)
) -> list[Path]:
    """Write `panel` in each format, and `checks_across.csv`, `gaps.csv`, `names.csv`, `documents.csv`, to the folder `out`.

    A wide panel has its statuses in `panel_status`. The paths are given back. `OptionError`: `out` is no folder.

    >>> import tempfile
    >>> from govnlp.batch import batch
    >>> from govnlp.panel import read
    >>> out = tempfile.mkdtemp()
    >>> _ = batch(["corpora/samples/city-2010.txt"], out)
    >>> [path.name for path in write(read(out), out, shape="wide")][:2]
    ['panel.parquet', 'panel_status.parquet']
    """
    folder = Path(out)
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise OptionError(f"{folder}: the folder cannot be made: {error.strerror or error}.") from error
    written = []
    for table in _tables(panel, shape):
        for kind in formats:
            path = folder / f"{table.name}.{kind}"
            with _half(path) as half:
                _WRITERS[kind](half, table.batches())
            written.append(path)
    _remove_other(folder, written)
    rows: tuple[tuple[str, type[NamedTuple], Iterable[NamedTuple]], ...] = (
        ("checks_across", AcrossCheck, panel.check_rows),
        ("gaps", Gap, panel.gap_rows),
        ("names", NameRow, panel.name_rows),
        ("documents", Document, panel.documents),
    )
    return [*written, *(_write_rows(folder / f"{name}.csv", kind, some) for name, kind, some in rows)]


class _Table(NamedTuple):
    name: str
    batches: Callable[[], Iterator[pa.RecordBatch]]


def _tables(panel: Panel, shape: Shape) -> tuple[_Table, ...]:
    if shape == "long":
        return (_Table("panel", lambda: long_batches(panel.rows, panel.cells)),)
    return (
        _Table("panel", lambda: wide_batches(panel.rows, panel.cells, "value")),
        _Table("panel_status", lambda: wide_batches(panel.rows, panel.cells, "status")),
    )


def _remove_other(folder: Path, written: Sequence[Path]) -> None:
    """Files of an older run in another shape or format would not belong to these."""
    for name in ("panel", "panel_status"):
        for kind in _WRITERS:
            path = folder / f"{name}.{kind}"
            if path not in written:
                path.unlink(missing_ok=True)


def _write_parquet(path: Path, batches: Iterator[pa.RecordBatch]) -> None:
    first = next(batches, None)
    schema = first.schema if first is not None else arrow().schema([("organ", arrow().string())])
    with parquet().ParquetWriter(path, schema, compression="zstd") as file:
        for batch in chain([] if first is None else [first], batches):
            file.write_batch(batch)


def _write_csv(path: Path, batches: Iterator[pa.RecordBatch]) -> None:
    first = next(batches, None)
    if first is None:
        path.write_text("organ\n", "utf-8")
        return
    pa = arrow()
    schema = pa.schema([(one.name, pa.string() if pa.types.is_decimal(one.type) else one.type) for one in first.schema])
    with imported("pyarrow.csv").CSVWriter(str(path), schema) as file:
        for batch in chain([first], batches):
            file.write_batch(pa.RecordBatch.from_arrays([_flat(one) for one in batch.columns], schema=schema))


def _flat(column: pa.Array) -> pa.Array:
    """Decimals as digits without the noughts that only fill them up."""
    pa, pc = arrow(), compute()
    if not pa.types.is_decimal(column.type):
        return column
    return pc.utf8_rtrim(pc.utf8_rtrim(pc.cast(column, pa.string()), "0"), ".")


def _write_rows(path: Path, kind: type[NamedTuple], rows: Iterable[NamedTuple]) -> Path:
    with _half(path) as half, half.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(kind._fields)
        for row in rows:
            writer.writerow([_digits(one) for one in row])
    return path


def _digits(value: object) -> object:
    return plain(value) if isinstance(value, Decimal) else value


@contextmanager
def _half(final: Path) -> Iterator[Path]:
    """The name under which a file is written until it is whole."""
    half = final.with_name(f".{final.name}.half")
    yield half
    half.replace(final)


_WRITERS: dict[Format, Callable[[Path, Iterator[pa.RecordBatch]], None]] = {
    "parquet": _write_parquet,
    "csv": _write_csv,
}
