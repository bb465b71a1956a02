"""The notebooks run, and give what they show."""

from __future__ import annotations

import json
from importlib import import_module
from pathlib import Path

import pytest

from govnlp.errors import GovnlpError
from govnlp.model_files import model_path
from tests.docs.notebooks import run

NOTEBOOKS = sorted((Path(__file__).resolve().parents[2] / "docs").glob("*.ipynb"))


def text_of(lines: str | list[str]) -> str:
    return lines if isinstance(lines, str) else "".join(lines)


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.name)
def test_a_notebook_gives_what_it_shows(path: Path, repository: Path, monkeypatch: pytest.MonkeyPatch):
    pytest.importorskip("spacy")
    # An installed govnlp announces its component to spaCy; a checkout that is not installed does so here.
    import_module("govnlp.spacy_pipe")
    try:
        assert (model_path() / "encoder.onnx").is_file()
    except GovnlpError:
        pytest.skip("the trained model is not here")
    monkeypatch.chdir(repository)
    names: dict[str, object] = {}
    cells = [one for one in json.loads(path.read_text("utf-8"))["cells"] if one["cell_type"] == "code"]
    assert len(cells) >= 4
    for cell in cells:
        found = run(text_of(cell["source"]), names)
        shown = {one["output_type"]: one for one in cell["outputs"]}
        assert found.printed == text_of(shown.get("stream", {}).get("text", ""))
        value = shown.get("execute_result", {}).get("data", {}).get("text/plain")
        assert found.value == (None if value is None else text_of(value))


def test_there_is_a_notebook():
    assert [path.name for path in NOTEBOOKS] == ["spacy.ipynb"]
