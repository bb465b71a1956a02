"""The ordered steps from bytes to a report."""

from __future__ import annotations

import hashlib
import os
from functools import cache
from pathlib import Path
from typing import BinaryIO, NamedTuple, TypeAlias, get_args

from govnlp import prose, read, reconcile, segment, tables
from govnlp.errors import OptionError, SourceError
from govnlp.model_files import DEFAULT, Backend, model_path
from govnlp.normalise import normalise
from govnlp.read.limits import Limits
from govnlp.reconcile.files import filed, over_source
from govnlp.reconcile.places import placed
from govnlp.schema.document import Document
from govnlp.schema.reading import Outline
from govnlp.schema.report import Issue, Report, ReportStatus, Source

# What leaves a file unread; a report that is seen to be one all the same is partial.
_UNREADABLE = frozenset(
    {
        "empty_source", "source_too_large", "unsupported_format", "undecodable_source", "encrypted_source",
        "damaged_source", "truncated_source", "pages_not_read", "unreadable_text", "needs_ocr", "needs_libreoffice",
        "several_reports", "no_report_inside",
    }
)  # fmt: skip
SourceLike: TypeAlias = "str | os.PathLike[str] | bytes | BinaryIO"
Model: TypeAlias = "str | os.PathLike[str] | prose.Tagger | None"


class Inspection(NamedTuple):
    """A report beside what it was read from: the document of all blocks, the bytes of the file."""

    report: Report
    document: Document
    data: bytes


def extract(
    source: SourceLike | None = None,
    *,
    text: str | None = None,
    name: str | None = None,
    model: Model = DEFAULT,
    limits: Limits = Limits(),  # noqa: B008 - immutable
    beside: str | os.PathLike[str] | None = None,
    fetch: bool = False,
) -> Report:
    """One report file in, one canonical report out.

    `source` is a path, the bytes of a file or an open binary file; `text` is the report as a string instead. `name`
    names a source that has no file name. `model` is the name of the shipped model, the folder of one of your own, or what
    `load_model` gave: it reads the sentences that the exact rules leave open; with None the rules read alone.
    `limits` bound what is read. A page is followed to pictures and attachments in its own folder, or in the folder
    `beside` where the source has none; to the network only with `fetch`, which may download what the page leads to.
    What the document holds never raises: it becomes `Report.status` and `Report.issues`. `SourceError` says that the
    source itself cannot be opened, `MissingModelError` that there is no such model, `OptionError` that both or none of
    `source` and `text` were given.

    >>> extract(text="某县2016年政府信息公开工作年度报告\\n二、依申请公开情况\\n2016年共收到政府信息公开申请3件。").status
    'complete'
    """
    return inspect(source, text=text, name=name, model=model, limits=limits, beside=beside, fetch=fetch).report


def inspect(
    source: SourceLike | None = None,
    *,
    text: str | None = None,
    name: str | None = None,
    model: Model = DEFAULT,
    limits: Limits = Limits(),  # noqa: B008 - immutable
    beside: str | os.PathLike[str] | None = None,
    fetch: bool = False,
) -> Inspection:
    """As `extract`, and the report comes with the document that it was read in: for showing where a figure stands.

    >>> inspect(text="一、概述\\n收到申请3件。").document.blocks[0].span
    Span(start=0, end=4)
    """
    if (source is None) == (text is None):
        raise OptionError("give either a source (a path, bytes, an open binary file) or text=…, not both and not none.")
    tagger = _tagger(model_path(model)) if isinstance(model, str | os.PathLike) else model
    reach = read.Reach(_folder(source, beside), fetch)
    if text is not None:
        sound = text.encode("utf-8", "replace")
        return _inspection(read.read_text(sound.decode("utf-8"), limits, reach), name, sound, tagger)
    data, found = _bytes(source, limits)
    return _inspection(read.read(data, name or found, limits, reach), name or found, data, tagger)


def load_model(model: str | os.PathLike[str] = DEFAULT, backend: Backend = "onnxruntime") -> prose.Tagger:
    """The tagger of a model, read from disk once: exact rules first, the trained model for what they leave open.

    `backend` runs the model: `onnxruntime`, quick on one core, or `torch`, which takes a CUDA device where there is one.
    Both give the same answers. `MissingModelError` where there is no such model, `MissingExtraError` where what runs
    it is not installed, `OptionError` for another backend.

    >>> load_model("no_such_model")
    Traceback (most recent call last):
    govnlp.errors.MissingModelError: no model named 'no_such_model' ships with govnlp, and no folder of this name is here. Give the folder that `govnlp train -o DIR` wrote, or leave the model out for the one that ships.
    """
    if backend not in get_args(Backend):
        raise OptionError(f"no backend is named {backend!r}; there are {' and '.join(get_args(Backend))}.")
    folder = model_path(model)
    _loaded(folder, backend)
    return _tagger(folder, backend)


