"""The lines of text that stand outside of ruled tables, as the detector of text finds them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import cv2
import numpy as np

from govnlp.read.ocr_cells import abreast
from govnlp.read.ocr_engine import Found, find
from govnlp.read.ocr_ink import marks
from govnlp.read.ocr_ruling import RuledTable
from govnlp.read.ocr_sheet import Sheet

_DETECTED_LETTER = 15.0  # pixels, in the picture in which lines are looked for
_TOGETHER = 0.8  # letters
_LOW, _HIGH = 0.4, 1.8  # letters; the height of one that was overlooked
_TALLEST = 1600
_ACROSS = 0.5  # of a page's width takes a table beside which no lines are looked for


def text_lines(sheet: Sheet, tables: Sequence[RuledTable]) -> list[list[Found]]:
    """The printed lines outside of tables from top to bottom, each in the pieces between which there is room.

    What the detector overlooks, as it does single digits, is found by its ink.
    """
    scale = min(1.0, _DETECTED_LETTER / sheet.letter)
    bands = list(_bands(sheet, tables))
    found = [_scaled(one, 1 / scale, band.top) for band in bands for one in _found(sheet, band, scale)]
    outside = [one for one in found if not any(_is_in(one, table.box) for table in tables)]
    pieces = _joined([*outside, *_overlooked(sheet, [*found, *(table.box for table in tables)])], sheet.letter)
    return _rows([_tight(sheet, one) for one in pieces])


def _overlooked(sheet: Sheet, seen: Sequence[Found]) -> Iterator[Found]:
    """Ink of the size of letters in none of the boxes, what stands together as one."""
    rest = sheet.ink.copy()
    for one in seen:
        rest[max(one.top, 0) : one.bottom, max(one.left, 0) : one.right] = 0
    near = np.ones((1, round(sheet.letter * _TOGETHER)), np.uint8)
    letters = np.zeros_like(rest)
    for one in marks(rest, sheet.letter):
        high, wide = one.bottom - one.top, one.right - one.left
        if _LOW * sheet.letter <= high <= _HIGH * sheet.letter and wide <= _HIGH * sheet.letter:
            letters[one.top : one.bottom, one.left : one.right] = 1
    yield from marks(np.asarray(cv2.dilate(letters, near), dtype=np.uint8), sheet.letter)


def _rows(pieces: Sequence[Found]) -> list[list[Found]]:
    """Pieces that stand at one height together, from left to right."""
    rows: list[list[Found]] = []
    for one in sorted(pieces, key=lambda one: one.top + one.bottom):
        if rows and abreast(one, rows[-1][-1]):
            rows[-1].append(one)
        else:
            rows.append([one])
    return [sorted(row) for row in rows]


def _tight(sheet: Sheet, one: Found) -> Found:
    """The box of the ink in a box."""
    part = sheet.ink[one.top : one.bottom, one.left : one.right]
    rows, columns = np.flatnonzero(part.any(axis=1)), np.flatnonzero(part.any(axis=0))
    if not len(rows):
        return one
    left, top = one.left + int(columns[0]), one.top + int(rows[0])
    return Found(left, top, one.left + int(columns[-1]) + 1, one.top + int(rows[-1]) + 1)


def _found(sheet: Sheet, band: Found, scale: float) -> list[Found]:
    part = sheet.page.grey[band.top : band.bottom]
    return find(np.asarray(cv2.resize(part, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA), dtype=np.uint8))


def _scaled(one: Found, scale: float, down: int) -> Found:
    left, top, right, bottom = (round(edge * scale) for edge in one)
    return Found(left, top + down, right, bottom + down)


def _is_in(one: Found, box: Found) -> bool:
    across, down = (one.left + one.right) / 2, (one.top + one.bottom) / 2
    return box.left <= across <= box.right and box.top <= down <= box.bottom


def _bands(sheet: Sheet, tables: Sequence[RuledTable]) -> Iterator[Found]:
    """The strips of the page in which ink stands outside of wide tables, none too tall for the detector."""
    rows = sheet.ink.max(axis=1)
    for table in tables:
        if table.box.right - table.box.left >= _ACROSS * sheet.ink.shape[1]:
            rows[table.box.top : table.box.bottom] = 0
    near = np.convolve(rows, np.ones(2 * round(sheet.letter) + 1), "same") > 0
    steps = np.diff(near.astype(np.int32), prepend=0, append=0)
    for start, end in zip(np.flatnonzero(steps > 0).tolist(), np.flatnonzero(steps < 0).tolist(), strict=True):
        for top in range(start, end, _TALLEST):
            yield Found(0, top, sheet.ink.shape[1], min(top + _TALLEST, end))


def _joined(found: Sequence[Found], letter: float) -> list[Found]:
    """Pieces that stand side by side on one line, as one."""
    lines: list[Found] = []
    for one in sorted(found, key=lambda one: one.left):
        for at, line in enumerate(lines):
            if abs(one.left - line.right) < letter and abreast(one, line):
                lines[at] = Found(
                    line.left, min(line.top, one.top), max(line.right, one.right), max(line.bottom, one.bottom)
                )
                break
        else:
            lines.append(one)
    return lines
