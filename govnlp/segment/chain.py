"""The headings of a report among the lines that may be some: the best chain by wording, number and order.

A heading of the top level opens a section; what is numbered below it (二)依申请公开 within 一、总体情况) does not.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence

from govnlp.schema.text import Span
from govnlp.segment.lines import ARABIC, BARE, BRACKET, CHINESE, Candidate
from govnlp.segment.zones import Zones

_RESTART, _NEW_PRINTING, _UNNUMBERED, _GAP, _NESTED, _MISNUMBERED = 5.0, 0.8, 0.6, 0.3, 3.0, 1.0
_NEVER = 1e6
_MOST = 1000
_REACH = 40
_CONTENTS, _PAGE_NUMBER = 4, 40
_FULL_WORDING = 9
_OF_THE_FORM = frozenset({"proactive", "applications", "remedies", "fees"})
_CONTAINERS = ("overview", None)


def choose(found: Sequence[Candidate], titles: Sequence[int], text: str) -> list[Candidate]:
    """The headings that open sections, in order.

    `titles` are the positions of report titles, where numbering may begin anew.
    """
    found = _without_contents(found, text)
    top = _top_level(found)
    usable = [one for one in found if _is_usable(one, top)][:_MOST]
    return _best_chain(usable, top, titles)


def _top_level(found: Sequence[Candidate]) -> int:
    """The level on which most kinds of section have a sure heading; the upper one of equals."""
    kinds: dict[int, set[str]] = {}
    weak: dict[int, set[str]] = {}
    for one in found:
        if one.kind and one.wording.weight >= 2:
            kinds.setdefault(one.level, set()).add(one.kind)
        if one.kind and one.wording.weight >= 1.5 and one.level <= BRACKET:
            weak.setdefault(one.level, set()).add(one.kind)
    if _is_form_below(kinds.get(CHINESE, set()), kinds.get(BRACKET, set())):
        return BRACKET
    ranked = [(-len(kinds.get(level, ())), -len(weak.get(level, ())), level) for level in range(BARE + 1)]
    return min(ranked)[2]


def _is_form_below(upper: set[str], lower: set[str]) -> bool:
    """Whether the sections of the form stand as (一)(二) in a chapter such as 一、基本情况.

    The forms of 2019 on never name 复议 or 收费 below 总体情况.
    """
    return not upper & _OF_THE_FORM and "applications" in lower and bool(lower & {"remedies", "fees"})


def _is_usable(one: Candidate, top: int) -> bool:
    if one.level == top:
        return one.level != BARE or one.wording.weight >= 2.5
    if one.level < top and one.level <= CHINESE:
        return one.kind is not None and one.wording.weight >= 1.5
    is_full = one.end - one.start >= _FULL_WORDING or one.kind == "overview"
    return one.wording.official and is_full and one.level in (BARE, BRACKET)


def _without_contents(found: Sequence[Candidate], text: str) -> list[Candidate]:
    """Leave out a table of contents: four or more headings with nothing between them, which come again below."""
    kept: list[Candidate] = []
    at = 0
    while at < len(found):
        run = _empty_run(found, at, text)
        if run < _CONTENTS or not _come_again(found, at, run):
            kept.extend(found[at : at + run])
        at += run
    return kept


def _come_again(found: Sequence[Candidate], at: int, run: int) -> bool:
    """Whether half the kinds that a run lists have a heading of the same level below it."""
    listed = {one.kind for one in found[at : at + run]}
    later = {one.kind for one in found[at + run : at + run + _MOST] if one.level == found[at].level}
    return len(listed & later) * 2 >= len(listed)


def _empty_run(found: Sequence[Candidate], at: int, text: str) -> int:
    """How many headings from here on follow each other with nothing but page numbers between them."""
    stop = at
    listed = {(found[at].kind, found[at].number)}
    while stop + 1 < len(found):
        one, following = found[stop], found[stop + 1]
        name = (following.kind, following.number)
        if following.start - one.end > _PAGE_NUMBER or following.level != one.level or name in listed:
            break
        if text[one.end : following.start].strip(" \t\n|.…·。、;,0123456789()-"):
            break
        listed.add(name)
        stop += 1
    return stop - at + 1


def _best_chain(usable: Sequence[Candidate], top: int, titles: Sequence[int]) -> list[Candidate]:
    """The chain of headings that weighs most, less what its breaks of order cost."""
    scores: list[float] = []
    before: list[int] = []
    numbers: list[int] = []
    for at, one in enumerate(usable):
        best, link = _opening(one), -1
        for earlier in range(max(0, at - _REACH), at):
            cost = _cost(usable[earlier], numbers[earlier], one, top, titles)
            if scores[earlier] + one.wording.weight - cost > best:
                best, link = scores[earlier] + one.wording.weight - cost, earlier
        scores.append(best)
        before.append(link)
        numbers.append(one.number or (numbers[link] if link >= 0 else 0))
    return _walk(usable, scores, before)


def _walk(usable: Sequence[Candidate], scores: Sequence[float], before: Sequence[int]) -> list[Candidate]:
    if not scores:
        return []
    at = max(range(len(scores)), key=scores.__getitem__)
    chain: list[Candidate] = []
    while at >= 0 and scores[at] > 0:
        chain.append(usable[at])
        at = before[at]
    return chain[::-1]


def _opening(one: Candidate) -> float:
    """What a heading weighs as the first of the chain."""
    if one.kind is None:
        return one.wording.weight if one.number == 1 else -_NEVER
    return one.wording.weight


def _cost(earlier: Candidate, number: int, one: Candidate, top: int, titles: Sequence[int]) -> float:
    """What it costs that `one` follows `earlier`, whose number (or that of the last numbered one) is `number`."""
    if one.kind is None:
        return 0.0 if one.level == earlier.level and one.number == number + 1 else _NEVER
    if _title_between(earlier, one, titles):
        return _NEW_PRINTING
    if one.number is None or one.level == BARE:
        return _UNNUMBERED
    if one.level < earlier.level and earlier.level != BARE:
        return 0.0
    if one.level > earlier.level and one.level == top:
        return 0.0 if earlier.kind in _CONTAINERS and one.number == 1 else _NESTED
    if one.number > number:
        return min(1.2, _GAP * (one.number - number - 1))
    if one.number >= number - 1 and one.wording.official and one.kind != earlier.kind and one.number > 1:
        return _MISNUMBERED
    return _NEW_PRINTING if one.number == 1 and one.kind == "overview" and earlier.kind != "overview" else _RESTART


def _title_between(earlier: Candidate, one: Candidate, titles: Sequence[int]) -> bool:
    return bisect_right(titles, earlier.end) != bisect_right(titles, one.start)


def outside(found: Sequence[Candidate], zones: Sequence[Span]) -> list[Candidate]:
    """The candidates that lie in none of the zones; the heading on which a zone begins is kept."""
    return [one for one in found if not any(zone.start <= one.start < zone.end for zone in zones) or _heads(one, zones)]


def _heads(one: Candidate, zones: Sequence[Span]) -> bool:
    return one.kind == "appendix" and any(one.start == zone.start for zone in zones)


def is_row(one: Candidate, zones: Zones) -> bool:
    """Whether a line is the row 3.其他 of the matrix of applications, and no heading."""
    if one.level < ARABIC or one.kind != "other":
        return False
    return any(kind == "applications" and zone.start < one.start < zone.end for kind, zone in zones.tables)
