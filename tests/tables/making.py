"""Small documents with one table, made by hand."""

from __future__ import annotations

from decimal import Decimal

from govnlp.read import flat
from govnlp.schema.document import Cell, Document, Grid
from govnlp.schema.reading import Outline, Reading
from govnlp.schema.report import Meta
from govnlp.schema.text import Span, Text
from govnlp.tables import decode

APPLICANTS = ("自然人", "商业企业", "科研机构", "社会公益组织", "法律服务机构", "其他", "总计")


def read_flat(text: str, year: int = 2021) -> Reading:
    """What is read in a flattened text."""
    return decode(flat.document(text), Outline(Meta(year=year), (), is_report=True))


def read_grid(rows: list[list[str]], year: int = 2021) -> Reading:
    """What is read in a grid given row by row; `label>3` reaches over 3 columns, `label^2` over 2 rows."""
    text, cells = "", []
    taken: set[tuple[int, int]] = set()
    for r, row in enumerate(rows):
        column = 0
        for given in row:
            while (r, column) in taken:
                column += 1
            printed, wide, high = _spans(given)
            cells.append(Cell(Span(len(text), len(text) + len(printed)), r, column, high, wide))
            taken |= {(r + down, column + right) for down in range(high) for right in range(wide)}
            text += printed + "\n"
            column += wide
    whole = Text(text)
    grid = Grid(Span(0, len(text)), tuple(cells))
    document = Document(source=text, printed=whole, text=whole, blocks=(grid,), format="test")
    return decode(document, Outline(Meta(year=year), (), is_report=True))


def _spans(given: str) -> tuple[str, int, int]:
    printed, _, high = given.partition("^")
    printed, _, wide = printed.partition(">")
    return printed, int(wide or 1), int(high or 1)


def values(reading: Reading) -> dict[str, Decimal | None]:
    """The value of each indicator read, of this year."""
    return {fact.indicator: fact.value for fact in reading.facts if fact.period == "year"}


def codes(reading: Reading) -> list[str]:
    """The codes of the issues."""
    return [issue.code for issue in reading.issues]
