"""What a page is made of once it is parsed: boxes that hold lines, lines that hold the numbers of texts."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Literal, NamedTuple, TypeAlias

from govnlp.read.html_source import Look

Kind: TypeAlias = Literal["block", "table", "section", "row", "cell"]
SPACE, APART = -1, -2  # what a line holds beside the numbers of texts: white space, the edge of an element set apart

_NO_LOOK = Look()


class Inherited(NamedTuple):
    """What a box hands on to the boxes inside: the level of a heading, page furniture (导航, 页脚), `<pre>`."""

    level: int = 0
    furniture: bool = False
    verbatim: bool = False


_NOTHING_INHERITED = Inherited()


class Line:
    """A line of the page: numbers of texts with `SPACE` and `APART` between; later its `start` and `end` in print.

    `linked` counts the source characters inside links. `kept` lines are printed even where they are empty. `pictured`
    is set on the empty line of a cell that shows a picture.
    """

    __slots__ = ("box", "end", "kept", "linked", "pictured", "start", "tokens")

    def __init__(self, box: Box, tokens: list[int], kept: bool = False) -> None:
        self.box, self.tokens, self.kept = box, tokens, kept
        self.linked = self.start = self.end = 0
        self.pictured = False


class Box:
    """An element that makes a block.

    `cell` is the nearest cell, itself where it is one; `own` are the lines of which that is true; `filled` says whether
    the box holds text; `first` is the number of the text right after a cell's tag; `shows`
    that a cell holds a picture or a field of a form; `is_data` is set on a table once it
    is found to hold data.
    """

    # Class-level defaults: most boxes never differ from them.
    filled = False
    is_data = False
    first: int | None = None
    shows = False

    def __init__(self, kind: Kind, name: str, parent: Box | None, look: Look = _NO_LOOK) -> None:
        self.kind, self.name, self.parent, self.look = kind, name, parent, look
        self.inherited: Inherited = parent.inherited if parent else _NOTHING_INHERITED
        self.children: list[Box | Line] = []
        self.cell: Box | None = parent.cell if parent else None
        if kind == "cell":
            self.cell = self
            self.own: list[Line] = []

    def add_line(self, tokens: list[int], kept: bool = False) -> Line:
        """A new line at the end."""
        line = Line(self, tokens, kept)
        self.children.append(line)
        if self.cell:
            self.cell.own.append(line)
        return line

    def lines(self) -> Iterator[Line]:
        """The lines inside, in order, however deep; those of data tables inside are not its own."""
        waiting = self.children[::-1]
        while waiting:
            one = waiting.pop()
            if isinstance(one, Line):
                yield one
            elif not one.is_data:
                waiting.extend(reversed(one.children))

    def boxes(self, kind: Kind) -> Iterator[Box]:
        """The boxes of `kind` inside, not those inside one of them, nor inside an inner table."""
        waiting = self.children[::-1]
        while waiting:
            one = waiting.pop()
            if isinstance(one, Line) or one.kind == "table":
                continue
            if one.kind == kind:
                yield one
            else:
                waiting.extend(reversed(one.children))


@dataclass(slots=True)
class Tree:
    """The page as a box, its tables (outer before inner), its lines, and the numbers met, in the order of the tree.

    `pictures` are those of the content, each with the number of the last text before it (-1 where none is).
    `pictured` are the empty lines of cells that show a picture and no text.
    """

    root: Box
    tables: list[Box] = field(default_factory=list)
    lines: list[Line] = field(default_factory=list)
    numbers: list[int] = field(default_factory=list)
    pictures: list[tuple[int, str]] = field(default_factory=list)
    pictured: list[Line] = field(default_factory=list)
