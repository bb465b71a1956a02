"""XLSX to a document: each sheet as a table, its merged cells as spans; made for the tables that pages attach (附表)."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal, InvalidOperation
from html import escape
from typing import NamedTuple

from govnlp.read.archive import UnpackingError, damaged
from govnlp.read.html_tables import MOST_COLUMNS, MOST_ROWS
from govnlp.read.limits import Limits
from govnlp.read.package import Package, opened
from govnlp.read.printed import document_of, unread
from govnlp.read.xml_tree import Node
from govnlp.schema.document import Document
from govnlp.schema.report import Issue

_PLACE = re.compile(r"([A-Z]{1,3})(\d{1,7})")
_LOST = "\ufffd"  # a text that is not where the cell says: damaged, and no blank
_DIGITS = 15  # of a number, as a spreadsheet holds and shows it


class _Place(NamedTuple):
    row: int
    column: int


class _Sheet(NamedTuple):
    """What stands in the cells of a sheet, and how far merged cells reach: the place of the last by that of the first."""

    texts: Mapping[_Place, str]
    merged: Mapping[_Place, _Place]


def read(data: bytes, limits: Limits) -> Document:
    """A spreadsheet, hidden sheets left out. Issues: `damaged_source`, `encrypted_source`, `source_too_large`.

    >>> read(b"PK", Limits()).issues[0].code
    'damaged_source'
    """
    try:
        package = opened(data, limits)
    except UnpackingError as error:
        return unread("xlsx", error.issue)
    main = package.main("xl/workbook.xml")
    book = package.part(main)
    issues = [damaged(f"{main} ({book.fault})")] if book.fault else []
    tables, left = list[str](), limits.tags
    for sheet in _sheets(package, main, book.root, issues):
        left -= _size(sheet).row * _size(sheet).column
        if left < 0:
            issues.append(_too_large(limits))
            break
        tables += [_markup(sheet)] if sheet.texts else []
    return document_of("\n".join(tables), "xlsx", issues) if tables else unread("xlsx", *(issues or [_empty()]))


def _empty() -> Issue:
    return damaged("the spreadsheet shows no cell with anything in it")


def _too_large(limits: Limits) -> Issue:
    message = f"the spreadsheet has more than {limits.tags:,} cells; the rest was not read. Give the report alone."
    return Issue(code="source_too_large", severity="error", message=message)


def _sheets(package: Package, main: str, book: Node | None, issues: list[Issue]) -> Iterator[_Sheet]:
    """The sheets that are shown, in order; `issues` takes what is wrong with them."""
    relations = package.relations(main)
    places = {one.name: one.target for one in relations}
    shared = next((one.target for one in relations if one.kind == "sharedStrings"), None)
    strings = package.part(shared) if shared else None
    texts = [_text(one) for one in strings.root.children] if strings and strings.root else []
    issues += [damaged(f"{shared} ({strings.fault})")] if strings and strings.fault else []
    for one in book.all("x:sheet") if book else ():
        if one.get("state") in ("hidden", "veryHidden") or one.get("r:id") not in places:
            continue
        part = package.part(places[one.get("r:id")])
        issues += [damaged(f"{places[one.get('r:id')]} ({part.fault})")] if part.fault else []
        part.without_torn("x:row", "x:c")
        if part.root:
            yield _Sheet(dict(_cells(part.root, texts)), dict(_merged(part.root)))


def _cells(sheet: Node, shared: Sequence[str]) -> Iterator[tuple[_Place, str]]:
    """The cells that hold something; one that does not say where it stands follows the one before it."""
    at = _Place(-1, -1)
    for row in sheet.all("x:row"):
        at = _Place(int(row.get("r")) - 1 if row.get("r").isdecimal() and len(row.get("r")) < 8 else at.row + 1, -1)
        for cell in row.children:
            at = _place(cell.get("r")) or at._replace(column=at.column + 1)
            text = _value(cell, shared)
            if text and 0 <= at.row < MOST_ROWS and at.column < MOST_COLUMNS:
                yield at, text


def _place(written: str) -> _Place | None:
    """`B3` as a row and a column from 0."""
    match = _PLACE.fullmatch(written)
    if match is None:
        return None
    column = 0
    for letter in match[1]:
        column = column * 26 + ord(letter) - ord("A") + 1
    return _Place(int(match[2]) - 1, column - 1)


def _value(cell: Node, shared: Sequence[str]) -> str:
    held = cell.child("x:v")
    text = held.text.strip() if held else ""
    kind = cell.get("t")
    if kind == "s":
        return shared[int(text)] if text.isdecimal() and len(text) < 9 and int(text) < len(shared) else _LOST
    if kind == "inlineStr":
        return _text(cell)
    return text if kind in ("str", "b", "e", "d") else _number(text)


def _number(written: str) -> str:
    """A number with the digits that a spreadsheet shows.

    >>> _number("703203.71999999997"), _number("1.2E3"), _number("0.10"), _number("x")
    ('703203.72', '1200', '0.1', 'x')
    """
    try:
        value = Decimal(f"{float(written):.{_DIGITS}g}")
    except (ValueError, InvalidOperation, OverflowError):
        return written
    return format(value.normalize(), "f") if value.is_finite() and abs(value) < Decimal(10) ** 20 else written


def _text(node: Node) -> str:
    """The runs of a text, without the glosses above it (`rPh`)."""
    return (
        node.text.strip() if node.name == "x:t" else "".join(_text(one) for one in node.children if one.name != "x:rPh")
    )


def _merged(sheet: Node) -> Iterator[tuple[_Place, _Place]]:
    """Merged cells, as many as can lie side by side in the largest table."""
    area = 0
    for one in sheet.all("x:mergeCell"):
        first, _, last = one.get("ref").partition(":")
        start, end = _place(first), _place(last)
        if start and end and start.row <= end.row < MOST_ROWS and start.column <= end.column < MOST_COLUMNS:
            area += (end.row - start.row + 1) * (end.column - start.column + 1)
            if area > MOST_ROWS * MOST_COLUMNS:
                return
            yield start, end


def _size(sheet: _Sheet) -> _Place:
    """How many rows and columns the sheet has."""
    places = [*sheet.texts, *sheet.merged.values()] if sheet.texts else []
    return _Place(max((one.row + 1 for one in places), default=0), max((one.column + 1 for one in places), default=0))


def _markup(sheet: _Sheet) -> str:
    """The sheet as a table, after lines of one cell each that stand above it (标题, 单位)."""
    height, width = _size(sheet)
    covered = {place for first, last in sheet.merged.items() for place in _around(first, last)}
    rows = [[_Place(row, column) for column in range(width)] for row in range(height)]
    head = next((at for at, row in enumerate(rows) if sum(place in sheet.texts for place in row) > 1), 0)
    lines = [sheet.texts[place] for row in rows[:head] for place in row if place in sheet.texts]
    table = ("".join(_cell(sheet, place) for place in row if place not in covered) for row in rows[head:])
    above = "".join(f"<p>{escape(line)}</p>" for line in lines)
    return f"{above}<table>{''.join(f'<tr>{row}</tr>' for row in table)}</table>"


def _around(first: _Place, last: _Place) -> Iterator[_Place]:
    """The places that a merged cell covers beside its first."""
    for row in range(first.row, last.row + 1):
        for column in range(first.column, last.column + 1):
            if (row, column) != first:
                yield _Place(row, column)


def _cell(sheet: _Sheet, place: _Place) -> str:
    last = sheet.merged.get(place, place)
    spans = (("rowspan", last.row - place.row + 1), ("colspan", last.column - place.column + 1))
    opening = "<td" + "".join(f' {name}="{count}"' for name, count in spans if count > 1) + ">"
    return opening + escape(sheet.texts.get(place, ""), quote=False).replace("\n", "<br>") + "</td>"
