"""`govnlp evaluate`: how well reports or annotated passages are read."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from govnlp.cli.bounds import Backend, Model, Runs, model_run
from govnlp.cli.output import complain, console, use_utf8
from govnlp.errors import GovnlpError
from govnlp.model_files import DEFAULT

if TYPE_CHECKING:
    from govnlp import pipeline
    from govnlp.learn.measure import Measured


def evaluate(
    gold: Annotated[
        Path,
        typer.Argument(metavar="GOLD", help="Annotated passages (JSONL), or a folder of gold reports (JSON each)."),
    ],
    model: Model = DEFAULT,
    backend: Runs = Backend.ONNXRUNTIME,
    json_: Annotated[bool, typer.Option("--json", help="Write everything as one JSON object.")] = False,
    errors: Annotated[int, typer.Option("--errors", metavar="N", min=0, help="List up to N errors.")] = 20,
) -> None:
    """Measure reading against gold: precision, recall and F1, what is confused, and every error with its sentence.

    Exit codes: 0 it was measured; 1 the gold or the model cannot be used; 2 wrong usage.
    """
    try:
        found = measure(gold, model_run(model, backend))
    except GovnlpError as error:
        complain_lines(str(error))
        raise typer.Exit(1) from None
    if json_:
        from govnlp.learn.as_json import as_json

        use_utf8()
        sys.stdout.write(as_json(found) + "\n")
        return
    from govnlp.cli.show_scores import print_scores

    print_scores(console(), found, errors)


def measure(gold: Path, model: pipeline.Model = None) -> Measured:
    """The scores over a file of annotated passages or a folder of gold reports."""
    from govnlp.learn.measure import measured
    from govnlp.learn.taggers import reader_of, tagger_of

    if gold.is_dir():
        from govnlp.learn.documents import compared, read_gold

        return measured(compared(read_gold(gold), reader_of(model)))
    from govnlp.learn.passages import compared as compared_passages
    from govnlp.prose.annotations import read_annotations

    return measured(compared_passages(read_annotations(gold), tagger_of(model)))


def complain_lines(message: str) -> None:
    """A message of several lines on standard error, each made safe for a terminal."""
    for line in message.split("\n"):
        complain(line)
