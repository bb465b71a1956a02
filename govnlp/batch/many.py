"""`extract_many`: the reports of many sources, in their order, in constant memory."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from contextlib import closing
from typing import TypeAlias

from govnlp.batch.pool import Answer, Pool
from govnlp.batch.scan import ScanOptions, scan
from govnlp.batch.values import Found, Job, Refusal, digest
from govnlp.batch.worker import Settings
from govnlp.errors import GovnlpError, OptionError
from govnlp.model_files import DEFAULT, model_path
from govnlp.pipeline import extract
from govnlp.schema.report import Issue, Report, Source

Many: TypeAlias = "Iterable[str | os.PathLike[str] | bytes]"
# How far the reading may run ahead of the report that is due.
_AHEAD = 32


def extract_many(
    sources: Many, *, workers: int = 1, model: str | os.PathLike[str] | None = DEFAULT
) -> Iterator[Report]:
    """The reports of `sources`, one a document, in order; no more are held than a few for each worker.

    `sources` are paths of files, of folders, of ZIP, WARC, JSONL, CSV and Parquet files, patterns such as
    `2021/*.html`, or the bytes of a file; they may come from a generator. With one worker everything is read in this
    process. With more, in processes of their own, each under limits of time and memory. What a document holds never
    raises, nor does a file that cannot be opened: it is a report with `status` `failed` and the issue `not_read`.
    `MissingModelError`, `OptionError`: there is no such model, or no worker.

    >>> [report.status for report in extract_many([b"", "corpora/samples/city-2010.txt"])]
    ['failed', 'complete']
    """
    if workers < 1:
        raise OptionError(f"workers is {workers}; at least one is needed.")
    if isinstance(sources, str | bytes | os.PathLike):
        sources = [sources]
    named = os.fspath(model) if model is not None else None
    if named is not None:
        model_path(named)
    return _here(sources, named) if workers == 1 else _beside(sources, workers, named)


def _found(sources: Many) -> Iterator[Found]:
    for number, source in enumerate(sources, start=1):
        if isinstance(source, bytes | bytearray):
            yield Found(f"source {number}", "bytes", data=bytes(source))
            continue
        for entry in scan([os.fspath(source)], ScanOptions()):
            found = [entry] if isinstance(entry, Found) else entry.members()
            yield from (one for one in found if not _is_left_out(one))


def _is_left_out(found: Found) -> bool:
    return found.refusal is not None and found.refusal.reason == "left_out"


def _here(sources: Many, model: str | None) -> Iterator[Report]:
    for found in _found(sources):
        if found.refusal is not None:
            yield _not_read(found.source, found.refusal)
            continue
        try:
            yield _extracted(found, model)
        except GovnlpError as error:
            yield _not_read(found.source, Refusal("unreadable", str(error)))


def _extracted(found: Found, model: str | None) -> Report:
    if found.kind == "path":
        return extract(found.path, model=model)
    if found.kind == "text":
        return extract(text=found.data.decode("utf-8", "replace"), model=model)
    return extract(found.data, name=found.member, model=model)


def _beside(sources: Many, workers: int, model: str | None) -> Iterator[Report]:
    """Workers answer as they finish; reports wait here for those before them."""
    order = _Order()
    with closing(Pool(workers, Settings(model, answer="reports"), most_ahead=_AHEAD * workers)) as pool:
        for answer in pool.run(order.jobs(_found(sources))):
            order.take(answer)
            yield from order.due()
        yield from order.due()


class _Order:
    """The reports that came too early, by the number of their job."""

    def __init__(self) -> None:
        self._waiting: dict[int, Report] = {}
        self._next = 0

    def jobs(self, found: Iterator[Found]) -> Iterator[Job | None]:
        for number, one in enumerate(found):
            if one.refusal is not None:
                self._waiting[number] = _not_read(one.source, one.refusal)
                yield None
                continue
            document = "" if one.kind == "path" else digest(one.data)
            yield Job(number, document, one.source, one.kind, one.path, one.data)

    def take(self, answer: Answer | None) -> None:
        bodies = iter(answer.bodies if answer else ())
        for outcome in answer.outcomes if answer else ():
            if outcome.has_reading:
                report = Report.from_json(next(bodies))
            else:
                report = _not_read(outcome.job.source, Refusal(outcome.reason or "failed", outcome.message))
            self._waiting[outcome.job.number] = report

    def due(self) -> Iterator[Report]:
        while (report := self._waiting.pop(self._next, None)) is not None:
            self._next += 1
            yield report


def _not_read(source: str, why: Refusal) -> Report:
    issue = Issue(code="not_read", severity="error", message=f"{source} was not read ({why.reason}): {why.message}")
    return Report(status="failed", source=Source(name=source), issues=(issue,))
