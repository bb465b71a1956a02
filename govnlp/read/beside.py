"""The files that a page leads to: found beside it in its folder, in its archive or, where the user asks, on the network."""

from __future__ import annotations

import base64
import binascii
import posixpath
import re
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple, TypeAlias
from urllib.parse import unquote

from govnlp.read.archive import Archive, UnpackingError
from govnlp.read.limits import Limits

_ELSEWHERE = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:|[/\\]")
_DATA = re.compile(r"data:[\w/+.-]{0,80};base64\Z", re.I)
_END_OF_DATA = re.compile(r"[\"'\s>)]|\Z")
_LONGEST = 1000  # characters; no place of a file is longer


class Found(NamedTuple):
    """A file that a page leads to: its name as the page gives it, decoded, and its bytes."""

    name: str
    data: bytes


Finder: TypeAlias = Callable[[str], Found | None]
"""From where a page leads (`src`, `href`) to the file, or to none where it is not there or may not be read."""


def local(place: str) -> str | None:
    """The path that a relative place means, normalised; none where it leads out of the folder or is no path.

    >>> local("./f/%E8%A1%A8.png?v=2"), local("../a.png"), local("/a.png"), local("http://x/a.png"), local("a/../../b")
    ('f/表.png', None, None, None, None)
    """
    place = place.strip().partition("#")[0].partition("?")[0]
    if not place or len(place) > _LONGEST or _ELSEWHERE.match(place):
        return None
    path = posixpath.normpath(_decoded(place).replace("\\", "/"))
    is_outside = path in (".", "..") or path.startswith("../") or _ELSEWHERE.match(path) or "\x00" in path
    return None if is_outside else path


def _decoded(place: str) -> str:
    """Without its percent signs: UTF-8, or GBK as older sites write it."""
    try:
        return unquote(place, errors="strict")
    except UnicodeDecodeError:
        return unquote(place, encoding="gb18030", errors="replace")


def in_folder(folder: Path, limits: Limits) -> Finder:
    """Finds files inside `folder` and below it: never above, nor through a link that leads out of it.

    >>> in_folder(Path("corpora"), Limits())("../README.md") is None
    True
    """

    def find(place: str) -> Found | None:
        path = local(place)
        data = _file(folder, path, limits) if path else None
        return Found(path, data) if path and data else None

    return find


def _file(folder: Path, path: str, limits: Limits) -> bytes | None:
    """The bytes of a plain file that lies inside the folder and is not too large."""
    try:
        root = folder.resolve()
        there = (root / path).resolve()
        if not there.is_relative_to(root) or not there.is_file() or there.stat().st_size > limits.bytes:
            return None
        with there.open("rb") as file:
            return file.read(limits.bytes)
    except (OSError, ValueError, RuntimeError):
        return None


def in_archive(archive: Archive, folder: str = "") -> Finder:
    """Finds the files of an archive by their path from one of its folders.

    >>> import io, zipfile
    >>> data = io.BytesIO()
    >>> with zipfile.ZipFile(data, "w") as made:
    ...     made.writestr("a/t.png", "1")
    >>> find = in_archive(Archive(data.getvalue(), Limits()), "a")
    >>> find("t.png"), find("u.png"), find("../a/t.png")
    (Found(name='t.png', data=b'1'), None, None)
    """

    def find(place: str) -> Found | None:
        path = local(place)
        try:
            return Found(path, archive.read(posixpath.join(folder, path))) if path else None
        except UnpackingError:
            return None

    return find


def first_of(*finders: Finder | None) -> Finder | None:
    """Asks one finder after the other; none where there is none to ask.

    >>> first_of(None) is None
    True
    """
    asked = [one for one in finders if one is not None]
    if not asked:
        return None
    return lambda place: next((found for one in asked if (found := one(place)) is not None), None)


def embedded(source: str, at: int, place: str, limits: Limits) -> Found | None:
    """A picture whose data stand in the page itself (`data:…;base64,`), looked for in `source` from `at` on.

    >>> embedded('<p>表<img src="data:image/png;base64,AAEC">', 0, "data:image/png;base64", Limits())
    Found(name='a picture within the page', data=b'\\x00\\x01\\x02')
    """
    if not _DATA.match(place):
        return None
    begin = source.find(place + ",", at)
    end = _END_OF_DATA.search(source, begin)
    if begin < 0 or end is None or end.start() - begin > limits.bytes * 4 // 3:
        return None
    try:
        return Found("a picture within the page", base64.b64decode(source[begin + len(place) + 1 : end.start()]))
    except (binascii.Error, ValueError):
        return None
