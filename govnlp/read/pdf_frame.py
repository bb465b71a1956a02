"""The way from the coordinates of a PDF page to points from the upper left corner of the page as it is read."""

from __future__ import annotations

from typing import NamedTuple

from govnlp.schema.document import Box


class Frame(NamedTuple):
    """A page's visible box in its own coordinates (`left` … `top`, y upwards), and the quarter turns to read it.

    `turns` counts quarters clockwise: the turn that the page asks for, and that of a page whose text stands sideways.
    """

    left: float
    bottom: float
    right: float
    top: float
    turns: int = 0

    @property
    def size(self) -> tuple[float, float]:
        """Width and height of the page as it is read."""
        width, height = self.right - self.left, self.top - self.bottom
        return (height, width) if self.turns % 2 else (width, height)

    def point(self, x: float, y: float) -> tuple[float, float]:
        """A point of the page as it is read.

        >>> Frame(0, 0, 600, 800).point(10, 790), Frame(0, 0, 600, 800, 1).point(10, 790)
        ((10, 10), (790, 10))
        """
        turns = self.turns % 4
        if turns == 0:
            return x - self.left, self.top - y
        if turns == 1:
            return y - self.bottom, x - self.left
        if turns == 2:
            return self.right - x, y - self.bottom
        return self.top - y, self.right - x

    def box(self, left: float, bottom: float, right: float, top: float) -> Box:
        """A box of the page as it is read."""
        if not self.turns % 4:
            return left - self.left, self.top - top, right - self.left, self.top - bottom
        one, two = self.point(left, bottom), self.point(right, top)
        return min(one[0], two[0]), min(one[1], two[1]), max(one[0], two[0]), max(one[1], two[1])


class Matrix(NamedTuple):
    """An affine map of PDF: x' = a·x + c·y + e, y' = b·x + d·y + f."""

    a: float = 1.0
    b: float = 0.0
    c: float = 0.0
    d: float = 1.0
    e: float = 0.0
    f: float = 0.0

    def point(self, x: float, y: float) -> tuple[float, float]:
        """Where a point comes to lie."""
        return self.a * x + self.c * y + self.e, self.b * x + self.d * y + self.f

    def then(self, outer: Matrix) -> Matrix:
        """This map, and `outer` after it.

        >>> Matrix(e=2).then(Matrix(a=3)).point(1, 0)
        (9.0, 0.0)
        """
        e, f = outer.point(self.e, self.f)
        a, b = outer.a * self.a + outer.c * self.b, outer.b * self.a + outer.d * self.b
        c, d = outer.a * self.c + outer.c * self.d, outer.b * self.c + outer.d * self.d
        return Matrix(a, b, c, d, e, f)
