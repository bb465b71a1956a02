"""Files that hold the report inside: a ZIP of one report, a file packed by gzip."""

from __future__ import annotations

import posixpath
import re
import zlib
from collections.abc import Callable, Iterable, Iterator, Sequence
from html import escape
from typing import NamedTuple, TypeAlias
from urllib.parse import quote

from govnlp.read.archive import Archive, UnpackingError, damaged
from govnlp.read.beside import Finder, in_archive
from govnlp.read.limits import Limits
from govnlp.read.sniff import PICTURES, sniff
from govnlp.schema.report import Issue

_NOISE = re.compile(
    r"(?:^|/)(?:__MACOSX/|\.|thumbs\.db$|desktop\.ini$)|\.(?:css|js|json|ico|svg|woff2?|ttf|eot|map|swf|lnk|url)$", re.I
)
_MARKUP = re.compile(r"\.(?:s?html?|xhtml|mht(?:ml)?)$", re.I)
_IS_REPORT = re.compile(r"年度?报告?|年报|报告")
# Of one report in several formats the one that is read most exactly is taken.
_FORMATS = ("docx", "text", "mhtml", "pdf", "doc", "wordxml", "odt", "rtf", "xlsx")
_MOST_NAMED = 5


class Unwrapped(NamedTuple):
    """What lies inside: the bytes of the report, how to find the files beside it, what is to be said of the rest."""

    data: bytes
    find: Finder | None = None
    issues: tuple[Issue, ...] = ()


Opener: TypeAlias = "Callable[[bytes, Limits], Unwrapped | Issue]"
"""From a file to what lies inside, or to what kept it from being opened."""


class _Member(NamedTuple):
    """A file of an archive that may be the report: its path, its bytes, its format."""

    name: str
    data: bytes
    form: str

    @property
    def stem(self) -> str:
        return posixpath.splitext(self.name)[0]


def gunzipped(data: bytes, limits: Limits) -> Unwrapped | Issue:
    """What gzip packed. Issues: `damaged_source`, `source_too_large`.

    >>> import gzip
    >>> packed = gzip.compress(b"0" * 99)
    >>> gunzipped(packed, Limits()).data[:3], gunzipped(packed, Limits(bytes=98)).code
    (b'000', 'source_too_large')
    """
    unpacker = zlib.decompressobj(wbits=31)
    try:
        inside = unpacker.decompress(data, limits.bytes + 1)
    except zlib.error as error:
        return damaged(f"the gzip-packed file cannot be unpacked ({error})")
    if len(inside) > limits.bytes:
        message = f"the gzip-packed file unpacks to more than the limit of {limits.bytes:,} bytes. Raise the limit."
        return Issue(code="source_too_large", severity="error", message=message)
    return Unwrapped(inside) if unpacker.eof else damaged("the gzip-packed file has no end")


def unzipped(data: bytes, limits: Limits) -> Unwrapped | Issue:
    """The one report in a ZIP: a page with what lies beside it, a document, or the pictures of its pages.

    Issues: `several_reports`, `files_left`, `no_report_inside`, and those of `Archive`.

    >>> unzipped(b"PK", Limits()).code
    'damaged_source'
    """
    try:
        archive = Archive(data, limits)
        faults = list[Issue]()
        members = list(_members(archive, faults))
    except UnpackingError as error:
        return error.issue
    pages = [one for one in members if one.form in ("text", "mhtml") and _MARKUP.search(one.name)]
    documents = _top(pages) or [one for one in members if one.form in _FORMATS]
    if not documents:
        pictures = [one for one in members if one.form in PICTURES]
        return faults[0] if faults and not pictures else _of_pictures(pictures, archive, faults)
    chosen = _chosen(documents)
    if chosen is None:
        return _several(documents)
    left = [] if pages else [one.name for one in documents if one.stem != chosen.stem]
    return Unwrapped(chosen.data, in_archive(archive, posixpath.dirname(chosen.name)), (*faults, *_left(left)))


def _members(archive: Archive, faults: list[Issue]) -> Iterator[_Member]:
    """The files that may matter; `faults` takes what is wrong with those that are damaged. Passing a limit raises."""
    for name in archive.names:
        if _NOISE.search(name):
            continue
        try:
            data = archive.read(name)
        except UnpackingError as error:
            if error.issue.code != "damaged_source":
                raise
            faults.append(error.issue)
            continue
        if data.strip():
            yield _Member(name, data, sniff(data).name)


def _top(pages: Sequence[_Member]) -> list[_Member]:
    """The pages that lie least deep: the others are frames of theirs."""
    least = min((one.name.count("/") for one in pages), default=0)
    return [one for one in pages if one.name.count("/") == least]


def _chosen(documents: Sequence[_Member]) -> _Member | None:
    """The report: the only one, or the only one that is called so; of several formats the best."""
    stems = {one.stem for one in documents}
    if len(stems) > 1:
        stems = {stem for stem in stems if _IS_REPORT.search(posixpath.basename(stem))}
    if len(stems) != 1:
        return None
    same = [one for one in documents if one.stem in stems]
    return min(same, key=lambda one: _FORMATS.index(one.form))


def _of_pictures(pictures: Sequence[_Member], archive: Archive, faults: Sequence[Issue]) -> Unwrapped | Issue:
    """The pages of a report as one picture each: a page that shows them in the order of their names."""
    if len(pictures) == 1:
        return Unwrapped(pictures[0].data, None, tuple(faults))
    if not pictures:
        message = "the archive holds no file that is read. Unpack it and look."
        return Issue(code="no_report_inside", severity="error", message=message)
    names = sorted((one.name for one in pictures), key=_in_order)
    shown = "".join(f'<p><img src="{escape(quote(name))}"></p>' for name in names)
    return Unwrapped(f"<body>{shown}</body>".encode(), in_archive(archive), tuple(faults))


def _in_order(name: str) -> list[tuple[int, str]]:
    """Numbers in a name count as numbers: 2.png before 10.png."""
    return [(int(part), "") if part.isdecimal() else (0, part) for part in re.split(r"(\d{1,9})", name)]


def _several(documents: Sequence[_Member]) -> Issue:
    message = (
        f"the archive holds {len(documents)} documents ({_named(one.name for one in documents)}), and which of them is the "
        "report cannot be told. Unpack it and give them one by one, or the folder to `govnlp batch`."
    )
    return Issue(code="several_reports", severity="error", message=message)


def _left(names: Sequence[str]) -> tuple[Issue, ...]:
    if not names:
        return ()
    message = (
        f"the archive holds more documents, which were not read: {_named(names)}. Look whether a table is among them."
    )
    return (Issue(code="files_left", severity="warning", message=message),)


def _named(names: Iterable[str]) -> str:
    found = list(names)
    more = f" and {len(found) - _MOST_NAMED} more" if len(found) > _MOST_NAMED else ""
    return ", ".join(found[:_MOST_NAMED]) + more
