"""Runs of glyphs to the cells of ruled tables; a run that reaches over a border goes where it was meant to stand."""

from __future__ import annotations

from collections.abc import Sequence

from govnlp.read.page import Table, TableCell
from govnlp.read.paged_grid import Lattice
from govnlp.read.pdf_glyphs import Glyph, Run
from govnlp.read.pdf_lines import cell_text
from govnlp.schema.document import Box

_TIGHT = 0.12  # em between glyphs that belong together even where a border runs between them
_PADDING = 9.0  # points between a border and a text set against it
_CENTRED = 2.5


def filled(lattice: Lattice, found: Sequence[Run]) -> tuple[Table | None, list[Run]]:
    """The table with its text, and the runs that stand in none of its cells; None where no two cells hold text."""
    held: dict[int, list[Run]] = {}
    outside: list[Run] = []
    for run in found:
        for piece, at in _placed(lattice, run):
            if at is None:
                outside.append(piece)
            else:
                held.setdefault(at, []).append(piece)
    if not _is_table(lattice, held):
        return None, list(found)
    cells = [
        TableCell(cell_text(held.get(at, ())), cell.row, cell.column, cell.rowspan, cell.colspan, cell.box)
        for at, cell in enumerate(lattice.cells)
    ]
    return Table(tuple(cells), lattice.box), outside


def _is_table(lattice: Lattice, held: dict[int, list[Run]]) -> bool:
    """Whether text stands in two columns: a frame around paragraphs is no table."""
    return len({lattice.cells[at].column for at in held}) > 1


def _placed(lattice: Lattice, run: Run) -> list[tuple[Run, int | None]]:
    """A run, in pieces where borders part it, each with its cell."""
    middle = (run.top + run.bottom) / 2
    first, last = lattice.cell_at(run.left + 0.5, middle), lattice.cell_at(run.right - 0.5, middle)
    if first == last:
        return [(run, first)]
    owners = [lattice.cell_at((glyph.left + glyph.right) / 2, middle) for glyph in run.glyphs]
    groups: list[list[int]] = [[0]]
    for at in range(1, len(owners)):
        if owners[at] != owners[at - 1] and not _is_tight(run.glyphs[at - 1], run.glyphs[at]):
            groups.append([])
        groups[-1].append(at)
    return [_whole(lattice, run, group, owners) for group in groups]


def _is_tight(one: Glyph, two: Glyph) -> bool:
    return two.left - one.right < _TIGHT * (one.bottom - one.top)


def _whole(lattice: Lattice, run: Run, group: Sequence[int], owners: Sequence[int | None]) -> tuple[Run, int | None]:
    """A piece without gaps: in the cell in whose middle it is set, or at whose left border it begins."""
    glyphs = tuple(run.glyphs[at] for at in group)
    left, right = glyphs[0].left, glyphs[-1].right
    piece = Run(glyphs, left, run.top, right, run.bottom)
    touched = list(dict.fromkeys(owners[at] for at in group))
    inside = [at for at in touched if at is not None]
    if len(touched) == 1 or not inside:
        return piece, touched[0] if len(touched) == 1 else None
    boxes = {at: lattice.cells[at].box for at in inside}
    centred = min(inside, key=lambda at: _off_centre(boxes[at], left, right))
    if _off_centre(boxes[centred], left, right) <= _CENTRED:
        return piece, centred
    against = next((at for at in inside if -1 <= left - boxes[at][0] <= _PADDING), None)
    return piece, against if against is not None else centred


def _off_centre(box: Box, left: float, right: float) -> float:
    return abs((box[0] + box[2]) - (left + right)) / 2
