"""Names of organs, as far as they tell versions of one report: one key a name, and whether the name is of one organ."""

from __future__ import annotations

import regex

_SPACE = regex.compile(r"[\s·•()()]+")
# 市教育局, 本局: every city has one.
_GENERIC = regex.compile(r"^(?:[本我]|[省市县区旗州镇乡]|街道|政府|人民政府|办公室)")
_PLACE = regex.compile(r"^\p{Han}{1,}?(?:省|市|县|区|旗|州|盟|镇|乡|街道|开发区|新区|林区|管委会)")
# Districts and townships of one name lie in many cities; counties of one name hardly ever do.
_MANIFOLD = regex.compile(r"^(?!\p{Han}{1,6}?(?:省|市|县|旗|州|盟))(\p{Han}{1,6}?(?:区|镇|乡|街道))")
_PARENT = regex.compile(r"\p{Han}(?:省|市|县|旗|州|盟)")
_NATIONAL = regex.compile(r"^(?:国|中华|中国|全国|最高|海关|审计署)|(?:部|总局|总署)$")


def organ_key(organ: str | None, region: str | None = None) -> str | None:
    """The name without spaces and brackets, where it is the name of one organ; None where many have it.

    A district or township needs its `region` to be told from others of its name.

    >>> organ_key("江洲市 人民政府"), organ_key("市教育局"), organ_key("教育局"), organ_key("交通运输部")
    ('江洲市人民政府', None, None, '交通运输部')
    >>> organ_key("朝阳区教育局"), organ_key("朝阳区教育局", "辽宁省朝阳市朝阳区")
    (None, '辽宁省朝阳市朝阳区教育局')
    """
    name = _SPACE.sub("", organ or "")
    if len(name) < 3 or _GENERIC.match(name):
        return None
    manifold = _MANIFOLD.match(name)
    if manifold is not None:
        place = _SPACE.sub("", region or "")
        known = place.endswith(manifold[1]) and _PARENT.search(place.removesuffix(manifold[1]))
        return place + name[manifold.end() :] if known else None
    return name if _PLACE.match(name) or _NATIONAL.search(name) else None
