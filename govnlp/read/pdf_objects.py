"""The objects that a page of a PDF is drawn of: ruled lines, pictures, and text that is not to be seen."""

from __future__ import annotations

import ctypes
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import pairwise
from typing import TYPE_CHECKING, Protocol

from govnlp.read.pdf_frame import Matrix
from govnlp.schema.document import Box

if TYPE_CHECKING:
    import pypdfium2 as pdfium

_THIN = 3.2  # points; a filled box as thin as that is a line
_SHORT = 2.0
_DEEPEST = 8
MOST_OBJECTS = 100_000
_MOST_SEGMENTS = 100_000
_FAINT = 90  # of 255: the opacity of a watermark
_STRAIGHT = 0.02


class Handle(Protocol):
    """What pdfium gives for an object: a pointer."""

    contents: ctypes.Structure


@dataclass(slots=True)
class Objects:
    """What was found on a page, boxes in the page's own coordinates (left, bottom, right, top).

    `hidden` holds the addresses of text objects that are invisible or faint; `tilted` tells that some text is turned;
    `cut` that the page has more objects than are looked at.
    """

    rules: list[Box] = field(default_factory=list)
    pictures: list[Box] = field(default_factory=list)
    hidden: set[int] = field(default_factory=set)
    tilted: bool = False
    texts: int = 0
    paths: int = 0
    cut: bool = False


def objects(page: pdfium.PdfPage) -> Objects:
    """The objects of a page, those within forms included."""
    import pypdfium2.raw as raw

    walker = _Walker()
    count = raw.FPDFPage_CountObjects(page.raw)
    walker.walk((raw.FPDFPage_GetObject(page.raw, at) for at in range(count)), None, 0)
    return walker.found


