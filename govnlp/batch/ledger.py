"""The ledger of a batch: which sources were seen, which documents are finished, in which part their rows stand.

One sqlite file, locked for as long as a run has it open; the system takes the lock away from a process that dies.
"""

from __future__ import annotations

import json
import os
import platform
import sqlite3
from collections.abc import Iterable, Iterator
from datetime import datetime
from pathlib import Path
from typing import Literal, NamedTuple

from govnlp.batch.values import Container, Found, Outcome
from govnlp.errors import BusyError, FormatError

Again = Literal["failed", "version", "all"]
NAME, HOLDER = "ledger.sqlite", "held-by.json"
_SHAPE = "1"
# What can end otherwise under other limits, or another day.
_QUARANTINED = ("crashed", "timeout", "memory")
_TABLES = """
CREATE TABLE IF NOT EXISTS about (name TEXT PRIMARY KEY, value TEXT) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS parts (part INTEGER PRIMARY KEY, documents INTEGER);
CREATE TABLE IF NOT EXISTS sources (
  source TEXT PRIMARY KEY, container TEXT, size INTEGER, changed INTEGER, document TEXT, url TEXT, date TEXT,
  reason TEXT, message TEXT) WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS sources_of ON sources (document, source);
CREATE INDEX IF NOT EXISTS members_of ON sources (container) WHERE container IS NOT NULL;
CREATE TABLE IF NOT EXISTS outcomes (
  document TEXT PRIMARY KEY, part INTEGER, key TEXT, limits TEXT, status TEXT, reason TEXT, message TEXT,
  attempts INTEGER, stale INTEGER DEFAULT 0) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS containers (
  container TEXT PRIMARY KEY, size INTEGER, changed INTEGER, options TEXT, members INTEGER) WITHOUT ROWID;
"""


class Known(NamedTuple):
    """What the ledger knows of a source: its file's size and time of change, its document, why it was refused."""

    size: int | None
    changed: int | None
    document: str | None
    reason: str | None


class Failure(NamedTuple):
    """A line of failures.jsonl. `document` is None where the source could not be read as far as its bytes."""

    document: str | None
    source: str
    reason: str
    message: str
    attempts: int


