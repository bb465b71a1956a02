"""All labels first and the figures after them: such a table is told by one line, and is unrolled into the lines it had.

Only where the count of the figures is exactly that of the places is anything placed; a 统计表 of several columns, which
no total confirms, is not.
"""

from __future__ import annotations

from collections.abc import Sequence

from govnlp.schema.forms import Form, FormRow
from govnlp.tables.align import align
from govnlp.tables.bands import Matched
from govnlp.tables.cells import Item
from govnlp.tables.heads import heads_of
from govnlp.tables.lines import Line
from govnlp.tables.match import known_labels, row_matches
from govnlp.tables.place import Head

_FEWEST_ROWS = 3
_FAIR_SHARE = 0.8


def unroll(shape: Form, lines: Sequence[Matched], year: int | None) -> list[Matched]:
    """The lines of a printing, those that hold many rows of labels before many figures unrolled.

    A line that cannot be unrolled stays as it is, without its row, so that its figures are reported.
    """
    done: list[Matched] = []
    waiting: list[Matched] = []
    for one in lines:
        rows = sum(_is_row(shape, label) for label in _labels([*waiting, one]))
        if one.line.in_grid or one.line.values == () or rows < _FEWEST_ROWS or len(one.line.values) < rows:
            waiting = [*waiting, one] if one.line.values == () else []
            done.append(one)
            continue
        del done[len(done) - len(waiting) :]
        done += _unrolled(shape, [*waiting, one], year)
        waiting = []
    return done


def _labels(lines: Sequence[Matched]) -> list[Item]:
    return [label for one in lines for label in one.line.labels]


def _is_row(shape: Form, label: Item) -> bool:
    rows = shape.row_index.get(label.content.bare, ())
    return bool(rows) and not shape.rows[rows[0]].heading and label.content.bare not in shape.column_index


def _is_heading(shape: Form, label: Item) -> bool:
    """其他 and 总计 head columns, but (七)总计 and 3.其他 name rows."""
    return label.content.bare in shape.column_index and label.text[:1] not in "(0123456789"


def _unrolled(shape: Form, lines: Sequence[Matched], year: int | None) -> list[Matched]:
    labels, last = _labels(lines), lines[-1].line
    units = [unit for one in lines for unit in one.line.units]
    matches = [
        () if _is_heading(shape, label) else row_matches(shape.name, (label.content.bare,), ()) for label in labels
    ]
    chosen = align(matches, len(shape.rows), by_label=False)
    rows = [(at, shape.rows[row]) for at, row in enumerate(chosen) if row is not None]
    rows = [(at, row) for at, row in rows if not row.heading]
    groups = {row.group for _, row in rows}
    rows = [(at, row) for at, row in rows if not (row.optional and row.key in groups)]
    counts = _counts(shape, labels, rows, year)
    first, past = (rows[0][0], rows[-1][0]) if rows else (0, 0)
    if any(
        not match and label.content.bare not in known_labels()
        for match, label in zip(matches[first:past], labels[first:past], strict=True)
    ):
        # A label that is torn or of another form may have figures of its own among these.
        return [Matched(last, ())]
    if sum(counts) == len(last.values) and (shape.name != "stat2014" or set(counts) == {1}):
        made = _dealt(labels, units, last, rows, counts)
        if _adds_up(shape, made, labels, year):
            return [Matched(line, row_matches(shape.name, (line.labels[-1].content.bare,), ())) for line in made]
    return [Matched(last, ())]


def _counts(shape: Form, labels: Sequence[Item], rows: Sequence[tuple[int, FormRow]], year: int | None) -> list[int]:
    """How many figures each row has: as many as the headings last printed before it."""
    heads: tuple[Head, ...] = ()
    counts: list[int] = []
    start = 0
    for at, _ in rows:
        heads = heads_of(shape, labels[start:at], year) or heads
        counts.append(len(heads) or (1 if shape.name == "stat2014" else 0))
        start = at + 1
    return counts


def _dealt(
    labels: Sequence[Item],
    units: Sequence[Item],
    last: Line,
    rows: Sequence[tuple[int, FormRow]],
    counts: Sequence[int],
) -> list[Line]:
    """One line a row, with the headings before it, the units behind its label, and its share of the figures."""
    made: list[Line] = []
    start = first = 0
    for (at, _), count in zip(rows, counts, strict=True):
        until = labels[at + 1].span.start if at + 1 < len(labels) else last.values[0].span.start
        own = tuple(unit for unit in units if labels[at].span.end <= unit.span.start < until)
        made.append(
            Line(
                tuple(labels[start : at + 1]),
                tuple(last.values[first : first + count]),
                own,
                1,
                last.table,
                in_grid=False,
            )
        )
        start, first = at + 1, first + count
    return made


def _adds_up(shape: Form, made: Sequence[Line], labels: Sequence[Item], year: int | None) -> bool:
    """Whether the rows fit their own totals; a form without totals cannot contradict."""
    heads = heads_of(shape, labels, year)
    if shape.total is None or not heads or heads[-1].key != shape.total:
        return True
    sums = [[value.content.figure.value if value.content.figure else 0 for value in line.values] for line in made]
    return sum(row[-1] == sum(row[:-1]) for row in sums) >= len(sums) * _FAIR_SHARE
