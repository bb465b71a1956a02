"""The one line that says what does not agree, where it stands and by how much."""

from __future__ import annotations

from decimal import Decimal

from govnlp.schema.facts import Evidence, Fact, plain
from govnlp.schema.identities import Identity, short_name
from govnlp.schema.indicators import applicants, indicators

_QUOTE = 40
_QUALIFIERS = {"exact": "", "about": "约", "at_least": "至少", "at_most": "至多"}


def failed(
    identity: Identity, left: tuple[Fact, ...], right: tuple[Fact, ...], absent: tuple[str, ...], difference: Decimal
) -> str:
    """Both sides with their terms, the difference, and the cells that were blank or not printed.

    `申请办理(自然人): 新收12 + 上年结转1 = 13, 办理结果总计10 + 结转下年度2 = 12, 差 1`
    """
    by_applicant = len({_stem(fact.indicator) for fact in left + right}) == 1
    sides = ", ".join(_sum(side, by_applicant) for side in (left, right))
    blank = [_name(fact.indicator, by_applicant) for fact in left + right if fact.value is None]
    missing = [_name(name, by_applicant) for name in absent]
    notes = _note("空白(按0计)", blank) + _note("未刊载", missing)
    return f"{identity.title}: {sides}, 差 {plain(abs(difference))}{notes}{_places(left + right)}"


def undecided(identity: Identity, absent: tuple[str, ...]) -> str:
    """What was not printed, so that nothing can be said."""
    by_applicant = identity.rule == 3
    return f"{identity.title}: 无法核对{_note('未刊载', [_name(name, by_applicant) for name in absent])}"


def excused(identity: Identity, message: str) -> str:
    """Why a sum that does not hold is no mistake."""
    return f"{message}; {'含约数' if identity.required else '通常成立, 表式不强制'}, 不判为错误"


def compared(answer: Fact, others: tuple[Fact, ...]) -> str:
    """One indicator said with several values: each with the place where it was read."""
    one = indicators()[answer.indicator]
    said = ", ".join(_said(fact) for fact in (answer, *others))
    apart = max((abs(_number(answer) - _number(fact)) for fact in others), default=Decimal(0))
    return f"{label(answer.indicator)} [{one.id}]: {said}{f', 差 {plain(apart)}' if apart else ''}"


def label(name: str) -> str:
    """The Chinese label of an indicator, with its applicant where it has one.

    >>> label("applications.closed.total")
    '本年度办理结果 总计(总计)'
    """
    one = indicators()[name]
    return f"{one.labels[0]}({applicants()[one.applicant]})" if one.applicant else one.labels[0]


def _number(fact: Fact) -> Decimal:
    return fact.value or Decimal(0)


def _said(fact: Fact) -> str:
    value = "空白" if fact.value is None else f"{_QUALIFIERS[fact.qualifier]}{plain(fact.value)}"
    where = "表格" if fact.method == "table" else "正文"
    return f"{where} {value}{_place(fact.evidence[0] if fact.evidence else None)}"


def _place(evidence: Evidence | None) -> str:
    """The row and column of a cell, or the sentence."""
    if evidence is None:
        return ""
    cell = [f"{mark}「{_short(name)}」" for mark, name in (("行", evidence.row), ("列", evidence.column)) if name]
    if cell:
        return f"({''.join(cell)})"
    return f"「{_short(evidence.quote)}」" if evidence.quote else ""


def _places(terms: tuple[Fact, ...]) -> str:
    """The sentences of the terms that were not read in a cell: a cell is named by its term already."""
    quotes = dict.fromkeys(
        _short(fact.evidence[0].quote)
        for fact in terms
        if fact.method == "prose" and fact.evidence and fact.evidence[0].quote
    )
    return "".join(f"; 正文「{quote}」" for quote in list(quotes)[:3])


def _short(quote: str) -> str:
    flat = " ".join(quote.split())
    return flat if len(flat) <= _QUOTE else flat[: _QUOTE - 1] + "…"


def _sum(terms: tuple[Fact, ...], by_applicant: bool) -> str:
    """`新收12 + 上年结转1 = 13`; terms of 0 and blanks are left out of a long sum."""
    if not terms:
        return "0"
    counted = [fact for fact in terms if fact.value]
    shown = terms if len(terms) <= 2 else counted
    named = [f"{_name(fact.indicator, by_applicant)}{_value(fact)}" for fact in shown]
    total = plain(sum((fact.value for fact in counted if fact.value), Decimal(0)))
    if len(terms) == 1:
        return named[0]
    return f"{' + '.join(named)} = {total}" if named else f"各项合计 {total}"


def _value(fact: Fact) -> str:
    return "空白" if fact.value is None else str(plain(fact.value))


def _note(title: str, names: list[str]) -> str:
    if not names:
        return ""
    more = f"等{len(names)}项" if len(names) > 8 else ""
    return f", {title}: {'、'.join(names[:8])}{more}"


def _name(name: str, by_applicant: bool) -> str:
    one = indicators()[name]
    return applicants()[one.applicant] if by_applicant and one.applicant else short_name(name)


def _stem(name: str) -> str:
    return name.rpartition(".")[0] if indicators()[name].applicant else name
