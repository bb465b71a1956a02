"""The rules as data: their severities and texts, from `rules.yaml` beside this file."""

from __future__ import annotations

from functools import cache
from importlib.resources import files
from typing import NamedTuple, NotRequired, TypedDict

import yaml

from govnlp.audit.findings import Exhibit, Finding, Words
from govnlp.schema.facts import Exact
from govnlp.schema.forms import FormTable
from govnlp.schema.indicators import FormName
from govnlp.schema.report import SectionKind, Severity


class Rule(NamedTuple):
    """One rule. The texts of `message` and `basis` have `{…}` that its findings fill in."""

    id: str
    severity: Severity
    title: Words
    message: Words
    advice: Words
    basis: str | None = None


class RequiredSection(NamedTuple):
    """A section that the law or the form asks for; a short line with one of `words` names it too."""

    kind: SectionKind
    name: str
    words: tuple[str, ...]
    severity: Severity | None = None


class Sections(NamedTuple):
    """The sections that reports need from a year on, and the law that says so."""

    since: int
    law: str
    required: tuple[RequiredSection, ...]


class Deadline(NamedTuple):
    """By when the report had to be public, as month and day of the next year; from a report year on."""

    since: int
    law: str
    department: tuple[int, int]
    government: tuple[int, int]


class Ceiling(NamedTuple):
    """The greatest amount in 元 that is plausible for organs whose name matches `organ`."""

    organ: str
    most: int


class _Pair(TypedDict):
    zh: str
    en: str


class _Rule(TypedDict):
    severity: Severity
    title: _Pair
    message: _Pair
    advice: _Pair
    basis: NotRequired[str]


class _Section(TypedDict):
    kind: SectionKind
    name: str
    words: list[str]
    severity: NotRequired[Severity]


_Sections = TypedDict("_Sections", {"from": int, "law": str, "required": list[_Section]})
_Deadline = TypedDict("_Deadline", {"from": int, "law": str, "department": list[int], "government": list[int]})


class _Ceiling(TypedDict):
    organ: str
    most: int


class _Data(TypedDict):
    rules: dict[str, _Rule]
    tables: dict[FormTable, str]
    forms: dict[FormName, str]
    sections: list[_Sections]
    deadlines: list[_Deadline]
    amounts: dict[str, list[_Ceiling]]


@cache
def rules() -> dict[str, Rule]:
    """Every rule by its id, in the order of the data.

    >>> rules()["published_late"].severity
    'warning'
    """
    return {name: _rule(name, raw) for name, raw in _data()["rules"].items()}


def finding(
    rule: str,
    subject: str,
    *,
    exhibits: tuple[Exhibit, ...] = (),
    severity: Severity | None = None,
    suspect: Exhibit | None = None,
    suggested: Exact | None = None,
    **words: object,
) -> Finding:
    """A finding of a rule about `subject`, its texts filled in with `words`.

    >>> finding("section_missing", "other", section="其他需要报告的事项", law="条例").message.zh
    '没有「其他需要报告的事项」部分'
    """
    one = rules()[rule]
    message = Words(zh=one.message.zh.format(**words), en=one.message.en.format(**words))
    return Finding(
        id=f"{rule}:{subject}" if subject else rule, rule=rule, severity=severity or one.severity, title=one.title,
        message=message, advice=one.advice, basis=one.basis.format(**words) if one.basis else None,
        exhibits=exhibits, suspect=suspect, suggested=suggested,
    )  # fmt: skip


@cache
def table_title(table: FormTable) -> str:
    """The title of an official table, for messages."""
    return _data()["tables"][table]


@cache
def form_title(form: FormName) -> str:
    """The name of a generation of the form, for messages."""
    return _data()["forms"][form]


@cache
def sections_of(year: int) -> Sections | None:
    """The sections that a report of this year needs; None before there were reports."""
    for raw in _data()["sections"]:
        if year >= raw["from"]:
            required = (
                RequiredSection(one["kind"], one["name"], tuple(one["words"]), one.get("severity"))
                for one in raw["required"]
            )
            return Sections(raw["from"], raw["law"], tuple(required))
    return None


@cache
def deadline_of(year: int) -> Deadline | None:
    """By when a report of this year had to be public; None before there were reports."""
    for raw in _data()["deadlines"]:
        if year >= raw["from"]:
            (month, day), (other_month, other_day) = raw["department"], raw["government"]
            return Deadline(raw["from"], raw["law"], (month, day), (other_month, other_day))
    return None


@cache
def ceilings(indicator: str) -> tuple[Ceiling, ...]:
    """The plausible amounts of an indicator, by organ; the first that fits holds."""
    return tuple(Ceiling(one["organ"], one["most"]) for one in _data()["amounts"].get(indicator, []))


def _rule(name: str, raw: _Rule) -> Rule:
    title, message, advice = (Words(**raw[key]) for key in ("title", "message", "advice"))
    return Rule(name, raw["severity"], title, message, advice, raw.get("basis"))


@cache
def _data() -> _Data:
    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    text = files(__package__).joinpath("rules.yaml").read_text("utf-8")
    return yaml.load(text, Loader=loader)  # type: ignore[no-any-return]  # noqa: S506 - both are safe loaders
