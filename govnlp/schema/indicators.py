"""The indicators: one id for each fact that a report can give, whatever the form or the wording.

Source: `indicators.yaml` beside this file. The forms it names are those of 国办公开办函〔2019〕60号 (`art50v1`),
国办公开办函〔2021〕30号 (`art50v2`) and the 政府信息公开情况统计表 of 2014-2018 (`stat2014`).
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Literal, TypedDict

import yaml

from govnlp.errors import UnknownIndicatorError

FormName = Literal["free", "stat2014", "art50v1", "art50v2"]
_APPLICANT = "{applicant}"


@dataclass(frozen=True, slots=True)
class Indicator:
    """One indicator.

    `unit` is canonical (金额 is always 元); `labels` are wordings of the official forms; `forms` are the generations
    whose official table carries it; `applicant` is the kind of applicant (申请人情况) where the indicator has one.
    """

    id: str
    unit: str
    labels: tuple[str, ...]
    forms: tuple[FormName, ...] = ()
    applicant: str | None = None

    @property
    def is_amount(self) -> bool:
        """Whether it is money rather than a count."""
        return self.unit == "元"


class _Row(TypedDict, total=False):
    id: str
    unit: str
    labels: list[str]
    forms: list[FormName]


class _Table(TypedDict):
    dimensions: dict[str, dict[str, str]]
    indicators: list[_Row]


@cache
def indicators() -> dict[str, Indicator]:
    """Every indicator by id, in the order of the forms.

    >>> indicators()["applications.new.total"].unit
    '件'
    """
    table: _Table = load_yaml("indicators.yaml")  # type: ignore[assignment]
    applicants = table["dimensions"]["applicant"]
    return {one.id: one for row in table["indicators"] for one in _expand(row, applicants)}


def indicator(name: str) -> Indicator:
    """The indicator of this id; `UnknownIndicatorError` with the nearest ids where there is none.

    >>> indicator("capacity.budget").is_amount
    True
    """
    try:
        return indicators()[name]
    except KeyError:
        raise UnknownIndicatorError(name, indicators()) from None


def applicants() -> dict[str, str]:
    """The kinds of applicant (申请人情况) and their Chinese names, in the order of the form's columns.

    >>> applicants()["ngo"]
    '社会公益组织'
    """
    table: _Table = load_yaml("indicators.yaml")  # type: ignore[assignment]
    return dict(table["dimensions"]["applicant"])


@cache
def load_yaml(name: str) -> object:
    """A data file of this folder, parsed once."""
    text = files(__package__).joinpath(name).read_text("utf-8")
    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    return yaml.load(text, Loader=loader)  # noqa: S506 - both are safe loaders


def _expand(row: _Row, applicants: dict[str, str]) -> list[Indicator]:
    labels, forms = tuple(row["labels"]), tuple(row.get("forms", ()))
    if _APPLICANT not in row["id"]:
        return [Indicator(row["id"], row["unit"], labels, forms)]
    return [
        Indicator(row["id"].replace(_APPLICANT, key), row["unit"], labels, forms, applicant=key) for key in applicants
    ]
