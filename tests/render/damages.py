"""Damages to cells, rows and columns, each with what may still be asked of the reading.

A damage is a function from a page and a source of chance to a page. Figures that a careful clerk could not be sure of
after it are marked lenient; a figure cell that is gone is simply no longer on the page, and must not be answered.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace
from random import Random

from tests.render.grid import Cell, Page, Table, expected, lenient, with_rows, without_column, without_row

BLANKS = ("", "", "-", "/", "—", "——", "－")


def cells_blanked(page: Page, random: Random) -> Page:
    """Some figures are not filled in: nothing is printed, or a dash, or a stroke."""
    share = random.choice((0.03, 0.2, 0.6))
    return _blanked(page, {name for name in expected(page) if random.random() < share}, random)


def zeros_blanked(page: Page, random: Random) -> Page:
    """Every zero is left out."""
    return _blanked(page, {name for name, one in expected(page).items() if one.value == 0}, random)


def row_blanked(page: Page, random: Random) -> Page:
    """One whole row of each table holds nothing."""
    names: set[str | None] = set()
    for table in page.tables:
        row = random.choice([cell.row for cell in table.figures()])
        names |= {cell.indicator for cell in table.figures() if cell.row == row}
    return _blanked(page, names, random)


def _blanked(page: Page, names: Collection[str | None], random: Random) -> Page:
    mark = random.choice(BLANKS)
    return page.map_cells(lambda cell: replace(cell, text=mark, value=None) if cell.indicator in names else cell)


def rows_dropped(page: Page, random: Random) -> Page:
    """One to three rows of figures are missing from each table of rows."""

    def change(table: Table) -> Table:
        for _ in range(random.randint(1, 3)):
            rows = sorted({cell.row for cell in table.figures()})
            if table.name != "remedies" and len(rows) > 4:
                table = without_row(table, random.choice(rows))
        return table

    return _parents_gone(page.map(change))


def _parents_gone(page: Page) -> Page:
    """In the statistics table 纠错 and 其他情形 stand under 复议 and under 诉讼 alike: without the rows above them they
    cannot be told apart for sure."""
    left = expected(page)
    firsts = [f"remedies.{route}.{one}" for route in ("review", "litigation") for one in ("total", "upheld")]
    if page.form != "stat2014" or all(name in left for name in firsts):
        return page
    return lenient(page, lambda cell: (cell.indicator or "").startswith("remedies.") and cell.indicator not in firsts)


def no_closed_row(page: Page, _: Random) -> Page:
    """The matrix lacks its row (七)总计."""
    return page.map(lambda table: _without_rows(table, "applications.closed.") if table.name == "matrix" else table)


def _without_rows(table: Table, stem: str) -> Table:
    rows = {cell.row for cell in table.figures() if (cell.indicator or "").startswith(stem)}
    for row in sorted(rows, reverse=True):
        table = without_row(table, row)
    return table


def no_legal_service(page: Page, _: Random) -> Page:
    """The matrix lacks its column 法律服务机构."""
    return page.map(lambda table: _without_columns(table, ".legal_service"))


def no_total_column(page: Page, _: Random) -> Page:
    """The matrix lacks its column 总计."""
    return page.map(lambda table: _without_columns(table, ".total"))


def _without_columns(table: Table, end: str) -> Table:
    columns = {cell.column for cell in table.figures() if (cell.indicator or "").endswith(end)}
    return without_column(table, min(columns)) if table.name == "matrix" else table


def groups_torn(page: Page, random: Random) -> Page:
    """A group's label is torn over two cells, one under the other: (四)无 | 法提供."""

    def change(table: Table) -> Table:
        tall = [cell for cell in table.cells if cell.role == "group" and cell.rowspan > 1 and len(cell.text) > 3]
        return _torn(table, random.choice(tall), random) if tall else table

    return page.map(change)


def _torn(table: Table, cell: Cell, random: Random) -> Table:
    rows, letters = random.randint(1, cell.rowspan - 1), random.randint(1, len(cell.text) - 1)
    upper = replace(cell, text=cell.text[:letters], rowspan=rows)
    lower = replace(cell, text=cell.text[letters:], row=cell.row + rows, rowspan=cell.rowspan - rows)
    cells = [one for one in table.cells if one is not cell] + [upper, lower]
    return replace(table, cells=tuple(sorted(cells, key=lambda one: (one.row, one.column))))


