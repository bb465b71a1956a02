"""Spaces that typesetting left inside Chinese text (`三 、 本 年 度`, `行 政 复 议`, `收到 128 件`).

In the cell of a table, and in a line of prose, spaces between Chinese characters, their marks and the figures among
them go. A line that may be the row of a table keeps its spaces, wide ones too: only words spaced letter by letter are
joined there. A space between two digits goes only where single digits stand spaced between a Chinese character and a
unit (`收到 1 2 8 件`), and never after a leading 0. Spaces beside Latin letters, tabs and indents stay.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence

from govnlp.normalise.edits import Edit, Leaf
from govnlp.normalise.units import alternatives, units
from govnlp.schema.text import Span

_HAN = "\u3400-\u4dbf\u4e00-\u9fff〇"
_MARK = "、。，；：！？《》“”‘’〔〕（）【】"
_NARROW_MARK = ",;:()%"
# A space goes between two Chinese characters or marks; a half-width mark needs a Chinese character on its other side.
_TEXT_GAP = re.compile(
    rf"(?:(?<=[{_HAN}{_MARK}]) +(?=[{_HAN}{_MARK}{_NARROW_MARK}])|(?<=[{_NARROW_MARK}]) +(?=[{_HAN}{_MARK}]))"
)
# Every gap that any rule could close has a Chinese character or mark on one side and no Latin letter on the other.
_ANY_GAP = re.compile(rf" (?<!  )(?:(?<=[{_HAN}{_MARK}] ) *+(?![\s|A-Za-z])| *+(?=[{_HAN}{_MARK}]))")
_FIGURE_GAP = re.compile(rf"(?<=[{_HAN}]) +(?=\d)|(?<=\d) +(?=[{_HAN}])")
_SPACED_FIGURE = re.compile(rf"(?<=[{_HAN}:：]) ?[1-9](?: \d)+ ?(?=(?:{alternatives(units().counted)}))")
# Words spaced letter by letter: each character alone, three or more, or two that fill the line.
_LETTERED = re.compile(rf"(?:(?<=\s)|^)[{_HAN}](?: [{_HAN}、](?![^\s])){{2,}}", re.MULTILINE)
_WHOLE_LINE_PAIR = re.compile(rf" *([{_HAN}]) {{1,4}}([{_HAN}]) *")
_YEAR_GAP = re.compile(r"(?<=\d) (?=[年月日])|(?<=[年月]) (?=\d{1,2} ?[月日])|(?<=\d{4}年) (?=政府|度|信息)")
_SPACE = re.compile(" +")
_STOP = re.compile("[。；;，,]")
_WIDE_GAP = re.compile(r"\S(?: {2,}|\t+ *)(?=\S)")
_FIGURES_ASIDE = re.compile(r"\d +\d")
_ENDS_IN_FIGURE = re.compile(r" [\d.%-]+ *$")
_PROSE_LENGTH = 20


def edits(text: str, leaves: Sequence[Leaf]) -> list[Edit]:
    """The spaces to drop, in order.

    >>> edits("行 政 复 议", [Leaf(Span(0, 7), True)])[0]
    Edit(start=1, end=2, new='')
    """
    places = [found.start() for found in _ANY_GAP.finditer(text)] if " " in text else []
    found = {gap for leaf in _holding(leaves, places) for gap in _leaf_gaps(text, leaf)}
    return [Edit(*gap) for gap in sorted(found)]


def _holding(leaves: Sequence[Leaf], places: Sequence[int]) -> Iterator[Leaf]:
    """The leaves that hold one of the places, each once."""
    for leaf in leaves if places else ():
        at = bisect_left(places, leaf.span.start)
        if at < len(places) and places[at] < leaf.span.end:
            yield leaf


def _leaf_gaps(text: str, leaf: Leaf) -> Iterator[Span]:
    start = leaf.span.start
    for line in text[start : leaf.span.end].split("\n"):
        if " " in line:
            joined = leaf.is_cell or _is_prose(line)
            yield from (gap.shifted(start) for gap in (_all_gaps(line) if joined else _row_gaps(line)))
        start += len(line) + 1


def _is_prose(line: str) -> bool:
    """A sentence rather than a row of a table: it has a stop, few figures aside, no wide gaps, and ends in no figure."""
    if len(line) < _PROSE_LENGTH or not _STOP.search(line) or _ENDS_IN_FIGURE.search(line):
        return False
    return not _WIDE_GAP.search(line.strip()) and not _FIGURES_ASIDE.search(_SPACED_FIGURE.sub("", line))


def _all_gaps(line: str) -> Iterator[Span]:
    for pattern in (_TEXT_GAP, _FIGURE_GAP):
        yield from (Span(*found.span()) for found in pattern.finditer(line))
    yield from _inner_spaces(_SPACED_FIGURE, line)


def _row_gaps(line: str) -> Iterator[Span]:
    pair = _WHOLE_LINE_PAIR.fullmatch(line)
    if pair:
        yield Span(pair.end(1), pair.start(2))
    yield from (Span(*found.span()) for found in _YEAR_GAP.finditer(line))
    yield from _inner_spaces(_LETTERED, line)


def _inner_spaces(pattern: re.Pattern[str], line: str) -> Iterator[Span]:
    for found in pattern.finditer(line):
        for space in _SPACE.finditer(line, *found.span()):
            yield Span(*space.span())
