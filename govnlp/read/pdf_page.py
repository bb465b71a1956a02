"""One page of a PDF: its ruled tables, its tables without rules, its lines, in reading order."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from govnlp.read.page import Line, Page, Table
from govnlp.read.paged_columns import split
from govnlp.read.paged_grid import lattices
from govnlp.read.paged_order import in_order
from govnlp.read.pdf_cells import filled
from govnlp.read.pdf_glyphs import Run, runs, shown
from govnlp.read.pdf_lines import line_of, parted, rows
from govnlp.read.pdf_objects import objects
from govnlp.schema.document import Box

if TYPE_CHECKING:
    import pypdfium2 as pdfium

_FEW_PATHS = 30  # frames and rules; letters as outlines are many more
_GUTTER = 0.55  # em between two pieces of a line that may be cells or columns


class Reading(NamedTuple):
    """A page as read. `glyphs` counts its characters, `lost` those without a meaning; `pictures` are boxes on the page.

    `drawn` tells that something other than rules is drawn on it; `cut` that it has more objects than were looked at.
    """

    page: Page
    glyphs: int
    lost: int
    pictures: tuple[Box, ...]
    drawn: bool
    cut: bool


def read_page(page: pdfium.PdfPage, number: int) -> Reading:
    """What a page holds; `number` counts from 1."""
    found = objects(page)
    seen = shown(page, found.hidden, tilted=found.tilted)
    width, height = seen.frame.size
    loose = runs(seen.glyphs)
    tables: list[Table] = []
    ruled = lattices([seen.frame.box(*rule) for rule in found.rules])
    for lattice in reversed(ruled or ()):
        table, rest = filled(lattice, loose)
        if table:
            tables.append(table)
            loose = rest
    blocks = in_order([*tables, *_lines(loose)], width)
    pictures = tuple(seen.frame.box(*box) for box in found.pictures)
    drawn = bool(found.pictures or found.texts or found.paths > _FEW_PATHS)
    cut = found.cut or seen.cut or ruled is None
    return Reading(Page(number, width, height, tuple(blocks)), len(seen.glyphs), seen.lost, pictures, drawn, cut)


def _lines(loose: list[Run]) -> list[Line | Table]:
    """What stands outside ruled tables: lines, and tables whose columns are aligned without rules."""
    upright = [run for run in loose if not run.glyphs[0].turned]
    return split([[line_of(piece) for piece in parted(row, _GUTTER)] for row in rows(upright)])
