"""The pool on Ray: the same work on a cluster, or on the processors of this machine, as a stream of Ray Data.

Each actor of Ray has one worker process of its own, that holds the model and is under the same limits as any other, so
that a document gives the same rows wherever it is read. The ledger, the parts and the tables stay with the run that was
started. Needs the extra `ray`.
"""

from __future__ import annotations

import logging
import os
import queue
import threading
from collections.abc import Iterator
from contextlib import suppress
from functools import partial
from pathlib import Path
from types import ModuleType
from typing import TYPE_CHECKING, NamedTuple, Protocol

from govnlp.batch.pool import Answer, Pool
from govnlp.batch.ray_blocks import answers_of, block_of_answers, block_of_jobs, jobs_of
from govnlp.batch.values import MEBIBYTE, Job, processors
from govnlp.batch.worker import Settings
from govnlp.errors import WorkerError
from govnlp.extras import imported

if TYPE_CHECKING:
    import pyarrow as pa

# Where each actor asks for a whole processor, two of them hang on a machine with two: Ray's own work then finds none
# (ray issue 44687).
_SMALL = 4
# Jobs travel in groups, larger ones on a cluster: each costs the run the same. So many may be on the way for each actor.
_GROUP, _LARGE_GROUP, _GROUP_BYTES, _GROUPS_AHEAD = 8, 64, 8 * MEBIBYTE, 4
_TICK = 0.1
_STORE = 512 * MEBIBYTE


class Lot(NamedTuple):
    """How many actors, and the share of a processor that each asks for."""

    actors: int
    share: float


class _Tickets(Protocol):
    """ray.util.queue.Queue, as far as it is used: groups of jobs, then None."""

    def put(self, item: tuple[Job, ...] | None) -> None: ...
    def get(self) -> tuple[Job, ...] | None: ...
    def shutdown(self, force: bool = False) -> None: ...


class RayPool:
    """Workers on Ray, used as `govnlp.batch.pool.Pool`. `workers` None: one for each processor of the cluster.

    Ray is started on this machine alone where it does not run, and ended by `close`. With `RAY_ADDRESS` set, or Ray
    started before by the caller, it is that cluster.
    """

    def __init__(self, workers: int | None, settings: Settings) -> None:
        self._workers = workers
        self._settings = settings._replace(model=_absolute(settings.model))
        self._said: queue.SimpleQueue[Answer | Exception | None] = queue.SimpleQueue()
        self._open: dict[int, Job] = {}
        self._tickets: _Tickets | None = None
        self._is_ours = False

    def run(self, jobs: Iterator[Job | None]) -> Iterator[Answer | None]:
        """The answers in the order in which they come; None now and then, so that the caller can look at its clock.

        `WorkerError` where Ray cannot do the work.
        """
        ray = self._started()
        lot = shares(int(ray.cluster_resources().get("CPU", 1)), self._workers)
        self._tickets = imported("ray.util.queue", "ray").Queue(actor_options={"num_cpus": 0})
        threading.Thread(target=self._listen, args=(self._tickets, lot), daemon=True).start()
        size = _GROUP if lot.actors <= _SMALL else _LARGE_GROUP
        most, exhausted = size * _GROUPS_AHEAD * lot.actors, False
        while True:
            while not exhausted and len(self._open) < most:
                group, exhausted = _group(jobs, size)
                self._give(group)
                if exhausted:
                    self._tickets.put(None)
                if not group:
                    break
            try:
                said = self._said.get(timeout=_TICK)
            except queue.Empty:
                yield None
                continue
            if said is None:
                return
            if isinstance(said, Exception):
                raise WorkerError(f"Ray cannot do the work: {_cause(said)}.") from said
            yield said

    def close(self) -> None:
        """End the work; Ray too, where it was started here."""
        if self._tickets is not None:
            with suppress(Exception):  # a cluster that is gone has nothing to end
                self._tickets.shutdown(force=True)
            self._tickets = None
        if self._is_ours:
            imported("ray", "ray").shutdown()
            self._is_ours = False

    def _started(self) -> ModuleType:
        ray = installed()
        if not ray.is_initialized():
            if os.environ.get("RAY_ADDRESS"):
                ray.init(log_to_driver=False, logging_level="error")
            else:
                ray.init(
                    address="local", num_cpus=processors(), object_store_memory=_STORE, include_dashboard=False,
                    log_to_driver=False, logging_level="error", _node_ip_address="127.0.0.1",
                )  # fmt: skip
            logging.getLogger("ray.data").setLevel(logging.ERROR)
            self._is_ours = True
        return ray

    def _give(self, group: tuple[Job, ...]) -> None:
        if group and self._tickets is not None:
            self._open.update((job.number, job) for job in group)
            self._tickets.put(group)

    def _listen(self, tickets: _Tickets, lot: Lot) -> None:
        """Take the answers from the stream, in a thread of its own, as Ray gives them only to who waits."""
        try:
            for block in _stream(tickets, lot, self._settings):
                for answer in answers_of(block, self._open):
                    self._said.put(answer)
            self._said.put(None)
        except Exception as error:
            self._said.put(error)


