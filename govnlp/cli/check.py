"""`govnlp check`: what to look at in a report before it is published, with the cells and sentences."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from govnlp.cli.bounds import Backend, Bounds, Fetch, Megabytes, Model, Pages, Runs, Seconds
from govnlp.cli.extract import Sources
from govnlp.cli.output import complain, console, write_text
from govnlp.cli.reading import outcomes
from govnlp.cli.sources import is_several, listing
from govnlp.cli.tally import Tally
from govnlp.model_files import DEFAULT
from govnlp.schema.report import Report

if TYPE_CHECKING:
    from govnlp.audit.page import Audited


class Format(StrEnum):
    """How findings are written."""

    TABLE = "table"
    JSON = "json"
    HTML = "html"
    LINES = "lines"
    SARIF = "sarif"


class Language(StrEnum):
    """The language of messages."""

    ZH = "zh"
    EN = "en"


_SUFFIXES = {
    ".html": Format.HTML, ".htm": Format.HTML, ".json": Format.JSON, ".jsonl": Format.JSON, ".sarif": Format.SARIF,
    ".txt": Format.LINES,
}  # fmt: skip


def check(
    sources: Sources,
    last_year: Annotated[
        Path | None, typer.Option("--last-year", metavar="FILE", help="The same organ's report of the year before.")
    ] = None,
    all_: Annotated[bool, typer.Option("--all", help="List what could not be decided, and remarks, too.")] = False,
    format_: Annotated[
        Format | None,
        typer.Option("--format", help="Default: table, or what the suffix of -o says. lines: file:line:column."),
    ] = None,
    out: Annotated[Path | None, typer.Option("-o", "--out", metavar="FILE", help="Write to FILE instead.")] = None,
    language: Annotated[
        Language, typer.Option("--language", help="The language of findings; html has both.")
    ] = Language.ZH,
    fetch: Fetch = False,
    max_mb: Megabytes = None,
    max_pages: Pages = None,
    max_seconds: Seconds = None,
    model: Model = DEFAULT,
    backend: Runs = Backend.ONNXRUNTIME,
) -> None:
    """Audit reports before they are published: sums (勾稽关系), text against tables, the form, units, dates, last year.

    Exit codes: 0 no error was found; 1 there is an error, or something is partial, failed, no report or missing;
    2 wrong usage.
    """
    chosen = format_ or (_SUFFIXES.get(out.suffix.lower(), Format.TABLE) if out else Format.TABLE)
    if out is not None and chosen is Format.TABLE:
        raise typer.BadParameter("a table is for the terminal; with -o choose --format html, json, lines or sarif.")
    found = listing(sources)
    several = is_several(sources, found.documents)
    if last_year is not None and several:
        raise typer.BadParameter("--last-year is for one report: name a single file beside it.")
    tally = Tally(found.complaints)
    bounds = Bounds(fetch, max_mb, max_pages, max_seconds, model, backend)
    audited = _audited(tally.reports(outcomes(found.documents, bounds)), _before(last_year, bounds), tally)
    if chosen is Format.TABLE:
        _print_tables(audited, all_, language)
        if several and found.documents:
            complain(tally.summary())
    else:
        _write(_text(audited, chosen, everything=all_, several=several, language=language), out, tally)
    raise typer.Exit(tally.exit_code)


def _before(path: Path | None, bounds: Bounds) -> Report | None:
    """Last year's report; one that cannot be opened is wrong usage."""
    if path is None:
        return None
    outcome = next(outcomes((str(path),), bounds))
    if outcome.report is None:
        raise typer.BadParameter(outcome.complaint or f"{path} cannot be read.")
    return outcome.report


def _audited(
    reports: Iterable[tuple[str, Report]], last_year: Report | None, tally: Tally
) -> Iterator[tuple[str, Audited]]:
    """Each document that could be read, with its findings; an error among them counts for the exit code."""
    from govnlp.audit import audit
    from govnlp.audit.page import Audited

    for source, report in reports:
        findings = audit(report, last_year)
        if any(one.severity == "error" for one in findings):
            tally.exit_code = 1
        yield source, Audited(report, findings)


def _text(
    audited: Iterable[tuple[str, Audited]], format_: Format, *, everything: bool, several: bool, language: Language
) -> Iterator[str]:
    """What to write, piece by piece: JSON and lines as they come, a page or a log when all are read."""
    from govnlp.cli import check_output

    if format_ is Format.JSON:
        for _, one in audited:
            yield check_output.as_json(one, everything=everything, several=several)
    elif format_ is Format.LINES:
        for source, one in audited:
            yield from check_output.as_lines(source, one, everything=everything, language=language)
    elif format_ is Format.HTML:
        from govnlp.audit.page import page

        yield page([one for _, one in audited])
    else:
        yield check_output.as_sarif(audited, language=language)


def _write(pieces: Iterator[str], out: Path | None, tally: Tally) -> None:
    try:
        write_text(pieces, out)
    except OSError as error:
        tally.complain(f"{out}: it cannot be written: {error.strerror or error}")


def _print_tables(audited: Iterable[tuple[str, Audited]], everything: bool, language: Language) -> None:
    from govnlp.cli.show_findings import shown

    page = console()
    for _, one in audited:
        for line in shown(one, everything=everything, language=language):
            page.print(line, soft_wrap=True)
