"""A second report on the page: of another year or another organ, its figures not to be mixed with the first's."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from govnlp.schema.facts import Evidence
from govnlp.schema.report import Issue, Section
from govnlp.schema.text import Span
from govnlp.segment.organ import organ_in_title
from govnlp.segment.year import year_in_body, year_in_title


class Said(NamedTuple):
    """What one printing says that it is: by its title, and its year by its text too."""

    year: int | None
    organ: str | None
    titled: bool


def said_by(title: str | None, body: str) -> Said:
    """The year and organ of one printing.

    >>> said_by("某县水务局2020年政府信息公开工作年度报告", "")
    Said(year=2020, organ='某县水务局', titled=True)
    """
    year = year_in_title(title) if title else None
    return Said(year or year_in_body(body), organ_in_title(title) if title else None, year is not None)


def is_other_report(main: Said, other: Said) -> bool:
    """Whether the other printing is of another year, or of another organ.

    >>> is_other_report(Said(2020, None, True), Said(2021, None, True))
    True
    """
    if main.year and other.year and main.year != other.year:
        return True
    if not main.organ or not other.organ:
        return False
    return not (main.organ.endswith(other.organ) or other.organ.endswith(main.organ))


def set_aside(sections: Sequence[Section]) -> list[Section]:
    """The sections of a second report, as boilerplate that keeps its headings."""
    return [one.model_copy(update={"kind": "boilerplate"}) for one in sections]


def second_report(other: Said, span: Span, source_span: Span) -> Issue:
    """The issue that says which other report stands where."""
    what = " ".join(str(part) for part in (other.organ, other.year) if part) or "unknown year"
    message = (
        f"the page holds a second report ({what}) from character {span.start} to {span.end}; it was left unread. "
        "Split the file to read it."
    )
    return Issue(
        code="second_report", severity="warning", message=message, evidence=Evidence(span=span, source_span=source_span)
    )
