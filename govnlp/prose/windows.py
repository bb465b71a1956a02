"""What a model reads: stretches of a passage in which every mention is one marker.

`<num>` stands in place of a figure, `<none>` and `<all>` before the words that deny or carry a total. Years become their
distance from the report's year, other digits `<dig>`: which number is printed says nothing about what it counts.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from govnlp.prose.mentions import Mention, MentionKind
from govnlp.prose.sentences import clauses, sentences
from govnlp.prose.tagger import Passage
from govnlp.schema.text import Span

MARKERS: dict[MentionKind, str] = {"figure": "<num>", "none": "<none>", "all": "<all>"}
DIGITS, YEARS = "<dig>", ("<year-1>", "<year0>", "<year+1>", "<year>")
SECTIONS = (
    "overview", "proactive", "applications", "remedies", "problems", "other", "appendix", "fees", "header", "footer",
    "boilerplate",
)  # fmt: skip
NO_SECTION = "<section>"
# Every token that is no word.
TOKENS = (*MARKERS.values(), DIGITS, *YEARS, NO_SECTION, *(f"<section:{name}>" for name in SECTIONS))

# Characters of a window, and of the sentence before it that is read along.
LONGEST, CONTEXT = 240, 120


class Group(NamedTuple):
    """Mentions that share one marker: a figure, or the things that one trigger denies (未发生复议、诉讼)."""

    kind: MentionKind
    span: Span
    members: tuple[int, ...]


class Window(NamedTuple):
    """A stretch of a passage as a model reads it. `groups` are in the order of the markers in `text`.

    The first `known` groups were in the window before: they are context.
    """

    text: str
    groups: tuple[Group, ...]
    known: int = 0


class _Unit(NamedTuple):
    text: str
    groups: tuple[Group, ...]


def grouped(mentions: list[Mention]) -> list[Group]:
    """The markers of a passage, in order: mentions of one kind that start at one place share one."""
    places: dict[tuple[int, MentionKind], list[int]] = {}
    for index, one in enumerate(mentions):
        places.setdefault((one.raw.start, one.kind), []).append(index)
    return [
        Group(kind, Span(start, mentions[members[0]].raw.end), tuple(members))
        for (start, kind), members in sorted(places.items())
    ]


def windows(passage: Passage, mentions: list[Mention]) -> list[Window]:
    """The windows of a passage; each mention is new in exactly one. No mentions, no windows.

    >>> from govnlp.prose.mentions import mentions
    >>> text = "2016年收到近30件,均已办结。"
    >>> windows(Passage(text, section="applications", year=2016), mentions(text))[0].text
    '<section:applications><year0>年收到<num>件,<all>均已办结。'
    """
    units = [_unit(passage, span, grouped(mentions)) for span in _stretches(passage.text)]
    prefix = f"<section:{passage.section}>" if passage.section in SECTIONS else NO_SECTION
    return [
        window._replace(text=prefix + _heading(passage, mentions, window) + window.text) for window in _joined(units)
    ]


def marked_sentences(passage: Passage, mentions: list[Mention]) -> list[tuple[str, tuple[Group, ...]]]:
    """The sentences of a passage, each alone and as a model reads it, with its markers.

    >>> from govnlp.prose.mentions import mentions
    >>> text = "收到30件。"
    >>> marked_sentences(Passage(text), mentions(text))[0][0]
    '收到<num>件。'
    """
    groups = grouped(mentions)
    return [(unit.text, unit.groups) for unit in (_unit(passage, span, groups) for span in _stretches(passage.text))]


def _heading(passage: Passage, mentions: list[Mention], window: Window) -> str:
    """The heading above, where the passage is no more than 无 or a figure: it then names the thing."""
    heading = passage.subheading.strip() or passage.heading.strip()
    if not passage.fresh or not heading or len(window.text) > 30 or heading in passage.text:
        return ""
    return _plain(heading[:40], None) + ":"


def _stretches(text: str) -> Iterator[Span]:
    """Sentences; one that is too long for a window is cut between clauses."""
    for sentence in sentences(text):
        start = sentence.span.start
        if sentence.span.end - start <= LONGEST:
            yield sentence.span
            continue
        for clause in clauses(text, sentence.span):
            while clause.end - start > LONGEST:
                cut = clause.start if clause.start > start else start + LONGEST
                yield Span(start, cut)
                start = cut
        yield Span(start, sentence.span.end)


def _unit(passage: Passage, span: Span, groups: list[Group]) -> _Unit:
    inside = [one for one in groups if span.start <= one.span.start < span.end]
    pieces: list[str] = []
    at = span.start
    for one in inside:
        pieces += [_plain(passage.text[at : max(at, one.span.start)], passage.year), MARKERS[one.kind]]
        at = max(at, one.span.end if one.kind == "figure" else one.span.start)
    pieces.append(_plain(passage.text[at : span.end], passage.year))
    return _Unit("".join(pieces), tuple(inside))


_NARROW = str.maketrans(
    {chr(code): chr(code - 0xFEE0) for code in range(0xFF01, 0xFF5F)}
    | {"\u3000": " ", "<": "《", ">": "》", "＜": "《", "＞": "》"}
)
_DIGITS = re.compile(r"(?P<year>(?:19|20)\d\d(?= ?年))|\d[\d.,]*")


def _plain(text: str, year: int | None) -> str:
    """Text without numbers: years by their distance from the report's, other digits as one token."""

    def marked(found: re.Match[str]) -> str:
        if found["year"] is None:
            return DIGITS
        distance = int(found["year"]) - year if year is not None else None
        return YEARS[distance + 1] if distance in (-1, 0, 1) else YEARS[3]

    return _DIGITS.sub(marked, text.translate(_NARROW))


def _joined(units: list[_Unit]) -> Iterator[Window]:
    at = 0
    while at < len(units):
        if not units[at].groups:
            at += 1
            continue
        before = [units[at - 1]] if at and len(units[at - 1].text) <= CONTEXT else []
        end, length = at + 1, len(units[at].text)
        while end < len(units) and length + len(units[end].text) <= LONGEST:
            length += len(units[end].text)
            end += 1
        last = max(place for place in range(at, end) if units[place].groups) + 1
        chosen = [*before, *units[at:last]]
        groups = tuple(group for unit in chosen for group in unit.groups)
        yield Window("".join(unit.text for unit in chosen), groups, sum(len(unit.groups) for unit in before))
        at = end
