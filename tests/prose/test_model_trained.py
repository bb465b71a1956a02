"""The backend torch over models that were trained here, and in a pipeline of spaCy."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

pytest.importorskip("torch", reason="needs the extra train")
pytest.importorskip("transformers", reason="needs the extra train")
pytest.importorskip("onnx", reason="needs the extra train")
spacy = pytest.importorskip("spacy", reason="needs the extra train")

from govnlp import spacy_pipe  # noqa: E402, F401 - registers the component
from govnlp.model_files import Backend, model_path  # noqa: E402
from govnlp.prose.model import ModelTagger  # noqa: E402
from govnlp.prose.tagger import Passage  # noqa: E402
from govnlp.prose.windows import windows  # noqa: E402
from tests.training.test_examples import _passages  # noqa: E402
from tests.training.test_model import folder as folder  # noqa: E402 - a fixture


def test_what_was_just_exported(folder: Path):
    (passage,) = _passages()
    shown = Passage(passage.text, section="applications", year=2016)
    taggers = [ModelTagger(folder, "onnxruntime"), ModelTagger(folder, "torch")]
    mentions = taggers[0].mentions(passage.text)
    one, other = (tagger.tag(shown, mentions) for tagger in taggers)
    assert [tag[:4] for tag in one] == [tag[:4] for tag in other]
    assert np.allclose([tag.confidence for tag in one], [tag.confidence for tag in other], atol=0.05)
    (window,) = windows(shown, mentions)
    for read, wanted in zip(taggers[1].read(window), taggers[0].read(window), strict=True):
        assert np.allclose(read, wanted, atol=0.2)


def test_a_pipeline_may_run_its_model_in_torch(monkeypatch: pytest.MonkeyPatch):
    folder = model_path()
    loaded: list[tuple[Path, str]] = []

    def load(folder: Path, backend: Backend) -> ModelTagger:
        loaded.append((folder, backend))
        return ModelTagger(folder, backend)

    monkeypatch.setattr("govnlp.prose.model.load", load)
    from govnlp.pipeline import _tagger

    _tagger.cache_clear()
    nlp = spacy.load(folder, config={"components.govnlp_figures.backend": "torch"})
    doc = nlp("2016年共收到政府信息公开申请１２件,另有五户人家来电问起此事。")
    _tagger.cache_clear()
    assert set(loaded) == {(folder, "torch")}
    assert "applications.new.total" in {span.label_ for span in doc.spans["figures"]}
