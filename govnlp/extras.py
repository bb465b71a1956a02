"""Packages that only some work needs, imported when they are first used."""

from __future__ import annotations

from importlib import import_module
from types import ModuleType

from govnlp.errors import MissingExtraError


def arrow() -> ModuleType:
    """pyarrow: the columns of facts."""
    return imported("pyarrow")


def compute() -> ModuleType:
    """pyarrow.compute: functions over columns."""
    return imported("pyarrow.compute")


def parquet() -> ModuleType:
    """pyarrow.parquet: files of columns."""
    return imported("pyarrow.parquet")


def warc() -> ModuleType:
    """warcio.archiveiterator: what crawlers keep."""
    return imported("warcio.archiveiterator")


def imported(name: str, extra: str | None = None) -> ModuleType:
    """A module by its name; `MissingExtraError` says what to install, an extra of govnlp where one brings it.

    >>> imported("no_such_package", "plot")
    Traceback (most recent call last):
    govnlp.errors.MissingExtraError: this needs no_such_package: pip install 'govnlp[plot]'.
    """
    try:
        return import_module(name)
    except ImportError as error:
        package = name.partition(".")[0]
        wanted = f"'govnlp[{extra}]'" if extra else package
        raise MissingExtraError(f"this needs {package}: pip install {wanted}.") from error
