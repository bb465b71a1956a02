"""Every sentence tells what its case says, and nothing else."""

from __future__ import annotations

import pytest

from tests.prose.cases import Case, load, told

CASES = [*load("cases.yaml"), *load("heldout.yaml")]


@pytest.mark.parametrize("case", [case for case in CASES if not case.skip], ids=lambda case: case.text[:24])
def test_case(case: Case) -> None:
    assert told(case) == case.expect


@pytest.mark.parametrize("case", [case for case in CASES if case.skip], ids=lambda case: case.text[:24])
def test_silence_says_nothing_wrong(case: Case) -> None:
    assert told(case).items() <= case.expect.items()


def test_there_are_many_cases_and_many_of_figures_that_are_no_indicator() -> None:
    assert len(CASES) >= 220
    assert sum(not case.expect for case in CASES) >= 50
