"""Batch extraction: an archive in, tables of facts out, no document lost and none twice."""

from __future__ import annotations

import os
import threading
from collections.abc import Iterable
from contextlib import closing
from pathlib import Path
from typing import Literal, NamedTuple

from govnlp.batch.keys import Keys, keys
from govnlp.batch.ledger import Again, Ledger
from govnlp.batch.parts import Rows, remove_unknown, write_part
from govnlp.batch.plan import Plan
from govnlp.batch.pool import Answer, Pool
from govnlp.batch.ray_engine import RayPool, installed
from govnlp.batch.rows import batch_of, lost_row, reports_schema
from govnlp.batch.scan import ScanOptions, bytes_below, missing
from govnlp.batch.status import Status, Summary, Watcher
from govnlp.batch.values import MEBIBYTE, Columns, Limits, Outcome, processors
from govnlp.batch.worker import Settings
from govnlp.batch.write import write_all
from govnlp.batch.write_more import TextFormat, remove_more, write_duckdb, write_text
from govnlp.errors import OptionError, SourceError
from govnlp.extras import arrow, imported
from govnlp.model_files import DEFAULT
from govnlp.version import __version__

Engine = Literal["pool", "ray"]


class Cadence(NamedTuple):
    """When finished documents are put on the disk: after so many documents, bytes or seconds, whatever comes first."""

    documents: int = 1000
    bytes: int = 96 * MEBIBYTE
    seconds: float = 20.0


class Options(NamedTuple):
    """How a batch is run; see `batch`."""

    workers: int | None = None
    model: str | None = DEFAULT
    again: Again | None = None
    limits: Limits = Limits()
    columns: Columns = Columns()
    pictures: bool = False
    formats: tuple[TextFormat, ...] = ()
    duckdb: bool = False
    cadence: Cadence = Cadence()
    reader: str = Settings().reader
    engine: Engine = "pool"


def batch(
    sources: Iterable[str | os.PathLike[str]],
    out: str | os.PathLike[str],
    options: Options = Options(),  # noqa: B008 - immutable
    watcher: Watcher | None = None,
) -> Summary:
    """Read every document of `sources` that was not read before, and write the tables of all of them to `out`.

    `sources` are files, folders, patterns, ZIP, WARC, JSONL, CSV and Parquet files. `out` gets `facts.parquet`,
    `reports.parquet`, `checks.parquet`, `sources.parquet`, `failures.jsonl`, and keeps a ledger, so that a run that was
    ended in any way is gone on with. `watcher` is called now and then with the `Status`. What a document holds never
    raises. `SourceError`: a source does not exist; `BusyError`: another run writes to `out`; `OptionError`,
    `MissingModelError`, `MissingExtraError`, `WorkerError` as their names say. On KeyboardInterrupt what was read is kept, and `Summary.finished` is False.

    >>> import tempfile
    >>> summary = batch(["corpora/samples/news-list.html"], tempfile.mkdtemp())
    >>> summary.documents, summary.finished
    ({'not_a_report': 1}, True)
    """
    named = [os.fspath(one) for one in sources]
    if absent := missing(named):
        raise SourceError(f"{', '.join(absent)}: no such file or folder, and no pattern that any matches.")
    folder = _folder(Path(out))
    _check_extras(options)
    known = keys(options.model, options.limits)
    with closing(Ledger(folder, known.reading, known.limits)) as ledger:
        remove_unknown(folder, ledger.parts())
        ledger.mark(options.again)
        return _Run(folder, ledger, options, known, watcher).run(named)


