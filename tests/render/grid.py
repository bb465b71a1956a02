"""The grid that a form is laid out on, and the few operations that shapes and damages are made of."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Literal, NamedTuple, TypeAlias

Role = Literal["header", "group", "label", "unit", "figure", "note"]


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell as the form prints it.

    A cell that answers an indicator names it and its canonical `value` (None: a blank). `lenient` says that the value
    may be missing from what is read, provided an issue says so; it may never be wrong.
    """

    text: str
    row: int
    column: int
    rowspan: int = 1
    colspan: int = 1
    role: Role = "label"
    indicator: str | None = None
    value: Decimal | None = None
    lenient: bool = False

    def covers(self, row: int, column: int) -> bool:
        return self.row <= row < self.row + self.rowspan and self.column <= column < self.column + self.colspan


@dataclass(frozen=True, slots=True)
class Table:
    """A table of a form: `name` is article20, matrix, remedies or stat; the first `header` rows hold column labels."""

    name: str
    cells: tuple[Cell, ...]
    header: int

    @property
    def height(self) -> int:
        return max((cell.row + cell.rowspan for cell in self.cells), default=0)

    @property
    def width(self) -> int:
        return max((cell.column + cell.colspan for cell in self.cells), default=0)

    def row(self, number: int) -> list[Cell]:
        """The cells that begin in a row, from left to right."""
        return sorted((cell for cell in self.cells if cell.row == number), key=lambda cell: cell.column)

    def rows(self) -> Iterator[list[Cell]]:
        return (self.row(number) for number in range(self.height))

    def at(self, row: int, column: int) -> Cell | None:
        """The cell that covers a position."""
        return next((cell for cell in self.cells if cell.covers(row, column)), None)

    def map(self, change: Callable[[Cell], Cell]) -> Table:
        return replace(self, cells=tuple(change(cell) for cell in self.cells))

    def figures(self) -> list[Cell]:
        return [cell for cell in self.cells if cell.indicator]


class Heading(NamedTuple):
    """A heading of a section."""

    text: str


Block: TypeAlias = Heading | str | Table


@dataclass(frozen=True, slots=True)
class Page:
    """A report: its title and its blocks; a plain string is a paragraph."""

    title: str
    year: int
    form: str
    blocks: tuple[Block, ...]

    @property
    def tables(self) -> list[Table]:
        return [block for block in self.blocks if isinstance(block, Table)]

    def map(self, change: Callable[[Table], Table]) -> Page:
        """The page with every table changed."""
        return replace(self, blocks=tuple(change(one) if isinstance(one, Table) else one for one in self.blocks))

    def map_cells(self, change: Callable[[Cell], Cell]) -> Page:
        return self.map(lambda table: table.map(change))

    def map_text(self, change: Callable[[str], str]) -> Page:
        """The page with every text changed: title, headings, paragraphs, cells."""

        def block(one: Block) -> Block:
            if isinstance(one, Table):
                return one.map(lambda cell: replace(cell, text=change(cell.text)))
            return Heading(change(one.text)) if isinstance(one, Heading) else change(one)

        return replace(self, title=change(self.title), blocks=tuple(block(one) for one in self.blocks))


class Expected(NamedTuple):
    """What reading must give for one indicator: its value (None: a blank), and whether it may be missing."""

    value: Decimal | None
    lenient: bool


def expected(page: Page) -> dict[str, Expected]:
    """The answer that every figure cell of the page demands; an indicator without a cell demands no answer."""
    wanted: dict[str, Expected] = {}
    for table in page.tables:
        for cell in table.figures():
            assert cell.indicator is not None
            held = wanted.get(cell.indicator)
            assert held is None or held.value == cell.value, f"the page gives {cell.indicator} two values"
            wanted[cell.indicator] = Expected(cell.value, cell.lenient or (held is not None and held.lenient))
    return wanted


def lenient(page: Page, which: Callable[[Cell], bool] = lambda _: True) -> Page:
    """The page, of which the figures chosen by `which` may be missing, provided an issue says so."""
    return page.map_cells(lambda cell: replace(cell, lenient=True) if cell.indicator and which(cell) else cell)


def without_row(table: Table, row: int) -> Table:
    """The table without a row: spans that reached over it shrink, cells that began in it and reach on move down."""
    kept: list[Cell] = []
    for cell in table.cells:
        inside = cell.row <= row < cell.row + cell.rowspan
        if inside and cell.rowspan == 1:
            continue
        moved = replace(cell, rowspan=cell.rowspan - 1) if inside else cell
        kept.append(replace(moved, row=moved.row - 1) if cell.row > row else moved)
    return replace(table, cells=tuple(kept), header=table.header - (row < table.header))


def without_column(table: Table, column: int) -> Table:
    """The table without a column."""
    return _turned(without_row(turned(table), column), table.header)


def turned(table: Table) -> Table:
    """The table transposed: its rows are columns now."""
    return _turned(table, 0)


def _turned(table: Table, header: int) -> Table:
    cells = tuple(
        replace(cell, row=cell.column, column=cell.row, rowspan=cell.colspan, colspan=cell.rowspan)
        for cell in table.cells
    )
    return Table(table.name, tuple(sorted(cells, key=lambda cell: (cell.row, cell.column))), header)


def with_rows(table: Table, at: int, rows: list[list[Cell]]) -> Table:
    """The table with rows put in before row `at`; spans that reach over that place grow."""
    kept: list[Cell] = []
    for cell in table.cells:
        if cell.row >= at:
            kept.append(replace(cell, row=cell.row + len(rows)))
        elif cell.row + cell.rowspan > at:
            kept.append(replace(cell, rowspan=cell.rowspan + len(rows)))
        else:
            kept.append(cell)
    for number, row in enumerate(rows):
        kept.extend(replace(cell, row=at + number) for cell in row)
    return replace(table, cells=tuple(sorted(kept, key=lambda cell: (cell.row, cell.column))))


def stacked(name: str, tables: list[Table]) -> Table:
    """The tables as one, one under the other."""
    cells: list[Cell] = []
    for table in tables:
        down = max((cell.row + cell.rowspan for cell in cells), default=0)
        cells.extend(replace(cell, row=cell.row + down) for cell in table.cells)
    return Table(name, tuple(cells), tables[0].header)


def cut(table: Table, at: int) -> tuple[Table, Table]:
    """The table as two, cut before row `at`; a cell that reaches over the cut stays in the upper part."""
    upper, lower = [], []
    for cell in table.cells:
        if cell.row >= at:
            lower.append(replace(cell, row=cell.row - at))
            continue
        upper.append(replace(cell, rowspan=min(cell.rowspan, at - cell.row)))
        if cell.row + cell.rowspan > at:
            lower.append(replace(cell, text="", row=0, rowspan=cell.row + cell.rowspan - at))
    order = sorted(lower, key=lambda cell: (cell.row, cell.column))
    return Table(table.name, tuple(upper), table.header), Table(table.name, tuple(order), max(0, table.header - at))
