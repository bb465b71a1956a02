"""`govnlp view`: reports as pages to look at and to correct."""

from __future__ import annotations

import sys
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated
from urllib.parse import quote

import typer

from govnlp.cli.bounds import Backend, Model, Runs, model_run
from govnlp.cli.evaluate import complain_lines
from govnlp.cli.extract import Sources
from govnlp.cli.output import complain, progress
from govnlp.cli.sources import STANDARD_INPUT, is_several, listing, output_names
from govnlp.errors import AnnotationError, GovnlpError, MissingExtraError, MissingModelError
from govnlp.model_files import DEFAULT

if TYPE_CHECKING:
    from govnlp import pipeline
    from govnlp.export.html_index import Entry
    from govnlp.pipeline import Inspection

_PAGES = "pages"


class Language(StrEnum):
    """The language that a page opens in."""

    ZH = "zh"
    EN = "en"


def view(
    sources: Sources,
    out: Annotated[
        Path, typer.Option("-o", "--out", metavar="PATH", help="The page to write; for many documents a folder.")
    ],
    annotations: Annotated[
        Path | None, typer.Option("--annotations", metavar="FILE", help="Corrections that a page saved, to open again.")
    ] = None,
    model: Model = DEFAULT,
    backend: Runs = Backend.ONNXRUNTIME,
    language: Annotated[
        Language | None, typer.Option("--language", help="The language of the page; the browser's without it.")
    ] = None,
    fetch: Annotated[bool, typer.Option("--fetch", help="May download what a page leads to.")] = False,
) -> None:
    """Write reports as self-contained pages: every figure beside its source, to be checked and corrected.

    One document gives one page; many, or a folder, give a folder with an index. Exit codes: 0 all were written;
    1 something could not be read or written; 2 wrong usage.
    """
    found = listing(sources)
    for line in found.complaints:
        complain(line)
    try:
        work = _Work(annotations, model_run(model, backend), language, fetch)
        if is_several(sources, found.documents):
            sound = _write_many(found.documents, out, work)
        else:
            sound = _write_one(found.documents[0], out, work)
    except (AnnotationError, MissingModelError, MissingExtraError) as error:
        complain_lines(str(error))
        raise typer.Exit(1) from None
    except OSError as error:
        complain(f"{out}: it cannot be written: {error.strerror or error}")
        raise typer.Exit(1) from None
    raise typer.Exit(0 if sound and not found.complaints else 1)


class _Work:
    """Makes the page of a document, with the options of the command."""

    def __init__(self, annotations: Path | None, model: pipeline.Model, language: Language | None, fetch: bool) -> None:
        self._annotations, self._model, self._language, self._fetch = annotations, model, language, fetch

    def read(self, source: str) -> Inspection | None:
        """A document as read; None, and a complaint, where it cannot be."""
        from govnlp.pipeline import inspect

        try:
            if source == STANDARD_INPUT:
                return inspect(sys.stdin.buffer, name="stdin", model=self._model, fetch=self._fetch)
            return inspect(source, model=self._model, fetch=self._fetch)
        except (MissingModelError, MissingExtraError):
            raise
        except (GovnlpError, OSError) as error:
            message = " ".join(str(error).split())
            complain(message if str(Path(source)) in message else f"{source}: {message}")
            return None

    def page(self, found: Inspection) -> str:
        from govnlp.viewing import page_of

        return page_of(found, self._annotations, self._language.value if self._language else None)

    def index(self, entries: list[Entry]) -> str:
        from govnlp.export.html import index

        return index(entries, self._language.value if self._language else None)


def _write_one(source: str, out: Path, work: _Work) -> bool:
    if out.is_dir():
        raise typer.BadParameter(f"{out} is a folder; for one document -o takes the name of the page.")
    found = work.read(source)
    if found is None:
        return False
    out.parent.mkdir(parents=True, exist_ok=True)
    out.write_text(work.page(found), "utf-8")
    complain(f"{source} -> {out}")
    return True


def _write_many(documents: tuple[str, ...], out: Path, work: _Work) -> bool:
    from govnlp.export.html_index import entry

    if out.exists() and not out.is_dir():
        raise typer.BadParameter(f"{out} is a file; for many documents -o takes a folder.")
    (out / _PAGES).mkdir(parents=True, exist_ok=True)
    entries = []
    with progress(len(documents)) as step:
        for source, name in zip(documents, output_names(documents), strict=True):
            step(source)
            found = work.read(source)
            if found is None:
                continue
            (out / _PAGES / f"{name}.html").write_text(work.page(found), "utf-8")
            entries.append(entry(found.report, f"{_PAGES}/{quote(name)}.html", found.report.source.name or source))
    (out / "index.html").write_text(work.index(entries), "utf-8")
    complain(f"{len(entries)} of {len(documents)} documents -> {out / 'index.html'}")
    return len(entries) == len(documents)
