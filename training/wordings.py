"""The wordings of the official forms as short passages: they teach the indicators that few voices speak of."""

from __future__ import annotations

from decimal import Decimal

from corpora.records import Label, Mark, Passage
from govnlp.schema.indicators import Indicator, indicators
from govnlp.schema.report import SectionKind

_SECTIONS: dict[str, SectionKind] = {
    "proactive": "proactive", "disclosure": "proactive", "response": "proactive", "applications": "applications",
    "remedies": "remedies", "fees": "fees", "capacity": "other",
}  # fmt: skip
_YEAR = 2016


def wordings() -> list[Passage]:
    """Each wording of each form with a figure behind it, and with 无.

    >>> [one.text for one in wordings() if "当面申请数" in one.text]
    ['当面申请数:12件', '当面申请数无']
    """
    return [
        passage
        for indicator in indicators().values()
        if indicator.applicant in (None, "total")
        for label in indicator.labels
        for passage in (_figure(indicator, label), _none(indicator, label))
    ]


def _figure(indicator: Indicator, label: str) -> Passage:
    said = label.partition("(")[0].replace(" ", "")
    mark = Mark(len(said) + 1, len(said) + 3, "figure", (Label(indicator.id, Decimal(12)),))
    return _passage(indicator, f"{said}:12{indicator.unit}", mark)


def _none(indicator: Indicator, label: str) -> Passage:
    said = label.partition("(")[0].replace(" ", "")
    return _passage(indicator, f"{said}无", Mark(len(said), len(said) + 1, "none", (Label(indicator.id, Decimal(0)),)))


def _passage(indicator: Indicator, text: str, mark: Mark) -> Passage:
    return Passage("forms", "county", "forms", _SECTIONS[indicator.id.partition(".")[0]], _YEAR, text, (mark,))
