"""Lines of a page as a reader sees them: white space folded, entities decoded, each character with its origin."""

from __future__ import annotations

import re
from collections.abc import Iterable
from html import unescape

from govnlp.read.html_boxes import SPACE, Line
from govnlp.read.html_source import BLANK, Marked
from govnlp.schema.text import Span, Text, TextBuilder

# An entity as `html.unescape` finds it; white space; anything else.
_PIECE = re.compile(r"(&(?:#(?:[0-9]++|[xX][0-9a-fA-F]++);?|[^\t\n\f <&#;]{1,32};?))|([ \t\r\n\f]++)|[^& \t\r\n\f]++|&")
_NOT_PLAIN = re.compile(r"[&\t\r\n\f]|  ")
PICTURE = "\ufffc"
_LINE_END = re.compile(r"\r\n?|\f")


def print_lines(lines: Iterable[Line], marked: Marked) -> Text:
    """The printed text of `lines`, which must stand in the order of the source; sets each line's `start` and `end`.

    Every line is followed by one newline. An empty line prints only where it is `kept`.

    >>> from govnlp.read.html_source import mark
    >>> from govnlp.read.html_tree import grow
    >>> marked = mark("<p> a&nbsp;<b>b</b>\\n c<p>d")
    >>> print_lines(grow(marked).lines, marked).value
    'a\\xa0b c\\nd\\n'
    """
    printer = _Printer(marked)
    for line in lines:
        printer.write(line)
    return printer.text()


class _Printer:
    """Writes lines; `waiting` is the white space to come before the next character, `last` where the last one ended."""

    def __init__(self, marked: Marked) -> None:
        self.texts, self.starts = marked.texts, marked.starts
        self.built = TextBuilder()
        self.waiting = ""
        self.last = 0

    def write(self, line: Line) -> None:
        line.start = self.built.length + len(self.waiting)
        tokens = line.tokens
        if len(tokens) == 1 and tokens[0] >= 0:
            self._run(tokens[0], line)
        else:
            for token in tokens:
                if token == SPACE:
                    self._space(line)
                elif token >= 0:
                    self._run(token, line)
        self._end(line)

    def text(self) -> Text:
        self._flush(self.last)
        return self.built.text()

    def _end(self, line: Line) -> None:
        """Close a line: what of it was printed, and the newline after it."""
        if self.waiting == " ":
            self.waiting = ""
        line.end = max(line.start, self.built.length)
        if line.end > line.start:
            self.waiting = "\n"
        elif line.kept:
            self._flush(self.starts[line.tokens[0]] if line.tokens else self.last)
            line.start = line.end = self.built.length
            if line.pictured:
                self._put_picture(line)
            self.waiting = "\n"

    def _put_picture(self, line: Line) -> None:
        """The sign for an object (U+FFFC) in place of the picture in a cell: the cell is not blank."""
        number = line.tokens[0] if line.tokens else len(self.starts)
        place = Span(self.last, self.last)
        if number + 1 < len(self.starts):
            place = Span(self.starts[number] + len(self.texts[number]), self.starts[number + 1])
        self.built.put(PICTURE, place)
        self.last = max(self.last, place.end)
        line.end = self.built.length

    def _flush(self, at: int) -> None:
        if self.waiting:
            self.built.put(self.waiting, Span(self.last, max(self.last, at)))
            self.waiting = ""
        self.last = max(self.last, at)

    def _space(self, line: Line) -> None:
        """White space: it waits for the next character of the line; at the start of a line it is none."""
        if not self.waiting and self.built.length > line.start:
            self.waiting = " "

    def _run(self, number: int, line: Line) -> None:
        text, start = self.texts[number], self.starts[number]
        body = text.strip(BLANK)
        if _NOT_PLAIN.search(body) or line.box.inherited.verbatim:
            self._pieces(text, start, line)
        elif len(body) == len(text):
            self._keep(body, start)
        elif body:
            if text[0] in BLANK:
                self._space(line)
            self._keep(body, start + text.index(body))
            if text[-1] in BLANK:
                self._space(line)

    def _keep(self, piece: str, at: int) -> None:
        if self.waiting:
            self.built.put(self.waiting, Span(self.last, at))
            self.waiting = ""
        self.built.keep(piece, at)
        self.last = at + len(piece)

    def _pieces(self, text: str, start: int, line: Line) -> None:
        for match in _PIECE.finditer(text):
            piece, at = match[0], start + match.start()
            if match[2]:
                self._white(piece, at, line)
            elif match[1]:
                self._entity(piece, at, line)
            else:
                self._keep(piece, at)

    def _white(self, piece: str, at: int, line: Line) -> None:
        if not line.box.inherited.verbatim:
            self._space(line)
            return
        done = 0
        for match in _LINE_END.finditer(piece):
            self._keep(piece[done : match.start()], at + done)
            self._put("\n", at + match.start(), at + match.end())
            done = match.end()
        self._keep(piece[done:], at + done)

    def _entity(self, piece: str, at: int, line: Line) -> None:
        """An entity; what it swallowed of the text behind it (`&copy2021`) keeps its own place."""
        decoded = unescape(piece)
        if decoded == piece:
            self._keep(piece, at)
            return
        tail = 0
        while tail < len(decoded) - 1 and decoded[-1 - tail] == piece[-1 - tail]:
            tail += 1
        head = decoded[: len(decoded) - tail]
        if not head.strip(BLANK):
            self._space(line)
        else:
            self._put(head, at, at + len(piece) - tail)
        if tail:
            self._keep(piece[len(piece) - tail :], at + len(piece) - tail)

    def _put(self, piece: str, start: int, end: int) -> None:
        self._flush(start)
        self.built.put(piece, Span(start, end))
        self.last = end
