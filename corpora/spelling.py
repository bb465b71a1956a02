"""Numbers as reports print them: Arabic, with thousands separators, in Chinese, in 万 and 亿."""

from __future__ import annotations

from decimal import Decimal
from typing import Literal, get_args

Style = Literal["arabic", "grouped", "chinese", "myriad"]
STYLES: tuple[Style, ...] = get_args(Style)
_DIGITS = "零一二三四五六七八九"
_TENS = ("千", "百", "十", "")
MYRIAD, HUNDRED_MILLION = 10**4, 10**8


def spelled(value: Decimal, style: Style) -> str:
    """A number that is not negative in one of the styles; whole numbers alone in Chinese.

    >>> [spelled(Decimal(12800), style) for style in STYLES]
    ['12800', '12,800', '一万二千八百', '1.28万']
    """
    if style == "chinese":
        return chinese(int(value))
    if style == "myriad":
        factor, sign = (HUNDRED_MILLION, "亿") if value >= HUNDRED_MILLION else (MYRIAD, "万")
        return _plain(value / factor) + sign
    return f"{value:,f}" if style == "grouped" else f"{value:f}"


def style_of(surface: str) -> Style:
    """The style in which a numeral without damage is printed.

    >>> style_of("1.28万"), style_of("一万二"), style_of("1,128")
    ('myriad', 'chinese', 'grouped')
    """
    if not any(char.isdecimal() for char in surface):
        return "chinese"
    if surface[-1] in "万亿萬億":
        return "myriad"
    return "grouped" if "," in surface or "，" in surface else "arabic"


def chinese(number: int) -> str:
    """A whole number from 0 up to 10¹² in Chinese: 两 stands alone, 二 in every other place.

    >>> chinese(2), chinese(15), chinese(3208), chinese(20015), chinese(112)
    ('两', '十五', '三千二百零八', '二万零一十五', '一百一十二')
    """
    if number < 3:
        return ("零", "一", "两")[number]
    made = _by_myriads(number)
    return made.removeprefix("一") if made.startswith("一十") else made


def _by_myriads(number: int) -> str:
    for factor, sign in ((HUNDRED_MILLION, "亿"), (MYRIAD, "万")):
        high, low = divmod(number, factor)
        if high:
            between = "零" if 0 < low < factor // 10 else ""
            return _by_myriads(high) + sign + between + (_by_myriads(low) if low else "")
    return _section(number)


def _section(number: int) -> str:
    """A number below 万: 零 stands once for each row of zeros inside."""
    digits = f"{number:04d}"
    made = "".join(
        _DIGITS[int(digit)] + tens if digit != "0" else "零" for digit, tens in zip(digits, _TENS, strict=True)
    )
    while "零零" in made:
        made = made.replace("零零", "零")
    return made.strip("零")


def _plain(value: Decimal) -> str:
    digits = f"{value:f}"
    return digits.rstrip("0").rstrip(".") if "." in digits else digits
