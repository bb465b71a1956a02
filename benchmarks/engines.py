"""The same archive on the pool and on Ray: equal rows, and what a document costs on each.

`python -m benchmarks.engines` makes an archive of 1,000 documents (`--documents N` of another size, `--archive DIR` reads one
that is there), reads it with both engines and compares all tables but the seconds; the exit code is 1 where they differ.
"""

from __future__ import annotations

import argparse
import json
import sys
import tempfile
import time
from pathlib import Path
from typing import NamedTuple

import pyarrow.parquet as pq

from benchmarks.archive_make import make
from govnlp.batch import Options, batch
from govnlp.batch.run import Engine

_TABLES = ("facts", "reports", "checks", "sources")


class Measured(NamedTuple):
    """A run: the documents, the seconds by the clock, those of reading in all workers together, and the CPU seconds of
    the run's own process, which no number of workers shortens.
    """

    engine: str
    documents: int
    seconds: float
    reading: float
    own: float


def main() -> int:
    """Measure and compare."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--documents", type=int, default=1000)
    parser.add_argument("--archive", type=Path)
    parser.add_argument("--workers", type=int, default=2)
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory() as temporary:
        archive = arguments.archive or Path(temporary) / "archive"
        if arguments.archive is None:
            make(arguments.documents, archive)
        outs = {engine: Path(temporary) / engine for engine in ("pool", "ray")}
        for engine, out in outs.items():
            print(_measured(archive, out, engine, arguments.workers), flush=True)  # type: ignore[arg-type]
        differing = [name for name in _TABLES if _rows(outs["pool"], name) != _rows(outs["ray"], name)]
    print(f"differing: {', '.join(differing)}" if differing else "all rows are equal")
    return int(bool(differing))


def _measured(archive: Path, out: Path, engine: Engine, workers: int) -> Measured:
    start, before = time.perf_counter(), time.process_time()
    summary = batch([archive], out, Options(workers=workers, engine=engine))
    seconds, own = time.perf_counter() - start, time.process_time() - before
    reading = sum(pq.read_table(out / "reports.parquet", columns=["seconds"])["seconds"].to_pylist())
    return Measured(engine, summary.status.read.total(), round(seconds, 1), round(reading, 1), round(own, 1))


def _rows(out: Path, name: str) -> list[str]:
    """The rows of a table, sorted, without what differs from run to run."""
    rows = pq.read_table(out / f"{name}.parquet").to_pylist()
    kept = ({key: value for key, value in row.items() if key != "seconds"} for row in rows)
    return sorted(json.dumps(row, ensure_ascii=False, default=str, sort_keys=True) for row in kept)


if __name__ == "__main__":
    sys.exit(main())
