"""Pieces of lines in known columns to the cells of a table: labels over several lines, headings, blanks."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from govnlp.read.page import Line, Table, TableCell
from govnlp.read.paged_pieces import around, joined
from govnlp.schema.document import Box

SAME_LEFT = 3.0  # points
_PITCH = 1.6  # em between two lines of one label
_LEVEL = 0.6  # em by which the pieces of a row may differ in height
_TOUCH = 0.2  # em between the heights of a group's name and of a label beside it


class Column(NamedTuple):
    """Where the figures of a column stand."""

    left: float
    right: float


class _Block(NamedTuple):
    """Lines one below the other that are one text; `rows` are the numbers of the rows of figures beside them."""

    lines: tuple[Line, ...]
    rows: tuple[int, ...] = ()

    @property
    def box(self) -> Box:
        return around([line.box for line in self.lines])

    @property
    def middle(self) -> float:
        return (self.box[1] + self.box[3]) / 2


def aligned(pieces: Sequence[Line], columns: Sequence[Column], values: set[int]) -> Table | None:
    """The table of `pieces`; `values` holds the `id`s of those that are figures or units in `columns`."""
    figures = [piece for piece in pieces if id(piece) in values and _column(columns, piece) is not None]
    levels = _levels(figures)
    labels, heads = _labels_and_heads([piece for piece in pieces if id(piece) not in values], columns[0])
    starts = _starts(labels)
    blocks = _owned(_all_blocks(labels, starts, levels), levels)
    whole = _unwrapped(levels, blocks)
    if len(whole) < len(levels):
        levels, blocks = whole, _owned(_all_blocks(labels, starts, whole), whole)
    if not blocks and not heads:
        return None
    rows = _rows(levels, blocks, _headings(heads, columns))
    cells = [cell for at, row in enumerate(rows) for cell in _cells(row, at, starts, columns)]
    return Table(
        tuple(sorted(cells, key=lambda cell: (cell.row, cell.column))), around([piece.box for piece in pieces])
    )


def _labels_and_heads(pieces: Sequence[Line], first: Column) -> tuple[list[Line], list[Line]]:
    """What stands left of the figures, and what stands over them; a heading may begin a little left of its figures."""
    edge = max((piece.box[2] for piece in pieces if piece.box[2] <= first.left), default=float("-inf"))
    heads = [one for one in pieces if one.box[0] >= first.left or (one.box[2] > first.left and one.box[0] >= edge)]
    above = {id(one) for one in heads}
    return [one for one in pieces if id(one) not in above], heads


def _column(columns: Sequence[Column], piece: Line) -> int | None:
    """The column that a piece stands in."""
    left, right = piece.box[0], piece.box[2]
    return next((at for at, one in enumerate(columns) if left < one.right and one.left < right), None)


def _levels(figures: Sequence[Line]) -> list[list[Line]]:
    """Figures by the height at which they stand."""
    levels: list[list[Line]] = []
    for piece in sorted(figures, key=lambda one: one.box[1] + one.box[3]):
        if levels and abs(_middle(levels[-1][0]) - _middle(piece)) <= _LEVEL * piece.size:
            levels[-1].append(piece)
        else:
            levels.append([piece])
    return levels


def _middle(line: Line) -> float:
    return (line.box[1] + line.box[3]) / 2


def _starts(labels: Sequence[Line]) -> list[float]:
    """Where labels begin, from left to right."""
    starts: list[float] = []
    for left in sorted(piece.box[0] for piece in labels):
        if not starts or left - starts[-1] > SAME_LEFT:
            starts.append(left)
    return starts


def _start(starts: Sequence[float], piece: Line) -> float:
    return min(starts, key=lambda one: abs(one - piece.box[0]))


def _all_blocks(labels: Sequence[Line], starts: Sequence[float], levels: Sequence[Sequence[Line]]) -> list[_Block]:
    """The labels put together, those that begin at one place after the other."""
    groups = ([one for one in labels if _start(starts, one) == start] for start in starts)
    return [block for group in groups for block in _blocks(group, levels)]


def _blocks(labels: Sequence[Line], levels: Sequence[Sequence[Line]]) -> Iterator[_Block]:
    """Labels that begin at one place; a long one goes on in the next line, unless that has figures of its own."""
    held: list[Line] = []
    for line in sorted(labels, key=lambda one: one.box[1]):
        if held and line.box[1] - held[-1].box[1] > _PITCH * line.size:
            yield from _parted(held, levels)
            held = []
        held.append(line)
    yield from _parted(held, levels)


def _parted(lines: Sequence[Line], levels: Sequence[Sequence[Line]]) -> Iterator[_Block]:
    """A block, or where several of its lines have figures at their height, one block for each."""
    if not lines:
        return
    beside = [_level_of(line, levels) for line in lines]
    owned = [at for at, level in enumerate(beside) if level is not None]
    if len(owned) < 2:
        yield _Block(tuple(lines))
        return
    first = 0
    for at, end in zip(owned, [*owned[1:], len(lines)], strict=True):
        level = beside[at]
        yield _Block(tuple(lines[first:end]), () if level is None else (level,))
        first = end


def _level_of(line: Line, levels: Sequence[Sequence[Line]]) -> int | None:
    for at, level in enumerate(levels):
        if abs(_middle(level[0]) - _middle(line)) <= _LEVEL * line.size / 2:
            return at
    return None


def _owned(blocks: Sequence[_Block], levels: Sequence[Sequence[Line]]) -> list[_Block]:
    """Blocks with the rows of figures that stand beside them: the label of a row has one, a caption none."""
    return [block if block.rows else block._replace(rows=_inside(block, levels)) for block in blocks]


def _inside(block: _Block, levels: Sequence[Sequence[Line]]) -> tuple[int, ...]:
    top, bottom = block.box[1], block.box[3]
    return tuple(at for at, level in enumerate(levels) if top <= _middle(level[0]) <= bottom)


def _unwrapped(levels: Sequence[list[Line]], blocks: Sequence[_Block]) -> list[list[Line]]:
    """The levels, those without a label joined to one close by that has one: a figure on two lines of a narrow column."""
    owned = {at for block in blocks for at in block.rows}
    whole = {at: list(levels[at]) for at in range(len(levels)) if at in owned or not owned}
    for at in sorted(set(range(len(levels))) - whole.keys()):
        line = levels[at][0]
        near = min(owned, key=lambda one: abs(_middle(levels[one][0]) - _middle(line)))
        if abs(_middle(levels[near][0]) - _middle(line)) <= _PITCH * line.size:
            whole[near] += levels[at]
        else:
            whole[at] = list(levels[at])
    return [whole[at] for at in sorted(whole)]


def _headings(heads: Sequence[Line], columns: Sequence[Column]) -> list[_Block]:
    """Headings over the figures; those of several lines are put together."""
    groups: list[list[Line]] = []
    for line in sorted(heads, key=lambda one: (one.box[1], one.box[0])):
        group = next((one for one in groups if _is_below(line, one[-1])), None)
        if group:
            group.append(line)
        else:
            groups.append([line])
    return [_Block(tuple(group)) for group in groups]


def _is_below(line: Line, above: Line) -> bool:
    """Whether a line goes on with the heading above it: close below, and set in its middle or at its left."""
    step = line.box[1] - above.box[1]
    if not 0 < step <= _PITCH * line.size:
        return False
    centred = abs(line.box[0] + line.box[2] - above.box[0] - above.box[2]) <= line.size
    return (centred or abs(line.box[0] - above.box[0]) <= SAME_LEFT) and line.box[2] <= above.box[2] + line.size / 2


class _Row(NamedTuple):
    """A row of the table: its labels, its headings, its figures, and its height on the page."""

    labels: list[_Block]
    heads: list[_Block]
    figures: list[Line]
    middle: float


def _rows(levels: Sequence[Sequence[Line]], labels: Sequence[_Block], heads: Sequence[_Block]) -> list[_Row]:
    """The rows from top to bottom; labels and headings without figures are rows of their own."""
    rows = [_Row([], [], list(level), _middle(level[0])) for level in levels]
    loose: list[_Row] = []
    for block in labels:
        near = _near(block, rows, labels)
        if near is None:
            loose.append(_Row([block], [], [], block.middle))
        else:
            rows[near].labels.append(block)
    for block in heads:
        level_with = [row for row in loose if row.heads and _is_level(row.heads[0].box, block.box)]
        level = min(level_with, key=lambda row: abs(row.middle - block.middle), default=None)
        if level:
            level.heads.append(block)
        else:
            loose.append(_Row([], [block], [], block.middle))
    return sorted([*rows, *loose], key=lambda row: row.middle)


def _is_level(one: Box, two: Box) -> bool:
    """Whether headings stand in one row, set in its middle or at its top."""
    common = min(one[3], two[3]) - max(one[1], two[1])
    return common > _LEVEL * min(one[3] - one[1], two[3] - two[1])


def _near(block: _Block, rows: Sequence[_Row], labels: Sequence[_Block]) -> int | None:
    """The row that a label stands beside; a group's name stands beside the one in the middle of its rows."""
    if block.rows:
        return min(block.rows, key=lambda at: abs(rows[at].middle - block.middle))
    right = [one for one in labels if one.rows and one.box[0] > block.box[2] and _is_beside(one.box, block)]
    if not right:
        return None
    return min((at for one in right for at in one.rows), key=lambda at: abs(rows[at].middle - block.middle))