@cache
def _tagger(folder: Path, backend: Backend = "onnxruntime") -> prose.Tagger:
    """The rules, the model for what they leave open, and before both what the model's folder remembers."""
    model = prose.DeferredTagger(lambda: _loaded(folder, backend))
    return prose.remembering(prose.CascadeTagger(model), folder / prose.TAUGHT)


def _loaded(folder: Path, backend: Backend) -> prose.Tagger:
    from govnlp.prose.model import load

    return load(folder, backend)


def _folder(source: object, beside: str | os.PathLike[str] | None) -> Path | None:
    """Where the files beside a source are looked for: as told, else where a source that is a path lies."""
    if beside is not None:
        if not Path(beside).is_dir():
            raise OptionError(f"beside={str(beside)!r} is no folder; give the one that holds the page's pictures.")
        return Path(beside)
    return Path(source).parent if isinstance(source, str | os.PathLike) else None


def _bytes(source: object, limits: Limits) -> tuple[bytes, str | None]:
    """The bytes of a source and its file name; one more than the limit shows that a source is too large."""
    most = limits.bytes + 1
    if isinstance(source, bytes | bytearray | memoryview):
        return bytes(source), None
    if isinstance(source, str | os.PathLike):
        path = Path(source)
        return _file_bytes(path, most), path.name
    reader = getattr(source, "read", None)
    data = reader(most) if callable(reader) else None
    if not isinstance(data, bytes):
        raise OptionError(f"{type(source).__name__} is no source: give a path, bytes, or a file opened with mode 'rb'.")
    return data, Path(str(getattr(source, "name", ""))).name or None


def _file_bytes(path: Path, most: int) -> bytes:
    try:
        with path.open("rb") as file:
            return file.read(most)
    except IsADirectoryError:
        raise SourceError(f"{path} is a folder; name its files, or run `govnlp extract {path}`.") from None
    except FileNotFoundError:
        raise SourceError(f"{path} does not exist; check the name.") from None
    except (OSError, ValueError) as error:
        raise SourceError(f"{path} cannot be read: {getattr(error, 'strerror', None) or error}.") from None


def _inspection(raw: Document, name: str | None, data: bytes, tagger: prose.Tagger | None) -> Inspection:
    document = normalise(raw)
    outline = segment.segment(document, name, _judge(tagger))
    found = _read(document, outline, tagger)
    issues = (*document.issues, *outline.issues, *found.issues)
    found = filed(placed(found._replace(issues=issues), over_source(document)), document.files)
    report = Report(
        status=_status(outline, issues),
        meta=outline.meta,
        source=Source(name=name, format=raw.format, encoding=raw.encoding, digest=_digest(data)),
        sections=outline.sections,
        facts=found.facts,
        doubtful=found.doubtful,
        checks=found.checks,
        issues=found.issues,
        text=document.text.value,
    )
    return Inspection(report, document, data)


def _judge(tagger: prose.Tagger | None) -> segment.SectionJudge | None:
    """What of a tagger can tell the section of a paragraph: a trained model, alone or behind the rules."""
    while tagger is not None and not isinstance(tagger, segment.SectionJudge):
        tagger = getattr(tagger, "model", None)
    return tagger


def _read(document: Document, outline: Outline, tagger: prose.Tagger | None) -> reconcile.Reconciled:
    """The facts of a report; what is none answers nothing."""
    if not outline.is_report:
        return reconcile.Reconciled((), (), ())
    return reconcile.reconcile(
        tables.decode(document, outline), prose.read(document, outline, tagger), outline, document
    )


def _status(outline: Outline, issues: tuple[Issue, ...]) -> ReportStatus:
    if not outline.is_report:
        return "failed" if any(issue.code in _UNREADABLE for issue in issues) else "not_a_report"
    return "partial" if any(issue.severity == "error" for issue in issues) else "complete"


def _digest(data: bytes) -> str:
    return hashlib.blake2b(data, digest_size=16).hexdigest()
