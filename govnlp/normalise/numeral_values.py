"""The value of a numeral: Arabic digits, Chinese numerals (三千二百, 二〇一二, 壹拾), and both together (3万2千). Exact."""

from __future__ import annotations

import re
from decimal import Context, Decimal, Inexact

DIGITS = dict(
    zip(
        "零〇○一二两三四五六七八九壹贰叁肆伍陆柒捌玖兩貳參陸",
        (0, 0, 0, 1, 2, 2, *range(3, 10), *range(1, 10), 2, 2, 3, 6),
        strict=True,
    )
)
TENS = {"十": 10, "拾": 10, "百": 100, "佰": 100, "千": 1000, "仟": 1000}
MYRIADS = {"万": 10**4, "萬": 10**4, "亿": 10**8, "億": 10**8}
SCORES = {"廿": 20, "卅": 30}
CHINESE = "".join((*DIGITS, *TENS, *MYRIADS, *SCORES))
MULTIPLIERS = "".join((*TENS, *MYRIADS))
_SIGNS = frozenset(CHINESE)

# Patterns, safe inside a verbose one: digits with or without thousands separators, multipliers, and both in turn.
DIGIT = r"[0-9０-９]"
_GROUPED = rf"{DIGIT}{{1,3}}(?>(?:[,，]{DIGIT}{{3}}){{1,8}})(?![,，]?{DIGIT})"
_TIMES = "(?:[十拾百佰千仟]?[万亿萬億]{1,2}+|[千仟]|百)"
DECIMAL = rf"(?:{_GROUPED}|{DIGIT}++)(?:[.．]{DIGIT}++)?"
MULTIPLIED = rf"(?:[ ]?{_TIMES}(?>(?:零{DIGIT}++{_TIMES}?+|{DIGIT}++(?:{_TIMES}|(?<={DIGIT}{{2}})))*))"
MIXED = rf"{DECIMAL}{MULTIPLIED}?"

_ZEROS = "零〇○"
_NARROW = str.maketrans("０１２３４５６７８９．，", "0123456789.,", " ")
_PART = re.compile(rf"(\d+(?:\.\d+)?)([{MULTIPLIERS}]*)")
# Digits are bounded by LONGEST, so nothing below this precision is ever rounded; were it, the trap would tell.
_EXACT = Context(prec=200, traps=[Inexact])
LONGEST = 60


def arabic(digits: str) -> Decimal:
    """The value of Arabic digits: full width, thousands separators and spaces inside are allowed.

    >>> arabic("1，128.50")
    Decimal('1128.50')
    """
    if digits.isascii() and digits.isdigit():
        return Decimal(digits)
    return Decimal(digits.translate(_NARROW).replace(",", ""))


def mixed(run: str) -> Decimal | None:
    """The value of Arabic digits with multipliers (4.16万, 3亿2000万); None where they do not stand in falling order.

    >>> mixed("1千5百"), mixed("3万2万")
    (Decimal('1500'), None)
    """
    if len(run) > LONGEST:
        return None
    parts = _PART.findall(run.translate(_NARROW).replace(",", ""))
    values = [(Decimal(digits), multiplier(signs)) for digits, signs in parts]
    if any(factor is None for _, factor in values):
        return None
    total, ceiling = Decimal(0), None
    for digits, factor in values:
        term = _EXACT.multiply(digits, Decimal(factor or 1))
        if ceiling is not None and term >= ceiling:
            return None
        total, ceiling = _EXACT.add(total, term), Decimal(factor or 1)
    return total


def multiplier(signs: str) -> int | None:
    """The product of multipliers (百万, 千亿, 万亿); the empty string is 1; None for 万百.

    >>> multiplier("百万"), multiplier("万百")
    (1000000, None)
    """
    product, last = 1, 0
    for sign in signs:
        factor = TENS.get(sign) or MYRIADS[sign]
        if factor < last:
            return None
        product, last = product * factor, factor
    return product


def chinese(run: str) -> int | None:
    """The value of a numeral in Chinese characters, None where it is not well formed (二三百, 三四).

    >>> chinese("三千二百"), chinese("两千零八"), chinese("二〇一二"), chinese("廿八"), chinese("三四")
    (3200, 2008, 2012, 28, None)
    """
    if not run or len(run) > LONGEST or not _SIGNS.issuperset(run):
        return None
    if all(sign in DIGITS for sign in run):
        return _digit_by_digit(run)
    return _by_myriads(run)


def _digit_by_digit(run: str) -> int | None:
    """一 is 1 and 二〇一二 is 2012; 三四 (three or four) and 两三 are no number."""
    if len(run) == 2 and not any(zero in run for zero in _ZEROS):
        return None
    if len(run) > 1 and (run[0] in _ZEROS and len(run) < 3):
        return None
    return int("".join(str(DIGITS[sign]) for sign in run))


def _by_myriads(run: str) -> int | None:
    """Split at the greatest of 亿 and 万; what stands before it is multiplied, what follows is added."""
    at = _greatest(run)
    if at is None:
        return _section(run)
    factor = MYRIADS[run[at]]
    head, tail = run[:at], run[at + 1 :]
    high = _by_myriads(head) if head and not _all_digits(head) else _one_digit(head)
    low = _tail(tail, factor)
    return None if high is None or low is None else high * factor + low


def _greatest(run: str) -> int | None:
    """Where the last of the greatest myriads stands: 万亿 multiplies as a whole."""
    places = [at for at, sign in enumerate(run) if sign in MYRIADS]
    return max(places, key=lambda at: (MYRIADS[run[at]], at)) if places else None


def _all_digits(run: str) -> bool:
    return all(sign in DIGITS for sign in run)


def _one_digit(run: str) -> int | None:
    """A single digit before a unit; nothing before it counts as one (百余, 万余)."""
    if not run:
        return 1
    return DIGITS.get(run) or None


def _tail(tail: str, factor: int) -> int | None:
    """What follows a unit: nothing, a lower number, after 零 a digit, or one digit that means its tenths (三万二)."""
    if not tail:
        return 0
    if len(tail) == 1 and tail in DIGITS:
        return DIGITS[tail] * factor // 10 if DIGITS[tail] else None
    bare = tail.lstrip(_ZEROS)
    value = _one_digit(bare) if bare and _all_digits(bare) else _by_myriads(bare) if bare else None
    return value if value is not None and value < factor else None


def _section(run: str) -> int | None:
    """A number below 万: 千, 百, 十 in falling order."""
    if run[0] in SCORES:
        rest = run[1:]
        low = DIGITS.get(rest, 0) if rest else 0
        return SCORES[run[0]] + low if not rest or low else None
    for signs in ("千仟", "百佰", "十拾"):
        at = next((at for at, sign in enumerate(run) if sign in signs), None)
        if at is not None:
            high, low = _one_digit(run[:at]), _tail(run[at + 1 :], TENS[run[at]])
            return None if high is None or low is None else high * TENS[run[at]] + low
    return None
