"""The one tree of exceptions. An exception means that the caller erred; a bad document is a result, not an exception."""

from __future__ import annotations

import difflib
from collections.abc import Iterable


class GovnlpError(Exception):
    """The root of every exception that govnlp raises."""


class SourceError(GovnlpError):
    """The source that was named cannot be read at all: it does not exist, is a folder, or may not be opened."""


class OptionError(GovnlpError, ValueError):
    """An option has a value that the call does not take."""


class FormatError(GovnlpError, ValueError):
    """A file of govnlp's own (a report as JSON, a form as YAML) does not have the shape it should have."""


class AnnotationError(FormatError):
    """A file of annotations cannot be used; `faults` holds each line that is wrong, with what is wrong with it."""

    def __init__(self, name: str, faults: Iterable[str]) -> None:
        self.name = name
        self.faults = tuple(faults)
        count = len(self.faults)
        listed = "".join(f"\n  {fault}" for fault in self.faults)
        super().__init__(f"{name} has {count} fault{'' if count == 1 else 's'}; correct and try again:{listed}")


class MissingModelError(SourceError):
    """No model lies where one was looked for, or what lies there is none; the message says what to do."""


class MissingExtraError(GovnlpError, ImportError):
    """The call needs an optional package; the message names the extra that brings it."""


class BusyError(GovnlpError):
    """Another run writes to the output folder; the message says which process, where and since when."""


class WorkerError(GovnlpError):
    """The worker processes cannot be started at all; what a document does to a worker is never an exception."""


class UnknownIndicatorError(GovnlpError, KeyError):
    """No indicator has this id; the message names the nearest ones."""

    def __init__(self, wanted: str, known: Iterable[str]) -> None:
        self.wanted = wanted
        self.near = _nearest(wanted, sorted(known))
        super().__init__(wanted)

    def __str__(self) -> str:
        hint = f" Did you mean {', '.join(self.near)}?" if self.near else ""
        return f"no indicator is named {self.wanted!r}.{hint} `govnlp.indicators()` lists them all."


def _nearest(wanted: str, known: list[str]) -> list[str]:
    """Up to three ids: those that hold the wanted name, else those spelt most alike."""
    holding = [name for name in known if wanted and wanted.lower() in name]
    return holding[:3] or difflib.get_close_matches(wanted.lower(), known, n=3, cutoff=0.5)
