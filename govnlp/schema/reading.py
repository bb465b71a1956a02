"""What the stages hand on: the outline of a document, and what a stage read in it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

from govnlp.schema.facts import Fact
from govnlp.schema.report import Issue, Meta, Section
from govnlp.schema.text import Span


class Reading(NamedTuple):
    """The facts that a stage read, and what it could not explain; `doubtful` are facts too unsure to stand."""

    facts: tuple[Fact, ...] = ()
    issues: tuple[Issue, ...] = ()
    doubtful: tuple[Fact, ...] = ()

    def __add__(self, other: object) -> Reading:
        """Both readings, in order."""
        if not isinstance(other, Reading):
            return NotImplemented
        return Reading(self.facts + other.facts, self.issues + other.issues, self.doubtful + other.doubtful)


@dataclass(frozen=True, slots=True)
class Outline:
    """What a document is and how it is divided. `is_report` is False where it is no annual report at all."""

    meta: Meta
    sections: tuple[Section, ...]
    is_report: bool
    issues: tuple[Issue, ...] = ()

    def section_at(self, span: Span) -> Section | None:
        """The section that holds the start of `span`."""
        return next((one for one in self.sections if one.span.start <= span.start < one.span.end), None)

    def is_repeat(self, span: Span) -> bool:
        """Whether `span` lies in a second printing of something read already."""
        section = self.section_at(span)
        return section is not None and section.repeat
