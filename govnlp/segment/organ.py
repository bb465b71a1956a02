"""Who published a report (发布机关): from its title, its page, its file name, its signature, or its sentences."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from functools import cache

from govnlp.segment.data import pattern_text
from govnlp.segment.gazetteer import is_place, leading_names

_OFFICES = (
    "局|委员会|委|厅|部|院|署|处|所|站|中心|学校|大学|学院|公司|集团|队|银行|管委会|办|办公室|办公厅|人民政府|政府|公署|联合会|协会|"
    "总社|电视台|馆|中学|小学|海关|监狱|园|社"
)
_OFFICE = re.compile(f"(?:{_OFFICES})(?:\\([^)]*\\))?$")
_SEAT = re.compile(r"(?:省|市|县|区|旗|州|盟|镇|乡|苏木|街道)$")
_ZONE = re.compile(r"(?:开发区|高新区|示范区|园区|管理区|保税区|度假区|风景区|名胜区|工业区|试验区|新区)$")
_TAIL = re.compile(r"(?:\(本级\)|本级|关于|的)$")
_SHORT_SEAT = re.compile(r"(?<=[省市县区旗州盟镇乡])政府$")
_YEAR = re.compile(
    r"(?:20\d\d|二[〇○零oO0][〇○零oO0一二三][〇○零oO0一二三四五六七八九])\s*(?:学年|年度|年|-|—|~|至)?(?:度)?"
)
_TITLE_LEAD = re.compile(
    r"^(?:标题|附件\d?|当前位置|名称|题名)[::]?|^关于(?:公布|发布|印发|报送|做好|呈报)?|^(?:公布|发布)|"
    r"^\d+[-_.、]|^[【\[(《“\"<#*]+|^.{0,8}[号][::]|^中国[·•]"
)
_TITLE_STOP = re.compile(
    r"(?:政府|政务)?(?:主动)?信息公开|政务公开|厂务公开|校务公开|院务公开|办事公开|(?:部门|单位)?政府信息"
)
_REPORTS = re.compile(r"[^_|]{0,16}(?:报告|年报|总结)")
_ASIDE = re.compile(r"\([^()]{0,20}公开[^()]{0,6}\)")
_EMPTY = re.compile(r"\(\s*\)")
_SITE = re.compile(r"^.{0,30}?(?:门户网站|官方网站|(?<!联)网站|(?:政府|政务|公开|信息|官)网(?!络))群?")
_SEPARATOR = re.compile(r"[_|>»]|[-—–]+")
_NOTICE = re.compile(r"^(?P<sender>.{2,40}?)关于(?:印发|公布|发布|转发|报送|呈报|上报)?(?P<subject>.*)$")
_NO_ORGAN = re.compile(r"(?:网站|网|门户|平台|大厅|频道|专栏|专区|专题)$")
_VAGUE = re.compile(
    r"^(?:[我本全各该此其贵]|关于|政府|信息|年度|上级|国务院办公厅关于|根据|新修订|中华人民共和国政府|首页|人民政府$|政府$)"
)
_LISTED = re.compile(r"各(?:县|市|区|乡|镇|部门|单位|街道)|[、,。;:《》]")
_SUBJECT = re.compile(
    rf"20\d\d年(?:度|以来|来)?,?([^\s,。;:、0-9|《》“”()]{{1,22}}?(?:{_OFFICES}|[县市区旗镇乡]|街道))"
    r"(?=共|未|没有|无|在|以|坚持|认真|严格|按照|深入|积极|全面|高度|不断|紧紧|始终|继续|持续|根据|贯彻|围绕|主动|的?(?:政府)?信息公开|"
    r"的?政务公开|公开|发布|制定|召开|组织|处理|办理|新增|编制|开展|印发|强化|加强|推进|累计|通过|受理|收到|政府信息|依据|进一步|切实|扎实|坚决|紧扣|聚焦|立足|将|把|,)"
)
_MAKER = re.compile(
    rf"(?:本(?:年度)?报告由|特向社会公(?:布|开)|现(?:将|公布|予以公布)|编制了?|请与|请(?:直接)?联系)([^\s,。;:、0-9|《》“”()]{{2,28}}?"
    rf"(?:{_OFFICES}|[县市区旗镇乡]|街道))(?=20\d\d年|根据|依据|按照|汇总|编制|发布|本年度|政府信息公开|\(|联系)"
)
_SIGNATURE = re.compile(
    rf"\n[ \t|]*([^\s,。;:、0-9|]{{2,28}}(?:{_OFFICES}))[ \t|]*\n[ \t|]*"
    r"(?:20\d\d\s*年\s*\d{1,2}\s*月\s*\d{1,2}\s*日|20\d\d-\d{1,2}-\d{1,2}|二[〇○零oO0]\S{2,4}年\S{1,2}月\S{1,3}日)"
)


def organ_in_title(title: str) -> str | None:
    """The organ that a title names; a place alone stands for its government.

    >>> organ_in_title("大同市云州区2021年政府信息公开工作年度报告")
    '大同市云州区人民政府'
    >>> organ_in_title("2021年度某县交通运输局政府信息公开工作年度报告")
    '某县交通运输局'
    """
    title = _ASIDE.sub("", title.replace("\n", ""))
    for at, stop in enumerate(_TITLE_STOP.finditer(title)):
        if at and not _REPORTS.match(title, stop.end()):
            continue
        lead = title[: stop.start()]
        if lead.endswith("人民") and title.startswith("政府", stop.start()):
            lead += "政府"
        if organ := _organ_before(lead):
            return organ
    return None


def _organ_before(lead: str) -> str | None:
    """The organ in what a title says before 政府信息公开."""
    organ = _EMPTY.sub("", _without_year(_without_site(lead.strip(" |\t"))))
    while (cut := _TITLE_LEAD.sub("", organ)) != organ:
        organ = cut
    organ = organ.strip(" |\t.-—年度")
    notice = _NOTICE.match(organ)
    return canonical(organ) or (notice and (canonical(notice["subject"]) or canonical(notice["sender"]))) or None


def _without_site(lead: str) -> str:
    """A page's title without the name of the site before it: 某县人民政府门户网站_某县民政局."""
    pieces = [piece for piece in _SEPARATOR.split(_SITE.sub("", lead)) if piece.strip()]
    last = pieces[-1] if pieces else ""
    if not canonical(_YEAR.sub("", last)):
        last = "".join(pieces)
    *words, final = last.split() or [""]
    return final if leading_names(final)[0] and leading_names("".join(words))[1] else last


