"""What an audit finds, as values: each finding with its cells and sentences, in Chinese and in English."""

from __future__ import annotations

from govnlp.schema.facts import Evidence, Exact, Fact, Value
from govnlp.schema.report import Report, Severity, Term
from govnlp.schema.text import Span


class Words(Value):
    """One text in Chinese and in English."""

    zh: str
    en: str


class Exhibit(Value):
    """A cell, a sentence or a heading that a finding rests on: what is printed there and where it stands.

    A figure has its `indicator`, its `value` in the indicator's unit (None: a blank cell), its `evidence` and, where it
    is known, the figure as `printed` with its unit; any other passage has `span`, in `Report.text`, and `quote`.
    `last_year` tells that it stands in last year's report.
    """

    indicator: str | None = None
    value: Exact | None = None
    printed: str = ""
    evidence: Evidence | None = None
    span: Span | None = None
    quote: str = ""
    last_year: bool = False


class Finding(Value):
    """One thing to look at before a report is published.

    `id` is stable: the rule and what it is about (`sum:balance.total`), whatever the wording or the place. `suspect` is
    the cell that most likely is wrong and `suggested` the value that would satisfy every sum it is in; nothing is ever
    corrected.

    >>> Finding(id="jump:capacity.budget", rule="jump", severity="info", title=Words(zh="…", en="…"),
    ...     message=Words(zh="…", en="…"), advice=Words(zh="…", en="…")).exhibits
    ()
    """

    id: str
    rule: str
    severity: Severity
    title: Words
    message: Words
    advice: Words
    basis: str | None = None
    exhibits: tuple[Exhibit, ...] = ()
    suspect: Exhibit | None = None
    suggested: Exact | None = None

    @property
    def span(self) -> Span | None:
        """Where in `Report.text` to look first; None where nothing of this report is shown."""
        shown = (self.suspect, *self.exhibits) if self.suspect else self.exhibits
        spans = (one.span for one in shown if not one.last_year)
        return next((one for one in spans if one is not None), None)


def of_fact(fact: Fact, *, last_year: bool = False) -> Exhibit:
    """A fact as an exhibit, with the first place where it was read."""
    shown = _figure(fact.indicator, fact.value, fact.evidence[0] if fact.evidence else None)
    printed = fact.raw + (fact.raw_unit or "") if fact.status == "reported" else ""
    return shown.model_copy(update={"printed": printed, "last_year": last_year})


def of_term(term: Term) -> Exhibit:
    """A term of a check as an exhibit."""
    return _figure(term.indicator, term.value, term.evidence)


def of_passage(report: Report, span: Span) -> Exhibit:
    """A passage of a report's text as an exhibit."""
    return Exhibit(span=span, quote=report.text[slice(*span)])


def _figure(indicator: str, value: Exact | None, evidence: Evidence | None) -> Exhibit:
    span, quote = (evidence.span, evidence.quote) if evidence else (None, "")
    return Exhibit(indicator=indicator, value=value, evidence=evidence, span=span, quote=quote)