class _Walker:
    """Goes through objects; holds the numbers that pdfium writes its answers into."""

    def __init__(self) -> None:
        import pypdfium2.raw as raw

        self.raw = raw
        self.found = Objects()
        self._seen = 0
        self._segments = 0
        self._floats = [ctypes.c_float() for _ in range(4)]
        self._bounds = [ctypes.byref(one) for one in self._floats]
        self._matrix = raw.FS_MATRIX()
        self._mode, self._stroke = ctypes.c_int(), ctypes.c_int()
        self._colour = [ctypes.c_uint() for _ in range(4)]

    def walk(self, handles: Iterator[Handle], outer: Matrix | None, depth: int) -> None:
        """Note the objects; `outer` maps the form that they stand in to the page."""
        raw = self.raw
        for one in handles:
            self._seen += 1
            if self._seen > MOST_OBJECTS or self._segments > _MOST_SEGMENTS:
                self.found.cut = True
                return
            kind = raw.FPDFPageObj_GetType(one)
            if kind == raw.FPDF_PAGEOBJ_TEXT:
                self._text(one, outer)
            elif kind == raw.FPDF_PAGEOBJ_PATH:
                self._path(one, outer)
            elif kind == raw.FPDF_PAGEOBJ_IMAGE:
                self._picture(one, outer)
            elif kind == raw.FPDF_PAGEOBJ_FORM and depth < _DEEPEST:
                own = self._map(one)
                inner = own.then(outer) if outer else own
                count = raw.FPDFFormObj_CountObjects(one)
                self.walk((raw.FPDFFormObj_GetObject(one, at) for at in range(count)), inner, depth + 1)

    def _map(self, one: Handle) -> Matrix:
        matrix = self._matrix
        if not self.raw.FPDFPageObj_GetMatrix(one, matrix):
            return Matrix()
        return Matrix(matrix.a, matrix.b, matrix.c, matrix.d, matrix.e, matrix.f)

    def _box(self, one: Handle, outer: Matrix | None) -> Box | None:
        """The bounds of an object on the page."""
        if not self.raw.FPDFPageObj_GetBounds(one, *self._bounds):
            return None
        left, bottom, right, top = (number.value for number in self._floats)
        if outer is None:
            return left, bottom, right, top
        corners = [outer.point(x, y) for x in (left, right) for y in (bottom, top)]
        return (
            min(x for x, _ in corners),
            min(y for _, y in corners),
            max(x for x, _ in corners),
            max(y for _, y in corners),
        )

    def _text(self, one: Handle, outer: Matrix | None) -> None:
        raw, found = self.raw, self.found
        found.texts += 1
        if not found.tilted and raw.FPDFPageObj_GetMatrix(one, self._matrix):
            whole = self._map(one).then(outer) if outer else self._matrix
            found.tilted = abs(whole.b) > _STRAIGHT * abs(whole.a) or whole.a < 0
        if raw.FPDFTextObj_GetTextRenderMode(one) in (
            raw.FPDF_TEXTRENDERMODE_INVISIBLE,
            raw.FPDF_TEXTRENDERMODE_CLIP,
        ) or self._is_faint(one):
            found.hidden.add(ctypes.addressof(one.contents))

    def _is_faint(self, one: Handle) -> bool:
        red, green, blue, alpha = self._colour
        if not self.raw.FPDFPageObj_GetFillColor(one, red, green, blue, alpha):
            return False
        return alpha.value < _FAINT

    def _picture(self, one: Handle, outer: Matrix | None) -> None:
        box = self._box(one, outer)
        if box and _is_line(box):
            self.found.rules.append(box)
        elif box:
            self.found.pictures.append(box)

    def _path(self, one: Handle, outer: Matrix | None) -> None:
        self.found.paths += 1
        box = self._box(one, outer)
        if box is None or max(box[2] - box[0], box[3] - box[1]) < _SHORT:
            return
        if _is_line(box):
            self.found.rules.append(box)
            return
        raw = self.raw
        count = raw.FPDFPath_CountSegments(one)
        if not raw.FPDFPath_GetDrawMode(one, self._mode, self._stroke):
            return
        if self._stroke.value or (self._mode.value and count > 5):
            own = self._map(one)
            self._segments += count
            if self._segments <= _MOST_SEGMENTS:
                self._strokes(one, count, own.then(outer) if outer else own)

    def _strokes(self, one: Handle, count: int, whole: Matrix) -> None:
        """The lines of a path with several segments; of a filled one, those of its parts that are thin."""
        stroked = bool(self._stroke.value)
        for part in self._parts(one, count, whole):
            xs, ys = [x for x, _ in part], [y for _, y in part]
            box = (min(xs), min(ys), max(xs), max(ys))
            if _is_line(box):
                self.found.rules.append(box)
            elif stroked:
                self.found.rules += [_between(*pair) for pair in pairwise(part) if _is_level(*pair)]

    def _parts(self, one: Handle, count: int, whole: Matrix) -> Iterator[list[tuple[float, float]]]:
        """The points of each part of a path, from one move to the next."""
        raw = self.raw
        x, y = self._floats[0], self._floats[1]
        part: list[tuple[float, float]] = []
        for at in range(count):
            segment = raw.FPDFPath_GetPathSegment(one, at)
            kind = raw.FPDFPathSegment_GetType(segment)
            if not raw.FPDFPathSegment_GetPoint(segment, x, y):
                continue
            point = whole.point(x.value, y.value)
            if kind == raw.FPDF_SEGMENT_MOVETO and part:
                yield part
                part = []
            part.append(point)
            if raw.FPDFPathSegment_GetClose(segment) and len(part) > 2:
                part.append(part[0])
        if part:
            yield part


def _is_line(box: Box) -> bool:
    width, height = box[2] - box[0], box[3] - box[1]
    return min(width, height) <= _THIN and max(width, height) >= _SHORT and max(width, height) > 2 * min(width, height)


def _is_level(one: tuple[float, float], two: tuple[float, float]) -> bool:
    """Whether a stroke runs along an axis."""
    return min(abs(one[0] - two[0]), abs(one[1] - two[1])) < 0.5


def _between(one: tuple[float, float], two: tuple[float, float]) -> Box:
    return min(one[0], two[0]), min(one[1], two[1]), max(one[0], two[0]), max(one[1], two[1])
