"""Workers that read documents side by side, each under limits; what a document does to its worker stays its own affair.

A worker that dies, takes too long or too much memory is replaced. The document that it was at is tried once more, alone,
and then given up with the reason; the others that it had are given to the next worker.
"""

from __future__ import annotations

import queue
import time
from collections import deque
from collections.abc import Iterator
from typing import NamedTuple

from govnlp.batch.frames import Done, Frame
from govnlp.batch.process import Event, Worker
from govnlp.batch.values import MEBIBYTE, Job, Outcome
from govnlp.batch.worker import Settings
from govnlp.errors import WorkerError

_ATTEMPTS = 2
# What waits at a worker beside the document that it is at: enough that it never idles.
_WAITING, _GROUP, _WAITING_BYTES = 4, 8, 8 * MEBIBYTE
_TICK = 0.1
_FALSE_STARTS, _START_SECONDS = 3, 120.0
_MESSAGES = {
    "timeout": "reading it took longer than the limit of {seconds:g} seconds, twice.",
    "memory": "reading it took more memory than the limit of {memory:,} bytes, twice.",
    "crashed": "its worker died of it twice ({ended}).",
}


class Answer(NamedTuple):
    """What a worker sent: the outcomes of some jobs, and the bodies with their reports or rows."""

    outcomes: tuple[Outcome, ...]
    bodies: tuple[bytes, ...] = ()


