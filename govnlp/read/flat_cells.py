"""Tables with one cell a line and no mark (一格一行), and rows of labels and figures parted by single spaces."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from govnlp.read.flat_marks import HEADING, PAGE_NUMBER, VALUE, Line, inner, is_label, is_prose, plain, run_while
from govnlp.schema.document import CellRun
from govnlp.schema.text import Span

_NUMBERS_FOR_RUN = 3
_LABELS_FOR_RUN = 6
_BLANKS_FOR_ROW = 5
_HEAD = re.compile(r"单位|(?:19|20)\d\d年\S{0,4}")
_WORD = re.compile(r"[\u4e00-\u9fff](?:[ \u3000][\u4e00-\u9fff](?!\S))+|\S+")


def one_a_line(found: Sequence[Line], at: int) -> tuple[CellRun | None, int]:
    """A stretch of short lines with figures among them."""
    if not _is_cell(found[at].text) or not _opens_run(found[at].text):
        return None, at
    after = run_while(found, at, lambda line: not line.text.strip() or _is_cell(line.text))
    whole = after
    while after > at and not _closes_run(found[after - 1].text):
        after -= 1
    behind = run_while(found, after, lambda line: not line.text.strip()) - after
    if _keeps_blanks(found[at:after]) or behind >= _BLANKS_FOR_ROW:
        after = min(whole, after + behind)
    stretch = [line for line in found[at:after] if not PAGE_NUMBER.fullmatch(line.text)]
    numbers = sum(bool(VALUE.fullmatch(line.text)) for line in stretch)
    labels = sum(is_label(line.text) for line in stretch)
    if numbers < _NUMBERS_FOR_RUN and labels < _LABELS_FOR_RUN:
        return None, at
    cells, blanks_kept = _line_cells(stretch)
    return CellRun(Span(cells[0].start, cells[-1].end), tuple(cells), blanks_kept=blanks_kept), after


def _keeps_blanks(stretch: Sequence[Line]) -> bool:
    """Whether an empty line is a blank cell here: one stands right before a figure, and not between all lines."""
    texts = [line.text.strip() for line in stretch]
    between = any(
        one and not two and three and VALUE.fullmatch(three)
        for one, two, three in zip(texts, texts[1:], texts[2:], strict=False)
    )
    return between and not _is_spaced(stretch)


def _is_spaced(stretch: Sequence[Line]) -> bool:
    """Whether empty lines merely stand between all lines."""
    filled = sum(bool(line.text.strip()) for line in stretch)
    touching = sum(bool(one.text.strip() and two.text.strip()) for one, two in pairwise(stretch))
    return touching * 6 < filled


def _is_cell(text: str) -> bool:
    short = text.strip()
    if not short or is_prose(short):
        return False
    if VALUE.fullmatch(short) or is_label(short):
        return True
    return not HEADING.match(plain(short))


def _opens_run(text: str) -> bool:
    """A run begins with a figure or with a label of a form, so that the title above it stays a paragraph."""
    short = text.strip()
    return bool(VALUE.fullmatch(short)) or is_label(short) or short.startswith("第二十条")


def _closes_run(text: str) -> bool:
    short = text.strip()
    return bool(short) and (bool(VALUE.fullmatch(short)) or is_label(short))


def _line_cells(stretch: Sequence[Line]) -> tuple[list[Span], bool]:
    """The cells of a stretch. Empty lines are empty cells, unless they merely stand between all lines."""
    gaps = sum(not line.text.strip() for line in stretch)
    spaced = _is_spaced(stretch)
    cells: list[Span] = []
    held = 0
    for line in stretch:
        if line.text.strip():
            cells.append(inner(line.text, Span(0, len(line.text))).shifted(line.span.start))
            held = 0
            continue
        held += 1
        if not spaced or held % 2 == 0:
            cells.append(Span(line.span.start, line.span.start))
    return cells, gaps > 0 and not spaced


def tokens_run(found: Sequence[Line], at: int) -> tuple[CellRun | None, int]:
    """`规章 0 0 0 行政规范性文件 2 0 9`: labels and figures parted by single spaces."""
    if not _is_token_line(found[at]):
        return None, at
    after = run_while(found, at, lambda line: _is_token_line(line) or is_label(line.text) or _is_token_row(line))
    parts = [(line, list(_words(line.text))) for line in found[at:after]]
    cells = [part.shifted(line.span.start) for line, words in parts for part in words]
    numbers = sum(bool(VALUE.fullmatch(line.text[a:b])) for line, words in parts for a, b in words)
    if not numbers:
        return None, at
    return CellRun(Span(cells[0].start, cells[-1].end), tuple(cells), blanks_kept=False), after


def _is_token_line(line: Line) -> bool:
    """Several words, most of them labels of the forms or figures."""
    words = [line.text[a:b] for a, b in _words(line.text)]
    if len(words) < 2 or any(is_prose(word) for word in words):
        return False
    known = sum(is_label(word) or bool(_HEAD.fullmatch(word)) for word in words)
    figures = sum(bool(VALUE.fullmatch(word)) for word in words)
    return (known > 0 or figures == len(words)) and (known + figures) * 2 >= len(words)


def _is_token_row(line: Line) -> bool:
    """A label that no form knows and figures behind it, among lines of the kind."""
    words = [line.text[a:b] for a, b in _words(line.text)]
    return len(words) > 1 and bool(VALUE.fullmatch(words[-1])) and not any(is_prose(word) for word in words)


def _words(text: str) -> Iterator[Span]:
    """The words of a line; single hanzi set apart (自 然 人) are one word."""
    for word in _WORD.finditer(text):
        yield Span(word.start(), word.end())
