"""The body of a Word file written as the markup that it stands for, so that one reader sees pages and Word files alike."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import groupby
from typing import NamedTuple

from govnlp.read.docx_inline import Inline, chosen, content, inline
from govnlp.read.docx_styles import Counter, Listing, Style, heading_level, number
from govnlp.read.docx_tables import Placed, rows
from govnlp.read.xml_tree import Node

_LONGEST_HEADING = 60
_FEWEST_TABBED = 3  # lines parted by tabs that look like a table
_GONE = frozenset(("w:del", "w:moveFrom", "w:sectPr", "w:pPr"))
_MOST_NOTES = 200
_PLAIN = Style()


class Parts(NamedTuple):
    """What a Word file holds: its body, styles and lists, the pictures by their relationship, the notes by kind and id."""

    body: Node
    styles: Mapping[str, Style]
    lists: Mapping[str, Listing]
    pictures: Mapping[str, str]
    notes: Mapping[tuple[str, str], Node]


class _Line(NamedTuple):
    """A paragraph: what it prints, the level of a heading (0: none), whether it is a line of a table of contents."""

    markup: str
    level: int = 0
    contents: bool = False


def markup(parts: Parts) -> str:
    """A Word file as markup: paragraphs, headings and tables in the order of print, the notes at the end.

    >>> text = Node("w:t", {}); text.text = "一、概述"
    >>> run, paragraph, body = Node("w:r", {}), Node("w:p", {}), Node("w:body", {})
    >>> run.children, paragraph.children, body.children = [text], [run], [paragraph]
    >>> markup(Parts(body, {}, {}, {}, {}))
    '<p>一、概述</p>'
    """
    writer = _Writer(parts)
    return "\n".join([_written(writer.blocks(parts.body.children)), *writer.footnotes()])


class _Writer:
    """Goes through the body once, counting lists and gathering notes on the way."""

    def __init__(self, parts: Parts) -> None:
        self.parts = parts
        self.counter = Counter(parts.lists)
        self.notes: list[tuple[str, str]] = []
        self.joined = ""  # what stands before the next paragraph: the end of the one before it was deleted

    def blocks(self, nodes: Iterable[Node]) -> Iterator[_Line | str]:
        for node in nodes:
            if node.name == "w:p":
                yield from self.paragraph(node)
            elif node.name == "w:tbl":
                yield self.table(node)
            elif node.name == "w:sdt":
                yield from self.blocks(content(node))
            elif node.name == "mc:AlternateContent":
                yield from self.blocks(chosen(node))
            elif node.name not in _GONE:
                yield from self.blocks(node.children)

    def paragraph(self, node: Node) -> Iterator[_Line | str]:
        style = self.parts.styles.get(node.value("w:pPr", "w:pStyle"), _PLAIN)
        shown = inline(node, self.parts.pictures)
        self.notes += shown.notes
        label = self.label(node, style, shown)
        text = self.joined + label + shown.markup
        self.joined = ""
        if node.child("w:pPr", "w:rPr", "w:del"):
            self.joined = text
        else:
            yield _Line(text, _level(node, style, text), style.contents)
        for box in shown.boxes:
            yield from self.blocks(box.children)

    def label(self, node: Node, style: Style, shown: Inline) -> str:
        """The number that Word prints before the paragraph (自动编号)."""
        own = node.child("w:pPr", "w:numPr")
        named = own.value("w:numId") if own else ""
        level = number(own.value("w:ilvl"), style.list_level) if own else style.list_level
        if not (named or style.list_) or (node.child("w:pPr", "w:rPr", "w:del") and not shown.markup):
            return ""
        return self.counter.next(named or style.list_, level)

    def table(self, node: Node) -> str:
        lines = ("".join(self.cell(cell) for cell in row) for row in rows(node))
        return "<table>" + "".join(f"<tr>{line}</tr>\n" for line in lines) + "</table>"

    def cell(self, cell: Placed) -> str:
        inside = list(self.blocks(cell.node.children)) if cell.node else []
        spans = (("colspan", cell.colspan), ("rowspan", cell.rowspan))
        opening = "<td" + "".join(f' {name}="{count}"' for name, count in spans if count > 1) + ">"
        return opening + _in_cell(inside) + "</td>"

    def footnotes(self) -> Iterator[str]:
        for name in list(dict.fromkeys(self.notes))[:_MOST_NOTES]:
            note = self.parts.notes.get(name)
            if note is not None:
                yield _written(self.blocks(note.children))


def _level(node: Node, style: Style, text: str) -> int:
    """The level of a heading; a passage of text that was made one by mistake is none."""
    outline = node.value("w:pPr", "w:outlineLvl")
    level = heading_level(outline) if outline else style.level
    return level if len(text) <= _LONGEST_HEADING and "。" not in text else 0


def _in_cell(blocks: Sequence[_Line | str]) -> str:
    if len(blocks) == 1 and isinstance(blocks[0], _Line):
        return blocks[0].markup
    return "".join(block if isinstance(block, str) else f"<p>{block.markup}</p>" for block in blocks)


def _written(blocks: Iterable[_Line | str]) -> str:
    written: list[str] = []
    for is_tabbed, group in groupby(blocks, key=_is_tabbed):
        found = list(group)
        if is_tabbed and len(found) >= _FEWEST_TABBED:
            written.append("<pre>" + "\n".join(one.markup for one in found if isinstance(one, _Line)) + "</pre>")
        else:
            written += [block if isinstance(block, str) else _marked(block) for block in found]
    return "\n".join(written)


def _is_tabbed(block: _Line | str) -> bool:
    """Whether tabs part what stands in the paragraph: three such lines may be a table without lines (制表位)."""
    if isinstance(block, str) or block.level or block.contents:
        return False
    return "\t" in block.markup.strip() and "<" not in block.markup


def _marked(line: _Line) -> str:
    if line.contents:
        return f"<nav><p>{line.markup}</p></nav>"
    name = f"h{min(line.level, 6)}" if line.level else "p"
    return f"<{name}>{line.markup}</{name}>"
