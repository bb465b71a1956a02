from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from govnlp.schema.facts import Fact
from govnlp.schema.identities import identities
from govnlp.schema.indicators import applicants
from tests.reconcile.making import APPLICANTS, cells, check, fact, failed, run, values, verdict

DENIED = (
    "state_secret", "law_prohibits", "security_stability", "third_party", "internal", "deliberative",
    "enforcement_file", "admin_inquiry",
)  # fmt: skip
UNAVAILABLE = ("not_held", "must_create", "unclear")
UNPROCESSED = ("petition", "duplicate", "publication", "excessive", "reissue")
OTHER_V2 = ("no_correction", "unpaid", "misc")
OTHER_V1 = ("all",)


def column(applicant: str, **given_cells: int | None) -> list[Fact]:
    """A whole column of the matrix of 2021: every cell 0 but those given (`denied__internal=2`)."""
    return matrix_column(applicant, OTHER_V2, given_cells)


def matrix_column(applicant: str, other: tuple[str, ...], given_cells: Mapping[str, int | None]) -> list[Fact]:
    rows = ["new", "carried_in", "granted", "partial", "closed", "carried_out"]
    for group, members in (
        ("denied", DENIED), ("unavailable", UNAVAILABLE), ("unprocessed", UNPROCESSED), ("other", other),
    ):  # fmt: skip
        rows += [f"{group}.{member}" for member in members]
    given_values = {name.replace("__", "."): value for name, value in given_cells.items()}
    unknown = set(given_values) - set(rows)
    facts = [fact(f"applications.{row}.{applicant}", given_values.get(row, 0)) for row in rows]
    return facts + [fact(f"applications.{row}.{applicant}", given_values[row]) for row in unknown]


def test_a_column_that_balances_passes():
    done = run(*column("natural_person", new=12, carried_in=1, closed=11, carried_out=2, granted=8, denied__internal=3))
    assert check(done, "balance.natural_person").status == "passed"
    assert check(done, "outcomes.natural_person").status == "passed"
    assert check(done, "outcomes.natural_person").difference == 0
    assert not failed(done)


def test_what_comes_in_must_go_out_and_the_message_says_where_and_by_how_much():
    done = run(*column("natural_person", new=12, carried_in=1, closed=10, carried_out=2, granted=10))
    one = check(done, "balance.natural_person")
    assert one.status == "failed"
    assert one.difference == 1
    assert one.message == "申请办理(自然人): 新收12 + 上年结转1 = 13, 办理结果总计10 + 结转下年度2 = 12, 差 1"
    assert values(one.left) == [
        ("applications.new.natural_person", 12),
        ("applications.carried_in.natural_person", 1),
    ]
    assert all(term.evidence is not None and term.evidence.row for term in one.left + one.right)
    assert failed(done) == {"balance.natural_person"}


def test_outcomes_must_add_up_to_the_closed():
    done = run(*column("total", new=5, closed=5, granted=3, unprocessed__duplicate=1))
    one = check(done, "outcomes.total")
    assert verdict(one) == ("failed", 1)
    assert one.message == "办理结果(总计): 办理结果总计5, 予以公开3 + 重复申请1 = 4, 差 1"


def test_the_one_row_of_the_2019_form_counts_in_a_report_of_any_year():
    given_cells = {"new": 5, "closed": 5, "granted": 3, "other__all": 2}
    done = run(*matrix_column("total", OTHER_V1, given_cells), form="art50v2")
    assert check(done, "outcomes.total").status == "passed"


def test_a_row_for_the_group_and_its_members_are_not_both_counted():
    done = run(*column("total", new=5, closed=5, granted=3, denied__internal=2, denied__all=2))
    assert check(done, "outcomes.total").status == "passed"
    assert check(done, "group.denied.total").status == "passed"


def test_a_row_for_the_group_stands_for_members_that_are_blank():
    blanks: dict[str, int | None] = dict.fromkeys(f"denied__{name}" for name in DENIED)
    done = run(*column("total", new=5, closed=5, granted=3, denied__all=2, **blanks))
    assert check(done, "outcomes.total").status == "passed"


def test_a_row_for_the_group_stands_for_members_that_are_not_printed():
    facts = [one for one in column("total", new=5, closed=5, granted=3) if ".denied." not in one.indicator]
    done = run(*facts, fact("applications.denied.all.total", 2))
    assert check(done, "outcomes.total").status == "passed"


def test_a_row_for_the_group_must_be_the_sum_of_its_members():
    done = run(*column("total", new=5, closed=5, granted=3, denied__internal=2, denied__all=3))
    one = check(done, "group.denied.total")
    assert verdict(one) == ("failed", 1)
    assert "不予公开3" in one.message
    assert "属于三类内部事务信息2" in one.message


