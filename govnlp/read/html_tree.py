"""The marked page as the parser repaired it: boxes that hold lines, lines that hold the numbers of texts."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Literal, TypeAlias

from selectolax.lexbor import LexborHTMLParser

from govnlp.read.html_source import BLANK, Look, Marked

Kind: TypeAlias = Literal["block", "table", "section", "row", "cell"]
SPACE, APART = -1, -2  # what a line holds beside the numbers of texts: white space, the edge of an element set apart

_TOKEN = re.compile(r'<(/?)(\w+)(?: k="(\d+)")?>|(\d+);|( )')
_KINDS: dict[str, Kind] = {
    "table": "table", "tbody": "section", "thead": "section", "tfoot": "section", "tr": "row", "td": "cell",
}  # fmt: skip
_ANCESTRY: dict[Kind, Kind] = {"cell": "row", "row": "table"}
_NO_BOX = frozenset(("html", "head"))
_FURNITURE = frozenset(("nav", "footer", "header", "aside"))
_VERBATIM = frozenset(("pre", "listing"))
_NO_LOOK = Look()


@dataclass(slots=True, eq=False)
class Line:
    """A line of the page: numbers of texts with `SPACE` and `APART` between; later its `start` and `end` in print.

    `linked` counts the source characters inside links. `kept` lines are printed even where they are empty.
    """

    box: Box
    tokens: list[int] = field(default_factory=list)
    linked: int = 0
    kept: bool = False
    start: int = 0
    end: int = 0


@dataclass(slots=True, eq=False)
class Box:
    """An element that makes a block.

    `cell` is the cell it stands in; `level` its heading's; `verbatim` that of `<pre>`; `filled` whether it holds text;
    `first` the number of the text right after a cell's tag; `is_data` is set once a table is found to hold data.
    """

    kind: Kind
    name: str
    parent: Box | None
    look: Look = _NO_LOOK
    cell: Box | None = None
    level: int = 0
    furniture: bool = False
    verbatim: bool = False
    filled: bool = False
    is_data: bool = False
    first: int | None = None
    children: list[Box | Line] = field(default_factory=list)

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
    """The page as a box, its tables (outer before inner), its lines, and the numbers met, in the order of the tree."""

    root: Box
    tables: list[Box] = field(default_factory=list)
    lines: list[Line] = field(default_factory=list)
    numbers: list[int] = field(default_factory=list)


def grow(marked: Marked, show_hidden: bool = False) -> Tree:
    """The tree of a page; hidden elements are left out unless `show_hidden`.

    >>> from govnlp.read.html_source import mark
    >>> [line.tokens for line in grow(mark("<div>a<b>b</b><p>c")).lines]
    [[1, 2], [4]]
    """
    html = LexborHTMLParser(marked.html).html or ""
    grower = _Grower(marked, show_hidden)
    for closing, name, look, number, _ in _TOKEN.findall(html):
        if number:
            grower.text(int(number))
        elif not name:
            grower.space()
        elif closing:
            grower.close()
        elif name == "br":
            grower.line_break()
        elif name == "hr":
            grower.line = None
        else:
            grower.open(name, marked.looks[int(look)] if look else _NO_LOOK)
    return grower.tree


# What is to be undone where an element closes: the box to go back to (none for an inline element), and whether it was
# a link, hidden or set apart.
_Open: TypeAlias = tuple["Box | None", Look]


class _Grower:
    """Puts the tokens of a repaired page into a tree, one after the other."""

    def __init__(self, marked: Marked, show_hidden: bool) -> None:
        self.texts = marked.texts
        self.show_hidden = show_hidden
        self.box = Box("block", "body", None)
        self.tree = Tree(self.box)
        self.line: Line | None = None
        self.stack: list[_Open] = []
        self.links = 0
        self.hidden_at = 0  # the depth of the hidden element that we are in, 0 outside

    def text(self, number: int) -> None:
        self.tree.numbers.append(number)
        if self.hidden_at:
            return
        text = self.texts[number]
        if self.box.kind == "cell" and self.box.first is None:
            self.box.first = number
        if not text.strip(BLANK):
            self.space()
            return
        self.box.filled = True
        line = self.line or self._start_line()
        line.tokens.append(number)
        if self.links:
            line.linked += len(text)

    def space(self) -> None:
        if self.line is not None:
            self.line.tokens.append(SPACE)

    def line_break(self) -> None:
        """A `<br>`: white space in a heading; else the end of a line, or an empty line where none has begun."""
        if self.hidden_at:
            return
        if self.box.level:
            self.space()
        elif self.line is None:
            self._start_line(kept=True)
        self.line = self.line if self.box.level else None

    def open(self, name: str, look: Look) -> None:
        if look.hidden and not self.show_hidden and not self.hidden_at:
            self.hidden_at = len(self.stack) + 1
        if name in _NO_BOX or (name == "span" and not look.display):
            self.stack.append((None, look))
            self.links += look.link
            self._set_apart(look)
            return
        self.stack.append((self.box, look))
        if not self.hidden_at:
            self._enter(name, look)
        self.line = None

    def close(self) -> None:
        outer, look = self.stack.pop()
        if outer is None:
            self.links -= look.link
            self._set_apart(look)
        elif not self.hidden_at:
            self._leave(outer)
        if self.hidden_at > len(self.stack):
            self.hidden_at = 0

    def _set_apart(self, look: Look) -> None:
        if look.apart and self.line is not None and not self.hidden_at and self.box.name != "p":
            self.line.tokens.append(APART)

    def _start_line(self, kept: bool = False) -> Line:
        self.line = Line(self.box, kept=kept)
        self.box.children.append(self.line)
        self.tree.lines.append(self.line)
        return self.line

    def _enter(self, name: str, look: Look) -> None:
        kind = look.display or _KINDS.get(name, "block")
        parent = self._host(kind)
        box = Box(kind, name, parent, look, cell=parent if parent.kind == "cell" else parent.cell)
        box.level = int(name[1]) if len(name) == 2 and name[0] == "h" else parent.level * (kind != "table")
        box.furniture = parent.furniture or name in _FURNITURE
        box.verbatim = parent.verbatim or name in _VERBATIM
        parent.children.append(box)
        if kind == "table":
            self.tree.tables.append(box)
        self.box = box

    def _host(self, kind: Kind) -> Box:
        """The box that an element of `kind` belongs into; rows and tables that styles alone imply are made."""
        wanted = _ANCESTRY.get(kind)
        if wanted is None or self.box.kind == wanted or (wanted == "table" and self.box.kind == "section"):
            return self.box
        parent = self._host(wanted)
        last = parent.children[-1] if parent.children else None
        if isinstance(last, Box) and last.kind == wanted and last.name == "":
            return last
        made = Box(wanted, "", parent, cell=parent if parent.kind == "cell" else parent.cell, furniture=parent.furniture)
        parent.children.append(made)
        if wanted == "table":
            self.tree.tables.append(made)
        return made

    def _leave(self, outer: Box) -> None:
        """The end of a block: an empty cell and an empty paragraph leave an empty line."""
        box, last = self.box, self.box.children[-1] if self.box.children else None
        if box.kind == "cell" and not box.filled:
            line = last if isinstance(last, Line) else self._start_line(kept=True)
            line.tokens += [box.first] if box.first is not None else []
        elif box.name == "p" and not box.children:
            self._start_line(kept=True)
        outer.filled |= box.filled
        self.box, self.line = outer, None


def in_source_order(tree: Tree) -> list[Line]:
    """The lines in the order of the source, which differs from the tree's where text stands between a table's cells.

    Such text was moved out before its table; a line that it had joined is cut where the two meet.

    >>> from govnlp.read.html_source import mark
    >>> [line.tokens for line in in_source_order(grow(mark("<p>a<table><td>b<tr>c<td>d</table>")))]
    [[1], [3], [4], [5]]
    """
    numbers = [token for line in tree.lines for token in line.tokens if token >= 0]
    ordered = sorted(numbers)
    if numbers == ordered:
        return tree.lines
    rank = {number: at for at, number in enumerate(ordered)}
    keyed: list[tuple[int, Line]] = []
    for line in tree.lines:
        parts = _parts(line, rank)
        if not parts:
            keyed.append((keyed[-1][0] if keyed else 0, line))
        keyed += [(rank[next(token for token in part.tokens if token >= 0)], part) for part in parts]
    return [line for _, line in sorted(keyed, key=lambda one: one[0])]


def _parts(line: Line, rank: dict[int, int]) -> list[Line]:
    """The line cut wherever two of its texts do not follow each other in the source; the first part is the line."""
    runs: list[list[int]] = []
    last = -1
    for token in line.tokens:
        if token >= 0 and (not runs or rank[token] != last + 1):
            runs.append([])
        if runs:
            runs[-1].append(token)
        last = rank[token] if token >= 0 else last
    if len(runs) < 2:  # noqa: PLR2004 - nothing to cut
        return [line] if runs else []
    line.tokens = runs[0]
    cut = [Line(line.box, tokens, line.linked, line.kept) for tokens in runs[1:]]
    line.box.children += cut
    return [line, *cut]
