"""What lines of a page say, and how sure that is: doubtful ones are recognised again in other frames."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from typing import NamedTuple

from govnlp.read.ocr_cells import OTHERS, USUAL, Frame, crop
from govnlp.read.ocr_engine import Found, Reading, recognise
from govnlp.read.ocr_sheet import Sheet

_SURE = 0.9  # what is less sure is recognised in other frames too
_CONTRADICTED = 0.6  # what is left of the certainty of a reading that another frame contradicts
_REASON = 0.3  # how sure a figure must be at least
_MOST_LINES = 3_000  # of a page; further ones are told as unread
_HANZI = re.compile("[\u3400-\u9fff]")
_FIGURE = re.compile(r"[-+]?[\d.,%]+|[-—/]+")
_SPACES = re.compile(r"(?<=[^\x00-\x7f])\s+|\s+(?=[^\x00-\x7f])")


class Said(NamedTuple):
    """What a line says, and how sure it is."""

    text: str
    sure: float


class Asked(NamedTuple):
    """A line to be recognised, and the cell or the page that bounds it."""

    line: Found
    within: Found


def read_lines(sheet: Sheet, asked: Sequence[Asked]) -> list[Said]:
    """What each line says.

    Of the readings of a doubtful line the surest counts, and counts for less where another one contradicts it.
    """
    readings = [[one] for one in _read(sheet, asked[:_MOST_LINES], USUAL)]
    doubtful = [at for at, (one,) in enumerate(readings) if one.sure < _SURE]
    for frame in OTHERS:
        for at, one in zip(doubtful, _read(sheet, [asked[at] for at in doubtful], frame), strict=True):
            readings[at].append(one)
    return [_agreed(found) for found in readings] + [Said("", 0.0)] * (len(asked) - len(readings))


def _read(sheet: Sheet, asked: Sequence[Asked], frame: Frame) -> list[Said]:
    read = recognise([crop(sheet.page.grey, one.line, one.within, sheet.letter, frame) for one in asked])
    return [said(one, in_table=job.within is not sheet.whole) for one, job in zip(read, asked, strict=True)]


def _agreed(readings: Sequence[Said]) -> Said:
    best = max(readings, key=lambda one: one.sure)
    agreed = all(_plain(one.text) == _plain(best.text) for one in readings)
    return Said(best.text, best.sure * (1 if agreed else _CONTRADICTED))


def _plain(text: str) -> str:
    """A text without the room between its characters, which frames change."""
    return unicodedata.normalize("NFKC", text).replace(" ", "")


def said(reading: Reading, *, in_table: bool) -> Said:
    """A reading and how sure it is: its least sure digit, or its characters on the whole where it has none.

    In a table, what has no hanzi and is no figure either is taken as the figure that the recogniser holds likeliest,
    if it does so with some reason, and is as sure as that.
    """
    text = _SPACES.sub("", reading.text.strip())
    figure = reading.figure
    if in_table and text and not _FIGURE.fullmatch(text) and not _HANZI.search(text) and figure.sure >= _REASON:
        return Said(figure.text, figure.sure)
    digits = [sure for char, sure in zip(reading.text, reading.sure, strict=True) if char.isdigit()]
    if digits:
        return Said(text, min(digits))
    return Said(text, sum(reading.sure) / len(reading.sure) if reading.sure else 0.0)
