"""Writes the counts of the corpus into its README: `python -m corpora.readme`."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence
from pathlib import Path

from corpora.load import SPLITS, load
from corpora.records import Passage
from corpora.survey import survey

README = Path(__file__).with_name("README.md")
START, END = "<!-- counts -->", "<!-- /counts -->"


def with_counts(page: str, table: str) -> str:
    """The page with the table between its marks.

    >>> with_counts("a <!-- counts -->old<!-- /counts --> b", "new")
    'a <!-- counts -->\\nnew\\n<!-- /counts --> b'
    """
    before, _, rest = page.partition(START)
    _, _, after = rest.partition(END)
    return f"{before}{START}\n{table}\n{END}{after}"


def counts() -> str:
    """The splits as a table of Markdown."""
    head = ("split", "voices", "passages", "figures", "statements of none", "carried totals", "figures of no indicator")
    rows: list[Sequence[str]] = [head, ["---"] * len(head)]
    rows += [[split, *map(str, _row(load(split)))] for split in SPLITS]
    return "\n".join(f"| {' | '.join(row)} |" for row in rows)


def _row(passages: list[Passage]) -> Iterator[int]:
    counted = survey(passages)
    yield counted.voices
    yield counted.passages
    yield from counted.marks.values()
    yield counted.unmarked["figure"]


def main() -> int:
    """The command line; returns the exit status."""
    README.write_text(with_counts(README.read_text("utf-8"), counts()), "utf-8")
    sys.stdout.write(f"{README.name} is up to date\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
