"""Runs of glyphs to printed lines: what stands at one height, from left to right, doubled glyphs (假粗体) once."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from statistics import median
from typing import NamedTuple

from govnlp.read.page import Line
from govnlp.read.paged_pieces import joined
from govnlp.read.pdf_glyphs import Glyph, Run
from govnlp.schema.document import Box

_OVERLAP = 0.5  # of the smaller height
_DOUBLED = 0.6  # of the width
_LOOK_BACK = 4
_WORD_GAP = 0.25  # em between Latin letters and digits
_GAP = 1.2  # em between other characters
_LATIN_HEIGHT = 1.08  # heights of a box of Latin letters to one em
_DOWN = 0.6
_SAME = 2.0  # points
_FARTHER = 1.1


class Row(NamedTuple):
    """Glyphs of one printed line from left to right, and their box."""

    glyphs: tuple[Glyph, ...]
    box: Box

    @property
    def size(self) -> float:
        """One em in points: the width of a hanzi."""
        widths = [glyph.right - glyph.left for glyph in self.glyphs if "\u2e80" <= glyph.char < "\uff00"]
        return median(widths) if widths else (self.box[3] - self.box[1]) / _LATIN_HEIGHT


def rows(found: Sequence[Run]) -> list[Row]:
    """The printed lines of runs that stand in one column, from top to bottom."""
    groups: list[list[Run]] = []
    spans: list[tuple[float, float]] = []
    for run in sorted(found, key=lambda one: one.top + one.bottom):
        at = next(
            (at for at in range(len(groups) - 1, max(-1, len(groups) - 4), -1) if _is_level(spans[at], run)), None
        )
        if at is None:
            groups.append([run])
            spans.append((run.top, run.bottom))
        else:
            groups[at].append(run)
            top, bottom = spans[at]
            if run.bottom - run.top > bottom - top:
                spans[at] = run.top, run.bottom
    return [_row([glyph for run in group for glyph in run.glyphs]) for group in groups]


def _is_level(span: tuple[float, float], run: Run) -> bool:
    top, bottom = span
    common = min(bottom, run.bottom) - max(top, run.top)
    return common >= _OVERLAP * max(0.1, min(bottom - top, run.bottom - run.top))


def _row(glyphs: Sequence[Glyph]) -> Row:
    kept: list[Glyph] = []
    for glyph in sorted(glyphs, key=lambda one: one.left):
        if not any(one.char == glyph.char and _is_double(one, glyph) for one in kept[-_LOOK_BACK:]):
            kept.append(glyph)
    _, lefts, tops, rights, bottoms, _ = zip(*kept, strict=True)
    return Row(tuple(kept), (min(lefts), min(tops), max(rights), max(bottoms)))


def _is_double(one: Glyph, two: Glyph) -> bool:
    """Whether a glyph of the same character is drawn a second time to look bold."""
    common = min(one.right, two.right) - max(one.left, two.left)
    return common > _DOUBLED * (two.right - two.left)


def text_of(row: Row) -> str:
    """The text of a row; a gap between words is a space, the room between hanzi is none."""
    size = row.size
    pieces = [row.glyphs[0].char]
    for one, two in pairwise(row.glyphs):
        gap = two.left - one.right
        words = one.char.isascii() and two.char.isascii()
        if gap > (_WORD_GAP if words else _GAP) * size:
            pieces.append(" ")
        pieces.append(two.char)
    return "".join(pieces)


def line_of(row: Row) -> Line:
    """A row as a line of a page."""
    return Line(text_of(row), row.box, row.size)


def parted(row: Row, gap: float) -> list[Row]:
    """The pieces of a row between which `gap` em or more are empty; two figures are apart where a word is."""
    size = row.size
    pieces: list[list[Glyph]] = [[row.glyphs[0]]]
    for two in row.glyphs[1:]:
        one = pieces[-1][-1]
        figures = one.char.isascii() and two.char.isascii() and one.char.isdigit() and two.char.isdigit()
        if two.left - one.right > (_WORD_GAP if figures else gap) * size:
            pieces.append([])
        pieces[-1].append(two)
    return [_row(piece) for piece in pieces]


def cell_text(found: Sequence[Run]) -> str:
    """What stands in a cell: its lines joined; text that was drawn downwards or sideways in its order of drawing."""
    glyphs = [glyph for run in found for glyph in run.glyphs]
    if _runs_down(glyphs):
        return "".join(glyph.char for glyph in glyphs)
    return joined([text_of(row) for row in rows(found)])


def _runs_down(glyphs: Sequence[Glyph]) -> bool:
    """Whether text was written in columns: drawn downwards, its characters closer below than beside each other."""
    if sum(glyph.turned for glyph in glyphs) * 2 > len(glyphs):
        return True
    steps = list(pairwise(glyphs))
    below = [two.top - one.top for one, two in steps if abs(one.left - two.left) < _SAME and two.top > one.top + _SAME]
    lefts = sorted({round(glyph.left) for glyph in glyphs})
    beside = [two - one for one, two in pairwise(lefts) if two - one > _SAME]
    return bool(beside) and len(below) > _DOWN * len(steps) and min(beside) > median(below) * _FARTHER
