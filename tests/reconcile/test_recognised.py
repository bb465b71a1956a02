"""How sure recognised figures are: the recogniser's word, raised by sums that hold and lowered by those that fail."""

from __future__ import annotations

from govnlp.reconcile import THRESHOLD, Reconciled, reconcile
from govnlp.reconcile.recognised import MOST, MOST_CHECKED
from govnlp.schema.document import Document, Laid, Place
from govnlp.schema.facts import Fact
from govnlp.schema.reading import Reading
from govnlp.schema.text import Span, Text
from tests.reconcile.making import answers, fact, failed, outline

REVIEW = ("upheld", "corrected", "other", "pending", "total")


def _document(*sure: float) -> Document:
    """A document of recognised cells of one character each, one behind the other."""
    text = Text("0" * len(sure))
    laid = tuple(Laid(Span(at, at + 1), Place(1, (0, 0, 9, 9)), one) for at, one in enumerate(sure))
    return Document(text.value, text, text, (), "png", laid=laid)


def _review(*values: int) -> list[Fact]:
    return [
        fact(f"remedies.review.{name}", value, at=at)
        for at, (name, value) in enumerate(zip(REVIEW, values, strict=True))
    ]


def _done(facts: list[Fact], *sure: float) -> Reconciled:
    return reconcile(Reading(tuple(facts)), Reading(), outline(), _document(*sure))


def _sure(done: Reconciled, name: str) -> float:
    (one,) = (one for one in done.facts if one.indicator == name)
    return one.confidence


def test_a_recognised_figure_is_capped_and_a_printed_one_is_not():
    alone = [fact("capacity.trainings", 3, at=0), fact("capacity.meetings", 3, at=1)]
    done = _done(alone, 0.999, 1.0)
    assert _sure(done, "capacity.trainings") == MOST
    assert _sure(done, "capacity.meetings") == 1
    assert reconcile(Reading(tuple(alone)), Reading(), outline()).facts == _done(alone, 1.0, 1.0).facts


def test_a_sum_that_holds_makes_a_doubtful_figure_answer():
    done = _done(_review(1, 2, 0, 0, 3), 0.99, 0.3, 0.99, 0.99, 0.99)
    assert THRESHOLD < _sure(done, "remedies.review.corrected") < _sure(done, "remedies.review.upheld") <= MOST_CHECKED
    assert answers(done)["remedies.review.corrected"] == 2
    assert _sure(_done([fact("capacity.trainings", 3)], 0.3), "capacity.trainings") == 0.3


def test_a_sum_that_fails_makes_its_doubtful_figures_silent_and_is_told():
    done = _done(_review(1, 7, 0, 0, 3), 0.99, 0.6, 0.99, 0.99, 0.99)
    assert failed(done) == {"remedies.review"}
    assert "remedies.review.corrected" not in answers(done)
    assert answers(done)["remedies.review.upheld"] == 1
    assert [one.code for one in done.issues] == ["low_confidence"]
    check = next(one for one in done.checks if one.id == "remedies.review")
    assert {int(term.value or 0) for term in check.right} == {1, 7, 0}


def test_the_cell_that_breaks_its_row_and_column_does_not_answer_and_its_neighbours_do():
    row = [fact("applications.granted.natural_person", 8, at=0), fact("applications.granted.total", 3, at=1)]
    row += [
        fact(f"applications.granted.{who}", 0, at=at)
        for at, who in enumerate(("business", "research", "ngo", "legal_service", "other_org"), 2)
    ]
    column = [fact("remedies.review.upheld", 0, at=7)]
    closed = [fact("applications.closed.natural_person", 3, at=8), fact("applications.partial.natural_person", 0, at=9)]
    groups = [
        fact(f"applications.{name}.all.natural_person", 0, at=at)
        for at, name in enumerate(("denied", "unavailable", "unprocessed", "other"), 10)
    ]
    done = _done([*row, *column, *closed, *groups], *[0.97] * 14)
    assert failed(done) == {"applicants.granted", "outcomes.natural_person"}
    assert "applications.granted.natural_person" not in answers(done)
    assert answers(done)["applications.granted.total"] == 3
    (told,) = {one.suggestion for one in done.checks if one.status == "failed"}
    assert told
    assert (told.indicator, int(told.value)) == ("applications.granted.natural_person", 3)


def test_a_cell_of_a_sum_that_holds_is_not_blamed_for_one_that_fails():
    two = _review(1, 2, 0, 0, 3)
    twice = fact("remedies.review.total", 4, "prose", at=5)
    done = reconcile(Reading(tuple(two)), Reading((twice,)), outline(), _document(0.9, 0.9, 0.9, 0.9, 0.9, 0.9))
    assert "text_vs_table.remedies.review.total" in failed(done)
    assert next(one.confidence for one in done.facts if one.indicator == "remedies.review.total") == 0.9


def test_the_least_sure_line_of_a_figure_counts_and_the_surest_of_several_places():
    wide = fact("capacity.trainings", 3).model_copy(
        update={"evidence": (fact("capacity.trainings", 3).evidence[0].model_copy(update={"span": Span(0, 2)}),)}
    )
    assert _sure(_done([wide], 0.9, 0.4), "capacity.trainings") == 0.4
    both = [fact("capacity.trainings", 3, at=0), fact("capacity.trainings", 3, at=1)]
    assert _sure(_done(both, 0.9, 0.4), "capacity.trainings") == 0.9
