"""四、行政复议、行政诉讼情况: one row of figures under two or three rows of headings."""

from __future__ import annotations

from collections.abc import Sequence

from govnlp.schema.forms import remedy_axis
from govnlp.tables.cells import Item
from govnlp.tables.heads import rejoined
from govnlp.tables.lines import Line
from govnlp.tables.place import Head, Sum

_ORDER = ("upheld", "corrected", "other", "pending", "total")
_FEWEST = 3


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
    groups = [label for label in labels if label.content.bare in axis.groups]
    return _by_position(leaves, groups) or _by_order(leaves, groups)


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


def remedy_sums(heads: Sequence[Head]) -> tuple[Sum, ...]:
    """总计 = 结果维持 + 结果纠正 + 其他结果 + 尚未审结, for each group whose total is printed."""
    keys = [head.key or "" for head in heads]
    groups = dict.fromkeys(key.split(".")[0] for key in keys)
    return tuple(
        Sum(keys.index(f"{group}.total"), tuple(at for at, key in enumerate(keys) if key.startswith(f"{group}.") and not key.endswith(".total")))
        for group in groups
        if f"{group}.total" in keys
    )
