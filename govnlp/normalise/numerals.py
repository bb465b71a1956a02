"""Numerals in running text, with their exact spans and values: Arabic, Chinese and mixed.

A Chinese numeral is found only where it is a number:
 - before a measure word of `units.yaml`, with 余, 多, 来 between (三千二百余条), and not inside a set phrase (统一, 一次性);
 - after 第 (`ordinal`), before 年月日 (`date`), after 百分之 (`percent`), as the number of a list (`listing`);
 - after 为, 共, 计, a colon, where the clause ends after it (合计:十二。).
Bare 百千万亿 are numbers after 上, 近, 逾 or before 余. Numerals of any other role than `count` are no indicator's figure.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal
from functools import cache
from typing import Literal, NamedTuple

from govnlp.normalise import numeral_values as values
from govnlp.normalise.numeral_cells import CellNumber, parse, parse_cell
from govnlp.normalise.numeral_roles import Role, role_of
from govnlp.normalise.numeral_words import exactness, in_set_phrase, words
from govnlp.normalise.units import alternatives, unit_at, units
from govnlp.schema.facts import Qualifier
from govnlp.schema.text import Span

__all__ = ["CellNumber", "Kind", "Numeral", "Role", "counts", "find", "parse", "parse_cell"]

Kind = Literal["arabic", "chinese", "mixed"]


class Numeral(NamedTuple):
    """A numeral of a text.

    `span` holds the digits and the multipliers, not the unit (4.16万 of 4.16万条); `unit` is what follows (条).
    `repaired` marks letters of a scan read as digits (l0件); `qualifier` is what the words beside it say (近, 余).
    """

    span: Span
    value: Decimal
    kind: Kind = "arabic"
    role: Role = "count"
    unit: str | None = None
    qualifier: Qualifier = "exact"
    repaired: bool = False


def find(text: str) -> list[Numeral]:
    """Every numeral of `text`, in order, without overlaps. Time grows with the length of `text`, no faster.

    >>> [(text_[a:b], str(value)) for text_ in ["收到三千二百余件,公开4.16万条"] for (a, b), value, *_ in find(text_)]
    [('三千二百', '3200'), ('4.16万', '41600.00')]
    """
    return [numeral for found in _scanner().finditer(text) for numeral in _read(text, found)]


def counts(text: str) -> list[Numeral]:
    """The numerals of `text` whose role is `count`.

    >>> [int(one.value) for one in counts("2021年收到12件,第3号")]
    [12]
    """
    return [numeral for numeral in find(text) if numeral.role == "count"]


_YEAR = "(?:19|20)[0-9]{2}"
_DAY = "(?:0[1-9]|1[0-2])(?:0[1-9]|[12][0-9]|3[01])"
# A minus is a sign only where nothing before it could make it a dash.
_SIGN = r"(?:(?<![0-9０-９A-Za-z\u3007\u4e00-\u9fff)）〕\]-])|(?<=[为是额长数减]))-"


@cache
def _scanner() -> re.Pattern[str]:
    """One pattern for everything that holds digits; the named group tells what was found."""
    counted, money = alternatives(units().counted), alternatives(frozenset(units().money))
    spaced_unit = alternatives(units().counted | frozenset(units().money))
    return re.compile(
        rf"""(?=[0-9０-９A-Za-z〔［【[(（\ {values.CHINESE}-])(?:
        (?P<address>(?:https?://|www\.)[!-~]++|(?<![A-Za-z0-9._%+-])[A-Za-z0-9._%+-]{{1,64}}@[A-Za-z0-9.-]++)
        |(?P<repaired>(?<![A-Za-z0-9.])(?=[0-9]{{0,8}}[lIOo])(?:[0-9lIOo]{{2,8}}(?=(?:{counted}))|[lIO](?=[ ]?[件条宗人份])
            |(?<=[件条次人个项篇][ ])[0-9lIOo]{{1,4}}(?=[ ]|$)|(?<=[\u4e00-\u9fff])[0-9]{{0,2}}[lO][0-9]{{0,2}}(?=[ ；;，,。、]|$)
            |(?<=[\u4e00-\u9fff][ ])[lO](?=[ ])))
        |(?P<latin>(?<![A-Za-z])(?<![Ee]-(?=mail[0-9]))(?!(?:APP|EMS)[0-9]{{1,6}}(?:{counted}))(?![Ee]-?mail[0-9]{{1,4}}(?![0-9A-Za-z@.]))[A-Za-z]++(?>(?:[._:/@+&-]?[A-Za-z0-9]++)*))
        |(?P<phone>(?<![0-9])(?:[(（]0[0-9]{{2,3}}[)）][ -]?|0[0-9]{{2,3}}[-—–][ ]?|400-?)[0-9]{{3,4}}-?[0-9]{{4}}(?![0-9])
            |(?<![0-9])1[3-9][0-9]{{9}}(?![0-9])(?!{counted}))
        |(?P<document>[〔［【[][ ]?{_YEAR}[ ]?[〕］】\]])
        |(?P<date>(?<![0-9])(?:{_YEAR}([-/.])[0-9]{{1,2}}\g<-1>[0-9]{{1,2}}(?![0-9])|{_YEAR}-(?:0[1-9]|1[0-2])(?![0-9])
            |{_YEAR}{_DAY}(?![0-9])(?!{counted})|[0-9]{{1,2}}:[0-9]{{2}}(?>(?::[0-9]{{2}})?)(?![0-9])))
        |(?P<listing>(?:(?<=\n)|(?<![\s\S]))[0-9]{{1,2}}(?=[.．][ ]?(?:{_YEAR}年|12345)))
        |(?P<code>(?<![0-9.])[0-9]{{1,6}}(?>(?:\.[0-9]++){{2,}})|[0-9]++(?=[A-Za-z])[A-Za-z0-9]++)
        |(?P<spaced>(?<=[\u4e00-\u9fff:])[ ]?[1-9](?>(?:[ ][0-9]|[ ]?[.,][ ]?[0-9]){{1,9}})(?=[ ]?(?:{spaced_unit}))(?<=[ ][0-9])
            |(?<=[\u4e00-\u9fff:：])(?<![图表第页件章条附])[0-9]{{1,3}}(?>(?:[ ][0-9]{{3,4}})+)(?=[余多]?(?:{counted}))
            |(?<![0-9.])0\.0++(?>(?:[ ][0-9])+)(?=[ ]?(?:{money}))
            |(?<=[\u4e00-\u9fff:])[ ]?[一二三四五六七八九][十百千]?(?>(?:[ ][{values.CHINESE}]{{1,3}})+)(?=[ ]?(?:{counted})))
        |(?P<arabic>(?:{_SIGN})?{values.MIXED})
        |(?P<chinese>[{values.CHINESE}]++))""".replace(r"\g<-1>", r"(?P=dash)").replace("([-/.])", "(?P<dash>[-/.])"),
        re.VERBOSE,
    )


_CODE_GROUPS: dict[str, Role] = {
    "address": "code", "latin": "code", "code": "code", "phone": "phone", "document": "document_number", "date": "date",
    "listing": "listing",
}  # fmt: skip
_NUMBER = re.compile(r"[0-9]++")
_LETTERS = str.maketrans("lIOo", "1100")


def _read(text: str, found: re.Match[str]) -> Iterator[Numeral]:
    name = found.lastgroup or ""
    name = "date" if name == "dash" else name
    if name in _CODE_GROUPS:
        yield from _plain_groups(found, _CODE_GROUPS[name])
    elif name == "repaired":
        yield _repaired(text, found)
    elif name == "spaced":
        yield from _spaced(text, found)
    elif name == "arabic":
        yield _arabic(text, found)
    else:
        yield from _chinese(text, found)


def _plain_groups(found: re.Match[str], role: Role) -> Iterator[Numeral]:
    """Each group of digits of a date, a telephone, an address or a code."""
    for group in _NUMBER.finditer(found[0]):
        span = Span(*group.span()).shifted(found.start())
        yield Numeral(span, Decimal(group[0]), role=role)


def _repaired(text: str, found: re.Match[str]) -> Numeral:
    span, value = Span(*found.span()), Decimal(found[0].translate(_LETTERS))
    return _finished(text, Numeral(span, value, repaired=True))


def _spaced(text: str, found: re.Match[str]) -> Iterator[Numeral]:
    """A number torn by spaces: 1 2 8件, 1 2 . 5元, 2 640人次, 三 百 四十件."""
    digits = found[0].strip()
    start = found.start() + found[0].index(digits[0])
    bare = digits.replace(" ", "").replace(",", "")
    value = Decimal(bare) if bare[0] not in values.CHINESE else values.chinese(bare)
    if value is None or bare.count(".") > 1:
        return
    yield _finished(text, Numeral(Span(start, start + len(digits)), Decimal(value)))


_MULTIPLIERS = frozenset(values.MULTIPLIERS)
_INNER = re.compile(r"[余多](?=[万亿千百])([千百]?[万亿]|[千百])")


def _arabic(text: str, found: re.Match[str]) -> Numeral:
    start, end = found.span()
    digits = found[0].lstrip("-")
    plain = _MULTIPLIERS.isdisjoint(digits)
    value = values.arabic(digits) if plain else values.mixed(digits.replace(" ", ""))
    if value is None:
        return Numeral(Span(start, end), values.arabic(_NUMBER.findall(digits.translate(_WIDE))[0]), role="code")
    value, end, inner = _with_inner(text, value, end)
    if found[0][0] == "-":
        value = value.copy_negate()
    kind: Kind = "arabic" if plain and not inner else "mixed"
    numeral = _finished(text, Numeral(Span(start, end), value, kind))
    return numeral._replace(qualifier="about") if inner else numeral


_WIDE = str.maketrans("０１２３４５６７８９", "0123456789")


def _with_inner(text: str, value: Decimal, end: int) -> tuple[Decimal, int, bool]:
    """Take in a multiplier after 余 or 多: 10余万 is about 100000."""
    inner = _INNER.match(text, end)
    factor = values.multiplier(inner[1]) if inner else None
    if inner is None or factor is None or value.adjusted() > values.LONGEST:
        return value, end, False
    return value.scaleb(len(str(factor)) - 1, values._EXACT), inner.end(), True


def _finished(text: str, numeral: Numeral) -> Numeral:
    """With its role, its unit and how exact it is."""
    start, end = numeral.span
    role = role_of(text, start, end)
    after = end + 1 if text.startswith(("余", "多", "来"), end) else end
    unit = unit_at(text, after)
    return Numeral(
        numeral.span, numeral.value, numeral.kind, role, unit, exactness(text, start, end, unit), numeral.repaired
    )  # fmt: skip


_CLAUSE_END = re.compile(r"\s*(?:$|[,，。;；)）\n])")


def _chinese(text: str, found: re.Match[str]) -> Iterator[Numeral]:
    start, end = found.span()
    value = values.chinese(found[0])
    if value is None or found[0][0] == "○" or _is_vague(text, start, end):
        return
    amount, end, inner = _with_inner(text, Decimal(value), end)
    numeral = Numeral(Span(start, end), amount, "chinese")
    role = role_of(text, start, end)
    if role != "count":
        yield numeral._replace(role=role, unit=unit_at(text, end))
    elif _is_number(text, found, end):
        numeral = _finished(text, numeral)
        yield numeral._replace(qualifier="about") if inner else numeral


def _is_vague(text: str, start: int, end: int) -> bool:
    """十几, 几十, 数百: no one number."""
    return text.startswith("几", end) or text.endswith(("几", "数", "好"), 0, start)


def _is_number(text: str, found: re.Match[str], end: int) -> bool:
    """The rule of this module's docstring for Chinese numerals that count."""
    start, run, lists = found.start(), found[0], words()
    if all(sign in values.MULTIPLIERS and sign != "十" for sign in run):
        # 上千人次 counts, 千人计划 does not.
        return _is_bare_number(text, start, end) and (
            not in_set_phrase(text, start, end) or text.endswith(_BEYOND, 0, start)
        )
    if run == "零":
        named = _ZERO_BEFORE.search(text, max(0, start - 1), start) is not None or start == 0
        return named and (_CELL_END.match(text, end) or _counted().match(text, end)) is not None
    if len(run) >= 2 and _LOOSE_UNIT.match(text, end):
        return not in_set_phrase(text, start, end)
    if run in values.DIGITS and _is_person_or_place(text, start, end):
        return not in_set_phrase(text, start, end)
    if len(run) >= 3 and _CELL_END.match(text, end) and _HAN_BEFORE.search(text, max(0, start - 2), start):
        return any(sign in "十百千万" for sign in run)
    if not _counted().match(text, end):
        return text.endswith(lists.label_before, 0, start) and _CLAUSE_END.match(text, end) is not None
    if text.startswith(lists.together, start) and end == start + 1:
        return text.startswith(lists.together_case, end + 1)
    return not in_set_phrase(text, start, end)


_BEYOND = ("上", "近", "逾", "超", "突破", "超过")
# 传真零; but 归零, 清零 are words.
_ZERO_BEFORE = re.compile("[\u4e00-\u9fff:](?<![归清从化飘凋孤到])")
_CELL_END = re.compile(r"[余多]?(?:\s|$|[,，。;；、)）.])")
_LOOSE_UNIT = re.compile("[余多]?(?:处|位|回|所)")
_ONE_UNIT = re.compile("位(?!数|一体|于|置|居)|回(?![应复访购收执头归顾避馈音信落流])")
_PLACE_BEFORE = re.compile(r"[点所室栏屏馆厅亭站口]\Z")
_CLOSED = re.compile(r"[位回处](?:$|[,，。;；、)）])")
_HAN_BEFORE = re.compile(r"[\u4e00-\u9fff] ?\Z")


def _is_person_or_place(text: str, start: int, end: int) -> bool:
    """两回, 三位 and 查阅点四处; 一位 only where its clause ends, as it is more often anybody."""
    if text.startswith("处", end):
        return _PLACE_BEFORE.search(text, max(0, start - 1), start) is not None
    return _ONE_UNIT.match(text, end) is not None and (text[start] != "一" or _CLOSED.match(text, end) is not None)


def _is_bare_number(text: str, start: int, end: int) -> bool:
    before = text.endswith(words().bare_before, 0, start) and not text.endswith(("网上", "线上"), 0, start)
    return before or text.startswith("余", end)


@cache
def _counted() -> re.Pattern[str]:
    return re.compile(f" ?[余多来]?(?:{alternatives(units().counted)})")
