"""Damages to wording: labels in other words, torn or spaced; units; scripts; glosses; a mistyped figure."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal
from functools import cache
from pathlib import Path
from random import Random

import yaml

from tests.render.fill import AMOUNTS
from tests.render.grid import Cell, Page, Table, expected


@cache
def variants() -> dict[str, list[str]]:
    """Other wordings of each label."""
    loaded: dict[str, list[str]] = yaml.safe_load(Path(__file__).with_name("variants.yaml").read_text("utf-8"))
    return loaded


def labels_on_lines(page: Page, random: Random) -> Page:
    """Labels are torn over two lines of their cell."""

    def tear(cell: Cell) -> Cell:
        if cell.indicator or len(cell.text) < 4 or "\n" in cell.text or random.random() < 0.6:
            return cell
        at = random.randint(1, len(cell.text) - 1)
        return replace(cell, text=f"{cell.text[:at]}\n{cell.text[at:]}")

    return page.map_cells(tear)


def labels_reworded(page: Page, random: Random) -> Page:
    """Labels in other words that offices use."""

    def change(cell: Cell) -> Cell:
        wordings = variants().get(cell.text)
        return replace(cell, text=random.choice(wordings)) if wordings and not cell.indicator else cell

    return page.map_cells(change)


def units_in_cells(page: Page, random: Random) -> Page:
    """Figures carry their unit: 12件; an amount stands in 元 or 万元, whatever the header says."""

    def change(cell: Cell) -> Cell:
        if not cell.indicator or cell.value is None or random.random() < 0.4:
            return cell
        if cell.indicator not in AMOUNTS:
            return replace(cell, text=cell.text + ("项" if re.search("items|projects", cell.indicator) else "件"))
        return replace(
            cell, text=f"{_digits(cell.value)}元" if random.random() < 0.5 else f"{_digits(cell.value / 10000)}万元"
        )

    return page.map(lambda table: table if table.name == "stat" else table.map(change))


def unit_lost(page: Page, _: Random) -> Page:
    """采购总金额 stands without a unit, as the form of 2019 prints it; the unit stands in the cell."""

    def change(cell: Cell) -> Cell:
        if cell.indicator == "proactive.procurement.amount" and cell.value is not None:
            return replace(cell, text=f"{_digits(cell.value / 10000)}万元")
        return replace(cell, text="采购总金额") if cell.text.startswith("采购总金额") else cell

    return page.map_cells(change)


def amounts_in_yuan(page: Page, _: Random) -> Page:
    """The header (or the unit's cell) says 元, and amounts are printed so."""

    def change(table: Table) -> Table:
        rows = {cell.row for cell in table.figures() if cell.indicator in AMOUNTS}
        return table.map(lambda cell: _in_yuan(cell, rows))

    return page.map(change)


def _in_yuan(cell: Cell, rows: set[int]) -> Cell:
    if cell.indicator in AMOUNTS and cell.value is not None:
        return replace(cell, text=_digits(cell.value))
    if cell.role == "unit" and cell.row in rows:
        return replace(cell, text="元")
    return replace(cell, text=cell.text.replace("万元", "元")) if cell.role == "header" else cell


def _digits(value: Decimal) -> str:
    return format(value.normalize(), "f")


def thousands(page: Page, _: Random) -> Page:
    """Large figures carry separators: 12,345."""

    def change(cell: Cell) -> Cell:
        large = cell.indicator and cell.text.isdigit() and len(cell.text) > 3
        return replace(cell, text=f"{int(cell.text):,}") if large else cell

    return page.map_cells(change)


def spaces_inside(page: Page, random: Random) -> Page:
    """Spaces between the characters of labels and between the digits of figures."""
    space = random.choice((" ", "\u3000", "\xa0"))

    def change(cell: Cell) -> Cell:
        if random.random() < 0.5 or len(cell.text) > 8:
            return cell
        return replace(cell, text=space.join(cell.text))

    return page.map_cells(change)


def labels_spaced(page: Page, random: Random) -> Page:
    """Spaces between the characters of short labels; figures as they were."""
    spaced = spaces_inside(page, random)
    figures = {
        (number, cell.row, cell.column): cell for number, table in enumerate(page.tables) for cell in table.figures()
    }
    tables = iter(enumerate(spaced.tables))

    def change(_: Table) -> Table:
        number, table = next(tables)
        return table.map(lambda cell: figures.get((number, cell.row, cell.column), cell))

    return page.map(change)


def traditional(page: Page, _: Random) -> Page:
    """Everything in traditional characters."""
    return page.map_text(_to_traditional)


@cache
def _to_traditional(text: str) -> str:
    return str(_converter()(text))


@cache
def _converter() -> Callable[[str], str]:
    from opencc import OpenCC

    convert: Callable[[str], str] = OpenCC("s2t").convert
    return convert


PINYIN = {"务": "wù", "关": "guān", "开": "kāi", "项": "xiàng", "数": "shù", "办": "bàn", "结": "jié", "总": "zǒng",
          "计": "jì", "复": "fù", "诉": "sù", "业": "yè", "机": "jī", "处": "chǔ", "其": "qí"}  # fmt: skip


def pinyin(page: Page, random: Random) -> Page:
    """Glosses of pinyin after some characters, as one widget leaves them: 务(wù)."""

    def gloss(text: str) -> str:
        return "".join(f"{one}({PINYIN[one]})" if one in PINYIN and random.random() < 0.3 else one for one in text)

    return page.map_text(gloss)


def one_slip(page: Page, random: Random) -> Page:
    """The publisher mistyped one figure: the reading must give what is printed."""
    counts = {name: one.value for name, one in expected(page).items() if name not in AMOUNTS and one.value is not None}
    name = random.choice(sorted(counts))
    value = counts[name] + random.randint(1, 9)
    return page.map_cells(lambda cell: replace(cell, text=str(value), value=value) if cell.indicator == name else cell)
