"""The promises that reports make to each other, from `across.yaml` beside this file."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from importlib.resources import files
from typing import NamedTuple, TypedDict

import yaml

from govnlp.schema.indicators import applicants


class Term(NamedTuple):
    """An indicator that a side adds (`sign` 1) or takes away (-1), `last` in the report of the year before."""

    indicator: str
    sign: int = 1
    last: bool = False


class YearRule(NamedTuple):
    """`left = right` over two years of one organ; where it is not `required` a report may break it."""

    id: str
    title: str
    formula: str
    left: tuple[Term, ...]
    right: tuple[Term, ...]
    required: bool


class LevelRule(NamedTuple):
    """A government's figure of each of `indicators` is at least that of each of its departments."""

    id: str
    title: str
    indicators: tuple[str, ...]


class _Entry(TypedDict, total=False):
    id: str
    title: str
    formula: str
    rows: dict[str, str]
    left: list[str]
    right: list[str]
    required: bool


class _Levels(TypedDict):
    id: str
    title: str
    indicators: list[str]


class _Data(TypedDict):
    years: list[_Entry]
    levels: _Levels


@cache
def year_rules() -> tuple[YearRule, ...]:
    """The rules over years, one for each applicant or row.

    >>> year_rules()[0].id, year_rules()[0].right[0].last
    ('years.carried.natural_person', True)
    """
    return tuple(rule for entry in _data()["years"] for rule in _expanded(entry))


@cache
def level_rule() -> LevelRule:
    """The rule over levels."""
    raw = _data()["levels"]
    return LevelRule(raw["id"], raw["title"], tuple(raw["indicators"]))


def _expanded(entry: _Entry) -> Iterator[YearRule]:
    mark, names = ("{row}", entry["rows"]) if "rows" in entry else ("{applicant}", applicants())
    for key, name in names.items():
        left, right = (tuple(_term(one.replace(mark, key)) for one in entry[side]) for side in ("left", "right"))
        title = entry["title"].replace(mark, name)
        yield YearRule(entry["id"].replace(mark, key), title, entry["formula"], left, right, entry["required"])


def _term(text: str) -> Term:
    sign = -1 if text.startswith("-") else 1
    bare = text.removeprefix("-")
    return Term(bare.removeprefix("last:"), sign, bare.startswith("last:"))


@cache
def _data() -> _Data:
    data: _Data = yaml.safe_load(files(__package__).joinpath("across.yaml").read_text("utf-8"))
    return data
