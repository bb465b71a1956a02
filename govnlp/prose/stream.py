"""A sentence as a stream of tokens: cues, figures, periods and the marks between clauses."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from typing import NamedTuple

from govnlp.prose.lexicon import JOIN, LETTERS, RESIDUE, lexicon
from govnlp.prose.mentions import Mention
from govnlp.schema.text import Span

FIGURE, COMMA, STOP, OPEN, CLOSE = "#", ",", ";", "(", ")"
# A colon behind a figure opens its list; before one it belongs to the figure's name.
_COLONS = frozenset(":：")
_MARKS = {"，": COMMA, ",": COMMA, "；": STOP, ";": STOP, "(": OPEN, "（": OPEN, ")": CLOSE, "）": CLOSE}
_PIECE = r"[，；;()（）]|,(?!\d{3}(?!\d))|(?<!\d),|(?:19|20)\d\d ?(?=年)|\d+(?:\.\d+)?[%％]|[。！？!?\n]"
_YEAR_TAIL = re.compile("年(?:[0-9]{1,2}月(?:[0-9]{1,2}日)?)?(?P<since>以来|起)|年度?(?:全年|度|底|末|内)?")


class Part(NamedTuple):
    """A token of the stream at `[start, end)`; `figure` is the place of the mention in its list, or -1."""

    symbol: str
    start: int
    end: int
    figure: int = -1


def stream(text: str, sentence: Span, mentions: list[Mention], year: int | None, inside: range) -> list[Part]:
    """The tokens of a sentence in order; `inside` are the places of its mentions. Years become periods: the report's, the one before, the next, or another.

    Brackets that hold no figure and no denial are left out: they only explain the word before them.
    """
    parts: list[Part] = []
    at = sentence.start
    for index in inside:
        one = mentions[index]
        if one.kind == "figure":
            parts += _piece(text, at, one.raw.start, year)
            parts.append(Part(FIGURE, one.raw.start, one.end, index))
            at = one.end
            if text[at : at + 1] in _COLONS:
                parts.append(Part(COMMA, at, at + 1))
    parts += _piece(text, at, sentence.end, year)
    return _without_glosses(parts)


def _piece(text: str, start: int, end: int, year: int | None) -> Iterator[Part]:
    """The tokens of a stretch without mentions: marks, years, cues and residue, in one scan."""
    meaning, at = lexicon().meaning, start
    for found in _scanner().finditer(text, start, end):
        if found.start() < at:
            continue
        if found.start() > at:
            yield from _residue(text, at, found.start())
        at, word = found.end(), found[0]
        if found.lastgroup == "whole":
            continue
        if found.lastgroup is None:
            if meaning[word]:
                yield Part(meaning[word], found.start(), at)
        elif word in _MARKS:
            yield Part(_MARKS[word], found.start(), at)
        elif word[0].isdigit() and word[-1] not in "%％":
            tail = _YEAR_TAIL.match(text, at)
            at = min(end, tail.end() if tail else at)
            yield from _year(text, start, found, tail, at, year)
    if at < end:
        yield from _residue(text, at, end)


@cache
def _scanner() -> re.Pattern[str]:
    return re.compile(f"(?P<whole>{EVERYBODY})|{lexicon().scanner.pattern}|(?P<piece>{_PIECE})")


def _year(
    text: str, start: int, mark: re.Match[str], tail: re.Match[str] | None, end: int, year: int | None
) -> Iterator[Part]:
    """The year's period; 2008年以来 reaches over all years, 今年以来 does not; 到2014年底 up to then."""
    if year is None:
        return
    if tail is not None and tail[0].endswith(("底", "末")) and _UNTIL.search(text, start, mark.start()):
        yield Part(lexicon().symbols["until"], mark.start() - 1, mark.start())
    names = {0: "now", -1: "prev", 1: "next"}
    name = names.get(int(mark[0]) - year, "other_year")
    since = tail is not None and tail["since"] is not None
    yield Part(lexicon().symbols["since" if since and name != "now" else name], mark.start(), end)


# 各部门、镇街共收到…: departments and towns together are the whole, not a branch of it.
_OFFICES = "各?(?:[省市县区州]直|直属|政府)?各?(?:有关|职能|级)?(?:部门|单位|委办局|行政机关)"
_TOWNS = "各?(?:镇街|街镇|乡镇|镇乡|街道|县市区|县区|区县)(?:[（(]街道[)）])?"
EVERYBODY = f"(?=[各省市县区州直政有职级部单委行镇街乡])(?:{_OFFICES}[、和及与]{_TOWNS}|{_TOWNS}[、和及与]{_OFFICES})"

# 到2013年底累计公开: all years up to then; 截至 is a cue of its own, 1月1日至2014年底 a stretch.
_UNTIL = re.compile("(?<![截止日月号年])[到至]\\Z")

# “柳河县财政局”网: an office's site by the office's name; other nets (江南水文网) may be anybody's.
_SITE = re.compile("(?:(?<=[府局委厅办])|(?<=[府局委厅办][”’」》]))网\\Z")
_DATE = re.compile(r"\d{1,2} ?(?:月|日|号)(?:底|末|份)?")


def _residue(text: str, start: int, end: int) -> Iterator[Part]:
    """What no word covers, where it holds letters and is no date."""
    if not LETTERS.search(text, start, end) or (text[start].isdigit() and _is_date(text[start:end])):
        return
    site = _SITE.search(text, start, end)
    if site is None or site.start() > start:
        yield Part(RESIDUE, start, site.start() if site else end)
    if site is not None:
        yield Part(lexicon().symbols["website"], site.start(), end)


def _is_date(text: str) -> bool:
    return _DATE.sub("", text).strip("日至到-—~～底末 ") == ""


def _without_glosses(parts: list[Part]) -> list[Part]:
    """Drop brackets, with what is in them, that hold no figure."""
    kept: list[Part] = []
    opened = -1
    for part in parts:
        if part.symbol == OPEN:
            opened = len(kept)
        kept.append(part)
        if part.symbol == CLOSE and opened >= 0:
            if all(one.figure < 0 for one in kept[opened:]):
                del kept[opened:]
            opened = -1
    return kept


@cache
def boundaries() -> frozenset[str]:
    """The symbols that end a clause."""
    return frozenset((COMMA, STOP, OPEN, CLOSE))


def chars(parts: list[Part]) -> str:
    """The symbols of a stretch of the stream without the joining words."""
    return "".join(one.symbol for one in parts if one.symbol != JOIN)