def test_no_check_of_the_group_where_its_row_is_not_printed():
    done = run(*column("total", new=5, closed=5, granted=5))
    assert not [one for one in done.checks if one.id.startswith("group.")]


def test_an_absent_term_leaves_it_undecided_and_is_named():
    facts = [one for one in column("total", new=5, closed=3, granted=3) if "carried_out" not in one.indicator]
    one = check(run(*facts), "balance.total")
    assert one.status == "undecided"
    assert one.difference is None
    assert "结转下年度" in one.message


def test_members_that_exceed_the_total_fail_though_one_is_absent():
    facts = [one for one in column("total", new=5, closed=5, granted=7) if "partial" not in one.indicator]
    one = check(run(*facts), "outcomes.total")
    assert one.status == "failed"
    assert one.difference == -2
    assert "部分公开" in one.message


def test_an_absent_term_of_the_other_side_may_make_up_what_is_short():
    facts = [one for one in column("total", new=3, closed=5, granted=5) if "carried_in" not in one.indicator]
    assert check(run(*facts), "balance.total").status == "undecided"


def test_a_row_for_the_group_stands_for_members_of_which_some_are_lost():
    facts = column("total", new=5, closed=5, granted=3, denied__all=2, denied__internal=1)
    done = run(*[one for one in facts if "state_secret" not in one.indicator])
    assert check(done, "outcomes.total").status == "passed"


def test_a_blank_row_for_the_group_stands_for_nothing():
    facts = column("total", new=5, closed=5, granted=3, denied__all=None, denied__internal=2)
    done = run(*[one for one in facts if "state_secret" not in one.indicator])
    assert check(done, "outcomes.total").status == "undecided"


def test_a_blank_counts_as_nothing_and_is_named_where_the_sum_fails():
    done = run(*column("total", new=5, closed=4, granted=4, carried_out=None))
    one = check(done, "balance.total")
    assert one.status == "failed"
    assert "空白(按0计): 结转下年度" in one.message


def test_a_blank_column_is_no_check():
    done = run(*[fact(f"applications.{row}.ngo", None) for row in ("new", "carried_in", "closed", "carried_out")])
    assert not done.checks


def test_each_row_adds_up_over_the_applicants():
    row = dict.fromkeys(applicants(), 0) | {"natural_person": 3, "business": 2, "total": 6}
    one = check(run(*cells("applications.new", **row)), "applicants.new")
    assert verdict(one) == ("failed", 1)
    assert one.message == "申请人合计(新收): 总计6, 自然人3 + 商业企业2 = 5, 差 1"


def test_every_row_of_the_matrix_is_held_to_its_total():
    rows = {one.id.removeprefix("applicants.") for one in identities() if one.rule == 3}
    for row in sorted(rows):
        done = run(*cells(f"applications.{row}", **(dict.fromkeys(APPLICANTS, 1) | {"total": 5})))
        assert f"applicants.{row}" in failed(done)


@pytest.mark.parametrize("name", ["review", "litigation_direct", "litigation_after_review"])
def test_remedies_add_up_with_the_pending(name):
    prefix = f"remedies.{name}"
    good = cells(prefix, upheld=1, corrected=0, other=1, pending=2, total=4)
    bad = cells(prefix, upheld=1, corrected=0, other=1, pending=1, total=4)
    assert check(run(*good), prefix).status == "passed"
    assert check(run(*bad), prefix).difference == 1


@pytest.mark.parametrize("name", ["review", "litigation"])
def test_the_statistics_table_may_fall_short_by_cases_not_yet_decided(name):
    prefix = f"remedies.{name}"
    short = cells(prefix, upheld=1, corrected=0, other=1, total=4)
    over = cells(prefix, upheld=3, corrected=1, other=1, total=4)
    assert check(run(*short, form="stat2014"), f"{prefix}.decided").status == "passed"
    assert failed(run(*over, form="stat2014")) == {f"{prefix}.decided"}


def test_the_statistics_table_in_a_later_report_is_held_to_its_own_rule():
    done = run(*cells("remedies.review", upheld=1, corrected=0, other=1, total=4), form="art50v2")
    assert not failed(done)
    assert check(done, "remedies.review.decided").status == "passed"


def test_a_later_form_whose_pending_cell_is_lost_is_undecided():
    done = run(
        *cells("remedies.review", upheld=1, corrected=0, other=1, total=4),
        *cells("remedies.litigation_direct", total=0, upheld=0, corrected=0, other=0, pending=0),
    )
    assert check(done, "remedies.review").status == "undecided"
    assert not failed(done)


def test_pending_cases_in_a_report_of_the_statistics_table_bring_the_full_rule():
    done = run(*cells("remedies.review", upheld=1, corrected=0, other=1, pending=1, total=4), form="stat2014")
    assert failed(done) == {"remedies.review"}
    assert not [one for one in done.checks if one.id == "remedies.review.decided"]


