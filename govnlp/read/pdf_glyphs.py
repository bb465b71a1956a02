"""The characters that a page of a PDF shows, and the runs in which they were drawn."""

from __future__ import annotations

import ctypes
import unicodedata
from collections import Counter
from collections.abc import Iterator, Sequence
from functools import lru_cache
from itertools import islice
from math import pi
from typing import TYPE_CHECKING, NamedTuple, TypeAlias

from govnlp.read.pdf_frame import Frame
from govnlp.read.pdf_objects import Handle

if TYPE_CHECKING:
    import pypdfium2 as pdfium

LOST = "\ufffd"
_CODES = 0x110000
MOST_GLYPHS = 100_000  # on one page
_NO_WIDTH = frozenset("\u00ad\u200b\u200c\u200d\u2060\ufeff")
_SPACES = frozenset(" \t\r\n\u00a0\u2002\u2003\u2009\u3000\x00")
_HYPHENS = frozenset("\x02\ufffe")
_STRAIGHT = 0.05  # radians
_JOIN = 0.45  # em between two glyphs of one run
_JOIN_FIGURES = 0.2
_BACK = 1.2  # em that a glyph may lie behind the one before it


class Glyph(NamedTuple):
    """A character and its box on the page as it is read; `turned` where it stands sideways."""

    char: str
    left: float
    top: float
    right: float
    bottom: float
    turned: bool = False


class Run(NamedTuple):
    """Glyphs drawn one after the other on one line, and their box."""

    glyphs: tuple[Glyph, ...]
    left: float
    top: float
    right: float
    bottom: float

    @property
    def text(self) -> str:
        """The characters without any space."""
        return "".join([glyph.char for glyph in self.glyphs])


class Shown(NamedTuple):
    """What a page shows: its frame, its glyphs in the order in which they are drawn, and how many are unreadable.

    `cut` tells that the page has more characters than were looked at.
    """

    frame: Frame
    glyphs: list[Glyph]
    lost: int
    cut: bool


_Raw: TypeAlias = "tuple[str, float, float, float, float, int]"
"""A character, its box in the page's own coordinates (left, bottom, right, top), its quarter turns clockwise."""


def shown(page: pdfium.PdfPage, hidden: set[int], *, tilted: bool) -> Shown:
    """The glyphs of a page; those that are hidden, off the page or turned as watermarks are (斜的水印) are left out."""
    turns = page.get_rotation() // 90
    found = list(islice(_raw(page, hidden, tilted=tilted), MOST_GLYPHS))
    if tilted and found:
        turns = -Counter(one[-1] for one in found).most_common(1)[0][0] % 4
    bounds = page.get_bbox()
    frame = Frame(bounds[0], bounds[1], bounds[2], bounds[3], turns)
    width, height = frame.size
    glyphs: list[Glyph] = []
    lost = 0
    for char, left, bottom, right, top, own in found:
        x0, y0, x1, y1 = frame.box(left, bottom, right, top)
        if x1 <= 0 or y1 <= 0 or x0 >= width or y0 >= height:
            continue
        lost += char == LOST
        sideways = (own + turns) % 4
        if sideways != 2:
            glyphs.append(Glyph(char, x0, y0, x1, y1, sideways != 0))
    return Shown(frame, glyphs, lost, len(found) >= MOST_GLYPHS)


def _raw(page: pdfium.PdfPage, hidden: set[int], *, tilted: bool) -> Iterator[_Raw]:
    """Every visible character that is no white space."""
    import pypdfium2.raw as raw

    textpage = page.get_textpage()
    handle, box = textpage.raw, raw.FS_RECTF()
    unicode_of, box_of, into = raw.FPDFText_GetUnicode, raw.FPDFText_GetLooseCharBox, ctypes.byref(box)
    for at in range(textpage.count_chars()):
        code = unicode_of(handle, at)
        char = _char(code)
        if not char:
            if code or not raw.FPDFText_HasUnicodeMapError(handle, at):
                continue
            char = LOST
        if hidden and _is_hidden(raw.FPDFText_GetTextObject(handle, at), hidden):
            continue
        turns = _turns(raw.FPDFText_GetCharAngle(handle, at)) if tilted else 0
        if turns is not None and box_of(handle, at, into):
            yield char, box.left, box.bottom, box.right, box.top, turns
    textpage.close()


def _is_hidden(text_object: Handle, hidden: set[int]) -> bool:
    return bool(text_object) and ctypes.addressof(text_object.contents) in hidden


@lru_cache(maxsize=65536)
def _char(code: int) -> str:
    """The character of a code; of white space none, of what stands for no character `LOST`.

    Radicals and compatibility ideographs (⼀) are the characters that they look like.
    """
    char = chr(code) if code < _CODES else LOST
    if char in _HYPHENS:
        return "-"
    if char in _SPACES or char in _NO_WIDTH:
        return ""
    if 0x2F00 <= code < 0x2FD6 or 0xF900 <= code < 0xFB00:
        look = unicodedata.normalize("NFKC", char)
        return look if len(look) == 1 else char
    is_none = code < 0x20 or 0x7F <= code < 0xA0 or 0xD800 <= code < 0xF900 or code >= 0xF0000
    return LOST if is_none or code & 0xFFFE == 0xFFFE else char


def _turns(angle: float) -> int | None:
    """Quarter turns clockwise of an angle; None for any other turn."""
    quarters = angle / (pi / 2)
    nearest = round(quarters)
    return nearest % 4 if abs(quarters - nearest) * pi / 2 <= _STRAIGHT else None


def runs(glyphs: Sequence[Glyph]) -> list[Run]:
    """Glyphs that follow each other in drawing and in place.

    >>> one, two, far = Glyph("公", 0, 0, 10, 10), Glyph("开", 10, 0, 20, 10), Glyph("8", 60, 0, 65, 10)
    >>> [run.text for run in runs([one, two, far])]
    ['公开', '8']
    """
    found: list[Run] = []
    held: list[Glyph] = []
    for glyph in glyphs:
        if held and not _follows(held[-1], glyph):
            found.append(_run(held))
            held = []
        held.append(glyph)
    if held:
        found.append(_run(held))
    return found


def _follows(one: Glyph, two: Glyph) -> bool:
    height = max(one.bottom - one.top, two.bottom - two.top, 1.0)
    if one.turned or two.turned:
        return False
    if abs(one.top + one.bottom - two.top - two.bottom) > height:
        return False
    gap = two.left - one.right
    most = _JOIN_FIGURES if one.char.isdigit() and two.char.isdigit() else _JOIN
    return -_BACK * height < gap < most * height and two.left >= one.left


def _run(glyphs: Sequence[Glyph]) -> Run:
    _, lefts, tops, rights, bottoms, _ = zip(*glyphs, strict=True)
    return Run(tuple(glyphs), min(lefts), min(tops), max(rights), max(bottoms))
