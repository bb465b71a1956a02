"""What a cell holds: a label, a unit, a figure, a statement of none, a blank mark, or nothing."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache
from typing import Literal, NamedTuple

from govnlp.normalise.numerals import parse_cell
from govnlp.normalise.units import units
from govnlp.schema.facts import Qualifier
from govnlp.schema.forms import bare
from govnlp.schema.text import Span

Kind = Literal["label", "unit", "number", "none", "blank", "empty", "percent", "unread"]

BLANK_MARKS = frozenset(["-", "/", "\\", "—", "－", "–", "―", "─", "／", "--", "——", "－－", "──", "//", "一一", "*"])
NONE_WORDS = frozenset({"无", "没有", "暂无"})
_CHANGE = re.compile(r"(?P<sign>增加?|新增|减少?|[+＋↑↓])\s*(?P<number>\d[\d,]*)\s*[项件个]?")
_YEAR = re.compile(r"(?:19|20)\d\d年(?:度)?(?:统计数|数量|数)?")
_PERCENT = re.compile(r"[-+]?\d+(?:\.\d+)?\s*[%％‰]")
_SPACED = re.compile(r"[-+增减]?\s?\d(?:\s[\d,.])+|[-+增减]\s\d+")
_NO_NUMBER = re.compile(r"[-+增减]?0\d")
_DIGITS_ONLY = re.compile(r"(?=.*\d)[\d\s,.%]+")
_NUMERAL_SIGN = re.compile(r"[-−]?[\d零〇一二两三四五六七八九十百千壹贰叁肆伍陆柒捌玖拾佰仟]")
_LISTING = re.compile(r"\d{1,2}[.、]|[一二三四五六七八九十]{1,3}")


_PICTURE = "\ufffc"  # what a reader prints for a picture in a cell
_NEVER_COUNTED = frozenset("%％")


class Figure(NamedTuple):
    """A number in a cell: its value as printed, the part of the cell that prints it, its unit and qualifier."""

    value: Decimal
    span: Span
    unit: str | None = None
    qualifier: Qualifier = "exact"


class Content(NamedTuple):
    """What the text of a cell is. `bare` is a label ready to be compared."""

    kind: Kind
    bare: str = ""
    figure: Figure | None = None


@dataclass(frozen=True, slots=True, eq=False)
class Item:
    """A cell with what it holds; `row`, `column` and `end` (past the last column) where a grid knows them.

    Two cells are never equal, however alike they are printed.
    """

    text: str
    span: Span
    content: Content
    row: int = -1
    column: int = -1
    end: int = -1

    @property
    def kind(self) -> Kind:
        """What the cell holds."""
        return self.content.kind

    @property
    def is_value(self) -> bool:
        """Whether it can stand in a place for figures."""
        return self.content.kind not in ("label", "unit")


@lru_cache(maxsize=8192)
def content(text: str) -> Content:
    """What the stripped text of a cell is.

    >>> content("0").kind, content("—").kind, content("(二)部分公开").bare
    ('number', 'blank', '部分公开')
    """
    if not text:
        return Content("empty")
    if text in BLANK_MARKS:
        return Content("blank")
    if text in NONE_WORDS:
        return Content("none")
    figure = _figure(text)
    if figure:
        return Content("number", figure=figure)
    if text.strip("()") in units().known:
        return Content("unit", bare=text.strip("()"))
    if _LISTING.fullmatch(text):
        return Content("label")
    if _PERCENT.fullmatch(text):
        return Content("percent")
    if _PICTURE in text or _DIGITS_ONLY.fullmatch(text):
        return Content("unread")
    return Content("label", bare=bare(text))


def _figure(text: str) -> Figure | None:
    if text.isascii() and text.isdigit():
        return Figure(Decimal(text), Span(0, len(text)))
    if _YEAR.fullmatch(text) or _LISTING.fullmatch(text):
        return None
    change = _CHANGE.fullmatch(text)
    if change:
        size = Decimal(change["number"].replace(",", ""))
        return Figure(-size if change["sign"][0] in "减↓" else size, Span(0, change.end("number")))
    if _SPACED.fullmatch(text):
        # Digits set apart to fill the cell; 0 0 0 may be three cells in one.
        joined = "".join(text.split())
        figure = None if _NO_NUMBER.match(joined) else _figure(joined)
        return figure and figure._replace(span=Span(0, len(text)))
    number = parse_cell(text)
    if number is None or number.unit in _NEVER_COUNTED:
        return None
    start = _NUMERAL_SIGN.search(text)
    begin = start.start() if start else 0
    end = text.rfind(number.unit) if number.unit else len(text)
    return Figure(number.value, Span(begin, end if end > begin else len(text)), number.unit, number.qualifier)
