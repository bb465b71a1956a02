"""The command line: it parses, calls the library and prints."""

from __future__ import annotations

from typing import Annotated

import typer

from govnlp.cli.annotate import annotate
from govnlp.cli.batch import batch
from govnlp.cli.check import check
from govnlp.cli.evaluate import evaluate
from govnlp.cli.extract import extract
from govnlp.cli.panel import panel
from govnlp.cli.train import train
from govnlp.cli.view import view
from govnlp.version import __version__

app = typer.Typer(
    name="govnlp",
    help="Reads Chinese government information-disclosure annual reports (政府信息公开工作年度报告).",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
)
app.command()(extract)
app.command()(check)
app.command()(batch)
app.command()(panel)
app.command()(evaluate)
app.command()(train)
app.command()(view)
app.add_typer(annotate, name="annotate")


def _version(wanted: bool) -> None:
    if wanted:
        typer.echo(f"govnlp {__version__}")
        raise typer.Exit


@app.callback()
def _options(
    version: Annotated[
        bool, typer.Option("--version", callback=_version, is_eager=True, help="Show the version and exit.")
    ] = False,
) -> None:
    """Reads Chinese government information-disclosure annual reports (政府信息公开工作年度报告)."""


def main() -> None:
    """Run the command; the process ends with its exit code."""
    app(prog_name="govnlp")
