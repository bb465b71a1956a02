"""Random and small reports for these tests."""

from __future__ import annotations

from decimal import Decimal

from hypothesis import strategies as st

from govnlp.schema.facts import Evidence, Fact, Part
from govnlp.schema.indicators import indicators
from govnlp.schema.report import Check, Issue, Meta, Report, Section, Source, Term
from govnlp.schema.text import Span

# Characters that JSON, HTML and Chinese pages make trouble with; no halves of surrogate pairs.
TEXTS = st.text(st.characters(codec="utf-8"), max_size=12)
SPANS = st.tuples(st.integers(0, 10**6), st.integers(0, 999)).map(lambda pair: Span(pair[0], pair[0] + pair[1]))
AMOUNTS = st.integers(-(10**12), 10**12).map(Decimal) | st.decimals(
    min_value=-(10**9), max_value=10**12, places=2, allow_nan=False, allow_infinity=False
)
BOXES = st.tuples(*[st.floats(0, 2000, allow_nan=False, width=32)] * 4)
IDS = st.sampled_from(sorted(indicators()))

EVIDENCE = st.builds(
    Evidence, span=SPANS, source_span=SPANS, quote=TEXTS, table=st.none() | st.integers(0, 9), row=st.none() | TEXTS,
    column=st.none() | TEXTS, page=st.none() | st.integers(1, 99), box=st.none() | BOXES,
)  # fmt: skip
PARTS = st.builds(Part, label=TEXTS, value=AMOUNTS, raw=TEXTS, unit=st.none() | TEXTS)
FACTS = st.builds(
    Fact, indicator=IDS, value=st.none() | AMOUNTS, status=st.sampled_from(["reported", "stated_none", "blank"]),
    method=st.sampled_from(["table", "prose", "derived"]), raw=TEXTS, raw_unit=st.none() | TEXTS,
    qualifier=st.sampled_from(["exact", "about", "at_least", "at_most"]),
    period=st.sampled_from(["year", "previous", "cumulative"]), scope=st.sampled_from(["own", "subordinate"]),
    confidence=st.floats(0, 1), answer=st.booleans(), evidence=st.lists(EVIDENCE, max_size=2).map(tuple),
    parts=st.lists(PARTS, max_size=2).map(tuple),
)  # fmt: skip
TERMS = st.builds(Term, indicator=IDS, value=st.none() | AMOUNTS, evidence=st.none() | EVIDENCE)
CHECKS = st.builds(
    Check, id=TEXTS, status=st.sampled_from(["passed", "failed", "undecided"]), message=TEXTS,
    left=st.lists(TERMS, max_size=2).map(tuple), right=st.lists(TERMS, max_size=2).map(tuple),
    difference=st.none() | AMOUNTS,
)  # fmt: skip
ISSUES = st.builds(
    Issue, code=TEXTS, severity=st.sampled_from(["info", "warning", "error"]), message=TEXTS,
    evidence=st.none() | EVIDENCE,
)  # fmt: skip
REPORTS = st.builds(
    Report, status=st.sampled_from(["complete", "partial", "not_a_report", "failed"]),
    meta=st.builds(Meta, organ=st.none() | TEXTS, year=st.none() | st.integers(2008, 2025), title=st.none() | TEXTS),
    source=st.builds(Source, name=st.none() | TEXTS, digest=st.none() | TEXTS),
    sections=st.lists(
        st.builds(Section, kind=st.sampled_from(["overview", "fees"]), heading=TEXTS, span=SPANS), max_size=2
    ).map(tuple),
    facts=st.lists(FACTS, max_size=4).map(tuple), checks=st.lists(CHECKS, max_size=2).map(tuple),
    issues=st.lists(ISSUES, max_size=2).map(tuple), text=TEXTS,
)  # fmt: skip


def answer(indicator: str, value: str | int | None, **fields: object) -> Fact:
    shape = {"status": "blank" if value is None else "reported", "method": "table", "answer": True}
    return Fact.model_validate({"indicator": indicator, "value": value, **shape, **fields})


def quoted(text: str) -> tuple[Evidence, ...]:
    return (Evidence(span=Span(0, len(text)), source_span=Span(0, len(text)), quote=text),)


def report(*facts: Fact, **fields: object) -> Report:
    return Report.model_validate({"status": "complete", "facts": facts, **fields})
