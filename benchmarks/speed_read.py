"""Reads files in one process on one core and says what it took: `python -m benchmarks.speed_read WAY ROUNDS STARTED FILE...`.

It imports nothing but the standard library and what it measures.
"""

from __future__ import annotations

import json
import os
import resource
import sys
import time
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from govnlp.pipeline import Model


class Cost(NamedTuple):
    """What one process took: seconds of CPU and by the clock, to the first report and for one round; bytes at most."""

    first_cpu: float
    first_wall: float
    cpu: float
    wall: float
    memory: float

    def best(self, other: Cost) -> Cost:
        """The least of each.

        >>> Cost(1, 2, 3, 4, 5).best(Cost(2, 1, 3, 4, 5))[:2]
        (1, 1)
        """
        return Cost(*map(min, self, other))


def cost(way: str, rounds: int, started: float, paths: Sequence[str]) -> Cost:
    """Read the files in this process: the first of them first of all, then all in some rounds, of which the best counts.

    `way` is `none`, for the rules alone, or a backend; `started` is when the process was started (seconds since 1970).
    """
    from govnlp import extract
    from govnlp.pipeline import load_model

    model = None if way == "none" else load_model(backend="torch" if way == "torch" else "onnxruntime")
    extract(paths[0], model=model)
    first = time.process_time(), time.time() - started
    spent = [_round(model, paths) for _ in range(rounds)]
    return Cost(*first, min(cpu for cpu, _ in spent), min(wall for _, wall in spent), peak())


def _round(model: Model, paths: Sequence[str]) -> tuple[float, float]:
    from govnlp import extract

    cpu, wall = time.process_time(), time.perf_counter()
    for path in paths:
        extract(path, model=model)
    return time.process_time() - cpu, time.perf_counter() - wall


def peak() -> int:
    """The most memory in bytes that this process held."""
    try:
        lines = Path("/proc/self/status").read_text("utf-8").splitlines()
        return int(next(line for line in lines if line.startswith("VmHWM")).split()[1]) * 1024
    except (OSError, StopIteration):
        size = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
        return size if sys.platform == "darwin" else size * 1024


if __name__ == "__main__":
    if hasattr(os, "sched_setaffinity"):
        os.sched_setaffinity(0, {max(os.sched_getaffinity(0))})
    sys.stdout.write(json.dumps(cost(sys.argv[1], int(sys.argv[2]), float(sys.argv[3]), sys.argv[4:])))
