"""`govnlp extract`: documents to reports."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from govnlp.cli.bounds import Backend, Bounds, Fetch, Megabytes, Model, Pages, Runs, Seconds
from govnlp.cli.output import complain, console, is_terminal, progress, use_utf8
from govnlp.cli.reading import Outcome, outcomes
from govnlp.cli.sources import is_several, listing, output_names
from govnlp.cli.tally import Tally
from govnlp.model_files import DEFAULT
from govnlp.schema.report import Report

Sources = Annotated[
    list[str], typer.Argument(metavar="SOURCE...", help="Files, folders (searched through), or - for standard input.")
]


class Format(StrEnum):
    """How reports are written to standard output."""

    TABLE = "table"
    JSON = "json"
    JSONL = "jsonl"
    CSV = "csv"


def extract(
    sources: Sources,
    out: Annotated[
        Path | None, typer.Option("-o", "--out", metavar="DIR", help="Write one <name>.json per document to DIR.")
    ] = None,
    format_: Annotated[
        Format | None,
        typer.Option("--format", help="Default: table at a terminal; else json for one document, jsonl for many."),
    ] = None,
    fetch: Fetch = False,
    max_mb: Megabytes = None,
    max_pages: Pages = None,
    max_seconds: Seconds = None,
    model: Model = DEFAULT,
    backend: Runs = Backend.ONNXRUNTIME,
) -> None:
    """Read reports: every figure, and where it stands.

    Exit codes: 0 all is well; 1 something is partial, failed, no report, inconsistent or missing; 2 wrong usage.
    """
    if out is not None:
        _check_folder(out, format_)
    found = listing(sources)
    bounds = Bounds(fetch, max_mb, max_pages, max_seconds, model, backend)
    tally = Tally(found.complaints)
    if not found.documents:
        raise typer.Exit(tally.exit_code)
    if out is not None:
        _write(found.documents, bounds, out, tally)
    else:
        several = is_several(sources, found.documents)
        reports = (report for _, report in tally.reports(outcomes(found.documents, bounds)))
        _print(reports, format_ or _usual(several), several)
        if several and (format_ or _usual(several)) is Format.TABLE:
            complain(tally.summary())
    raise typer.Exit(tally.exit_code)


def _usual(several: bool) -> Format:
    if is_terminal():
        return Format.TABLE
    return Format.JSONL if several else Format.JSON


def _check_folder(out: Path, format_: Format | None) -> None:
    """Wrong usage ends the command before anything is read."""
    if format_ not in (None, Format.JSON):
        raise typer.BadParameter(f"-o writes JSON files; for {format_.value} leave -o out and redirect the output.")
    if out.exists() and not out.is_dir():
        raise typer.BadParameter(f"{out} is a file; -o takes a folder (it is made where it does not exist).")


def _write(documents: tuple[str, ...], bounds: Bounds, out: Path, tally: Tally) -> None:
    from govnlp.export.json import write_report

    try:
        out.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        tally.complain(f"{out}: the folder cannot be made: {error.strerror}")
        return
    names = dict(zip(documents, output_names(documents), strict=True))
    with progress(len(documents)) as step:
        for source, report in tally.reports(_stepping(documents, bounds, step)):
            try:
                write_report(report, out, names[source])
            except (OSError, ValueError) as error:
                tally.complain(f"{source}: {out / names[source]}.json cannot be written: {error}")
    complain(f"{tally.summary()} -> {out}")


def _stepping(documents: tuple[str, ...], bounds: Bounds, step: Callable[[str], None]) -> Iterator[Outcome]:
    for one in outcomes(documents, bounds):
        step(one.source)
        yield one


def _print(reports: Iterator[Report], format_: Format, several: bool) -> None:
    if format_ is Format.TABLE:
        _print_tables(reports)
        return
    use_utf8()
    if format_ is Format.CSV:
        from govnlp.export.tabular import to_csv

        to_csv(reports, sys.stdout)
    elif format_ is Format.JSON:
        _print_json(reports, several)
    else:
        for report in reports:
            _line(report.to_json())


def _print_tables(reports: Iterator[Report]) -> None:
    from govnlp.cli.show import print_report

    page = console()
    for report in reports:
        print_report(page, report)


def _print_json(reports: Iterator[Report], several: bool) -> None:
    """One object; or an array of all, written as they come."""
    if not several:
        for report in reports:
            _line(report.to_json(indent=2))
        return
    before = "["
    for report in reports:
        _line(before + report.to_json())
        before = ","
    _line("]" if before == "," else "[]")


def _line(text: str) -> None:
    sys.stdout.write(text + "\n")
    sys.stdout.flush()
