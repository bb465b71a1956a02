"""What the user named, as a stream of documents: files, folders, patterns, and the archives that hold them.

Nothing is read before it is asked for, and nothing is kept: an archive of any size is scanned in constant memory.
"""

from __future__ import annotations

import glob
import os
from collections.abc import Callable, Iterable, Iterator
from functools import partial
from pathlib import Path
from typing import NamedTuple, TypeAlias

from govnlp.batch.columns import too_large
from govnlp.batch.kinds import FileKind, is_container, is_left_out, kind_of
from govnlp.batch.scan_lines import read_lines, read_table
from govnlp.batch.scan_parquet import read_parquet
from govnlp.batch.scan_warc import read_warc
from govnlp.batch.scan_zip import read_zip
from govnlp.batch.values import Columns, Container, Found, Limits, Refusal, shown
from govnlp.errors import GovnlpError

Reader: TypeAlias = "Callable[[Path, ScanOptions], Iterator[Found]]"
_READERS: dict[FileKind, Reader] = {
    "zip": lambda path, options: read_zip(path, options.limits.bytes, pictures=options.pictures),
    "warc": lambda path, options: read_warc(path, options.limits.bytes, pictures=options.pictures),
    "lines": lambda path, options: read_lines(path, options.limits.bytes, options.columns),
    "table": lambda path, options: read_table(path, options.limits.bytes, options.columns),
    "parquet": lambda path, options: read_parquet(path, options.limits.bytes, options.columns),
}
_PATTERN = frozenset("*?[")


class ScanOptions(NamedTuple):
    """How archives are scanned: limits, columns of tables, whether pictures are documents, a folder to pass over."""

    limits: Limits = Limits()
    columns: Columns = Columns()
    pictures: bool = False
    leave: Path | None = None


def scan(sources: Iterable[str], options: ScanOptions = ScanOptions()) -> Iterator[Found | Container]:  # noqa: B008
    """The documents and the archives that `sources` name, in the order of their names.

    Hidden files are passed over. A part of pages (a style sheet, a picture) comes with a refusal `left_out`.

    >>> [one.refusal.reason for one in scan(["no-such-folder"]) if isinstance(one, Found)]
    ['unreadable']
    """
    for source in sources:
        for name in _named(source):
            path = Path(name)
            if path.is_dir():
                yield from _folder(name, options)
            else:
                yield _file(name, options)


def missing(sources: Iterable[str]) -> list[str]:
    """Those of `sources` that name nothing: no such file, or a pattern that nothing matches.

    >>> missing(["no-such-folder", "."])
    ['no-such-folder']
    """
    return [source for source in sources if not any(os.path.lexists(name) for name in _named(source))]


def bytes_below(sources: Iterable[str]) -> int:
    """How many bytes the files of `sources` have, for a guess at the time left."""
    total = 0
    for source in sources:
        for name in _named(source):
            if Path(name).is_dir():
                total += sum(_size(str(Path(root) / file)) for root, _, files in os.walk(name) for file in files)
            else:
                total += _size(name)
    return total


def _named(source: str) -> list[str]:
    """The paths of a source: itself, or what a pattern such as `2021/**/*.html` matches."""
    if Path(source).exists() or not _PATTERN & set(source):
        return [source]
    return sorted(glob.glob(source, recursive=True)) or [source]  # noqa: PTH207 - the pattern may be absolute


def _folder(folder: str, options: ScanOptions) -> Iterator[Found | Container]:
    """The files below a folder, in the order of their names; a folder that cannot be read is a refusal."""
    errors: list[OSError] = []
    for root, folders, files in os.walk(folder, onerror=errors.append):
        yield from map(_unread_folder, errors)
        errors.clear()
        folders[:] = sorted(name for name in folders if not _is_passed_over(Path(root) / name, options))
        for name in sorted(files):
            if name.startswith("."):
                continue
            if is_left_out(name, pictures=options.pictures):
                yield _left_out(os.path.join(root, name))  # noqa: PTH118 - a Path costs ten times as much
            else:
                yield _file(os.path.join(root, name), options)  # noqa: PTH118


def _is_passed_over(folder: Path, options: ScanOptions) -> bool:
    hidden = folder.name.startswith(".")
    return hidden or (options.leave is not None and folder.resolve() == options.leave.resolve())


def _file(name: str, options: ScanOptions) -> Found | Container:
    source = shown(name)
    try:
        found = os.stat(name)  # noqa: PTH116 - as above
    except (OSError, ValueError) as error:
        return Found(source, path=name, refusal=_unreadable(error))
    if not os.path.isfile(name):  # noqa: PTH113
        return Found(source, path=name, refusal=Refusal("unreadable", "it is no file, but a device or a pipe."))
    kind = kind_of(name)
    if is_container(kind):
        members = partial(_members, Path(name), kind, options)
        return Container(name, source, found.st_size, found.st_mtime_ns, members)
    refusal = too_large(found.st_size, options.limits.bytes) if found.st_size > options.limits.bytes else None
    return Found(
        source, path=name, size=found.st_size, changed=found.st_mtime_ns, weight=found.st_size, refusal=refusal
    )


def _members(path: Path, kind: FileKind, options: ScanOptions) -> Iterator[Found]:
    """The members of an archive; what breaks it off is a last refusal, named after the archive."""
    try:
        yield from _READERS[kind](path, options)
    except GovnlpError:
        raise
    except Exception as error:  # what readers of archives make of damaged ones is no fixed list
        yield Found(shown(str(path)), refusal=_unreadable(error))


def _unread_folder(error: OSError) -> Found:
    return Found(shown(str(error.filename)), refusal=_unreadable(error))


def _unreadable(error: Exception) -> Refusal:
    said = getattr(error, "strerror", None) or str(error) or type(error).__name__
    return Refusal("unreadable", f"it cannot be read: {' '.join(said.split())[:300]}.")


def _left_out(name: str) -> Found:
    suffix = Path(name).suffix.lower()
    return Found(shown(name), path=name, refusal=Refusal("left_out", suffix))


def _size(name: str) -> int:
    try:
        return os.stat(name).st_size  # noqa: PTH116
    except (OSError, ValueError):
        return 0
