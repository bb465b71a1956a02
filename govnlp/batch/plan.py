"""What of an archive is to be read: what is new to the ledger, each document once."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

from govnlp.batch.ledger import Known, Ledger
from govnlp.batch.scan import ScanOptions, scan
from govnlp.batch.status import Status
from govnlp.batch.values import Container, Found, Job, Refusal, digest

# So many sources that need no reading may pass before the run looks at its workers and its clock.
_PATIENCE = 100


class Plan:
    """The jobs of a run. What it notes in the ledger is kept whenever the run keeps a part."""

    def __init__(self, sources: Iterable[str], options: ScanOptions, ledger: Ledger, status: Status) -> None:
        self._sources, self._options, self._ledger, self._status = sources, options, ledger, status
        self._given: set[str] = set()
        self._number = 0

    def jobs(self) -> Iterator[Job | None]:
        """A job for each document that is to be read; None now and then where there is none for long."""
        idle = 0
        for job in self._all():
            idle = idle + 1 if job is None else 0
            if job is not None or idle % _PATIENCE == 0:
                yield job

    def settle(self, documents: Iterable[str]) -> None:
        """These documents are in the ledger now, which knows them from here on."""
        self._given.difference_update(documents)

    def _all(self) -> Iterator[Job | None]:
        for entry in scan(self._sources, self._options):
            if isinstance(entry, Container):
                yield from self._members(entry)
            else:
                yield self._file(entry)

    def _members(self, container: Container) -> Iterator[Job | None]:
        """The jobs of an archive; it is passed over where nothing of it is left to read."""
        how = repr((self._options.columns, self._options.pictures, self._options.limits.bytes))
        known = self._ledger.members(container, how)
        if known is not None:
            self._status.found += known
            self._status.known += known
            self._status.passed += container.size
            yield None
            return
        count, broken = 0, False
        for found in container.members():
            count += 1
            broken = broken or (found.refusal is not None and found.source == container.source)
            stamped = found._replace(size=container.size, changed=container.changed)
            yield self._member(stamped, container)
        if not broken:
            self._ledger.seal(container, how, count)

    def _member(self, found: Found, container: Container) -> Job | None:
        self._status.passed += found.weight
        if found.refusal is not None:
            return self._refuse(found, container.source)
        return self._read(found, digest(found.data), container.source)

    def _file(self, found: Found) -> Job | None:
        """The job of a file. One that the ledger knows by its size and time of change is not opened."""
        self._status.passed += found.weight
        if found.refusal is not None:
            return self._refuse(found, None)
        known = self._ledger.source(found.source)
        if known is not None and known.document and _is_same(known, found):
            return self._known(found, known.document)
        try:
            data = _bytes(Path(found.path), self._options.limits.bytes)
        except OSError as error:
            said = Refusal("unreadable", f"it cannot be read: {error.strerror or error}.")
            return self._refuse(found._replace(refusal=said), None)
        return self._read(found, digest(data), None)

    def _known(self, found: Found, document: str) -> Job | None:
        if self._ledger.status(document) is not None:
            self._status.found += 1
            self._status.known += 1
            return None
        return self._read(found, document, None, noted=True)

    def _read(self, found: Found, document: str, container: str | None, *, noted: bool = False) -> Job | None:
        """Note a source, and give its job unless its document was read, or is being read."""
        self._status.found += 1
        known = self._ledger.source(found.source) if container else None
        if not noted and not (known and known.document == document and _is_same(known, found)):
            self._ledger.note(found, document, container)
        if document in self._given:
            self._status.duplicates += 1
            return None
        if self._ledger.status(document) is not None:
            if known is not None or noted:
                self._status.known += 1
            else:
                self._status.duplicates += 1
            return None
        self._given.add(document)
        self._number += 1
        return Job(self._number, document, found.source, found.kind, found.path, found.data)

    def _refuse(self, found: Found, container: str | None) -> Job | None:
        """Note what could not be read as far as its bytes; parts of pages are only counted."""
        refusal = found.refusal or Refusal("unreadable", "")
        if refusal.reason == "left_out":
            self._status.left_out[refusal.message or "no suffix"] += 1
            return None
        self._status.found += 1
        self._status.refused += 1
        known = self._ledger.source(found.source)
        if not (known and known.reason == refusal.reason and _is_same(known, found)):
            self._ledger.note(found, None, container)
        return None


def _is_same(known: Known, found: Found) -> bool:
    return (known.size, known.changed) == (found.size, found.changed)


def _bytes(path: Path, limit: int) -> bytes:
    """The bytes of a file that grew beyond the limit since its size was asked for are cut there, as in `extract`."""
    with path.open("rb") as file:
        return file.read(limit + 1)
