"""A paragraph of a Word file as markup: what is printed of its runs, and the text boxes that hang on it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from html import escape
from typing import NamedTuple

from govnlp.read.docx_symbols import field_value, symbol
from govnlp.read.xml_tree import Node

_EMU = 9525  # units of a drawing in a pixel
_UNPRINTED = frozenset(
    ("w:del", "w:moveFrom", "w:instrText", "w:delText", "w:pPr", "w:rPr", "w:sdtPr", "w:sectPr", "w:rt", "w:delInstrText",
     "w:annotationRef", "w:footnoteRef", "w:endnoteRef", "w:softHyphen", "w:comment")
)  # fmt: skip
_NOTES = {"w:footnoteReference": "footnotes", "w:endnoteReference": "endnotes"}


class Inline(NamedTuple):
    """What a paragraph prints: its markup, the contents of its text boxes, the notes that it refers to."""

    markup: str
    boxes: tuple[Node, ...] = ()
    notes: tuple[tuple[str, str], ...] = ()


def inline(paragraph: Node, pictures: Mapping[str, str]) -> Inline:
    """What a paragraph prints; `pictures` are the files of pictures by their relationship.

    >>> text = Node("w:t", {}); text.text = "a<b"
    >>> run, paragraph = Node("w:r", {}), Node("w:p", {})
    >>> run.children, paragraph.children = [text, Node("w:br", {})], [run]
    >>> inline(paragraph, {}).markup
    'a&lt;b<br>'
    """
    writer = _Writer(pictures)
    writer.walk(paragraph.children)
    return Inline("".join(writer.pieces), tuple(writer.boxes), tuple(writer.notes))


def chosen(alternatives: Node) -> list[Node]:
    """What an `mc:AlternateContent` shows: the first of its choices, else what stands in for them."""
    first = alternatives.child("mc:Choice") or alternatives.child("mc:Fallback")
    return first.children if first else []


def content(control: Node) -> list[Node]:
    """What a content control (`w:sdt`) shows; an invitation to fill it in is nothing."""
    inside = control.child("w:sdtContent")
    return [] if inside is None or control.is_on("w:sdtPr", "w:showingPlcHdr") else inside.children


class _Writer:
    def __init__(self, pictures: Mapping[str, str]) -> None:
        self.pictures = pictures
        self.pieces: list[str] = []
        self.boxes: list[Node] = []
        self.notes: list[tuple[str, str]] = []
        self.instructions = 0  # how many fields we are in whose result has not begun
        self.size = ""

    def walk(self, nodes: Iterable[Node]) -> None:
        for node in nodes:
            write = _WRITERS.get(node.name)
            if write is not None:
                write(self, node)
            elif node.name not in _UNPRINTED:
                self.walk(node.children)

    def text(self, node: Node) -> None:
        if not self.instructions:
            self.pieces.append(escape(node.text, quote=False))

    def run(self, node: Node) -> None:
        """A run; what is formatted as hidden is not printed."""
        if not node.is_on("w:rPr", "w:vanish"):
            self.walk(node.children)

    def tab(self, _: Node) -> None:
        self.pieces.append("\t")

    def line_break(self, _: Node) -> None:
        self.pieces.append("<br>")

    def hyphen(self, _: Node) -> None:
        self.pieces.append("-")

    def symbol(self, node: Node) -> None:
        self.pieces.append(symbol(node))

    def field(self, node: Node) -> None:
        """The edges of a field: between begin and separate stands its instruction, then what it shows."""
        kind = node.get("w:fldCharType")
        if kind == "begin":
            self.pieces.append(escape(field_value(node), quote=False))
            self.instructions += 1
        elif self.instructions:
            self.instructions -= 1

    def alternatives(self, node: Node) -> None:
        self.walk(chosen(node))

    def control(self, node: Node) -> None:
        self.walk(content(node))

    def box(self, node: Node) -> None:
        self.boxes.append(node)

    def note(self, node: Node) -> None:
        self.notes.append((_NOTES[node.name], node.get("w:id")))

    def drawing(self, node: Node) -> None:
        extent = next(node.all("wp:extent"), None)
        sides = [extent.get("cx"), extent.get("cy")] if extent else []
        self.size = "".join(
            f' {name}="{int(side) // _EMU}"'
            for name, side in zip(("width", "height"), sides, strict=False)
            if side.isdecimal()
        )
        self.walk(node.children)
        self.size = ""

    def picture(self, node: Node) -> None:
        name = node.get("r:embed") or node.get("r:id") or node.get("r:link")
        source = self.pictures.get(name)
        if source:
            self.pieces.append(f'<img src="{escape(source)}"{self.size}>')


_WRITERS: Mapping[str, Callable[[_Writer, Node], None]] = {
    "w:t": _Writer.text, "m:t": _Writer.text, "w:r": _Writer.run,
    "w:tab": _Writer.tab, "w:ptab": _Writer.tab, "w:br": _Writer.line_break, "w:cr": _Writer.line_break,
    "w:noBreakHyphen": _Writer.hyphen, "w:sym": _Writer.symbol, "w:fldChar": _Writer.field,
    "mc:AlternateContent": _Writer.alternatives, "w:sdt": _Writer.control, "w:txbxContent": _Writer.box,
    "w:footnoteReference": _Writer.note, "w:endnoteReference": _Writer.note,
    "w:drawing": _Writer.drawing, "a:blip": _Writer.picture, "v:imagedata": _Writer.picture,
}  # fmt: skip
