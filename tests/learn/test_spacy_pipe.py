"""The spaCy pipeline of the model folder."""

from __future__ import annotations

import shutil
from decimal import Decimal
from pathlib import Path

import pytest

from govnlp.errors import OptionError

spacy = pytest.importorskip("spacy")
from govnlp import spacy_pipe  # noqa: E402 - registers the component

TEXT = "2016年共收到政府信息公开申请１２件,未收取费用。"


@pytest.fixture
def folder(repository: Path, tmp_path: Path) -> Path:
    """The pipeline's own files without the weights: it then reads by the rules."""
    source = repository / "models" / "zh_govnlp"
    for name in ("config.cfg", "meta.json"):
        shutil.copy(source / name, tmp_path / name)
    shutil.copytree(source / "tokenizer", tmp_path / "tokenizer")
    return tmp_path


def test_a_pipeline_from_a_folder(folder: Path):
    doc = spacy.load(folder)(TEXT)
    found = {span.label_: span for span in doc.spans["figures"]}
    one = found["applications.new.total"]
    assert (one.text, one._.value, one._.status) == ("１２", Decimal(12), "reported")
    assert (one._.period, one._.scope) == ("year", "own")
    assert 0.5 < one._.confidence <= 1
    assert found["fees.information.amount"]._.status == "stated_none"
    assert {fact.indicator for fact in doc._.govnlp} == set(found)
    assert [token.text for token in doc[:4]] == list("2016")


def test_the_shipped_model(repository: Path):
    folder = repository / "models" / "zh_govnlp"
    if not (folder / "encoder.onnx").is_file():
        pytest.skip("the trained model is not here")
    doc = spacy.load(folder)(TEXT)
    assert "applications.new.total" in {span.label_ for span in doc.spans["figures"]}


def test_an_empty_text_and_one_without_figures(folder: Path):
    nlp = spacy.load(folder)
    for text in ("", "没有数字的一段话。"):
        assert list(nlp(text).spans["figures"]) == []


def test_the_year_tells_the_period():
    nlp = spacy.blank("zh")
    nlp.add_pipe(spacy_pipe.NAME, config={"year": 2017})
    doc = nlp("2016年共收到政府信息公开申请12件。")
    assert doc.spans["figures"][0]._.period == "previous"


def test_the_pipeline_survives_its_own_disk(tmp_path: Path):
    nlp = spacy.blank("zh")
    nlp.add_pipe(spacy_pipe.NAME, config={"section": "applications"})
    nlp.to_disk(tmp_path / "mine")
    assert spacy.load(tmp_path / "mine")(TEXT).spans["figures"]


def test_a_wrong_section():
    with pytest.raises(OptionError, match="letters"):
        spacy.blank("zh").add_pipe(spacy_pipe.NAME, config={"section": "letters"})
