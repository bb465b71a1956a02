"""One report of our own in every format that reports are published in: `python -m corpora.formats [-o DIR]`.

The report is `samples/county-2021.html`. With `--show` the files are read, and a line for each says what was found.
"""

from __future__ import annotations

import argparse
import gzip
import io
import re
import sys
import zipfile
from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from html import escape
from pathlib import Path
from random import Random

from PIL.Image import Image

from govnlp import Report, extract
from govnlp.read import read
from govnlp.schema.document import Block as Read
from govnlp.schema.document import Document, Grid, Paragraph
from tests.render import docx, flat, html, pdf, picture
from tests.render.grid import Block, Cell, Heading, Page, Table

SAMPLE = Path(__file__).with_name("samples") / "county-2021.html"
FOLDER = SAMPLE.with_name("formats")
_NAMES = {4: "article20", 10: "matrix", 15: "remedies"}  # the tables of the form by their width
_HEADING = re.compile("[一二三四五六]、")
_ZIP_DAY = (2022, 1, 24, 9, 0, 0)  # the same bytes whenever it is written


FILES = (
    "report.html", "report.txt", "report.docx", "report.pdf", "scan.tiff", "attached.html", "pictured.html", "packed.zip",
    "report.html.gz",
)  # fmt: skip


def build(folder: Path = FOLDER) -> tuple[Path, ...]:
    """Writes the report in every format; returns the files to be read, those beside a page left out."""
    made = page()
    folder.mkdir(parents=True, exist_ok=True)
    word, drawn = docx.plain(made, _dice()), picture.drawn(made)
    scans = {f"{number}.png": _png(sheet) for number, sheet in enumerate(drawn, 1)}
    attached = _shell(made.title, '<p>附件:<a href="attached/report.docx">年度报告全文</a></p>')
    pictured = _shell(made.title, "".join(f'<p><img src="pictured/{name}"></p>' for name in scans))
    plain = html.plain(made, _dice()).text.encode()
    files = {
        "report.html": plain,
        "report.txt": flat.bars(made, _dice()).text.encode(),
        "report.docx": word,
        "report.pdf": pdf.drawn(made),
        "scan.tiff": picture.tiff(made),
        "attached.html": attached,
        "pictured.html": pictured,
        "packed.zip": _zip({"attached.html": attached, "attached/report.docx": word}),
        "report.html.gz": gzip.compress(plain, mtime=0),
        "attached/report.docx": word,
        **{f"pictured/{name}": data for name, data in scans.items()},
    }
    for name, data in files.items():
        (folder / name).parent.mkdir(exist_ok=True)
        (folder / name).write_bytes(data)
    return tuple(folder / name for name in FILES)


def _dice() -> Random:
    return Random(0)  # noqa: S311 - the same files each time, no secret


def page() -> Page:
    """The sample as a page that the renderers of the tests draw: its title, its paragraphs, its tables."""
    document = read(SAMPLE.read_bytes())
    blocks = document.blocks
    first = next(at for at, one in enumerate(blocks) if isinstance(one, Paragraph) and one.level)
    foot = next(at for at, one in enumerate(blocks) if document.cut(one.span).startswith("主办:"))
    kept = tuple(_block(document, block) for block in blocks[first + 1 : foot])
    return Page(document.cut(blocks[first].span), 2021, "art50v2", kept)


def _block(document: Document, block: Read) -> Block:
    if isinstance(block, Grid):
        cells = [Cell(document.cut(one.span), one.row, one.column, one.rowspan, one.colspan) for one in block.cells]
        return Table(_NAMES[max(one.column + one.colspan for one in cells)], tuple(cells), 0)
    text = document.cut(block.span).strip()
    return Heading(text) if _HEADING.match(text) and "。" not in text else text


def _shell(title: str, inside: str) -> bytes:
    """A page that shows the title of the report, and the rest in other files."""
    name = escape(title)
    return (
        f'<!DOCTYPE html>\n<html><head><meta charset="utf-8"><title>{name}</title></head>\n<body><h1>{name}</h1>\n'
        f"<p>发布时间:2022-01-24</p>\n{inside}\n</body></html>\n"
    ).encode()


def _png(sheet: Image) -> bytes:
    return picture.encoded([sheet], "PNG")


def _zip(files: Mapping[str, bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in files.items():
            archive.writestr(zipfile.ZipInfo(name, _ZIP_DAY), data)
    return out.getvalue()


def compared(paths: Sequence[Path]) -> Iterator[str]:
    """A line for each file: its format, its status, how many figures answer, and how they differ from the first's."""
    first: dict[str, Decimal | None] = {}
    for path in paths:
        report = extract(path)
        found = _answers(report)
        first = first or found
        wrong = sum(found[name] != value for name, value in first.items() if name in found)
        missing, more = len(first.keys() - found.keys()), len(found.keys() - first.keys())
        same = "the same" if found == first else f"{wrong} differ, {missing} missing, {more} more"
        issues = ", ".join(sorted({one.code for one in report.issues if one.severity == "error"}))
        form = report.source.format or ""
        yield f"{path.name:16} {form:5} {report.status:9} {len(found):4} figures: {same}{issues and f' ({issues})'}"


def _answers(report: Report) -> dict[str, Decimal | None]:
    return {name: fact.value for name, fact in report.answers.items()}


def main(arguments: Sequence[str] | None = None) -> int:
    """The command line; returns the exit status."""
    parser = argparse.ArgumentParser(prog="python -m corpora.formats", description=__doc__)
    parser.add_argument("-o", "--output", type=Path, default=FOLDER, help="the folder to write to")
    parser.add_argument("--show", action="store_true", help="read the files of the folder in place of writing them")
    chosen = parser.parse_args(arguments)
    if chosen.show:
        for line in compared([chosen.output / name for name in FILES]):
            sys.stdout.write(line + "\n")
            sys.stdout.flush()
    else:
        sys.stdout.writelines(f"{path}\n" for path in build(chosen.output))
    return 0


if __name__ == "__main__":
    sys.exit(main())
