"""Lists told apart from their figures: 「维持、纠错、其他分别为21、5、3件」 is read as 「维持21件、纠错5件、其他3件」.

The same for one figure of several things (予以公开、部分公开各4件). A tagger is given the passage as if every name stood
beside its figure; what it says is told of the mentions as they are printed.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from typing import NamedTuple

from govnlp.prose.mentions import Mention
from govnlp.prose.tagger import Passage, Tag, Tagger
from govnlp.schema.text import Span

_TOLD = re.compile(
    r"(?:分别|依次|各)(?!占|比|增|减|升|降|提高)[为是有达计收公开到]{0,3}\s*(?=[\d近约０-９一二两三四五六七八九十零百])"
)
_BREAK = re.compile(r"[,，;；。:：!！?？\n()（）]")
_BETWEEN, _BETWEEN_EACH = (re.compile(rf"\s*(?:[{mark}]\s*)?(?:以及|[和与及])?\s*") for mark in ("、,，", "、"))
_COMMA, _AND = re.compile("、"), re.compile("以及|[和与]|(?<![涉普])及")
_LONGEST_NAME, _FURTHEST = 24, 120


class _Told(NamedTuple):
    """A list with its figures behind it: the names, and for each its figure with its unit; `unit` is of those that lack one."""

    names: tuple[Span, ...]
    figures: tuple[Span, ...]
    unit: Span | None

    def pieces(self) -> Iterator[Span]:
        """What is read in its place, piece by piece of the text."""
        for place, (name, figure) in enumerate(zip(self.names, self.figures, strict=True)):
            if place:
                yield Span(self.names[0].end, self.names[0].end + 1)
            yield from (name, figure)
            if self.unit is not None and figure.end != self.unit.end:
                yield self.unit


def tags(tagger: Tagger, passage: Passage, mentions: list[Mention]) -> list[Tag]:
    """What a tagger says of the mentions of a passage, lists that stand apart from their figures unfolded.

    A figure that is told of several things (各4件) has a tag for each.

    >>> from govnlp.prose.rules import RuleTagger
    >>> text = "予以公开、部分公开分别为21件、5件"
    >>> rules = RuleTagger()
    >>> passage = Passage(text, section="applications")
    >>> [tag.indicator for tag in tags(rules, passage, rules.mentions(text))]
    ['applications.granted.total', 'applications.partial.total']
    """
    told = list(_lists(passage.text, mentions))
    if not told:
        return tagger.tag(passage, mentions)
    places = _unfolded(len(passage.text), told)
    text = "".join(passage.text[place] for place in places)
    shown = tagger.mentions(text)
    own = _same(shown, mentions, places)
    found = tagger.tag(replace(passage, text=text), shown)
    moved = (
        tag._replace(mention=own[tag.mention], label=_moved(tag.label, places)) for tag in found if tag.mention in own
    )
    return sorted(dict.fromkeys(moved), key=lambda tag: tag.mention)


def _unfolded(size: int, told: list[_Told]) -> list[int]:
    """The places of the characters of the text, in the order in which they are read."""
    places: list[int] = []
    at = 0
    for one in told:
        places += range(at, one.names[0].start)
        places += [place for piece in one.pieces() for place in range(*piece)]
        at = max(one.figures[-1].end, one.unit.end if one.unit else 0)
    return [*places, *range(at, size)]


def _same(shown: list[Mention], mentions: list[Mention], places: list[int]) -> dict[int, int]:
    """Which printed mention each shown one is: of the same kind, begun at the same character, in the same order."""
    printed: dict[tuple[str, int], list[int]] = {}
    for index, one in enumerate(mentions):
        printed.setdefault((one.kind, one.raw.start), []).append(index)
    found: dict[int, int] = {}
    last, turn = -1, 0
    for index, one in enumerate(shown):
        turn = turn + 1 if one.raw.start == last else 0
        last = one.raw.start
        same = printed.get((one.kind, places[one.raw.start]), [])
        if turn < len(same):
            found[index] = same[turn]
    return found


def _moved(label: Span | None, places: list[int]) -> Span | None:
    if label is None or label.start >= label.end:
        return None
    start, end = places[label.start], places[label.end - 1] + 1
    return Span(start, end) if start < end else None


def _lists(text: str, mentions: list[Mention]) -> Iterator[_Told]:
    figures = [one for one in mentions if one.kind == "figure"]
    after = 0
    for told in _TOLD.finditer(text):
        behind = [one for one in figures if one.raw.start >= told.end()]
        if not behind or behind[0].raw.start != told.end() or told.start() < after:
            continue
        one = _list(text, told, _row(text, behind, _BETWEEN_EACH if told[0][0] == "各" else _BETWEEN), figures)
        if one is not None and one.names[0].start >= after:
            yield one
            after = max(one.figures[-1].end, one.unit.end if one.unit else 0)


def _row(text: str, behind: list[Mention], between: re.Pattern[str]) -> list[Mention]:
    """The first figure, and those that follow it with nothing but 、 or 和 between."""
    row = behind[:1]
    for one in behind[1:]:
        if not between.fullmatch(text, row[-1].end, one.raw.start):
            break
        row.append(one)
    return row


def _list(text: str, told: re.Match[str], row: list[Mention], figures: list[Mention]) -> _Told | None:
    each = told[0].startswith("各") and len(row) == 1
    # A list begins behind the figure before it: 14件中予以公开、部分公开各4件.
    before = max((one.end for one in figures if one.end <= told.start()), default=0)
    names = _names(text, Span(before, told.start()), None if each else len(row))
    if names is None:
        return None
    chosen = row[:1] * len(names) if each else row
    last = chosen[-1]
    unit = (
        Span(last.raw.end, last.end)
        if last.end > last.raw.end and any(one.end == one.raw.end for one in chosen)
        else None
    )
    return _Told(tuple(names), tuple(Span(one.raw.start, one.end) for one in chosen), unit)


def _names(text: str, room: Span, count: int | None) -> list[Span] | None:
    """The names at the end of `room`: of its last clause, or of the one before it where that holds no list."""
    start, end = max(room.start, room.end - _FURTHEST), room.end
    breaks = [start, *(one.end() for one in _BREAK.finditer(text, start, end))]
    clauses = [Span(breaks[-1], end)]
    if count is not None and len(breaks) > 1:
        clauses.append(Span(breaks[-2], breaks[-1] - 1))
    for clause in clauses:
        names = _parted(text, clause, count)
        if names is not None:
            return names
    return None


def _parted(text: str, clause: Span, count: int | None) -> list[Span] | None:
    """The names of a list: 、 stands between them, and 和 before the last."""
    names: list[Span] = []
    start = clause.start
    for mark in _COMMA.finditer(text, *clause):
        names.append(Span(start, mark.start()))
        start = mark.end()
    last = [*_AND.finditer(text, start, clause.end)][-1:]
    for one in last if count is None or len(names) < count else ():
        if one.start() > start and len(names) + 1 != count:
            names.append(Span(start, one.start()))
            start = one.end()
        elif one.start() == start:
            start = one.end()
    names.append(Span(start, clause.end))
    fits = all(0 < one.end - one.start <= _LONGEST_NAME for one in names)
    return names if fits and len(names) >= 2 and count in (None, len(names)) else None
