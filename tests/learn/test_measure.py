"""Scores of known outcomes."""

from __future__ import annotations

import json
from decimal import Decimal
from pathlib import Path

import pytest

from govnlp import extract
from govnlp.errors import AnnotationError
from govnlp.learn import documents, passages
from govnlp.learn.as_json import as_json
from govnlp.learn.compare import Compared, Said, compare
from govnlp.learn.measure import NOTHING, Confusion, Score, measured
from govnlp.prose import RuleTagger
from govnlp.schema.text import Span
from tests.cli.making import SOUND
from tests.learn.making import NEW, TOTAL, marked


def said(name: str, value: int | None, at: int = 0) -> Said:
    return Said(name, None if value is None else Decimal(value), "figure", spans=(Span(at, at + 1),))


def test_what_is_right_missed_confused_and_too_much():
    gold = [said(NEW, 3, 1), said(TOTAL, 9, 4), said("capacity.budget", 7, 7)]
    read = [said(NEW, 3, 1), said("disclosure.via.website", 9, 4), said("capacity.trainings", 1, 9)]
    found = measured([Compared(tuple(compare(gold, read)), "overview")])
    assert found.overall == Score(3, 3, 1)
    assert set(found.confusions) == {
        Confusion(TOTAL, "disclosure.via.website", 1), Confusion("capacity.budget", NOTHING, 1),
        Confusion(NOTHING, "capacity.trainings", 1),
    }  # fmt: skip
    assert found.by_indicator[TOTAL] == Score(1, 0, 0)
    assert found.by_indicator["disclosure.via.website"] == Score(0, 1, 0)
    assert found.by_section == {"overview": Score(3, 3, 1)}
    assert len(found.errors) == 3


def test_period_scope_and_value_must_agree():
    for other in (said(NEW, 4), said(NEW, 3)._replace(period="previous"), said(NEW, 3)._replace(scope="subordinate")):
        (outcome,) = compare([said(NEW, 3)], [other])
        assert not outcome.is_right
    assert compare([said(NEW, None)], [said(NEW, 3)])[0].is_right


def test_the_interval_holds_the_score_and_narrows_with_more():
    right, wrong = (
        Compared(tuple(compare([said(NEW, 3)], [said(NEW, 3)]))),
        Compared(tuple(compare([said(NEW, 3)], []))),
    )
    few, many = measured([right, wrong] * 5), measured([right, wrong] * 500)
    for one in (few, many):
        assert one.intervals.recall.low <= one.overall.recall <= one.intervals.recall.high
    assert many.intervals.f1.high - many.intervals.f1.low < few.intervals.f1.high - few.intervals.f1.low
    assert measured([right, wrong] * 5) == few


def test_passages_are_read_as_the_pipeline_reads():
    good = marked("本年共收到政府信息公开申请{12|applications.new.total}件。")
    bad = marked("本年共收到政府信息公开申请12件,发布信息{30|disclosure.total}条。")
    found = measured(passages.compared([good, bad], RuleTagger()))
    assert found.overall.right >= 1
    assert any(one.gold is None and one.read is not None and one.read.indicator == NEW for one in found.errors)
    assert all(one.quote in good.text + bad.text and one.quote for one in found.errors)
    assert json.loads(as_json(found))["overall"]["right"] == found.overall.right


def gold_folder(folder: Path, value: object, **changes: object) -> Path:
    (folder / "gold").mkdir()
    (folder / "a.txt").write_text(SOUND, "utf-8")
    fact = {"indicator": TOTAL, "value": value, "status": "reported", "raw": "128", "from": "prose"} | changes
    record = {"doc": "a.txt", "facts": [fact], "meta": {"form": "free"}, "doubtful": [{"indicator": NEW}]}
    (folder / "gold" / "a.json").write_text(json.dumps(record), "utf-8")
    return folder / "gold"


@pytest.mark.parametrize(("value", "right"), [(128, 1), ("128", 1), (129, 0)])
def test_a_folder_of_reports(tmp_path: Path, value: object, right: int):
    found = measured(documents.compared(documents.read_gold(gold_folder(tmp_path, value)), extract))
    assert found.by_indicator[TOTAL] == Score(1, 1, right)
    assert NEW not in found.by_indicator
    assert found.by_form == {"free": found.overall}
    assert found.by_section["proactive"].gold == 1


def test_gold_that_cannot_be_used(tmp_path: Path):
    folder = gold_folder(tmp_path, 1, indicator="no.such")
    (folder / "b.json").write_text("{")
    (folder / "c.json").write_text('{"doc": "../../x.txt", "facts": []}')
    with pytest.raises(AnnotationError) as caught:
        documents.read_gold(folder)
    assert [one.split(":")[0] for one in caught.value.faults] == ["a.json", "b.json", "c.json"]


def test_the_seeds_are_scored_as_the_scorer_does(seeds: Path):
    found = measured(documents.compared(documents.read_gold(seeds / "gold"), extract))
    assert (found.units, found.overall.gold) == (5, 671)
