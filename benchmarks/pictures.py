"""Scans and pictures: cells right, cells wrong and whether that is told, and seconds a page, at each resolution.

`python -m benchmarks.pictures` measures and prints; `--write-docs` puts the tables into docs/formats.md; `--quick` reads
one report of each form. Pages are drawn with random figures, clean, as a scanner gives them (turned by up to 1.5
degrees, with grain, blur, grey ink and paper, letters and digits of several sizes and faces), or as poor copies of copies.
"""

from __future__ import annotations

import argparse
import time
from collections.abc import Iterator, Sequence
from pathlib import Path
from random import Random
from typing import NamedTuple

from benchmarks import show
from govnlp import Report, extract
from tests.render import picture
from tests.render.catalogue import page
from tests.render.fill import FORMS
from tests.render.grid import Page, expected

DOCS = Path(__file__).resolve().parents[1] / "docs" / "formats.md"
START, END = "<!-- measured: python -m benchmarks.pictures --write-docs -->", "<!-- end of what was measured -->"
CONDITIONS = (("clean", 200), ("clean", 150), ("clean", 100), ("scanned", 200), ("scanned", 150), ("scanned", 100),
              ("scanned", 72), ("poor", 150), ("poor", 100))  # fmt: skip
_LOOKS = {"scanned": picture.look_of, "poor": picture.poor_look}
THRESHOLDS = (0.0, 0.3, 0.5, 0.7, 0.9)


class Cell(NamedTuple):
    """A printed cell: whether its surest reading is right and how sure it is, whether it answers, what a check says."""

    right: bool
    sure: float
    answers: bool
    flagged: bool


class Tally(NamedTuple):
    """What was read of reports: their cells, and CPU seconds a page. A cell of which nothing was read is not right,
    with a certainty of 0.
    """

    cells: tuple[Cell, ...]
    seconds: float
    told: bool

    @property
    def right(self) -> float:
        """The share of cells whose answer is right."""
        return sum(one.right and one.answers for one in self.cells) / len(self.cells)

    @property
    def wrong(self) -> tuple[Cell, ...]:
        """The cells whose answer is wrong."""
        return tuple(one for one in self.cells if one.answers and not one.right)

    @property
    def missing(self) -> int:
        """How many cells have no answer."""
        return sum(not one.answers for one in self.cells)


def tally(look: str, dpi: int, count: int) -> Tally:
    """What is read of `count` reports of each form, drawn in one of the looks; the same ones at every run."""
    cells: list[Cell] = []
    pages, seconds, told = 0, 0.0, True
    for number in range(count * len(FORMS)):
        random = Random(f"{look} {dpi} {number}")
        made = page(FORMS[number % len(FORMS)], random)
        drawn = _LOOKS[look](random, dpi) if look in _LOOKS else picture.Look(dpi=dpi)
        sheets = picture.drawn(made, drawn, number)
        data = picture.encoded(sheets, "TIFF", drawn)
        start = time.process_time()
        report = extract(data)
        seconds += time.process_time() - start
        pages += len(sheets)
        read = tuple(_cells(made, report))
        told = told and (all(one.answers for one in read) or any(one.severity != "info" for one in report.issues))
        cells += read
    return Tally(tuple(cells), seconds / pages, told)


def _cells(made: Page, report: Report) -> Iterator[Cell]:
    named = {term.indicator for check in report.failed_checks for term in check.left + check.right}
    for name, one in expected(made).items():
        facts = [fact for fact in report.facts if fact.indicator == name and fact.is_candidate]
        best = max(facts, key=lambda fact: (fact.answer, fact.confidence), default=None)
        if best is None:
            yield Cell(right=False, sure=0.0, answers=False, flagged=False)
        else:
            yield Cell(best.value == one.value, best.confidence, best.answer, name in named)


def _measured(found: dict[tuple[str, int], Tally], *, markdown: bool) -> Iterator[str]:
    rows = [
        (
            f"{dpi} dpi, {look}", f"{one.right:.2%}".replace("%", " %"), str(len(one.wrong)),
            str(sum(cell.flagged for cell in one.wrong)), str(one.missing), "yes" if one.told else "no",
            str(len(one.cells)), f"{one.seconds:.1f}",
        )
        for (look, dpi), one in found.items()
    ]  # fmt: skip
    head = ("picture", "cells right", "wrong", "of these named by a failed check", "without an answer", "all told",
            "cells", "CPU seconds a page")  # fmt: skip
    yield from show.table(head, rows, markdown=markdown)
    yield ""
    cells = [cell for one in found.values() for cell in one.cells]
    yield from show.table(("surer than", "wrong answers", "right readings lost"), _thresholds(cells), markdown=markdown)


def _thresholds(cells: Sequence[Cell]) -> list[tuple[str, ...]]:
    """What another threshold would have made of the same readings."""
    return [
        (
            f"{least:.1f}",
            str(sum(one.sure >= least and not one.right and one.sure > 0 for one in cells)),
            str(sum(one.sure < least and one.right for one in cells)),
        )
        for least in THRESHOLDS
    ]


def main() -> None:
    """Measure, print, and write what was asked for."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.pictures", description=(__doc__ or "").split("\n")[0])
    parser.add_argument("--write-docs", action="store_true", help="put the results into docs/formats.md")
    parser.add_argument("--quick", action="store_true", help="read few pages: a look, not a measurement")
    options = parser.parse_args()
    if options.quick and options.write_docs:
        parser.error("--write-docs needs a whole run: leave --quick out")
    found: dict[tuple[str, int], Tally] = {}
    for look, dpi in CONDITIONS:
        found[look, dpi] = tally(look, dpi, 1 if options.quick else 3)
        print(look, dpi, f"{found[look, dpi].right:.4f}", flush=True)
    print("\n".join(_measured(found, markdown=False)))
    if options.write_docs:
        before, _, rest = DOCS.read_text("utf-8").partition(START)
        block = "\n".join(_measured(found, markdown=True))
        DOCS.write_text(f"{before}{START}\n\n{block}\n\n{END}{rest.partition(END)[2]}", "utf-8")


if __name__ == "__main__":
    main()
