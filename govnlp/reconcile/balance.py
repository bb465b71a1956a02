"""The identities (勾稽关系), tried on what was printed."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from govnlp.reconcile import wording
from govnlp.reconcile.terms import bare_term, full_term
from govnlp.schema.facts import Fact
from govnlp.schema.identities import Group, Identity, identities
from govnlp.schema.indicators import FormName
from govnlp.schema.report import Check, CheckStatus

_ZERO = Decimal(0)
# Cells that only the tables of one generation print, and that generation.
_MARKS: tuple[tuple[tuple[str, ...], tuple[FormName, ...]], ...] = (
    (("applications.new.natural_person", "applications.closed.natural_person"), ("art50v1", "art50v2")),
    (("remedies.litigation_direct.total",), ("art50v1", "art50v2")),
    (("applications.channel.online", "capacity.staff.full_time"), ("stat2014",)),
)


@dataclass(frozen=True, slots=True)
class _Sum:
    """One side of an identity: the facts that are printed of it, the rows that are not; a blank counts as 0."""

    printed: tuple[Fact, ...]
    absent: tuple[str, ...]
    total: Decimal


def balances(facts: tuple[Fact, ...], form: FormName | None) -> Iterator[Check]:
    """A check for each identity that the report is held to and of which it prints something on both sides.

    `form` is the generation of the report's form. An identity of another generation is tried where the report prints
    every one of its terms: organs mix the forms.
    """
    printed = {fact.indicator: fact for fact in facts if fact.answer}
    forms = _forms(printed, form)
    for identity in identities():
        check = _tried(identity, printed, forms)
        if check is not None:
            yield check


def _forms(printed: dict[str, Fact], form: FormName | None) -> frozenset[FormName]:
    """The generations that the report is held to: its own, and those whose tables it prints."""
    held: set[FormName] = {form or "free"}
    for names, forms in _MARKS:
        if any(name in printed and printed[name].method == "table" for name in names):
            held.update(forms)
    return frozenset(held)


def _tried(identity: Identity, printed: dict[str, Fact], forms: frozenset[FormName]) -> Check | None:
    if any(name in printed for name in identity.unless):
        return None
    left, right = _side(identity.left, printed), _side(identity.right, printed)
    if not _is_held_to(identity, left, right, forms):
        return None
    return _judged(identity, left, _with_optional(identity, left, right, printed))


def _is_held_to(identity: Identity, left: _Sum, right: _Sum, forms: frozenset[FormName]) -> bool:
    """Whether something is printed on both sides, and the form promises it or every term is there."""
    if not left.printed or not right.printed:
        return False
    if all(fact.value is None for fact in left.printed + right.printed):
        return False
    return not (forms.isdisjoint(identity.forms) and (left.absent or right.absent))


def _judged(identity: Identity, left: _Sum, right: _Sum) -> Check:
    absent = left.absent + right.absent
    difference = left.total - right.total
    if not _broken(identity, left, right):
        if not absent:
            return _check(identity, "passed", f"{identity.title}: {identity.formula}", left, right, difference)
        return _check(identity, "undecided", wording.undecided(identity, absent), left, right)
    message = wording.failed(identity, left.printed, right.printed, absent, difference)
    if not identity.required or any(fact.qualifier != "exact" for fact in left.printed + right.printed):
        return _check(identity, "undecided", wording.excused(identity, message), left, right, difference)
    return _check(identity, "failed", message, left, right, difference)


def _broken(identity: Identity, left: _Sum, right: _Sum) -> bool:
    """Whether it cannot hold, whatever the absent terms are: they are counts, so they only add."""
    left_exceeds = left.total > right.total and not right.absent
    right_exceeds = right.total > left.total and not left.absent
    if identity.relation == "at_most":
        return left_exceeds
    return right_exceeds or (left_exceeds and not identity.shortfall)


def _check(
    identity: Identity, status: CheckStatus, message: str, left: _Sum, right: _Sum, difference: Decimal | None = None
) -> Check:
    """The check; only a term of one that holds goes without its evidence, which its fact has."""
    term = bare_term if status == "passed" else full_term
    return Check(
        id=identity.id,
        status=status,
        message=message,
        left=tuple(map(term, left.printed)),
        right=tuple(map(term, right.printed)),
        difference=difference,
    )


def _side(groups: tuple[Group, ...], printed: dict[str, Fact]) -> _Sum:
    found: list[Fact] = []
    absent: list[str] = []
    total = _ZERO
    for group in groups:
        for name in _rows(group, printed):
            fact = printed.get(name)
            if fact is None:
                absent.append(name)
                continue
            found.append(fact)
            if fact.value:
                total += fact.value
    return _Sum(tuple(found), tuple(absent), total)


def _rows(group: Group, printed: dict[str, Fact]) -> tuple[str, ...]:
    """The rows that the report prints of a group: its members, or the one row for all of them, never both."""
    if group.whole is None:
        return group.members
    held = [printed[name] for name in group.members if name in printed]
    if len(held) == len(group.members) and any(fact.value is not None for fact in held):
        return group.members
    whole = printed.get(group.whole)
    if whole is not None and whole.value is not None:
        return (group.whole,)
    return group.members if held else (group.whole,)


def _with_optional(identity: Identity, left: _Sum, right: _Sum, printed: dict[str, Fact]) -> _Sum:
    """The right side, with the optional terms where it falls short without them."""
    beside = tuple(printed[name] for name in identity.optional if name in printed)
    if not beside or left.total <= right.total:
        return right
    return _Sum(
        right.printed + beside, right.absent, right.total + sum((fact.value or _ZERO for fact in beside), _ZERO)
    )
