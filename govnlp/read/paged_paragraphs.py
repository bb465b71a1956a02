"""Printed lines to paragraphs (自然段): an indent, a short last line, another size of letters or a gap begins a new one."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import islice, pairwise
from statistics import median
from typing import NamedTuple

from govnlp.read.page import Line
from govnlp.read.paged_pieces import Passage, Piece, PlacedLine
from govnlp.schema.document import Place

_INDENT = 1.2  # em; the usual one is 2
_SLACK = 0.8  # em by which justified lines may fall short of the margin
_OTHER_SIZE = 0.15
_LARGER = 1.15
_USUAL, _FAR = 1.5, 3.0  # em between two lines
_GAP = 1.6  # times the usual distance of lines
_CENTRED = 0.6  # em
_ENOUGH = 200  # columns to know how a document is set
_FEWEST = 4  # lines that a column needs to show its own margins
_HEADING = 60  # characters
_LONG = 0.75
_MOST_LEFT_FREE = 0.7  # of the page; text of one column reaches farther
_STOPPED = re.compile(r"[。；;！!？?：:…][”’\"」』）)】]?$")
_NUMBERED = re.compile(
    r"\s*(?:第?[一二三四五六七八九十]{1,3}(?:[、.．]|部分)|[(（][一二三四五六七八九十\d]{1,3}[)）]|\d{1,2}(?:[、．]|\.(?!\d))|附[件表录]|注[:：])"
)
_SECTION = re.compile(r"\s*第?[一二三四五六七八九十]{1,3}(?:、|部分)")
_TOKEN = re.compile(r"[\d,.，．%％]+|[A-Za-z]+|.")


class _Column(NamedTuple):
    """Where the lines of a column begin and end, whether its paragraphs are indented, the usual distance of lines."""

    left: float
    right: float
    indented: bool
    pitch: float


class Setting(NamedTuple):
    """How a document is set: the size in which most of it is printed, and its columns."""

    body: float
    columns: tuple[_Column, ...]


def setting(lines: Sequence[PlacedLine]) -> Setting:
    """The setting of all lines of a document."""
    sizes: Counter[float] = Counter()
    for _, _, line in lines:
        sizes[round(line.size * 2) / 2] += len(line.text)
    body = sizes.most_common(1)[0][0] if sizes else 0.0
    found = (_own_column(stack) for stack in _stacks(lines) if len(stack) >= _FEWEST)
    return Setting(body, tuple(islice((column for column in found if column.right), _ENOUGH)))


def passages(lines: Sequence[PlacedLine], used: Setting) -> list[Passage]:
    """The paragraphs of lines in reading order, over lines, columns and pages.

    >>> one = PlacedLine(1, 595, Line("一、总体情况", (90, 60, 162, 72), 12))
    >>> two = PlacedLine(1, 595, Line("全年公开信息8条。", (90, 80, 182, 92), 12))
    >>> [passage.pieces[0].text for passage in passages([one, two], setting([one, two]))]
    ['一、总体情况', '全年公开信息8条。']
    """
    groups: list[list[PlacedLine]] = []
    last: tuple[PlacedLine, _Column] | None = None
    for stack in _stacks(lines):
        column = _shared(_own_column(stack), stack, used.columns)
        for line in stack:
            if last and _goes_on(groups[-1], last[1], line, column, used.body):
                groups[-1].append(line)
            else:
                groups.append([line])
            last = line, column
    return [_passage(group, used.body) for group in groups]


def _passage(group: Sequence[PlacedLine], body: float) -> Passage:
    pieces = tuple(Piece(line.text, Place(page, line.box), line.confidence) for page, _, line in group)
    text = "".join(piece.text for piece in pieces)
    is_heading = group[0].line.size >= body * _LARGER and len(text) <= _HEADING and not text.endswith("。")
    level = (1 if group[0].line.size >= body * _LARGER * _LARGER else 2) if is_heading else 0
    return Passage(pieces, level)


def _stacks(lines: Sequence[PlacedLine]) -> Iterator[list[PlacedLine]]:
    """Lines that stand one below the other on one page."""
    stack: list[PlacedLine] = []
    for one in lines:
        if stack and (one.page != stack[-1].page or one.line.box[3] < stack[-1].line.box[1]):
            yield stack
            stack = []
        stack.append(one)
    if stack:
        yield stack


def _own_column(stack: Sequence[PlacedLine]) -> _Column:
    """What a stack shows of its column; its right margin is 0 where too few of its lines reach it."""
    size = median(one.line.size for one in stack)
    lefts = _bins([one.line.box[0] for one in stack], size)
    rights = _bins([one.line.box[2] for one in stack], 2 * size)
    left = min(mean for mean, count in lefts if count >= max(1, max(each for _, each in lefts) // 8))
    widest = max(one.line.box[2] - one.line.box[0] for one in stack)
    right = max([mean for mean, count in rights if count > 1 and mean - left >= _LONG * widest], default=0.0)
    if right < stack[0].width * _MOST_LEFT_FREE and left < stack[0].width / 4:
        right = right if _is_narrow(stack, right) else 0.0
    begins = sum(_INDENT * size < one.line.box[0] - left < 4 * size for one in stack)
    steps = [two.line.box[1] - one.line.box[1] for one, two in pairwise(stack)]
    pitch = median([step for step in steps if 0 < step < _FAR * size] or [size * _USUAL])
    return _Column(left, right, begins * 10 >= len(stack), pitch)


def _bins(values: Sequence[float], width: float) -> list[tuple[float, int]]:
    """Values that lie within `width` of the greatest of their group: that value, and how many they are."""
    groups: list[list[float]] = []
    for value in sorted(values, reverse=True):
        if groups and groups[-1][0] - value <= width / 2:
            groups[-1].append(value)
        else:
            groups.append([value])
    return [(group[0], len(group)) for group in groups]


def _is_narrow(stack: Sequence[PlacedLine], right: float) -> bool:
    """Whether a stack fills a column of a page of several: most of its lines end at one place."""
    size = stack[0].line.size
    return sum(abs(one.line.box[2] - right) <= 2 * size for one in stack) * 2 > len(stack) > _FEWEST


def _shared(column: _Column, stack: Sequence[PlacedLine], known: Sequence[_Column]) -> _Column:
    """A column with the margins that the columns at its place have; where there are none, its page has equal ones."""
    size, end = stack[0].line.size, max(one.line.box[2] for one in stack)
    near = [one for one in known if abs(one.left - column.left) < 3 * size and one.right > column.left]
    if not near:
        return column._replace(right=max(column.right or stack[0].width - column.left, end))
    left = min(median(one.left for one in near), column.left)
    right = max(median(one.right for one in near), column.right)
    indented = sum(one.indented for one in near) * 2 >= len(near)
    return _Column(left, right, indented, median(one.pitch for one in near))


def _goes_on(group: Sequence[PlacedLine], old: _Column, line: PlacedLine, column: _Column, body: float) -> bool:
    """Whether a line goes on with the paragraph whose lines are `group`."""
    before = group[-1]
    one, two = before.line, line.line
    size = max(one.size, two.size, 1.0)
    if abs(one.size - two.size) > _OTHER_SIZE * size:
        return False
    if _is_centred(two, column) and (_is_centred(one, old) or one.size >= body * _LARGER):
        return one.size >= body * _LARGER and not _SECTION.match(two.text) and not _is_apart(before, line, old)
    if _is_short(one, two, old) or _SECTION.match(two.text):
        return False
    stopped = _STOPPED.search(one.text.rstrip())
    if stopped and _NUMBERED.match(two.text):
        return False
    if two.box[0] - column.left > _INDENT * size:
        return _is_hanging(group, two, size)
    return not (_is_apart(before, line, old) and (stopped or not column.indented))


def _is_centred(line: Line, column: _Column) -> bool:
    """Whether a line leaves as much room on its left as on its right."""
    before, after = line.box[0] - column.left, column.right - line.box[2]
    return min(before, after) > line.size * 0.5 and abs(before - after) <= _CENTRED * line.size * 2


def _is_short(line: Line, after: Line, column: _Column) -> bool:
    """Whether the first word of the next line would have had room at the end of this one."""
    token = _TOKEN.match(after.text.lstrip())
    word = token[0] if token else ""
    width = sum(1.0 if char > "\u02ff" else 0.55 for char in word) * after.size
    return column.right - line.box[2] > width + _SLACK * line.size


def _is_hanging(group: Sequence[PlacedLine], line: Line, size: float) -> bool:
    """Whether a whole paragraph is indented: its second line stands where its first one does, or further on."""
    return len(group) > 1 and abs(group[-1].line.box[0] - line.box[0]) < size / 2


def _is_apart(before: PlacedLine, line: PlacedLine, column: _Column) -> bool:
    """Whether more room than usual stands between two lines of one page."""
    step = line.line.box[1] - before.line.box[1]
    return line.page == before.page and step > max(column.pitch, _USUAL * line.line.size) * _GAP
