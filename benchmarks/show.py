"""A run of the benchmark in words and tables, for the terminal and for the documentation."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, NamedTuple

from benchmarks.readers import Score

if TYPE_CHECKING:
    from benchmarks.tables import Measured

START, END = "<!-- measured: python -m benchmarks.tables --write-docs -->", "<!-- end of what was measured -->"
_MEGA = 1_000_000


class Goal(NamedTuple):
    """A goal and what was measured for it."""

    what: str
    wanted: str
    measured: str
    met: bool


def goals(result: Measured) -> list[Goal]:
    """What govnlp wants to reach, beside what it reached in this run."""
    speed, first, memory = result.speeds["govnlp"], result.first, result.memory / _MEGA
    return [
        Goal("reports a second, one core", "150 or more", f"{speed:.0f}", speed >= 150),
        Goal("import and first report", "under 0.5 s", _run(first.cpu, first.wall), first.cpu < 0.5),
        Goal("`govnlp --help`", "under 0.3 s", _run(result.help.cpu, result.help.wall), result.help.cpu < 0.3),
        Goal(f"peak memory over {result.memory_pages} reports", "under 150 MB", f"{memory:.0f} MB", memory < 150),
    ]


def _run(cpu: float, wall: float) -> str:
    return f"{cpu:.2f} s of CPU ({wall:.2f} s by the clock)"


def as_text(result: Measured) -> str:
    """The run for a terminal."""
    return "\n".join(_lines(result, markdown=False))


def as_markdown(result: Measured) -> str:
    """The run for the documentation."""
    return "\n".join(_lines(result, markdown=True))


def _lines(result: Measured, *, markdown: bool) -> Iterator[str]:
    heading = "### " if markdown else ""
    machine = result.machine
    yield f"{heading}Speed"
    yield ""
    yield from table(("reader", "reports a second", "times the speed of govnlp"), _speeds(result), markdown=markdown)
    yield ""
    for title, cell in (("Figures right", _right), ("Figures wrong", _wrong), ("Faults told", _told)):
        yield f"{heading}{title}"
        yield ""
        rows = [(name, *(cell(one) for one in row.values())) for name, row in result.scores.items()]
        yield from table(("page", *result.speeds), rows, markdown=markdown)
        yield ""
    yield f"{heading}Goals"
    yield ""
    missed = "**no**" if markdown else "NO"
    reached = [(one.what, one.wanted, one.measured, "yes" if one.met else missed) for one in goals(result)]
    yield from table(("what", "goal", "measured", "met"), reached, markdown=markdown)
    yield ""
    yield (
        f"Measured on {machine.processor} ({machine.cores} cores, one used), Python {machine.python}, govnlp "
        f"{machine.govnlp}, pandas {machine.pandas}, lxml {machine.lxml}; pages of {result.page_bytes / 1000:.0f} kB; "
        f"{result.pages_scored} pages in each row. Starting Python alone takes {result.bare.cpu:.2f} s of CPU."
    )


def _speeds(result: Measured) -> list[tuple[str, ...]]:
    base = result.speeds["govnlp"]
    return [(name, f"{speed:,.0f}", f"{speed / base:.1f}") for name, speed in result.speeds.items()]


def _right(one: Score) -> str:
    return percent(one.right)


def _wrong(one: Score) -> str:
    return percent(one.wrong)


def _told(one: Score) -> str:
    """On how many of the pages with something wrong or missed the reader says so."""
    return "no faults" if one.told is None else percent(one.told)


def percent(share: float) -> str:
    """A share that is shown as 0 % or 100 % only where it is.

    >>> percent(0.9999), percent(1.0), percent(0.0001)
    ('99.9 %', '100 %', '0.1 %')
    """
    if share in (0, 1):
        return f"{share:.0%}".replace("%", " %")
    return f"{min(max(share * 100, 0.1), 99.9 if share < 1 else share * 100):.1f} %"


def table(head: Sequence[str], rows: Sequence[Sequence[str]], *, markdown: bool) -> Iterator[str]:
    """A table for the terminal or in Markdown; the first column is of words."""
    if markdown:
        yield f"| {' | '.join(head)} |"
        yield f"| --- |{' ---: |' * (len(head) - 1)}"
        yield from (f"| {' | '.join(row)} |" for row in rows)
        return
    widths = [max(map(len, column)) for column in zip(head, *rows, strict=True)]
    for row in (head, *rows):
        yield "  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip()


def with_block(page: str, block: str) -> str:
    """The page with what stands between its two marks replaced.

    >>> with_block(f"a {START} b {END} c", "new").split()[0]
    'a'
    """
    before, mark, rest = page.partition(START)
    _, end, after = rest.partition(END)
    if not mark or not end:
        raise ValueError(f"the page lacks its marks {START} and {END}")
    return f"{before}{START}\n\n{block}\n\n{END}{after}"
