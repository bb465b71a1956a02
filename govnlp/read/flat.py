"""Plain text, and tables that a scraper flattened: one cell a line, bars, tabs, aligned columns (一格一行).

The reader only cuts: it says what is a paragraph, what is a row of cells, and what is a run of cells whose rows are
lost. Which label a figure belongs to is for `govnlp.tables` to find out.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from functools import cache, lru_cache
from itertools import pairwise
from typing import NamedTuple

from govnlp.normalise.script import to_simplified
from govnlp.read.columns import aligned_grid, rows_grid
from govnlp.schema.document import Block, CellRun, Document, Grid, Paragraph
from govnlp.schema.forms import TABLES, bare, form, remedy_axis
from govnlp.schema.text import Span, Text, lines

CELL_LENGTH = 48  # characters; the longest official label, 2.申请人逾期未按收费通知要求…, has 43
_NUMBERS_FOR_RUN = 3
_MOST_PARTS = 4
_LABELS_FOR_RUN = 6
_BLANKS_FOR_ROW = 5

_VALUE = re.compile(r"(?!\d{1,2}[.、．]$)[\s\d０-９,，.．+\-－—–―/／\\%％〇○oO零无件条万元人次个项篇期宗份]{1,16}")
_DIGIT = re.compile(r"[\d０-９]")
_PAGE_NUMBER = re.compile(r"\s*(?:[-—–－]\s*\d{1,4}\s*[-—–－]|第\s*\d{1,4}\s*页(?:\s*[,，/]?\s*共\s*\d{1,4}\s*页)?|\d{1,4}\s*/\s*\d{1,4}\s*页?)\s*")
_SENTENCE = re.compile(r"[。；;！？!?]|，.*，|,.*,|：.{16,}|:.{16,}")
_HEADING = re.compile(
    r"\s*(?:第?[一二三四五六七八九十]+(?:部分|[、.．,，])|[(（][一二三四五六七八九十]+[)）]|\d{1,2}[、.．])?\s*(?:"
    r"总体情况|概述|概况|基本情况|主动公开(?:政府信息)?(?:的)?情况$|.*收到和处理|.*依申请公开(?:政府信息)?(?:的)?情况$|"
    r"(?:因)?政府信息公开.{0,8}行政复议|.*复议.{0,3}诉讼.{0,8}情况|.*(?:主要)?问题|其他需要(?:报告|说明)|附[件表录]|.*收费及减免)"
)
_MARKDOWN_RULE = re.compile(r"[\s|:+-]*-{3,}[\s|:+-]*")
_SPLIT_SPACES = re.compile(
    r"(?<=\S)(?:[ \u3000]*(?:  |\u3000\u3000| \u3000|\u3000 )[ \u3000]*|(?<=\d)\u3000(?=\S)|\u3000(?=\d))(?=\S)"
)
_FILL = re.compile(r"\s*[|｜│](?:\s*[|｜│])+\s*")
_WORD = re.compile(r"[\u4e00-\u9fff](?:[ \u3000][\u4e00-\u9fff](?!\S))+|\S+")
_GLOSS = re.compile(r"\([a-zāáǎàēéěèīíǐìōóǒòūúǔùüǖǘǚǜ]{1,6}\)")
_BARS = re.compile(r"[|｜│]")
_BAR = "|"


class _Line(NamedTuple):
    span: Span
    text: str


def document(source: str) -> Document:
    """Plain text as a document of paragraphs, grids and cell runs.

    >>> [type(block).__name__ for block in document("一、概述\\n规章 |\\n0 |\\n3").blocks]
    ['Paragraph', 'CellRun']
    """
    text = Text(source)
    return Document(source=source, printed=text, text=text, blocks=blocks(source), format="text")


def blocks(text: str, base: int = 0) -> tuple[Block, ...]:
    """The blocks of `text`, their spans moved on by `base`.

    >>> blocks("规章\\t0\\t1\\n行政规范性文件\\t2\\t3")[0].cells[1].span
    Span(start=3, end=4)
    """
    found = [_Line(span.shifted(base), text[span.start : span.end]) for span in lines(text)]
    return tuple(_regions(found))


def _regions(found: list[_Line]) -> Iterator[Block]:
    """Try each reader of tables at each line; what none of them takes is a paragraph."""
    readers: tuple[Callable[[Sequence[_Line], int], tuple[Block | None, int]], ...] = (
        _barred, _tabbed, _aligned, _one_a_line, _tokens,
    )  # fmt: skip
    at = 0
    while at < len(found):
        for reader in readers:
            block, after = reader(found, at)
            if block is not None:
                yield block
                at = after
                break
        else:
            paragraph = _paragraph(found[at])
            if paragraph:
                yield paragraph
            at += 1


def _paragraph(line: _Line) -> Paragraph | None:
    stripped = _inner(line.text, Span(0, len(line.text.rstrip(" \t\u3000\xa0|｜"))))
    if stripped.start >= stripped.end or _PAGE_NUMBER.fullmatch(line.text):
        return None
    return Paragraph(stripped.shifted(line.span.start))


def _inner(text: str, span: Span) -> Span:
    """`span` without the white space at its ends."""
    start, end = span
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return Span(start, end)


# ---- bars ------------------------------------------------------------------------------------------------------------


def _barred(found: Sequence[_Line], at: int) -> tuple[Block | None, int]:
    """`规章 |` one cell a line, or `| 规章 | 0 |` one row a line."""
    after = _barred_until(found, at)
    if after - at < 2:  # noqa: PLR2004 - one barred line alone is a line of a header, as 来源:… |
        return (None, at) if after == at or not _is_row(found[at].text) else (rows_grid(_bar_rows(found[at:after])), after)
    rows = [line for line in found[at:after] if not _MARKDOWN_RULE.fullmatch(line.text)]
    if sum(_is_row(line.text) for line in rows) * 3 >= len(rows):
        return rows_grid(_bar_rows([line for line in rows if _BARS.search(line.text)])), after
    return _bar_run(found, at, after)


def _barred_until(found: Sequence[_Line], at: int) -> int:
    """Past the last barred line of a stretch; a label may have been broken over lines before its bar."""
    while at < len(found):
        parts = 0 if _BARS.search(found[at].text) else _label_parts(found, at)
        if not parts and not _BARS.search(found[at].text):
            break
        at += parts + 1
    return at


def _label_parts(found: Sequence[_Line], at: int) -> int:
    """How many lines without a bar begin a label that ends in a barred line; a page number among rows is one."""
    if not _is_begun(found, at):
        return 0
    for parts in range(_MOST_PARTS):
        line = found[at + parts] if at + parts < len(found) else None
        if line is None or _BARS.search(line.text):
            return parts
        torn = at + parts + 1 < len(found) and found[at + parts + 1].text.lstrip()[:1] in {".", "、", "．", ")", "）"}
        if not (torn or _is_label_part(line.text) or _PAGE_NUMBER.fullmatch(line.text)):
            return 0
    return 0


def _is_begun(found: Sequence[_Line], at: int) -> bool:
    """Whether a line without a bar can begin a cell: one has just ended, or it and the next line are a label."""
    if at > 0 and found[at - 1].text.rstrip().endswith(_BAR):
        return True
    return at + 1 < len(found) and is_label(found[at].text.strip() + found[at + 1].text.strip(" |"))


def _is_label_part(text: str) -> bool:
    short = text.strip()
    return bool(short) and not _VALUE.fullmatch(short) and not _is_prose(short) and not _HEADING.match(_plain(short))


def _bar_run(found: Sequence[_Line], at: int, after: int) -> tuple[CellRun, int]:
    """The cells of a stretch with one cell a line. `|||` is no cell: it fills up a row behind its last one."""
    cells: list[Span] = []
    ends: list[int] = []
    begun: int | None = None
    for line in found[at:after]:
        if _PAGE_NUMBER.fullmatch(line.text):
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
        cells.append(_inner(last.text, Span(0, len(last.text))).shifted(last.span.start))
        after += 1
    elif last and not last.text.strip() and not ends[-1:] == [len(cells) - 1]:
        cells.append(Span(last.span.start, last.span.start))
    whole = Span(cells[0].start, max(cells[-1].end, cells[0].start)) if cells else Span(found[at].span.start, found[at].span.start)
    return CellRun(whole, tuple(cells), ends=tuple(ends)), after


def _is_row(text: str) -> bool:
    """Whether a barred line holds several cells."""
    return sum(bool(part.strip()) for part in _BARS.split(text)) > 1


def _is_last_cell(text: str) -> bool:
    """The last cell of a barred run has no bar behind it: a figure, or a short word that is no heading."""
    return bool(text.strip()) and (bool(_VALUE.fullmatch(text)) or text.strip() in {"无", "总计"})


def _bar_cells(line: _Line) -> Iterator[Span]:
    """`0 |` is one cell; each further bar an empty one; `|` alone an empty one."""
    if _PAGE_NUMBER.fullmatch(line.text):
        return
    start = 0
    for bar in _BARS.finditer(line.text):
        yield _inner(line.text, Span(start, bar.start())).shifted(line.span.start)
        start = bar.end()
    if line.text[start:].strip():
        yield _inner(line.text, Span(start, len(line.text))).shifted(line.span.start)


def _bar_rows(rows: Sequence[_Line]) -> list[list[Span]]:
    return [list(_bar_row(line)) for line in rows]


def _bar_row(line: _Line) -> Iterator[Span]:
    """The cells of `| a | b |` or `a | b`."""
    bars = [bar.start() for bar in _BARS.finditer(line.text)]
    edges = bars if line.text[: bars[0]].strip() == "" else [-1, *bars]
    if line.text[bars[-1] + 1 :].strip():
        edges = [*edges, len(line.text)]
    for left, right in pairwise(edges):
        yield _inner(line.text, Span(left + 1, right)).shifted(line.span.start)


# ---- tabs and columns ------------------------------------------------------------------------------------------------


def _tabbed(found: Sequence[_Line], at: int) -> tuple[Block | None, int]:
    if "\t" not in found[at].text.strip("\n"):
        return None, at
    after = _while(found, at, lambda line: "\t" in line.text)
    rows = [[_inner(line.text, part).shifted(line.span.start) for part in _parts(line.text, "\t")] for line in found[at:after]]
    if not any(_DIGIT.search(line.text) for line in found[at:after]) and after - at < 2:
        return None, at
    return rows_grid(rows), after


def _parts(text: str, mark: str) -> Iterator[Span]:
    start = 0
    for part in text.split(mark):
        yield Span(start, start + len(part))
        start += len(part) + len(mark)


def _aligned(found: Sequence[_Line], at: int) -> tuple[Grid | None, int]:
    """Columns kept apart by two spaces or more."""
    if not _has_columns(found[at]):
        return None, at
    after = _while(found, at, lambda line: _has_columns(line) or is_label(line.text))
    chosen = found[at:after]
    known = is_label(chosen[0].text[slice(*next(column_parts(chosen[0].text)))])
    if (after - at < 2 and not known) or not any(_VALUE.fullmatch(line.text[a:b]) for line in chosen for a, b in column_parts(line.text)):
        return None, at
    return aligned_grid([(line.span.start, line.text, list(column_parts(line.text))) for line in chosen]), after


def _has_columns(line: _Line) -> bool:
    parts = list(column_parts(line.text))
    return len(parts) > 1 and not any(_is_prose(line.text[start:end]) for start, end in parts)


def _is_prose(part: str) -> bool:
    """Whether a piece of a line is too long for a cell, or a sentence; the labels of the forms are neither."""
    if is_label(part):
        return False
    return len(part) > CELL_LENGTH or bool(_SENTENCE.search(part))


def column_parts(text: str) -> Iterator[Span]:
    """The pieces of a line between runs of two spaces or more.

    >>> list(column_parts("规章   0  1"))
    [Span(start=0, end=2), Span(start=5, end=6), Span(start=8, end=9)]
    """
    whole = _inner(text, Span(0, len(text)))
    start = whole.start
    for gap in _SPLIT_SPACES.finditer(text, whole.start, whole.end):
        yield Span(start, gap.start())
        start = gap.end()
    if start < whole.end:
        yield Span(start, whole.end)


# ---- one cell a line -------------------------------------------------------------------------------------------------


def _one_a_line(found: Sequence[_Line], at: int) -> tuple[CellRun | None, int]:
    """A stretch of short lines with figures among them."""
    if not _is_cell(found[at].text) or not _opens_run(found[at].text):
        return None, at
    after = _while(found, at, lambda line: not line.text.strip() or _is_cell(line.text))
    whole = after
    while after > at and not _closes_run(found[after - 1].text):
        after -= 1
    behind = _while(found, after, lambda line: not line.text.strip()) - after
    if _keeps_blanks(found[at:after]) or behind >= _BLANKS_FOR_ROW:
        after = min(whole, after + behind)
    stretch = [line for line in found[at:after] if not _PAGE_NUMBER.fullmatch(line.text)]
    numbers = sum(bool(_VALUE.fullmatch(line.text)) for line in stretch)
    labels = sum(is_label(line.text) for line in stretch)
    if numbers < _NUMBERS_FOR_RUN and labels < _LABELS_FOR_RUN:
        return None, at
    cells, blanks_kept = _line_cells(stretch)
    return CellRun(Span(cells[0].start, cells[-1].end), tuple(cells), blanks_kept=blanks_kept), after


def _keeps_blanks(stretch: Sequence[_Line]) -> bool:
    """Whether an empty line is a blank cell here: one stands right before a figure, and not between all lines."""
    texts = [line.text.strip() for line in stretch]
    between = any(one and not two and three and _VALUE.fullmatch(three) for one, two, three in zip(texts, texts[1:], texts[2:], strict=False))
    return between and not _is_spaced(stretch)


def _is_spaced(stretch: Sequence[_Line]) -> bool:
    """Whether empty lines merely stand between all lines."""
    filled = sum(bool(line.text.strip()) for line in stretch)
    touching = sum(bool(one.text.strip() and two.text.strip()) for one, two in pairwise(stretch))
    return touching * 6 < filled


def _is_cell(text: str) -> bool:
    short = text.strip()
    if not short or _is_prose(short):
        return False
    if _VALUE.fullmatch(short) or is_label(short):
        return True
    return not _HEADING.match(_plain(short))


def _opens_run(text: str) -> bool:
    """A run begins with a figure or with a label of a form, so that the title above it stays a paragraph."""
    short = text.strip()
    return bool(_VALUE.fullmatch(short)) or is_label(short) or short.startswith("第二十条")


def _closes_run(text: str) -> bool:
    short = text.strip()
    return bool(short) and (bool(_VALUE.fullmatch(short)) or is_label(short))


def _line_cells(stretch: Sequence[_Line]) -> tuple[list[Span], bool]:
    """The cells of a stretch. Empty lines are empty cells, unless they merely stand between all lines."""
    gaps = sum(not line.text.strip() for line in stretch)
    spaced = _is_spaced(stretch)
    cells: list[Span] = []
    held = 0
    for line in stretch:
        if line.text.strip():
            cells.append(_inner(line.text, Span(0, len(line.text))).shifted(line.span.start))
            held = 0
            continue
        held += 1
        if not spaced or held % 2 == 0:
            cells.append(Span(line.span.start, line.span.start))
    return cells, gaps > 0 and not spaced


@cache
def vocabulary() -> frozenset[str]:
    """Every label of the official tables, bare."""
    words = {label for name in TABLES for row in form(name).rows for label in row.labels}
    words |= {label for name in TABLES for column in form(name).columns for label in column.labels}
    words |= {label for name in TABLES for label in form(name).column_groups}
    axis = remedy_axis()
    return frozenset((words | set(axis.groups) | set(axis.leaves)) - {"内容", "单位", "项目"})


@lru_cache(maxsize=8192)
def is_label(text: str) -> bool:
    """Whether a cell holds a label of an official table, in whichever script, with or without glosses.

    >>> is_label("(二)部分公开(区分处理的,只计这一情形)"), is_label("當面申請數"), is_label("本县地处")
    (True, True, False)
    """
    return bare(_plain(text)) in vocabulary()


@lru_cache(maxsize=8192)
def _plain(text: str) -> str:
    """A short text without glosses, in simplified characters, stripped."""
    plain = _GLOSS.sub("", text).strip()
    try:
        plain.encode("gb2312")
    except UnicodeEncodeError:
        return to_simplified(plain)
    return plain


# ---- all on one line -------------------------------------------------------------------------------------------------


def _tokens(found: Sequence[_Line], at: int) -> tuple[CellRun | None, int]:
    """`规章 0 0 0 行政规范性文件 2 0 9`: labels and figures parted by single spaces."""
    if not _is_token_line(found[at]):
        return None, at
    after = _while(found, at, lambda line: _is_token_line(line) or is_label(line.text) or _is_token_row(line))
    parts = [(line, list(_words(line.text))) for line in found[at:after]]
    cells = [part.shifted(line.span.start) for line, words in parts for part in words]
    numbers = sum(bool(_VALUE.fullmatch(line.text[a:b])) for line, words in parts for a, b in words)
    if not numbers:
        return None, at
    return CellRun(Span(cells[0].start, cells[-1].end), tuple(cells), blanks_kept=False), after


def _is_token_line(line: _Line) -> bool:
    """Several words, most of them labels of the forms or figures."""
    words = [line.text[a:b] for a, b in _words(line.text)]
    if len(words) < 2 or any(_is_prose(word) for word in words):  # noqa: PLR2004
        return False
    known = sum(is_label(word) for word in words)
    figures = sum(bool(_VALUE.fullmatch(word)) for word in words)
    return (known > 0 or figures == len(words)) and (known + figures) * 2 >= len(words)


def _is_token_row(line: _Line) -> bool:
    """A label that no form knows and figures behind it, among lines of the kind."""
    words = [line.text[a:b] for a, b in _words(line.text)]
    return len(words) > 1 and bool(_VALUE.fullmatch(words[-1])) and not any(_is_prose(word) for word in words)


def _words(text: str) -> Iterator[Span]:
    """The words of a line; single hanzi set apart (自 然 人) are one word."""
    for word in _WORD.finditer(text):
        yield Span(word.start(), word.end())


def _while(found: Sequence[_Line], at: int, test: Callable[[_Line], bool]) -> int:
    """The index of the first line from `at` on that fails the test."""
    while at < len(found) and test(found[at]):
        at += 1
    return at
