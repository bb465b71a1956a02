"""XML of office files as a tree of small nodes: no document type, no entities, no network, bounded depth and number."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import NamedTuple
from xml.parsers import expat

# Each namespace by a prefix of ours; the strict form of the standard has names of its own for the same things.
_PREFIXES: Mapping[str, str] = {
    "http://schemas.openxmlformats.org/wordprocessingml/2006/main": "w",
    "http://purl.oclc.org/ooxml/wordprocessingml/main": "w",
    "http://schemas.openxmlformats.org/officeDocument/2006/relationships": "r",
    "http://purl.oclc.org/ooxml/officeDocument/relationships": "r",
    "http://schemas.openxmlformats.org/drawingml/2006/main": "a",
    "http://purl.oclc.org/ooxml/drawingml/main": "a",
    "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing": "wp",
    "http://purl.oclc.org/ooxml/drawingml/wordprocessingDrawing": "wp",
    "http://schemas.openxmlformats.org/officeDocument/2006/math": "m",
    "http://purl.oclc.org/ooxml/officeDocument/math": "m",
    "http://schemas.openxmlformats.org/markup-compatibility/2006": "mc",
    "http://schemas.openxmlformats.org/spreadsheetml/2006/main": "x",
    "http://purl.oclc.org/ooxml/spreadsheetml/main": "x",
    "urn:schemas-microsoft-com:vml": "v",
}
_DEEPEST = 200
_SMALL_CELL = 8  # elements; the cell of a table of figures has its settings and a line or two


class Node:
    """An element: its name (`w:tc`; a namespace that is not known gives no prefix), attributes, children, own text."""

    __slots__ = ("attributes", "children", "name", "text")

    def __init__(self, name: str, attributes: Mapping[str, str]) -> None:
        self.name, self.attributes = name, attributes
        self.children: list[Node] = []
        self.text = ""

    def get(self, name: str) -> str:
        """An attribute, empty where it has none."""
        return self.attributes.get(name, "")

    def child(self, *path: str) -> Node | None:
        """The first child of this name, then its first child of the next name, and so on."""
        node: Node | None = self
        for name in path:
            node = next((one for one in node.children if one.name == name), None) if node else None
        return node

    def value(self, *path: str) -> str:
        """The `w:val` of the node that `path` leads to, empty where there is none."""
        node = self.child(*path)
        return node.get("w:val") if node else ""

    def is_on(self, *path: str) -> bool:
        """Whether the switch that `path` leads to is there and not turned off."""
        node = self.child(*path)
        return node is not None and node.get("w:val") not in ("0", "false", "off")

    def all(self, name: str) -> Iterator[Node]:
        """Every node of this name inside, in order, however deep."""
        waiting = self.children[::-1]
        while waiting:
            node = waiting.pop()
            if node.name == name:
                yield node
            waiting.extend(reversed(node.children))


class Parsed(NamedTuple):
    """The root as far as it was read (none where nothing was), and what ended the reading too early.

    `unfinished` are the elements that were open then, from the root inwards: what they hold may lack its end.
    """

    root: Node | None
    fault: str | None = None
    unfinished: tuple[Node, ...] = ()

    def without_torn(self, row: str, line: str) -> None:
        """Take out what the break tore: a figure cut in two, a cell that only looks blank.

        That is the innermost unfinished element named `row`, or that named `line` where there is none, or where the
        row's cell holds so much that it lays out a page.
        """
        path = self.unfinished
        rows = [at for at, one in enumerate(path) if one.name == row]
        lines = [at for at, one in enumerate(path) if one.name == line]
        is_table = rows and sum(len(cell.children) for cell in path[rows[-1] + 1 :][:1]) <= _SMALL_CELL
        torn = rows[-1] if is_table else lines[-1] if lines else 0
        if torn:
            path[torn - 1].children.remove(path[torn])


def parse(data: bytes, most: int) -> Parsed:
    """A part of an office file; at most `most` elements are read, and what is broken is read up to the break.

    >>> parse(b'<p xmlns="urn:schemas-microsoft-com:vml"><t>3<t></p>', 9)[1]
    'its XML is broken in line 1'
    >>> parse(b'<!DOCTYPE p [<!ENTITY a "b">]><p>&a;</p>', 9)
    Parsed(root=None, fault='its XML declares a document type', unfinished=())
    """
    grower = _Grower(most)
    parser = expat.ParserCreate(namespace_separator=" ")
    parser.buffer_text = True
    parser.StartElementHandler = grower.start
    parser.EndElementHandler = grower.end
    parser.CharacterDataHandler = grower.characters
    parser.StartDoctypeDeclHandler = grower.document_type
    try:
        parser.Parse(data, True)
    except _StopError as error:
        return Parsed(grower.root, str(error), tuple(grower.open))
    except (expat.ExpatError, ValueError, LookupError):
        return Parsed(grower.root, f"its XML is broken in line {parser.CurrentLineNumber}", tuple(grower.open))
    return Parsed(grower.root)


class _StopError(Exception):
    """What a part holds that is not read on."""


class _Grower:
    def __init__(self, most: int) -> None:
        self.root: Node | None = None
        self.open: list[Node] = []
        self.texts: list[list[str]] = []
        self.names: dict[str, str] = {}
        self.left = most

    def start(self, name: str, attributes: dict[str, str]) -> None:
        self.left -= 1
        if self.left < 0 or len(self.open) >= _DEEPEST:
            raise _StopError("it has more elements than the limit" if self.left < 0 else "its elements nest too deeply")
        node = Node(self._short(name), {self._short(key): value for key, value in attributes.items()})
        if self.open:
            self.open[-1].children.append(node)
        elif self.root is None:
            self.root = node
        self.open.append(node)
        self.texts.append([])

    def end(self, _: str) -> None:
        self.open.pop().text = "".join(self.texts.pop())

    def characters(self, text: str) -> None:
        self.texts[-1].append(text)

    def document_type(self, *_: object) -> None:
        raise _StopError("its XML declares a document type")

    def _short(self, name: str) -> str:
        short = self.names.get(name)
        if short is None:
            namespace, _, local = name.rpartition(" ")
            prefix = _PREFIXES.get(namespace)
            short = self.names[name] = f"{prefix}:{local}" if prefix else local
        return short
