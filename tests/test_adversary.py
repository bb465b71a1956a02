"""Documents in shapes that real offices publish, each with the answers that a careful clerk would give.

They were written against the library without a look at its code. A document is in `adversary/`; beside it here stand
some of its answers: a value, BLANK for a cell that holds nothing, ABSENT where the report says nothing of the
indicator. Where a clerk could be in doubt, several answers are allowed; what is not listed is not judged.
"""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import NamedTuple

import pytest

from govnlp import extract
from govnlp.schema.report import Report

FOLDER = Path(__file__).with_name("adversary")
BLANK, ABSENT = "blank", "absent"
Answer = int | str


class Case(NamedTuple):
    """A document, why it is hard, the answers allowed for some indicators, and what the report is."""

    file: str
    about: str
    answers: Mapping[str, Answer | tuple[Answer, ...]]
    organ: str | None = None
    year: int | None = None
    status: str | None = None


TWO = {"disclosure.total": 321, "applications.new.total": 4}
ARTICLE20 = {
    "proactive.normative_documents.issued": 4,
    "proactive.normative_documents.repealed": 1,
    "proactive.normative_documents.in_force": 27,
    "proactive.licensing.decisions": 1386,
}
MATRIX = {
    "applications.new.natural_person": 89,
    "applications.new.total": 160,
    "applications.partial.total": 6,
    "applications.denied.internal.natural_person": 13,
    "applications.closed.total": 164,
    "applications.carried_out.total": 5,
}
STAT2014 = {
    "disclosure.total": 4127,
    "disclosure.via.gazette": 52,
    "applications.new.total": 58,
    "applications.denied.all.total": 6,
    "remedies.litigation.total": 3,
    "capacity.trainees": 437,
}

