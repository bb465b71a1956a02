"""The marked page as the parser repaired it, grown into boxes and lines."""

from __future__ import annotations

from typing import NamedTuple

from selectolax.lexbor import LexborHTMLParser, SelectolaxError

from govnlp.read.html_boxes import APART, SPACE, Box, Inherited, Kind, Line, Tree
from govnlp.read.html_source import BLANK, Look, Marked

_KINDS: dict[str, Kind] = {
    "table": "table", "tbody": "section", "thead": "section", "tfoot": "section", "tr": "row", "td": "cell",
}  # fmt: skip
_ANCESTRY: dict[Kind, Kind] = {"cell": "row", "row": "table"}
_NO_BOX = frozenset(("html", "head", "span"))
_VOID = frozenset(("br", "hr", "wbr", "img"))
_FURNITURE = frozenset(("nav", "footer", "header", "aside"))
_VERBATIM = frozenset(("pre", "listing"))
_HEADINGS = frozenset(("h1", "h2", "h3", "h4", "h5", "h6"))
_HANDED_ON = _FURNITURE | _VERBATIM | _HEADINGS
_NO_LOOK, _PARAGRAPH = Look(), Look()


def grow(marked: Marked, show_hidden: bool = False) -> Tree:
    """The tree of a page; hidden elements are left out unless `show_hidden`.

    >>> from govnlp.read.html_source import mark
    >>> [line.tokens for line in grow(mark("<div>a<b>b</b><p>c")).lines]
    [[1, 2], [4]]
    """
    grower = _Grower(marked, show_hidden)
    known: dict[str, _Opening] = {}
    for piece in _repaired(marked.html).split("<"):
        tag, _, rest = piece.partition(">")
        if tag[:1] == "/":
            grower.close()
        elif tag:
            if tag not in known:
                known[tag] = _opening(tag, marked)
            grower.open(known[tag])
        if rest:
            grower.texts_and_spaces(rest)
    return grower.tree


def _repaired(html: str) -> str:
    """The page as a browser's parser builds it; nothing where it gives up, so that all text is reported as lost."""
    try:
        return LexborHTMLParser(html).html or ""
    except SelectolaxError:
        return ""


class _Opening(NamedTuple):
    """What an opening tag says: its name, its look, the kind of its box; no kind makes no box."""

    name: str
    look: Look
    kind: Kind | None
    hands_on: bool


def _opening(tag: str, marked: Marked) -> _Opening:
    """`td k="3"` as what it says."""
    name, _, number = tag.partition(" ")
    look = marked.looks[int(number[3:-1])] if number else _NO_LOOK
    kind: Kind = look.display or _KINDS.get(name, "block")
    if (name in _NO_BOX and not look.display) or name in _VOID or (name == "p" and look is _NO_LOOK):
        return _Opening(name, look, None, False)
    return _Opening(name, look, kind, name in _HANDED_ON or kind == "table")


def _inherited(outer: Inherited, name: str) -> Inherited:
    return Inherited(
        level=int(name[1]) if name in _HEADINGS else outer.level * (name != "table"),
        furniture=outer.furniture or name in _FURNITURE,
        verbatim=outer.verbatim or name in _VERBATIM,
    )


