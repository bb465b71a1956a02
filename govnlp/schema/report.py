"""The canonical report: what it is, its sections, its facts, its checks, and what could not be read."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cached_property
from typing import TYPE_CHECKING, Annotated, Literal

from pydantic import AfterValidator, ValidationError

from govnlp.errors import FormatError, UnknownIndicatorError
from govnlp.schema import views
from govnlp.schema.facts import Evidence, Exact, Fact, Value
from govnlp.schema.indicators import FormName, indicators
from govnlp.schema.text import Span
from govnlp.version import __version__

if TYPE_CHECKING:
    import pandas as pd

ReportStatus = Literal["complete", "partial", "not_a_report", "failed"]
SectionKind = Literal[
    "overview", "proactive", "applications", "remedies", "problems", "other", "appendix", "fees", "header", "footer",
    "boilerplate",
]  # fmt: skip
Severity = Literal["info", "warning", "error"]
CheckStatus = Literal["passed", "failed", "undecided"]


class Issue(Value):
    """Something that could not be read, or that the user should know.

    `code` is stable and made of words (`unexplained_cell`, `empty_source`); `message` says what, where and what to do.
    An `error` left something unread: the report is at best `partial`. A `warning` may have; an `info` has not.
    """

    code: str
    severity: Severity
    message: str
    evidence: Evidence | None = None


class Section(Value):
    """A part of the report: its kind, its heading as normalised, its span in `Report.text`.

    `repeat` marks a second printing of a section that was read already.
    """

    kind: SectionKind
    heading: str
    span: Span
    repeat: bool = False


class Meta(Value):
    """What a report is: who published it, for where, for which year, on which generation of the form.

    `organ` is 发布机关 as printed or as named in the title; `region` the place that it governs; `year` the report
    year; `published` an ISO date.
    """

    organ: str | None = None
    region: str | None = None
    year: int | None = None
    form: FormName | None = None
    title: str | None = None
    published: str | None = None


class Term(Value):
    """One printed value that a check used, and where it stands."""

    indicator: str
    value: Exact | None
    evidence: Evidence | None = None


class Suggestion(Value):
    """The cell that alone would explain several failed sums, and the value with which all of them would hold."""

    indicator: str
    value: Exact


class Check(Value):
    """An identity (勾稽关系) tried on printed values. Nothing is ever repaired.

    `difference` is the left side less the right side. `undecided` means that a term was not printed, or that the sum
    is expected and not required. A term of an identity that holds has no evidence of its own: its fact has it.
    `suggestion` stands beside what is printed and changes nothing; `suspect` is the term that it speaks of.
    """

    id: str
    status: CheckStatus
    message: str
    left: tuple[Term, ...] = ()
    right: tuple[Term, ...] = ()
    difference: Exact | None = None
    suggestion: Suggestion | None = None

    @property
    def suspect(self) -> Term | None:
        """The printed cell that the suggestion would change."""
        wanted = self.suggestion and self.suggestion.indicator
        return next((term for term in self.left + self.right if term.indicator == wanted), None)


class Conflict(Value):
    """One indicator said with several values; the first of `facts` answers."""

    indicator: str
    facts: tuple[Fact, ...]


def _encodable(name: str | None) -> str | None:
    """A file name may hold bytes that are no text; as text they are spelt out, so that JSON can hold them."""
    return name and name.encode("utf-8", "backslashreplace").decode("utf-8")


class Source(Value):
    """The file: its name where it had one, how it was read, the blake2b-128 of its bytes."""

    name: Annotated[str | None, AfterValidator(_encodable)] = None
    format: str | None = None
    encoding: str | None = None
    digest: str | None = None


class Report(Value):
    """One canonical report.

    `report["capacity.budget"]` is the answering `Fact` or None; `text` is the normalised text that all spans speak of.
    `doubtful` are facts that the model was not sure of: they never answer, and wait for a person to look.
    Sources of the forms: 国办公开办函〔2019〕60号, 国办公开办函〔2021〕30号, 政府信息公开情况统计表 (2014-2018).

    >>> Report(status="not_a_report").value("applications.new.total") is None
    True
    """

    status: ReportStatus
    meta: Meta = Meta()
    source: Source = Source()
    sections: tuple[Section, ...] = ()
    facts: tuple[Fact, ...] = ()
    doubtful: tuple[Fact, ...] = ()
    checks: tuple[Check, ...] = ()
    issues: tuple[Issue, ...] = ()
    text: str = ""
    version: str = __version__

    def __getitem__(self, name: str) -> Fact | None:
        """The answering fact of an indicator; None where the report says nothing of it.

        An unknown id raises `UnknownIndicatorError` (a KeyError) that names the nearest ids.
        """
        if name not in indicators():
            raise UnknownIndicatorError(name, indicators())
        return self.answers.get(name)

    def __contains__(self, name: object) -> bool:
        return name in self.answers

    def value(self, name: str) -> Exact | None:
        """The exact value in the canonical unit; None where the report says nothing or left the cell blank."""
        fact = self[name]
        return fact.value if fact else None

    @cached_property
    def answers(self) -> dict[str, Fact]:
        """The answering fact of each indicator that the report speaks of."""
        return {fact.indicator: fact for fact in self.facts if fact.answer}

    @cached_property
    def conflicts(self) -> tuple[Conflict, ...]:
        """The indicators said with more than one value, the answering fact first."""
        return tuple(_conflicts(self.facts))

    @property
    def failed_checks(self) -> tuple[Check, ...]:
        """The identities that do not hold."""
        return tuple(check for check in self.checks if check.status == "failed")

    def to_dict(self) -> dict[str, object]:
        """The report as JSON-ready values: integers are ints, amounts with a fraction are strings of digits."""
        return self.model_dump(mode="json")

    def to_json(self, *, indent: int | None = None) -> str:
        """The report as JSON; `from_json` gives the equal report back."""
        return self.model_dump_json(indent=indent)

    @classmethod
    def from_json(cls, text: str | bytes) -> Report:
        """A report from what `to_json` wrote; `FormatError` for anything else."""
        try:
            return cls.model_validate_json(text)
        except ValidationError as error:
            raise FormatError(f"this is not a report as to_json writes it: {error}") from error

    def to_frame(self) -> pd.DataFrame:
        """Tidy rows, one a fact: columns as in `views.FactRow`; `value` holds exact Decimals."""
        import pandas as pd

        return pd.DataFrame(views.fact_rows(self), columns=list(views.FactRow._fields))

    def _repr_html_(self) -> str:
        return views.html(self)


def _conflicts(facts: tuple[Fact, ...]) -> Iterator[Conflict]:
    groups: dict[str, list[Fact]] = {}
    for fact in facts:
        if fact.is_candidate and fact.value is not None:
            groups.setdefault(fact.indicator, []).append(fact)
    for name, group in groups.items():
        if len({fact.value for fact in group}) > 1:
            yield Conflict(indicator=name, facts=tuple(sorted(group, key=lambda fact: not fact.answer)))
