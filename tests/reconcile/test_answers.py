from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from govnlp.reconcile import THRESHOLD
from govnlp.schema.facts import Fact
from govnlp.schema.report import Section
from govnlp.schema.text import Span
from tests.reconcile.making import answers, fact, run

NEW = "applications.new.total"
SECTIONS = (
    Section(kind="overview", heading="一、总体情况", span=Span(0, 100)),
    Section(kind="proactive", heading="二、主动公开", span=Span(100, 200)),
    Section(kind="applications", heading="三、依申请公开", span=Span(200, 300)),
    Section(kind="applications", heading="三、依申请公开", span=Span(300, 400), repeat=True),
)


def test_the_table_answers_before_the_prose_and_both_stay():
    done = run(fact(NEW, 12), fact(NEW, 11, "prose"))
    assert answers(done) == {NEW: 12}
    assert [(one.method, one.answer) for one in done.facts] == [("table", True), ("prose", False)]


def test_a_blank_cell_does_not_beat_a_figure_in_the_prose():
    done = run(fact(NEW, None), fact(NEW, 11, "prose"))
    assert answers(done) == {NEW: 11}


def test_a_blank_cell_answers_where_nothing_else_is_said():
    done = run(fact(NEW, None))
    assert answers(done) == {NEW: None}
    assert done.facts[0].status == "blank"


def test_zero_is_a_value_and_beats_a_blank():
    assert answers(run(fact(NEW, None), fact(NEW, 0))) == {NEW: 0}


def test_the_section_about_it_answers_before_the_overview():
    done = run(fact(NEW, 7, "prose", at=10), fact(NEW, 8, "prose", at=210), sections=SECTIONS)
    assert answers(done) == {NEW: 8}


def test_another_section_answers_before_the_overview_and_after_its_own():
    facts = [fact(NEW, 1, "prose", at=10), fact(NEW, 2, "prose", at=110), fact(NEW, 3, "prose", at=210)]
    assert answers(run(*facts[:2], sections=SECTIONS)) == {NEW: 2}
    assert answers(run(*facts, sections=SECTIONS)) == {NEW: 3}


def test_a_second_printing_answers_last():
    done = run(fact(NEW, 5, "prose", at=310), fact(NEW, 6, "prose", at=10), sections=SECTIONS)
    assert answers(done) == {NEW: 6}


def test_the_sentence_of_this_year_answers_before_any_other():
    other = fact(NEW, 9, "prose", at=210, quote="2020年共收到9件申请")
    silent = fact(NEW, 8, "prose", at=220, quote="共收到8件申请")
    ours = fact(NEW, 7, "prose", at=230, quote="2021年共收到7件申请,较2020年减少")
    assert answers(run(other, silent, ours, sections=SECTIONS)) == {NEW: 7}
    assert answers(run(other, silent, sections=SECTIONS)) == {NEW: 8}


def test_an_exact_figure_answers_before_a_rounded_one():
    about = fact(NEW, 30, "prose", at=205, qualifier="about")
    assert answers(run(about, fact(NEW, 32, "prose", at=210), sections=SECTIONS)) == {NEW: 32}


def test_a_sentence_that_says_this_year_in_words_answers_before_a_silent_one():
    silent, ours = fact(NEW, 8, "prose", quote="共收到8件"), fact(NEW, 7, "prose", at=9, quote="今年共收到7件")
    assert answers(run(silent, ours)) == {NEW: 7}


def test_a_figure_answers_before_a_statement_of_none():
    none = fact(NEW, 0, "prose", status="stated_none", quote="未收到传真申请")
    assert answers(run(none, fact(NEW, 7, "prose", at=9))) == {NEW: 7}


def test_of_two_like_passages_the_surer_reading_answers():
    assert answers(run(fact(NEW, 8, "prose", confidence=0.6), fact(NEW, 7, "prose", at=9, confidence=0.95))) == {NEW: 7}


def test_a_table_answers_wherever_it_stands_but_in_a_second_printing():
    first, second = fact(NEW, 5, at=310), fact(NEW, 6, at=10)
    assert answers(run(first, second, sections=SECTIONS)) == {NEW: 6}
    assert answers(run(fact(NEW, 5, at=10), fact(NEW, 6, at=210), sections=SECTIONS)) == {NEW: 5}


@pytest.mark.parametrize("other", [{"period": "previous"}, {"period": "cumulative"}, {"scope": "subordinate"}])
def test_other_years_and_other_organs_never_answer(other):
    done = run(fact(NEW, 4, "prose", **other))
    assert answers(done) == {}
    assert len(done.facts) == 1
    assert not done.issues


def test_an_unsure_fact_is_kept_and_does_not_answer_and_is_reported():
    done = run(fact(NEW, 4, "prose", confidence=THRESHOLD - 0.01))
    assert answers(done) == {}
    assert [one.value for one in done.facts] == [4]
    assert [issue.code for issue in done.issues] == ["low_confidence"]
    assert NEW in done.issues[0].message
    assert done.issues[0].evidence is not None


def test_an_unsure_fact_beside_a_sure_one_is_no_issue_and_no_conflict():
    done = run(fact(NEW, 4, "prose"), fact(NEW, 40, "prose", confidence=0.1))
    assert answers(done) == {NEW: 4}
    assert not done.issues
    assert not done.checks


def test_one_thing_said_twice_is_one_fact_with_two_pieces_of_evidence():
    done = run(fact(NEW, 4, "prose", at=10, confidence=0.6), fact(NEW, 4, "prose", at=50, confidence=0.9))
    assert len(done.facts) == 1
    assert [one.span.start for one in done.facts[0].evidence] == [10, 50]
    assert done.facts[0].confidence == 0.9


def test_the_same_value_in_table_and_prose_stays_two_facts():
    done = run(fact(NEW, 4), fact(NEW, 4, "prose"))
    assert [one.method for one in done.facts if one.answer] == ["table"]
    assert len(done.facts) == 2


FACTS = st.lists(
    st.builds(
        fact,
        st.sampled_from([NEW, "capacity.staff.total", "remedies.review.total"]),
        st.none() | st.integers(0, 5),
        st.sampled_from(["table", "prose"]),
        at=st.integers(0, 399),
        qualifier=st.sampled_from(["exact", "about"]),
        period=st.sampled_from(["year", "previous"]),
        confidence=st.sampled_from([0.2, 0.5, 1.0]),
    ),
    max_size=12,
)


@given(FACTS)
def test_each_indicator_has_one_answer_where_it_has_a_candidate_and_no_value_is_changed(facts: list[Fact]):
    done = run(*facts, sections=SECTIONS)
    candidates = {one.indicator for one in facts if one.is_candidate and one.confidence >= THRESHOLD}
    marked = [one.indicator for one in done.facts if one.answer]
    assert sorted(marked) == sorted(candidates)

    def said(many: list[Fact] | tuple[Fact, ...]) -> set[tuple[str, Decimal | None, str, str]]:
        return {(one.indicator, one.value, one.method, one.period) for one in many}

    assert said(done.facts) == said(facts)
    assert not any(one.answer for one in facts), "the facts that were handed in are left as they are"
