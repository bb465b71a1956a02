"""Follows a page that changes the package: the files that it shows and the changes, made in a copy."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from tests.docs.pages import ROOT, snippets


class Change(NamedTuple):
    """One place of a file: the lines that stand there, and those that come instead."""

    path: str
    before: str
    after: str


def changes(diff: str) -> Iterator[Change]:
    """The changes of a block: `--- path`, then lines to keep, take away and add; `@@` stands between two places.

    >>> list(changes("--- a.py\\n x\\n+y\\n"))
    [Change(path='a.py', before='x\\n', after='x\\ny\\n')]
    """
    head, _, rest = diff.partition("\n")
    for place in rest.split("@@\n"):
        lines = place.splitlines(keepends=True)
        before = "".join(line[1:] for line in lines if line[0] != "+")
        yield Change(head.removeprefix("--- "), before, "".join(line[1:] for line in lines if line[0] != "-"))


def followed(page: str, folder: Path) -> None:
    """Copy the package to `folder` and do there what a page of docs/ says."""
    shutil.copytree(ROOT / "govnlp", folder / "govnlp", ignore=shutil.ignore_patterns("__pycache__"))
    (folder / "models").symlink_to(ROOT / "models")
    for one in snippets("diff", "yaml", "python"):
        if one.page.name != page:
            continue
        if one.language != "diff":
            path = folder / one.text.partition("\n")[0].removeprefix("# ")
            assert not path.exists(), f"{one.name}: {path.name} is there already"
            path.write_text(one.text, "utf-8")
            continue
        for change in changes(one.text):
            path = folder / change.path
            text = path.read_text("utf-8")
            assert text.count(change.before) == 1, f"{one.name}: {change.before!r} is not once in {change.path}"
            path.write_text(text.replace(change.before, change.after), "utf-8")


def tried(page: str, folder: Path) -> str:
    """What is wrong with the sessions of a page, run on the package in `folder`; empty where nothing is."""
    session = folder / "session.txt"
    session.write_text("\n".join(one.text for one in snippets("pycon") if one.page.name == page), "utf-8")
    environment = {**os.environ, "PYTHONPATH": str(folder), "PYTHONUTF8": "1"}
    command = [sys.executable, "-m", "doctest", session.name]
    done = subprocess.run(command, cwd=folder, env=environment, capture_output=True, text=True, encoding="utf-8")
    return done.stdout + done.stderr
