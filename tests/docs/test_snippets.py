"""Every snippet of the README and of the documentation runs, and gives what the page shows."""

from __future__ import annotations

import doctest
import os
import re
import shlex
import subprocess
import sys
from functools import cache
from itertools import groupby
from pathlib import Path

import pandas as pd
import pytest
import yaml
from typer.testing import CliRunner

from govnlp.cli import app
from govnlp.panel.resolve import read_aliases
from tests.docs.pages import CHANGING, GENERATED, ORDERED, PAGES, ROOT, Snippet
from tests.docs.pages import snippets as all_snippets

LANGUAGES = {"pycon", "python", "console", "yaml", "csv"}
COUNT = re.compile(r"\d+(?= checks)")
"""How many checks could be tried: it grows with what is read in prose, and the pages show one day's number."""
REDIRECTED = re.compile(r" [<>|]")
SETTING_UP = ("make ", "python -m pip ")


def snippets(*languages: str) -> list[Snippet]:
    """The blocks of the pages that no other test runs."""
    elsewhere = CHANGING | GENERATED | ORDERED
    return [one for one in all_snippets(*languages) if one.page.name not in elsewhere]


PYCON = [list(group) for _, group in groupby(snippets("pycon"), key=lambda one: one.page)]


def test_every_snippet_is_of_a_language_that_is_tested():
    # The worked example of fine-tune.md runs in tests/learn.
    for page in PAGES:
        allowed = LANGUAGES | {"diff"} if page.name in CHANGING else LANGUAGES
        blocks = page.read_text("utf-8").count("\n```") // 2
        assert page.name == "fine-tune.md" or blocks == sum(one.page == page for one in all_snippets(*allowed)), (
            page.name
        )


@pytest.mark.parametrize("blocks", PYCON, ids=lambda blocks: blocks[0].page.name)
def test_sessions_give_what_the_page_shows(blocks: list[Snippet], monkeypatch):
    monkeypatch.chdir(ROOT)
    names: dict[str, object] = {}
    for one in blocks:
        test = doctest.DocTestParser().get_doctest(one.text, {}, one.name, str(one.page), one.line - 1)
        test.globs = names
        told: list[str] = []
        runner = doctest.DocTestRunner(verbose=False)
        runner.run(test, out=told.append, clear_globs=False)
        assert runner.summarize(verbose=False).failed == 0, "".join(told)


@pytest.mark.parametrize("one", snippets("python"), ids=lambda one: one.name)
def test_programs_run(one: Snippet, folder: Path, monkeypatch):
    monkeypatch.chdir(folder)
    names: dict[str, object] = {}
    exec(compile(one.text, one.name, "exec"), names)
    panel = names.get("panel")
    if isinstance(panel, pd.DataFrame):
        assert len(panel) == 4
        assert panel["applications.new.total"].notna().all()


def _commands(one: Snippet) -> list[tuple[str, list[str]]]:
    """The commands of a block, each with the lines that the page shows below it."""
    found: list[tuple[str, list[str]]] = []
    for line in one.text.splitlines():
        if line.startswith("$ "):
            found.append((line[2:], []))
        else:
            found[-1][1].append(line)
    return found


CONSOLE = [
    pytest.param(command, shown, id=f"{one.page.name}:{command}")
    for one in snippets("console")
    for command, shown in _commands(one)
]


@pytest.mark.parametrize(("command", "shown"), CONSOLE)
def test_commands_give_what_the_page_shows(command: str, shown: list[str], folder: Path, monkeypatch):
    if command.startswith(SETTING_UP):
        assert shown == []
        _assert_is_there(command)
        return
    assert command.startswith("govnlp ")
    monkeypatch.chdir(folder)
    printed = _in_a_shell(command) if REDIRECTED.search(command) else _here(command)
    until = shown.index("...") if "..." in shown else len(printed)
    assert [COUNT.sub("", line) for line in printed[:until]] == [COUNT.sub("", line) for line in shown[:until]]
    assert _written(command, folder)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder to run commands in, which holds the reports that the pages speak of."""
    made = tmp_path_factory.mktemp("docs")
    (made / "tests").symlink_to(ROOT / "tests")
    (made / "corpora/samples").mkdir(parents=True)
    for path in (ROOT / "corpora/samples").iterdir():
        if path.is_file():  # the folders hold the same report in other formats, scans among them, which take long
            (made / "corpora/samples" / path.name).symlink_to(path)
    return made


def _here(command: str) -> list[str]:
    """What a command prints, run in this process."""
    done = CliRunner().invoke(app, shlex.split(command)[1:])
    assert done.exit_code in (0, 1), done.stderr
    assert done.exception is None or isinstance(done.exception, SystemExit)
    return [] if " -o " in command else done.stdout.splitlines()


@cache
def _in_a_shell(command: str) -> list[str]:
    """What a command prints that redirects its input or output, run once."""
    line = f"{shlex.quote(sys.executable)} -m {command}"
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "PYTHONUTF8": "1"}
    done = subprocess.run(line, shell=True, capture_output=True, text=True, encoding="utf-8", env=environment)
    assert done.returncode in (0, 1), done.stderr
    assert "Error" not in done.stderr
    return done.stdout.splitlines()


def _assert_is_there(command: str) -> None:
    """The target of the Makefile or the extra that a command of setting up names."""
    if command.startswith("make "):
        target = command.removeprefix("make ")
        assert f"\n{target}:" in (ROOT / "Makefile").read_text("utf-8")
    extra = command.partition("[")[2].partition("]")[0]
    assert not extra or f"\n{extra} = " in (ROOT / "pyproject.toml").read_text("utf-8")


def _written(command: str, folder: Path) -> bool:
    """Whether the file or the folder that a command writes is there and holds something."""
    words = shlex.split(command)
    target = next((words[at + 1] for at, word in enumerate(words) if word in (">", "-o")), None)
    if target is None:
        return True
    path = folder / target
    return any(path.iterdir()) if path.is_dir() else path.stat().st_size > 0


@pytest.mark.parametrize("one", snippets("yaml"), ids=lambda one: one.name)
def test_data_stands_in_the_forms_as_shown(one: Snippet):
    """The shown rows are rows of the matrix; of their wordings the page may leave some out."""
    matrix = yaml.safe_load((ROOT / "govnlp/schema/forms/matrix.yaml").read_text("utf-8"))
    rows = {row["key"]: row for row in matrix["rows"]}
    for shown in yaml.safe_load(one.text):
        row = rows[shown["key"]]
        assert set(shown["labels"]) <= set(row["labels"])
        assert {**shown, "labels": None} == {**row, "labels": None}


@pytest.mark.parametrize("one", snippets("csv"), ids=lambda one: one.name)
def test_a_table_of_names_is_read_as_shown(one: Snippet, tmp_path: Path):
    path = tmp_path / "names.csv"
    path.write_text(one.text, "utf-8")
    assert len(read_aliases(path)) == len(one.text.splitlines()) - 1
