"""`view`: a report as one page to look at, to correct, and to save corrections from."""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from pathlib import Path

from govnlp.export.html import Language, page
from govnlp.export.html_pages import MOST_PAGES, Drawn, of_pdf, of_picture
from govnlp.model_files import DEFAULT
from govnlp.pipeline import Inspection, SourceLike, inspect
from govnlp.prose.annotations import read_annotations
from govnlp.read.limits import Limits

# Formats of scans, whose pages are the pictures themselves.
_PICTURES = frozenset(("png", "jpeg", "tiff", "webp", "gif", "bmp"))


def view(
    source: SourceLike | None = None,
    *,
    text: str | None = None,
    name: str | None = None,
    model: str | os.PathLike[str] | None = DEFAULT,
    limits: Limits = Limits(),  # noqa: B008 - immutable
    beside: str | os.PathLike[str] | None = None,
    fetch: bool = False,
    annotations: str | os.PathLike[str] | None = None,
    language: Language | None = None,
) -> str:
    """A report as a self-contained HTML page: the document on one side, the canonical report on the other.

    `annotations` is a file of corrections that a page saved (`AnnotationError` names its bad lines), `language` the one
    that the page opens in; without it the browser's. All other arguments are those of `extract`.

    >>> view(text="某县2016年政府信息公开工作年度报告\\n收到申请3件。")[:15]
    '<!doctype html>'
    """
    found = inspect(source, text=text, name=name, model=model, limits=limits, beside=beside, fetch=fetch)
    return page_of(found, annotations, language)


def page_of(
    found: Inspection, annotations: str | os.PathLike[str] | None = None, language: Language | None = None
) -> str:
    """The page of what `inspect` gave; annotations that are of other reports are left aside by the page."""
    return page(found.report, found.document, pictures(found), _lines(annotations), language)


def pictures(found: Inspection) -> tuple[Drawn, ...]:
    """The pages of a PDF or of a scan as they are printed; nothing for other formats, or where they cannot be drawn.

    >>> pictures(inspect(text="一、概述"))
    ()
    """
    form = found.document.format
    try:
        if form == "pdf":
            return tuple(of_pdf(found.data))
        return tuple(_of_frames(found.data)) if form in _PICTURES else ()
    # A damaged page, or a package that is not here, leaves the text to look at.
    except Exception:
        return ()


def _of_frames(data: bytes) -> Iterator[Drawn]:
    from PIL import Image

    from govnlp.read.ocr_pictures import Fault, frames

    for one in frames(data, Limits(pages=MOST_PAGES)):
        if isinstance(one, Fault):
            return
        yield of_picture(Image.fromarray(one.bitmap), one.number, one.dpi)


def _lines(annotations: str | os.PathLike[str] | None) -> tuple[str, ...]:
    """The lines of a sound file of annotations, each one JSON object."""
    if annotations is None:
        return ()
    path = Path(annotations)
    read_annotations(path, least=0)
    lines = path.read_text("utf-8-sig").split("\n")
    return tuple(json.dumps(json.loads(line, parse_float=str), ensure_ascii=False) for line in lines if line.strip())
