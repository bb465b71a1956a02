"""The official tables as data: their rows, their columns, and the wordings of both.

Source: 国办公开办函〔2019〕60号, 国办公开办函〔2021〕30号 and the 政府信息公开情况统计表 of 2014-2018, one YAML file each in
`forms/`. Labels are compared after `bare`.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import cache, lru_cache
from typing import Literal, TypedDict, cast, get_args

from govnlp.schema.indicators import FormName, load_yaml

FormTable = Literal["article20", "matrix", "remedies", "stat2014"]
TABLES: tuple[FormTable, ...] = get_args(FormTable)

_NUMBERING = re.compile(
    r"^(?:其中[:：]?|[(（]?[一二三四五六七八九十百\d]{1,3}(?:[)）][.、]?|[.、．,，:：])"
    r"|[(（][一二三四五六七八九十]{1,2}(?=[\u4e00-\u9fff]))+"  # recognisers of characters lose the other bracket
)
_BRACKETS = re.compile(r"[(（][^()（）]*(?:[)）]|$)")
_SPACE = re.compile(r"\s+")
_NOISE = re.compile(r"[\W_]+")


@lru_cache(maxsize=16384)
def bare(label: str) -> str:
    """A label without numbering, remarks in brackets, spaces and punctuation.

    >>> bare("(二) 部分公开(区分处理的,只计这一情形,不计其他情形")
    '部分公开'
    >>> bare("其中:主动公开规范性文件数"), bare("1.专职人员数(不包括政府公报)")
    ('主动公开规范性文件数', '专职人员数')
    >>> bare("(一收到申请数")
    '收到申请数'
    """
    joined = _SPACE.sub("", label)
    return _NOISE.sub("", _BRACKETS.sub("", _NUMBERING.sub("", joined))) or _NOISE.sub("", joined)


@dataclass(frozen=True, slots=True)
class FormColumn:
    """A column of a form: what it gives and how it is headed. `signed` columns hold 增/减."""

    key: str
    labels: tuple[str, ...]
    generation: FormName | None = None
    signed: bool = False


@dataclass(frozen=True, slots=True)
class FormRow:
    """A row of a form.

    `group` is the row it stands under. A `heading` row prints no figure in the official form, an `optional` one only
    in some generations. `money` is the unit that the official form prints for an amount. `columns` are the columns
    that the row has, where rows of one form differ.
    """

    key: str
    labels: tuple[str, ...]
    group: str | None = None
    heading: bool = False
    optional: bool = False
    money: str | None = None
    columns: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Form:
    """One official table. `total` is the column that is the sum of the others, where there is one."""

    name: FormTable
    indicator: str
    rows: tuple[FormRow, ...]
    columns: tuple[FormColumn, ...]
    column_groups: frozenset[str] = frozenset()
    ignored: frozenset[str] = frozenset()
    total: str | None = None
    row_index: dict[str, tuple[int, ...]] = field(default_factory=dict, compare=False)
    column_index: dict[str, int] = field(default_factory=dict, compare=False)

    def id(self, row: FormRow, column: FormColumn) -> str:
        """The indicator of a row and a column."""
        return self.indicator.format(row=row.key, column=column.key)


class _RawForm(TypedDict, total=False):
    name: FormTable
    indicator: str
    rows: list[dict[str, object]]
    columns: list[dict[str, object]]
    column_groups: list[str]
    ignored: list[str]
    total: str
    groups: list[dict[str, object]]
    leaves: list[dict[str, object]]


@cache
def form(name: FormTable) -> Form:
    """One official table.

    >>> form("matrix").rows[0].key
    'new'
    """
    raw = cast("_RawForm", load_yaml(f"forms/{name}.yaml"))
    rows = _remedy_rows(raw) if name == "remedies" else tuple(_row(one) for one in raw["rows"])
    counted: list[dict[str, object]] = [{"key": "count", "labels": []}]
    columns = tuple(_column(one) for one in raw.get("columns", counted))
    return Form(
        name=name,
        indicator=raw["indicator"],
        rows=rows,
        columns=columns,
        column_groups=frozenset(bare(one) for one in raw.get("column_groups", [])),
        ignored=frozenset(bare(one) for one in raw.get("ignored", [])),
        total=raw.get("total"),
        row_index=_row_index(rows),
        column_index={label: at for at, column in enumerate(columns) for label in column.labels},
    )


@dataclass(frozen=True, slots=True)
class RemedyAxis:
    """The two levels of headings of the 复议诉讼 table: its groups and their leaves, by bare label."""

    groups: dict[str, str]
    leaves: dict[str, str]


@cache
def remedy_axis() -> RemedyAxis:
    """The groups (行政复议, 未经复议直接起诉, 复议后起诉) and leaves (结果维持 … 总计) of the 复议诉讼 table.

    >>> remedy_axis().leaves["尚未审结"]
    'pending'
    """
    raw = cast("_RawForm", load_yaml("forms/remedies.yaml"))
    return RemedyAxis(_keys(raw["groups"]), _keys(raw["leaves"]))


def _keys(rows: list[dict[str, object]]) -> dict[str, str]:
    return {label: str(row["key"]) for row in rows for label in _labels(row)}


def _labels(raw: dict[str, object]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(bare(label) for label in cast("list[str]", raw["labels"])))


def _column(raw: dict[str, object]) -> FormColumn:
    generation = cast("FormName | None", raw.get("generation"))
    return FormColumn(str(raw["key"]), _labels(raw), generation, bool(raw.get("signed")))


def _row(raw: dict[str, object]) -> FormRow:
    return FormRow(
        key=str(raw["key"]),
        labels=_labels(raw),
        group=cast("str | None", raw.get("group")),
        heading=bool(raw.get("heading")),
        optional=bool(raw.get("optional")),
        money=cast("str | None", raw.get("money")),
        columns=tuple(cast("list[str]", raw.get("columns", []))),
    )


def _remedy_rows(raw: _RawForm) -> tuple[FormRow, ...]:
    """Every leaf under every group, the groups as headings."""
    rows: list[FormRow] = []
    for group in raw["groups"]:
        rows.append(FormRow(str(group["key"]), _labels(group), heading=True))
        rows += [
            FormRow(f"{group['key']}.{leaf['key']}", _labels(leaf), group=str(group["key"])) for leaf in raw["leaves"]
        ]
    return tuple(rows)


def _row_index(rows: tuple[FormRow, ...]) -> dict[str, tuple[int, ...]]:
    """Row numbers by bare label, alone and behind the label of the group that it stands under."""
    groups = {row.key: row.labels for row in rows}
    index: dict[str, list[int]] = {}
    for at, row in enumerate(rows):
        for label in row.labels:
            index.setdefault(label, []).append(at)
            for group in groups.get(row.group or "", ()):
                index.setdefault(group + label, []).append(at)
    return {label: tuple(found) for label, found in index.items()}
