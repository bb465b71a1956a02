"""`govnlp annotate`: passages to an annotation tool, what was annotated back."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from govnlp.cli.bounds import Backend, Model, Runs, model_run
from govnlp.cli.evaluate import complain_lines
from govnlp.cli.extract import Sources
from govnlp.cli.output import complain, progress, write_text
from govnlp.cli.sources import STANDARD_INPUT, listing
from govnlp.errors import GovnlpError
from govnlp.model_files import DEFAULT

if TYPE_CHECKING:
    from govnlp.annotate import Task
    from govnlp.prose.tagger import Tagger

annotate = typer.Typer(
    help="Passages to an annotation tool with what govnlp reads in them, and what was annotated back.",
    no_args_is_help=True,
)


class Format(StrEnum):
    """The formats of annotation tools."""

    LABEL_STUDIO = "label-studio"
    DOCCANO = "doccano"
    SPACY = "spacy"
    JSONL = "jsonl"


class Way(StrEnum):
    """How passages are chosen."""

    UNCERTAIN = "uncertain"
    DISAGREEMENT = "disagreement"
    RANDOM = "random"


@annotate.command("export")
def export(
    sources: Sources,
    to: Annotated[Format, typer.Option("--to", help="The format of the tool.")],
    out: Annotated[Path, typer.Option("-o", "--output", metavar="FILE", help="The file to write.")],
    select_: Annotated[
        tuple[Way, int] | None,
        typer.Option("--select", metavar="HOW N", help="N passages: uncertain, disagreement or random; else all."),
    ] = None,
    model: Model = DEFAULT,
    backend: Runs = Backend.ONNXRUNTIME,
    seed: Annotated[int, typer.Option("--seed", metavar="N", help="Another number draws another sample.")] = 0,
) -> None:
    """Write the passages of reports with what is read in them as suggestions.

    Exit codes: 0 it was written; 1 a document could not be read (the others are written), or nothing could; 2 wrong usage.
    """
    from govnlp.annotate import select, write_tasks
    from govnlp.learn.taggers import tagger_of

    way, count = select_ or (None, 0)
    if way is not None and count < 1:
        raise typer.BadParameter("--select takes a way and how many: --select uncertain 200")
    found = listing(sources)
    for line in found.complaints:
        complain(line)
    try:
        tagger = tagger_of(model_run(model, backend))
        reading = _Reading(found.documents, tagger)
        made = select(reading, way.value, count, seed=seed) if way is not None else reading
        written = write_tasks(made, out, to.value)
    except GovnlpError as error:
        complain_lines(str(error))
        raise typer.Exit(1) from None
    complain(f"{written} passages of {len(found.documents)} documents -> {out}")
    raise typer.Exit(1 if found.complaints or reading.failed else 0)


@annotate.command("import")
def import_(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="What the tool exported.")],
    from_: Annotated[Format, typer.Option("--from", help="The format of the tool.")],
    out: Annotated[Path, typer.Option("-o", "--output", metavar="FILE", help="Annotations for `govnlp train`.")],
    unreviewed: Annotated[
        bool, typer.Option("--unreviewed", help="Label Studio: take the suggestions of tasks that nobody annotated.")
    ] = False,
) -> None:
    """Write what was annotated as `govnlp train --annotations` reads it.

    Exit codes: 0 it was written; 1 the file cannot be used, and every fault was named; 2 wrong usage.
    """
    from govnlp.annotate import read_tasks, write_annotations

    try:
        count = write_annotations(read_tasks(file, from_.value, unreviewed=unreviewed), out)
    except GovnlpError as error:
        complain_lines(str(error))
        raise typer.Exit(1) from None
    complain(f"{count} passages -> {out}")


@annotate.command("config")
def config(
    out: Annotated[Path | None, typer.Option("-o", "--output", metavar="FILE", help="Write to FILE instead.")] = None,
) -> None:
    """Write Label Studio's labelling interface (XML) for these tasks."""
    from govnlp.annotate import config as interface

    try:
        write_text(iter([interface()]), out)
    except OSError as error:
        complain(f"{out}: it cannot be written: {error.strerror or error}")
        raise typer.Exit(1) from None


class _Reading:
    """The tasks of documents, read one after another; `failed` counts those that could not be read."""

    def __init__(self, documents: tuple[str, ...], tagger: Tagger) -> None:
        self._documents, self._tagger = documents, tagger
        self.failed = 0

    def __iter__(self) -> Iterator[Task]:
        with progress(len(self._documents)) as step:
            for source in self._documents:
                yield from self._of(source)
                step(source)

    def _of(self, source: str) -> Iterator[Task]:
        from govnlp.annotate import tasks
        from govnlp.pipeline import inspect

        try:
            is_input = source == STANDARD_INPUT
            read = inspect(sys.stdin.buffer, name="stdin") if is_input else inspect(source)
        except (GovnlpError, OSError) as error:
            self.failed += 1
            complain(f"{source}: {error}")
            return
        yield from tasks(read.report, read.document, self._tagger)
