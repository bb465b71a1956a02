"""Small facts and outlines for these tests."""

from __future__ import annotations

from decimal import Decimal

from govnlp.reconcile import Reconciled, reconcile
from govnlp.schema.facts import Evidence, Fact, Method, Period, Qualifier, Scope, Status
from govnlp.schema.indicators import FormName, applicants
from govnlp.schema.reading import Outline, Reading
from govnlp.schema.report import Check, Meta, Section, Term
from govnlp.schema.text import Span

APPLICANTS = tuple(applicants())


def fact(
    indicator: str,
    value: int | str | Decimal | None,
    method: Method = "table",
    *,
    at: int = 0,
    quote: str = "",
    raw: str | None = None,
    raw_unit: str | None = None,
    qualifier: Qualifier = "exact",
    status: Status | None = None,
    period: Period = "year",
    scope: Scope = "own",
    confidence: float = 1.0,
) -> Fact:
    cell = method == "table"
    evidence = Evidence(
        span=Span(at, at + 1),
        source_span=Span(at, at + 1),
        quote=quote or str(value),
        table=0 if cell else None,
        row=f"row of {indicator}" if cell else None,
        column="本年" if cell else None,
    )
    return Fact(
        indicator=indicator,
        value=None if value is None else Decimal(value),
        status=status or ("blank" if value is None else "reported"),
        method=method,
        raw=str(value) if raw is None else raw,
        raw_unit=raw_unit,
        qualifier=qualifier,
        period=period,
        scope=scope,
        confidence=confidence,
        evidence=(evidence,),
    )


def outline(form: FormName | None = "art50v2", year: int | None = 2021, sections: tuple[Section, ...] = ()) -> Outline:
    return Outline(Meta(year=year, form=form), sections, is_report=True)


def run(*facts: Fact, form: FormName | None = "art50v2", sections: tuple[Section, ...] = ()) -> Reconciled:
    tables = Reading(tuple(one for one in facts if one.method == "table"))
    prose = Reading(tuple(one for one in facts if one.method == "prose"))
    return reconcile(tables, prose, outline(form, sections=sections))


def answers(done: Reconciled) -> dict[str, Decimal | None]:
    return {one.indicator: one.value for one in done.facts if one.answer}


def check(done: Reconciled, name: str) -> Check:
    found = [one for one in done.checks if one.id == name]
    assert len(found) == 1, f"{name}: {[one.id for one in done.checks]}"
    return found[0]


def failed(done: Reconciled) -> set[str]:
    return {one.id for one in done.checks if one.status == "failed"}


def cells(prefix: str, **values: int | None) -> list[Fact]:
    """Table facts `prefix.name = value`."""
    return [fact(f"{prefix}.{name}", value) for name, value in values.items()]


def verdict(one: Check) -> tuple[str, int | None]:
    """How a check ended, and by how much it is off."""
    return one.status, None if one.difference is None else int(one.difference)


def values(terms: tuple[Term, ...]) -> list[tuple[str, int | None]]:
    return [(term.indicator, None if term.value is None else int(term.value)) for term in terms]
