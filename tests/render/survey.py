"""How readings fare, shape by shape and damage by damage.

`python -m tests.render.survey [shape|damage|all] [seeds]` prints a line for each case with faults.
"""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Iterable, Iterator
from random import Random
from typing import NamedTuple

from govnlp import extract
from govnlp.schema.report import Report
from tests.render.catalogue import DAMAGES, SHAPES, Damage, Shape, fits, page, render
from tests.render.fill import FORMS
from tests.render.grid import Page, expected
from tests.render.source import Source
from tests.render.verdict import Fault, faults

WITNESSES = frozenset({"plain", "bars", "bars_with_spans", "lines", "lines_dropped", "tabs", "aligned", "of_divs"})


class Case(NamedTuple):
    """A form, a shape, damages and the seed of the chance in them."""

    form: str
    shape: Shape
    damages: tuple[Damage, ...]
    seed: int

    @property
    def name(self) -> str:
        return "-".join((self.form, self.shape.name, *(damage.name for damage in self.damages), str(self.seed)))


class Result(NamedTuple):
    """A case read: the page that it should have given, the file, the report, what is wrong with it."""

    page: Page
    source: Source
    report: Report
    faults: list[Fault]

    @property
    def answered(self) -> float:
        """The share of the page's figures that were answered, rightly or not."""
        wanted = expected(self.page)
        return sum(name in self.report for name in wanted) / len(wanted) if wanted else 1.0


def drawn(case: Case) -> tuple[Page, Source]:
    """The page and the file of a case."""
    random = Random(f"{case.form} {case.seed}")
    rows = random.choice((1, 3)) if case.form != "stat2014" and random.random() < 0.3 else None
    return render(page(case.form, random, rows), case.shape, case.damages, random)


def read(case: Case) -> Result:
    """A case rendered, read and judged."""
    made, source = drawn(case)
    report = extract(source.data) if source.data is not None else extract(text=source.text)
    return Result(made, source, report, faults(made, source, report))


def cases(kind: str, seeds: int) -> Iterator[Case]:
    """Every shape (`shape`), every damage in a few shapes (`damage`), or every damage in every shape (`all`)."""
    for form in FORMS:
        for shape in SHAPES:
            needed = tuple(one for one in DAMAGES if one.name == shape.needs_damage)
            singles: list[tuple[Damage, ...]] = (
                [needed] if kind == "shape" else [(*needed, one) for one in DAMAGES if one not in needed]
            )
            if kind == "damage" and shape.name not in WITNESSES:
                continue
            for chosen in singles:
                if fits(shape, chosen, form):
                    yield from (Case(form, shape, chosen, seed) for seed in range(seeds))


def told(results: Iterable[tuple[Case, Result]]) -> Iterator[str]:
    """One line for each case with faults, and one on what was answered."""
    for case, result in results:
        if result.faults:
            kinds = Counter(fault.kind for fault in result.faults)
            first = result.faults[0]
            shown = f"{first.kind} {first.indicator} {first.detail}"
            yield f"{case.name}: {dict(kinds)}; {result.answered:.0%} answered; first: {shown}"
        elif result.answered < 1:
            yield f"  ({case.name}: allowed, {result.answered:.0%} answered)"


def main() -> None:
    kind, seeds = (sys.argv[1:] + ["shape", "2"][len(sys.argv) - 1 :])[:2]
    total = 0
    for case in cases(kind, int(seeds)):
        total += 1
        for line in told([(case, read(case))]):
            print(line, flush=True)
    print(f"{total} cases")


if __name__ == "__main__":
    main()