class Pool:
    """Some workers. `most_ahead` bounds how far the reading may run ahead of the oldest open job, where order counts."""

    def __init__(self, workers: int, settings: Settings, most_ahead: int | None = None) -> None:
        self._settings = settings
        self._size = max(1, workers)
        self._most_ahead = most_ahead
        self._events: queue.SimpleQueue[Event] = queue.SimpleQueue()
        self._workers: list[Worker] = []
        self._again: deque[Job] = deque()
        self._alone: deque[Job] = deque()
        self._last_number = -1
        self._false_starts = 0
        self._checked = 0.0

    def run(self, jobs: Iterator[Job | None]) -> Iterator[Answer | None]:
        """The answers in the order in which they come; None now and then, so that the caller can look at its clock.

        `jobs` is asked for no more than the workers can take; where it gives None, it has none just now.
        `WorkerError` where no worker can be started at all.
        """
        exhausted = False
        while True:
            exhausted = self._feed(jobs) if not exhausted else self._feed(iter(()))
            if exhausted and not self._is_busy():
                return
            answers = self._answers(wait=self._is_busy())
            yield from answers
            if not answers:
                yield None
            self._watch()

    def close(self) -> None:
        """End all workers at once."""
        for worker in self._workers:
            worker.kill()
        for worker in self._workers:
            worker.ended()
        self._workers.clear()

    def _is_busy(self) -> bool:
        return bool(self._again or self._alone or any(worker.given for worker in self._workers))

    def _feed(self, jobs: Iterator[Job | None]) -> bool:
        """Give each worker that waits a group of jobs; whether there are no more."""
        for worker in [*self._workers, *[None] * (self._size - len(self._workers))]:
            if self._alone:
                self._feed_alone(worker)
                continue
            if worker is not None and not self._wants(worker):
                continue
            group, exhausted = self._group(jobs, worker)
            if group:
                (worker or self._start()).give(group)
            if exhausted:
                return not self._again
        return False

    def _feed_alone(self, worker: Worker | None) -> None:
        """A job that is tried once more goes to a worker that has nothing else."""
        if worker is None:
            worker = self._start()
        if not worker.given:
            worker.give([self._alone.popleft()])

    def _wants(self, worker: Worker) -> bool:
        if any(job.attempt > 1 for job in worker.given):
            return False
        return len(worker.given) <= _WAITING and worker.held_bytes < _WAITING_BYTES

    def _group(self, jobs: Iterator[Job | None], worker: Worker | None) -> tuple[list[Job], bool]:
        """Some jobs for a worker, first those that another left; and whether there are no more."""
        group: list[Job] = []
        held = worker.held_bytes if worker else 0
        while len(group) < _GROUP and held < _WAITING_BYTES:
            if self._again:
                job: Job | None = self._again.popleft()
            elif self._is_far_ahead(group):
                break
            else:
                try:
                    job = next(jobs)
                except StopIteration:
                    return group, True
            if job is None:
                break
            self._last_number = max(self._last_number, job.number)
            group.append(job)
            held += len(job.data)
        return group, False

    def _is_far_ahead(self, group: list[Job]) -> bool:
        if self._most_ahead is None:
            return False
        open_jobs = [job.number for worker in self._workers for job in worker.given]
        open_jobs += [job.number for job in (*self._alone, *group)]
        return bool(open_jobs) and self._last_number - min(open_jobs) >= self._most_ahead

    def _start(self) -> Worker:
        worker = Worker(self._settings, self._events)
        self._workers.append(worker)
        return worker

    def _answers(self, *, wait: bool) -> list[Answer]:
        """What the workers have said by now, at least one thing unless none comes within a tick."""
        answers: list[Answer] = []
        try:
            event = self._events.get(timeout=_TICK) if wait else self._events.get_nowait()
            while True:
                answers += self._answer(event)
                event = self._events.get_nowait()
        except queue.Empty:
            return answers

    def _answer(self, event: Event) -> list[Answer]:
        worker, frame = event
        if worker not in self._workers:
            return []
        if frame is None:
            return self._bury(worker)
        if "began" in frame.head:
            worker.begin(frame.head["began"])
        elif "ready" in frame.head:
            worker.is_ready, worker.base_memory, self._false_starts = True, frame.head["memory"], 0
        elif "fatal" in frame.head:
            raise WorkerError(f"the workers cannot read anything: {frame.head['fatal']}.")
        elif "done" in frame.head:
            return [self._finished(worker, frame)]
        return []

    def _finished(self, worker: Worker, frame: Frame) -> Answer:
        told = {one["number"]: one for one in frame.head["done"]}
        jobs = worker.answered(set(told))
        worker.since = time.monotonic()
        if not worker.given and self._is_swollen(worker, frame.head["memory"]):
            self._workers.remove(worker)
            worker.stop()
        return Answer(tuple(_outcome(job, told[job.number]) for job in jobs), frame.bodies)

    def _is_swollen(self, worker: Worker, memory: int) -> bool:
        """Whether an idle worker holds more than it should; what it held at its start is no fault of documents."""
        return memory > max(self._settings.limits.idle_memory, 3 * worker.base_memory // 2)

    def _watch(self) -> None:
        """Kill what has taken too long or too much; `_bury` says what becomes of the document."""
        now = time.monotonic()
        if now - self._checked < _TICK:
            return
        self._checked = now
        limits = self._settings.limits
        for worker in self._workers:
            if (not worker.is_ready and now - worker.since > _START_SECONDS) or (
                worker.began is not None and now - worker.since > limits.seconds
            ):
                worker.kill("timeout")
            elif worker.began is not None and worker.memory() > limits.memory:
                worker.kill("memory")

    def _bury(self, worker: Worker) -> list[Answer]:
        """A worker is gone: its jobs are done again, the one that it was at alone, or given up."""
        self._workers.remove(worker)
        ended = worker.ended()
        if not worker.is_ready:
            self._false_starts += 1
            if self._false_starts >= _FALSE_STARTS:
                raise WorkerError(f"the workers die while they start ({ended}: {worker.last_words()}).")
        suspect = worker.began
        self._again.extendleft(reversed([job for job in worker.given if job is not suspect]))
        if suspect is None:
            return []
        if suspect.attempt < _ATTEMPTS:
            self._alone.append(suspect._replace(attempt=suspect.attempt + 1))
            return []
        reason = worker.verdict or "crashed"
        limits = self._settings.limits
        message = _MESSAGES[reason].format(seconds=limits.seconds, memory=limits.memory, ended=ended)
        return [Answer((Outcome(suspect, "failed", reason, message, time.monotonic() - worker.since),))]


def _outcome(job: Job, told: Done) -> Outcome:
    return Outcome(job, told["status"], told["reason"], told["message"], told["seconds"], told["has_reading"])
