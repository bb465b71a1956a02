from __future__ import annotations

import pytest

from tests.reconcile.making import answers, check, fact, failed, run, values, verdict

TOTAL = "disclosure.total"


def test_text_against_table_names_both_values_and_where_they_stand():
    done = run(fact(TOTAL, 120), fact(TOTAL, 118, "prose", quote="全年主动公开118条"))
    one = check(done, f"text_vs_table.{TOTAL}")
    assert verdict(one) == ("failed", 2)
    assert values(one.left + one.right) == [(TOTAL, 120), (TOTAL, 118)]
    assert all(term.evidence for term in one.left + one.right)
    assert "表格 120(行「row of disclosure.total」列「本年」)" in one.message
    assert "正文 118「全年主动公开118条」" in one.message
    assert answers(done) == {TOTAL: 120}


def test_text_that_agrees_with_the_table_is_a_check_that_passed():
    done = run(fact(TOTAL, 120), fact(TOTAL, 120, "prose"))
    assert check(done, f"text_vs_table.{TOTAL}").status == "passed"


def test_table_against_table():
    done = run(fact(TOTAL, 120), fact(TOTAL, 12, at=5))
    assert failed(done) == {f"table_vs_table.{TOTAL}"}
    assert answers(done) == {TOTAL: 120}


def test_prose_against_prose():
    done = run(fact(TOTAL, 120, "prose"), fact(TOTAL, 130, "prose", at=5))
    assert failed(done) == {f"text_vs_text.{TOTAL}"}


def test_a_statement_of_none_against_a_figure():
    done = run(fact("remedies.review.total", 1), fact("remedies.review.total", 0, "prose", status="stated_none"))
    assert failed(done) == {"text_vs_table.remedies.review.total"}


def test_a_blank_contradicts_nothing():
    assert not run(fact(TOTAL, None), fact(TOTAL, 130, "prose")).checks


@pytest.mark.parametrize("other", [{"period": "previous"}, {"scope": "subordinate"}, {"confidence": 0.2}])
def test_other_years_other_organs_and_guesses_contradict_nothing(other):
    assert not run(fact(TOTAL, 120), fact(TOTAL, 130, "prose", **other)).checks


ROUNDED = [
    (41623, {"value": 41600, "raw": "4.16万"}, True),
    (41712, {"value": 41600, "raw": "4.16万"}, False),
    (41623, {"value": 41600, "raw": "41600"}, False),
    (268, {"value": 260, "raw": "260", "qualifier": "about"}, True),
    (312, {"value": 260, "raw": "260", "qualifier": "about"}, False),
    (5, {"value": 3, "qualifier": "at_least"}, True),
    (2, {"value": 3, "qualifier": "at_least"}, False),
    (2, {"value": 3, "qualifier": "at_most"}, True),
    (4, {"value": 3, "qualifier": "at_most"}, False),
    (52300, {"value": 52000, "raw": "5.2", "raw_unit": "万元"}, True),
    (53000, {"value": 52000, "raw": "5.2", "raw_unit": "万元"}, False),
    (2, {"value": 1, "qualifier": "about"}, False),
    (350, {"value": 300, "raw": "3百"}, False),
    (43000, {"value": 40000, "raw": "4万"}, True),
]


@pytest.mark.parametrize(("printed", "said", "agrees"), ROUNDED)
def test_a_rounded_figure_agrees_with_what_it_can_stand_for(printed, said, agrees):
    done = run(fact(TOTAL, printed), fact(TOTAL, method="prose", **said))
    assert check(done, f"text_vs_table.{TOTAL}").status == ("passed" if agrees else "failed")
    assert answers(done) == {TOTAL: printed}


def test_only_those_that_differ_are_named():
    done = run(fact(TOTAL, 120), fact(TOTAL, 120, "prose"), fact(TOTAL, 7, "prose"))
    one = check(done, f"text_vs_table.{TOTAL}")
    assert [term.value for term in one.right] == [7]
