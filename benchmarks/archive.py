"""An archive of tens of thousands of documents, read by `govnlp.batch`.

`python -m benchmarks.archive make N DIR` makes one; `python -m benchmarks.archive run` makes some and measures: documents
a second with one and two workers, memory of the workers from the first to the last thousand, the cost a document from the
smallest to the largest archive, and the rate of a run that finds everything finished. `--sizes 1000,3000` chooses the
sizes; `--json FILE` keeps the numbers; `--light` measures the cost of the batch itself, with a reader that hardly reads.
"""

from __future__ import annotations

import argparse
import json
import os
import resource
import shutil
import tempfile
from dataclasses import asdict, dataclass
from pathlib import Path
from time import perf_counter

import psutil

from benchmarks.archive_make import make
from govnlp.batch import Options, Status, Summary, batch

_SIZES = (1000, 3000, 10000, 30000)
_SPEED_SIZE = 2000
_LIGHT = "benchmarks.poison:light"
_MEBIBYTE = 1024 * 1024


@dataclass(frozen=True, slots=True)
class Timing:
    """One run: its documents, workers, seconds by the clock, CPU seconds of all its processes, and memory in MiB.

    `first` and `last` are the most that any worker held while the first and the last thousand documents were read,
    `run` the most that the run itself held.
    """

    sources: int
    read: int
    workers: int
    seconds: float
    cpu: float
    first: float
    last: float
    run: float

    @property
    def rate(self) -> float:
        """Sources a second."""
        return self.sources / self.seconds


class _Memory:
    """The most memory of any worker, by the thousand of documents that it was seen in."""

    def __init__(self) -> None:
        self.by_thousand: dict[int, int] = {}
        self.run = 0
        self._process = psutil.Process()

    def watch(self, status: Status) -> None:
        """Look at all workers; the run calls it often."""
        self.run = max(self.run, self._process.memory_info().rss)
        thousand = status.read.total() // 1000
        for worker in self._process.children():
            try:
                held = worker.memory_info().rss
            except psutil.Error:
                continue
            self.by_thousand[thousand] = max(self.by_thousand.get(thousand, 0), held)


def timed(archive: Path, out: Path, workers: int, reader: str, *, watched: bool = True) -> tuple[Timing, Summary]:
    """Run a batch once and time it."""
    memory = _Memory()
    before, start = _cpu(), perf_counter()
    summary = batch([archive], out, Options(workers=workers, reader=reader), memory.watch if watched else None)
    seconds = perf_counter() - start
    held = [memory.by_thousand[name] / _MEBIBYTE for name in sorted(memory.by_thousand)] or [0.0]
    read = summary.status.read.total()
    timing = Timing(
        summary.status.found, read, workers, seconds, _cpu() - before, held[0], held[-1], memory.run / _MEBIBYTE
    )
    return timing, summary


def measured(sizes: tuple[int, ...], reader: str) -> dict[str, list[Timing]]:
    """All runs: `speed` with one and two workers, `sizes` with two, `again` on the finished archives."""
    runs: dict[str, list[Timing]] = {"speed": [], "sizes": [], "again": []}
    with tempfile.TemporaryDirectory() as folder:
        archive = Path(folder, "speed")
        make(_SPEED_SIZE, archive)
        for workers in (1, 2):
            runs["speed"].append(_told("speed", timed(archive, Path(folder, f"speed-{workers}"), workers, reader)[0]))
        for size in sizes:
            archive, out = Path(folder, "archive"), Path(folder, "out")
            make(size, archive)
            runs["sizes"].append(_told("sizes", timed(archive, out, 2, reader)[0]))
            runs["again"].append(_told("again", timed(archive, out, 2, reader, watched=False)[0]))
            shutil.rmtree(archive)
            shutil.rmtree(out)
    return runs


def _told(name: str, one: Timing) -> Timing:
    print(
        f"{name:6} {one.sources:>6} sources, {one.read:>6} read, {one.workers} workers: {one.seconds:8.2f} s,"
        f" {one.rate:9.1f} a second, {1000 * one.cpu / one.sources:6.2f} ms of CPU each;"
        f" a worker holds {one.first:.0f} MiB first, {one.last:.0f} last; the run {one.run:.0f}"
        f" (load {os.getloadavg()[0]:.1f})",
        flush=True,
    )
    return one


def _cpu() -> float:
    """CPU seconds of this process and of those of its children that have ended."""
    kinds = (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)
    return sum(used.ru_utime + used.ru_stime for used in map(resource.getrusage, kinds))


def main() -> None:
    """Make or measure, as the arguments say."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    commands = parser.add_subparsers(dest="command", required=True)
    making = commands.add_parser("make", help="make an archive")
    making.add_argument("count", type=int)
    making.add_argument("folder", type=Path)
    making.add_argument("--poison", action="store_true", help="add documents that benchmarks.poison acts on")
    running = commands.add_parser("run", help="measure")
    running.add_argument("--sizes", default=",".join(map(str, _SIZES)))
    running.add_argument("--json", type=Path)
    running.add_argument("--light", action="store_true", help="with a reader that hardly reads")
    chosen = parser.parse_args()
    if chosen.command == "make":
        make(chosen.count, chosen.folder, poison=chosen.poison)
        return
    runs = measured(tuple(int(size) for size in chosen.sizes.split(",")), _LIGHT if chosen.light else Options().reader)
    if chosen.json:
        text = json.dumps({name: [asdict(one) for one in some] for name, some in runs.items()}, indent=2)
        chosen.json.write_text(text + "\n", "utf-8")


if __name__ == "__main__":
    main()
