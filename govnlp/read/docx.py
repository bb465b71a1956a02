"""DOCX to a document: the XML of the package read by bounded means and written as the markup that it stands for."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from govnlp.read.archive import Archive, UnpackingError, damaged
from govnlp.read.beside import Finder, in_archive
from govnlp.read.docx_markup import Parts, markup
from govnlp.read.docx_styles import listings, styles
from govnlp.read.limits import Limits
from govnlp.read.package import Package, opened
from govnlp.read.printed import document_of, unread
from govnlp.read.xml_tree import Node, parse
from govnlp.schema.document import Document
from govnlp.schema.report import Issue

_NOTES = ("footnotes", "endnotes")


def read(data: bytes, limits: Limits) -> Document:
    """A Word file (DOCX, strict or transitional). Issues: `damaged_source`, `encrypted_source`, `source_too_large`.

    >>> read(b"PK", Limits()).issues[0].code
    'damaged_source'
    """
    try:
        package = opened(data, limits)
        main = package.main("word/document.xml")
        parsed = parse(package.archive.read(main), package.most)
    except UnpackingError as error:
        return unread("docx", error.issue)
    parsed.without_torn("w:tr", "w:p")
    body = parsed.root.child("w:body") if parsed.root else None
    if body is None:
        return unread("docx", damaged(parsed.fault or f"{main} holds no text"))
    parts, faults = _parts(package, main, body)
    issues = [*faults, *([damaged(f"in {main} {parsed.fault}")] if parsed.fault else ())]
    return document_of(markup(parts), "docx", issues)


def pictures(data: bytes, limits: Limits) -> Finder | None:
    """Finds the pictures that lie inside a Word file; none where it cannot be opened.

    >>> pictures(b"PK", Limits()) is None
    True
    """
    try:
        return in_archive(Archive(data, limits))
    except UnpackingError:
        return None


def _parts(package: Package, main: str, body: Node) -> tuple[Parts, list[Issue]]:
    """The parts that the text needs, and what is wrong with them: a list or a style that is lost is told."""
    relations = package.relations(main)
    wanted = {one.kind: one.target for one in reversed(relations) if one.kind in ("styles", "numbering", *_NOTES)}
    found = {kind: package.part(target) for kind, target in wanted.items()}
    faults = [damaged(f"{wanted[kind]} ({one.fault})") for kind, one in found.items() if one.fault]
    roots = {kind: one.root for kind, one in found.items()}
    shown = {one.name: one.target for one in relations if one.kind == "image"}
    return Parts(
        body, styles(roots.get("styles")), listings(roots.get("numbering")), shown, dict(_notes(roots))
    ), faults


def _notes(roots: Mapping[str, Node | None]) -> Iterator[tuple[tuple[str, str], Node]]:
    for kind in _NOTES:
        root = roots.get(kind)
        for note in root.children if root else ():
            yield (kind, note.get("w:id")), note
