"""The headings of columns that stand before the figures of a line, and what has changed since the line before."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence

from govnlp.schema.forms import Form
from govnlp.schema.text import Span
from govnlp.tables.cells import Item, content
from govnlp.tables.match import column_of, known_labels
from govnlp.tables.place import Head

_FEWEST = {"matrix": 2}  # headings that make a header of a form; one is enough for the others
_MOST_PIECES = 5
_CODES = frozenset({"代码", "序号", "行次", "编号", "代号"})
# Columns beside those of the form that a report may well have.
PASSED_OVER = _CODES | {
    "备注",
    "说明",
    "上年数",
    "上年",
    "去年",
    "同期",
    "上年同期",
    "占比",
    "比例",
    "增减",
    "增幅",
    "同比",
    "小计",
    "单位",
}
_COUNTS = frozenset({"数量", "件数", "统计数", "数值"})
_YEAR = re.compile(r"((?:19|20)\d\d)年?(?:度)?(?:统计数|数量|数)?")


def heads_of(shape: Form, labels: Sequence[Item], year: int | None) -> tuple[Head, ...]:
    """The columns that these labels head, in order; empty where they head none.

    In a grid a label over columns that the form does not know is a head without key, so that its figures are passed
    over. In a run of cells the order of print says nothing (总计 is printed before 商业企业): the form's order serves.
    """
    labels = _of_last_block(labels) if shape.name == "article20" else labels
    labels = rejoined(labels, known_labels())
    known = [(_column(shape, label, year), label) for label in labels]
    found = [(column, label) for column, label in known if column is not None]
    if len({column for column, _ in found}) < _FEWEST.get(shape.name, 1) and not _is_one_count(found):
        return ()
    if any(label.column < 0 for _, label in found) or not _apart(found):
        return _by_form(shape, found)
    strange = _strange(shape, [label for column, label in known if column is None], [label for _, label in found])
    heads = [Head(shape.columns[column].key, label) for column, label in found] + [Head(None, one) for one in strange]
    return tuple(sorted(heads, key=lambda head: head.item.column if head.item else 0))


def _of_last_block(labels: Sequence[Item]) -> Sequence[Item]:
    """The labels behind the last 第二十条第( )项 and 信息内容: a block whose rows are gone has left its headings."""
    marks = [
        at for at, label in enumerate(labels) if label.text.startswith("第二十条") or label.content.bare == "信息内容"
    ]
    return labels[marks[-1] + 1 :] or labels if marks else labels


def _column(shape: Form, label: Item, year: int | None) -> int | None:
    """The column that a heading means; a year heads this year's figures or those of the year before."""
    printed = _YEAR.fullmatch(label.text)
    if shape.name == "stat2014" and printed and year:
        return {year: 0, year - 1: 1}.get(int(printed[1]))
    return column_of(shape.name, label.content.bare)


def _apart(found: Sequence[tuple[int, Item]]) -> bool:
    """Whether no two of the headings stand over the same column and none is given twice."""
    places = [column for _, label in found for column in range(label.column, label.end)]
    return len(places) == len(set(places)) and len({column for column, _ in found}) == len(found)


def _by_form(shape: Form, found: Sequence[tuple[int, Item]]) -> tuple[Head, ...]:
    """The headings in the order of the form, without places; a run of one block keeps the order of print."""
    first: dict[int, Item] = {}
    for column, label in found:
        first.setdefault(column, label)
    ordered = sorted(first) if shape.name == "matrix" else list(first)
    return tuple(Head(shape.columns[column].key, _placeless(first[column])) for column in ordered)


def _is_one_count(found: Sequence[tuple[int, Item]]) -> bool:
    """Whether the one heading is that of a matrix without applicants (数量)."""
    return len(found) == 1 and found[0][1].content.bare in _COUNTS


def _placeless(item: Item) -> Item:
    return Item(item.text, item.span, item.content, item.row)


def _strange(shape: Form, labels: Sequence[Item], found: Sequence[Item]) -> list[Item]:
    """The lowest labels over columns that the form does not know: remarks, codes, other organs beside the total."""
    taken = {column for label in found for column in range(label.column, label.end)}
    lowest = max(label.row for label in found)
    chosen: list[Item] = []
    for label in sorted(labels, key=lambda one: -one.row):
        places = set(range(label.column, label.end))
        beside = label.column > min(taken) or (label.row == lowest and label.column > 0) or label.content.bare in _CODES
        if beside and not places & taken and label.content.bare not in shape.column_groups:
            chosen.append(label)
            taken |= places
    return chosen


def rejoined(labels: Sequence[Item], known: Collection[str]) -> list[Item]:
    """Headings torn over several cells of a run (商业 | 企业) put together where only the whole is a heading."""
    joined: list[Item] = []
    at = 0
    while at < len(labels):
        size = next((size for size in range(_MOST_PIECES, 1, -1) if _is_torn(labels[at : at + size], size, known)), 1)
        joined.append(labels[at] if size == 1 else _whole(labels[at : at + size]))
        at += size
    return joined


def _is_torn(pieces: Sequence[Item], size: int, known: Collection[str]) -> bool:
    if len(pieces) < size or any(piece.column >= 0 or piece.content.bare in known for piece in pieces):
        return False
    return "".join(piece.content.bare for piece in pieces) in known


def _whole(pieces: Sequence[Item]) -> Item:
    text = "".join(piece.text for piece in pieces)
    return Item(text, Span(pieces[0].span.start, pieces[-1].span.end), content(text))