def _without_year(organ: str) -> str:
    """The two parts beside the year in one; what both say (某海关2013年海关) is said once."""
    before, *after = (part.strip() for part in _YEAR.split(organ))
    rest = "".join(after)
    if (
        before.endswith(rest)
        or (before and _VAGUE.match(rest))
        or (_OFFICE.search(before) and not _OFFICE.search(rest))
    ):
        return before
    return rest if rest.endswith(before) else before + rest


def canonical(organ: str) -> str | None:
    """An organ's name as the field writes it: 区政府 as 区人民政府, a place as its government; None for no organ.

    >>> canonical("朝阳区政府"), canonical("元马镇"), canonical("我局")
    ('朝阳区人民政府', '元马镇人民政府', None)
    """
    organ = "".join(organ.split()).strip('的、,.:;|"“”《》[]【】#*')
    organ = _TAIL.sub("", organ)
    if not 2 <= len(organ) <= 40 or _VAGUE.match(organ) or _LISTED.search(organ) or _NO_ORGAN.search(organ):
        return None
    if organ.endswith("街道"):
        return organ + "办事处"
    if (is_place(organ) or _SEAT.search(organ)) and not (_ZONE.search(organ) and not is_place(_last_name(organ))):
        return organ + ("行政公署" if organ.endswith(("地区", "盟")) else "人民政府") if len(organ) > 1 else None
    organ = _SHORT_SEAT.sub("人民政府", organ)
    return organ if _OFFICE.search(organ) or _ZONE.search(organ) else None


def organ_on_page(around: str) -> str | None:
    """The organ beside a label such as 发布机构 before the first heading or after the end.

    >>> organ_on_page("索引号:01 发布机构:某县水务局 发布日期:2022-01-10")
    '某县水务局'
    """
    for match in _publisher().finditer(around):
        if organ := canonical(match[1]):
            return organ
    return None


def organ_in_body(body: str) -> str | None:
    """The organ of which the sentences speak: the subject after the year, the maker of the report, the signature.

    >>> organ_in_body("2021年,某县民政局认真贯彻落实条例。")
    '某县民政局'
    """
    makers = _canonical_all(_MAKER.findall(body[:2000]))
    signed = _canonical_all(_SIGNATURE.findall(body))
    subjects = _canonical_all(_SUBJECT.findall(body))
    counts = Counter(signed * 3 + makers * 2 + subjects)
    if not counts:
        return None
    return max(counts, key=lambda organ: (counts[organ], bool(leading_names(organ)[0]), len(organ)))


def _canonical_all(printed: Iterable[str]) -> list[str]:
    return [organ for one in printed if (organ := canonical(one))]


def _last_name(organ: str) -> str:
    names, rest = leading_names(organ)
    return names[-1] if names and not rest else organ


@cache
def _publisher() -> re.Pattern[str]:
    return re.compile(pattern_text("signals.yaml", "publisher") + r"\|?\s*([^\s|,。;::]{2,40})")
