"""Time and memory: CPU seconds of one core, since wall clocks of a shared machine tell of its other users."""

from __future__ import annotations

import os
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import NamedTuple

_PEAK = """
import resource, sys
from pathlib import Path

def peak():
    try:
        line = next(x for x in Path("/proc/self/status").read_text().splitlines() if x.startswith("VmHWM"))
        return int(line.split()[1]) * 1024
    except (OSError, StopIteration):
        size = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
        return size if sys.platform == "darwin" else size * 1024
"""
EXTRACT_ALL = "from govnlp import extract\nfor name in sys.argv[1:]: extract(name)"
_FIRST = "import sys\nfrom govnlp import extract\nextract(sys.argv[1])"


class Run(NamedTuple):
    """What a process took: CPU seconds (its own and the system's for it) and seconds by the wall clock."""

    cpu: float
    wall: float


def per_second(reader: Callable[[bytes], object], made: Sequence[bytes], repeats: int = 3) -> float:
    """Pages a CPU second, the best of some rounds; a first page warms the reader up."""
    reader(made[0])
    return len(made) / min(_round(reader, made) for _ in range(repeats))


def _round(reader: Callable[[bytes], object], made: Sequence[bytes]) -> float:
    start = time.process_time()
    for data in made:
        reader(data)
    return time.process_time() - start


def bare_python(repeats: int = 5) -> Run:
    """Starting Python alone, which every other start holds."""
    return _best([sys.executable, "-c", "pass"], repeats)


def first_report(data: bytes, repeats: int = 5) -> Run:
    """A new process that imports govnlp and extracts one page."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "report.html")
        path.write_bytes(data)
        return _best([sys.executable, "-c", _FIRST, str(path)], repeats)


def help_page(repeats: int = 5) -> Run:
    """A new process for `govnlp --help`."""
    return _best([sys.executable, "-m", "govnlp", "--help"], repeats)


def peak_memory(made: Sequence[bytes], code: str = EXTRACT_ALL, suffix: str = ".html") -> int:
    """The most memory in bytes that a new process holds while `code` reads the files named in its arguments."""
    with tempfile.TemporaryDirectory() as folder:
        paths = [Path(folder, f"{number}{suffix}") for number in range(len(made))]
        for path, data in zip(paths, made, strict=True):
            path.write_bytes(data)
        output = Path(folder, "peak")
        _spawn([sys.executable, "-c", f"{_PEAK}{code}\nprint(peak())", *map(str, paths)], output)
        return int(output.read_text("utf-8"))


def _best(command: list[str], repeats: int) -> Run:
    runs = [_spawn(command, Path(os.devnull)) for _ in range(repeats)]
    return Run(min(run.cpu for run in runs), min(run.wall for run in runs))


def _spawn(command: list[str], output: Path) -> Run:
    """Run a command with its output in a file; the operating system says what it took."""
    start = time.perf_counter()
    opens = [(os.POSIX_SPAWN_OPEN, 1, str(output), os.O_WRONLY | os.O_CREAT, 0o600)]
    process = os.posix_spawn(command[0], command, os.environ, file_actions=opens)
    _, status, usage = os.wait4(process, 0)
    if status:
        raise RuntimeError(f"{command[:3]} ended with status {os.waitstatus_to_exitcode(status)}")
    return Run(usage.ru_utime + usage.ru_stime, time.perf_counter() - start)
