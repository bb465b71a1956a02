"""The readers that are compared: govnlp, pandas with a small decoder, and a regular expression that counts numbers.

Each takes the bytes of a page and gives the value of each indicator that it read; None for a blank cell.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from decimal import Decimal, InvalidOperation
from functools import cache
from io import StringIO
from random import Random
from typing import NamedTuple, TypeAlias

from govnlp import extract
from tests.render import html
from tests.render.catalogue import page
from tests.render.fill import AMOUNTS, FORMS
from tests.render.grid import Page, Table

Values: TypeAlias = "dict[str, Decimal | None]"
Path: TypeAlias = "tuple[tuple[str, ...], tuple[str, ...]]"
_TABLE = re.compile(r"<table.*?</table>", re.S)
_BREAK = re.compile(r"</t[dr]>|<br\s*/?>")
_TAG = re.compile(r"<[^>]*>")
_NUMBER = re.compile(r"-?\d+(?:\.\d+)?")
_YEAR = re.compile(r"(20\d\d)年政府信息公开工作年度报告")
_FORM_OF_YEAR = {2016: "stat2014", 2020: "art50v1", 2022: "art50v2"}
_WAN = Decimal(10000)


class Read(NamedTuple):
    """What a reader made of a page; `warned` where it says that something may be missing or wrong."""

    values: Values
    warned: bool = False


Reader: TypeAlias = Callable[[bytes], Read]


def with_govnlp(data: bytes) -> Read:
    """`govnlp.extract`; issues and failed checks are its warnings."""
    report = extract(data)
    values: Values = {name: fact.value for name, fact in report.answers.items()}
    return Read(values, bool(report.failed_checks) or any(one.severity != "info" for one in report.issues))


# ---- pandas.read_html, and a decoder that matches the labels of the official form exactly --------------------------


def with_pandas(data: bytes) -> Read:
    """`pandas.read_html` with lxml; a cell is known by the exact labels on its left and above it.

    Where the form has the same labels several times (被依法纠错数), the first such cell is the first of the form's.
    """
    found: Values = {}
    seen: Counter[Path] = Counter()
    for table in _tables(data):
        for row, cells in enumerate(table):
            for column, cell in enumerate(cells):
                if _is_label(cell):
                    continue
                path = _path(table, row, column)
                name = _official().get((path, seen[path]))
                seen[path] += 1
                if name is not None:
                    found[name] = _value(name, cell)
    return Read(found)


def _tables(data: bytes) -> list[list[list[object]]]:
    import pandas as pd

    try:
        frames = pd.read_html(StringIO(data.decode("utf-8")), flavor="lxml")
    except ValueError:  # it holds no table
        return []
    return [frame.values.tolist() for frame in frames]


def _is_label(cell: object) -> bool:
    return isinstance(cell, str) and not _NUMBER.fullmatch(cell.strip())


def _path(table: list[list[object]], row: int, column: int) -> Path:
    """The labels on the left of a cell and those above it, each once."""
    left = [cell for cell in table[row][:column] if _is_label(cell)]
    above: list[object] = []
    for line in reversed(table[:row]):
        if _is_label(line[column]):
            above.append(line[column])
        elif above:
            break
    return tuple(dict.fromkeys(map(str, left))), tuple(dict.fromkeys(map(str, above)))


def _value(name: str, cell: object) -> Decimal | None:
    try:
        value = Decimal(str(cell))
    except InvalidOperation:
        return None
    if value.is_nan():
        return None
    return value * _WAN if name in AMOUNTS else value


@cache
def _official() -> dict[tuple[Path, int], str]:
    """The indicator of each cell of the official forms by its labels, as `pandas.read_html` shows them."""
    found: dict[tuple[Path, int], str] = {}
    for form in FORMS:
        seen: Counter[Path] = Counter()
        for path, name in _paths(page(form, Random(0))):
            found[path, seen[path]] = name
            seen[path] += 1
    return found


def _paths(made: Page) -> Iterator[tuple[Path, str]]:
    tables = _tables(html.plain(made, Random(0)).data or b"")
    for table, form in zip(tables, made.tables, strict=True):
        for cell in form.figures():
            yield _path(table, cell.row, cell.column), cell.indicator or ""


# ---- a regular expression that takes the numbers as they come ------------------------------------------------------


def with_numbers_in_order(data: bytes) -> Read:
    """Tags are stripped; the numbers of each table are given to the indicators of the form in their order."""
    text = data.decode("utf-8")
    year = _YEAR.search(text)
    form = _FORM_OF_YEAR.get(int(year[1])) if year else None
    if form is None:
        return Read({})
    tables = _TABLE.findall(text)
    numbers_of = [_numbers(_BREAK.sub("\n", table)) for table in tables] or [_numbers(text.replace("|", "\n"))]
    names_of = _orders(form) if tables else [tuple(name for names in _orders(form) for name in names)]
    found: Values = {}
    for numbers, names in zip(numbers_of, names_of, strict=False):
        for number, name in zip(numbers, names, strict=False):
            found[name] = Decimal(number) * (_WAN if name in AMOUNTS else 1)
    return Read(found)


def _numbers(text: str) -> list[str]:
    """The lines of a text without its tags that are numbers."""
    lines = (line.strip() for line in _TAG.sub("", text).split("\n"))
    return [line for line in lines if _NUMBER.fullmatch(line)]


@cache
def _orders(form: str) -> list[tuple[str, ...]]:
    return [_order(table) for table in page(form, Random(0)).tables]


def _order(table: Table) -> tuple[str, ...]:
    return tuple(cell.indicator for row in table.rows() for cell in row if cell.indicator)


READERS: dict[str, Reader] = {
    "govnlp": with_govnlp,
    "pandas + decoder": with_pandas,
    "numbers in order": with_numbers_in_order,
}


class Score(NamedTuple):
    """Of the figure cells of some pages: the shares read as printed, read wrongly, and missed.

    `invented` counts values for what is not on the page, against the cells that are. `told` is the share of the pages
    with any fault that the reader gave a warning with; None where no page has a fault.
    """

    right: float
    wrong: float
    missed: float
    told: float | None


def score(reader: Reader, made: Sequence[tuple[bytes, Values]]) -> Score:
    """How a reader fares on pages of which it is known what they print."""
    right = wrong = missed = cells = faulty = told = 0
    for data, printed in made:
        read = reader(data)
        good = sum(name in read.values and read.values[name] == value for name, value in printed.items())
        bad = sum(name not in printed or printed[name] != value for name, value in read.values.items())
        right, wrong, cells = right + good, wrong + bad, cells + len(printed)
        missed += sum(name not in read.values for name in printed)
        if good < len(printed) or bad:
            faulty, told = faulty + 1, told + read.warned
    return Score(right / cells, wrong / cells, missed / cells, told / faulty if faulty else None)