def _is_beside(box: Box, block: _Block) -> bool:
    """Whether two labels stand at one height, if only by their edges."""
    return min(box[3], block.box[3]) - max(box[1], block.box[1]) > -_TOUCH * block.lines[0].size


def _cells(row: _Row, at: int, starts: Sequence[float], columns: Sequence[Column]) -> Iterator[TableCell]:
    """The cells of a row: a label reaches to the next one or to the figures; a column without a figure has a blank."""
    first = max(len(starts), 1)
    labels = sorted(row.labels, key=lambda block: block.box[0])
    places = [starts.index(_start(starts, block.lines[0])) for block in labels]
    for block, place, after in zip(labels, places, [*places, first][1:], strict=True):
        yield _cell(block.lines, at, place, max(1, after - place))
    taken: set[int] = set()
    for block in row.heads:
        under = _under(block, columns)
        taken.update(under)
        yield _cell(block.lines, at, first + under[0], len(under))
    if row.heads and not row.figures:
        return
    for number, column in enumerate(columns):
        here = sorted((one for one in row.figures if _column(columns, one) == number), key=lambda one: one.box[1])
        if here:
            yield _cell(here, at, first + number, 1)
        elif number not in taken:
            box = (column.left, row.middle, column.right, row.middle)
            yield TableCell("", at, first + number, 1, 1, box)


def _under(block: _Block, columns: Sequence[Column]) -> list[int]:
    """The columns under a heading: those whose middle it covers, or the one that is nearest."""
    left, _, right, _ = block.box
    middles = [(column.left + column.right) / 2 for column in columns]
    covered = [at for at, middle in enumerate(middles) if left <= middle <= right]
    return covered or [min(range(len(middles)), key=lambda at: abs(middles[at] - (left + right) / 2))]


def _cell(lines: Sequence[Line], row: int, column: int, colspan: int) -> TableCell:
    return TableCell(
        joined([line.text for line in lines]),
        row,
        column,
        1,
        colspan,
        around([line.box for line in lines]),
        min(line.confidence for line in lines),
    )
