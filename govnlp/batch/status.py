"""How far a batch is."""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import TypeAlias


@dataclass(slots=True)
class Status:
    """Counts while a batch runs; the run changes them, who is told only reads them.

    `found` counts sources; of those `known` were finished by an earlier run, `duplicates` hold the bytes of another,
    `refused` could not be read as far as their bytes, `left_out` are parts of pages, by the reason. `read` counts what
    this run read, by the status of its report. `passed` of `total` bytes are done with.
    """

    found: int = 0
    known: int = 0
    duplicates: int = 0
    refused: int = 0
    left_out: Counter[str] = field(default_factory=Counter)
    read: Counter[str] = field(default_factory=Counter)
    passed: int = 0
    total: int | None = None
    work: str = "reading"
    started: float = field(default_factory=time.monotonic)

    @property
    def seconds(self) -> float:
        """How long the run has taken."""
        return time.monotonic() - self.started

    @property
    def rate(self) -> float:
        """Documents read a second."""
        return self.read.total() / max(self.seconds, 1e-9)

    @property
    def seconds_left(self) -> float | None:
        """A guess from the bytes that are done with; None as long as there is no ground for one."""
        if not self.total or not self.passed or self.seconds < 1:
            return None
        return max(0.0, self.seconds * (self.total - self.passed) / self.passed)


Watcher: TypeAlias = Callable[[Status], None]


@dataclass(frozen=True, slots=True)
class Summary:
    """What a run did. `documents` counts all that the folder `out` now holds, by their status.

    `failures` is how many lines failures.jsonl has; `others` how many documents another version or model read;
    `finished` is False where the run was interrupted: the final files then are as they were before.
    """

    out: Path
    status: Status
    documents: dict[str, int]
    failures: int
    others: int
    finished: bool
