"""Reports with one thing wrong: a rendered form, changed in one place, read as any file is."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal
from random import Random

from govnlp import extract
from govnlp.audit import Finding, audit
from govnlp.schema.report import Report
from tests.render import html
from tests.render.catalogue import page
from tests.render.grid import Block, Cell, Heading, Page, Table

Change = Callable[[Page], Page]


def read(form: str = "art50v2", *changes: Change, seed: int = 5, head: str = "") -> Report:
    """A clean form of random figures with changes made to it, extracted."""
    made = page(form, Random(seed))
    for change in changes:
        made = change(made)
    markup = html.plain(made, Random(0)).text
    return extract(text=markup.replace("<body>", f"<body><div>{head}</div>"), name="report.html")


def printed(**texts: str) -> Change:
    """Other texts in cells; indicators are written with `__` for a point."""
    named = {name.replace("__", "."): text for name, text in texts.items()}

    def change(cell: Cell) -> Cell:
        return replace(cell, text=named[cell.indicator]) if cell.indicator in named else cell

    return lambda made: made.map_cells(change)


def in_table(name: str, change: Callable[[Table], Table]) -> Change:
    """One table changed."""
    return lambda made: replace(
        made,
        blocks=tuple(change(one) if isinstance(one, Table) and one.name == name else one for one in made.blocks),
    )


def without(is_out: Callable[[Block], bool]) -> Change:
    """Blocks left out."""
    return lambda made: replace(made, blocks=tuple(one for one in made.blocks if not is_out(one)))


def said(sentence: str) -> Change:
    """A sentence at the end of the first section."""

    def change(made: Page) -> Page:
        at = next(place for place, one in enumerate(made.blocks) if isinstance(one, Heading)) + 2
        return replace(made, blocks=(*made.blocks[:at], sentence, *made.blocks[at:]))

    return change


def of_year(year: int) -> Change:
    """The same page of another report year."""
    return lambda made: replace(made, title=made.title.replace(str(made.year), str(year)), year=year)


def named(organ: str) -> Change:
    """The same page of another organ."""
    return lambda made: replace(made, title=made.title.replace("澄湖县人民政府", organ))


def value(report: Report, name: str) -> Decimal:
    """The value that a report answers."""
    found = report.value(name)
    assert found is not None, name
    return found


def found(report: Report, rule: str, last_year: Report | None = None) -> list[Finding]:
    """The findings of one rule."""
    return [one for one in audit(report, last_year) if one.rule == rule]


def ids(report: Report, last_year: Report | None = None) -> list[str]:
    """The ids of all findings but remarks."""
    return [one.id for one in audit(report, last_year) if one.severity != "info"]
