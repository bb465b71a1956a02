"""Writes what ships: `python -m training.export` makes `encoder.onnx` (int8), the tokenizer, the linear model, the card.

Weights of layers are signed bytes per channel with a reduced range (no overflow on processors without VNNI); rows of words
are signed bytes with a scale for each row.
"""

from __future__ import annotations

import logging
import tempfile
import warnings
from pathlib import Path

import numpy as np
import onnxruntime
import torch
from numpy.typing import NDArray
from onnxruntime.quantization import QuantType, quantize_dynamic
from onnxruntime.quantization.shape_inference import quant_pre_process
from torch import Tensor, nn

from training.network import Batch, Network

Floats = NDArray[np.float32]
OUTPUTS = ("markers", "sections")
# The deepest difference of a chance that eight bits may cost on the examples of the parity test.
PARITY = 0.15


class Shipped(nn.Module):
    """The network with its rows of words in bytes, and one linear layer for all heads."""

    def __init__(self, network: Network) -> None:
        super().__init__()
        rows = torch.cat([network.words, network.markers.detach()]).float()
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
        hidden = self.encoder(inputs_embeds=vectors, attention_mask=_open(mask)).last_hidden_state
        return self.heads(hidden[rows, columns]), self.sections(hidden[:, 0])


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
    shown = (torch.ones(2, 12, dtype=torch.long), torch.ones(2, 12, dtype=torch.long), torch.tensor([0, 1, 1]), torch.tensor([1, 2, 3]))
    axes = {"ids": {0: "windows", 1: "tokens"}, "mask": {0: "windows", 1: "tokens"}, "rows": {0: "marks"}, "columns": {0: "marks"}}
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
            str(ready), str(path), per_channel=True, reduce_range=True, weight_type=QuantType.QInt8, op_types_to_quantize=["MatMul", "Gemm"]
        )


def session(path: Path) -> onnxruntime.InferenceSession:
    """A session of one thread, as the library runs it."""
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = options.inter_op_num_threads = 1
    return onnxruntime.InferenceSession(str(path), options, providers=["CPUExecutionProvider"])


def answered(running: onnxruntime.InferenceSession, values: Batch) -> tuple[Floats, Floats]:
    """The scores of markers and sections that the written file gives."""
    feeds = {name: one.numpy() for name, one in vars(values).items()}
    markers, sections = running.run(list(OUTPUTS), feeds)
    return markers, sections
