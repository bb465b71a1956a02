from __future__ import annotations

import os
import signal
from collections.abc import Iterator
from contextlib import closing

import pytest

from govnlp.batch.frames import Frame, read_frame, write_frame
from govnlp.batch.pool import Answer, Pool
from govnlp.batch.values import Job, Limits, Outcome, digest
from govnlp.batch.worker import Settings
from govnlp.errors import WorkerError
from govnlp.schema.report import Report
from tests.batch.making import LIGHT, MEBIBYTE, poison, report

LIMITS = Limits(seconds=3, memory=250 * MEBIBYTE)


def jobs(texts: list[str]) -> list[Job]:
    return [
        Job(number, digest(text.encode()), f"{number}", "text", "", text.encode()) for number, text in enumerate(texts)
    ]


def run(pool: Pool, some: list[Job]) -> dict[int, Outcome]:
    """The outcome of each job; that no job has two is checked."""
    outcomes: dict[int, Outcome] = {}
    with closing(pool):
        for answer in pool.run(iter(some)):
            for one in answer.outcomes if answer else ():
                assert one.job.number not in outcomes
                outcomes[one.job.number] = one
    return outcomes


def settings(**changes) -> Settings:
    return Settings(answer="reports", reader=LIGHT, limits=LIMITS)._replace(**changes)


def test_poison_is_told_by_its_kind_and_the_others_go_on(tmp_path):
    kinds = ["crash", "hang", "memory", "exception", f"once {tmp_path}"]
    texts = [poison(kind) for kind in kinds]
    texts = [one for text in texts for one in (report(count=len(text)), text, report(count=len(text) + 50))]
    outcomes = run(Pool(2, settings()), jobs(texts))
    assert sorted(outcomes) == list(range(15))
    assert [outcomes[number].reason for number in range(1, 15, 3)] == [
        "crashed",
        "timeout",
        "memory",
        "exception",
        None,
    ]
    assert all(outcomes[number].status == "complete" for number in range(15) if number % 3 != 1)
    assert "signal 11" in outcomes[1].message
    assert outcomes[13].has_reading
    assert [outcomes[number].job.attempt for number in (1, 4, 7, 10)] == [2, 2, 2, 1]


def test_a_worker_that_is_killed_from_outside_loses_nothing():
    pool = Pool(1, settings())
    seen = 0

    def feed() -> Iterator[Job]:
        yield from jobs([report(count=number) for number in range(20)])

    with closing(pool):
        for answer in pool.run(feed()):
            if answer and seen < 10:
                os.kill(pool._workers[0].pid, signal.SIGKILL)
            seen += len(answer.outcomes) if answer else 0
            assert all(one.status == "complete" for one in (answer.outcomes if answer else ()))
    assert seen == 20


def test_reports_come_back_as_they_were_read():
    pool = Pool(1, settings(reader="govnlp.pipeline:extract"))
    with closing(pool):
        answers = [answer for answer in pool.run(iter(jobs([report(), ""]))) if answer]
    bodies = [body for answer in answers for body in answer.bodies]
    assert [Report.from_json(body).status for body in bodies] == ["complete", "failed"]
    outcomes = [one for answer in answers for one in answer.outcomes]
    assert outcomes[1].reason == "empty_source"


def test_a_reader_that_cannot_be_had_is_told_at_once():
    with pytest.raises(WorkerError, match="no_such_module"):
        run(Pool(1, settings(reader="no_such_module:x")), jobs(["x"]))


def test_the_pool_never_runs_far_ahead():
    """The first job hangs until it is given up; what is asked for meanwhile is bounded."""
    asked: list[int] = []

    def feed() -> Iterator[Job]:
        for job in jobs([poison("hang"), *(report(count=number) for number in range(60))]):
            asked.append(job.number)
            yield job

    pool = Pool(2, settings(limits=LIMITS._replace(seconds=1)), most_ahead=10)
    most = 0
    with closing(pool):
        for answer in pool.run(feed()):
            if not isinstance(answer, Answer) or all(one.job.number for one in answer.outcomes):
                most = max(most, asked[-1])
                continue
            break
    assert most <= 18


def test_half_a_frame_is_the_end():
    import io

    file = io.BytesIO()
    write_frame(file, Frame({"number": 1}, (b"abc",)))
    for length in range(len(file.getvalue())):
        assert read_frame(io.BytesIO(file.getvalue()[:length])) is None
