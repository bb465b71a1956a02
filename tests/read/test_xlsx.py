"""Spreadsheets of the forms: the table is read with its spans; numbers as they are shown; nothing hidden, nothing without end."""

from __future__ import annotations

from html import escape
from random import Random

import pytest

from govnlp import Limits, extract
from govnlp.read import read, xlsx
from govnlp.schema.document import Grid
from tests.read.word_files import packed
from tests.render.catalogue import page
from tests.render.grid import Heading, Page, Table, expected

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
LINKS = "http://schemas.openxmlformats.org/package/2006/relationships"


def name(row: int, column: int) -> str:
    return (chr(64 + column // 26) if column >= 26 else "") + chr(65 + column % 26) + str(row + 1)


def book(*sheets: str, states: tuple[str, ...] = (), shared: str = "") -> bytes:
    """A spreadsheet of sheets, each the inside of its `worksheet`."""
    links = "".join(
        f'<Relationship Id="r{n}" Type="{OFFICE}/worksheet" Target="s{n}.xml"/>' for n in range(len(sheets))
    )
    listed = "".join(
        f'<sheet name="s" state="{state}" r:id="r{n}"/>' for n, state in enumerate(states or ("",) * len(sheets))
    )
    files = {
        "xl/workbook.xml": f'<workbook xmlns="{MAIN}" xmlns:r="{OFFICE}"><sheets>{listed}</sheets></workbook>',
        "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{LINKS}">{links}<Relationship Id="x" Type="{OFFICE}/sharedStrings"'
        ' Target="sharedStrings.xml"/></Relationships>',
        "xl/sharedStrings.xml": f'<sst xmlns="{MAIN}">{shared}</sst>',
    }  # fmt: skip
    files |= {f"xl/s{n}.xml": f'<worksheet xmlns="{MAIN}">{inside}</worksheet>' for n, inside in enumerate(sheets)}
    return packed({path: text.encode() for path, text in files.items()})


def drawn(made: Page) -> bytes:
    """A report in one sheet: a line for each heading and paragraph, its tables below one another."""
    rows: list[str] = []
    merged: list[str] = []
    for block in made.blocks:
        if isinstance(block, Table):
            start = len(rows)
            for number, cells in enumerate(block.rows()):
                rows.append("".join(_cell(start + number, one.column, one.text) for one in cells))
            merged += [
                f'<mergeCell ref="{name(start + c.row, c.column)}:{name(start + c.row + c.rowspan - 1, c.column + c.colspan - 1)}"/>'
                for c in block.cells
                if c.rowspan * c.colspan > 1
            ]
        else:
            rows.append(_cell(len(rows), 0, block.text if isinstance(block, Heading) else block))
    inside = "".join(f'<row r="{at + 1}">{row}</row>' for at, row in enumerate(rows))
    return book(f"<sheetData>{inside}</sheetData><mergeCells>{''.join(merged)}</mergeCells>")


def _cell(row: int, column: int, text: str) -> str:
    place = name(row, column)
    if text.replace(".", "", 1).isdecimal():
        return f'<c r="{place}"><v>{text}</v></c>'
    return f'<c r="{place}" t="inlineStr"><is><t>{escape(text)}</t></is></c>' if text else f'<c r="{place}"/>'


@pytest.mark.parametrize("form", ["stat2014", "art50v1", "art50v2"])
def test_the_table_of_a_form_is_read(form):
    made = page(form, Random(4))
    lines = [block for block in made.blocks if not isinstance(block, str)]
    report = extract(drawn(Page(made.title, made.year, form, (made.title, *lines))))
    assert (report.source.format, report.meta.form) == ("xlsx", form)
    assert {one: report.value(one) for one in expected(made)} == {
        one: want.value for one, want in expected(made).items()
    }


def test_shared_texts_hidden_sheets_and_numbers():
    shared = "<si><t>规章</t></si><si><r><t>行政</t></r><r><t>许可</t></r><rPh><t>xk</t></rPh></si>"
    rows = (
        '<row><c t="s"><v>0</v></c><c><v>3</v></c></row><row><c t="s"><v>1</v></c><c><v>703203.71999999997</v></c></row>'
        '<row><c t="s"><v>9</v></c><c t="str"><f>A1</f><v>2条</v></c></row>'
    )
    sheet = f"<sheetData>{rows}</sheetData>"
    document = xlsx.read(book(sheet, sheet.replace("3<", "4<"), states=("", "hidden"), shared=shared), Limits())
    (grid,) = [block for block in document.blocks if isinstance(block, Grid)]
    assert [document.cut(one.span) for one in grid.cells] == ["规章", "3", "行政许可", "703203.72", "\ufffd", "2条"]
    assert document.source == document.printed.value


@pytest.mark.parametrize(
    "sheet",
    [
        '<sheetData><row r="9999999"><c r="ZZZ9999999"><v>1</v></c></row></sheetData>',
        '<sheetData><row r="x"><c r="A0"><v>1</v></c></row></sheetData>',
        "<sheetData/>",
        "",
        "<sheetData><row>",
        '<sheetData><row><c t="s"><v>-1</v></c></row></sheetData>',
        "<sheetData><row><c><v>1e999</v></c><c><v>nan</v></c></row></sheetData>",
    ],
)
def test_odd_sheets_are_told_or_read(sheet):
    document = read(book(sheet))
    assert document.format == "xlsx"
    assert document.blocks or [one.severity for one in document.issues] == ["error"]


def test_a_sheet_that_claims_without_end_is_bounded():
    far = '<sheetData><row r="1"><c r="A1"><v>1</v></c></row><row r="2000"><c r="GR2000"><v>1</v></c></row></sheetData>'
    merges = "<mergeCells>" + '<mergeCell ref="A1:GR2000"/>' * 20_000 + "</mergeCells>"
    document = read(book(far + merges, *["<sheetData/>"] * 50))
    assert [one.code for one in document.issues] == ["source_too_large"]
