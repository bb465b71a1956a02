"""Which documents are one report, and which of them to use.

Documents are one report where they name the same organ and year; or where no name or year speaks against it and they
have the same text, or the same figures and most clauses in common. Everything is sorted on the disk, so that an archive
of any size is ranked in little memory.
"""

from __future__ import annotations

import sqlite3
from array import array
from collections.abc import Callable, Iterable, Iterator
from itertools import groupby, pairwise
from typing import NamedTuple

from govnlp.batch.duplicates import similarity

_ALIKE = 0.6
# Of a crowd with one digest only so many are compared with each other; offices with one template make crowds.
_CROWD = 200
_FORMATS = ("docx", "html", "text", "markdown", "pdf")
_TABLE = """
CREATE TABLE versions (id INTEGER PRIMARY KEY, document TEXT, organ TEXT, year INTEGER, text_digest TEXT,
  figures TEXT, signature BLOB, status TEXT, facts INTEGER, failed_checks INTEGER, published TEXT, date TEXT,
  format TEXT, root INTEGER)
"""
_FIELDS = (
    "id, document, organ, year, text_digest, figures, signature, status, facts, failed_checks, published, date, format"
)


class Version(NamedTuple):
    """A document as the ranking sees it; `organ` is the key of its name, None where many organs have that name."""

    id: int
    document: str
    organ: str | None
    year: int | None
    text_digest: str | None
    figures: str | None
    signature: bytes | None
    status: str
    facts: int
    failed_checks: int
    published: str | None
    date: str | None
    format: str | None


class Rank(NamedTuple):
    """The place of a document among the versions of its report, 1 being the one to use, and why it has that place.

    `group` is the id of the version in it that comes first in the alphabet of ids.
    """

    document: str
    group: str
    rank: int
    reason: str


class _Criterion(NamedTuple):
    """What one version can have before another: the greater key is better; `said` puts it in words."""

    key: Callable[[Version], tuple[object, ...]]
    said: Callable[[Version, Version], str]


_CRITERIA = (
    _Criterion(lambda one: (one.status == "complete",), lambda a, b: f"{b.status}, the other is {a.status}"),
    _Criterion(lambda one: (-one.failed_checks,), lambda a, b: f"{b.failed_checks} failed checks against {a.failed_checks}"),
    _Criterion(lambda one: (one.facts,), lambda a, b: f"{b.facts} facts against {a.facts}"),
    _Criterion(
        lambda one: (one.published or "",), lambda a, b: f"published {b.published or '?'}, the other {a.published or '?'}"
    ),
    _Criterion(lambda one: (one.date or "",), lambda a, b: f"fetched {b.date or '?'}, the other {a.date or '?'}"),
    _Criterion(lambda one: (_format(one),), lambda a, b: f"{b.format}, the other is {a.format}"),
)  # fmt: skip


class Ranking:
    """Versions are added one by one; `ranks` then gives the place of each that has company or stands alone."""

    def __init__(self) -> None:
        self._base = sqlite3.connect("", isolation_level=None)  # a file of its own, that the system removes
        self._base.execute("PRAGMA cache_size = -16000")
        self._base.execute("BEGIN")
        self._base.execute(_TABLE)
        self._parents = array("q")

    def add(self, versions: Iterable[Version]) -> None:
        """Add documents that hold a report; their `id` is given here."""
        for one in versions:
            placed = one._replace(id=len(self._parents))
            self._base.execute(f"INSERT INTO versions VALUES ({'?, ' * len(placed)}NULL)", placed)  # noqa: S608
            self._parents.append(len(self._parents))

    def ranks(self) -> Iterator[Rank]:
        """The rank of every version, a group at a time."""
        for key in ("organ, year", "text_digest", "figures"):
            self._join(key)
        roots = ((self._root(one), one) for one in range(len(self._parents)))
        self._base.executemany("UPDATE versions SET root = ? WHERE id = ?", roots)
        rows = self._rows("1", "root, document", "root")
        for _, group in groupby(rows, key=lambda pair: pair[0]):
            yield from ranked([version for _, version in group])

    def store(self) -> sqlite3.Connection:
        """A table `ranks` of all ranks, by document, on the disk."""
        self._base.execute(
            "CREATE TABLE ranks (document TEXT PRIMARY KEY, grp TEXT, rank INTEGER, reason TEXT) WITHOUT ROWID"
        )
        self._base.executemany("INSERT INTO ranks VALUES (?, ?, ?, ?)", self.ranks())
        return self._base

    def _join(self, key: str) -> None:
        """Join what belongs together of those that agree in `key`."""
        asked = " AND ".join(f"{name} NOT NULL" for name in key.split(", "))
        by_organ = key.startswith("organ")
        for _, crowd in groupby(
            self._rows(asked, f"{key}, document", f"{key.replace(', ', ' || ')}"), lambda pair: pair[0]
        ):
            kept: list[Version] = []
            for _, version in crowd:
                known = next((one for one in kept if by_organ or _is_one(one, version, key)), None)
                if known is not None:
                    self._unite(known.id, version.id)
                elif len(kept) < _CROWD:
                    kept.append(version)

    def _rows(self, where: str, order: str, key: str) -> Iterator[tuple[object, Version]]:
        asked = f"SELECT {key}, {_FIELDS} FROM versions WHERE {where} ORDER BY {order}"  # noqa: S608 - our own words
        for row in self._base.execute(asked):
            yield row[0], Version(*row[1:])

    def _root(self, one: int) -> int:
        while self._parents[one] != one:
            self._parents[one] = self._parents[self._parents[one]]
            one = self._parents[one]
        return one

    def _unite(self, one: int, other: int) -> None:
        low, high = sorted((self._root(one), self._root(other)))
        self._parents[high] = low


def ranked(versions: list[Version]) -> list[Rank]:
    """The versions of one report in the order of their worth; each reason says what it lacks beside the one before.

    >>> one = Version(0, "a", "甲县", 2021, None, None, None, "complete", 210, 0, None, None, "html")
    >>> [rank.reason for rank in ranked([one, one._replace(document="b", status="partial")])]
    ['the best of 2', 'partial, the other is complete']
    """
    order = sorted(versions, key=lambda one: one.document)
    for criterion in reversed(_CRITERIA):
        order.sort(key=criterion.key, reverse=True)
    group = min(one.document for one in versions)
    first = "the only one" if len(order) == 1 else f"the best of {len(order)}"
    reasons = [first, *(_reason(better, one) for better, one in pairwise(order))]
    return [
        Rank(one.document, group, place, reason)
        for place, (one, reason) in enumerate(zip(order, reasons, strict=True), start=1)
    ]


def _reason(better: Version, one: Version) -> str:
    telling = next((item for item in _CRITERIA if item.key(better) != item.key(one)), None)
    if telling is not None:
        return telling.said(better, one)
    same = better.text_digest is not None and better.text_digest == one.text_digest
    return "the same text" if same else "as good, second by its id"


def _is_one(one: Version, other: Version, key: str) -> bool:
    """Whether two documents with equal text or equal figures are one report."""
    if any(a is not None and b is not None and a != b for a, b in ((one.organ, other.organ), (one.year, other.year))):
        return False
    if key == "text_digest":
        return True
    return (
        bool(one.signature and other.signature) and similarity(one.signature or b"", other.signature or b"") >= _ALIKE
    )


def _format(one: Version) -> int:
    """Formats in which figures are read surely come before those in which they are recognised."""
    return -_FORMATS.index(one.format) if one.format in _FORMATS else -len(_FORMATS)
