"""How much of each source a command reads, with which model, and whether it may ask the network: options that commands share."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING, Annotated, NamedTuple

import typer

from govnlp.model_files import DEFAULT

if TYPE_CHECKING:
    from govnlp import pipeline
    from govnlp.read.limits import Limits

_MEGABYTE = 1024 * 1024

Fetch = Annotated[bool, typer.Option("--fetch", help="May download the pictures and attachments that a page leads to.")]
Megabytes = Annotated[
    int | None, typer.Option("--max-mb", metavar="N", min=1, help="The largest file that is read, in megabytes (32).")
]
Pages = Annotated[
    int | None, typer.Option("--max-pages", metavar="N", min=1, help="Pages of a PDF or scan that are read (2000).")
]
Seconds = Annotated[
    float | None,
    typer.Option("--max-seconds", metavar="N", min=0.1, help="Time for recognition, conversion, downloads (300)."),
]
Model = Annotated[
    str,
    typer.Option(
        "--model", metavar="NAME", help="The shipped model, the folder of your own, or none: the rules alone."
    ),
]


class Backend(StrEnum):
    """What runs the model."""

    ONNXRUNTIME = "onnxruntime"
    TORCH = "torch"


Runs = Annotated[
    Backend, typer.Option("--backend", help="What runs the model; torch takes a CUDA device where there is one.")
]


def model_named(name: str) -> str | None:
    """The model that an option names.

    >>> model_named("none"), model_named("mine")
    (None, 'mine')
    """
    return None if name == "none" else name


def model_run(name: str, backend: Backend) -> pipeline.Model:
    """The model that the options name, loaded where another backend than the usual one is to run it.

    >>> model_run("none", Backend.TORCH), model_run("mine", Backend.ONNXRUNTIME)
    (None, 'mine')
    """
    if model_named(name) is None or backend is Backend.ONNXRUNTIME:
        return model_named(name)
    from govnlp.pipeline import load_model

    return load_model(name, "torch")


class Bounds(NamedTuple):
    """What a user asked for; none leaves the library's own limit."""

    fetch: bool = False
    megabytes: int | None = None
    pages: int | None = None
    seconds: float | None = None
    model: str = DEFAULT
    backend: Backend = Backend.ONNXRUNTIME

    def reader(self) -> pipeline.Model:
        """What the library takes as its model."""
        return model_run(self.model, self.backend)

    def limits(self) -> Limits:
        """The limits that the library takes.

        >>> Bounds(megabytes=2, pages=5).limits()[:3]
        (2097152, 200000, 5)
        """
        from govnlp.read.limits import Limits  # takes the readers along, and --help does without

        usual = Limits()
        return usual._replace(
            bytes=self.megabytes * _MEGABYTE if self.megabytes else usual.bytes,
            unpacked=max(usual.unpacked, self.megabytes * _MEGABYTE) if self.megabytes else usual.unpacked,
            pages=self.pages or usual.pages,
            seconds=self.seconds or usual.seconds,
        )
