"""The engine on Ray. One real Ray, of two processors, serves every test that needs it; the marked one reads for long."""

from __future__ import annotations

from collections.abc import Iterator
from importlib.util import find_spec
from pathlib import Path

import psutil
import pytest

from govnlp.batch import batch
from govnlp.batch.ray_engine import RayPool, installed, shares
from govnlp.batch.values import Job
from govnlp.batch.worker import Settings
from govnlp.errors import WorkerError
from tests.batch.making import LIGHT, folder, options, poison, tables

ray = installed() if find_spec("ray") else None
pytestmark = pytest.mark.skipif(ray is None, reason="the extra ray is not installed")


@pytest.fixture(scope="module")
def cluster() -> Iterator[None]:
    RayPool(2, Settings())._started()
    yield
    installed().shutdown()


@pytest.mark.parametrize(
    ("cores", "workers"), [(1, None), (2, None), (2, 8), (4, 4), (16, None), (16, 40), (3200, None)]
)
def test_the_actors_of_any_cluster_leave_ray_some_of_it(cores: int, workers: int | None):
    lot = shares(cores, workers)
    assert lot.actors == workers or workers is None
    assert lot.actors >= 1
    assert lot.share > 0
    assert lot.actors * lot.share < cores


@pytest.mark.slow
def test_ray_gives_the_rows_of_the_pool_whatever_the_documents_do(tmp_path: Path, cluster: None):
    odd = {"bad_html": poison("crash"), "hang_html": poison("hang"), "odd_html": poison("exception"), "empty_html": ""}
    archive = folder(tmp_path / "a", 40, **odd)
    batch([archive], tmp_path / "pool", options(workers=2))
    batch([archive], tmp_path / "ray", options(workers=2, engine="ray"))
    assert tables(tmp_path / "ray") == tables(tmp_path / "pool")


@pytest.mark.slow
def test_ray_listens_on_the_loopback_address_alone(cluster: None):
    family = [psutil.Process(), *psutil.Process().children(recursive=True)]
    listening = {at.laddr.ip for one in family for at in one.net_connections("tcp") if at.status == "LISTEN"}
    assert listening <= {"127.0.0.1", "::ffff:127.0.0.1", "::1"}


@pytest.mark.slow
def test_what_one_engine_read_the_other_knows(tmp_path: Path, cluster: None):
    archive, out = folder(tmp_path / "a", 10), tmp_path / "out"
    batch([archive], out, options(engine="ray"))
    again = batch([archive], out, options())
    assert (again.status.read.total(), again.status.known) == (0, 10)


@pytest.mark.slow
def test_answers_come_while_jobs_are_still_given(cluster: None):
    """Constant memory: the jobs that are given are never far ahead of the answers."""
    given = answered = 0
    ahead: list[int] = []

    def jobs() -> Iterator[Job]:
        nonlocal given
        for number in range(400):
            given += 1
            ahead.append(given - answered)
            yield Job(number, f"d{number}", f"s{number}", "text", data=b"x" * 1000)

    pool = RayPool(1, Settings(reader=LIGHT))
    try:
        for answer in pool.run(jobs()):
            answered += len(answer.outcomes) if answer else 0
    finally:
        pool.close()
    assert answered == 400
    assert max(ahead) <= 64


@pytest.mark.slow
def test_workers_that_cannot_start_are_told(cluster: None):
    pool = RayPool(1, Settings(reader="no_such_module:extract"))
    try:
        with pytest.raises(WorkerError, match=r"Ray cannot do the work: .*no_such_module"):
            list(pool.run(iter([Job(0, "d", "s", "text", data=b"x")])))
    finally:
        pool.close()
