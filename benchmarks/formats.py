"""Formats of files: the time, the memory and the cells that each takes and gives, PDF beside pdfplumber and img2table.

`python -m benchmarks.formats` measures and prints; `--write-docs` writes docs/formats-benchmark.md; `--quick` reads few
reports; `--pictures` reads scans too, which takes minutes.
"""

from __future__ import annotations

import argparse
import logging
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from importlib.metadata import version
from io import BytesIO
from pathlib import Path
from random import Random
from typing import NamedTuple, TypeAlias

from benchmarks import measure, show
from govnlp import extract
from govnlp.read import read
from govnlp.schema.document import Grid
from tests.render import docx, flat, html, pdf, picture
from tests.render.catalogue import page
from tests.render.fill import FORMS
from tests.render.grid import Page, expected

DOCS = Path(__file__).resolve().parents[1] / "docs" / "formats-benchmark.md"
Rows: TypeAlias = "list[tuple[str, ...]]"
"""The rows of a table: the texts of their cells that are not empty, without spaces."""

_MEGA = 1_000_000
PDFS = {
    "ruled, A4": pdf.Style(),
    "ruled, characters drawn one by one": pdf.Style(single=True, thin_boxes=True),
    "ruled, rows torn over short pages": pdf.Style(room=430, torn=True),
    "no rules": pdf.Style(ruled=False),
}
FILES: dict[str, Callable[[Page], bytes]] = {
    "HTML": lambda made: html.plain(made, Random(0)).data or b"",
    "text, one cell a line": lambda made: flat.bars(made, Random(0)).text.encode(),
    "DOCX": lambda made: docx.plain(made, Random(0)),
    "PDF": pdf.drawn,
    "PDF, no rules": lambda made: pdf.drawn(made, pdf.Style(ruled=False)),
}
_PICTURES: dict[str, Callable[[Page], bytes]] = {
    "PNG, 150 dpi": picture.png,
    "TIFF, 150 dpi, scanned": lambda made: picture.tiff(made, picture.SCANNED),
}
_EACH = "\nfor name in sys.argv[1:]: "
_READERS = {
    "govnlp": f"from govnlp.read import read{_EACH}read(Path(name).read_bytes())",
    "pdfplumber": f"import pdfplumber{_EACH}[page.extract_tables() for page in pdfplumber.open(name).pages]",
    "img2table": f"from img2table.document import PDF{_EACH}PDF(src=name).extract_tables()",
}


def with_govnlp(data: bytes) -> list[Rows]:
    """The tables of a file as `govnlp.read` gives them."""
    document = read(data)
    found: list[Rows] = []
    for block in document.blocks:
        if isinstance(block, Grid):
            rows: dict[int, list[str]] = {}
            for cell in block.cells:
                rows.setdefault(cell.row, []).append(document.cut(cell.span))
            found.append([_row(rows[at]) for at in sorted(rows)])
    return found


def with_pdfplumber(data: bytes) -> list[Rows]:
    """The tables as `pdfplumber.Page.extract_tables` gives them."""
    import pdfplumber

    logging.getLogger("pdfminer").setLevel(logging.ERROR)
    with pdfplumber.open(BytesIO(data)) as opened:
        return [[_row(row) for row in table] for one in opened.pages for table in one.extract_tables()]


def with_img2table(data: bytes) -> list[Rows]:
    """The tables as `img2table.document.PDF.extract_tables` gives them; their text is that of the PDF."""
    from img2table.document import PDF

    found = PDF(src=BytesIO(data)).extract_tables()
    return [
        [_row([one.value for one in _once(row)]) for row in table.content.values()]
        for tables in found.values()
        for table in tables
    ]


def _once(row: Sequence[_Img2tableCell]) -> list[_Img2tableCell]:
    """The cells of a row; a merged one is given for every column that it covers."""
    return list({(one.bbox.x1, one.bbox.y1): one for one in row}.values())


class _Img2tableBox(NamedTuple):
    x1: int
    y1: int


class _Img2tableCell(NamedTuple):
    bbox: _Img2tableBox
    value: str | None


def _row(texts: Sequence[str | None]) -> tuple[str, ...]:
    squeezed = ("".join((text or "").split()) for text in texts)
    return tuple(text for text in squeezed if text)


class Score(NamedTuple):
    """How a reader fared on PDFs of one kind.

    `seconds` of CPU a page; `right` is the share of the cells that stand in a row read as printed, `false` counts tables
    of which no row is printed, `pieces` tables read for each one printed.
    """

    seconds: float
    right: float
    false: int
    pieces: float


class FileScore(NamedTuple):
    """How `extract` fared on some reports of one format: seconds of CPU a report, the share of figures right."""

    seconds: float
    right: float
    reports: int


@dataclass(frozen=True, slots=True)
class Measured:
    """One run: scores by kind of PDF and reader, scores by format, peak memory in bytes by reader."""

    pdfs: dict[str, dict[str, Score]]
    files: dict[str, FileScore]
    memory: dict[str, int]
    reports: int


