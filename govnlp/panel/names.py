"""What a printed name of an organ says: the place it belongs to, and which office of that place it is.

Source: `names.yaml` beside this file; places by the gazetteer (省、市、县 of GB/T 2260).
"""

from __future__ import annotations

import unicodedata
from functools import cache
from importlib.resources import files
from typing import Literal, NamedTuple, TypedDict

import regex
import yaml

from govnlp.normalise.script import is_traditional, to_simplified
from govnlp.segment.gazetteer import Place, leading_names, located

Level = Literal["national", "province", "prefecture", "county", "town", "unknown"]
Reason = Literal[
    "as_printed", "spelling", "short_name", "place_completed", "place_as_printed", "alias", "from_copy",
    "government_office", "place_renamed", "office_renamed", "not_one_organ",
]  # fmt: skip
Pattern = Literal["alone", "generic", "place", "below", "town"]
_SPACE = regex.compile(r"\s+")
_ASIDE = regex.compile(r"\((?:本级|机关|盖章|章)\)$|本级$")


class Name(NamedTuple):
    """A name taken apart. `place` is full (吉林省长春市朝阳区) where it is certain, else as printed; `reasons` say what
    was done to the printed name. `former` is True for a place that is no longer named so.
    """

    place: str
    level: Level
    office: str
    reasons: tuple[Reason, ...]
    former: bool = False

    @property
    def canonical(self) -> str:
        """The whole name: 吉林省长春市朝阳区教育局."""
        return self.place + self.office

    @property
    def key(self) -> str:
        """Equal for names that differ in nothing but words such as 和: 发展改革局 and 发展和改革局."""
        return self.place + bare(self.office)


# An office that went on under another name from a year on; see names.yaml.
Renaming = TypedDict("Renaming", {"since": int, "from": str, "to": list[str]})


class NamesData(TypedDict):
    """The shape of names.yaml."""

    short: dict[str, str]
    endings: dict[str, str]
    fillers: list[str]
    governments: list[str]
    government_offices: list[str]
    renamed: list[Renaming]
    bodies: list[str]
    alone: str
    ministries: list[str]
    generic: str
    place: str
    below: str
    town: str


@cache
def names_data() -> NamesData:
    """The words of names.yaml, read once."""
    data: NamesData = yaml.safe_load(files(__package__).joinpath("names.yaml").read_text("utf-8"))
    return data


def spelt(printed: str) -> str:
    """A name without spaces and remarks, in half-width brackets and simplified characters.

    >>> spelt("雲嶺縣　人民政府（本级）")
    '云岭县人民政府'
    """
    name = unicodedata.normalize("NFKC", _SPACE.sub("", unicodedata.normalize("NFKC", printed)))
    if is_traditional(name, frozenset(name)):
        name = to_simplified(name)
    clean: str = _ASIDE.sub("", name)
    return clean


def bare(office: str) -> str:
    """The name of an office without the words that one report has and the next leaves out.

    >>> bare("住房和城乡建设局")
    '住房城乡建设局'
    """
    for word in names_data()["fillers"]:
        office = office.replace(word, "")
    return office


def parse(printed: str, region: str | None = None) -> Name | None:
    """The place and the office of a printed name; None where it is not the name of one organ (市教育局, 我局).

    `region` is what the report was found to be for; it settles which of several places of one name is meant.

    >>> parse("番禺区政府").canonical, parse("朝阳区教育局", "吉林省长春市朝阳区").canonical
    ('广东省广州市番禺区人民政府', '吉林省长春市朝阳区教育局')
    >>> parse("市教育局"), parse("交通运输部").level, parse("云岭县发改局").canonical
    (None, 'national', '云岭县发展和改革局')
    """
    clean = spelt(printed)
    first: tuple[Reason, ...] = () if clean == printed else ("spelling",)
    names, rest = leading_names(clean)
    if names:
        return _of_known_place(clean, names, rest, region or "", first)
    return _of_other_place(clean, first)


def _of_known_place(clean: str, names: list[str], rest: str, region: str, first: tuple[Reason, ...]) -> Name | None:
    place = located(names, region)
    town = _matched("town", rest)
    office, short = _office(rest[len(town) :])
    if not office:
        return None
    printed = clean[: len(clean) - len(rest)]
    if place is None:
        reasons: tuple[Reason, ...] = (*first, "place_as_printed", *short)
        return Name(printed + town, "town" if town else "unknown", office, reasons)
    completed: tuple[Reason, ...] = () if place.full == printed else ("place_completed",)
    level: Level = "town" if town else _level(place)
    reasons = (*first, *completed, *short) or ("as_printed",)
    return Name(place.full + town, level, office, reasons, not place.current)


def _of_other_place(clean: str, first: tuple[Reason, ...]) -> Name | None:
    """Names that begin with no place of the gazetteer."""
    place = "" if _pattern("generic").match(clean) else _matched("place", clean)
    if clean in names_data()["ministries"] or (not place.endswith(("省", "市", "县")) and _matched("alone", clean)):
        return Name("", "national", clean, first or ("as_printed",))
    place += _matched("below", clean[len(place) :]) if place else ""
    town = _matched("town", clean[len(place) :]) if place else ""
    office, short = _office(clean[len(place + town) :])
    if not place or not office:
        return None
    return Name(place + town, "town" if town else "unknown", office, (*first, "place_as_printed", *short))


def _matched(name: Pattern, text: str) -> str:
    """What a pattern of names.yaml finds at the start of a text."""
    found = _pattern(name).match(text)
    return found.group() if found else ""


def _office(rest: str) -> tuple[str, tuple[Reason, ...]]:
    """The office by its whole name, and whether it was a short one."""
    data = names_data()
    if rest in data["short"]:
        return data["short"][rest], ("short_name",)
    for end, whole in data["endings"].items():
        if rest.endswith(end) and len(rest) > len(end) + 1:
            return rest.removesuffix(end) + whole, ("short_name",)
    return rest, ()


def _level(place: Place) -> Level:
    if place.county:
        return "county"
    return "prefecture" if place.prefecture else "province"


@cache
def _pattern(name: Pattern) -> regex.Pattern[str]:
    return regex.compile(names_data()[name])
