"""The tagger of a model folder, over a tiny model that learnt one passage by heart."""

import json
from dataclasses import asdict

import pytest

pytest.importorskip("torch", reason="needs the extra train")
pytest.importorskip("transformers", reason="needs the extra train")
pytest.importorskip("onnx", reason="needs the extra train")

from govnlp.errors import SourceError
from govnlp.prose.mentions import mentions
from govnlp.prose.model import ModelTagger, load
from govnlp.prose.tagger import Passage
from tests.training.test_examples import _passages
from tests.training.test_network import PIECES, _network
from training.batches import encoded
from training.encoder import tokenizer
from training.evaluate import facts, there
from training.examples import examples, labels_of
from training.export import exported
from training.linear import Rates, saved, trained
from training.train import Settings, fit

MIXTURE = {"encoder": 1.0, "linear": 1.0, "alone": 1.0, "sure": 1.01, "signs": 1.0, "floor": 0.05}


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    from govnlp.prose.windows import TOKENS

    made = tmp_path_factory.mktemp("model")
    cutter = tokenizer(PIECES, [0.0] * 4 + [-3.0] * (len(PIECES) - 4), TOKENS)
    found = examples(_passages() * 8)
    labels, network = labels_of(found), _network(found, cutter)
    chosen = Settings(epochs=25, size=4, encoder_rate=3e-3, head_rate=1e-2, hide_words=0.0)
    fit(network, lambda _: encoded(found, cutter), cutter, labels, chosen)
    exported(network, made / "encoder.onnx")
    cutter.save(str(made / "tokenizer.json"))
    saved(trained(found, labels, Rates(epochs=20, size=8)), made / "linear.safetensors")
    (made / "labels.json").write_text(json.dumps(asdict(labels)), "utf-8")
    (made / "card.json").write_text(json.dumps({"mixture": MIXTURE}), "utf-8")
    return made


def test_it_tags_what_it_learnt(folder):
    (passage,) = _passages()
    shown = Passage(passage.text, section="applications", year=2016)
    tags = ModelTagger(folder).tag(shown, mentions(passage.text))
    assert [one.indicator for one in tags] == [
        "applications.new.total", "applications.replied.total", None, "applications.carried_out.total",
    ]  # fmt: skip
    assert all(0.5 < one.confidence <= 1 for one in tags)


def test_a_sure_linear_model_spares_the_encoder(folder, monkeypatch):
    tagger = ModelTagger(folder)
    monkeypatch.setitem(tagger.mixture, "sure", 0.0)
    monkeypatch.setattr(tagger, "read", lambda _: pytest.fail("the encoder was asked"))
    text = "局里共收到申请9件"
    (tag,) = tagger.tag(Passage(text, section="applications"), mentions(text))
    assert tag.indicator == "applications.new.total"


def test_facts_are_counted_with_the_reading_rules(folder):
    found = list(_passages())
    assert {one.indicator for one in there(found[0])} == {
        "applications.new.total", "applications.replied.total", "applications.carried_out.total",
    }  # fmt: skip
    assert facts(found, ModelTagger(folder))["all"].precision == 1.0


@pytest.mark.parametrize("text", ["", "。", "12" * 3000, "无" * 3000, "<num>件<none>", "5件," * 2000])
def test_hostile_text_is_read(folder, text):
    assert isinstance(load(folder).tag(Passage(text), mentions(text)), list)


def test_a_section_is_told(folder):
    chances = load(folder).sections("局里共收到申请9件")
    assert chances["applications"] > 0.5
    assert sum(chances.values()) == pytest.approx(1.0, abs=1e-4)


def test_a_missing_model_is_the_callers_error(tmp_path):
    with pytest.raises(SourceError, match=r"labels\.json"):
        ModelTagger(tmp_path)