class _Grower:
    """Puts the tokens of a repaired page into a tree, one after the other."""

    def __init__(self, marked: Marked, show_hidden: bool) -> None:
        self.texts = marked.texts
        self.show_hidden = show_hidden
        self.box = Box("block", "body", None)
        self.tree = Tree(self.box)
        self.line: Line | None = None
        # What to go back to where an element closes: its outer box (none for an inline element), and its look.
        self.stack: list[tuple[Box | None, Look]] = []
        self.paragraph_at = -1  # the number of lines before the paragraph that we are in, -1 outside
        self.links = 0
        self.hidden_at = 0  # the depth of the hidden element that we are in, 0 outside

    def texts_and_spaces(self, rest: str) -> None:
        """What stands between two tags: `12;13; 14;`."""
        if rest[:-1].isdecimal():
            self.text(int(rest[:-1]))
            return
        for part in rest.split(";"):
            if part:
                if part[0] == " ":
                    self.space()
                if part[-1] != " ":
                    self.text(int(part))

    def text(self, number: int) -> None:
        self.tree.numbers.append(number)
        if self.hidden_at:
            return
        box = self.box
        if box.kind == "cell" and box.first is None:
            box.first = number
        text = self.texts[number]
        if not text.strip(BLANK):
            self.space()
            return
        box.filled = True
        line = self.line or self._start_line()
        line.tokens.append(number)
        if self.links:
            line.linked += len(text)

    def space(self) -> None:
        if self.line is not None:
            self.line.tokens.append(SPACE)

    def _picture(self, source: str) -> None:
        """A picture; that of a menu or a page's foot shows nothing of a report."""
        if not self.box.inherited.furniture:
            self.tree.pictures.append((self.tree.numbers[-1] if self.tree.numbers else -1, source))

    def _void(self, name: str, look: Look) -> None:
        """A `<br>`: white space in a heading; else the end of a line, or an empty line where none has begun."""
        if self.hidden_at or name == "wbr":
            return
        if name == "img":
            if look.picture:
                self._picture(look.picture)
            if look.shows and self.box.cell:
                self.box.cell.shows = True
            return
        if name == "hr":
            self.line = None
            return
        if self.box.inherited.level:
            self.space()
            return
        if self.line is None:
            self._start_line(kept=True)
        self.line = None

    def open(self, tag: _Opening) -> None:
        name, look, kind, _ = tag
        if name in _VOID:
            self._void(name, look)
            return
        if look.hidden and not self.show_hidden and not self.hidden_at:
            self.hidden_at = len(self.stack) + 1
        if kind is not None:
            self.stack.append((self.box, look))
            if not self.hidden_at:
                self._enter(tag)
        elif name == "p":
            self.stack.append((None, _PARAGRAPH))
            self.line = None if not self.hidden_at else self.line
            self.paragraph_at = len(self.tree.lines)
        else:
            self.stack.append((None, look))
            self.links += look.link
            self._set_apart(look)

    def close(self) -> None:
        outer, look = self.stack.pop()
        if look is _PARAGRAPH:
            self._end_paragraph()
        elif outer is None:
            self.links -= look.link
            self._set_apart(look)
        elif not self.hidden_at:
            self._leave(outer)
        if self.hidden_at > len(self.stack):
            self.hidden_at = 0

    def _end_paragraph(self) -> None:
        """The end of a `<p>`, which is no box: most pages have more of them than of all others. Empty, it is a line."""
        if not self.hidden_at:
            if len(self.tree.lines) == self.paragraph_at:
                self._start_line(kept=True)
            self.line = None
        self.paragraph_at = -1

    def _set_apart(self, look: Look) -> None:
        """Remember the edges of elements set apart; in a `<p>` they are mere typesetting."""
        if look.apart and self.line is not None and not self.hidden_at and self.paragraph_at < 0:
            self.line.tokens.append(APART)

    def _start_line(self, kept: bool = False) -> Line:
        self.line = self.box.add_line([], kept)
        self.tree.lines.append(self.line)
        return self.line

    def _enter(self, tag: _Opening) -> None:
        kind = tag.kind or "block"
        parent = self.box if kind not in _ANCESTRY else self._host(kind)
        box = Box(kind, tag.name, parent, tag.look)
        if tag.hands_on:
            box.inherited = _inherited(box.inherited, tag.name)
        if kind == "table":
            self.tree.tables.append(box)
        parent.children.append(box)
        self.box, self.line = box, None

    def _host(self, kind: Kind) -> Box:
        """The box that an element of `kind` belongs into; rows and tables that styles alone imply are made."""
        wanted = _ANCESTRY.get(kind)
        if wanted is None or self.box.kind == wanted or (wanted == "table" and self.box.kind == "section"):
            return self.box
        parent = self._host(wanted)
        last = parent.children[-1] if parent.children else None
        if isinstance(last, Box) and last.kind == wanted and last.name == "":
            return last
        made = Box(wanted, "", parent)
        parent.children.append(made)
        if wanted == "table":
            self.tree.tables.append(made)
        return made

    def _leave(self, outer: Box) -> None:
        """The end of a block."""
        if self.box.filled:
            outer.filled = True
        elif self.box.kind == "cell":
            self._leave_empty(self.box)
        self.box, self.line = outer, None

    def _leave_empty(self, cell: Box) -> None:
        """An empty cell leaves an empty line."""
        last = cell.children[-1] if cell.children else None
        line = last if isinstance(last, Line) else self._start_line(kept=True)
        line.tokens = [cell.first] if cell.first is not None else []
        if cell.shows:
            self.tree.pictured.append(line)
