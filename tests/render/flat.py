"""Flattened text: what scrapers and converters leave of a form."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Iterable
from random import Random

from tests.render.grid import Heading, Page, Table
from tests.render.source import Source

Draw = Callable[[Table], Iterable[str]]


def bars(page: Page, _: Random) -> Source:
    """One cell a line, ` |` after each; an empty cell is a bar alone; nothing marks spans or rows."""
    return _source(page, lambda table: (_barred(cell.text) for row in table.rows() for cell in row))


def bars_with_spans(page: Page, _: Random) -> Source:
    """One cell a line, ` |` after each; after each row a line with a bar for every position that a span covers."""

    def draw(table: Table) -> Iterable[str]:
        for number, row in enumerate(table.rows()):
            yield from (_barred(cell.text) for cell in row)
            covered = sum(table.at(number, column) is not None for column in range(table.width)) - len(row)
            if covered:
                yield "|" * covered

    return _source(page, draw)


def bars_and_breaks(page: Page, random: Random) -> Source:
    """Bars after each cell, and page numbers between some rows."""

    def draw(table: Table) -> Iterable[str]:
        for row in table.rows():
            yield from (_barred(cell.text) for cell in row)
            if random.random() < 0.06:
                yield _page_number(random)

    return _source(page, draw)


def _barred(text: str) -> str:
    return f"{text} |" if text else "|"


def _page_number(random: Random) -> str:
    return random.choice(("- {} -", "—{}—", "— {} —", "第 {} 页 共 9 页", "－{}－")).format(random.randint(2, 9))


def lines(page: Page, _: Random) -> Source:
    """One cell a line without any mark; an empty cell is an empty line."""
    return _source(page, lambda table: (cell.text for row in table.rows() for cell in row))


def lines_dropped(page: Page, _: Random) -> Source:
    """One cell a line without any mark; an empty cell leaves no trace."""
    return _source(page, lambda table: (cell.text for row in table.rows() for cell in row if cell.text))


def lines_and_breaks(page: Page, random: Random) -> Source:
    """One cell a line, page numbers between some rows, empty cells dropped."""

    def draw(table: Table) -> Iterable[str]:
        for row in table.rows():
            yield from (cell.text for cell in row if cell.text)
            if random.random() < 0.06:
                yield _page_number(random)

    return _source(page, draw)


def markdown(page: Page, _: Random) -> Source:
    """Rows of markdown; a covered position is an empty cell."""

    def draw(table: Table) -> Iterable[str]:
        for number in range(table.height):
            yield "| " + " | ".join(_flat(one) for one in _positions(table, number)) + " |"
            if number == 0:
                yield "|" + " --- |" * table.width

    return _source(page, draw)


def tabs(page: Page, _: Random) -> Source:
    """Rows of cells parted by tabulators, as pasted from a spreadsheet."""
    return _source(
        page, lambda table: ("\t".join(_flat(one) for one in _positions(table, row)) for row in range(table.height))
    )


def aligned(page: Page, _: Random) -> Source:
    """Columns aligned with spaces, as `pdftotext -layout` writes them."""

    def draw(table: Table) -> Iterable[str]:
        starts = _starts(table)
        for row in table.rows():
            line = ""
            for cell in (one for one in row if one.text):
                line = _padded(line, starts[cell.column]) + _flat(cell.text)
            yield line

    return _source(page, draw)


def _starts(table: Table) -> list[int]:
    """The position at which each column of a table begins: wide enough for the cells that it alone holds."""
    widths = [4] * table.width
    for cell in table.cells:
        if cell.colspan == 1:
            widths[cell.column] = max(widths[cell.column], _wide(_flat(cell.text)))
    return [sum(widths[:column]) + 2 * column for column in range(table.width)]


def labels_then_figures(page: Page, _: Random) -> Source:
    """All labels of a table first, its figures after them: what copying from some PDFs gives."""

    def draw(table: Table) -> Iterable[str]:
        yield from (cell.text for cell in table.cells if cell.text and not cell.indicator)
        yield from (cell.text for cell in table.cells if cell.text and cell.indicator)

    return _source(page, draw)


def one_line(page: Page, _: Random) -> Source:
    """Each row of a table on one line, its cells parted by one space; empty cells leave no trace."""
    return _source(
        page, lambda table: (" ".join(_flat(cell.text) for cell in row if cell.text) for row in table.rows())
    )


def _positions(table: Table, number: int) -> list[str]:
    found = [table.at(number, column) for column in range(table.width)]
    return [cell.text if cell and (cell.row, cell.column) == (number, at) else "" for at, cell in enumerate(found)]


def _flat(text: str) -> str:
    return text.replace("\n", " ")


def _wide(text: str) -> int:
    return sum(2 if unicodedata.east_asian_width(one) in "WF" else 1 for one in text)


def _padded(line: str, to: int) -> str:
    return line + " " * max(2 if line else 0, to - _wide(line))


def _source(page: Page, draw: Draw) -> Source:
    written: list[str] = [page.title]
    for block in page.blocks:
        if isinstance(block, Table):
            written.extend(draw(block))
        else:
            written.append(block.text if isinstance(block, Heading) else block)
    return Source("\n".join(written) + "\n")
