"""Evidence with its page and box."""

from __future__ import annotations

from dataclasses import replace

from govnlp.reconcile import Reconciled
from govnlp.reconcile.places import placed
from govnlp.schema.document import Document, Laid, Place
from govnlp.schema.facts import Evidence, Fact
from govnlp.schema.report import Check, Issue, Term
from govnlp.schema.text import Span, Text

PRINTED = "收到申请12件,\n比上年多3件\n\n7\n"
LAID = (
    Laid(Span(0, 8), Place(1, (100, 50, 165, 60))),
    Laid(Span(9, 15), Place(2, (100, 20, 155, 30))),
    Laid(Span(16, 16), Place(2, (100, 40, 140, 60))),
    Laid(Span(17, 18), Place(2, (140, 40, 180, 60))),
)
PAGES = Document("", Text(PRINTED), Text(PRINTED), (), "pdf", laid=LAID)


def evidence(start: int, end: int, table: int | None = None) -> Evidence:
    return Evidence(span=Span(start, end), source_span=Span(start, end), table=table)


def place_of(one: Evidence, document: Document = PAGES) -> tuple[int | None, tuple[float, ...] | None]:
    fact = Fact(indicator="capacity.trainings", value=1, status="reported", method="prose", evidence=(one,))
    found = placed(Reconciled((fact,), (), ()), document).facts[0].evidence[0]
    return found.page, found.box


def test_a_figure_in_a_line_has_the_part_of_its_box():
    assert place_of(evidence(4, 6)) == (1, (140, 50, 150, 60))
    assert place_of(evidence(0, 8)) == (1, (100, 50, 165, 60))


def test_what_stands_on_two_pages_is_placed_on_the_first():
    assert place_of(evidence(4, 13)) == (1, (140, 50, 165, 60))


def test_a_cell_has_its_whole_box_and_a_blank_one_too():
    assert place_of(evidence(17, 18, table=0)) == (2, (140, 40, 180, 60))
    assert place_of(evidence(16, 16, table=0)) == (2, (100, 40, 140, 60))


def test_a_file_without_pages_stays_as_it_is():
    assert place_of(evidence(4, 6), replace(PAGES, laid=())) == (None, None)


def test_issues_and_checks_are_placed():
    issue = Issue(code="unexplained_row", severity="error", message="", evidence=evidence(17, 18, table=0))
    check = Check(id="a", status="failed", message="", left=(Term(indicator="a", value=1, evidence=evidence(4, 6)),))
    found = placed(Reconciled((), (check,), (issue, Issue(code="no_year", severity="warning", message=""))), PAGES)
    assert found.issues[0].evidence is not None
    assert found.issues[0].evidence.page == 2
    assert found.checks[0].left[0].evidence is not None
    assert found.checks[0].left[0].evidence.box == (140, 50, 150, 60)