def test_the_matrix_is_held_to_its_rules_whatever_the_year_of_the_report():
    facts = [one for one in column("natural_person", new=5, closed=3) if "carried_out" not in one.indicator]
    assert check(run(*facts, form="stat2014"), "balance.natural_person").status == "undecided"
    prose = [one.model_copy(update={"method": "prose"}) for one in facts]
    assert "balance.natural_person" not in [one.id for one in run(*prose, form="stat2014").checks]


STAT_BROKEN = [
    ("stat2014.channels", "applications.new.total", ["applications.channel.in_person", "applications.channel.fax",
     "applications.channel.online", "applications.channel.letter"]),
    ("stat2014.closed", "applications.closed.total",
     ["applications.closed_on_time.total", "applications.closed_extended.total"]),
    ("stat2014.replied", "applications.replied.total", ["applications.already_public.total",
     "applications.granted.total", "applications.partial.total", "applications.denied.all.total",
     "applications.not_this_agency.total", "applications.nonexistent.total", "applications.to_amend.total",
     "applications.other_channel.total"]),
    ("stat2014.denied", "applications.denied.all.total", ["applications.denied.state_secret.total",
     "applications.denied.trade_secret.total", "applications.denied.privacy.total",
     "applications.denied.security_stability.total", "applications.denied.not_government_information.total",
     "applications.denied.other_law.total"]),
    ("stat2014.staff", "capacity.staff.total", ["capacity.staff.full_time", "capacity.staff.part_time"]),
]  # fmt: skip


@pytest.mark.parametrize(("name", "whole", "members"), STAT_BROKEN)
def test_the_sums_of_the_statistics_table(name, whole, members):
    parts = [fact(member, 2) for member in members]
    assert check(run(fact(whole, 2 * len(members)), *parts, form="stat2014"), name).status == "passed"
    off = check(run(fact(whole, 2 * len(members) + 3), *parts, form="stat2014"), name)
    assert verdict(off) == ("failed", 3)


def test_letters_by_mail_may_stand_beside_the_four_channels_or_inside_one():
    channels = cells("applications.channel", in_person=1, fax=0, online=4, letter=0, email=2)
    for total, status in ((5, "passed"), (7, "passed"), (8, "failed"), (4, "failed")):
        done = run(fact("applications.new.total", total), *channels, form="stat2014")
        assert check(done, "stat2014.channels").status == status, total


@pytest.mark.parametrize("name", ["press_conferences", "interviews"])
def test_the_principal_takes_part_in_no_more_than_there_were(name):
    prefix = f"response.{name}"
    assert failed(run(*cells(prefix, total=2, by_principal=3), form="stat2014")) == {f"stat2014.{name}"}
    assert not failed(run(*cells(prefix, total=3, by_principal=2), form="stat2014"))


def test_what_is_expected_and_not_required_never_fails():
    done = run(*cells("proactive.normative_documents", newly_disclosed=5, issued=3), form="stat2014")
    one = check(done, "expected.normative_documents")
    assert verdict(one) == ("undecided", 2)
    assert "不强制" in one.message


def test_a_rounded_term_decides_nothing():
    done = run(
        fact("capacity.staff.total", 20, "prose", qualifier="about"),
        *cells("capacity.staff", full_time=3, part_time=16),
        form="stat2014",
    )
    assert check(done, "stat2014.staff").status == "undecided"


def test_a_term_read_in_prose_is_quoted():
    done = run(
        fact("capacity.staff.total", 9, "prose", quote="我镇现有工作人员9名"),
        *cells("capacity.staff", full_time=3, part_time=5),
        form="stat2014",
    )
    assert "「我镇现有工作人员9名」" in check(done, "stat2014.staff").message


def test_a_report_of_prose_alone_is_tried_only_where_every_term_is_printed():
    done = run(fact("applications.new.total", 5, "prose"), fact("applications.closed.total", 4, "prose"), form="free")
    assert not done.checks


def test_facts_of_other_years_are_no_terms():
    done = run(*cells("capacity.staff", full_time=3, part_time=5), fact("capacity.staff.total", 9, period="previous"))
    assert not done.checks


COUNT = st.none() | st.integers(0, 4)


@given(st.fixed_dictionaries({row: st.integers(0, 3) for row in ("granted", "partial", "denied__internal")}), COUNT)
def test_a_check_passes_just_where_the_printed_cells_add_up(values: dict[str, int], closed: int | None):
    done = run(*column("business", closed=closed, new=1, **values))
    one = check(done, "outcomes.business")
    right = sum(values.values())
    assert one.difference == Decimal(closed or 0) - right
    assert (one.status == "passed") == ((closed or 0) == right)
