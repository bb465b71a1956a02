"""What a file of an archive is, by the end of its name. Source: `kinds.yaml` beside this file."""

from __future__ import annotations

from functools import cache
from importlib.resources import files
from typing import Literal

import yaml

FileKind = Literal["zip", "warc", "lines", "table", "parquet", "assets", "pictures", "document"]
_CONTAINERS: tuple[FileKind, ...] = ("zip", "warc", "lines", "table", "parquet")


def kind_of(name: str) -> FileKind:
    """The kind of a file by its name; `document` where the name says nothing else.

    >>> kind_of("2021/crawl.WARC.gz"), kind_of("site/logo.gif"), kind_of("xxgk/t20220115")
    ('warc', 'assets', 'document')
    """
    base = name.replace("\\", "/").rpartition("/")[2].lower()
    parts = base.split(".")
    for length in (2, 1):
        suffix = "." + ".".join(parts[-length:])
        if len(parts) > length and suffix in _suffixes():
            return _suffixes()[suffix]
    return "document"


def is_container(kind: FileKind) -> bool:
    """Whether a file of this kind holds documents, rather than being one.

    >>> is_container("zip"), is_container("document")
    (True, False)
    """
    return kind in _CONTAINERS


def is_left_out(name: str, *, pictures: bool) -> bool:
    """Whether a file of a folder or a member of an archive is a part of pages, and no document.

    >>> is_left_out("a/style.css", pictures=True), is_left_out("a/scan.png", pictures=True)
    (True, False)
    """
    kind = kind_of(name)
    return kind == "assets" or (kind == "pictures" and not pictures)


def is_asset_media(media_type: str) -> bool:
    """Whether a web server's media type says that the answer is no document.

    >>> is_asset_media("image/png"), is_asset_media("text/html; charset=gbk")
    (True, False)
    """
    return media_type.strip().lower().startswith(tuple(_table()["media"]))


@cache
def _suffixes() -> dict[str, FileKind]:
    table = _table()
    kinds: dict[str, FileKind] = dict.fromkeys(table["assets"], "assets")
    kinds.update(dict.fromkeys(table["pictures"], "pictures"))
    for kind in _CONTAINERS:
        kinds.update(dict.fromkeys(table[kind], kind))
    return kinds


@cache
def _table() -> dict[str, list[str]]:
    found: dict[str, list[str]] = yaml.safe_load(files(__package__).joinpath("kinds.yaml").read_text("utf-8"))
    return found
