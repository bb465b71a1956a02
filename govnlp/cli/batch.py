"""`govnlp batch`: an archive to tables of facts."""

from __future__ import annotations

import signal
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from enum import StrEnum
from pathlib import Path
from types import FrameType
from typing import TYPE_CHECKING, Annotated

import typer

from govnlp.cli.bounds import Model, model_named
from govnlp.cli.output import complain
from govnlp.errors import GovnlpError
from govnlp.model_files import DEFAULT

if TYPE_CHECKING:
    from govnlp.batch import Options, Status, Summary
    from govnlp.batch.status import Watcher

_REDRAW, _LINE = 0.25, 30.0
_INTERRUPTED = 130

Archives = Annotated[
    list[str],
    typer.Argument(
        metavar="ARCHIVE...",
        help="Files, folders, patterns; ZIP, WARC, JSONL, CSV and Parquet files that hold documents.",
    ),
]


class Again(StrEnum):
    """What is read again although it is finished."""

    FAILED = "failed"
    VERSION = "version"
    ALL = "all"


class Engine(StrEnum):
    """Where documents are read."""

    POOL = "pool"
    RAY = "ray"


class More(StrEnum):
    """Formats beside Parquet."""

    CSV = "csv"
    JSONL = "jsonl"


def batch(
    archives: Archives,
    out: Annotated[Path, typer.Option("-o", "--out", metavar="DIR", help="The folder of the tables and the ledger.")],
    workers: Annotated[int | None, typer.Option(min=1, help="Worker processes; one for each processor.")] = None,
    model: Model = DEFAULT,
    again: Annotated[
        Again | None, typer.Option(help="Read again what failed, what another version or model read, or all.")
    ] = None,
    engine: Annotated[
        Engine, typer.Option(help="Worker processes of this machine (pool), or of Ray, for a cluster (ray).")
    ] = Engine.POOL,
    formats: Annotated[list[More] | None, typer.Option("--format", help="Write the tables as this, too.")] = None,
    duckdb: Annotated[bool, typer.Option("--duckdb", help="Write archive.duckdb with views, too.")] = False,
    seconds: Annotated[float, typer.Option(min=0.1, help="The longest that one document may take.")] = 60.0,
    memory: Annotated[int, typer.Option(min=256, help="The most memory of a worker, in MiB.")] = 2048,
    pictures: Annotated[bool, typer.Option("--pictures", help="Pictures are documents (scans), too.")] = False,
    text_column: Annotated[str | None, typer.Option(help="The column of text in JSONL, CSV and Parquet.")] = None,
    html_column: Annotated[str | None, typer.Option(help="The column of HTML.")] = None,
    url_column: Annotated[str | None, typer.Option(help="The column of addresses.")] = None,
    date_column: Annotated[str | None, typer.Option(help="The column of dates.")] = None,
) -> None:
    """Read an archive into tables: facts, reports, checks. A second run goes on where the first was ended.

    Exit codes: 0 everything was read; 1 failures.jsonl names what was not; 2 wrong usage; 130 interrupted.
    """
    from govnlp.batch import Columns, Limits, Options

    limits = Limits(seconds=seconds, memory=memory << 20)
    options = Options(
        workers=workers, model=model_named(model), again=again.value if again else None, limits=limits, pictures=pictures,
        columns=Columns(text_column, html_column, url_column, date_column),
        formats=tuple(one.value for one in formats or ()), duckdb=duckdb,
        engine=engine.value,
    )  # fmt: skip
    try:
        summary = _run(archives, out, options)
    except GovnlpError as error:
        complain(str(error))
        raise typer.Exit(2) from None
    except OSError as error:
        complain(f"{error.filename or out}: {error.strerror or error}; what was read before is kept, run it again.")
        raise typer.Exit(2) from None
    for line in closing_lines(summary):
        complain(line)
    raise typer.Exit(_INTERRUPTED if not summary.finished else int(bool(summary.failures)))


def _run(archives: list[str], out: Path, options: Options) -> Summary:
    from govnlp.batch import batch as run

    with _watcher() as watcher, _ending_gently():
        return run(archives, out, options, watcher)


@contextmanager
def _ending_gently() -> Iterator[None]:
    """A request to end (SIGTERM) is taken as Ctrl-C is: what was read is kept."""

    def interrupt(_number: int, _frame: FrameType | None) -> None:
        raise KeyboardInterrupt

    try:
        before = signal.signal(signal.SIGTERM, interrupt)
    except ValueError:  # not in the main thread
        yield
        return
    try:
        yield
    finally:
        signal.signal(signal.SIGTERM, before)


@contextmanager
def _watcher() -> Iterator[Watcher]:
    """What shows how far the run is: a line that changes at a terminal, else a new line now and then."""
    if not sys.stderr.isatty():
        yield _every(_LINE, lambda status: complain(progress_line(status)))
        return
    from rich.console import Console
    from rich.status import Status as Spinner

    with Spinner("", console=Console(stderr=True, highlight=False, markup=False)) as spinner:
        yield _every(_REDRAW, lambda status: spinner.update(progress_line(status)))


def _every(seconds: float, tell: Watcher) -> Watcher:
    """The watcher, called no more often than this."""
    last = time.monotonic()

    def watch(status: Status) -> None:
        nonlocal last
        if time.monotonic() - last >= seconds:
            last = time.monotonic()
            tell(status)

    return watch


def progress_line(status: Status) -> str:
    """`1,204 read (1,100 complete, 104 partial), 81 a second, 3 min left`."""
    if status.work != "reading":
        return f"{status.read.total():,} read; writing the tables"
    counts = ", ".join(f"{count:,} {name}" for name, count in status.read.most_common())
    parts = [f"{status.read.total():,} read" + (f" ({counts})" if counts else "")]
    parts += [f"{count:,} {name}" for count, name in _passed_over(status) if count]
    parts.append(f"{status.rate:.0f} a second")
    if status.seconds_left is not None:
        parts.append(f"{_duration(status.seconds_left)} left")
    return ", ".join(parts)


def closing_lines(summary: Summary) -> list[str]:
    """What was done and what is there now, and what to do about the rest."""
    status = summary.status
    done = [f"{status.found:,} sources: {status.read.total():,} read"]
    done += [f"{count:,} {name}" for count, name in _passed_over(status) if count]
    left_out = ", ".join(f"{count:,} {kind}" for kind, count in status.left_out.most_common(5))
    held = ", ".join(f"{count:,} {name}" for name, count in summary.documents.items()) or "nothing"
    lines = [", ".join(done) + (f"; left out: {left_out}" if left_out else ""), f"{summary.out} holds {held}"]
    if summary.failures:
        lines.append(f"{summary.failures:,} not read, see failures.jsonl; --again failed tries them once more")
    if summary.others:
        lines.append(f"{summary.others:,} read by another version, model or limit; --again version reads them anew")
    if not summary.finished:
        lines.append("interrupted: what was read is kept; the same command goes on, and then writes the tables")
    return lines


def _passed_over(status: Status) -> tuple[tuple[int, str], ...]:
    return (status.known, "known"), (status.duplicates, "duplicates"), (status.refused, "refused")


def _duration(seconds: float) -> str:
    if seconds < 90:
        return f"{seconds:.0f} s"
    return f"{seconds / 60:.0f} min" if seconds < 5400 else f"{seconds / 3600:.1f} h"
