"""`--backend`: what runs the model reaches the library from every command that reads with one."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

from govnlp.cli import app
from govnlp.prose.rules import RuleTagger
from govnlp.schema.report import Report
from tests.cli.making import SOUND, sound


@pytest.fixture
def asked(monkeypatch: pytest.MonkeyPatch) -> list[tuple[str, str]]:
    seen: list[tuple[str, str]] = []

    def fake(model: str, backend: str) -> RuleTagger:
        seen.append((model, backend))
        return RuleTagger()

    monkeypatch.setattr("govnlp.pipeline.load_model", fake)
    return seen


def _commands(folder: Path) -> dict[str, list[str]]:
    source = folder / "a.txt"
    source.write_text(SOUND, "utf-8")
    gold = folder / "gold.jsonl"
    gold.write_text(
        json.dumps({"text": "本年收到申请3件。", "section": "applications", "year": 2016, "marks": []}), "utf-8"
    )
    out = str(folder / "out")
    return {
        "extract": ["extract", str(source)],
        "check": ["check", str(source)],
        "view": ["view", str(source), "-o", out],
        "evaluate": ["evaluate", str(gold)],
        "annotate": ["annotate", "export", str(source), "--to", "jsonl", "-o", out],
    }


@pytest.mark.parametrize("command", ["extract", "check", "view", "evaluate", "annotate"])
def test_another_backend_is_loaded(asked: list[tuple[str, str]], tmp_path: Path, command: str):
    done = CliRunner().invoke(app, [*_commands(tmp_path)[command], "--model", "mine", "--backend", "torch"])
    assert done.exit_code in (0, 1), done.output
    assert set(asked) == {("mine", "torch")}


@pytest.mark.parametrize("options", [("--model", "none", "--backend", "torch"), ("--model", "none")])
def test_without_a_model_none_is_loaded(asked: list[tuple[str, str]], tmp_path: Path, options: tuple[str, ...]):
    assert CliRunner().invoke(app, [*_commands(tmp_path)["extract"], *options]).exit_code == 0
    assert asked == []


def test_the_usual_backend_is_left_to_the_library(monkeypatch: pytest.MonkeyPatch, tmp_path: Path):
    seen: list[object] = []

    def fake(_source: object, *, model: object, limits: object, fetch: bool) -> Report:
        seen.append(model)
        return sound()

    monkeypatch.setattr("govnlp.pipeline.extract", fake)
    CliRunner().invoke(app, [*_commands(tmp_path)["extract"], "--backend", "onnxruntime"])
    assert seen == ["zh_govnlp"]


def test_another_name_is_wrong_usage(tmp_path: Path):
    assert CliRunner().invoke(app, [*_commands(tmp_path)["extract"], "--backend", "jax"]).exit_code == 2
