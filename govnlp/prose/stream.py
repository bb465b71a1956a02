"""A sentence as a stream of tokens: cues, figures, periods and the marks between clauses."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from govnlp.prose.lexicon import JOIN, RESIDUE, Token, lexicon
from govnlp.prose.mentions import Mention
from govnlp.schema.text import Span

FIGURE, COMMA, STOP, OPEN, CLOSE = "#", ",", ";", "(", ")"
# A colon behind a figure opens its list; before one it belongs to the figure's name.
_COLONS = frozenset(":：")
_MARKS = {"，": COMMA, ",": COMMA, "；": STOP, ";": STOP, "(": OPEN, "（": OPEN, ")": CLOSE, "）": CLOSE}
_PIECE = re.compile(r"[，；;()（）]|,(?!\d{3}(?!\d))|(?<!\d),|(?:19|20)\d\d ?(?=年)|\d+(?:\.\d+)?[%％]|[。！？!?\n]")
_YEAR_TAIL = re.compile("年(?:[0-9]{1,2}月(?:[0-9]{1,2}日)?)?(?P<since>以来|起)|年度?(?:全年|度|底|末|内)?")


@dataclass(frozen=True, slots=True)
class Part:
    """A token of the stream; `figure` is the place of the mention in its list, or -1."""

    symbol: str
    span: Span
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
            parts.append(Part(FIGURE, Span(one.raw.start, one.end), index))
            at = one.end
            if text[at : at + 1] in _COLONS:
                parts.append(Part(COMMA, Span(at, at + 1)))
    parts += _piece(text, at, sentence.end, year)
    return _without_glosses(parts)


def _piece(text: str, start: int, end: int, year: int | None) -> Iterator[Part]:
    at = start
    for mark in _PIECE.finditer(text, start, end):
        if mark.start() < at:
            continue
        yield from _words(text, at, mark.start())
        symbol = _MARKS.get(mark[0])
        at = mark.end()
        if symbol:
            yield Part(symbol, Span(*mark.span()))
        elif mark[0][0].isdigit() and mark[0][-1] not in "%％":
            tail = _YEAR_TAIL.match(text, mark.end())
            at = min(end, tail.end() if tail else mark.end())
            since = tail is not None and tail["since"] is not None
            yield from _period(mark, at, year, since)
    yield from _words(text, at, end)


def _period(mark: re.Match[str], end: int, year: int | None, since: bool) -> Iterator[Part]:
    """The year's period; 2008年以来 reaches over all years, 今年以来 does not."""
    if year is None:
        return
    names = {0: "now", -1: "prev", 1: "next"}
    name = names.get(int(mark[0]) - year, "other_year")
    name = "since" if since and name != "now" else name
    yield Part(lexicon().symbols[name], Span(mark.start(), end))


_DATE = re.compile(r"\d{1,2} ?(?:月|日|号)(?:底|末|份)?")


def _words(text: str, start: int, end: int) -> Iterator[Part]:
    for token in lexicon().tokens(text, start, end):
        if token.symbol == RESIDUE and _is_date(text, token):
            continue
        yield Part(token.symbol, token.span)


def _is_date(text: str, token: Token) -> bool:
    return text[token.span.start].isdigit() and _DATE.sub("", text[slice(*token.span)]).strip("日至到-—~～底末 ") == ""


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
