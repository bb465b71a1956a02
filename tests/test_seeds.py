"""The real reports beside the repository: every figure of their tables, every blank, and no wrong answer."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path
from typing import NamedTuple

import pytest

from govnlp import extract
from govnlp.schema.report import Report

TABLE_CELLS = 644


class SeedFact(NamedTuple):
    """A fact of a seed's gold; `value` is None for a blank cell."""

    document: str
    indicator: str
    value: Decimal | None
    origin: str


@pytest.fixture(scope="module")
def reports(seeds: Path) -> dict[str, Report]:
    return {path.name: extract(path) for path in sorted(seeds.glob("*.txt"))}


def _facts(seeds: Path) -> Iterator[SeedFact]:
    for path in sorted((seeds / "gold").glob("*.json")):
        gold = json.loads(path.read_text("utf-8"))
        for one in gold["facts"]:
            value = None if one["value"] is None else Decimal(str(one["value"]))
            yield SeedFact(gold["doc"], one["indicator"], value, one["from"])


def test_every_cell_of_every_table_is_right(seeds: Path, reports: dict[str, Report]):
    cells, wrong = 0, []
    for fact in _facts(seeds):
        if fact.origin != "table":
            continue
        cells += 1
        answer = reports[fact.document][fact.indicator]
        if answer is None or answer.value != fact.value or (answer.status == "blank") != (fact.value is None):
            wrong.append(
                f"{fact.document} {fact.indicator}: {answer and (answer.status, answer.value)}, gold {fact.value}"
            )
    assert wrong == []
    assert cells == TABLE_CELLS


def test_the_scorer_finds_no_wrong_answer(seeds: Path, reports: dict[str, Report], tmp_path: Path):
    scorer = seeds.parent / "tools" / "score.py"
    if not scorer.is_file():
        pytest.skip("the scorer (../shared/tools/score.py) is not here")
    for name, report in reports.items():
        (tmp_path / name).with_suffix(".json").write_text(report.to_json(), "utf-8")
    command = [sys.executable, str(scorer), str(seeds / "gold"), str(tmp_path)]
    shown = subprocess.run([*command, "--errors", "40"], capture_output=True, text=True, check=True).stdout
    total = json.loads(subprocess.run([*command, "--json"], capture_output=True, text=True, check=True).stdout)["all"]
    assert total.get("wrong", 0) == 0, shown
    assert total["blank_right"] == total["blank_gold"], shown
    assert total.get("absent", 0) == 0


def test_evidence_of_a_table_leads_to_the_file(seeds: Path, reports: dict[str, Report]):
    for name, report in reports.items():
        source = (seeds / name).read_bytes().decode("utf-8")
        for fact in report.facts:
            for one in fact.evidence if fact.method == "table" else ():
                assert source[one.source_span.start : one.source_span.end] == fact.raw, f"{name} {fact.indicator}"


def test_no_seed_has_a_failed_check_within_its_tables(seeds: Path, reports: dict[str, Report]):
    for name, report in reports.items():
        tables = {fact.indicator for fact in report.facts if fact.method == "table" and fact.answer}
        for check in report.failed_checks:
            terms = {term.indicator for term in (*check.left, *check.right)}
            assert not terms <= tables, f"{name}: {check.message}"
