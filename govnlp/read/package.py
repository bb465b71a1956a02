"""The parts of an office file (DOCX, XLSX) and where each leads, read from its archive within the limits."""

from __future__ import annotations

import posixpath
from collections.abc import Iterator
from typing import NamedTuple

from govnlp.read.archive import Archive, UnpackingError
from govnlp.read.limits import Limits
from govnlp.read.xml_tree import Node, Parsed, parse

_ELEMENTS_A_TAG = 5  # office files use that many elements where a page has one tag


class Relation(NamedTuple):
    """A relationship of a part: its id, the last word of its type, the file that it leads to."""

    name: str
    kind: str
    target: str


class Package(NamedTuple):
    """An office file: its archive, and how many elements are read of each part."""

    archive: Archive
    most: int

    def part(self, name: str) -> Parsed:
        """The XML of a part; what is wrong with it is its `fault`."""
        try:
            return parse(self.archive.read(name), self.most)
        except UnpackingError as error:
            return Parsed(None, error.issue.message)

    def relations(self, part: str = "") -> tuple[Relation, ...]:
        """Where a part leads to (the whole file: no part); nothing where that cannot be read, as its text still can be."""
        folder, name = posixpath.split(part)
        path = posixpath.join(folder, "_rels", f"{name}.rels")
        root = self.part(path).root if path in self.archive.names else None
        return tuple(_related(root, folder)) if root else ()

    def main(self, otherwise: str) -> str:
        """The part that holds the document; the usual one where the file does not say."""
        return next((one.target for one in self.relations() if one.kind == "officeDocument"), otherwise)


def opened(data: bytes, limits: Limits) -> Package:
    """The package in `data`; raises `UnpackingError` where there is none.

    >>> opened(b"PK", Limits())
    Traceback (most recent call last):
    govnlp.read.archive.UnpackingError: the archive cannot be opened (File is not a zip file): the file is damaged or was cut off. Fetch it again.
    """
    return Package(Archive(data, limits), limits.tags * _ELEMENTS_A_TAG)


def _related(root: Node, folder: str) -> Iterator[Relation]:
    for one in root.children:
        target = one.get("Target")
        if one.get("TargetMode") != "External":
            target = posixpath.normpath(posixpath.join("/", folder, target)).lstrip("/")
        yield Relation(one.get("Id"), one.get("Type").rpartition("/")[2], target)
