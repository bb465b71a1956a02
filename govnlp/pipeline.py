"""The ordered steps from bytes to a report."""

from __future__ import annotations

import hashlib
import os
from pathlib import Path
from typing import BinaryIO, TypeAlias

from govnlp import prose, read, reconcile, segment, tables
from govnlp.errors import MissingExtraError, OptionError, SourceError
from govnlp.model_files import DEFAULT, model_path
from govnlp.normalise import normalise
from govnlp.schema.document import Document
from govnlp.schema.reading import Outline
from govnlp.schema.report import Issue, Report, ReportStatus, Source

_UNREADABLE = frozenset({"empty_source", "source_too_large", "unsupported_format", "undecodable_source"})
# One byte over the limit is enough to see that a source is too large, be it a device without an end.
_MOST_BYTES = read.Limits().bytes + 1
SourceLike: TypeAlias = "str | os.PathLike[str] | bytes | BinaryIO"


def extract(
    source: SourceLike | None = None,
    *,
    text: str | None = None,
    name: str | None = None,
    model: str | os.PathLike[str] | None = None,
) -> Report:
    """One report file in, one canonical report out.

    `source` is a path, the bytes of a file or an open binary file; `text` is the report as a string instead. `name`
    names a source that has no file name. `model` is the name of a shipped model (`zh_govnlp`) or the folder of one of
    your own: it reads the sentences that the exact rules leave open (extra `model`); without it the rules read alone. What the document holds never raises: it becomes `Report.status` and
    `Report.issues`. `SourceError` says that the source itself cannot be opened, `MissingModelError` that there is no such
    model, `OptionError` that both or none of
    `source` and `text` were given.

    >>> extract(text="某县2016年政府信息公开工作年度报告\\n二、依申请公开情况\\n2016年共收到政府信息公开申请3件。").status
    'complete'
    """
    if (source is None) == (text is None):
        raise OptionError("give either a source (a path, bytes, an open binary file) or text=…, not both and not none.")
    tagger = load_model(model) if model is not None else None
    if text is not None:
        sound = text.encode("utf-8", "replace")
        return _report(read.read_text(sound.decode("utf-8")), name, sound, tagger)
    data, found = _bytes(source)
    return _report(read.read(data, name or found), name or found, data, tagger)


def load_model(model: str | os.PathLike[str] = DEFAULT) -> prose.Tagger:
    """The tagger of a model, loaded once: exact rules first, the trained model for what they leave open.

    `MissingModelError` where there is no such model, `MissingExtraError` where onnxruntime or tokenizers are not here.

    >>> load_model("no_such_model")
    Traceback (most recent call last):
    govnlp.errors.MissingModelError: no model named 'no_such_model' ships with govnlp, and no folder of this name is here. Give the folder that `govnlp train -o DIR` wrote, or leave the model out for the one that ships.
    """
    folder = model_path(model)
    try:
        from govnlp.prose.model import load

        return prose.CascadeTagger(load(folder))
    except ImportError as error:
        raise MissingExtraError("a model needs onnxruntime and tokenizers: pip install 'govnlp[model]'.") from error


def _bytes(source: object) -> tuple[bytes, str | None]:
    """The bytes of a source and its file name."""
    if isinstance(source, bytes | bytearray | memoryview):
        return bytes(source), None
    if isinstance(source, str | os.PathLike):
        path = Path(source)
        return _file_bytes(path), path.name
    reader = getattr(source, "read", None)
    data = reader(_MOST_BYTES) if callable(reader) else None
    if not isinstance(data, bytes):
        raise OptionError(f"{type(source).__name__} is no source: give a path, bytes, or a file opened with mode 'rb'.")
    return data, Path(str(getattr(source, "name", ""))).name or None


def _file_bytes(path: Path) -> bytes:
    try:
        with path.open("rb") as file:
            return file.read(_MOST_BYTES)
    except IsADirectoryError:
        raise SourceError(f"{path} is a folder; name its files, or run `govnlp extract {path}`.") from None
    except FileNotFoundError:
        raise SourceError(f"{path} does not exist; check the name.") from None
    except (OSError, ValueError) as error:
        raise SourceError(f"{path} cannot be read: {getattr(error, 'strerror', None) or error}.") from None


def _report(raw: Document, name: str | None, data: bytes, tagger: prose.Tagger | None) -> Report:
    document = normalise(raw)
    outline = segment.segment(document, name)
    found = _read(document, outline, tagger)
    issues = (*document.issues, *outline.issues, *found.issues)
    return Report(
        status=_status(outline, issues),
        meta=outline.meta,
        source=Source(name=name, format=raw.format, encoding=raw.encoding, digest=_digest(data)),
        sections=outline.sections,
        facts=found.facts,
        checks=found.checks,
        issues=issues,
        text=document.text.value,
    )


def _read(document: Document, outline: Outline, tagger: prose.Tagger | None) -> reconcile.Reconciled:
    """The facts of a report; what is none answers nothing."""
    if not outline.is_report:
        return reconcile.Reconciled((), (), ())
    return reconcile.reconcile(tables.decode(document, outline), prose.read(document, outline, tagger), outline)


def _status(outline: Outline, issues: tuple[Issue, ...]) -> ReportStatus:
    if any(issue.code in _UNREADABLE for issue in issues):
        return "failed"
    if not outline.is_report:
        return "not_a_report"
    return "partial" if any(issue.severity == "error" for issue in issues) else "complete"


def _digest(data: bytes) -> str:
    return hashlib.blake2b(data, digest_size=16).hexdigest()