def installed() -> ModuleType:
    """Ray; `MissingExtraError` where it is not there. A Ray of this machine listens on the loopback address alone.

    Ray asks the two variables when it is imported; the second is named for the systems where it is the usual.
    """
    os.environ.setdefault("RAY_USAGE_STATS_ENABLED", "0")
    if not os.environ.get("RAY_ADDRESS"):
        os.environ.setdefault("RAY_ENABLE_WINDOWS_OR_OSX_CLUSTER", "0")
    imported("ray.data", "ray")
    return imported("ray", "ray")


class Reader:
    """An actor: it holds one worker, that holds the model, for as long as the run lasts."""

    def __init__(self, settings: str) -> None:
        self._pool = Pool(1, Settings.from_json(settings))

    def __call__(self, block: pa.Table) -> pa.Table:
        """The answers to a block of groups of jobs."""
        return block_of_answers([one for one in self._pool.run(iter(jobs_of(block))) if one is not None])


def shares(cores: int, workers: int | None) -> Lot:
    """How many actors are started on so many processors, and what each asks for; Ray keeps some for its own work.

    >>> shares(2, None), shares(800, None), shares(2, 4)
    (Lot(actors=2, share=0.5), Lot(actors=799, share=1.0), Lot(actors=4, share=0.25))
    """
    actors = workers or (cores if cores <= _SMALL else cores - 1)
    if actors < cores and cores > _SMALL:
        return Lot(actors, 1.0)
    return Lot(actors, min(0.5, int(5000 * cores / actors) / 10000))


def _stream(tickets: _Tickets, lot: Lot, settings: Settings) -> Iterator[pa.Table]:
    """The blocks of answers. One task takes groups of jobs as they come, a block each; actors read them."""
    data = imported("ray.data", "ray")
    context = data.DataContext.get_current()
    before = context.target_max_block_size, context.enable_progress_bars
    context.target_max_block_size, context.enable_progress_bars = 1, False
    try:
        made = (
            data.range(1, override_num_blocks=1)
            .map_batches(partial(_taken, tickets=tickets), batch_format="pyarrow", num_cpus=0)
            .map_batches(
                Reader, fn_constructor_args=(settings.to_json(),), batch_size=None, batch_format="pyarrow",
                compute=data.ActorPoolStrategy(size=lot.actors), num_cpus=lot.share,
            )
        )  # fmt: skip
        yield from made.iter_batches(batch_size=None, batch_format="pyarrow", prefetch_batches=0)
    finally:
        context.target_max_block_size, context.enable_progress_bars = before


def _taken(_: pa.Table, tickets: _Tickets) -> Iterator[pa.Table]:
    while (group := tickets.get()) is not None:
        yield block_of_jobs(group)


def _group(jobs: Iterator[Job | None], size: int) -> tuple[tuple[Job, ...], bool]:
    """The next jobs, as many as travel together, and whether there are no more; fewer where there are none just now."""
    group: list[Job] = []
    held = 0
    while len(group) < size and held < _GROUP_BYTES:
        try:
            job = next(jobs)
        except StopIteration:
            return tuple(group), True
        if job is None:
            break
        group.append(job._replace(path=str(Path(job.path).absolute()) if job.path else ""))
        held += len(job.data)
    return tuple(group), False


def _absolute(model: str | None) -> str | None:
    """A model of the user's own by its whole path: the workers do not stand where this process does."""
    return str(Path(model).absolute()) if model is not None and Path(model).exists() else model


def _cause(error: Exception) -> str:
    """What went wrong, in one line: what govnlp said on the other side, else the last thing that Ray says."""
    lines = [line.strip() for line in str(error).splitlines() if line.strip()] or [type(error).__name__]
    told = [line.partition(": ")[2] for line in lines if line.startswith("govnlp.errors.")]
    return (told or lines)[-1].rstrip(".")
