"""Reading one document for a command: a report, or the one line that says why there is none."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from govnlp.cli.bounds import Bounds
from govnlp.cli.sources import STANDARD_INPUT
from govnlp.errors import GovnlpError
from govnlp.schema.report import Report


class Outcome(NamedTuple):
    """The report of a document, or the complaint about it."""

    source: str
    report: Report | None = None
    complaint: str | None = None

    @property
    def is_sound(self) -> bool:
        """Whether it was read wholly and agrees with itself."""
        return self.report is not None and self.report.status == "complete" and not self.report.failed_checks


def outcomes(documents: tuple[str, ...], bounds: Bounds = Bounds()) -> Iterator[Outcome]:  # noqa: B008 - immutable
    """The outcome of each document, in order; one that fails never stops the next."""
    for source in documents:
        try:
            yield Outcome(source, report=_report(source, bounds))
        except (GovnlpError, OSError) as error:
            yield Outcome(source, complaint=_named(source, _said(error)))
        except Exception as error:  # a fault of govnlp's own: the user is told, the other documents are read
            fault = f"{type(error).__name__}: {error}".splitlines()[0]
            yield Outcome(source, complaint=f"{source}: govnlp failed on this file ({fault}); please report it")


def _report(source: str, bounds: Bounds) -> Report:
    from govnlp.pipeline import extract  # the pipeline takes time to import, and --help does without

    if source == STANDARD_INPUT:
        return extract(
            sys.stdin.buffer, name="stdin", model=bounds.reader(), limits=bounds.limits(), fetch=bounds.fetch
        )
    return extract(source, model=bounds.reader(), limits=bounds.limits(), fetch=bounds.fetch)


def _said(error: Exception) -> str:
    if isinstance(error, OSError) and error.strerror:
        return f"it cannot be read: {error.strerror}"
    return " ".join(str(error).split()) or type(error).__name__


def _named(source: str, message: str) -> str:
    return message if str(Path(source)) in message else f"{source}: {message}"
