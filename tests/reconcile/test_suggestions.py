"""The cell that alone breaks the sums of its row and its column is named, with the value that would satisfy both."""

from __future__ import annotations

from decimal import Decimal
from random import Random

from hypothesis import given
from hypothesis import strategies as st

from govnlp import Report, extract
from govnlp.reconcile.suggestions import exact_sums, suggested
from govnlp.schema.report import Check, Suggestion, Term
from tests.reconcile.making import check, fact, run
from tests.render import html
from tests.render.catalogue import page
from tests.render.fill import filled
from tests.render.grid import Page, expected

WHO = ("natural_person", "business", "research", "ngo", "legal_service", "other_org")
SUMMED = tuple(f"applications.{row}.{who}" for row in ("granted", "partial", "denied.internal") for who in WHO)


def _with(made: Page, name: str, printed: str) -> Report:
    changed = made.map_cells(
        lambda cell: cell if cell.indicator != name else type(cell)(
            printed, cell.row, cell.column, cell.rowspan, cell.colspan, cell.role, name, Decimal(printed) if printed else None
        )
    )  # fmt: skip
    return extract(html.plain(changed, Random(0)).data or b"")


def _suggestions(report: Report) -> set[tuple[str, int]]:
    found = [one.suggestion for one in report.failed_checks if one.suggestion]
    return {(one.indicator, int(one.value)) for one in found}


@given(name=st.sampled_from(SUMMED), off=st.integers(1, 40), seed=st.integers(0, 30))
def test_a_slip_of_one_cell_is_found_and_left_as_printed(name, off, seed):
    made = page("art50v2", Random(seed))
    true = expected(made)[name].value
    assert true is not None
    report = _with(made, name, str(true + off))
    assert report.value(name) == true + off
    assert _suggestions(report) == {(name, int(true))}
    failed = [one for one in report.failed_checks if one.suggestion]
    assert len(failed) == len(report.failed_checks) == 2
    for one in failed:
        assert one.suspect
        assert one.suspect.value == true + off
        assert one.suspect.evidence
        assert one.suspect.evidence.quote == str(true + off)


def test_a_blank_that_the_sums_want_filled():
    made = next(
        one for one in (page("art50v2", Random(seed)) for seed in range(60))
        if expected(one)["applications.granted.other_org"].value
    )  # fmt: skip
    report = _with(made, "applications.granted.other_org", "")
    assert report["applications.granted.other_org"].status == "blank"  # type: ignore[union-attr]
    assert _suggestions(report) == {
        ("applications.granted.other_org", int(expected(made)["applications.granted.other_org"].value or 0))
    }


def test_a_sound_report_suggests_nothing():
    for seed in range(3):
        for form in ("art50v1", "art50v2", "stat2014"):
            assert _suggestions(extract(html.plain(page(form, Random(seed)), Random(0)).data or b"")) == set()


def _sum(name: str, total: str, off: int, *terms: str) -> Check:
    """A sum that fails by `off`, or holds where that is 0."""
    one = Check(
        id=name, status="failed" if off else "passed", message="", left=(Term(indicator=total, value=10),),
        right=tuple(Term(indicator=term, value=10) for term in terms), difference=off,
    )  # fmt: skip
    assert name in exact_sums()
    return one


def _named(*checks: Check) -> set[Suggestion | None]:
    return {one.suggestion for one in suggested(checks)}


A, B, C, D, E, F = (f"applications.granted.{who}" for who in WHO)


def test_two_cells_that_explain_the_same_sums_are_neither_named():
    assert _named(_sum("applicants.granted", A, 3, B, C), _sum("outcomes.business", D, 3, B, C)) == {None}


def test_a_cell_of_a_sum_that_holds_is_not_named():
    broken = _sum("applicants.granted", A, 3, B, C), _sum("outcomes.business", D, 3, B, E)
    assert _named(*broken) == {Suggestion(indicator=B, value=13)}
    assert _named(*broken, _sum("balance.business", F, 0, B)) == {None}


def test_sums_that_fail_by_different_amounts_name_no_cell():
    assert _named(_sum("applicants.granted", A, 3, B, C), _sum("outcomes.business", D, 4, B, E)) == {None}


def test_no_cell_is_wanted_below_zero():
    assert _named(_sum("applicants.granted", A, -30, B, C), _sum("outcomes.business", D, -30, B, E)) == {None}


def test_the_wider_explanation_is_taken():
    sums = (
        _sum("applicants.granted", A, 3, B, C), _sum("outcomes.business", D, 3, B, C), _sum("balance.business", E, 3, B),
    )  # fmt: skip
    assert _named(*sums) == {Suggestion(indicator=B, value=13)}


def test_the_check_carries_it_through_reconciling_and_json():
    cells = {who: fact(f"applications.granted.{who}", 0) for who in WHO}
    cells["natural_person"] = fact("applications.granted.natural_person", 9, quote="9")
    others = [fact("applications.granted.total", 6), fact("applications.closed.natural_person", 6)]
    blanks = [fact(one, 0) for one in _outcomes("natural_person")]
    done = run(*cells.values(), *others, *blanks)
    row = check(done, "applicants.granted")
    assert row.suggestion == Suggestion(indicator="applications.granted.natural_person", value=6)
    assert check(done, "outcomes.natural_person").suggestion == row.suggestion
    assert Check.model_validate_json(row.model_dump_json()) == row


def _outcomes(who: str) -> list[str]:
    names = filled("art50v2", Random(0)).figures
    inner = ("denied.", "unavailable.", "unprocessed.", "other.", "partial")
    return [name for name in names if name.endswith(f".{who}") and name.removeprefix("applications.").startswith(inner)]