def measured(count: int, *, pictures: bool = False) -> Measured:
    """Measure all readers on the same `count` reports, the forms in turn."""
    made = [page(FORMS[at % len(FORMS)], Random(at)) for at in range(count)]
    readers = {"govnlp": with_govnlp, "pdfplumber": with_pdfplumber, "img2table": with_img2table}
    pdfs = {
        name: {reader: score(one, [(each, pdf.drawn(each, style)) for each in made]) for reader, one in readers.items()}
        for name, style in PDFS.items()
    }
    files = {name: _file_score(store, made) for name, store in FILES.items()}
    files |= {name: _file_score(store, made[:1]) for name, store in _PICTURES.items() if pictures}
    drawn = [pdf.drawn(one) for one in made]
    memory = {name: measure.peak_memory(drawn, code, ".pdf") for name, code in _READERS.items()}
    return Measured(pdfs, files, memory, count)


def score(reader: Callable[[bytes], list[Rows]], files: Sequence[tuple[Page, bytes]]) -> Score:
    """How a reader of PDF fares on reports of which it is known what they print."""
    pages = sum(_pages(data) for _, data in files)
    seconds = 1 / measure.per_second(reader, [data for _, data in files], repeats=2)
    right = cells = false = found = wanted = 0
    for made, data in files:
        tables = reader(data)
        printed = Counter(_row([cell.text for cell in row]) for table in made.tables for row in table.rows())
        held = Counter(row for table in tables for row in table)
        right += sum(len(row) * min(times, held[row]) for row, times in printed.items())
        cells += sum(len(row) * times for row, times in printed.items())
        false += sum(not any(row in printed for row in table) for table in tables)
        found, wanted = found + len(tables), wanted + len(made.tables)
    return Score(seconds * len(files) / pages, right / cells, false, found / wanted)


def _pages(data: bytes) -> int:
    import pypdfium2 as pdfium

    return len(pdfium.PdfDocument(data))


def _file_score(store: Callable[[Page], bytes], made: Sequence[Page]) -> FileScore:
    files = [store(one) for one in made]
    seconds = 1 / measure.per_second(extract, files, repeats=1 if len(files) == 1 else 2)
    right = cells = 0
    for one, data in zip(made, files, strict=True):
        report = extract(data)
        wanted = expected(one)
        right += sum(name in report and report.value(name) == cell.value for name, cell in wanted.items())
        cells += len(wanted)
    return FileScore(seconds, right / cells, len(files))


def lines(result: Measured, *, markdown: bool) -> list[str]:
    """A run in words and tables."""
    told = ["## PDF" if markdown else "PDF", ""]
    for kind, row in result.pdfs.items():
        fast = row["govnlp"].seconds
        cells = [
            (name, f"{one.seconds:.4f}", f"{one.seconds / fast:.1f}", show.percent(one.right), str(one.false), f"{one.pieces:.1f}")
            for name, one in row.items()
        ]  # fmt: skip
        told += [f"### {kind}" if markdown else kind, ""]
        head = ("reader", "seconds a page", "times govnlp", "cells right", "false tables", "pieces a table")
        told += [*show.table(head, cells, markdown=markdown), ""]
    told += ["## Formats" if markdown else "Formats", ""]
    rows = [
        (name, f"{one.seconds:.3f}", show.percent(one.right), str(one.reports)) for name, one in result.files.items()
    ]
    told += [*show.table(("format", "seconds a report", "figures right", "reports"), rows, markdown=markdown), ""]
    told += ["## Memory" if markdown else "Memory", ""]
    peaks = [(name, f"{size / _MEGA:.0f} MB") for name, size in result.memory.items()]
    told += [*show.table(("reader of PDF", "most held"), peaks, markdown=markdown), ""]
    versions = ", ".join(f"{name} {version(name)}" for name in ("govnlp", "pypdfium2", "pdfplumber", "img2table"))
    return [*told, f"{result.reports} reports in each row, drawn by tests/render with random figures; {versions}."]


_INTRO = """# Formats measured

One report in each format, and PDF beside [pdfplumber](https://github.com/jsvine/pdfplumber) and
[img2table](https://github.com/xavctn/img2table). `python -m benchmarks.formats --write-docs` writes this page. Times are
CPU seconds of one core. A cell is right where all cells of its row were read as printed; a false table is one of which no
row is printed; pieces a table shows what page breaks cut apart.
"""


def main() -> None:
    """Measure, print, and write what was asked for."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.formats", description=(__doc__ or "").split("\n")[0])
    parser.add_argument("--write-docs", action="store_true", help=f"write the results to docs/{DOCS.name}")
    parser.add_argument("--quick", action="store_true", help="read few reports: a look, not a measurement")
    parser.add_argument("--pictures", action="store_true", help="read scans too")
    options = parser.parse_args()
    result = measured(3 if options.quick else 12, pictures=options.pictures)
    print("\n".join(lines(result, markdown=False)))
    if options.write_docs:
        DOCS.write_text("\n".join([_INTRO, *lines(result, markdown=True), ""]), "utf-8")


if __name__ == "__main__":
    main()
