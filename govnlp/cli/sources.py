"""What the user named: files, folders and standard input, as a list of documents to read."""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import NamedTuple

SUFFIXES = frozenset(
    {"", ".txt", ".htm", ".html", ".shtml", ".md", ".xml", ".mht", ".mhtml", ".pdf", ".docx", ".doc", ".wps", ".rtf"}
)
"""The files of a folder that are read; a file of another suffix is read where it is named itself."""

STANDARD_INPUT = "-"


class Listing(NamedTuple):
    """The documents, in order and each once, and a line for each source that gave none."""

    documents: tuple[str, ...]
    complaints: tuple[str, ...]


def listing(sources: Iterable[str]) -> Listing:
    """The documents that `sources` name: folders are searched through, hidden files are left out."""
    documents: dict[str, str] = {}
    complaints: list[str] = []
    for source in sources:
        errors: list[OSError] = []
        found = _documents(source, errors)
        complaints += [f"{error.filename}: the folder cannot be read: {error.strerror}" for error in errors]
        if not found and not errors:
            complaints.append(f"{source}: the folder holds no file to read ({_suffixes()}); name others directly")
        for one in found:
            documents.setdefault(one if one == STANDARD_INPUT else os.path.realpath(one), one)
    return Listing(tuple(documents.values()), tuple(complaints))


def is_several(sources: list[str], documents: tuple[str, ...]) -> bool:
    """Whether the user asked for many documents: more than one, or a folder, however many it holds."""
    return len(documents) != 1 or any(source != STANDARD_INPUT and Path(source).is_dir() for source in sources)


def output_names(documents: Iterable[str]) -> list[str]:
    """The name of the output of each document: its stem; its full name where two have one stem; else numbered.

    >>> output_names(["a/x.txt", "a/y.txt", "a/y.html", "b/y.html"])
    ['x', 'y.txt', 'y.html', 'y.html-2']
    """
    paths = [Path("stdin" if one == STANDARD_INPUT else one) for one in documents]
    stems = Counter(path.stem.casefold() for path in paths)
    wanted = [path.stem if stems[path.stem.casefold()] == 1 else path.name for path in paths]
    return list(_unlike(wanted))


def _unlike(names: list[str]) -> Iterator[str]:
    """The names, a number put after each that was taken; file systems may not tell capitals from small letters."""
    taken = {name.casefold() for name in names}
    given: set[str] = set()
    for name in names:
        chosen, number = name, 1
        while chosen.casefold() in given or (number > 1 and chosen.casefold() in taken):
            number += 1
            chosen = f"{name}-{number}"
        given.add(chosen.casefold())
        yield chosen


def _documents(source: str, errors: list[OSError]) -> list[str]:
    if source == STANDARD_INPUT or not Path(source).is_dir():
        return [source]
    return sorted(_files(source, errors))


def _files(folder: str, errors: list[OSError]) -> Iterator[str]:
    """The files of a folder and of the folders in it; `errors` takes the folders that cannot be read."""
    for root, folders, files in os.walk(folder, onerror=errors.append):
        folders[:] = [name for name in folders if not name.startswith(".")]
        for name in files:
            path = Path(root) / name
            if not name.startswith(".") and path.suffix.lower() in SUFFIXES and path.is_file():
                yield str(path)


def _suffixes() -> str:
    return "no suffix, " + ", ".join(sorted(SUFFIXES - {""}))
