"""What the pictures of a panel show, counted: coverage, one indicator over the years, failed checks."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence
from typing import Literal, NamedTuple

from govnlp.panel.panel import Panel
from govnlp.panel.tables import cells_of
from govnlp.panel.values import OrganYear
from govnlp.schema.indicators import applicants
from govnlp.schema.indicators import indicator as indicator_of

Coverage = Literal["complete", "partial", "no_figures", "missing", "outside"]
# In the order of worth; `outside` is before the first and after the last report of an organ.
COVERAGE: tuple[Coverage, ...] = ("complete", "partial", "no_figures", "missing", "outside")


class CoverageGrid(NamedTuple):
    """Organs by years: how each organ-year is covered. `organs` with the most to look at come first."""

    years: tuple[int, ...]
    organs: tuple[str, ...]
    cells: tuple[tuple[Coverage, ...], ...]


class Line(NamedTuple):
    """The values of one organ by year; a year without a figure is None."""

    organ: str
    values: tuple[float | None, ...]


class Series(NamedTuple):
    """One indicator over the years: each organ, and the median and quartiles of those that give a figure."""

    indicator: str
    years: tuple[int, ...]
    lines: tuple[Line, ...]
    quartiles: tuple[tuple[float, float, float] | None, ...]


class Failures(NamedTuple):
    """How many checks failed, of how many that could be decided, by identity and year; the most failed first."""

    years: tuple[int, ...]
    ids: tuple[str, ...]
    failed: tuple[tuple[int, ...], ...]
    tried: tuple[tuple[int, ...], ...]


def coverage(panel: Panel) -> CoverageGrid:
    """How each organ is covered from the first year of the panel to the last.

    >>> rows = [OrganYear("甲县财政局", "甲县财政局", "甲县", "county", "财政局", year, None, "complete", 9, "d", "s") for year in (2018, 2020)]
    >>> coverage(Panel(tuple(rows), (), (), None)).cells
    (('complete', 'missing', 'complete'),)
    """
    years = _years(panel.rows)
    found: dict[str, dict[int, Coverage]] = defaultdict(dict)
    for row in panel.rows:
        found[row.organ][row.year] = _coverage(row)
    lines = {organ: tuple(_covered(given, year) for year in years) for organ, given in found.items()}
    worst = sorted(lines, key=lambda organ: (-_lacks(lines[organ]), organ))
    return CoverageGrid(years, tuple(worst), tuple(lines[organ] for organ in worst))


def series(panel: Panel, indicator: str) -> Series:
    """One indicator over the years; `UnknownIndicatorError` for another name. Floats are for pictures alone."""
    indicator_of(indicator)
    years = _years(panel.rows)
    values: dict[str, dict[int, float]] = defaultdict(dict)
    for cell in cells_of(panel.cells, indicator):
        if cell.value is not None:
            row = panel.rows[cell.row]
            values[row.organ][row.year] = float(cell.value)
    lines = tuple(Line(organ, tuple(given.get(year) for year in years)) for organ, given in values.items())
    by_year = [sorted(given[year] for given in values.values() if year in given) for year in years]
    return Series(indicator, years, lines, tuple(_quartiles(one) if one else None for one in by_year))


def failures(panel: Panel) -> Failures:
    """The checks within and across reports of which one or more failed, by their id without the kind of applicant."""
    failed, tried = Counter[tuple[str, int]](), Counter[tuple[str, int]]()
    for check in panel.check_rows:
        tried[_stem(check.id), check.year] += check.status != "undecided"
        failed[_stem(check.id), check.year] += check.status == "failed"
    for inner in panel.inner_checks:
        tried[_stem(inner.id), inner.year] += inner.passed + inner.failed
        failed[_stem(inner.id), inner.year] += inner.failed
    years = _years(panel.rows)
    totals = {name: sum(failed[name, year] for year in years) for name, _ in failed}
    ids = tuple(sorted((name for name, count in totals.items() if count), key=lambda name: (-totals[name], name)))
    grids = [tuple(tuple(counts[name, year] for year in years) for name in ids) for counts in (failed, tried)]
    return Failures(years, ids, *grids)


def _stem(name: str) -> str:
    """`balance` for `balance.natural_person`: one line of the picture for all kinds of applicant."""
    stem, _, last = name.rpartition(".")
    return stem if last in applicants() else name


def _coverage(row: OrganYear) -> Coverage:
    if not row.facts:
        return "no_figures"
    return "complete" if row.status == "complete" else "partial"


def _covered(given: dict[int, Coverage], year: int) -> Coverage:
    if year in given:
        return given[year]
    return "missing" if min(given) < year < max(given) else "outside"


def _lacks(line: Sequence[Coverage]) -> int:
    weights = {"missing": 3, "no_figures": 2, "partial": 1}
    return sum(weights.get(one, 0) for one in line)


def _years(rows: Sequence[OrganYear]) -> tuple[int, ...]:
    years = [row.year for row in rows]
    return tuple(range(min(years), max(years) + 1)) if years else ()


def _quartiles(values: Sequence[float]) -> tuple[float, float, float]:
    """Of sorted values, between them in proportion.

    >>> _quartiles([1.0, 2.0, 3.0, 5.0])
    (1.75, 2.5, 3.5)
    """
    found = []
    for share in (0.25, 0.5, 0.75):
        place = share * (len(values) - 1)
        low = int(place)
        high = min(low + 1, len(values) - 1)
        found.append(values[low] + (values[high] - values[low]) * (place - low))
    return found[0], found[1], found[2]
