"""Jobs and answers as blocks: nothing of them is lost on the way."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from govnlp.batch.pool import Answer
from govnlp.batch.ray_blocks import answers_of, block_of_answers, block_of_jobs, jobs_of
from govnlp.batch.values import Job, Outcome

_TEXT = st.text(st.characters(codec="utf-8"), max_size=8)
_PATHS = st.binary(max_size=8).map(lambda data: data.replace(b"\0", b"").decode("utf-8", "surrogateescape"))
_JOBS = st.builds(
    Job,
    st.integers(0, 2**40),
    _TEXT,
    _TEXT,
    st.sampled_from(["path", "bytes", "text"]),
    _PATHS,
    st.binary(max_size=9),
    st.integers(1, 2),
)
_REASONS = st.none() | st.sampled_from(["crashed", "timeout"])


@given(st.lists(_JOBS, max_size=5))
def test_jobs_come_out_as_they_went_in_be_their_names_ever_so_odd(jobs: list[Job]):
    assert jobs_of(block_of_jobs(jobs)) == jobs


@given(
    st.lists(_JOBS, max_size=5, unique_by=lambda job: job.number),
    st.lists(st.tuples(_REASONS, _TEXT, st.booleans(), st.integers(1, 2)), min_size=5, max_size=5),
    st.lists(st.binary(max_size=5), max_size=3),
)
def test_answers_come_out_with_their_jobs(
    jobs: list[Job], told: list[tuple[str | None, str, bool, int]], bodies: list[bytes]
):
    outcomes = [
        Outcome(job._replace(attempt=attempt), "failed" if reason else "complete", reason, message, 0.5, has_reading)
        for job, (reason, message, has_reading, attempt) in zip(jobs, told, strict=False)
    ]
    answers = [Answer(tuple(outcomes), tuple(bodies)), Answer((), ())]
    open_jobs = {job.number: job for job in jobs}
    assert list(answers_of(block_of_answers(answers), open_jobs)) == answers
    assert not open_jobs
