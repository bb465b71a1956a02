"""Names of one organ in different years: an office that was renamed, a county that became a district, a government and
the office that publishes for it.

Two names are joined only where no year has a report of both, and a new name only where it follows the old one.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import NamedTuple

from govnlp.panel.names import Name, Reason, bare, names_data

_BECOMES = {"县": ("区", "市"), "市": ("区",), "乡": ("镇", "街道"), "镇": ("街道",)}


class Link(NamedTuple):
    """One name that goes on as another, and why."""

    old: str
    new: str
    reason: Reason


class _Candidate(NamedTuple):
    """A link that may be made; `in_order` where the new name has to follow the old one."""

    link: Link
    in_order: bool
    since: int = 0


def links(names: Mapping[str, Name], years: Mapping[str, frozenset[int]]) -> dict[str, Link]:
    """The links between names, all by their `Name.key`, of which `years` says when each has reports; by the old key.

    >>> from govnlp.panel.names import parse
    >>> names = {one.key: one for one in map(parse, ["大同市国土资源局", "大同市自然资源局"])}
    >>> old, new = names
    >>> [one.reason for one in links(names, {old: frozenset({2017}), new: frozenset({2019})}).values()]
    ['office_renamed']
    >>> links(names, {old: frozenset({2017, 2019}), new: frozenset({2019})})
    {}
    """
    held = dict(years)
    made: dict[str, Link] = {}
    for candidate in _candidates(names):
        old, new = followed(candidate.link.old, made)[0], followed(candidate.link.new, made)[0]
        if old != new and _may_join(held[old], held[new], candidate):
            made[old] = Link(old, new, candidate.link.reason)
            held[new] = held[old] | held[new]
    return made


def followed(key: str, made: Mapping[str, Link]) -> tuple[str, list[Reason]]:
    """The key that a key goes on as, and the reasons of each step.

    >>> followed("a", {"a": Link("a", "b", "office_renamed")})
    ('b', ['office_renamed'])
    """
    reasons: list[Reason] = []
    while key in made:
        reasons.append(made[key].reason)
        key = made[key].new
    return key, reasons


def _may_join(old: frozenset[int], new: frozenset[int], candidate: _Candidate) -> bool:
    if old & new:
        return False
    return not candidate.in_order or (max(old) < min(new) and min(new) >= candidate.since)


def _candidates(names: Mapping[str, Name]) -> Iterator[_Candidate]:
    """Every link that the names alone allow: places first, then offices in the order of their renaming."""
    yield from _places(names)
    yield from _government_offices(names)
    yield from _offices(names)


def _places(names: Mapping[str, Name]) -> Iterator[_Candidate]:
    """密云县 as 密云区: a former name of the gazetteer, whose stem goes on at the same seat."""
    for old, name in names.items():
        if name.former:
            stem, rank = name.place[:-1], name.place[-1]
            keys = [name._replace(place=stem + new).key for new in _BECOMES.get(rank, ())]
            yield from _only(old, [key for key in keys if key in names and not names[key].former], "place_renamed")


def _government_offices(names: Mapping[str, Name]) -> Iterator[_Candidate]:
    """云岭县人民政府办公室, in years in which 云岭县人民政府 has no report."""
    data = names_data()
    for old, name in names.items():
        if name.office in data["government_offices"]:
            found = [key for one in data["governments"] if (key := name._replace(office=one).key) in names]
            yield from _only(old, found, "government_office")


def _offices(names: Mapping[str, Name]) -> Iterator[_Candidate]:
    """国土资源局 as 自然资源局, where the place has one organ that may be its successor."""
    bodies = names_data()["bodies"]
    for renaming in names_data()["renamed"]:
        olds = tuple(bare(renaming["from"]) + body for body in bodies)
        news = [bare(stem) + body for stem in renaming["to"] for body in bodies]
        for old, name in names.items():
            lead = _lead(bare(name.office), olds)
            if lead is not None:
                found = [key for new in news if (key := name._replace(office=lead + new).key) in names]
                yield from _only(old, found, "office_renamed", renaming["since"])


def _lead(office: str, olds: tuple[str, ...]) -> str | None:
    """What stands before the old name: nothing, or 国家, or 中华人民共和国; None for another office."""
    leads = ("", "国家", bare("中华人民共和国"))
    return next((lead for lead in leads for one in olds if office == lead + one), None)


def _only(old: str, found: list[str], reason: Reason, since: int | None = None) -> Iterator[_Candidate]:
    """The link, where there is one name that the old one may go on as."""
    if len(found) == 1:
        yield _Candidate(Link(old, found[0], reason), reason != "government_office", since or 0)
