"""A fact in the making: what a tagged mention says, in the indicator's unit, with spans of its passage."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from govnlp.normalise.units import money_factor
from govnlp.prose.mentions import Mention
from govnlp.prose.tagger import Tag
from govnlp.schema.facts import Part, Period, Qualifier, Scope, Status
from govnlp.schema.indicators import indicators
from govnlp.schema.text import Span


@dataclass(frozen=True, slots=True)
class Draft:
    """One reading. `spans` are where it was read, the first its own; `sentence` holds it; `mention` its place."""

    mention: int
    indicator: str
    value: Decimal
    status: Status
    raw_unit: str | None
    qualifier: Qualifier
    period: Period
    scope: Scope
    confidence: float
    sentence: Span
    spans: tuple[Span, ...]
    parts: tuple[Part, ...] = ()
    doubtful: bool = False

    @property
    def key(self) -> tuple[str, Period, Scope]:
        """What it speaks of."""
        return self.indicator, self.period, self.scope


def drafted(mentions: list[Mention], tags: list[Tag], sentences: list[Span]) -> Iterator[Draft]:
    """Drafts of the figures and statements of none that are tagged and whose unit fits their indicator.

    An amount in 元 is never a count, nor a count an amount; 万元 becomes 元 exactly; a fraction counts nothing.
    """
    seen: set[tuple[int, str]] = set()
    for tag in tags:
        mention = mentions[tag.mention]
        if tag.indicator is None or mention.kind == "all" or mention.value is None:
            continue
        value = _canonical(mention, tag.indicator)
        # 未收取费用 names one thing twice (收取, 费用): one reading.
        if value is None or (mention.span.start, tag.indicator) in seen:
            continue
        seen.add((mention.span.start, tag.indicator))
        yield Draft(
            tag.mention, tag.indicator, value, "reported" if mention.kind == "figure" else "stated_none", mention.unit,
            mention.qualifier, tag.period, tag.scope, tag.confidence, _sentence_of(mention, sentences), (mention.raw,),
            doubtful=tag.doubtful,
        )  # fmt: skip


def _canonical(mention: Mention, indicator: str) -> Decimal | None:
    """The value in the indicator's unit; None where the printed unit is of another kind."""
    if mention.value is None or mention.value < 0:
        return None
    factor = money_factor(mention.unit) if mention.unit else None
    if mention.kind == "none":
        return mention.value
    if indicators()[indicator].is_amount:
        # Nothing is nothing in every unit: 信息处理费为零.
        bare = mention.unit is None and mention.value == 0
        return mention.value * factor if factor is not None else mention.value if bare else None
    whole = mention.value == mention.value.to_integral_value()
    return mention.value if factor is None and whole else None


def _sentence_of(mention: Mention, sentences: list[Span]) -> Span:
    return next((one for one in sentences if one.start <= mention.span.start < one.end), mention.span)
