"""The ways in which Word prints the number of a list item: 一、二, 壹、贰, 甲、乙, ①, (1), i, A and the rest."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import MappingProxyType

_DIGITS = "〇一二三四五六七八九"
_LEGAL = "零壹贰叁肆伍陆柒捌玖"
_UNITS = ("", "十", "百", "千")
_LEGAL_UNITS = ("", "拾", "佰", "仟")
_STEMS = "甲乙丙丁戊己庚辛壬癸"
_BRANCHES = "子丑寅卯辰巳午未申酉戌亥"
_ROMAN = ((1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"), (50, "l"), (40, "xl"),
          (10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i"))  # fmt: skip
_MOST = 9999  # the largest number that is written in words; no list is longer


def printed(number: int, form: str) -> str:
    """A number in one of the formats that the standard names (`w:numFmt`); one that is not known is printed as digits.

    >>> [printed(12, form) for form in ("chineseCounting", "decimalEnclosedCircle", "upperLetter", "lowerRoman", "bullet")]
    ['十二', '⑫', 'L', 'xii', '']
    """
    if not 0 <= number <= _MOST:
        return str(number)
    return _FORMATS.get(form, str)(number)


def _chinese(number: int, digits: str = _DIGITS, units: tuple[str, ...] = _UNITS) -> str:
    """一百零五; ten to nineteen without 一 before 十, but 壹拾 in the legal form."""
    written, zero = "", False
    for place, digit in zip(range(len(str(number)) - 1, -1, -1), map(int, str(number)), strict=True):
        if digit:
            written += ("零" if zero else "") + digits[digit] + units[place]
        zero = bool(written) and ((zero and not digit) or not digit)
    if units is _UNITS and 10 <= number < 20:
        return written[1:]
    return written or digits[0]


def _legal(number: int) -> str:
    return _chinese(number, _LEGAL, _LEGAL_UNITS)


def _digit_by_digit(number: int) -> str:
    return "".join(_DIGITS[int(one)] for one in str(number))


def _counted(number: int) -> str:
    """Ideographs up to ninety-nine, then digit by digit: what `chineseCounting` asks for."""
    return _chinese(number) if number < 100 else _digit_by_digit(number)


def _one_of(symbols: str, first: int = 1) -> Callable[[int], str]:
    return lambda number: symbols[number - first] if first <= number < first + len(symbols) else str(number)


def _code(start: int, first: int, last: int) -> Callable[[int], str]:
    """Symbols that follow each other in Unicode, from `first` at `start` to `last`."""
    return lambda number: chr(start + number - first) if first <= number <= last else str(number)


def _circled(number: int) -> str:
    if number > 35:
        return _code(0x32B1, 36, 50)(number)
    return _code(0x3251, 21, 35)(number) if number > 20 else _code(0x2460, 1, 20)(number)


def _letters(number: int) -> str:
    """Letters from a to z, then aa, bb."""
    return chr(ord("a") + (number - 1) % 26) * ((number - 1) // 26 + 1) if number else ""


def _roman(number: int) -> str:
    written = ""
    for value, letters in _ROMAN:
        count, number = divmod(number, value)
        written += letters * count
    return written


def _nothing(_: int) -> str:
    return ""


_CHINESE = (
    "chineseCountingThousand",
    "japaneseCounting",
    "taiwaneseCountingThousand",
    "taiwaneseCounting",
    "koreanCounting",
)
_FORMATS: Mapping[str, Callable[[int], str]] = MappingProxyType({
    "chineseCounting": _counted,
    **dict.fromkeys(_CHINESE, _chinese),
    "chineseLegalSimplified": _legal, "ideographLegalTraditional": _legal, "japaneseLegal": _legal,
    "ideographDigital": _digit_by_digit, "japaneseDigitalTenThousand": _digit_by_digit, "taiwaneseDigital": _digit_by_digit,
    "ideographTraditional": _one_of(_STEMS), "ideographZodiac": _one_of(_BRANCHES),
    "ideographEnclosedCircle": _code(0x3280, 1, 10),
    "decimalEnclosedCircle": _circled, "decimalEnclosedCircleChinese": _circled,
    "decimalEnclosedParen": _code(0x2474, 1, 20), "decimalEnclosedFullstop": _code(0x2488, 1, 20),
    "decimalFullWidth": lambda number: "".join(chr(0xFF10 + int(one)) for one in str(number)),
    "decimalFullWidth2": lambda number: "".join(chr(0xFF10 + int(one)) for one in str(number)),
    "decimalZero": lambda number: f"{number:02d}",
    "numberInDash": lambda number: f"- {number} -",
    "lowerLetter": _letters, "upperLetter": lambda number: _letters(number).upper(),
    "lowerRoman": _roman, "upperRoman": lambda number: _roman(number).upper(),
    "bullet": _nothing, "none": _nothing,
})  # fmt: skip
