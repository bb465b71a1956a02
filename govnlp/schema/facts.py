"""A fact: one indicator's value as one report gives it, with its evidence."""

from __future__ import annotations

from decimal import Decimal
from typing import Annotated, Literal

from pydantic import BaseModel, BeforeValidator, ConfigDict, PlainSerializer

from govnlp.schema.text import Span

Status = Literal["reported", "stated_none", "blank", "derived"]
Qualifier = Literal["exact", "about", "at_least", "at_most"]
Period = Literal["year", "previous", "cumulative"]
Scope = Literal["own", "subordinate"]
Method = Literal["table", "prose", "derived"]


def _exact(value: object) -> object:
    """Refuse floats: a figure is an integer, a Decimal or its digits."""
    if isinstance(value, float):
        raise ValueError(f"{value!r} is a float; give the exact digits as int, Decimal or str")
    return value


def plain(value: Decimal) -> int | str:
    """A number as JSON holds it exactly: an integer, or the digits as a string where there is a fraction.

    >>> plain(Decimal("7E+1")), plain(Decimal("703203.72"))
    (70, '703203.72')
    """
    return int(value) if value == value.to_integral_value() else format(value.normalize(), "f")


Exact = Annotated[Decimal, BeforeValidator(_exact), PlainSerializer(plain, return_type=int | str, when_used="json")]


class Value(BaseModel):
    """The base of every value of the schema: frozen, and closed to fields that it does not name."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class Evidence(Value):
    """Where something was read.

    `span` is in `Report.text` (the normalised text), `source_span` in the decoded text of the file. `quote` is the
    sentence or the cell. A cell has its `table` (from 0 in the document), the labels of its row and of its column; a
    PDF or a picture its `page` (from 1) and `box` (left, top, right, bottom, in points). `file` names the picture or the
    attachment that it stands in, where the file was followed to others; `source_span` is then in that file's own text.
    """

    span: Span
    source_span: Span
    quote: str = ""
    table: int | None = None
    row: str | None = None
    column: str | None = None
    page: int | None = None
    box: tuple[float, float, float, float] | None = None
    file: str | None = None


class Part(Value):
    """A member of a list after 其中 that no indicator names: its label as printed and its value."""

    label: str
    value: Exact
    raw: str
    unit: str | None = None


class Fact(Value):
    """One indicator's value as a report gives it.

    `value` is exact and in the indicator's canonical unit (money in 元); it is None where `status` is `blank` (an
    empty cell, `-`, `/`, `—`). `stated_none` has value 0. `raw` and `raw_unit` are as printed. Only facts of period
    `year` and scope `own` can be the `answer` of their indicator. `confidence` lies in [0, 1].

    >>> Fact(indicator="capacity.budget", value=50000, status="reported", method="table", raw="5万").value
    Decimal('50000')
    """

    indicator: str
    value: Exact | None
    status: Status
    method: Method
    raw: str = ""
    raw_unit: str | None = None
    qualifier: Qualifier = "exact"
    period: Period = "year"
    scope: Scope = "own"
    confidence: float = 1.0
    answer: bool = False
    evidence: tuple[Evidence, ...] = ()
    parts: tuple[Part, ...] = ()

    @property
    def is_candidate(self) -> bool:
        """Whether it speaks of the report's own year and organ, and was printed."""
        return self.period == "year" and self.scope == "own" and self.status != "derived"
