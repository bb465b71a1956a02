"""Cells of a table of figures that show a picture or a field of a form where the others print a figure."""

from __future__ import annotations

from collections.abc import Iterator

from govnlp.read.html_boxes import Box, Line, Tree
from govnlp.read.html_source import Marked
from govnlp.schema.facts import Evidence
from govnlp.schema.report import Issue
from govnlp.schema.text import Span

_FEWEST_FIGURES = 3
_LONGEST_FIGURE = 12
_LONGEST_LABEL = 30


def note_pictured(tree: Tree, marked: Marked) -> tuple[Issue, ...]:
    """Set `pictured` on the lines of such cells, and say where they are: `picture_in_cell` (error) for each.

    >>> from govnlp.read.html_source import mark
    >>> from govnlp.read.html_tree import grow
    >>> marked = mark("<table><tr><td>规章<td><img src=n.png><td>1<td>2<td>3</table>")
    >>> [issue.code for issue in note_pictured(grow(marked), marked)]
    ['picture_in_cell']
    """
    if not tree.pictured:
        return ()
    counted: dict[int, bool] = {}
    issues = []
    for line in tree.pictured:
        row, table = _around(line, "row"), _around(line, "table")
        if row is None or table is None:
            continue
        if id(table) not in counted:
            counted[id(table)] = _has_figures(table, marked)
        if counted[id(table)]:
            line.pictured = True
            issues.append(_issue(line, row, marked))
    return tuple(issues)


def _around(line: Line, kind: str) -> Box | None:
    box: Box | None = line.box
    while box is not None and box.kind != kind:
        box = box.parent
    return box


def _has_figures(table: Box, marked: Marked) -> bool:
    texts = (text for row in table.boxes("row") for text in _texts(row, marked))
    return sum(text.isdigit() and len(text) <= _LONGEST_FIGURE for text in texts) >= _FEWEST_FIGURES


def _texts(row: Box, marked: Marked) -> Iterator[str]:
    """What each cell of a row holds."""
    for cell in row.boxes("cell"):
        yield "".join(marked.texts[token] for line in cell.own for token in line.tokens if token >= 0).strip()


def _issue(line: Line, row: Box, marked: Marked) -> Issue:
    label = next(filter(None, _texts(row, marked)), "")[:_LONGEST_LABEL]
    number = line.tokens[0] if line.tokens else 0
    start = marked.starts[number] + len(marked.texts[number])
    end = marked.starts[number + 1] if number + 1 < len(marked.starts) else start
    message = f"row {label}: a cell shows a picture or a field of a form in place of a figure, and was not read."
    evidence = Evidence(span=Span(0, 0), source_span=Span(start, end))
    return Issue(code="picture_in_cell", severity="error", message=message, evidence=evidence)
