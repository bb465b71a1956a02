"""The optional packages of batch work, imported when they are first used."""

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


def imported(name: str, extra: str = "batch") -> ModuleType:
    """A module of an optional package; `MissingExtraError` names the extra that brings it.

    >>> imported("no_such_package")
    Traceback (most recent call last):
    govnlp.errors.MissingExtraError: this needs no_such_package: pip install 'govnlp[batch]'.
    """
    try:
        return import_module(name)
    except ImportError as error:
        raise MissingExtraError(f"this needs {name.partition('.')[0]}: pip install 'govnlp[{extra}]'.") from error
