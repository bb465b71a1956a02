"""The network learns, its state is resumed, and what is exported answers as what was trained."""

import numpy as np
import pytest

torch = pytest.importorskip("torch", reason="needs the extra train")
transformers = pytest.importorskip("transformers", reason="needs the extra train")
pytest.importorskip("onnx", reason="needs the extra train")
pytest.importorskip("onnxruntime", reason="needs the extra train")

from govnlp.prose.encoders import session  # noqa: E402
from govnlp.prose.windows import TOKENS  # noqa: E402
from tests.training.test_examples import _passages  # noqa: E402
from training.batches import batch, encoded  # noqa: E402
from training.encoder import tokenizer  # noqa: E402
from training.examples import examples, labels_of  # noqa: E402
from training.export import answered, exported  # noqa: E402
from training.network import Network  # noqa: E402
from training.scores import accuracy, bounds  # noqa: E402
from training.train import Settings, fit, score  # noqa: E402

PIECES = ["<pad>", "<s>", "</s>", "<unk>", "▁", *sorted(set("局里共收到申请件作了答复审阅材料份结转均没有,。"))]


@pytest.fixture
def cutter():
    return tokenizer(PIECES, [0.0] * 4 + [-3.0] * (len(PIECES) - 4), TOKENS)


@pytest.fixture
def found():
    return examples(_passages() * 8)


def _network(found, cutter):
    torch.manual_seed(1)
    shape = transformers.BertConfig(
        vocab_size=len(PIECES), hidden_size=32, num_hidden_layers=1, num_attention_heads=2, intermediate_size=64,
        max_position_embeddings=512,
    )  # fmt: skip
    encoder = transformers.BertModel(shape, add_pooling_layer=False)
    return Network(encoder, cutter.get_vocab_size(), labels_of(found))


def test_it_learns_a_passage_by_heart(found, cutter):
    labels, network = labels_of(found), _network(found, cutter)
    cut = encoded(found, cutter)
    fit(
        network,
        lambda _: cut,
        cutter,
        labels,
        Settings(epochs=25, size=4, encoder_rate=3e-3, head_rate=1e-2, hide_words=0.0),
    )
    right = accuracy(score(network, cut, cutter, labels), found, labels)
    assert right["figures"] == 1.0
    assert right["signs"] == 1.0


def test_a_stopped_run_goes_on(found, cutter, tmp_path, capsys):
    labels, cut = labels_of(found), encoded(found, cutter)
    fit(_network(found, cutter), lambda _: cut, cutter, labels, Settings(epochs=1, size=4), tmp_path / "state.pt")
    capsys.readouterr()
    fit(_network(found, cutter), lambda _: cut, cutter, labels, Settings(epochs=2, size=4), tmp_path / "state.pt")
    assert capsys.readouterr().out.count("epoch") == 1


def test_what_is_exported_answers_as_what_was_trained(found, cutter, tmp_path):
    labels, network = labels_of(found), _network(found, cutter).eval()
    exported(network, tmp_path / "encoder.onnx")
    values = batch(encoded(found, cutter), cutter)
    with torch.no_grad():
        markers, sections = network(values)
    ours, also = answered(session(tmp_path / "encoder.onnx"), values)
    assert ours.shape == markers.shape
    assert bounds(labels)[-1] < ours.shape[1]
    assert np.abs(ours - markers.numpy()).max() < 0.1
    assert np.abs(also - sections.numpy()).max() < 0.1
