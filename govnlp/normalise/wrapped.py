"""Lines of one paragraph that a fixed width cut apart (`主动公开政府信息128` / `60条`), put together again.

Two lines are joined where the break must lie inside a sentence: after a comma, inside a figure or a known word, or,
on a page whose lines end at one width, after any full line that no stop ends. Headings, items, labels, dates and rows
of tables begin a line of their own and are never joined to the one before.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import cache
from itertools import pairwise
from typing import NamedTuple

from govnlp.normalise.edits import Edit, apply
from govnlp.schema.document import Block, Document, Paragraph
from govnlp.schema.forms import TABLES, bare, form
from govnlp.schema.text import Span

_LEAST_LINE = 8  # characters; shorter lines are labels, names, page numbers
_LEAST_WIDTH, _MOST_WIDTH = 14, 64
_FEWEST_BREAKS = 3
_FULL, _QUITE_FULL = 0.85, 0.94
_OVERLONG, _FEW_OVERLONG, _MOST_FULL = 1.2, 0.1, 0.6
_ROUNDS = 4

_STOPPED = re.compile(r"[。；;！!？?：:…][”’\"」』）)】]?$")
_COMMA = re.compile(r"[，,、]$")
_INNER = re.compile(r"[，,。；;、：:《“(（]")
_SENTENCE_MARK = re.compile(r"[，,。；;]")
_STARTS_ANEW = re.compile(
    r"第?[一二三四五六七八九十]{1,3}(?:[、.．,，:：]|部分|是(?=[\u4e00-\u9fff]))|[(（][一二三四五六七八九十\d]{1,3}[)）]|"
    r"\d{1,2}(?:[、．)）]|\.(?!\d))|[①-⑳⑴-⒇●•■◆★▲△○·*#>|—-]|附[件表录]|注[:：]|"
    r"(?:联系|地址|邮编|邮政编码|电话|传真|来源|信息来源|发布|编辑|责任编辑|字号|字体|浏览|索引号|上一篇|下一篇|版权|主办|承办|"
    r"打印|关闭|分享|网站地图|备案号?|单位)[^，,。]{0,12}(?:[:：]|$)|(?:19|20)\d\d年\d{1,2}月\d{1,2}日$|[二〇○零一]{3,5}年"
)
_NUMBERED = re.compile(
    r"第?[一二三四五六七八九十]{1,3}[、.．,，]|[(（][一二三四五六七八九十\d]{1,3}[)）]|\d{1,2}(?:[、．]|\.(?!\d))"
)
_TITLE = re.compile(r"(?:报告|年报|情况|问题|措施|打算|概述|概况|说明|表)[(（]?[^，,。]{0,8}[)）]?$")
# Rows of tables, and the lines of a list of pages, which end in a date.
_ROW = re.compile(r"[\t|｜│]| {2,}|\s[-\d.,%]+$|^\d[\d,.]*\s|\d{4}[-/.]\d{1,2}[-/.]\d{1,2}(?: ?\d\d?:\d\d(?::\d\d)?)?$")
_ENDS_IN_FIGURE = re.compile(r"[\u4e00-\u9fff约共][\d,]{0,11}\d$")
_UNIT = r"[余多万亿]{0,2}[条件次个篇期人元份项起宗例部场家批种册户名]"
_FIGURE_GOES_ON = re.compile(rf"\d{{1,7}}{_UNIT}")
_UNIT_FOLLOWS = re.compile(rf"{_UNIT}(?:次|目)?[，,。；;、其(（]")
_A_YEAR = re.compile(r"(?:19|20)\d\d年")
# A number between two pages; a sentence that goes on behind it takes its place.
_PAGE_NUMBER = re.compile(r"\n[ \t]*-? ?\d{1,3} ?-?[ \t]*\n")
_LATIN = re.compile(r"[A-Za-z]$")
_WORDS = (
    "政府信息", "信息公开", "主动公开", "公开申请", "依申请", "申请", "予以公开", "不予公开", "部分公开", "同意公开", "规范性文件",
    "行政复议", "行政诉讼", "政府网站", "政府公报", "微信", "微博", "新闻发布会", "答复", "办理", "结转", "收到", "网站", "培训",
    "人次", "公开栏", "查阅点", "查阅", "举办", "收费", "减免", "条例", "咨询", "受理", "无法提供", "不予处理", "不存在",
)  # fmt: skip
_LONGEST_WORD = max(map(len, _WORDS))


class _Line(NamedTuple):
    """A paragraph of one line: its block, what it says, and how many line ends and how much indent stand before it."""

    block: Paragraph
    text: str
    ends_before: int
    indented: bool


def joined(document: Document) -> tuple[Document, int]:
    """The document with the lines of each paragraph in one, and how many line breaks went.

    >>> from govnlp.schema.text import Text
    >>> text = Text("2013年,全县主动公开政府信息128\\n60条,其中通过网站公开110条。")
    >>> page = Document("", text, text, (Paragraph(Span(0, 19)), Paragraph(Span(20, 37))), "text")
    >>> joined(page)[0].text.value[:23], joined(page)[1]
    ('2013年,全县主动公开政府信息12860条,', 1)
    """
    count = 0
    for _ in range(_ROUNDS):
        document, found = _once(document)
        count += found
        if not found:
            break
    return document, count


def _once(document: Document) -> tuple[Document, int]:
    width = _width(document)
    edits, blocks = list[Edit](), list[Block]()
    last: _Line | None = None  # the last physical line of the paragraph that is being put together
    whole = ""
    for block, line in _lines(document):
        if line is not None and last is not None and _continues(whole, last, line, width):
            edits.append(Edit(last.block.span.end, line.block.span.start, _between(last.text, line.text)))
            blocks[-1] = replace(blocks[-1], span=Span(blocks[-1].span.start, line.block.span.end))
            whole += line.text
        else:
            blocks.append(block)
            whole = line.text if line is not None else ""
        last = line
    if not edits:
        return document, 0
    merged = replace(document, blocks=tuple(blocks))
    return merged.with_text(apply(document.text.value, edits)), len(edits)


def _lines(document: Document) -> Iterator[tuple[Block, _Line | None]]:
    """The blocks, each with its line where it is a line of plain text."""
    value, end = document.text.value, 0
    for block in document.blocks:
        yield block, _line(value, end, block) if isinstance(block, Paragraph) else None
        end = block.span.end


def _line(value: str, end: int, block: Paragraph) -> _Line | None:
    text = value[block.span.start : block.span.end]
    if block.level or block.link or "\n" in text:
        return None
    bare_text, gap = text.strip(), _PAGE_NUMBER.sub("\n", value[end : block.span.start], count=1)
    if not bare_text or gap.strip():
        return None
    indent = len(text) - len(text.lstrip()) + len(gap.rpartition("\n")[2])
    start = block.span.start + len(text) - len(text.lstrip())
    trimmed = replace(block, span=Span(start, start + len(bare_text)))
    return _Line(trimmed, bare_text, gap.count("\n"), indent > 1 or "\u3000" in gap or text[:1] == "\u3000")


class _Width(NamedTuple):
    """How long the full lines of a page are, in characters and in half-widths; whether an indent begins a paragraph."""

    characters: float
    halves: float
    indents_count: bool


def _width(document: Document) -> _Width | None:
    """The width that cut the lines; None where the page's lines are whole paragraphs."""
    found = [line for _, line in _lines(document)]
    breaks = [one for one, two in pairwise(found) if one and two and _may_be_cut(one, two)]
    if len(breaks) < _FEWEST_BREAKS or sum(bool(_SENTENCE_MARK.search(one.text)) for one in breaks) * 2 < len(breaks):
        return None
    sizes = sorted(len(one.text) for one in breaks)
    widest = sizes[-1 - len(sizes) // 20]
    lines = [one for one in found if one is not None]
    overlong = sum(len(one.text) > widest * _OVERLONG for one in lines)
    width = _Width(widest, max(map(_halves, (one.text for one in breaks))), _indents_count(lines))
    if not _LEAST_WIDTH <= widest <= _MOST_WIDTH or overlong > len(lines) * _FEW_OVERLONG:
        return None
    return width if sum(_is_full(one.text, width, _FULL) for one in breaks) >= len(breaks) * _MOST_FULL else None


def _may_be_cut(one: _Line, two: _Line) -> bool:
    return len(one.text) >= _LEAST_WIDTH and two.ends_before == 1 and _is_open(one.text) and not _begins(two.text)


def _indents_count(lines: Sequence[_Line]) -> bool:
    indented = sum(one.indented for one in lines)
    return 0 < indented * 2 < len(lines)


def _halves(text: str) -> int:
    return sum(1 if char < "\u0300" else 2 for char in text)


def _is_full(text: str, width: _Width, share: float) -> bool:
    return len(text) >= width.characters * share or _halves(text) >= width.halves * share


def _is_open(text: str) -> bool:
    """Whether a line may end inside a sentence."""
    return not _STOPPED.search(text) and not _ROW.search(text) and bare(text) not in _labels()


def _begins(text: str) -> bool:
    """Whether a line begins something of its own."""
    return bool(_STARTS_ANEW.match(text) or _ROW.search(text)) or bare(text) in _labels()


def _continues(whole: str, last: _Line, line: _Line, width: _Width | None) -> bool:
    """Whether `line` goes on with the paragraph `whole`, whose last line is `last`."""
    if not 1 <= line.ends_before <= 2 or len(whole) < _LEAST_LINE or not _is_open(last.text) or _begins(line.text):
        return False
    return _is_cut_inside(whole, line.text) or (width is not None and _is_wrapped(whole, last, line, width))


def _is_cut_inside(whole: str, after: str) -> bool:
    """Whether the words themselves show that a sentence goes on."""
    if _COMMA.search(whole):
        return True
    if _ENDS_IN_FIGURE.search(whole):
        goes_on = _FIGURE_GOES_ON.match(after) and not _A_YEAR.match(after)
        return bool(goes_on and _SENTENCE_MARK.search(after)) or bool(_UNIT_FOLLOWS.match(after))
    is_sentence = _SENTENCE_MARK.search(whole) and not _is_heading(whole)
    return bool(is_sentence and _SENTENCE_MARK.search(after)) and _cuts_a_word(whole, after)


def _is_heading(whole: str) -> bool:
    return bool(_NUMBERED.match(whole)) and not re.search("[。；;:：]", whole)


def _cuts_a_word(before: str, after: str) -> bool:
    at = min(len(before), _LONGEST_WORD - 1)
    around = before[len(before) - at :] + after[: _LONGEST_WORD - 1]
    return any(start < at < start + len(word) for word in _WORDS if (start := around.find(word)) >= 0)


def _is_wrapped(whole: str, last: _Line, line: _Line, width: _Width) -> bool:
    """Whether a line ends where the page's lines end, and no paragraph ends there."""
    if line.ends_before != 1 or (line.indented and width.indents_count):
        return False
    if _ENDS_IN_FIGURE.search(whole) and _A_YEAR.match(line.text):
        return False
    if _is_heading(whole):
        return bool(re.search("[，,]", whole)) and _is_full(last.text, width, _QUITE_FULL)
    if not _INNER.search(whole):
        return not _TITLE.search(whole) and _is_full(last.text, width, _QUITE_FULL)
    return _is_full(last.text, width, _FULL)


def _between(before: str, after: str) -> str:
    return " " if _LATIN.search(before) and after[:1].isascii() and after[:1].isalpha() else ""


@cache
def _labels() -> frozenset[str]:
    """The labels of the official tables, bare."""
    words = {label for name in TABLES for row in form(name).rows for label in row.labels}
    words |= {label for name in TABLES for column in form(name).columns for label in column.labels}
    return frozenset(words | {label for name in TABLES for label in form(name).column_groups})
