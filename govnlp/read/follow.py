"""A page followed to the files that hold what it only shows or names: tables that are pictures, a report that is attached."""

from __future__ import annotations

import posixpath
import re
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import islice, pairwise
from typing import NamedTuple

from govnlp.read.album import album
from govnlp.read.beside import Finder, Found, embedded
from govnlp.read.html_attached import places, table_places
from govnlp.read.html_source import mark
from govnlp.read.limits import Limits
from govnlp.read.sniff import PICTURES, sniff
from govnlp.read.splice import spliced
from govnlp.schema.document import Document, Grid, Picture
from govnlp.schema.report import Issue
from govnlp.schema.text import Span

Places = Callable[[str, Sequence[str]], Iterator[tuple[str, str]]]
_ATTACHED: Mapping[str, Places] = {
    "attached_report": lambda _, tags: places(tags),
    "attached_table": table_places,
}
"""Where the files of each issue lie, by the source of the page and its tags."""
_NO_RECOGNISER = "needs_ocr"
_LITTLE_CHINESE = 300  # characters; a page with fewer is but the frame of its pictures
_NOT_CHINESE = re.compile("[^\u4e00-\u9fff]+")
Read = Callable[[bytes], Document]


class _Piece(NamedTuple):
    """What a followed file holds, the place in the printed text that it belongs to, and the pictures that it is."""

    at: int
    document: Document
    name: str
    pictures: tuple[Picture, ...] = ()


def followed(document: Document, find: Finder | None, limits: Limits, read: Read) -> Document:
    """The document with what lies in the files that `find` finds; what is not found is left as its issues say.

    A picture is put in where its recognition gives a table, or where the page is nothing but pictures. An attachment is
    put in where the page names it; `attached_report` then goes.

    >>> from govnlp.read import flat, html
    >>> page = html.document('<h1>某县2016年政府信息公开工作年度报告</h1><a href="nb.doc">附件</a>')
    >>> made = followed(page, lambda place: Found(place, b""), Limits(), lambda data: flat.document("一、概述"))
    >>> made.printed.value.split(), made.issues
    (['某县2016年政府信息公开工作年度报告', '附件', '一、概述'], ())
    """
    deadline = time.monotonic() + limits.seconds
    document, attached = _with_attachments(document, find, limits, read)
    pieces = [*attached, *_pictures(document, find, limits, read, deadline)]
    done = {id(picture) for one in pieces for picture in one.pictures}
    document = replace(document, pictures=tuple(one for one in document.pictures if id(one) not in done))
    for piece in sorted(pieces, key=lambda one: one.at)[::-1]:
        document = spliced(document, piece.at, piece.document, piece.name)
    return document


def _with_attachments(
    document: Document, find: Finder | None, limits: Limits, read: Read
) -> tuple[Document, list[_Piece]]:
    """The attachments of a page that lacks the report or its table, and the page without that issue where one was read."""
    told = next((one for one in document.issues if one.code in _ATTACHED), None)
    if find is None or told is None:
        return document, []
    pieces = list[_Piece]()
    faults = list[Issue]()
    for at, found in _attachments(document, _ATTACHED[told.code], find, limits):
        if any(_stem(found.name) == _stem(one.name) for one in pieces):
            continue
        inner = read(found.data)
        if inner.printed.value.strip():
            pieces.append(_Piece(at, inner, found.name))
        else:
            faults += inner.issues
    others = tuple(one for one in document.issues if one is not told)
    return replace(document, issues=others if pieces else (*document.issues, *faults)), pieces


def _attachments(document: Document, places_of: Places, find: Finder, limits: Limits) -> Iterator[tuple[int, Found]]:
    """Links to files that are there, each with its place in the printed text; else the first frame that is."""
    linked = False
    for tag, place in islice(places_of(document.source, mark(document.source).tags), limits.files):
        if linked and tag[:2].lower() != "<a":
            return
        found = find(place)
        if found:
            linked = True
            after = document.source.find(tag) + len(tag)
            at = document.printed.image(Span(after, after)).start + 1
            yield min(at, len(document.printed)), found


def _stem(name: str) -> str:
    """The name without its suffix: one report offered in two formats has one stem."""
    return posixpath.splitext(name)[0]


def _pictures(document: Document, find: Finder | None, limits: Limits, read: Read, deadline: float) -> Iterator[_Piece]:
    """The pictures that are there and hold what the page lacks, as long as time is left."""
    is_frame = len(_NOT_CHINESE.sub("", document.printed.value)) < _LITTLE_CHINESE
    shown = list(_shown(document, find, limits))
    groups = _scans(shown, document.printed.value, limits) if is_frame else map(_alone, shown)
    for group in groups:
        if time.monotonic() > deadline:
            return
        inner = read(group.data)
        is_table = any(isinstance(block, Grid) for block in inner.blocks)
        if is_table or (is_frame and inner.printed.value.strip()):
            yield _Piece(group.pictures[0].span.start, inner, group.name, group.pictures)
        if any(one.code == _NO_RECOGNISER for one in inner.issues):
            return


class _Group(NamedTuple):
    """Pictures that are read together: their bytes as one file, and what to call them."""

    pictures: tuple[Picture, ...]
    data: bytes
    name: str


def _shown(document: Document, find: Finder | None, limits: Limits) -> Iterator[tuple[Picture, Found]]:
    """The pictures of a page whose files are there."""
    for picture in document.pictures[: limits.files]:
        found = _found(document, picture, find, limits)
        if found and sniff(found.data).name in PICTURES:
            yield picture, found


def _alone(one: tuple[Picture, Found]) -> _Group:
    picture, found = one
    return _Group((picture,), found.data, found.name)


def _scans(shown: Sequence[tuple[Picture, Found]], printed: str, limits: Limits) -> Iterator[_Group]:
    """Pictures with nothing printed between them are the pages of one scan, over which its tables go on."""
    starts = [at for at in range(len(shown)) if not at or _is_apart(shown[at - 1][0], shown[at][0], printed)]
    for start, end in pairwise([*starts, len(shown)]):
        group = shown[start:end]
        together = album([found.data for _, found in group], limits) if len(group) > 1 else None
        if together is None:
            yield from map(_alone, group)
        else:
            yield _Group(tuple(one for one, _ in group), together, f"{group[0][1].name} … {group[-1][1].name}")


def _is_apart(one: Picture, other: Picture, printed: str) -> bool:
    return bool(printed[one.span.start : other.span.start].strip())


def _found(document: Document, picture: Picture, find: Finder | None, limits: Limits) -> Found | None:
    if picture.src[:5].lower() == "data:":
        return embedded(document.source, document.printed.origin(picture.span).start, picture.src, limits)
    return find(picture.src) if find else None
