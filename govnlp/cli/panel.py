"""`govnlp panel`: what batch read, by organ, year and indicator."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from govnlp.cli.output import complain
from govnlp.errors import GovnlpError, OptionError

if TYPE_CHECKING:
    from govnlp.panel import Panel
    from govnlp.panel.write import Format as Kind

_USUAL = "applications.new.total"


class Format(StrEnum):
    """What the panel is written as."""

    PARQUET = "parquet"
    CSV = "csv"


def panel(
    folder: Annotated[Path, typer.Argument(metavar="OUT", help="The folder that `govnlp batch` wrote.")],
    out: Annotated[
        Path | None, typer.Option("-o", "--out", metavar="DIR", help="The folder to write to; OUT/panel without it.")
    ] = None,
    wide: Annotated[
        bool, typer.Option("--wide/--long", help="A row an organ-year and a column an indicator; else a row a figure.")
    ] = False,
    formats: Annotated[
        list[Format] | None, typer.Option("--format", help="May be given twice; both without it.")
    ] = None,
    aliases: Annotated[
        Path | None, typer.Option(metavar="FILE", help="CSV of names: the columns name and canonical.")
    ] = None,
    plot: Annotated[Path | None, typer.Option(metavar="DIR", help="Draw the panel, too: PNG files and a page.")] = None,
    indicators: Annotated[
        list[str] | None, typer.Option("--indicator", metavar="ID", help=f"What to draw over the years; {_USUAL}.")
    ] = None,
) -> None:
    """Write the panel of an archive: organ x year x indicator, names resolved, checked over years and levels.

    Exit codes: 0 it was written; 1 there is no report with an organ and a year; 2 wrong usage.
    """
    from govnlp.panel import plot as draw
    from govnlp.panel import read, write

    try:
        if indicators and plot is None:
            raise OptionError("--indicator says what to draw; give --plot DIR, too.")
        made = read(folder, aliases=aliases)
        kinds: tuple[Kind, ...] = tuple(kind.value for kind in formats or list(Format))
        paths = write(made, out or folder / "panel", shape="wide" if wide else "long", formats=kinds)
        for line in summary_lines(made):
            typer.echo(line)
        drawn = draw(made, plot, indicators or (_USUAL,)) if plot is not None and made.rows else None
    except GovnlpError as error:
        complain(str(error))
        raise typer.Exit(2) from None
    except OSError as error:
        complain(f"{error.filename or out}: {error.strerror or error}.")
        raise typer.Exit(2) from None
    for note in drawn.notes if drawn else ():
        complain(note)
    for path in (*paths, *(drawn.paths if drawn else ())):
        typer.echo(path)
    raise typer.Exit(int(not made.rows))


def summary_lines(panel: Panel) -> Iterator[str]:
    """What the panel has: organs, years, documents, names, checks, gaps."""
    rows, documents = panel.rows, panel.documents
    organs = {row.organ for row in rows}
    years = [row.year for row in rows]
    span = f", {min(years)} to {max(years)}" if years else ""
    yield f"{len(organs):,} organs, {len(rows):,} organ-years{span}, {panel.cells.num_rows:,} figures"
    others = sum(not one.chosen and one.canonical is not None for one in documents)
    nameless = sum(one.canonical is None for one in documents)
    yield f"{len(documents):,} documents: {len(rows):,} speak, {others:,} are other versions, {nameless:,} have no organ or year"
    reasons = Counter(reason for row in panel.name_rows for reason in row.reasons.split())
    yield f"{len(panel.name_rows):,} names: " + ", ".join(f"{count:,} {name}" for name, count in reasons.most_common())
    counts = Counter((one.id.split(".")[0] + "." + one.id.split(".")[1], one.status) for one in panel.check_rows)
    for name in sorted({name for name, _ in counts}):
        said = ", ".join(f"{counts[name, status]:,} {status}" for status in ("passed", "failed", "undecided"))
        yield f"{name}: {said}"
    missing = Counter(one.kind for one in panel.gap_rows)
    yield "gaps: " + (", ".join(f"{count:,} {kind}" for kind, count in missing.most_common()) or "none")
