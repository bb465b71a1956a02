"""`govnlp annotate`, from a folder to annotations."""

from __future__ import annotations

from pathlib import Path
from xml.etree import ElementTree

import pytest
from typer.testing import CliRunner, Result

from govnlp.cli import app
from govnlp.prose.annotations import read_annotations

ROOT = Path(__file__).parents[2]
SAMPLES = ROOT / "corpora" / "samples"
SOURCES = [SAMPLES / name for name in ("bureau-2020.html", "city-2010.txt", "county-2021.html", "city-2016.html")]


def run(*arguments: object) -> Result:
    return CliRunner().invoke(app, ["annotate", *map(str, arguments)])


@pytest.mark.parametrize("form", ["label-studio", "doccano", "spacy", "jsonl"])
def test_there_and_back(form: str, tmp_path: Path):
    done = run("export", *SOURCES, "--to", form, "-o", tmp_path / "tasks")
    assert done.exit_code == 0, done.stderr
    assert "of 4 documents" in done.stderr
    extra = ["--unreviewed"] if form == "label-studio" else []
    done = run("import", tmp_path / "tasks", "--from", form, "-o", tmp_path / "annotations.jsonl", *extra)
    assert done.exit_code == 0, done.stderr
    made = read_annotations(tmp_path / "annotations.jsonl")
    assert len(made) > 12
    assert sum(len(one.marks) for one in made) > 50


def test_a_selection(tmp_path: Path):
    for way in ("uncertain", "random"):
        assert run("export", *SOURCES, "--to", "jsonl", "-o", tmp_path / way, "--select", way, 5).exit_code == 0
        assert len(read_annotations(tmp_path / way)) == 5


def test_disagreement_asks_the_model_that_ships(tmp_path: Path):
    pytest.importorskip("onnxruntime")
    done = run("export", *SOURCES, "--to", "jsonl", "-o", tmp_path / "a", "--select", "disagreement", 3)
    assert done.exit_code == 0, done.stderr


def test_a_document_that_cannot_be_read_does_not_stop_the_others(tmp_path: Path):
    source = SAMPLES / "city-2010.txt"
    done = run("export", tmp_path / "none.html", source, "--to", "jsonl", "-o", tmp_path / "a")
    assert done.exit_code == 1
    assert "none.html does not exist" in done.stderr
    assert read_annotations(tmp_path / "a")


def test_the_interface(tmp_path: Path):
    assert ElementTree.fromstring(run("config").stdout).tag == "View"
    assert run("config", "-o", tmp_path / "view.xml").exit_code == 0
    assert ElementTree.parse(tmp_path / "view.xml").getroot().tag == "View"


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        (("export", SAMPLES, "--to", "jsonl"), 2), (("export", SAMPLES, "--to", "xml", "-o", "x"), 2),
        (("export", SAMPLES, "--to", "jsonl", "-o", "x", "--select", "best", "3"), 2),
        (("export", SAMPLES, "--to", "jsonl", "-o", "x", "--select", "random", "0"), 2),
        (("export", SAMPLES, "--to", "jsonl", "-o", "x", "--model", "no_such_model"), 1),
        (("import", "none.json", "--from", "doccano", "-o", "x"), 1), (("import", "none.json"), 2), ((), 2),
    ],
)  # fmt: skip
def test_wrong_usage(arguments: tuple[object, ...], code: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.chdir(tmp_path)
    assert run(*arguments).exit_code == code
    assert list(tmp_path.iterdir()) == []
