"""Sums that fail and figures that are said twice."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from tests.audit.making import found, ids, printed, read, said, value


def test_a_sum_that_fails_has_its_cells_and_its_numbers():
    clean = read()
    total = value(clean, "remedies.review.total")
    (one,) = found(read("art50v2", printed(remedies__review__total=str(total + 3))), "sum")
    assert (one.id, one.severity) == ("sum:remedies.review", "error")
    assert "差 3" in one.message.zh
    assert "difference 3" in one.message.en
    assert one.exhibits[0].indicator == "remedies.review.total"
    assert one.span == one.exhibits[0].evidence.span  # type: ignore[union-attr]


def test_text_against_table():
    report = read("art50v2", said("2022年收到政府信息公开申请7件。"))
    (one,) = found(report, "text_against_table")
    assert one.severity == "error"
    assert [exhibit.quote for exhibit in one.exhibits][1] == "2022年收到政府信息公开申请7件。"
    assert ids(report) == [one.id]


def test_text_that_was_read_with_doubt_is_a_warning():
    report = read("art50v2", said("2022年收到政府信息公开申请7件。"))
    facts = tuple(
        fact.model_copy(update={"confidence": 0.7}) if fact.method == "prose" else fact for fact in report.facts
    )
    (one,) = found(report.model_copy(update={"facts": facts}), "text_against_table")
    assert one.severity == "warning"


def test_two_sentences():
    report = read("art50v2", said("全年举办政务公开业务培训班3次。"), said("全年共举办政务公开业务培训班4次。"))
    assert [one.severity for one in found(report, "text_against_text")] == ["warning"]


def test_one_cell_that_breaks_its_row_and_its_column_is_named():
    clean = read()
    ngo = value(clean, "applications.new.ngo")
    (one,) = found(read("art50v2", printed(applications__new__ngo=str(ngo + 5))), "sum_one_cell")
    assert one.id == "sum_one_cell:applications.new.ngo"
    assert one.suspect is not None
    assert (one.suspect.value, one.suggested) == (ngo + 5, ngo)
    assert one.span == one.suspect.span
    assert "balance.ngo" in one.message.en
    assert "applicants.new" in one.message.en


def test_the_sums_of_that_cell_are_not_told_again_and_others_are():
    clean = read()
    cells = printed(
        applications__new__ngo=str(value(clean, "applications.new.ngo") + 5),
        remedies__review__total=str(value(clean, "remedies.review.total") + 1),
    )
    assert ids(read("art50v2", cells)) == ["sum_one_cell:applications.new.ngo", "sum:remedies.review"]


def test_one_sum_alone_does_not_tell_which_of_its_cells_is_wrong():
    clean = read()
    total = value(clean, "remedies.review.total")
    report = read("art50v2", printed(remedies__review__total=str(total + 1)))
    assert [one.rule for one in found(report, "sum_one_cell")] == []


@given(
    name=st.sampled_from([f"applications.{row}.{who}" for row in ("new", "granted", "carried_out") for who in
                          ("natural_person", "business", "research", "ngo", "legal_service", "other_org")]),
    seed=st.integers(0, 50), by=st.integers(1, 9),
)  # fmt: skip
@settings(max_examples=25, deadline=None)
def test_any_slip_in_the_matrix_is_found_in_its_cell(name: str, seed: int, by: int):
    right = value(read(seed=seed), name)
    slipped = read("art50v2", printed(**{name.replace(".", "__"): str(right + by)}), seed=seed)
    told = [(one.suspect.indicator, one.suggested) for one in found(slipped, "sum_one_cell") if one.suspect]
    assert told == [(name, right)]
