"""The lines of a page in the order of its source, where the parser moved some of them (text between table cells)."""

from __future__ import annotations

from govnlp.read.html_boxes import Line, Tree


def in_source_order(tree: Tree) -> list[Line]:
    """The lines in the order of the source, which differs from the tree's where text stands between a table's cells.

    Such text was moved out before its table; a line that it had joined is cut where the two meet.

    >>> from govnlp.read.html_source import mark
    >>> from govnlp.read.html_tree import grow
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
    if len(runs) < 2:
        return [line] if runs else []
    line.tokens = runs[0]
    return [line, *(line.box.add_line(tokens, line.kept) for tokens in runs[1:])]
