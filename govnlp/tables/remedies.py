"""四、行政复议、行政诉讼情况: one row of figures under two or three rows of headings."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from typing import NamedTuple

from govnlp.schema.facts import Period, Scope
from govnlp.schema.forms import remedy_axis
from govnlp.tables.cells import Content, Item
from govnlp.tables.heads import rejoined
from govnlp.tables.lines import Line
from govnlp.tables.place import Head, Sum

_WHOLE = frozenset({"合计", "总计", "汇总", "总数", "全市", "全县", "全区", "全省", "本年", "本年度", "今年"})
_YEAR = re.compile(r"((?:19|20)\d\d)年?(?:度)?")
_ORDER = ("upheld", "corrected", "other", "pending", "total")
_FEWEST = 3
_PLAIN = 6  # characters of 行政诉讼情况: longer names are those of one way to court


def is_wide(line: Line) -> bool:
    """Whether a line has the headings of this table before several figures."""
    leaves = sum(label.content.bare in remedy_axis().leaves for label in line.labels)
    return leaves >= _FEWEST and (not line.values or len(line.values) >= _FEWEST)


def remedy_heads(line: Line) -> tuple[Head, ...]:
    """A head `review.upheld` … for each figure of the row; empty where the headings do not tell.

    In a sound grid the group (行政复议, 未经复议直接起诉, 复议后起诉) is the heading above. Otherwise the leaves are taken in
    the order of print: a new group begins where 结果维持 comes round again.
    """
    axis = remedy_axis()
    labels = rejoined(line.labels, axis.groups.keys() | axis.leaves.keys())
    leaves = [label for label in labels if label.content.bare in axis.leaves]
    groups = [_with_group(label) for label in labels if label.content.bare in axis.groups]
    return _by_position(leaves, groups) or _by_order(leaves, groups)


def _with_group(label: Item) -> Item:
    """行政诉讼(未经复议直接起诉) is the group that its bracket names."""
    named = next((name for name in remedy_axis().groups if len(name) > _PLAIN and name in label.text), None)
    return replace(label, content=Content("label", bare=named)) if named else label


def _by_position(leaves: Sequence[Item], groups: Sequence[Item]) -> tuple[Head, ...]:
    axis = remedy_axis()
    places = [column for leaf in leaves for column in range(leaf.column, leaf.end)]
    if any(leaf.column < 0 for leaf in leaves) or len(places) != len(set(places)):
        return ()
    heads: list[Head] = []
    for leaf in sorted(leaves, key=lambda one: one.column):
        above = [group for group in groups if group.column <= leaf.column < group.end]
        if not above:
            return ()
        lowest = max(above, key=lambda group: group.row)
        heads.append(Head(f"{axis.groups[lowest.content.bare]}.{axis.leaves[leaf.content.bare]}", leaf))
    return tuple(heads) if len({head.key for head in heads}) == len(heads) else ()


def _by_order(leaves: Sequence[Item], groups: Sequence[Item]) -> tuple[Head, ...]:
    axis = remedy_axis()
    runs: list[list[Item]] = []
    for leaf in leaves:
        place = _ORDER.index(axis.leaves[leaf.content.bare])
        if not runs or place <= _ORDER.index(axis.leaves[runs[-1][-1].content.bare]):
            runs.append([])
        runs[-1].append(leaf)
    names = _run_groups(len(runs), list(dict.fromkeys(axis.groups[group.content.bare] for group in groups)))
    return tuple(
        Head(f"{name}.{axis.leaves[leaf.content.bare]}", Item(leaf.text, leaf.span, leaf.content))
        for name, run in zip(names, runs, strict=False)
        for leaf in run
    )


def _run_groups(runs: int, printed: list[str]) -> list[str]:
    """The groups of the runs of leaves, in order of print; 行政诉讼 is one only where it is not divided."""
    divided = [name for name in printed if name.startswith("litigation_")]
    whole = [name for name in printed if not name.startswith("litigation_") and not (divided and name == "litigation")]
    names = whole + divided
    return names if len(names) == runs else []


class RemedyRow(NamedTuple):
    """A row of figures of this table, and whose or which year's they are."""

    line: Line
    heads: tuple[Head, ...]
    scope: Scope = "own"
    period: Period = "year"


def remedy_rows(lines: Sequence[Line], year: int | None) -> list[RemedyRow]:
    """The rows of figures of one printing, each under the headings last printed.

    Of several rows (本级, 部门, 合计; 2021年, 2022年) the one of the whole and of the report year is the report's own; where
    none is told to be, there are no heads, so that nothing is taken for the whole.
    """
    heads: tuple[Head, ...] = ()
    rows: list[RemedyRow] = []
    for line in lines:
        heads = remedy_heads(line) if is_wide(line) else heads
        if line.values:
            rows.append(RemedyRow(line, heads))
    # Empty cells beside headings are no row, unless nothing else is: then the row is blank.
    rows = [row for row in rows if any(value.kind != "empty" for value in row.line.values)] or rows[-1:]
    if len({row.heads for row in rows}) == len(rows):
        return rows
    named = [_named(row, year) for row in rows]
    if any(row.scope == "own" and row.period == "year" for row in named):
        return named
    return [row._replace(heads=()) for row in rows]


def _named(row: RemedyRow, year: int | None) -> RemedyRow:
    label = row.line.labels[-1].text if row.line.labels and row.line.own else ""
    printed = _YEAR.fullmatch(label)
    if printed and year:
        here = int(printed[1])
        return row._replace(
            period="year" if here == year else "previous", scope="own" if here >= year - 1 else "subordinate"
        )
    return row if label in _WHOLE else row._replace(scope="subordinate")


def remedy_sums(heads: Sequence[Head]) -> tuple[Sum, ...]:
    """总计 = 结果维持 + 结果纠正 + 其他结果 + 尚未审结, for each group whose total is printed."""
    keys = [head.key or "" for head in heads]
    groups = dict.fromkeys(key.split(".")[0] for key in keys)
    return tuple(
        Sum(
            keys.index(f"{group}.total"),
            tuple(at for at, key in enumerate(keys) if key.startswith(f"{group}.") and not key.endswith(".total")),
        )
        for group in groups
        if f"{group}.total" in keys
    )
