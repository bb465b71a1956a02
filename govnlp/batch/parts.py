"""The rows of finished documents, in parts: a folder each, that is there wholly or not at all.

A part is written under a hidden name, put on the disk, renamed, and only then entered in the ledger. What the ledger
does not know is removed when the next run starts: so a document whose run was killed is neither lost nor there twice.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from govnlp.batch.rows import checks_schema, facts_schema, reports_schema
from govnlp.extras import arrow, parquet

if TYPE_CHECKING:
    import pyarrow as pa

TABLES = ("facts", "reports", "checks")
_FOLDER = "parts"


class Rows:
    """The rows that wait to be written, as the workers sent them."""

    def __init__(self) -> None:
        self._bodies: tuple[list[pa.RecordBatch], ...] = ([], [], [])
        self.bytes = 0

    def add(self, bodies: Sequence[bytes]) -> None:
        """Three Arrow streams: facts, reports, checks."""
        for kept, body in zip(self._bodies, bodies, strict=True):
            kept.extend(arrow().ipc.open_stream(body))
            self.bytes += len(body)

    def add_reports(self, batch: pa.RecordBatch) -> None:
        """Rows of documents that gave no report."""
        self._bodies[1].append(batch)

    def tables(self) -> list[pa.Table]:
        """The rows as three tables."""
        schemas = (facts_schema(), reports_schema(), checks_schema())
        made = zip(self._bodies, schemas, strict=True)
        return [arrow().Table.from_batches(batches, schema) for batches, schema in made]


def part_path(out: Path, part: int) -> Path:
    """The folder of a part.

    >>> part_path(Path("out"), 7).as_posix()
    'out/parts/000007'
    """
    return out / _FOLDER / f"{part:06d}"


def write_part(out: Path, part: int, rows: Rows) -> None:
    """Write a part; it is on the disk and has its name when this returns."""
    final = part_path(out, part)
    folder = final.with_name(f".{final.name}")
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    for name, table in zip(TABLES, rows.tables(), strict=True):
        parquet().write_table(table, folder / f"{name}.parquet", compression="zstd")
        sync(folder / f"{name}.parquet")
    folder.rename(final)
    sync(final.parent)


def remove_unknown(out: Path, known: Iterable[int]) -> None:
    """Remove what a killed run left: parts that the ledger does not know, and halves of files."""
    keep = {part_path(out, part).name for part in known}
    for folder in (out / _FOLDER).glob("*"):
        if folder.name not in keep:
            shutil.rmtree(folder, ignore_errors=True)
    for half in out.glob(".*.half"):
        half.unlink(missing_ok=True)


def half(final: Path) -> Path:
    """The name under which a final file is written, until it is whole.

    >>> half(Path("out/facts.parquet")).as_posix()
    'out/.facts.parquet.half'
    """
    return final.with_name(f".{final.name}.half")


def publish(written: Path, final: Path) -> None:
    """Give a file that is whole its name; a reader sees the old one or the new one."""
    sync(written)
    written.replace(final)
    sync(final.parent)


def sync(path: Path) -> None:
    """Put a file or the names in a folder on the disk, where the system can."""
    try:
        handle = os.open(path, os.O_RDONLY)
    except OSError:
        return
    try:
        os.fsync(handle)
    except OSError:
        pass  # a folder cannot be synced everywhere
    finally:
        os.close(handle)
