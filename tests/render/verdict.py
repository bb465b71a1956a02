"""What is wrong with a reading: a report held against the page that it was read from."""

from __future__ import annotations

import re
from html import unescape
from typing import Literal, NamedTuple

from govnlp.schema.facts import Fact
from govnlp.schema.report import Report
from tests.render.grid import Expected, Page, expected
from tests.render.source import Source

Kind = Literal["wrong", "invented", "missing", "silent", "called_blank", "blank_lost", "offset"]
_TAGS = re.compile(r"<!--.*?-->|<[^>]*>", re.DOTALL)


class Fault(NamedTuple):
    """A thing that a reading may not do.

    wrong: another value than the printed one, or a value for a blank. invented: an answer for what is not on the page.
    missing: a figure that had to be read was not. silent: a figure that may be missing is, and no issue says so.
    called_blank: a printed figure is given as a blank. blank_lost: a blank that had to be seen was not.
    offset: the evidence does not lead to what was read.
    """

    kind: Kind
    indicator: str
    detail: str


def faults(page: Page, source: Source, report: Report) -> list[Fault]:
    """Every fault of the report, as a reading of the page stored as `source`."""
    wanted = expected(page)
    loud = any(issue.severity != "info" for issue in report.issues)
    found = [_judged(name, one, report[name], loud) for name, one in wanted.items()]
    found += [_invented(fact) for name, fact in report.answers.items() if name not in wanted]
    found += [_misplaced(fact, source) for fact in report.facts if fact.method == "table"]
    return [fault for fault in found if fault]


def _judged(name: str, one: Expected, fact: Fact | None, loud: bool) -> Fault | None:
    shown = "blank" if one.value is None else str(one.value)
    if fact is None:
        if one.lenient:
            return None if loud else Fault("silent", name, f"{shown} is missing and no issue says so")
        return Fault("blank_lost" if one.value is None else "missing", name, shown)
    if fact.value != one.value:
        kind: Kind = "called_blank" if fact.value is None else "wrong"
        return Fault(kind, name, f"printed {shown}, answered {fact.value} ({fact.raw!r})")
    status = "blank" if one.value is None else "reported"
    return None if fact.status == status else Fault("wrong", name, f"{shown} has status {fact.status}, not {status}")


def _invented(fact: Fact) -> Fault:
    return Fault("invented", fact.indicator, f"{fact.status} {fact.value} ({fact.raw!r})")


def _misplaced(fact: Fact, source: Source) -> Fault | None:
    if not fact.evidence:
        return Fault("offset", fact.indicator, "no evidence")
    for one in fact.evidence:
        there = source.text[one.source_span.start : one.source_span.end]
        if not same_print(there, fact.raw, source.is_markup):
            return Fault(
                "offset", fact.indicator, f"at {tuple(one.source_span)} stands {there!r}, read as {fact.raw!r}"
            )
    return None


def same_print(there: str, raw: str, is_markup: bool) -> bool:
    """Whether the characters of the file are what was read; in markup, tags and references are seen through."""
    if not is_markup:
        return there == raw
    return _squeezed(unescape(_TAGS.sub("", there))) == _squeezed(raw)


def _squeezed(text: str) -> str:
    return "".join(text.split())
