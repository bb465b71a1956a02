"""The official forms as the page draws them: tables of labels and of slots, each slot an indicator's place.

Source: the forms of 国办公开办函〔2019〕60号, 国办公开办函〔2021〕30号 and the 政府信息公开情况统计表 (2014-2018); rows and columns
are those of `govnlp/schema/forms`, how they are set out is in `viewer/forms.yaml`.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from typing import Literal, NamedTuple, TypedDict, cast

from govnlp.export.html_names import Name, applicant, data, stem_name, word
from govnlp.schema.facts import Value
from govnlp.schema.forms import TABLES, Form, FormRow, FormTable, form
from govnlp.schema.indicators import FormName, indicators

_NUMBERS = "一二三四五六七八九十"
_GROUPS: dict[str, str] = {
    "review": "行政复议",
    "litigation_direct": "未经复议直接起诉",
    "litigation_after_review": "复议后起诉",
}
_LEAVES = ("结果维持", "结果纠正", "其他结果", "尚未审结", "总计")
Kind = Literal["label", "head", "band", "slot", "void"]


class Slot(Value):
    """A cell of a drawn form: a label in both languages, or the place of an indicator. `wan` is printed in 万元."""

    kind: Kind
    zh: str = ""
    en: str = ""
    indicator: str | None = None
    wan: bool = False
    rows: int = 1
    columns: int = 1
    level: int = 0


class Drawn(Value):
    """A form to draw: its name, its titles, its rows of cells (spans as in HTML)."""

    name: FormTable
    zh: str
    en: str
    rows: tuple[tuple[Slot, ...], ...]


class _Block(TypedDict):
    clause: str
    rows: list[str]
    columns: dict[str, str]


class _Title(TypedDict):
    zh: str
    en: str
    forms: list[FormName]


class _Layout(TypedDict):
    article20: dict[str, list[_Block]]
    wan: list[str]
    titles: dict[FormTable, _Title]


class _Row(NamedTuple):
    """A row of the matrix with the number that the form prints before its label."""

    row: FormRow
    number: str


def drawn(generation: FormName | None, read_in_tables: Collection[str]) -> tuple[Drawn, ...]:
    """The forms that a report prints: those of its generation, and those that figures were read in.

    `read_in_tables` are the indicators that a table of the report gave.

    >>> [one.name for one in drawn("art50v2", ())]
    ['article20', 'matrix', 'remedies']
    """
    found = []
    for name in TABLES:
        title = _layout()["titles"].get(name)
        if title is None:  # of an added form; its figures stand among those that no form has a place for
            continue
        if generation in title["forms"] or (generation in (None, "free") and _ids(name) & set(read_in_tables)):
            version = "art50v1" if generation == "art50v1" else "art50v2"
            rows = tuple(_rows(name, version, read_in_tables))
            found.append(Drawn(name=name, zh=title["zh"], en=title["en"], rows=rows))
    return tuple(found)


def slots(forms: Collection[Drawn]) -> frozenset[str]:
    """The indicators that have a place in drawn forms.

    >>> "applications.new.total" in slots(drawn("art50v2", ()))
    True
    """
    return frozenset(slot.indicator for one in forms for row in one.rows for slot in row if slot.indicator)


def _layout() -> _Layout:
    return cast("_Layout", data("forms.yaml"))


def _ids(name: FormTable) -> set[str]:
    one = form(name)
    made = {one.id(row, column) for row in one.rows for column in one.columns}
    return made & set(indicators())


def _rows(name: FormTable, version: str, read: Collection[str]) -> Iterator[tuple[Slot, ...]]:
    if name == "article20":
        return _article20(_layout()["article20"][version])
    if name == "matrix":
        return _matrix(version, read)
    return _remedies() if name == "remedies" else _stat2014()


def _label(chinese: str, **more: int) -> Slot:
    name = word(chinese)
    return Slot(kind="label", zh=name.zh, en=name.en, **more)


def _head(name: Name | str, rows: int = 1, columns: int = 1) -> Slot:
    name = word(name) if isinstance(name, str) else name
    return Slot(kind="head", zh=name.zh, en=name.en, rows=rows, columns=columns)


def _article20(blocks: list[_Block]) -> Iterator[tuple[Slot, ...]]:
    """One block a clause; its figures share the width of the widest block."""
    width = 6
    names = {row.key: row.labels[0] for row in form("article20").rows}
    names["normative_documents"] = "行政规范性文件"
    for block in blocks:
        share = width // len(block["columns"])
        yield (Slot(kind="band", zh=block["clause"], en=_clause(block["clause"]), columns=width + 1),)
        yield (_head("信息内容"), *(_head(title, columns=share) for title in block["columns"].values()))
        for row in block["rows"]:
            yield (_label(names[row]), *(_figure(row, column, share) for column in block["columns"]))


def _clause(chinese: str) -> str:
    return f"Article 20 ({_NUMBERS.index(chinese.partition('（')[2][0]) + 1})"


def _figure(row: str, column: str, share: int) -> Slot:
    name = f"proactive.{row}.{column}"
    if name not in indicators():
        return Slot(kind="void", columns=share)
    return Slot(kind="slot", indicator=name, wan=column in _layout()["wan"], columns=share)


def _matrix(version: str, read: Collection[str]) -> Iterator[tuple[Slot, ...]]:
    one = form("matrix")
    keys = [column.key for column in one.columns]
    note = "（本列数据的勾稽关系为：第一项加第二项之和，等于第三项加第四项之和）"
    sums = "(Sums of each column: row 1 + row 2 = row 3 + row 4)"
    corner = Slot(kind="head", zh=note, en=sums, rows=3, columns=3)
    yield (corner, _head("申请人情况", columns=7))
    yield (_head(applicant(keys[0]), rows=2), _head("法人或其他组织", columns=5), _head(applicant(keys[-1]), rows=2))
    yield tuple(_head(applicant(key)) for key in keys[1:-1])
    rows = _outcome_rows(one, version, read)
    yield _matrix_row(one, "new", (_numbered("一、", "new", columns=3),))
    yield _matrix_row(one, "carried_in", (_numbered("二、", "carried_in", columns=3),))
    outcome = _label("本年度办理结果", rows=len(rows)).model_copy(update={"zh": "三、本年度办理结果"})
    for at, (labels, row) in enumerate(_labelled(rows)):
        yield _matrix_row(one, row.key, (outcome, *labels) if at == 0 else labels)
    yield _matrix_row(one, "carried_out", (_numbered("四、", "carried_out", columns=3),))


def _outcome_rows(one: Form, version: str, read: Collection[str]) -> list[FormRow]:
    """The rows of 三、本年度办理结果 that print figures: 其他处理 as one row or as its three, as the report has it."""
    whole = one.rows[[row.key for row in one.rows].index("other.all")]
    members = [row for row in one.rows if row.group == "other.all"]
    has_whole, has_members = (any(_reads(row, read) for row in some) for some in ([whole], members))
    as_one = has_whole and not has_members if has_whole or has_members else version == "art50v1"
    left_out = members if as_one else [whole]
    start, end = ([row.key for row in one.rows].index(key) for key in ("granted", "closed"))
    return [
        row for row in one.rows[start : end + 1] if (not row.heading or row is whole) and row not in left_out
    ]  # fmt: skip


def _reads(row: FormRow, read: Collection[str]) -> bool:
    return any(name.startswith(f"applications.{row.key}.") for name in read)


def _labelled(rows: list[FormRow]) -> Iterator[tuple[tuple[Slot, ...], FormRow]]:
    """Each row with its labels: a group stands once beside its members, numbered as the form numbers them."""
    number = inside = 0
    for at, row in enumerate(rows):
        group = row.group if any(row.group == other.group for other in rows if other is not row) else None
        if group is None:
            number, inside = number + 1, 0
            yield (_numbered(f"（{_NUMBERS[number - 1]}）", row.key, columns=2),), row
            continue
        first = at == 0 or rows[at - 1].group != group
        inside = 1 if first else inside + 1
        number += first
        span = sum(other.group == group for other in rows)
        head = (_numbered(f"（{_NUMBERS[number - 1]}）", group, rows=span),) if first else ()
        yield (*head, _numbered(f"{inside}.", row.key)), row


def _numbered(number: str, key: str, rows: int = 1, columns: int = 1) -> Slot:
    # A label of two levels (其他处理 其他) prints its last.
    label = indicators()[f"applications.{key}.total"].labels[0].rpartition(" ")[2]
    return Slot(kind="label", zh=number + label, en=stem_name(f"applications.{key}"), rows=rows, columns=columns)


def _matrix_row(one: Form, key: str, labels: tuple[Slot, ...]) -> tuple[Slot, ...]:
    return (*labels, *(Slot(kind="slot", indicator=f"applications.{key}.{column.key}") for column in one.columns))


def _remedies() -> Iterator[tuple[Slot, ...]]:
    """Three rows of headings over one row of figures."""
    leaves = [_head(leaf) for leaf in _LEAVES]
    yield (_head("行政复议", columns=5), _head("行政诉讼", columns=10))
    first = tuple(leaf.model_copy(update={"rows": 2}) for leaf in leaves)
    yield (*first, _head("未经复议直接起诉", columns=5), _head("复议后起诉", columns=5))
    yield (*leaves, *leaves)
    keys = ("upheld", "corrected", "other", "pending", "total")
    yield tuple(Slot(kind="slot", indicator=f"remedies.{group}.{key}") for group in _GROUPS for key in keys)


def _stat2014() -> Iterator[tuple[Slot, ...]]:
    yield tuple(_head(title) for title in ("统计指标", "单位", "统计数"))
    one = form("stat2014")
    groups = {row.key: row.group for row in one.rows}
    for row in one.rows:
        level = _depth(row.key, groups)
        if row.heading:
            name = word(row.labels[0])
            yield (Slot(kind="band", zh=name.zh, en=name.en, columns=3, level=level),)
            continue
        stem = row.key.rpartition(".")[0] if indicators()[row.key].applicant else row.key
        label = Slot(kind="label", zh=row.labels[0], en=stem_name(stem), level=level)
        unit = row.money or indicators()[row.key].unit
        figure = Slot(kind="slot", indicator=row.key, wan=unit == "万元")
        yield (label, Slot(kind="label", zh=unit, en="10,000 yuan" if unit == "万元" else unit), figure)


def _depth(key: str | None, groups: dict[str, str | None]) -> int:
    group = groups.get(key or "")
    return 0 if group is None else 1 + _depth(group, groups)
