"""The tutorial runs from top to bottom in one folder, and gives what it shows."""

from __future__ import annotations

import doctest
import re
import shlex
from pathlib import Path

import pytest
from typer.testing import CliRunner

from govnlp.cli import app
from tests.docs.pages import ORDERED, ROOT, Snippet, snippets

FIGURES = re.compile(r"[\d,]+ (?=figures)")
"""How many figures there are grows with what is read in prose, and the page shows one day's number."""


@pytest.mark.parametrize("page", sorted(ORDERED))
def test_a_page_runs_from_top_to_bottom(page: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    pytest.importorskip("matplotlib")
    (tmp_path / "corpora").symlink_to(ROOT / "corpora")
    monkeypatch.chdir(tmp_path)
    names: dict[str, object] = {}
    blocks = sorted(
        (one for one in snippets("console", "pycon", "python") if one.page.name == page), key=lambda one: one.line
    )
    assert len(blocks) >= 8
    for one in blocks:
        {"console": _command, "pycon": _session, "python": _program}[one.language](one, names)
    for name in ("county.html", "tutorial-plots/panel.html", "tutorial-plots/coverage.png", "applications.png"):
        assert (tmp_path / name).stat().st_size > 1000


def _command(one: Snippet, _names: dict[str, object]) -> None:
    command, *shown = one.text.splitlines()
    done = CliRunner().invoke(app, shlex.split(command.removeprefix("$ govnlp ")))
    assert done.exit_code == 0, done.output
    shown = shown[: shown.index("...")] if "..." in shown else shown
    printed = done.stdout.splitlines()[: len(shown)]
    assert [FIGURES.sub("", line) for line in printed] == [FIGURES.sub("", line) for line in shown], one.name


def _session(one: Snippet, names: dict[str, object]) -> None:
    test = doctest.DocTestParser().get_doctest(one.text, {}, one.name, str(one.page), one.line - 1)
    test.globs = names
    told: list[str] = []
    runner = doctest.DocTestRunner(verbose=False)
    runner.run(test, out=told.append, clear_globs=False)
    assert not told, "".join(told)


def _program(one: Snippet, names: dict[str, object]) -> None:
    exec(compile(one.text, one.name, "exec"), names)
