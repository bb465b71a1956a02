"""Which rows and columns of a form a label can mean.

A label is compared bare (no numbering, brackets, spaces). Torn labels are joined, damaged ones matched by likeness, but
never against what sets a row apart from its neighbour: 政务头条… is not a misprint of 政务微博….
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache, lru_cache
from typing import NamedTuple

from rapidfuzz import fuzz, process
from rapidfuzz.distance import Levenshtein

from govnlp.schema.forms import TABLES, Form, FormTable, bare, form, remedy_axis

_LIKENESS = 80.0
_MOST_PIECES = 3
_SHORTEST_FUZZY = 4
_SHORTEST_TORN = 5
_LONG = 10
# Words that make another thing of a label: 未按时办结数, 上年制发件数, 行政申诉数.
_TURNING = (
    "未",
    "不",
    "非",
    "拟",
    "上年",
    "上一年",
    "去年",
    "上期",
    "同期",
    "累计",
    "转办",
    "申诉",
    "上级",
    "其中",
    "率",
    "占",
    "比",
)
_FUNCTION = str.maketrans("", "", "的总数量和或与及并等次件个者了")


class RowMatch(NamedTuple):
    """A row (its number in the form) that a label can mean, how surely, and how many labels of the line it takes."""

    row: int
    weight: float
    pieces: int


@lru_cache(maxsize=16384)
def row_matches(
    name: FormTable, own: tuple[str, ...], path: tuple[str, ...], printed: tuple[str, ...] = ()
) -> tuple[RowMatch, ...]:
    """The rows of a form that the last labels of a line can mean; empty where there is none.

    `own` are the bare labels of the row, `printed` the same as printed (a bracket may be torn), `path` the bare labels
    before them (headings of columns and of groups of rows).

    >>> [form("matrix").rows[match.row].key for match in row_matches("matrix", ("无", "法提供", "重复申请"), ())]
    ['unprocessed.duplicate']
    """
    shape = form(name)
    if len(own) > 1 and own[-1] in shape.ignored:
        # (三)不予公开 | 小计: the subtotal of a group is the group's own row.
        return tuple(
            match._replace(pieces=match.pieces + 1) for match in row_matches(name, own[:-1], path, printed[:-1])
        )
    for pieces, label in _readings(own, printed):
        rows = shape.row_index.get(label)
        if rows:
            before = (*path, *own[:-pieces])
            return tuple(RowMatch(row, 1.0 + _group_weight(shape, row, before), pieces) for row in rows)
    return tuple(
        RowMatch(match.row, match.weight + _group_weight(shape, match.row, (*path, *own[:-1])), match.pieces)
        for match in _near(name, own[-1] if own else "")
    )


def _readings(own: tuple[str, ...], printed: tuple[str, ...]) -> Iterator[tuple[int, str]]:
    """What the last labels can say together: the most pieces first, and at last those that tear a bracket."""
    most = min(_MOST_PIECES, len(own))
    yield from ((pieces, "".join(own[-pieces:])) for pieces in range(most, 0, -1))
    yield from ((pieces, bare("".join(printed[-pieces:]))) for pieces in range(2, min(most, len(printed)) + 1))


def _group_weight(shape: Form, row: int, before: tuple[str, ...]) -> float:
    """Whether the labels before speak for the group of the row, against it, or not at all."""
    group = shape.rows[row].group
    groups = _group_labels(shape.name)
    named = {groups[label] for label in before if label in groups}
    if not named or group is None:
        return 0.0
    return 0.3 if group in named else -0.2


@cache
def _group_labels(name: FormTable) -> dict[str, str]:
    """The labels of the rows that others stand under."""
    shape = form(name)
    groups = {row.group for row in shape.rows if row.group}
    return {label: row.key for row in shape.rows if row.key in groups for label in row.labels}


@lru_cache(maxsize=8192)
def _near(name: FormTable, label: str) -> tuple[RowMatch, ...]:
    """The row whose label is most like a damaged one, where it is clearly that row."""
    if len(label) < _SHORTEST_FUZZY or label in known_labels():
        return ()
    index = form(name).row_index
    torn = {row for full in index if len(label) >= _SHORTEST_TORN and full.startswith(label) for row in index[full]}
    if len(torn) == 1:
        return (RowMatch(torn.pop(), 0.8, 1),)
    found = process.extract(label, index.keys(), scorer=fuzz.ratio, score_cutoff=_LIKENESS / 2, limit=12)
    if not found or found[0][1] < _LIKENESS:
        return ()
    best, score, _ = found[0]
    rival = next((other for other, _, _ in found[1:] if not set(index[other]) & set(index[best])), "")
    if not _is_slip(label, best) or (rival and not _sets_apart(label, best, rival)):
        return ()
    return tuple(RowMatch(row, score / 100 * 0.9, 1) for row in index[best])


def _is_slip(label: str, best: str) -> bool:
    """Whether a label differs from the form's by a slip of print alone: no word more, no word that turns the meaning."""
    if any(word in label and word not in best for word in _TURNING):
        return False
    plain, form_label = label.translate(_FUNCTION), best.translate(_FUNCTION)
    return Levenshtein.distance(plain, form_label) <= (1 if len(form_label) < _LONG else 2)


def _sets_apart(label: str, best: str, rival: str) -> bool:
    """Whether the label holds what the best match has and its rival has not."""
    marks = set(best) - set(rival)
    return bool(marks) and len(marks & set(label)) * 2 >= len(marks)


@lru_cache(maxsize=4096)
def column_of(name: FormTable, label: str) -> int | None:
    """The column of a form that a heading means.

    >>> form("matrix").columns[column_of("matrix", "商业企业")].key
    'business'
    """
    index = form(name).column_index
    if label in index or len(label) < _SHORTEST_FUZZY or label in known_labels():
        return index.get(label)
    found = process.extractOne(label, index.keys(), scorer=fuzz.ratio, score_cutoff=_LIKENESS)
    return index[found[0]] if found and _is_slip(label, found[0]) else None


@cache
def known_labels() -> frozenset[str]:
    """Every label of every form."""
    axis = remedy_axis()
    words = set(axis.groups) | set(axis.leaves)
    for name in TABLES:
        shape = form(name)
        words.update(*(row.labels for row in shape.rows), *(column.labels for column in shape.columns))
        words |= shape.column_groups | shape.ignored
    return frozenset(words)


@cache
def plain_rows() -> frozenset[str]:
    """The labels that can only be those of a row with figures of its own: no heading, no column."""
    columns = {label for name in TABLES for label in form(name).column_index}
    words = set[str]()
    for name in TABLES:
        for row in form(name).rows:
            if not row.heading and not row.optional:
                words.update(row.labels)
    return frozenset(words - columns - set(remedy_axis().leaves))


@lru_cache(maxsize=8192)
def families(label: str) -> frozenset[FormTable]:
    """The forms that know a label, as a row, a column, or a heading.

    >>> sorted(families("行政许可"))
    ['article20']
    """
    axis = remedy_axis()
    found = {
        name
        for name in TABLES
        if label in form(name).row_index or label in form(name).column_index or label in form(name).column_groups
    }
    if label in axis.groups or label in axis.leaves:
        found.add("remedies")
    return frozenset(found)
