"""Whole reports of our own writing against their gold: every figure of a table, no wrong answer, most of the prose.

A gold file has the shape of the seeds' (`doc`, `meta`, `sections`, `facts`, `doubtful`). `status`, where it is given,
is the report's status; `failed` lists indicators of which some failed check must speak; a fact that is `lenient` may be
missing. A page that must answer nothing has no facts.
"""

from __future__ import annotations

import json
from collections import defaultdict
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Literal, NamedTuple

import pytest

from govnlp import extract
from govnlp.schema.report import Report

ROOT = Path(__file__).resolve().parents[1]
FILES = sorted((*(ROOT / "corpora/samples").glob("*.gold.json"), *(ROOT / "tests/golden").glob("*.gold.json")))
CORE = ("overview", "proactive", "applications", "remedies", "problems")
PROSE_RECALL = 0.9
"""The share of the facts in prose, over all the reports, that must be read; lower it for no one."""


class GoldFact(NamedTuple):
    """A fact as a person reads it; `value` is None for a blank cell."""

    indicator: str
    value: Decimal | None
    origin: Literal["table", "prose"]
    qualifier: str
    lenient: bool


class Gold(NamedTuple):
    """A gold file: the report beside it, what it is, and what it says."""

    path: Path
    year: int | None
    form: str | None
    organ: str | None
    status: str | None
    headings: tuple[tuple[str, str, bool], ...]
    facts: tuple[GoldFact, ...]
    doubtful: frozenset[str]
    failed: tuple[str, ...]

    def answers(self) -> dict[str, set[Decimal | None]]:
        """The values that may answer each indicator: the table's where there is one, else the prose's."""
        found: dict[str, dict[tuple[bool, bool], set[Decimal | None]]] = defaultdict(lambda: defaultdict(set))
        for fact in self.facts:
            found[fact.indicator][fact.value is None, fact.origin != "table"].add(fact.value)
        return {name: ranks[min(ranks)] for name, ranks in found.items()}


def _gold(path: Path) -> Gold:
    held = json.loads(path.read_text("utf-8"))
    facts = tuple(
        GoldFact(
            one["indicator"],
            None if one["value"] is None else Decimal(str(one["value"])),
            one["from"],
            one["qualifier"],
            one.get("lenient", False),
        )
        for one in held["facts"]
    )
    headings = tuple((one["kind"], one["heading"], one.get("repeat", False)) for one in held["sections"])
    meta = held["meta"]
    doubtful = frozenset(one["indicator"] for one in held["doubtful"])
    document = path.with_name(held["doc"])
    return Gold(
        document, meta["year"], meta["form"], meta["organ"], held.get("status"), headings, facts, doubtful,
        tuple(held.get("failed", ())),
    )  # fmt: skip


GOLD = [_gold(path) for path in FILES]
every_report = pytest.mark.parametrize("gold", GOLD, ids=lambda gold: gold.path.name)


@cache
def _read(path: Path) -> Report:
    return extract(path)


def test_there_are_reports_of_every_generation():
    assert len(GOLD) >= 14
    assert {gold.form for gold in GOLD} >= {"free", "stat2014", "art50v1", "art50v2"}


@every_report
def test_tables_are_read_exactly(gold: Gold):
    report, wrong = _read(gold.path), []
    for fact in gold.facts:
        answer = report[fact.indicator]
        if fact.origin != "table" or (answer is None and fact.lenient):
            continue
        if answer is None or answer.value != fact.value or (answer.status == "blank") != (fact.value is None):
            wrong.append(f"{fact.indicator}: {answer and (answer.status, answer.value, answer.raw)}, gold {fact.value}")
    assert wrong == []


@every_report
def test_no_answer_is_wrong(gold: Gold):
    report, right = _read(gold.path), gold.answers()
    wrong = [
        f"{name}: {fact.value} ({fact.method}, {fact.raw!r}), gold {right.get(name)}"
        for name, fact in report.answers.items()
        if fact.value is not None and name not in gold.doubtful and fact.value not in right.get(name, ())
    ]
    assert wrong == []


@every_report
def test_every_fact_read_in_prose_is_one_of_the_gold(gold: Gold):
    told = {(fact.indicator, fact.value) for fact in gold.facts if fact.origin == "prose"}
    wrong = [
        f"{fact.indicator}: {fact.value} ({fact.raw!r})"
        for fact in _read(gold.path).facts
        if fact.method == "prose" and fact.is_candidate and fact.indicator not in gold.doubtful
        and (fact.indicator, fact.value) not in told
    ]  # fmt: skip
    assert wrong == []


def test_most_of_the_prose_is_read():
    missed, total = [], 0
    for gold in GOLD:
        read = {(fact.indicator, fact.value) for fact in _read(gold.path).facts if fact.method == "prose"}
        told = {(fact.indicator, fact.value) for fact in gold.facts if fact.origin == "prose"}
        total += len(told)
        missed += [f"{gold.path.name}: {name} {value}" for name, value in sorted(told - read, key=str)]
    assert len(missed) <= (1 - PROSE_RECALL) * total, f"{len(missed)} of {total} missed:\n" + "\n".join(missed)


@every_report
def test_a_qualifier_is_kept(gold: Gold):
    report = _read(gold.path)
    for fact in gold.facts:
        answer = report[fact.indicator]
        if fact.qualifier != "exact" and answer is not None and answer.value == fact.value:
            assert answer.qualifier == fact.qualifier, fact.indicator


@every_report
def test_what_the_report_is(gold: Gold):
    report = _read(gold.path)
    if gold.status:
        assert report.status == gold.status
    if gold.status == "not_a_report":
        assert report.answers == {}
        return
    assert (report.meta.year, report.meta.form) == (gold.year, gold.form)
    assert report.meta.organ == gold.organ


@every_report
def test_sections_are_found(gold: Gold):
    wanted = [(kind, repeat) for kind, _, repeat in gold.headings if kind in CORE]
    found = [(one.kind, one.repeat) for one in _read(gold.path).sections if one.kind in CORE]
    for one in wanted:
        assert one in found, f"{one} is not among {found}"


@every_report
def test_what_could_not_be_read_is_told(gold: Gold):
    report = _read(gold.path)
    if report.status == "partial":
        assert any(issue.severity == "error" for issue in report.issues)
    if "pictures" in gold.path.name:
        assert any("picture" in issue.code or "image" in issue.code for issue in report.issues)


@every_report
def test_a_slip_of_the_publisher_is_a_failed_check_and_no_other_check_fails(gold: Gold):
    failed = [check for check in _read(gold.path).checks if check.status == "failed"]
    for name in gold.failed:
        spoken = [check for check in failed if name in {term.indicator for term in (*check.left, *check.right)}]
        assert spoken, f"no failed check speaks of {name}"
    if not gold.failed:
        assert [check.message for check in failed] == []


@every_report
def test_every_answer_shows_where_it_was_read(gold: Gold):
    report = _read(gold.path)
    for fact in report.answers.values():
        assert fact.evidence, fact.indicator
        for one in fact.evidence:
            assert 0 <= one.span.start <= one.span.end <= len(report.text)


@every_report
def test_a_report_survives_json(gold: Gold):
    report = _read(gold.path)
    assert Report.from_json(report.to_json()) == report
