"""What a panel is made of: documents, names, organ-years, checks across reports, gaps."""

from __future__ import annotations

from decimal import Decimal
from typing import Literal, NamedTuple

from govnlp.schema.report import CheckStatus

GapKind = Literal["year", "no_figures", "table", "indicator"]


class Document(NamedTuple):
    """A report that batch read, and its place in the panel.

    `organ` is the printed name, `canonical` the resolved one, None where it names no one organ; `chosen` says whether
    the figures of the organ-year are this document's, `reason` why or why not.
    """

    document: str
    source: str
    organ: str | None
    region: str | None
    canonical: str | None
    year: int | None
    status: str
    chosen: bool = False
    reason: str = ""


class NameRow(NamedTuple):
    """A printed name and what became of it. `reasons` are parted by spaces; `note` says what a person could settle."""

    organ: str
    region: str | None
    canonical: str | None
    reasons: str
    documents: int
    first_year: int | None
    last_year: int | None
    note: str = ""


class OrganYear(NamedTuple):
    """A row of the panel: an organ in a year, and the document that speaks for it. `facts` counts all its facts.

    `printed` is the name in that document.
    """

    organ: str
    printed: str
    place: str
    level: str
    office: str
    year: int
    form: str | None
    status: str
    facts: int
    document: str
    source: str


class AcrossCheck(NamedTuple):
    """A promise of two reports to each other. `left` is what this report prints, `right` what the other leads to expect.

    `failed`: it does not hold, and has to. `undecided`: it does not hold, but is only expected to, or one of its
    figures is blank or not exact. `other` names the other organ where there are two.
    """

    id: str
    organ: str
    year: int
    status: CheckStatus
    left: Decimal | None
    right: Decimal | None
    difference: Decimal | None
    message: str
    document: str
    other_document: str
    other: str | None = None


class InnerChecks(NamedTuple):
    """How many of the chosen reports of a year keep an identity, and how many break it."""

    id: str
    year: int
    passed: int
    failed: int


class Gap(NamedTuple):
    """What is not there. `year`: no report of a year between the first and the last; `no_figures`: a report without
    one; `table`: of a table of its form (named in `indicator`) it gives nothing; `indicator`: of one row nothing.
    """

    kind: GapKind
    organ: str
    year: int
    indicator: str | None
    document: str | None