CASES = [
    Case("related-list.txt", "links to older reports below the body", TWO, "清河县民政局", 2013),
    Case("related-list.html", "dated links to older reports below the body", TWO, "清河县民政局", 2013),
    Case("title-on-two-lines.txt", "the organ stands a line above the title", TWO, "清河县民政局", 2013),
    Case("title-in-two-paragraphs.html", "the organ stands a paragraph above the title", TWO, "清河县民政局", 2013),
    Case("customs.txt", "海关 twice in the title", TWO, "湛江海关", 2013),
    Case(
        "hard-wrapped-25.txt",
        "lines end inside sentences and inside a figure",
        {
            "disclosure.total": 12860,
            "disclosure.via.website": 11020,
            "applications.granted.total": 98,
            "applications.partial.total": 7,
            "applications.denied.all.total": 11,
        },
        "清河县人民政府",
        2013,
    ),
    Case(
        "hard-wrapped-27.txt",
        "lines end inside sentences and inside figures",
        {
            "capacity.reading_points": 18,
            "capacity.reading_visits": 1500,
            "disclosure.gazette_issues": 12,
            "applications.replied.total": 140,
            "applications.denied.all.total": 11,
        },
    ),
    Case(
        "a-line-a-paragraph.html",
        "a page made from a PDF: each line is a paragraph, a figure is cut",
        {"disclosure.total": 12860, "disclosure.via.website": 11020},
    ),
    Case("truncated-textarea.html", "a page inside another, cut in mid-tag", {"disclosure.total": (321, ABSENT)}),
    Case("fee-in-wan.html", "12.35万 in a column of 万元", {"proactive.admin_fees.amount": 123500}),
    Case("article20-short-headings.html", "本年制发数, 废止数, 有效数", ARTICLE20),
    Case(
        "picture-in-a-cell.html",
        "a picture of a figure is no blank cell",
        {"applications.new.natural_person": ABSENT, "applications.new.total": 160},
        status="partial",
    ),
    Case(
        "unknown-column.html",
        "a column that the form does not have holds figures",
        {"applications.new.research": ABSENT, "applications.new.total": 160},
        status="partial",
    ),
    Case(
        "one-odd-cell.html",
        "不涉及 in one cell takes no other cell of the row with it",
        {
            "applications.partial.natural_person": (ABSENT, BLANK),
            "applications.partial.research": 2,
            "applications.partial.total": 6,
        },
    ),
    Case("own-then-compiled.html", "县政府本级 before 全县汇总: the compiled figures answer", MATRIX),
    Case("last-year-then-this.html", "last year's matrix before this year's", MATRIX, year=2022),
    Case(
        "remedies-by-organ.html",
        "a row for each level and a 合计: the 合计 answers",
        {
            "remedies.review.upheld": 10,
            "remedies.review.total": 40,
            "remedies.litigation_direct.total": 40,
            "remedies.litigation_after_review.pending": 10,
        },
    ),
    Case("codes-column.html", "a column of codes 01, 02 … between label and unit", STAT2014, year=2016),
    Case("organs-columns.html", "市政府, 部门, 县区, 合计", STAT2014),
    Case(
        "rows-of-no-indicator.html",
        "labels that are near an indicator's and mean something else",
        {
            "disclosure.total": 888,
            "applications.new.total": 90,
            "applications.closed.total": ABSENT,
            "applications.closed_on_time.total": ABSENT,
            "applications.replied.total": ABSENT,
            "remedies.litigation.total": ABSENT,
        },
    ),
    Case(
        "local-appendix-2010.html",
        "an appendix of 2010 with the year and 历年累计",
        {
            "applications.new.total": 37,
            "applications.channel.email": 4,
            "applications.channel.online": 14,
            "applications.replied.total": 36,
            "applications.granted.total": 21,
            "applications.denied.all.total": 10,
            "remedies.review.total": 1,
            "remedies.litigation.total": 2,
        },
        year=2010,
    ),
    Case("flat-torn-labels.txt", "flattened cells whose labels are torn over two lines", MATRIX),
    Case(
        "prose-of-others.txt",
        "the reviewing organ's cases, the superior's applications, the service hall's matters",
        {
            "remedies.review.total": ABSENT,
            "applications.new.total": 12,
            "applications.closed.total": (ABSENT, 12),
            "applications.replied.total": (ABSENT, 12),
        },
    ),
    Case(
        "markdown.txt",
        "figures in bold, items of lists",
        {**TWO, "disclosure.via.website": 300},
        "清河县人民政府",
        2013,
    ),
]
every_case = pytest.mark.parametrize("case", CASES, ids=lambda case: case.file)


@cache
def _read(file: str) -> Report:
    return extract(FOLDER / file)


def _answer(report: Report, name: str) -> Decimal | str:
    fact = report[name]
    if fact is None:
        return ABSENT
    return BLANK if fact.value is None else fact.value


@every_case
def test_the_answers_are_the_clerk_s(case: Case):
    wrong = []
    for name, right in case.answers.items():
        got, allowed = _answer(_read(case.file), name), right if isinstance(right, tuple) else (right,)
        if got not in allowed:
            wrong.append(f"{name}: {got}, and not {' or '.join(map(str, allowed))}")
    assert wrong == [], case.about


@pytest.mark.parametrize("case", [case for case in CASES if case.organ or case.year], ids=lambda case: case.file)
def test_the_report_is_who_and_when_it_says(case: Case):
    meta = _read(case.file).meta
    assert case.organ in (None, meta.organ), case.about
    assert case.year in (None, meta.year), case.about


@pytest.mark.parametrize("case", [case for case in CASES if case.status], ids=lambda case: case.file)
def test_what_was_not_read_is_told(case: Case):
    report = _read(case.file)
    assert report.status == case.status, case.about
    assert any(issue.severity == "error" for issue in report.issues)


def test_tables_that_lie_in_one_line_are_read_or_told():
    report = _read("flat-line-by-spaces.txt")
    assert report.value("applications.new.total") == 160 or report.status == "partial"
