"""Where models lie, in a checkout and in an installed wheel."""

from __future__ import annotations

import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from govnlp import model_files
from govnlp.errors import MissingModelError, SourceError
from govnlp.model_files import model_path


def make(folder: Path) -> Path:
    folder.mkdir(parents=True)
    (folder / "labels.json").write_text("{}")
    return folder


def test_a_folder_of_ones_own(tmp_path: Path):
    mine = make(tmp_path / "mine")
    assert model_path(mine) == mine
    assert model_path(str(mine)) == mine


def test_a_name_is_looked_up_beside_the_code_first(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(model_files, "_PACKAGE", tmp_path / "govnlp")
    checkout = make(tmp_path / "models" / "zh_govnlp")
    assert model_path() == checkout
    installed = make(tmp_path / "govnlp" / "models" / "zh_govnlp")
    assert model_path() == installed


@pytest.mark.parametrize("name", ["no_such", "deep/no_such", "file", "empty", "zh_govnlp"])
def test_what_is_no_model(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str):
    monkeypatch.setattr(model_files, "_PACKAGE", tmp_path / "govnlp")
    monkeypatch.chdir(tmp_path)
    (tmp_path / "file").touch()
    (tmp_path / "empty").mkdir()
    with pytest.raises(MissingModelError) as caught:
        model_path(name)
    assert isinstance(caught.value, SourceError)
    assert "govnlp" in str(caught.value)


_SCRIPT = """
import importlib.metadata, sys
import govnlp
from govnlp.model_files import model_path
report = govnlp.extract(text="某县2016年政府信息公开工作年度报告\\n二、依申请公开情况\\n2016年共收到政府信息公开申请3件。")
assert report.value("applications.new.total") == 3
assert model_path().is_dir() and "site-packages" in str(model_path()), model_path()
assert "spacy" not in sys.modules and "torch" not in sys.modules
names = {point.name for point in importlib.metadata.entry_points(group="spacy_factories")}
assert "govnlp_figures" in names
"""


@pytest.mark.slow
def test_the_wheel_holds_all_data_and_runs_in_a_fresh_environment(repository: Path, tmp_path: Path):
    if not (repository / "models" / "zh_govnlp" / "labels.json").is_file():
        pytest.skip("the trained model is not here")
    run = [sys.executable, "-m", "pip", "wheel", "--quiet", "--no-deps", "-w", str(tmp_path), str(repository)]
    subprocess.run(run, check=True, timeout=600)
    (wheel,) = tmp_path.glob("*.whl")
    held = set(zipfile.ZipFile(wheel).namelist())
    package = repository / "govnlp"
    data = {
        str(path.relative_to(repository)) for path in package.rglob("*")
        if path.is_file() and path.suffix not in (".pyc",) and "__pycache__" not in path.parts
    }  # fmt: skip
    model = repository / "models" / "zh_govnlp"
    data |= {f"govnlp/models/zh_govnlp/{path.relative_to(model)}" for path in model.rglob("*") if path.is_file()}
    assert data - held == set()
    assert not {name for name in held if name.startswith(("tests/", "training/", "corpora/"))}
    subprocess.run([sys.executable, "-m", "venv", str(tmp_path / "venv")], check=True, timeout=300)
    python = next(path for path in (tmp_path / "venv").glob("*/python*") if path.is_file())
    subprocess.run([str(python), "-m", "pip", "install", "--quiet", str(wheel)], check=True, timeout=900)
    subprocess.run([str(python), "-c", _SCRIPT], check=True, cwd=tmp_path, timeout=120)
