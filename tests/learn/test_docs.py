"""The worked example of docs/fine-tune.md does what the page says."""

from __future__ import annotations

import re
import shlex
from pathlib import Path

import pytest
from typer.testing import CliRunner

from govnlp.cli import app
from govnlp.errors import GovnlpError
from govnlp.model_files import model_path
from govnlp.prose.annotations import read_annotations


def page(repository: Path) -> str:
    return (repository / "docs" / "fine-tune.md").read_text("utf-8")


@pytest.fixture
def written(repository: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The annotations that the page's code writes."""
    monkeypatch.chdir(tmp_path)
    (code,) = re.findall(r"```python\n(.*?)```", page(repository), re.DOTALL)
    exec(compile(code, "fine-tune.md", "exec"), {})
    return tmp_path / "out" / "reports.jsonl"


def test_the_annotations_can_be_used(written: Path):
    assert len(read_annotations(written)) == 40


@pytest.mark.slow
def test_the_commands_of_the_page(repository: Path, written: Path):
    try:
        assert (model_path() / "encoder.onnx").is_file()
    except GovnlpError:
        pytest.skip("the trained model is not here")
    outputs = []
    for line in re.findall(r"^    \$ (.+)$", page(repository), re.MULTILINE):
        done = CliRunner().invoke(app, shlex.split(line)[1:])
        assert done.exit_code == 0, done.stderr
        outputs.append(done.stdout)
    found = re.search(r"held out .* F1 (\S+) -> (\S+)", outputs[0])
    assert found is not None
    assert float(found[1]) < 0.5 < 0.9 < float(found[2])
    assert "40 read: 40 facts in the gold" in outputs[1]
