"""The identities (勾稽关系): what the figures of one report promise to each other.

Source: `identities.yaml` beside this file; the sums are those of the forms of 国办公开办函〔2019〕60号,
国办公开办函〔2021〕30号 and of the 政府信息公开情况统计表 (2014-2018).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import Literal, NamedTuple, TypedDict

from govnlp.schema.indicators import FormName, applicants, indicators, load_yaml

Relation = Literal["equal", "at_most"]
_APPLICANT, _ROW = "{applicant}", "{row}"


class Group(NamedTuple):
    """Rows that one side adds up (`members`), and the one row that may be printed for all of them (`whole`)."""

    members: tuple[str, ...]
    whole: str | None = None


@dataclass(frozen=True, slots=True)
class Identity:
    """One identity, for one applicant and one row where it has them.

    `title` and `formula` are Chinese, for messages. `relation` says `left = right` or `left <= right`; where it is
    not `required` a report may break it. With `shortfall` the right side may be less than the left. `optional`
    indicators may be counted beside the right side or inside it. `forms` are the generations that promise it;
    a report that prints one of `unless` follows another rule.
    """

    id: str
    rule: int
    title: str
    formula: str
    left: tuple[Group, ...]
    right: tuple[Group, ...]
    relation: Relation = "equal"
    required: bool = True
    shortfall: bool = False
    optional: tuple[str, ...] = ()
    forms: tuple[FormName, ...] = ()
    unless: tuple[str, ...] = ()


class _Group(TypedDict):
    whole: str
    members: list[str]


class _Entry(TypedDict, total=False):
    id: str
    rule: int
    title: str
    formula: str
    left: list[str]
    right: list[str]
    relation: Relation
    required: bool
    shortfall: bool
    optional: list[str]
    forms: list[FormName]
    unless: list[str]
    rows: list[str]


class _Table(TypedDict):
    groups: dict[str, _Group]
    identities: list[_Entry]
    names: dict[str, str]


@cache
def identities() -> tuple[Identity, ...]:
    """Every identity within one report, expanded over applicants and rows, in the order of the rules.

    >>> [one.title for one in identities() if one.id == "balance.natural_person"]
    ['申请办理(自然人)']
    """
    return tuple(one for entry in _table()["identities"] for one in _expand(entry))


@cache
def short_name(name: str) -> str:
    """A short Chinese name of an indicator, for messages; without its applicant.

    >>> short_name("applications.new.total"), short_name("capacity.staff.full_time")
    ('新收', '专职人员数')
    """
    one = indicators()[name]
    stem = name.rpartition(".")[0] if one.applicant else name
    return _table()["names"].get(stem) or _table()["names"].get(name) or one.labels[0]


def _table() -> _Table:
    return load_yaml("identities.yaml")  # type: ignore[return-value]


def _expand(entry: _Entry) -> Iterator[Identity]:
    """The identity of an entry, once for each applicant or each row that its id asks for."""
    if _APPLICANT in entry["id"]:
        for key, name in applicants().items():
            yield _identity(entry, _APPLICANT, key, name)
    elif _ROW in entry["id"]:
        for row in entry["rows"]:
            yield _identity(entry, _ROW, row, short_name(f"applications.{row}.total"))
    else:
        yield _identity(entry, _APPLICANT, "total", "总计")


def _identity(entry: _Entry, mark: str, key: str, name: str) -> Identity:
    return Identity(
        id=entry["id"].replace(mark, key),
        rule=entry["rule"],
        title=entry["title"].replace(mark, name),
        formula=entry["formula"],
        left=_side(entry["left"], mark, key),
        right=_side(entry["right"], mark, key),
        relation=entry.get("relation", "equal"),
        required=entry.get("required", True),
        shortfall=entry.get("shortfall", False),
        optional=tuple(entry.get("optional", ())),
        forms=tuple(entry["forms"]),
        unless=tuple(entry.get("unless", ())),
    )


def _side(names: list[str], mark: str, key: str) -> tuple[Group, ...]:
    """The plain rows of a side as one group, then its groups that a whole may stand for."""
    groups = [_group(name, mark, key) for name in names]
    plain = tuple(name for group in groups if group.whole is None for name in group.members)
    return (Group(plain), *(group for group in groups if group.whole is not None)) if plain else tuple(groups)


def _group(name: str, mark: str, key: str) -> Group:
    """`Σdenied`: the group, as its members or its whole; `members denied`: its members alone; else one indicator."""
    groups = _table()["groups"]
    if name.startswith("Σ"):
        group = groups[name[1:]]
        return Group(tuple(one.replace(mark, key) for one in group["members"]), group["whole"].replace(mark, key))
    if name.startswith("members "):
        return Group(tuple(one.replace(mark, key) for one in groups[name.removeprefix("members ")]["members"]))
    return Group((name.replace(mark, key),))
