"""`govnlp evaluate` and `govnlp train` on annotations of known content."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from govnlp.cli import app
from govnlp.learn import train
from govnlp.prose import RuleTagger
from tests.learn.making import known, marked, slang, small_model, write


def run(*arguments: str | Path) -> Result:
    return CliRunner().invoke(app, [str(one) for one in arguments])


@pytest.fixture
def gold(tmp_path: Path) -> Path:
    some = [marked("共收到政府信息公开申请{12|applications.new.total}件。"), marked("晒单{30|disclosure.total}则。")]
    return write(some, tmp_path / "gold.jsonl")


def test_evaluate_prints_scores_and_errors(gold: Path):
    done = run("evaluate", gold, "--errors", "1")
    assert done.exit_code == 0, done.stderr
    assert "2 facts in the gold, 1 read, 1 right" in done.stdout
    assert "line 2  disclosure.total -> nothing" in done.stdout
    assert "晒单30则。" in done.stdout
    assert "晒单30则。" not in run("evaluate", gold, "--errors", "0").stdout


def test_evaluate_as_json(gold: Path):
    found = json.loads(run("evaluate", gold, "--json").stdout)
    assert (found["overall"]["gold"], found["overall"]["precision"], found["overall"]["recall"]) == (2, 1.0, 0.5)
    assert found["confusions"] == [{"gold": "disclosure.total", "read": "(nothing)", "times": 1}]
    assert [one["quote"] for one in found["errors"]] == ["晒单30则。"]


def test_evaluate_names_every_bad_line(gold: Path):
    gold.write_text(gold.read_text("utf-8") + "{}\n[]\n", "utf-8")
    done = run("evaluate", gold)
    assert done.exit_code == 1
    assert done.stdout == ""
    assert "line 3" in done.stderr
    assert "line 4" in done.stderr


@pytest.mark.parametrize("wrong", ["none.jsonl", "."])
def test_evaluate_without_gold(tmp_path: Path, wrong: str):
    assert run("evaluate", tmp_path / wrong).exit_code == 1


def test_evaluate_with_a_missing_model(gold: Path, tmp_path: Path):
    done = run("evaluate", gold, "--model", tmp_path / "none")
    assert done.exit_code == 1
    assert "no folder" in done.stderr


def test_train_says_what_it_learnt(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(train, "tagger_of", lambda _model: RuleTagger())
    base = small_model(tmp_path / "base")
    write(known(5), base / "check.jsonl")
    some = write(slang(20), tmp_path / "a.jsonl")
    done = run("train", "--annotations", some, "--base", base, "-o", tmp_path / "mine")
    assert done.exit_code == 0, done.stderr
    assert "learnt from 16 passages (32 figures" in done.stdout
    assert "held out (4 passages): precision" in done.stdout
    assert "kept (5 passages)" in done.stdout
    assert run("train", "--annotations", some, "--base", base, "-o", tmp_path / "mine").exit_code == 2
    found = json.loads(run("train", "--annotations", some, "--base", base, "-o", tmp_path / "b", "--json").stdout)
    assert found["held_out"]["passages"] == 4


def test_train_refuses_by_naming_the_lines(tmp_path: Path):
    (tmp_path / "a.jsonl").write_text('{"text": "收到12件", "marks": [{"start": 2, "end": 9}]}\nno\n', "utf-8")
    base = small_model(tmp_path / "base")
    done = run("train", "--annotations", tmp_path / "a.jsonl", "--base", base, "-o", tmp_path / "mine")
    assert done.exit_code == 1
    assert "line 1: mark 1: the span 2-9" in done.stderr
    assert "line 2: no JSON" in done.stderr
    assert not (tmp_path / "mine").exists()
    other = run("train", "--annotations", tmp_path / "a.jsonl", "--base", tmp_path / "none", "-o", tmp_path / "mine")
    assert other.exit_code == 1