class _Run:
    """One run: its pool, its plan, and the rows that wait to be written."""

    def __init__(self, out: Path, ledger: Ledger, options: Options, known: Keys, watcher: Watcher | None) -> None:
        self._out, self._ledger, self._options, self._known = out, ledger, options, known
        self._watcher = watcher or (lambda _status: None)
        self.status = Status()
        self._rows, self._outcomes = Rows(), list[Outcome]()
        self._plan: Plan | None = None
        self._since = 0.0

    def run(self, sources: list[str]) -> Summary:
        """Read, put on the disk, write the final files; on an interrupt, keep what was read and leave it at that."""
        finished = True
        self._measure(sources)
        settings = Settings(self._options.model, self._known.model, "rows", self._options.reader, self._options.limits)
        pool = _pool(self._options, settings)
        try:
            scanning = ScanOptions(self._options.limits, self._options.columns, self._options.pictures, self._out)
            self._plan = Plan(sources, scanning, self._ledger, self.status)
            for answer in pool.run(self._plan.jobs()):
                self._take(answer)
            self._keep()
            self._finish()
        except KeyboardInterrupt:
            finished = False
            pool.close()
            self._keep()
        finally:
            pool.close()
        return self._summary(finished)

    def _take(self, answer: Answer | None) -> None:
        """Keep what a worker sent; now and then put it on the disk, and tell the watcher."""
        if answer is not None:
            self._add(answer)
        cadence = self._options.cadence
        since = self.status.seconds - self._since
        if len(self._outcomes) >= cadence.documents or self._rows.bytes >= cadence.bytes or since >= cadence.seconds:
            self._keep()
        self._watcher(self.status)

    def _add(self, answer: Answer) -> None:
        if answer.bodies:
            self._rows.add(answer.bodies)
        lost = [one for one in answer.outcomes if one.reason is not None and not one.has_reading]
        if lost:
            rows = [lost_row(one, __version__, self._known.model) for one in lost]
            self._rows.add_reports(batch_of(rows, reports_schema()))
        for one in answer.outcomes:
            self._outcomes.append(one)
            self.status.read[one.status] += 1

    def _keep(self) -> None:
        """Put what was read on the disk, then enter it in the ledger.

        It is let go first: interrupted here, a part is the ledger's or the next run's to read again, and never written twice.
        """
        rows, outcomes = self._rows, self._outcomes
        self._rows, self._outcomes = Rows(), []
        self._since = self.status.seconds
        if outcomes:
            part = max(self._ledger.parts(), default=0) + 1
            write_part(self._out, part, rows)
            self._ledger.commit(part, outcomes)
            if self._plan is not None:
                self._plan.settle(one.job.document for one in outcomes)
        else:
            self._ledger.keep()

    def _finish(self) -> None:
        """Write the final files, where there is anything new to write."""
        self.status.work = "writing"
        self._watcher(self.status)
        if self._ledger.is_changed() or not (self._out / "reports.parquet").exists():
            write_all(self._out, self._ledger)
            self._ledger.forget_empty_parts()
            self._ledger.note_written()
            self._ledger.keep()
            remove_unknown(self._out, self._ledger.parts())
            remove_more(self._out)
        for kind in self._options.formats:
            write_text(self._out, kind)
        if self._options.duckdb:
            write_duckdb(self._out)

    def _summary(self, finished: bool) -> Summary:
        failures = sum(1 for _ in self._ledger.failures())
        counts = self._ledger.counts()
        return Summary(self._out, self.status, counts, failures, self._ledger.others(), finished)

    def _measure(self, sources: list[str]) -> None:
        """Count the bytes of the archive beside the reading, for the time left."""

        def measure() -> None:
            self.status.total = bytes_below(sources)

        threading.Thread(target=measure, daemon=True).start()


def _folder(out: Path) -> Path:
    try:
        out.mkdir(parents=True, exist_ok=True)
    except (FileExistsError, NotADirectoryError):
        raise OptionError(f"{out} is a file; the output is a folder (it is made where it does not exist).") from None
    except OSError as error:
        raise OptionError(f"{out}: the folder cannot be made: {error.strerror}.") from error
    return out


def _check_extras(options: Options) -> None:
    """What is missing is told before anything is read."""
    arrow()
    imported("psutil")
    imported("rensa")
    if options.duckdb:
        imported("duckdb", "duckdb")
    if options.engine == "ray":
        installed()


def _pool(options: Options, settings: Settings) -> Pool | RayPool:
    """The workers: processes of this machine, or of a Ray cluster."""
    if options.engine == "ray":
        return RayPool(options.workers, settings)
    return Pool(options.workers or processors(), settings)
