"""False alarms: a correct report has no error, in whatever shape it is stored."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from govnlp import extract
from govnlp.audit import audit
from govnlp.cli.sources import listing
from tests.audit.making import read
from tests.render.catalogue import DAMAGES
from tests.render.fill import FORMS
from tests.render.survey import Case, cases
from tests.render.survey import read as read_case

ROOT = Path(__file__).parents[2]
SAMPLES = listing([str(ROOT / "corpora" / "samples")]).documents
SEEDS = ROOT.parent / "shared" / "seeds"
CLEAN = [case for case in cases("shape", 1) if case.shape.demand != "lenient"]


def _errors(report):
    return [(one.id, one.message.zh) for one in audit(report) if one.severity == "error"]


@pytest.mark.parametrize("path", SAMPLES, ids=lambda path: Path(path).name)
def test_samples_have_no_error(path: str):
    assert _errors(extract(path)) == []


def test_real_reports_have_no_error():
    if not SEEDS.is_dir():
        pytest.skip("the seeds are not beside this checkout")
    for path in sorted(SEEDS.glob("*.txt")):
        assert _errors(extract(path)) == [], path.name


@pytest.mark.parametrize("case", [pytest.param(case, id=case.name) for case in CLEAN])
def test_a_clean_form_has_no_error_in_any_shape(case: Case):
    assert _errors(read_case(case).report) == []


@pytest.mark.parametrize("form", FORMS)
@given(seed=st.integers(0, 10_000))
@settings(max_examples=10, deadline=None)
def test_a_clean_form_has_no_error_whatever_its_figures(form: str, seed: int):
    report = read(form, seed=seed)
    assert [one.id for one in audit(report) if one.rule != "unit_suspected" and one.severity == "error"] == []
    assert _errors(report) == []


@pytest.mark.parametrize("damage", DAMAGES, ids=lambda one: one.name)
def test_findings_of_damaged_forms_have_ids_of_their_own_and_texts(damage):
    for form in FORMS:
        if damage.forms and form not in damage.forms:
            continue
        shape = next(case.shape for case in CLEAN if case.shape.name == "plain")
        findings = audit(read_case(Case(form, shape, (damage,), 1)).report)
        assert len({one.id for one in findings}) == len(findings)
        for one in findings:
            assert "{" not in one.message.zh + one.message.en
            assert one.advice.zh
            assert one.advice.en
