"""What a report costs, with the model and without, for each backend: `python -m benchmarks.speed [--write-docs]`.

Real reports (../shared/seeds, where they are) and a synthetic archive are read on one core, each way in a process of its
own. The ways take turns and the best of some rounds counts, since other work on the machine only ever adds.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from pathlib import Path

from benchmarks.archive_make import items
from benchmarks.page import Place
from benchmarks.show import table
from benchmarks.speed_read import Cost

ROOT = Path(__file__).resolve().parents[1]
PAGE = ROOT / "docs" / "benchmarks.md"
SEEDS = ROOT.parent / "shared" / "seeds"
START, END = "<!-- measured: python -m benchmarks.speed --write-docs -->", "<!-- end of speed -->"
# How reports are read, and what the library calls it.
WAYS = {"rules alone": "none", "model, onnxruntime": "onnxruntime", "model, torch": "torch"}
_ARCHIVE = 120
_MEGA = 1_000_000
_THREADS = ("OMP_NUM_THREADS", "MKL_NUM_THREADS", "OPENBLAS_NUM_THREADS")


def measured(paths: Sequence[Path], rounds: int, turns: int) -> dict[str, Cost]:
    """The cost of each way over the same files; the ways take turns."""
    found: dict[str, Cost] = {}
    for _ in range(turns):
        for name, way in WAYS.items():
            cost = _spawned(way, paths, rounds)
            found[name] = cost.best(found.get(name, cost))
    return found


def _spawned(way: str, paths: Sequence[Path], rounds: int) -> Cost:
    command = [sys.executable, "-m", "benchmarks.speed_read", way, str(rounds), str(time.time()), *map(str, paths)]
    environment = os.environ | dict.fromkeys(_THREADS, "1")
    done = subprocess.run(command, check=True, stdout=subprocess.PIPE, env=environment, cwd=ROOT)
    return Cost(*json.loads(done.stdout))


def report(turns: int) -> Iterator[str]:
    """The part of the page, line by line."""
    rows: list[tuple[str, ...]] = []
    with tempfile.TemporaryDirectory() as folder:
        archive = _archive(Path(folder))
        seeds = sorted(SEEDS.glob("*.txt"))
        for title, paths, rounds in ((f"{len(seeds)} real reports", seeds, 4), ("archive", archive, 1)):
            if paths:
                rows += _rows(title, len(paths), measured(paths, rounds, turns))
    head = ("reports", "read with", "a second of CPU", "a second by the clock", "of the speed of the rules", "most memory",
            "import and first report, CPU", "by the clock")  # fmt: skip
    yield from table(head, rows, markdown=True)
    yield ""
    yield f"Measured on one core of {os.cpu_count()}, Python {sys.version.split()[0]}; the archive is {_ARCHIVE} documents, most with tables."
    if not seeds:
        yield "The real reports are not beside this checkout and were left out."


def _rows(title: str, count: int, found: dict[str, Cost]) -> Iterator[tuple[str, ...]]:
    rules = found["rules alone"].cpu
    for name, cost in found.items():
        yield (
            title, name, f"{count / cost.cpu:.1f}", f"{count / cost.wall:.1f}", f"{rules / cost.cpu:.2f}",
            f"{cost.memory / _MEGA:.0f} MB", f"{cost.first_cpu:.2f} s", f"{cost.first_wall:.2f} s",
        )  # fmt: skip


def _archive(folder: Path) -> list[Path]:
    paths = []
    for item in items(_ARCHIVE):
        path = folder / f"{item.number}{item.suffix}"
        path.write_bytes(item.data)
        paths.append(path)
    return paths


def main(arguments: list[str] | None = None) -> None:
    """Measure; print, or write into the documentation."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.speed", description=__doc__)
    parser.add_argument("--write-docs", action="store_true", help="write the table into docs/benchmarks.md")
    parser.add_argument("--turns", type=int, default=3, metavar="N", help="processes for each way (3)")
    chosen = parser.parse_args(arguments)
    text = "\n".join(report(chosen.turns))
    Place(PAGE, START, END).show(text, write=chosen.write_docs)


if __name__ == "__main__":
    main()
