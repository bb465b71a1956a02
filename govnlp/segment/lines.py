"""The lines of a document that may be headings, with what the blocks say of them."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from typing import NamedTuple

from govnlp.schema.document import Document, Paragraph
from govnlp.schema.report import SectionKind
from govnlp.segment.wordings import LONGEST_HEADING, Wording, read_heading

PART, CHINESE, BRACKET, ARABIC, SMALL, BARE = range(6)
_DIGITS = "一二三四五六七八九"
_NUMBERED = re.compile(
    r"\n[ \t|*#>■◆●▲]{0,6}(?:"
    r"(?P<part>第[一二三四五六七八九十]{1,3}(?:部分|章|节)|[ⅠⅡⅢⅣⅤⅥⅦⅧⅨⅩ]|[IVX]{1,4}(?=[、. ]))|"
    r"(?P<chinese>[一二三四五六七八九十]{1,3}(?![是方年])|[—ー–-](?=、))|"
    r"[((](?P<bracket>[一二三四五六七八九十]{1,3})[))]|"
    r"(?P<arabic>\d{1,2})(?=[、.](?!\d)|[ \t]+[一-鿿])|"
    r"\(?(?P<small>\d{1,2})\)|(?P<circle>[①-⑳])"
    r")(?P<mark>[ \t、.,::,。·;]{0,4})(?P<title>[^\n]{0,160})"
)
_BARE = re.compile(
    r"\n[ \t]*(?P<title>(?=[^\n]{0,30}(?:情况|概述|概况|综述|问题|事项|附表|附件|统计表|公开|改进|打算))"
    r"[^\n|\d(一二三四五六七八九][^\n|。,]{1,34})(?=[::。]?[ \t]*\|?[ \t]*(?:\n|$))"
)
_INLINE = re.compile(r"[。;!?:)”\s](?P<chinese>[一二三四五六七八九十]{1,2})[、.][ \t]?(?=(?P<title>[^\n]{2,60}))")
_LONG_LINE = re.compile(r"[^\n]{120}")


class Candidate(NamedTuple):
    """A line that may be a heading: where it starts, where the heading ends, its level, its number, what it says."""

    start: int
    end: int
    level: int
    number: int | None
    wording: Wording
    inline: bool = False

    @property
    def kind(self) -> SectionKind | None:
        """The kind of section that the wording opens."""
        return self.wording.kind


@dataclass(frozen=True, slots=True)
class Layout:
    """What the blocks say of positions of the text: which lie in a table, which are page furniture, which are marked."""

    starts: tuple[int, ...]
    links: frozenset[int]
    tables: frozenset[int]
    marked: frozenset[int]

    def block_at(self, position: int) -> int:
        """The start of the block that holds a position, -1 before the first."""
        index = bisect_right(self.starts, position)
        return self.starts[index - 1] if index else -1

    def in_table(self, position: int) -> bool:
        """Whether a position lies in a table, but not at its very start."""
        block = self.block_at(position)
        return block in self.tables and block != position

    def is_link(self, position: int) -> bool:
        """Whether a position lies in page furniture."""
        return self.block_at(position) in self.links


def layout_of(document: Document) -> Layout:
    """The layout of a document."""
    starts, links, tables, marked = [], [], [], []
    for block in document.blocks:
        start = block.span.start
        starts.append(start)
        if not isinstance(block, Paragraph):
            tables.append(start)
        elif block.link:
            links.append(start)
        elif block.level:
            marked.append(start)
    return Layout(tuple(starts), frozenset(links), frozenset(tables), frozenset(marked))


def candidates(text: str, layout: Layout) -> list[Candidate]:
    """Every line that may be a heading, in order."""
    page = "\n" + text
    found = [one for match in _NUMBERED.finditer(page) if (one := _numbered(match, text))]
    found += [one for match in _BARE.finditer(page) if (one := _bare(match, layout))]
    if _has_long_line(text):
        found += _inline(text)
    kept = [one for one in found if not layout.is_link(one.start) and not _is_plain_cell(one, layout)]
    return _apart(sorted({one.start: one for one in reversed(kept)}.values()))


def _apart(found: list[Candidate]) -> list[Candidate]:
    """The candidates that do not begin within the one before."""
    kept: list[Candidate] = []
    for one in found:
        if not kept or one.start >= kept[-1].end:
            kept.append(one)
    return kept


def _is_plain_cell(one: Candidate, layout: Layout) -> bool:
    """Inside a table only a sure wording can be a heading."""
    return one.wording.weight < 2 and layout.in_table(one.start)


def _numbered(match: re.Match[str], text: str) -> Candidate | None:
    level, number = _level(match)
    title, start = match["title"], match.start("title") - 1
    if not title.strip(" \t|") and level <= BRACKET:
        title, start = _next_line(text, match.end() - 1)
    wording = read_heading(title)
    if not wording or (level == CHINESE and not match["mark"] and wording.weight < 2):
        return None
    if wording.kind is None and (level > CHINESE or len(title) > LONGEST_HEADING):
        return None
    return Candidate(match.start(), start + wording.length, level, number, wording)


def _level(match: re.Match[str]) -> tuple[int, int | None]:
    if part := match["part"]:
        return PART, _ordinal(part)
    if chinese := match["chinese"]:
        return CHINESE, _ordinal(chinese)
    if bracket := match["bracket"]:
        return BRACKET, _ordinal(bracket)
    if arabic := match["arabic"]:
        return ARABIC, int(arabic)
    return SMALL, int(match["small"]) if match["small"] else None


def _ordinal(printed: str) -> int | None:
    """The value of 第三部分, 十二, Ⅳ, IV; a dash is a 一 that a scan flattened."""
    if printed in "—ー–-":
        return 1
    roman = "ⅠⅡⅢⅣⅤⅥⅦⅧⅨⅩ".find(printed) + 1
    if roman:
        return roman
    latin = ("I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X")
    if printed in latin:
        return latin.index(printed) + 1
    digits = printed.strip("第部分章节")
    tens, ten, ones = digits.rpartition("十")
    value = _DIGITS.find(ones) + 1 if ones else 0
    return value + (10 * (_DIGITS.find(tens) + 1 or 1) if ten else 0) or None


def _next_line(text: str, end: int) -> tuple[str, int]:
    """The line after a number that stands alone."""
    start = end + 1
    stop = text.find("\n", start, start + 200)
    line = text[start : stop if stop >= 0 else start + 60]
    stripped = line.lstrip(" \t|")
    return stripped, start + len(line) - len(stripped)


def _bare(match: re.Match[str], layout: Layout) -> Candidate | None:
    start = match.start()
    wording = read_heading(match["title"])
    if not wording or wording.kind is None or wording.weight < 2.5 or wording.length < len(match["title"].rstrip()):
        return None
    if start in layout.marked and not wording.official:
        wording = wording._replace(weight=2.8)
    return Candidate(start, match.start("title") - 1 + wording.length, BARE, None, wording)


def _has_long_line(text: str) -> bool:
    return _LONG_LINE.search(text) is not None


def _inline(text: str) -> Iterator[Candidate]:
    """Headings in the middle of a line, where a page lost its line ends."""
    for match in _INLINE.finditer(text):
        wording = read_heading(match["title"])
        if wording and wording.weight >= 2.5 and wording.kind:
            start = match.start("chinese")
            end = match.start("title") + wording.length
            yield Candidate(start, end, CHINESE, _ordinal(match["chinese"]), wording._replace(weight=2.2), True)
