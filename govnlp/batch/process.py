"""One worker process as the run sees it: what it was given, what it is at, how to end it."""

from __future__ import annotations

import os
import queue
import subprocess
import sys
import tempfile
import threading
import time
from collections import deque
from typing import BinaryIO, NamedTuple, cast

from govnlp.batch.frames import Frame, read_frame, write_frame
from govnlp.batch.values import Job
from govnlp.batch.worker import Settings

# One thread each: the run keeps as many workers as there are processors.
_ONE_THREAD = dict.fromkeys(
    ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS", "ARROW_IO_THREADS", "MALLOC_ARENA_MAX"), "1"
)
# How long a process that has closed its pipe may take to end.
_LAST_BREATH = 5.0
_LAST_WORDS = 2000


class Event(NamedTuple):
    """What a worker said; None: it is gone."""

    worker: Worker
    frame: Frame | None


class Worker:
    """A worker process. `given` are the jobs that it has and has not answered, in order; `began` is the one it is at.

    A thread writes to its pipe and another reads from it, so that no slow document ever holds the run up.
    """

    def __init__(self, settings: Settings, events: queue.SimpleQueue[Event]) -> None:
        self.given: deque[Job] = deque()
        self.began: Job | None = None
        self.since = time.monotonic()
        self.is_ready = False
        self.base_memory = 0
        self.verdict: str | None = None
        self._queue: queue.SimpleQueue[Frame | None] = queue.SimpleQueue()
        self._said = tempfile.TemporaryFile()  # noqa: SIM115 - it is gone with this object
        self._process = subprocess.Popen(  # noqa: S603 - our own module, by a list of arguments
            [sys.executable, "-P", "-m", "govnlp.batch.worker", settings.to_json()],
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=self._said, env=_environment(),
        )  # fmt: skip
        for target, pipe in ((self._write, self._process.stdin), (self._listen, self._process.stdout)):
            threading.Thread(target=target, args=(cast("BinaryIO", pipe), events), daemon=True).start()

    @property
    def pid(self) -> int:
        """The id of the process."""
        return self._process.pid

    @property
    def held_bytes(self) -> int:
        """The bytes of documents that wait at this worker."""
        return sum(len(job.data) for job in self.given)

    def give(self, jobs: list[Job]) -> None:
        """Hand over jobs; the answer to the last comes without delay."""
        for place, job in enumerate(jobs, start=1):
            head = Frame(
                {
                    "number": job.number, "document": job.document, "source": job.source, "kind": job.kind,
                    "path": job.path, "flush": place == len(jobs),
                },
                (job.data,),
            )  # fmt: skip
            self.given.append(job)
            self._queue.put(head)

    def begin(self, number: int) -> None:
        """The worker has begun a job: its time runs."""
        self.began = next((job for job in self.given if job.number == number), None)
        self.since = time.monotonic()

    def answered(self, numbers: set[int]) -> list[Job]:
        """Take answered jobs from what it has; they are given back."""
        taken = [job for job in self.given if job.number in numbers]
        self.given = deque(job for job in self.given if job.number not in numbers)
        if self.began is not None and self.began.number in numbers:
            self.began = None
        return taken

    def kill(self, verdict: str | None = None) -> None:
        """End the process at once; `verdict` is the reason (`timeout`, `memory`), where there is one."""
        self.verdict = self.verdict or verdict
        self._process.kill()

    def stop(self) -> None:
        """Let the process end when it has answered what it has."""
        self._queue.put(None)

    def ended(self) -> str:
        """How the process ended, in words; it is gone when this returns."""
        try:
            code = self._process.wait(timeout=_LAST_BREATH)
        except subprocess.TimeoutExpired:
            self._process.kill()
            code = self._process.wait()
        self._queue.put(None)
        return f"signal {-code}" if code < 0 else f"exit code {code}"

    def last_words(self) -> str:
        """The last line that it wrote to standard error."""
        self._said.seek(max(0, self._said.seek(0, os.SEEK_END) - _LAST_WORDS))
        lines = self._said.read().decode("utf-8", "replace").split("\n")
        return next((line.strip() for line in reversed(lines) if line.strip()), "it said nothing")

    def memory(self) -> int:
        """The bytes that the process holds; 0 where it is gone."""
        import psutil

        try:
            return int(psutil.Process(self.pid).memory_info().rss)
        except psutil.Error:
            return 0

    def _write(self, pipe: BinaryIO, _: queue.SimpleQueue[Event]) -> None:
        try:
            while (frame := self._queue.get()) is not None:
                write_frame(pipe, frame)
            pipe.close()
        except OSError:
            pass  # the process is gone, which the listener tells

    def _listen(self, pipe: BinaryIO, events: queue.SimpleQueue[Event]) -> None:
        with pipe:
            while (frame := read_frame(pipe)) is not None:
                events.put(Event(self, frame))
        events.put(Event(self, None))
        self._process.wait()


def _environment() -> dict[str, str]:
    """The environment of a worker: it finds the modules that this process finds."""
    return {**os.environ, **_ONE_THREAD, "PYTHONPATH": os.pathsep.join(one for one in sys.path if one)}
