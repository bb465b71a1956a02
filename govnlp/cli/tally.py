"""Counting outcomes while they pass: the closing line and the exit code come from it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator

from govnlp.cli.output import complain
from govnlp.cli.reading import Outcome
from govnlp.schema.report import Report


class Tally:
    """What became of the documents. `exit_code` is 0 while all are complete and agree with themselves, else 1."""

    def __init__(self, complaints: Iterable[str] = ()) -> None:
        self._counts: Counter[str] = Counter()
        self._inconsistent = 0
        self.exit_code = 0
        for line in complaints:
            self.complain(line)

    def complain(self, line: str) -> None:
        """Say on standard error why something was not done."""
        complain(line)
        self.exit_code = 1

    def reports(self, outcomes: Iterable[Outcome]) -> Iterator[tuple[str, Report]]:
        """The documents that gave a report, counted; the others are complained of."""
        for one in outcomes:
            if not one.is_sound:
                self.exit_code = 1
            if one.report is None:
                self._counts["unreadable"] += 1
                self.complain(one.complaint or f"{one.source}: it cannot be read")
                continue
            self._counts[one.report.status] += 1
            self._inconsistent += bool(one.report.failed_checks)
            yield one.source, one.report

    def summary(self) -> str:
        """`3 documents: 2 complete, 1 partial; 1 with failed checks`."""
        total = self._counts.total()
        counts = ", ".join(f"{count} {status}" for status, count in self._counts.most_common())
        failed = f"; {self._inconsistent} with failed checks" if self._inconsistent else ""
        return f"{total} document{'' if total == 1 else 's'}: {counts or 'nothing read'}{failed}"