def row_torn(page: Page, random: Random) -> Page:
    """A page break tears one label: its end stands in a row of its own, the other cells of that row are empty."""

    def change(table: Table) -> Table:
        long = [cell for cell in table.cells if cell.role == "label" and len(cell.text) > 7]
        if table.name == "remedies" or not long:
            return table
        cell = random.choice(long)
        at = random.randint(len(cell.text) // 2, len(cell.text) - 2)
        rest = [replace(cell, text=cell.text[at:])]
        rest += [
            Cell("", 0, one.column, 1, one.colspan, "unit")
            for one in table.row(cell.row)
            if one.role in ("figure", "unit")
        ]
        cut = table.map(lambda one: replace(one, text=one.text[:at]) if one is cell else one)
        return with_rows(cut, cell.row + 1, [rest])

    return page.map(change)


def header_repeated(page: Page, random: Random) -> Page:
    """After a page break the header of a long table stands again."""

    def change(table: Table) -> Table:
        if table.name not in ("matrix", "stat"):
            return table
        at = random.randint(table.header + 2, table.height - 2)
        broken = _split_at(table, at)
        return with_rows(broken, at, [table.row(row) for row in range(table.header)])

    return page.map(change)


def _split_at(table: Table, at: int) -> Table:
    """Cells that reach over row `at` end there, and go on empty below."""
    cells: list[Cell] = []
    for cell in table.cells:
        if cell.row < at < cell.row + cell.rowspan:
            cells.append(replace(cell, rowspan=at - cell.row))
            cells.append(replace(cell, text="", row=at, rowspan=cell.row + cell.rowspan - at))
        else:
            cells.append(cell)
    return replace(table, cells=tuple(sorted(cells, key=lambda one: (one.row, one.column))))


def row_repeated(page: Page, random: Random) -> Page:
    """One row of figures is printed twice."""

    def change(table: Table) -> Table:
        if table.name == "remedies":
            return table
        cell = random.choice(table.figures())
        again = [one for one in table.row(cell.row) if one.rowspan == 1]
        return with_rows(table, cell.row + 1, [again])

    return page.map(change)


def unknown_row(page: Page, random: Random) -> Page:
    """A row that no form has stands among the others, with figures of its own."""

    def change(table: Table) -> Table:
        if table.name == "remedies":
            return table
        label = random.choice(("其中:通过微信小程序登记数", "信函登记存档卷数", "值班接听来电数"))
        shown = random.choice([cell for cell in table.cells if cell.role == "label"])
        row = [replace(shown, text=label)]
        row += [_stranger(cell, random) for cell in table.row(shown.row) if cell.role in ("figure", "unit")]
        return with_rows(table, shown.row, [row])

    return page.map(change)


def unknown_column(page: Page, random: Random) -> Page:
    """A column that no form has stands at the right of the matrix or of the statistics table: remarks, or shares."""
    kind = random.choice(("备注", "占比"))

    def change(table: Table) -> Table:
        if table.name not in ("matrix", "stat"):
            return table
        width = table.width
        cells = [*table.cells, Cell(kind, 0, width, rowspan=table.header, role="header")]
        for row in range(table.header, table.height):
            text = f"{random.randint(1, 99)}%" if kind == "占比" and random.random() < 0.5 else ""
            cells.append(Cell(text, row, width, role="note"))
        return replace(table, cells=tuple(sorted(cells, key=lambda cell: (cell.row, cell.column))))

    return page.map(change)


def _stranger(cell: Cell, random: Random) -> Cell:
    text = str(random.randint(60, 99)) if cell.role == "figure" else cell.text
    return replace(cell, text=text, indicator=None, value=None, role="note" if cell.role == "figure" else "unit")


def last_year_column(page: Page, random: Random) -> Page:
    """The statistics table shows last year's figures beside this year's."""
    headers = random.choice(
        (("{0}年", "{1}年"), ("本年", "上年"), ("{0}年统计数", "{1}年统计数"), ("统计数", "上年数"))
    )
    names = [one.format(page.year, page.year - 1) for one in headers]

    def change(table: Table) -> Table:
        if table.name != "stat":
            return table
        cells: list[Cell] = []
        for cell in table.cells:
            if cell.column == 2:
                text = names[1] if cell.role == "header" else str(random.randint(0, 90))
                cells += [replace(cell, text=names[0] if cell.role == "header" else cell.text)]
                cells += [Cell(text, cell.row, 3, role="note" if cell.indicator else "header")]
            else:
                moved = replace(cell, column=cell.column + 1) if cell.column > 2 else cell
                cells.append(replace(moved, colspan=4) if cell.colspan == 3 else moved)
        return replace(table, cells=tuple(cells))

    return page.map(change)


def groups_lost(page: Page, _: Random) -> Page:
    """Merged labels of groups are lost: their cells stand empty."""
    changed = page.map_cells(lambda cell: replace(cell, text="") if cell.role == "group" and cell.rowspan > 1 else cell)
    return lenient(changed, lambda cell: ".other.misc." in (cell.indicator or ""))


def captions_lost(page: Page, _: Random) -> Page:
    """The captions 第二十条第(…)项 of the blocks of Article 20 are lost."""
    return page.map_cells(lambda cell: replace(cell, text="") if cell.text.startswith("第二十条") else cell)
