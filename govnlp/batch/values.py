"""What the parts of a batch hand to each other: what was found, what is to be read, what came of it."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Callable, Iterator
from typing import Literal, NamedTuple

JobKind = Literal["path", "bytes", "text"]
MEBIBYTE = 1024 * 1024


class Limits(NamedTuple):
    """What one document may take: its `bytes`, the `seconds` of reading it, the `memory` of its worker in bytes.

    A worker that holds more than `idle_memory` after a document is replaced by a new one.
    """

    bytes: int = 32 * MEBIBYTE
    seconds: float = 60.0
    memory: int = 2048 * MEBIBYTE
    idle_memory: int = 350 * MEBIBYTE


class Columns(NamedTuple):
    """The columns of JSONL, CSV and Parquet that hold a document; None: found by their usual names (columns.yaml)."""

    text: str | None = None
    html: str | None = None
    url: str | None = None
    date: str | None = None


class Refusal(NamedTuple):
    """Why something that was found was not read: a reason in one word, and what to do."""

    reason: str
    message: str


class Found(NamedTuple):
    """One document that a scan found: a file (`path`), or a member of an archive with its `data`.

    `source` names it for people, `archive.zip::2021/report.html` for a member. `data` of a text column is UTF-8 and
    `kind` then is `text`. `weight` is how many bytes of the archive it stands for, for the progress. A file that may
    not be read has a `refusal` instead.
    """

    source: str
    kind: JobKind = "path"
    path: str = ""
    data: bytes = b""
    size: int | None = None
    changed: int | None = None
    url: str | None = None
    date: str | None = None
    weight: int = 0
    refusal: Refusal | None = None

    @property
    def member(self) -> str | None:
        """The bare file name of a member."""
        return member_name(self.source)


class Container(NamedTuple):
    """An archive that holds documents: its file, and its members, which are read when they are asked for."""

    path: str
    source: str
    size: int
    changed: int
    members: Callable[[], Iterator[Found]]


class Job(NamedTuple):
    """A document for a worker. `number` orders jobs; `attempt` is 2 where it is tried once more, alone."""

    number: int
    document: str
    source: str
    kind: JobKind
    path: str = ""
    data: bytes = b""
    attempt: int = 1


class Outcome(NamedTuple):
    """What came of a job: the `status` of its report; where reading failed, the `reason` and a `message`.

    `has_reading` is False where there is no report at all.
    """

    job: Job
    status: str
    reason: str | None = None
    message: str = ""
    seconds: float = 0.0
    has_reading: bool = False


def member_name(source: str) -> str | None:
    """The bare file name of a member of an archive, by its source.

    >>> member_name("a.zip::2021/report.html"), member_name("source 1")
    ('report.html', None)
    """
    _, mark, inside = source.rpartition("::")
    return inside.replace("\\", "/").rpartition("/")[2] or None if mark else None


def digest(data: bytes) -> str:
    """The stable id of a document: blake2b-128 of its bytes, in hexadecimal.

    >>> digest(b"")
    'cae66941d9efbd404e4d88758ea67670'
    """
    return hashlib.blake2b(data, digest_size=16).hexdigest()


def shown(name: str) -> str:
    """A file name as text: bytes of it that are no text are spelt out.

    >>> shown("a\\udcff")
    'a\\\\udcff'
    """
    return name.encode("utf-8", "backslashreplace").decode("utf-8")


def processors() -> int:
    """The processors that this process may use."""
    affinity = getattr(os, "sched_getaffinity", None)
    return len(affinity(0)) if affinity else os.cpu_count() or 1
