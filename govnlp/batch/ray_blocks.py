"""Jobs and answers as blocks of Ray Data: a row is a group of jobs, or the answers to one."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from functools import cache
from itertools import chain
from typing import TYPE_CHECKING

from govnlp.batch.pool import Answer
from govnlp.batch.values import Job, Outcome
from govnlp.extras import arrow

if TYPE_CHECKING:
    import pyarrow as pa


def block_of_jobs(group: Iterable[Job]) -> pa.Table:
    """One row that holds a group of jobs.

    >>> job = Job(1, "d", "a.zip::b.html", "bytes", data=b"<p>")
    >>> jobs_of(block_of_jobs([job])) == [job]
    True
    """
    rows = [{**job._asdict(), "path": os.fsencode(job.path)} for job in group]
    return arrow().table({"jobs": arrow().array([rows], _jobs_type())})


def jobs_of(block: pa.Table) -> list[Job]:
    """The jobs of a block."""
    rows = (row for group in block["jobs"].to_pylist() for row in group)
    return [Job(**{**row, "path": os.fsdecode(row["path"])}) for row in rows]


def block_of_answers(answers: Iterable[Answer]) -> pa.Table:
    """One row that holds answers: of each the outcomes of its jobs, and its bodies. Ray's work grows with the rows."""
    kept = list(answers)
    told = [[_told(one) for one in answer.outcomes] for answer in kept]
    bodies = [list(answer.bodies) for answer in kept]
    pa = arrow()
    return pa.table({"told": pa.array([told], pa.list_(_told_type())), "bodies": pa.array([bodies], _bodies_type())})


def answers_of(block: pa.Table, given: dict[int, Job]) -> Iterator[Answer]:
    """The answers of a block; their jobs are taken from `given`, by their number.

    >>> answer = Answer((Outcome(Job(1, "d", "s", "path"), "complete", has_reading=True),), (b"rows",))
    >>> list(answers_of(block_of_answers([answer]), {1: answer.outcomes[0].job})) == [answer]
    True
    """
    columns = (chain.from_iterable(block[name].to_pylist()) for name in ("told", "bodies"))
    for told, bodies in zip(*columns, strict=True):
        outcomes = []
        for one in told:
            job = given.pop(one.pop("number"))._replace(attempt=one.pop("attempt"))
            outcomes.append(Outcome(job, **one))
        yield Answer(tuple(outcomes), tuple(bodies))


def _told(one: Outcome) -> dict[str, str | int | float | bool | None]:
    return {
        "number": one.job.number, "attempt": one.job.attempt, "status": one.status, "reason": one.reason,
        "message": one.message, "seconds": one.seconds, "has_reading": one.has_reading,
    }  # fmt: skip


@cache
def _jobs_type() -> pa.DataType:
    pa = arrow()
    text = {name: pa.string() for name in ("document", "source", "kind")}
    fields = {"number": pa.int64(), **text, "path": pa.binary(), "data": pa.large_binary(), "attempt": pa.int8()}
    return pa.list_(pa.struct(list(fields.items())))


@cache
def _told_type() -> pa.DataType:
    pa = arrow()
    text = {name: pa.string() for name in ("status", "reason", "message")}
    fields = {"number": pa.int64(), "attempt": pa.int8(), **text, "seconds": pa.float64(), "has_reading": pa.bool_()}
    return pa.list_(pa.struct(list(fields.items())))


@cache
def _bodies_type() -> pa.DataType:
    pa = arrow()
    return pa.list_(pa.list_(pa.large_binary()))
