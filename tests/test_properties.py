"""The promise of the library on forms of every generation, in every shape, with up to two damages.

Never a wrong value; a blank is a blank; a figure that is missing is either one that no clerk could be sure of, and an
issue says so, or a failure; and every piece of evidence leads back to the characters that were read.
"""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from govnlp import extract
from tests.render.catalogue import DAMAGES, SHAPES, fits
from tests.render.fill import FORMS
from tests.render.survey import Case, Result, cases, drawn, read


@st.composite
def any_case(draw: st.DrawFn, least: int = 0, most: int = 2) -> Case:
    """A form, a shape, and damages that go together."""
    form, shape = draw(st.sampled_from(FORMS)), draw(st.sampled_from(SHAPES))
    needed = [one for one in DAMAGES if one.name == shape.needs_damage]
    open_to_it = [one for one in DAMAGES if one not in needed and fits(shape, [*needed, one], form)]
    chosen = draw(st.lists(st.sampled_from(open_to_it), min_size=least, max_size=most, unique=True))
    return Case(form, shape, (*needed, *chosen), draw(st.integers(0, 10_000)))


def _assert_faultless(case: Case, result: Result) -> None:
    shown = "\n".join(f"  {fault.kind}: {fault.indicator}: {fault.detail}" for fault in result.faults[:12])
    assert not result.faults, f"{case.name}: {len(result.faults)} faults\n{shown}"


@pytest.mark.parametrize("case", [pytest.param(case, id=case.name) for case in cases("shape", 1)])
def test_a_sound_form_is_read_in_every_shape(case: Case) -> None:
    _assert_faultless(case, read(case))


@pytest.mark.parametrize("damage", [pytest.param(one, id=one.name) for one in DAMAGES])
@pytest.mark.parametrize("name", ["plain", "bars_with_spans", "lines"])
def test_a_damaged_form_is_read_or_its_loss_is_told(damage, name) -> None:
    shape = next(one for one in SHAPES if one.name == name)
    for form in FORMS:
        if fits(shape, [damage], form):
            case = Case(form, shape, (damage,), 1)
            _assert_faultless(case, read(case))


@given(any_case())
@settings(max_examples=300)
def test_a_figure_is_exact_or_missing_with_an_issue(case: Case) -> None:
    _assert_faultless(case, read(case))


@pytest.mark.slow
@given(any_case(most=3))
@settings(max_examples=4000)
def test_a_figure_is_exact_or_missing_with_an_issue_at_length(case: Case) -> None:
    _assert_faultless(case, read(case))


@pytest.mark.slow
@pytest.mark.parametrize("case", [pytest.param(case, id=case.name) for case in cases("all", 1)])
def test_every_damage_in_every_shape(case: Case) -> None:
    _assert_faultless(case, read(case))


@pytest.mark.parametrize(
    "case", [pytest.param(case, id=case.name) for case in cases("shape", 1) if case.shape.demand != "lenient"]
)
def test_a_sound_form_raises_no_alarm(case: Case) -> None:
    report = read(case).report
    assert report.status == "complete"
    assert [issue.message for issue in report.issues if issue.severity != "info"] == []
    assert [check.message for check in report.failed_checks] == []


@pytest.mark.parametrize("form", FORMS)
def test_a_slip_of_the_publisher_is_a_failed_check_and_the_print_stands(form: str) -> None:
    slip = next(one for one in DAMAGES if one.name == "one_slip")
    shape = next(one for one in SHAPES if one.name == "plain")
    told = []
    for seed in range(6):
        result = read(Case(form, shape, (slip,), seed))
        _assert_faultless(Case(form, shape, (slip,), seed), result)
        told.append(bool(result.report.failed_checks))
    assert any(told)


@given(any_case())
@settings(max_examples=25)
def test_reading_twice_gives_the_same_report(case: Case) -> None:
    _, source = drawn(case)
    once, again = (extract(source.data) if source.data is not None else extract(text=source.text) for _ in range(2))
    assert once == again


@given(any_case(), st.randoms(use_true_random=False))
@settings(max_examples=25)
def test_a_file_cut_short_gives_no_wrong_value(case: Case, random) -> None:
    """A download that broke off: what is gone is missing; nothing that is answered may differ from the whole page."""
    made, source = drawn(case)
    at = random.randint(0, len(source.text))
    report = extract(source.text[:at].encode()) if source.is_markup else extract(text=source.text[:at])
    wanted = {cell.indicator: cell for table in made.tables for cell in table.figures()}
    for name, fact in report.answers.items():
        # The last figure before the cut may have lost its end; it must then not be longer than what was printed.
        cell = wanted.get(name)
        assert cell is not None, f"{case.name} cut at {at}: {name} invented"
        cut_off = fact.value is None or cell.text.startswith(fact.raw) or fact.value == cell.value
        assert cut_off, f"{case.name} cut at {at}: {name} is {fact.value}, printed {cell.value}"


@given(st.one_of(st.binary(max_size=400), st.text(max_size=400).map(lambda text: text.encode("utf-8", "replace"))))
@settings(max_examples=60)
def test_bytes_of_any_kind_become_a_report_and_raise_nothing(data: bytes) -> None:
    report = extract(data)
    assert report.status in ("not_a_report", "failed", "partial", "complete")
    assert report.answers == {} or report.status in ("partial", "complete")


PIECES = (
    *(
        "<table>",
        "<tr>",
        "<td rowspan=99999>",
        "<td colspan=-1>",
        "</table>",
        "<div>",
        "&#55555;",
        "12",
        " |",
        "\n",
        "-",
    ),
    *("一、", "(六)其他处理", "总计", "自然人", "申请人情况", "第二十条第(一)项", "本年制发件数", "规章", "件"),
    "2022年政府信息公开工作年度报告",
)


@given(st.lists(st.sampled_from(PIECES), max_size=60).map("".join))
@settings(max_examples=60)
def test_shards_of_forms_raise_nothing(shards: str) -> None:
    assert extract(text=shards).status
    assert extract(f"<html><body>{shards}".encode()).status
