"""The development sentences (cases.yaml) and how one is read."""

from __future__ import annotations

from dataclasses import dataclass, field
from decimal import Decimal
from pathlib import Path

import yaml

from govnlp.prose import Tagger, read
from govnlp.schema.document import Document, Paragraph
from govnlp.schema.facts import Fact
from govnlp.schema.reading import Outline, Reading
from govnlp.schema.report import Meta, Section, SectionKind
from govnlp.schema.text import Span, Text

FOLDER = Path(__file__).parent


@dataclass(frozen=True)
class Case:
    """One passage and all that it tells: indicator to value, or to `none`."""

    text: str
    expect: dict[str, object]
    section: SectionKind = "overview"
    heading: str = ""
    year: int | None = None
    skip: str = ""
    also: dict[str, object] = field(default_factory=dict)


def load(name: str) -> list[Case]:
    """The cases of a file of this folder."""
    rows = yaml.safe_load((FOLDER / name).read_text("utf-8"))
    return [Case(**row) for row in rows]


def report(case: Case, tagger: Tagger | None = None) -> Reading:
    """The case read as a document of one section: its heading, then its text."""
    whole = f"{case.heading}\n{case.text}" if case.heading else case.text
    spans, at = [], 0
    for line in whole.split("\n"):
        spans.append(Span(at, at + len(line)))
        at += len(line) + 1
    section = Section(kind=case.section, heading=case.heading, span=Span(0, len(whole)))
    page = Document(whole, Text(whole), Text(whole), tuple(Paragraph(span) for span in spans), "text")
    return read(page, Outline(Meta(year=case.year), (section,), True), tagger)


def shown(fact: Fact) -> object:
    """A fact as the cases write it."""
    return "none" if fact.status == "stated_none" else plain(fact.value)


def plain(value: Decimal | None) -> object:
    """Integers as int, the rest as float, as YAML reads them."""
    if value is None:
        return None
    return int(value) if value == value.to_integral_value() else float(value)


def told(case: Case) -> dict[str, object]:
    """What the case tells of its own year and organ."""
    return {fact.indicator: shown(fact) for fact in report(case).facts if fact.is_candidate}
