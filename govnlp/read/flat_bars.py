"""Tables whose cells end in bars: `规章 |` one cell a line, or `| 规章 | 0 |` one row a line."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from govnlp.read.columns import rows_grid
from govnlp.read.flat_marks import HEADING, PAGE_NUMBER, VALUE, Line, inner, is_label, is_prose, plain
from govnlp.schema.document import Block, CellRun
from govnlp.schema.text import Span

_MOST_PARTS = 4
_MARKDOWN_RULE = re.compile(r"[\s|:+-]*-{3,}[\s|:+-]*")
_FILL = re.compile(r"\s*[|｜│](?:\s*[|｜│])+\s*")
_BARS = re.compile(r"[|｜│]")
_BAR = "|"


def barred(found: Sequence[Line], at: int) -> tuple[Block | None, int]:
    """`规章 |` one cell a line, or `| 规章 | 0 |` one row a line."""
    after = _barred_until(found, at)
    if after - at < 2:
        return (
            (None, at) if after == at or not _is_row(found[at].text) else (rows_grid(_bar_rows(found[at:after])), after)
        )
    rows = [line for line in found[at:after] if not _MARKDOWN_RULE.fullmatch(line.text)]
    if sum(_is_row(line.text) for line in rows) * 3 >= len(rows):
        return rows_grid(_bar_rows([line for line in rows if _BARS.search(line.text)])), after
    return _bar_run(found, at, after)


def _barred_until(found: Sequence[Line], at: int) -> int:
    """Past the last barred line of a stretch; a label may have been broken over lines before its bar."""
    while at < len(found):
        parts = 0 if _BARS.search(found[at].text) else _label_parts(found, at)
        if not parts and not _BARS.search(found[at].text):
            break
        at += parts + 1
    return at


def _label_parts(found: Sequence[Line], at: int) -> int:
    """How many lines without a bar begin a label that ends in a barred line; a page number among rows is one."""
    if not _is_begun(found, at):
        return 0
    for parts in range(_MOST_PARTS):
        line = found[at + parts] if at + parts < len(found) else None
        if line is None or _BARS.search(line.text):
            return parts
        torn = at + parts + 1 < len(found) and found[at + parts + 1].text.lstrip()[:1] in {".", "、", "．", ")", "）"}
        if not (torn or _is_label_part(line.text) or PAGE_NUMBER.fullmatch(line.text)):
            return 0
    return 0


def _is_begun(found: Sequence[Line], at: int) -> bool:
    """Whether a line without a bar can begin a cell: one has just ended, or it and the next line are a label."""
    if at > 0 and found[at - 1].text.rstrip().endswith(_BAR):
        return True
    return at + 1 < len(found) and is_label(found[at].text.strip() + found[at + 1].text.strip(" |"))


def _is_label_part(text: str) -> bool:
    short = text.strip()
    return bool(short) and not VALUE.fullmatch(short) and not is_prose(short) and not HEADING.match(plain(short))


def _bar_run(found: Sequence[Line], at: int, after: int) -> tuple[CellRun, int]:
    """The cells of a stretch with one cell a line. `|||` is no cell: it fills up a row behind its last one."""
    cells: list[Span] = []
    ends: list[int] = []
    begun: int | None = None
    for line in found[at:after]:
        if PAGE_NUMBER.fullmatch(line.text):
            continue
        if _FILL.fullmatch(line.text):
            ends.append(len(cells) - 1)
        elif not _BARS.search(line.text):
            begun = line.span.start if begun is None else begun
        else:
            parts = list(_bar_cells(line))
            cells += [Span(begun, parts[0].end), *parts[1:]] if begun is not None and parts else parts
            begun = None
    last = found[after] if after < len(found) else None
    if last and _is_last_cell(last.text):
        cells.append(inner(last.text, Span(0, len(last.text))).shifted(last.span.start))
        after += 1
    elif last and not last.text.strip() and ends[-1:] != [len(cells) - 1]:
        cells.append(Span(last.span.start, last.span.start))
    whole = (
        Span(cells[0].start, max(cells[-1].end, cells[0].start))
        if cells
        else Span(found[at].span.start, found[at].span.start)
    )
    return CellRun(whole, tuple(cells), ends=tuple(ends)), after


def _is_row(text: str) -> bool:
    """Whether a barred line holds several cells."""
    return sum(bool(part.strip()) for part in _BARS.split(text)) > 1


def _is_last_cell(text: str) -> bool:
    """The last cell of a barred run has no bar behind it: a figure, or a short word that is no heading."""
    return bool(text.strip()) and (bool(VALUE.fullmatch(text)) or text.strip() in {"无", "总计"})


def _bar_cells(line: Line) -> Iterator[Span]:
    """`0 |` is one cell; each further bar an empty one; `|` alone an empty one."""
    if PAGE_NUMBER.fullmatch(line.text):
        return
    start = 0
    for bar in _BARS.finditer(line.text):
        yield inner(line.text, Span(start, bar.start())).shifted(line.span.start)
        start = bar.end()
    if line.text[start:].strip():
        yield inner(line.text, Span(start, len(line.text))).shifted(line.span.start)


def _bar_rows(rows: Sequence[Line]) -> list[list[Span]]:
    return [list(_bar_row(line)) for line in rows]


def _bar_row(line: Line) -> Iterator[Span]:
    """The cells of `| a | b |` or `a | b`."""
    bars = [bar.start() for bar in _BARS.finditer(line.text)]
    edges = bars if line.text[: bars[0]].strip() == "" else [-1, *bars]
    if line.text[bars[-1] + 1 :].strip():
        edges = [*edges, len(line.text)]
    for left, right in pairwise(edges):
        yield inner(line.text, Span(left + 1, right)).shifted(line.span.start)
