"""A mention: a figure, a statement of none or a total carried over, with its exact spans."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

from govnlp.schema.facts import Qualifier
from govnlp.schema.text import Span

MentionKind = Literal["figure", "none", "all"]


@dataclass(frozen=True, slots=True)
class Mention:
    """One mention; spans are of the text it was found in.

    A `figure` has its `value` and `unit` as printed (money is not yet in 元); `span` is the number alone, `raw` the
    number with the qualifier words beside it (近300, 2789余), `end` where its unit ends. A `none` (未收到…, 无) has the
    span of its trigger and in `target` the thing that it governs (None where a heading names it). An `all` (均…办结,
    办结率100%) reaches from its trigger to the verb, which is its `target`.

    An `open` mention is a word that may deny or carry a total and has no target: what it is about, and whether it says
    anything at all, is for a model to tell (公报停办). Rules leave it alone.

    >>> Mention("figure", Span(2, 4), Span(2, 4), 5, Decimal(12), "件").qualifier
    'exact'
    """

    kind: MentionKind
    span: Span
    raw: Span
    end: int
    value: Decimal | None = None
    unit: str | None = None
    qualifier: Qualifier = "exact"
    target: Span | None = None
    open: bool = False
