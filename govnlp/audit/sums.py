"""Sums that do not hold (勾稽关系), and figures that are said twice with two values: the failed checks of a report."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from govnlp.audit.findings import Exhibit, Finding, of_fact, of_term
from govnlp.audit.rules import finding
from govnlp.audit.suspects import Suspect, suspects
from govnlp.schema.facts import Evidence, Fact, plain
from govnlp.schema.identities import short_name
from govnlp.schema.report import Check, Report, Severity, Term

_WAYS = {
    "text_vs_table": "text_against_table",
    "table_vs_table": "table_against_table",
    "text_vs_text": "text_against_text",
}
# Prose that is read less surely than this raises a warning where surer prose raises an error.
_SURE = 0.85
_MOST_TERMS = 12


def sums(report: Report, explained: frozenset[str]) -> Iterator[Finding]:
    """A finding for each failed check, but for those whose id is `explained` by a finding of another rule.

    Sums that one cell explains are one finding, about that cell.
    """
    told = [one for one in suspects(report) if explained.isdisjoint(check.id for check in one.checks)]
    yield from map(_one_cell, told)
    grouped = {check.id for one in told for check in one.checks}
    for check in report.failed_checks:
        if check.id in explained or check.id in grouped:
            continue
        way, _, indicator = check.id.partition(".")
        if way in _WAYS:
            yield _said_twice(report, check, _WAYS[way], indicator)
        else:
            yield _sum(check)


def _one_cell(one: Suspect) -> Finding:
    cell = of_term(one.term)
    return finding(
        "sum_one_cell", one.term.indicator, exhibits=_others(one), suspect=cell, suggested=one.value,
        cell=_cell(one.term), indicator=one.term.indicator, printed=_printed(one.term), suggested_value=_digits(one.value),
        detail="；".join(check.message for check in one.checks), ids=", ".join(check.id for check in one.checks),
    )  # fmt: skip


def _others(one: Suspect) -> tuple[Exhibit, ...]:
    """The cells of the sums, each once, the suspect first."""
    terms = {one.term.indicator: one.term}
    for check in one.checks:
        terms.update({term.indicator: term for term in check.left + check.right if term.indicator not in terms})
    return _exhibits(tuple(terms.values()))


def _cell(term: Term) -> str:
    """A cell by the labels of its row and column."""
    labels = (term.evidence.row, term.evidence.column) if term.evidence else ()
    return "·".join(label for label in labels if label) or short_name(term.indicator)


def _printed(term: Term) -> str:
    return "空白" if term.value is None else _digits(term.value)


def _sum(check: Check) -> Finding:
    return finding(
        "sum", check.id, exhibits=_exhibits(check.left + check.right), detail=check.message, id=check.id,
        left=_side(check.left), right=_side(check.right), difference=_digits(abs(check.difference or Decimal(0))),
    )  # fmt: skip


def _said_twice(report: Report, check: Check, rule: str, indicator: str) -> Finding:
    terms = check.left + check.right
    values = " / ".join(f"{_digits(term.value)} ({_where(term)})" for term in terms)
    facts = [_fact_of(report, term) for term in terms]
    shown = tuple(of_fact(fact) if fact else of_term(term) for fact, term in zip(facts, terms, strict=True))
    return finding(
        rule, indicator, exhibits=shown, severity=_severity(facts),
        detail=check.message, indicator=indicator, values=values,
    )  # fmt: skip


def _severity(facts: list[Fact | None]) -> Severity | None:
    """A warning where a sentence was read with some doubt; else what the rule says."""
    doubtful = any(fact.method == "prose" and fact.confidence < _SURE for fact in facts if fact)
    return "warning" if doubtful else None


def _fact_of(report: Report, term: Term) -> Fact | None:
    return next(
        (fact for fact in report.facts if fact.indicator == term.indicator and term.evidence in fact.evidence), None
    )


def _exhibits(terms: tuple[Term, ...]) -> tuple[Exhibit, ...]:
    """The cells of a sum; printed zeros of a long one say nothing."""
    told = terms if len(terms) <= 4 else tuple(term for term in terms if term.value is None or term.value)
    return tuple(map(of_term, told))


def _side(terms: tuple[Term, ...]) -> str:
    """`12 + 1 = 13`: the terms that are not 0, and their sum."""
    values = [term.value for term in terms if term.value]
    total = _digits(sum(values, Decimal(0)))
    if len(values) < 2 or len(values) > _MOST_TERMS:
        return total
    return f"{' + '.join(map(_digits, values))} = {total}"


def _digits(value: Decimal | None) -> str:
    return "blank" if value is None else str(plain(value))


def _where(term: Term) -> str:
    return "table" if _is_cell(term.evidence) else "text"


def _is_cell(evidence: Evidence | None) -> bool:
    return evidence is not None and evidence.table is not None
