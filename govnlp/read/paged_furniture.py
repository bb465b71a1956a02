"""Page numbers (`- 4 -`, `第 4 页 共 9 页`) and running heads (页眉、页脚), which are no part of what a report says."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from govnlp.read.page import Line, Page

_MARGIN = 0.12  # of the height of a page; furniture stands above or below
_LEAST_MARGIN = 50.0  # points
_MOST_LINES = 3
_SAME_HEIGHT = 4.0
_BRIEF = 2  # pages; with so few, a head must stand on each of them
_NUMBERED = re.compile(
    r"(?:[-—–－−·•~ ]{1,3}\d{1,4}[-—–－−·•~ ]{1,3}|第?\d{1,4}页?[/／,，、]?(?:共|[/／]|of)\d{1,4}页?|"
    r"第[\d一二三四五六七八九十百]{1,5}页(?:[/／,，、]?共[\d一二三四五六七八九十百]{1,5}页)?|[Pp]age\d{1,4}(?:of\d{1,4})?)"
)
# What browsers print in the margins: the hour, and the address of the page.
_BROWSER = re.compile(r"\d{1,4}[/-]\d{1,2}[/-]\d{1,4},?(?:上午|下午)?\d{1,2}:\d\d|(?:https?|file)://")
_BARE = re.compile(r"[0-9]{1,4}")
_SPACE = re.compile(r"\s+")
_DIGITS = re.compile(r"\d+")
_NOT_CHINESE = re.compile("[^\u4e00-\u9fff]+")
_FEWEST_SAID = 4


class _Edge(NamedTuple):
    """A line in the margin of a page: which page of the sequence and which block, its text without spaces."""

    page: int
    block: int
    text: str
    line: Line
    above: bool


def without_furniture(pages: Sequence[Page]) -> list[Page]:
    """The pages without their numbers and running heads.

    A head that says what no other line says is kept once, where it is printed first.
    """
    edges = [edge for at, page in enumerate(pages) for edge in _edges(at, page)]
    offsets = Counter(_offset(edge, pages) for edge in edges)
    dropped = {(edge.page, edge.block) for edge in edges if _is_number(edge, _offset(edge, pages), offsets)}
    dropped |= _running(edges, pages)
    return [
        page._replace(blocks=tuple(block for number, block in enumerate(page.blocks) if (at, number) not in dropped))
        for at, page in enumerate(pages)
    ]


def _edges(at: int, page: Page) -> Iterator[_Edge]:
    """The outermost lines of a page that stand in its margins."""
    lines = [(number, block) for number, block in enumerate(page.blocks) if isinstance(block, Line)]
    for above in (True, False):
        ordered = sorted(lines, key=lambda one: one[1].box[1] if above else -one[1].box[3])
        for number, line in ordered[:_MOST_LINES]:
            depth = line.box[3] if above else page.height - line.box[1]
            if depth <= max(page.height * _MARGIN, _LEAST_MARGIN) and not _is_beside_table(line, page):
                yield _Edge(at, number, _SPACE.sub("", line.text), line, above)


def _is_beside_table(line: Line, page: Page) -> bool:
    """Whether a line stands at the height of a table."""
    tables = [block.box for block in page.blocks if not isinstance(block, Line)]
    middle = (line.box[1] + line.box[3]) / 2
    return any(box[1] <= middle <= box[3] for box in tables)


def _offset(edge: _Edge, pages: Sequence[Page]) -> int | None:
    """By how much digits alone differ from the number of their page."""
    text = edge.line.text.strip()
    return int(text) - pages[edge.page].number if _BARE.fullmatch(text) else None


def _is_number(edge: _Edge, offset: int | None, offsets: Counter[int | None]) -> bool:
    """Whether a line is the number of its page, or what a browser adds.

    Digits alone must count the pages, or be the page's own number.
    """
    if _NUMBERED.fullmatch(edge.text) or _BROWSER.match(edge.text):
        return True
    return offset is not None and (offset == 0 or offsets[offset] > 1)


def _running(edges: Sequence[_Edge], pages: Sequence[Page]) -> set[tuple[int, int]]:
    """The lines that stand on most pages, or on every other one, at one height, figures in them apart."""
    needed = len(pages) if len(pages) <= _BRIEF else max(3, (len(pages) + 2) // 3)
    found: set[tuple[int, int]] = set()
    if len(pages) < _BRIEF:
        return found
    groups: dict[tuple[str, bool], list[_Edge]] = {}
    for edge in edges:
        groups.setdefault((_DIGITS.sub("#", edge.text), edge.above), []).append(edge)
    for (text, _), group in groups.items():
        level = _level(group)
        same = [edge for edge in group if abs(edge.line.box[1] - level) <= _SAME_HEIGHT]
        if text.strip("#") and len({edge.page for edge in same}) >= needed:
            kept = 0 if _is_said_elsewhere(text, same, pages) else 1
            found |= {(edge.page, edge.block) for edge in same[kept:]}
    return found


def _level(group: Sequence[_Edge]) -> float:
    """The height at which most of the lines stand."""
    return Counter(round(edge.line.box[1]) for edge in group).most_common(1)[0][0]


def _is_said_elsewhere(text: str, same: Sequence[_Edge], pages: Sequence[Page]) -> bool:
    """Whether the head need not be kept: it is a mere number or address, or the body says the same."""
    said = _NOT_CHINESE.sub("", text)
    if len(said) < _FEWEST_SAID:
        return True
    own = {(edge.page, edge.block) for edge in same}
    body = "".join(
        _NOT_CHINESE.sub("", block.text)
        for at, page in enumerate(pages)
        for number, block in enumerate(page.blocks)
        if isinstance(block, Line) and (at, number) not in own
    )
    return said in body
