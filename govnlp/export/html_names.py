"""What the page calls things, in Chinese and in English: indicators, their groups, the words of the forms."""

from __future__ import annotations

from functools import cache
from importlib.resources import files
from typing import NamedTuple, TypedDict, cast

import yaml

from govnlp.schema.facts import Value
from govnlp.schema.identities import short_name
from govnlp.schema.indicators import Indicator, applicants, indicators


class Name(NamedTuple):
    """A name in both languages of the page."""

    zh: str
    en: str


class IndicatorName(Value):
    """An indicator as the page names it and as its search finds it."""

    id: str
    zh: str
    en: str
    unit: str
    labels: tuple[str, ...]


class _English(TypedDict):
    applicants: dict[str, str]
    names: dict[str, str]
    words: dict[str, str]


@cache
def data(name: str) -> object:
    """A data file of the viewer, parsed once."""
    text = files("govnlp.export").joinpath("viewer", name).read_text("utf-8")
    return yaml.load(text, Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader))  # noqa: S506 - both are safe loaders


def _english() -> _English:
    return cast("_English", data("english.yaml"))


@cache
def indicator_names() -> tuple[IndicatorName, ...]:
    """Every indicator with its names, in the order of the forms.

    >>> next(one for one in indicator_names() if one.id == "applications.new.ngo").zh
    '新收 · 社会公益组织'
    """
    return tuple(
        IndicatorName(id=one.id, zh=_chinese(one), en=_in_english(one), unit=one.unit, labels=one.labels)
        for one in indicators().values()
    )


def word(chinese: str) -> Name:
    """A word of the forms in both languages; what has no English name keeps its Chinese.

    >>> word("结果维持")
    Name(zh='结果维持', en='Upheld')
    """
    return Name(chinese, _english()["words"].get(chinese, chinese))


def applicant(key: str) -> Name:
    """A kind of applicant (申请人情况).

    >>> applicant("ngo").en
    'Public-interest bodies'
    """
    return Name(applicants()[key], _english()["applicants"][key])


def stem_name(stem: str) -> str:
    """The English name of an id without its applicant.

    >>> stem_name("applications.denied.internal")
    'Internal affairs'
    """
    return _english()["names"][stem]


def _chinese(one: Indicator) -> str:
    if one.applicant and one.applicant != "total":
        return f"{short_name(one.id)} · {applicant(one.applicant).zh}"
    # A label of the form says more than the short name of messages.
    return short_name(one.id) if one.applicant else one.labels[0]


def _in_english(one: Indicator) -> str:
    names = _english()["names"]
    if one.applicant is None:
        return names[one.id]
    whole = names[one.id.rpartition(".")[0]]
    return whole if one.applicant == "total" else f"{whole} · {applicant(one.applicant).en}"
