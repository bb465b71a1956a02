"""The places of China (省、市、县): which place a printed name means, where the text makes it certain.

Source: `places.txt` beside this file, drawn from GB/T 2260, with the names in use at any time since 2008.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import cache
from importlib.resources import files
from typing import NamedTuple

_LONGEST_NAME = 15
_PEOPLES = (
    "蒙古族?|回族|藏族|维吾尔族?|苗族|彝族|壮族|布依族|朝鲜族|满族|侗族|瑶族|白族|土家族|哈尼族|哈萨克族?|傣族|黎族|傈僳族|佤族|"
    "畲族|拉祜族|水族|东乡族|纳西族|景颇族|柯尔克孜族?|土族|达斡尔族|仫佬族|羌族|布朗族|撒拉族|毛南族|仡佬族|锡伯族?|塔吉克族?|"
    "怒族|鄂温克族|德昂族|保安族|裕固族|普米族|独龙族|各族"
)
_AUTONOMOUS = re.compile(f"(?:{_PEOPLES})*自治(?=[县州旗]$)")
_SHORT_PROVINCES = {
    "内蒙古": "内蒙古自治区", "广西": "广西壮族自治区", "西藏": "西藏自治区", "宁夏": "宁夏回族自治区", "新疆": "新疆维吾尔自治区",
}  # fmt: skip
_TOWN = re.compile(r"(?!人民|政府)[^\s,。、()0-9年]{1,8}?(?:镇|(?<!城)乡|街道|苏木)(?=人民政府|政府|办事处|$|\d)")
_ZONE = re.compile(r"(?!人民)[^\s,。、()0-9年]{0,12}?(?:开发区|高新区|新区|示范区|园区|管理区|保税区|度假区)")


class Place(NamedTuple):
    """A place at or above the county: 省, 市 and 县, each empty where there is none; `current` names are in use now."""

    province: str
    prefecture: str = ""
    county: str = ""
    current: bool = True

    @property
    def full(self) -> str:
        """The name with all that is above it: 广东省广州市番禺区."""
        return self.province + self.prefecture + self.county


def region_of(name: str, context: str) -> str | None:
    """The region that an organ's name begins with, completed upwards where only one place fits.

    Names in `context` (the text of the report) settle what the name leaves open. A place that stays ambiguous, or is
    in no list (a town, a zone), is given as printed; None where the name begins with no place.

    >>> region_of("番禺区人民政府", ""), region_of("朝阳区住房保障局", "长春市发布"), region_of("县水务局", "")
    ('广东省广州市番禺区', '吉林省长春市朝阳区', None)
    """
    names, rest = leading_names(name)
    lower = _lower_part(rest)
    if not names:
        return lower or None
    return (resolve(names, context) or "".join(names)) + lower


def leading_names(text: str) -> tuple[list[str], str]:
    """The names of places that a text begins with, largest first, and what follows them.

    >>> leading_names("大同市云州区教育局")
    (['大同市', '云州区'], '教育局')
    """
    names: list[str] = []
    while text and (name := _first_name(text)):
        names.append(name)
        text = text[len(name) :]
    return names, text


def resolve(names: list[str], context: str) -> str | None:
    """The full name of the one place that ends in `names`; None where several or none fit.

    >>> resolve(["云州区"], ""), resolve(["朝阳区"], "")
    ('山西省大同市云州区', None)
    """
    place = located(names, context)
    return place.full if place else None


def located(names: list[str], context: str) -> Place | None:
    """As `resolve`, the place itself.

    >>> located(["密云县"], "")
    Place(province='北京市', prefecture='', county='密云县', current=False)
    """
    fitting = [one for one in _index().get(names[-1], ()) if _agrees(one, names[:-1])]
    fitting = _without_former(fitting)
    if len(fitting) > 1:
        fitting = _supported(fitting, context)
    return fitting[0] if len(fitting) == 1 else None


def is_place(name: str) -> bool:
    """Whether a name is one of the gazetteer's.

    >>> is_place("大同市"), is_place("我市")
    (True, False)
    """
    return name in _index()


def _first_name(text: str) -> str | None:
    index = _index()
    return next((text[:n] for n in range(min(len(text), _LONGEST_NAME), 1, -1) if text[:n] in index), None)


def _lower_part(rest: str) -> str:
    """The town (镇、乡、街道) or zone that follows the county."""
    found = _TOWN.match(rest) or _ZONE.match(rest)
    return found.group() if found else ""


def _agrees(place: Place, above: Iterable[str]) -> bool:
    parents = {place.province, place.prefecture}
    return all(_whole_name(name) in parents or _index_has_parent(name, parents) for name in above)


def _index_has_parent(name: str, parents: set[str]) -> bool:
    return any((one.prefecture or one.province) in parents for one in _index().get(name, ()) if not one.county)


def _whole_name(name: str) -> str:
    return _SHORT_PROVINCES.get(name, name)


def _without_former(places: list[Place]) -> list[Place]:
    """Leave out a former name where the same province has the name now: the place only moved."""
    now = {one.province for one in places if one.current}
    return [one for one in places if one.current or one.province not in now]


def _supported(places: list[Place], context: str) -> list[Place]:
    """The places whose prefecture, or else whose province, is named in the context."""
    for key in (_prefecture, _prefecture_short, _province):
        named = [one for one in places if (name := key(one)) and name in context]
        if named:
            return named
    return places


def _prefecture(place: Place) -> str:
    return place.prefecture or place.province


def _prefecture_short(place: Place) -> str:
    name = _prefecture(place).removesuffix("市").removesuffix("地区")
    return name if len(name) > 1 else ""


def _province(place: Place) -> str:
    return place.province


@cache
def _index() -> dict[str, tuple[Place, ...]]:
    """Every place by its name and by the short form of 自治 names (楚雄州)."""
    index: dict[str, tuple[Place, ...]] = {}
    for place in _places():
        name = place.county or place.prefecture or place.province
        index[name] = (*index[name], place) if name in index else (place,)
        if "自治" in name and (short := _short_name(name)):
            index[short] = (*index.get(short, ()), place)
    for short, whole in _SHORT_PROVINCES.items():
        index[short] = index[whole]
    return index


def _short_name(name: str) -> str | None:
    """楚雄州 for 楚雄彝族自治州; None for an autonomous region."""
    found = _AUTONOMOUS.search(name, 1)
    return name[: found.start()] + name[found.end() :] if found else None


def _places() -> Iterator[Place]:
    seen: set[str] = set()
    for line in files(__package__).joinpath("places.txt").read_text("utf-8").splitlines():
        if line.startswith("#"):
            continue
        province, prefecture, counties = [*line.split("\t"), "", ""][:3]
        if province not in seen:
            seen.add(province)
            yield Place(province)
        if prefecture:
            current, prefecture = not prefecture.startswith("~"), prefecture.removeprefix("~")
            yield Place(province, prefecture, "", current)
        for county in counties.split():
            yield Place(province, prefecture, county.removeprefix("~"), not county.startswith("~"))
