"""Tables that are made of lists and boxes: siblings of one shape, each holding the same number of short children."""

from __future__ import annotations

import re
from collections.abc import Sequence
from html import unescape
from typing import NamedTuple

from govnlp.read.html_boxes import APART, Box, Line, Tree
from govnlp.read.html_source import BLANK, Marked

_FEWEST_ROWS = 3
_LONGEST_CELL = 60
_LONGEST_SHORT_CELL = 24
_ROW_NAMES = frozenset(("div", "li", "ul", "dl", "section"))
_CELL_NAMES = frozenset(("div", "li", "p", "dd", "dt", "h4", "h5", "h6"))
_FIGURE = re.compile(r"\s*[-+]?[\d０-９][\d０-９,，.．]{0,15}\s*|\s*[-－—–/]?\s*")


def with_styled_tables(tree: Tree, marked: Marked) -> Tree:
    """The tree with such siblings as tables, rows and cells.

    >>> from govnlp.read.html_source import mark
    >>> from govnlp.read.html_tree import grow
    >>> page = mark("<ul>" + "".join(f"<li><div>{x}</div><div>1</div></li>" for x in "甲乙丙") + "</ul>")
    >>> len(with_styled_tables(grow(page), page).tables)
    1
    """
    waiting, known = [tree.root], len(tree.tables)
    while waiting:
        box = waiting.pop()
        if box.kind == "cell" and len(box.own) == len(box.children):
            continue
        inner = [child for child in box.children if isinstance(child, Box)]
        if box.kind == "block" and len(inner) >= _FEWEST_ROWS:
            _find(box, tree, marked)
            inner = [child for child in box.children if isinstance(child, Box)]
        waiting.extend(child for child in inner if child.kind != "table" or child.name)
    if len(tree.tables) > known:
        tree.lines = list(tree.root.lines())
    return tree


def _find(parent: Box, tree: Tree, marked: Marked) -> None:
    """Put each run of like siblings that reads as a table into a table box."""
    children, at = list[Box | Line](), 0
    while at < len(parent.children):
        rows = _run(parent.children, at, marked)
        if len(rows) >= _FEWEST_ROWS and _reads_as_table(rows):
            children.append(_table(parent, parent.children[at : at + len(rows)], rows, tree))
        else:
            children.extend(parent.children[at : at + max(1, len(rows))])
        at += max(1, len(rows))
    parent.children = children


class _Cut(NamedTuple):
    """A cell to be: its text for a look at it, and the tokens that it is made of."""

    text: str
    tokens: Sequence[int]


def _run(children: Sequence[Box | Line], at: int, marked: Marked) -> list[list[_Cut]]:
    """The rows from `at` on that have one element name and one number of cells."""
    rows: list[list[_Cut]] = []
    first = children[at]
    for number in range(at, len(children)):
        child = children[number]
        if not (isinstance(child, Box) and isinstance(first, Box) and child.name == first.name):
            break
        row = _cells(child, marked)
        if len(row) < 2 or (rows and len(row) != len(rows[0])):
            break
        rows.append(row)
    return rows


def _cells(row: Box, marked: Marked) -> list[_Cut]:
    if row.kind != "block" or row.name not in _ROW_NAMES:
        return []
    if len(row.children) == 1 and isinstance(row.children[0], Line):
        return _cut_line(row.children[0], marked)
    cuts = [_cut(child, marked) for child in row.children]
    found = [cut for cut in cuts if cut is not None]
    return found if len(found) == len(cuts) else []


def _cut(child: Box | Line, marked: Marked) -> _Cut | None:
    """A cell to be: a line, or a box with one line or none."""
    if isinstance(child, Box):
        if child.kind != "block" or child.name not in _CELL_NAMES or len(child.children) > 1:
            return None
        if not child.children:
            return _Cut("", ())
        child = child.children[0]
    if isinstance(child, Box) or child.linked:
        return None
    return _Cut(_text(child.tokens, marked), child.tokens)


def _cut_line(line: Line, marked: Marked) -> list[_Cut]:
    """The elements set apart in a line (`<li><span>规章</span><span>1</span></li>`), text outside them forbidden."""
    if APART not in line.tokens or line.linked:
        return []
    parts: list[list[int]] = [[]]
    for token in line.tokens:
        if token == APART:
            parts.append([])
        else:
            parts[-1].append(token)
    return [_Cut(_text(part, marked), part) for part in parts if any(token >= 0 for token in part)]


def _text(tokens: Sequence[int], marked: Marked) -> str:
    return unescape("".join(marked.texts[token] if token >= 0 else " " for token in tokens).strip(BLANK))


def _reads_as_table(rows: Sequence[Sequence[_Cut]]) -> bool:
    """Mostly short cells, a fifth of them figures, and labels of more than one kind."""
    texts = [cut.text for row in rows for cut in row]
    figures = sum(bool(text) and _FIGURE.fullmatch(text) is not None for text in texts)
    short = sum(len(text) <= _LONGEST_SHORT_CELL for text in texts)
    labels = {text for text in texts if not _FIGURE.fullmatch(text)}
    return (
        max(map(len, texts)) <= _LONGEST_CELL
        and short * 4 >= len(texts) * 3
        and figures * 5 >= len(texts)
        and len(labels) > 1
    )


def _table(parent: Box, boxes: Sequence[Box | Line], rows: Sequence[Sequence[_Cut]], tree: Tree) -> Box:
    table = Box("table", "", parent)
    tree.tables.append(table)
    for box, cuts in zip(boxes, rows, strict=True):
        if isinstance(box, Box):
            row = Box("row", box.name, table)
            row.children = [_cell(cut, row) for cut in cuts]
            table.children.append(row)
    return table


def _cell(cut: _Cut, row: Box) -> Box:
    """A cell box with one line."""
    cell = Box("cell", "div", row)
    cell.add_line([token for token in cut.tokens if token != APART], kept=True)
    return cell
