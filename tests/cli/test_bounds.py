"""The options that bound what is read: they reach the library from every command that has them."""

from __future__ import annotations

from pathlib import Path

import pytest
from typer.testing import CliRunner

from govnlp import Limits
from govnlp.cli import app
from govnlp.schema.report import Report
from tests.cli.making import SOUND, sound


@pytest.mark.parametrize("command", ["extract", "check"])
@pytest.mark.parametrize(
    ("options", "limits", "fetch", "model"),
    [
        ((), Limits(), False, "zh_govnlp"),
        (("--fetch",), Limits(), True, "zh_govnlp"),
        (("--max-mb", "2", "--max-pages", "7"), Limits(bytes=2 * 1024 * 1024, pages=7), False, "zh_govnlp"),
        (("--max-mb", "512"), Limits(bytes=512 * 1024 * 1024, unpacked=512 * 1024 * 1024), False, "zh_govnlp"),
        (("--max-seconds", "1.5", "--model", "mine"), Limits(seconds=1.5), False, "mine"),
        (("--model", "none"), Limits(), False, None),
    ],
)
def test_options_reach_the_library(monkeypatch, tmp_path: Path, command, options, limits, fetch, model):
    seen: list[tuple[Limits, bool, str | None]] = []

    def fake(_source: object, *, limits: Limits, fetch: bool, model: str | None) -> Report:
        seen.append((limits, fetch, model))
        return sound()

    monkeypatch.setattr("govnlp.pipeline.extract", fake)
    (tmp_path / "a.txt").touch()
    assert CliRunner().invoke(app, [command, str(tmp_path / "a.txt"), *options]).exit_code == 0
    assert seen == [(limits, fetch, model)]


@pytest.mark.parametrize(
    "options", [("--max-mb", "0"), ("--max-pages", "-1"), ("--max-seconds", "0"), ("--max-mb", "x")]
)
def test_a_limit_that_lets_nothing_through_is_wrong_usage(tmp_path: Path, options):
    (tmp_path / "a.txt").write_text(SOUND, "utf-8")
    assert CliRunner().invoke(app, ["extract", str(tmp_path / "a.txt"), *options]).exit_code == 2


def test_a_file_over_the_limit_is_told(tmp_path: Path):
    (tmp_path / "a.txt").write_text(SOUND + " " * 2_000_000, "utf-8")
    done = CliRunner().invoke(app, ["extract", str(tmp_path / "a.txt"), "--max-mb", "1", "--format", "json"])
    assert (done.exit_code, Report.from_json(done.stdout).issues[0].code) == (1, "source_too_large")