class Ledger:
    """The ledger in a folder, made where there is none; `BusyError` where another run has it open.

    `key` stands for the version, the model and the options that decide what is read; `limits` for those that decide
    whether it can be.
    """

    def __init__(self, folder: Path, key: str, limits: str) -> None:
        self._folder, self._key, self._limits = folder, key, limits
        self._base = sqlite3.connect(folder / NAME, timeout=0, isolation_level=None)
        try:
            self._open()
        except sqlite3.OperationalError as error:
            self._base.close()
            if "locked" not in str(error):
                raise FormatError(f"{folder / NAME} cannot be used ({error}); choose another output folder.") from error
            raise BusyError(_held(folder)) from None
        except sqlite3.DatabaseError as error:
            self._base.close()
            raise FormatError(f"{folder / NAME} is no ledger ({error}); choose another output folder.") from error
        _tell_holder(folder)

    def close(self) -> None:
        """Keep what was noted, and let another run in."""
        self.keep()
        (self._folder / HOLDER).unlink(missing_ok=True)
        self._base.close()

    def keep(self) -> None:
        """Commit what was noted since the last time."""
        self._base.execute("COMMIT")
        self._base.execute("BEGIN IMMEDIATE")

    def mark(self, again: Again | None) -> int:
        """Mark what is to be read again, and give how many: on request, and where a limit or the version was changed
        that a document had failed by. The mark stays until the document is read, whichever run does it.
        """
        changed = f"reason IN {_QUARANTINED} AND (key != :key OR limits != :limits)"
        wish = {None: "0", "failed": "reason IS NOT NULL", "version": "key != :key", "all": "1"}[again]
        named = {"key": self._key, "limits": self._limits}
        done = self._base.execute(f"UPDATE outcomes SET stale = 1 WHERE ({wish}) OR ({changed})", named)  # noqa: S608
        self.keep()
        return done.rowcount

    def others(self) -> int:
        """How many documents were read by another version, model or with other options, and are kept as they are."""
        return self._count("SELECT count(*) FROM outcomes WHERE key != ? AND stale = 0", self._key)

    def source(self, name: str) -> Known | None:
        """What is known of a source."""
        asked = "SELECT size, changed, document, reason FROM sources WHERE source = ?"
        row = self._base.execute(asked, (name,)).fetchone()
        return Known(*row) if row else None

    def status(self, document: str) -> str | None:
        """The status of a document that is finished; None where it is to be read."""
        row = self._base.execute("SELECT status FROM outcomes WHERE document = ? AND stale = 0", (document,)).fetchone()
        return str(row[0]) if row else None

    def note(self, found: Found, document: str | None, container: str | None = None) -> None:
        """Note a source and its document, or why it has none."""
        self.note_written(written=False)
        reason, message = found.refusal or (None, None)
        self._base.execute(
            "INSERT OR REPLACE INTO sources VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
            (found.source, container, found.size, found.changed, document, found.url, found.date, reason, message),
        )

    def members(self, container: Container, options: str) -> int | None:
        """How many members an archive has that was scanned wholly, is unchanged, and has nothing left to read."""
        asked = "SELECT members FROM containers WHERE container = ? AND size = ? AND changed = ? AND options = ?"
        row = self._base.execute(asked, (container.source, container.size, container.changed, options)).fetchone()
        if row is None:
            return None
        left = self._base.execute(
            "SELECT 1 FROM sources LEFT JOIN outcomes USING (document) WHERE container = ? AND sources.document NOT NULL"
            " AND (outcomes.document IS NULL OR stale = 1) LIMIT 1",
            (container.source,),
        ).fetchone()
        return None if left else int(row[0])

    def seal(self, container: Container, options: str, members: int) -> None:
        """Note that an archive was scanned to its end; members that an earlier state of it had are forgotten."""
        forget = "DELETE FROM sources WHERE container = ? AND (size != ? OR changed != ?)"
        self._base.execute(forget, (container.source, container.size, container.changed))
        self._base.execute(
            "INSERT OR REPLACE INTO containers VALUES (?, ?, ?, ?, ?)",
            (container.source, container.size, container.changed, options, members),
        )

    def parts(self) -> list[int]:
        """The parts whose rows count, in the order in which they were written."""
        return [part for (part,) in self._base.execute("SELECT part FROM parts ORDER BY part")]

    def commit(self, part: int, outcomes: Iterable[Outcome]) -> None:
        """The rows of these documents stand in this part: all of them from now on, or none."""
        self.note_written(written=False)
        rows = [
            (one.job.document, part, self._key, self._limits, one.status, one.reason, one.message, one.job.attempt)
            for one in outcomes
        ]
        # The part first: whatever interrupts this, no document is entered whose part would be removed.
        self._base.execute("INSERT INTO parts VALUES (?, ?)", (part, len(rows)))
        self._base.executemany("INSERT OR REPLACE INTO outcomes VALUES (?, ?, ?, ?, ?, ?, ?, ?, 0)", rows)
        self.keep()

    def forget_empty_parts(self) -> list[int]:
        """The parts of which every document was read again since; they are forgotten here."""
        asked = "SELECT part FROM parts WHERE part NOT IN (SELECT part FROM outcomes)"
        parts = [part for (part,) in self._base.execute(asked)]
        self._base.executemany("DELETE FROM parts WHERE part = ?", [(part,) for part in parts])
        self.keep()
        return parts

    def documents_of(self, part: int) -> dict[str, tuple[str, str | None, str | None]]:
        """The documents whose rows in this part count, each with its first source, its address and its date."""
        asked = (
            "SELECT document, min(source), url, date FROM outcomes JOIN sources USING (document)"
            " WHERE part = ? GROUP BY document"
        )
        return {document: (source, url, date) for document, source, url, date in self._base.execute(asked, (part,))}

    def sources(self) -> Iterator[tuple[str, str, str | None, str | None]]:
        """Document, source, address and date of every source that has a document, in the order of the sources."""
        asked = "SELECT document, source, url, date FROM sources WHERE document NOT NULL ORDER BY source"
        yield from self._base.execute(asked)

    def failures(self) -> Iterator[Failure]:
        """Every document and every source that gave no report, in the order of the sources."""
        asked = (
            "SELECT sources.document, source, outcomes.reason, outcomes.message, attempts FROM sources"
            " JOIN outcomes USING (document) WHERE outcomes.reason NOT NULL"
            " UNION ALL SELECT NULL, source, reason, message, 1 FROM sources"
            " WHERE document IS NULL AND reason != 'left_out' ORDER BY source"
        )
        yield from (Failure(*row) for row in self._base.execute(asked))

    def tell(self, name: str) -> str | None:
        """Something noted about the batch as a whole."""
        row = self._base.execute("SELECT value FROM about WHERE name = ?", (name,)).fetchone()
        return str(row[0]) if row else None

    def note_about(self, name: str, value: str) -> None:
        """Note something about the batch as a whole."""
        self._base.execute("INSERT OR REPLACE INTO about VALUES (?, ?)", (name, value))

    def counts(self) -> dict[str, int]:
        """How many documents the batch holds, by their status."""
        return dict(self._base.execute("SELECT status, count(*) FROM outcomes GROUP BY status ORDER BY status"))

    def is_changed(self) -> bool:
        """Whether something was noted since the final files were written."""
        return self.tell("written") != "yes"

    def note_written(self, *, written: bool = True) -> None:
        """Note that the final files hold all of it, or no longer do."""
        if (self.tell("written") == "yes") != written:
            self.note_about("written", "yes" if written else "no")

    def _open(self) -> None:
        self._base.execute("PRAGMA locking_mode = EXCLUSIVE")
        self._base.execute("PRAGMA journal_mode = WAL")
        self._base.execute("PRAGMA synchronous = NORMAL")
        self._base.execute("BEGIN IMMEDIATE")
        self._base.execute("COMMIT")
        self._base.executescript(_TABLES)
        self._base.execute("BEGIN IMMEDIATE")
        shape = self.tell("shape")
        if shape is None:
            self.note_about("shape", _SHAPE)
        elif shape != _SHAPE:
            self._base.close()
            raise FormatError(f"{self._folder} was written by another version of govnlp; choose another output folder.")
        self.keep()

    def _count(self, asked: str, *values: str) -> int:
        return int(self._base.execute(asked, values).fetchone()[0])


def _tell_holder(folder: Path) -> None:
    """Say who has the ledger, for the one who finds it locked."""
    said = {"pid": os.getpid(), "host": platform.node(), "since": datetime.now().astimezone().isoformat(" ", "seconds")}
    (folder / HOLDER).write_text(json.dumps(said), "utf-8")


def _held(folder: Path) -> str:
    try:
        said = json.loads((folder / HOLDER).read_text("utf-8"))
        who = f"process {said['pid']} on {said['host']}, since {said['since']}"
    except (OSError, ValueError, KeyError, TypeError):
        who = "another process"
    return f"{folder} is being written by {who}. Wait until it ends, or choose another output folder."
