"""The encoder in torch: evaluates `encoder.onnx` operator by operator, as the ONNX standard defines each.

Needs torch and onnx (`pip install 'govnlp[train]'`). It runs on a CUDA device where there is one. Products of bytes are
exact: all their sums stay below what a float holds exactly, which is checked for each matrix when the file is read.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import NamedTuple, TypeAlias

import onnx
import torch
from torch import Tensor

from govnlp.errors import SourceError
from govnlp.prose.encoders import feeds
from govnlp.prose.weights import Floats

_OUTPUTS = ("markers", "sections")
# The types of ONNX's `Cast` that encoders hold.
_TYPES: dict[int, torch.dtype] = {
    onnx.TensorProto.FLOAT: torch.float32, onnx.TensorProto.INT64: torch.int64, onnx.TensorProto.INT32: torch.int32,
    onnx.TensorProto.BOOL: torch.bool,
}  # fmt: skip
# Sums of whole numbers below these are exact in floats of 32 bits, whatever their order.
_EXACT = 2**24
# The greatest byte.
_BYTE = 255


class Node(NamedTuple):
    """One operator: its inputs and outputs by name, its attributes; `spent` are values that no later one needs."""

    kind: str
    inputs: tuple[str, ...]
    outputs: tuple[str, ...]
    axis: int = 0
    order: tuple[int, ...] = ()
    epsilon: float = 1e-5
    type: int = onnx.TensorProto.FLOAT
    spent: tuple[str, ...] = ()


_Operator: TypeAlias = "Callable[[Node, Sequence[Tensor]], Tensor | tuple[Tensor, ...]]"


class TorchEncoder:
    """The encoder of a file; `SourceError` where it is no ONNX, or holds an operator that is not known here."""

    def __init__(self, path: Path) -> None:
        self._device = torch.device("cuda" if torch.cuda.is_available() else "cpu")
        graph = _graph(path)
        self._nodes = _with_spent([_node(one) for one in graph.node], graph)
        unknown = sorted({one.kind for one in self._nodes} - set(OPERATORS))
        if unknown:
            raise SourceError(
                f"{path.name} holds {', '.join(unknown)}, which backend='torch' does not know; use backend='onnxruntime'."
            )
        self._values = {one.name: torch.from_numpy(onnx.numpy_helper.to_array(one).copy()) for one in graph.initializer}
        _prepare(self._nodes, self._values)
        self._values = {name: self._placed(value) for name, value in self._values.items()}

    def read(self, ids: list[int], columns: list[int]) -> tuple[Floats, Floats]:
        """The scores of the tokens at `columns`, and of the window's section."""
        values = self._values | {name: torch.from_numpy(one) for name, one in feeds(ids, columns).items()}
        with torch.inference_mode():
            for node in self._nodes:
                made = OPERATORS[node.kind](node, _together([values[name] for name in node.inputs]))
                values |= zip(node.outputs, made if isinstance(made, tuple) else (made,), strict=True)
                for name in node.spent:
                    del values[name]
        markers, sections = (values[name].cpu().numpy() for name in _OUTPUTS)
        return markers, sections

    def _placed(self, value: Tensor) -> Tensor:
        """Weights lie on the device; whole numbers are shapes and places, which the processor works out."""
        return value if value.dtype == torch.int64 else value.to(self._device)


def _graph(path: Path) -> onnx.GraphProto:
    try:
        graph = onnx.load_model(str(path), load_external_data=False).graph
    except Exception as error:  # the parser of protobuf has errors of its own
        raise SourceError(f"{path.name} of the model cannot be read: {type(error).__name__}") from None
    if any(one.data_location == onnx.TensorProto.EXTERNAL for one in graph.initializer):
        raise SourceError(f"{path.name} of the model keeps its weights in other files, which are not followed.")
    return graph


def _node(one: onnx.NodeProto) -> Node:
    kind = one.op_type if one.domain in ("", "ai.onnx") else f"{one.domain}.{one.op_type}"
    told = {given.name: given for given in one.attribute}
    usual = -1 if kind in ("Softmax", "LayerNormalization") else 1 if kind == "Flatten" else 0
    return Node(
        kind, tuple(one.input), tuple(one.output),
        axis=told["axis"].i if "axis" in told else usual, order=tuple(told["perm"].ints) if "perm" in told else (),
        epsilon=told["epsilon"].f if "epsilon" in told else 1e-5, type=told["to"].i if "to" in told else 0,
    )  # fmt: skip


def _with_spent(nodes: list[Node], graph: onnx.GraphProto) -> list[Node]:
    """The nodes with what each is the last to need, so that memory is freed on the way."""
    kept = {one.name for one in graph.initializer} | set(_OUTPUTS)
    found: list[Node] = []
    for node in reversed(nodes):
        spent = tuple(dict.fromkeys(name for name in (*node.inputs, *node.outputs) if name not in kept))
        kept |= set(spent)
        found.append(node._replace(spent=spent))
    return found[::-1]


def _prepare(nodes: list[Node], values: dict[str, Tensor]) -> None:
    """Weights of bytes as floats without their zero points, as wide as it takes for exact sums."""
    for node in nodes:
        if node.kind != "MatMulInteger":
            continue
        weight = values[node.inputs[1]]
        if not weight.is_floating_point():
            plain = weight.to(torch.float64) - (values[node.inputs[3]].to(torch.float64) if len(node.inputs) > 3 else 0)
            most = float(plain.abs().sum(-2).max()) * _BYTE
            values[node.inputs[1]] = plain.to(torch.float32 if most < _EXACT else torch.float64)


def _together(inputs: list[Tensor]) -> list[Tensor]:
    """The inputs on one device: that of the weights, where one of them lies there."""
    device = next((one.device for one in inputs if one.device.type != "cpu"), None)
    return inputs if device is None else [one.to(device) for one in inputs]


def _product(node: Node, inputs: Sequence[Tensor]) -> Tensor:
    """MatMulInteger: whole numbers, kept in floats; the weights were prepared."""
    left, weight = inputs[0].to(inputs[1].dtype), inputs[1]
    zero = inputs[2].to(weight.dtype) if len(inputs) > 2 else 0.0
    return (left - zero) @ weight


def _quantised(node: Node, inputs: Sequence[Tensor]) -> tuple[Tensor, Tensor, Tensor]:
    """DynamicQuantizeLinear: bytes, their scale, the byte that stands for zero."""
    (value,) = inputs
    least, most = value.min().clamp(max=0), value.max().clamp(min=0)
    scale = (most - least) / _BYTE
    scale = torch.where(scale == 0, torch.ones_like(scale), scale)
    zero = (0 - least / scale).clamp(0, _BYTE).round()
    made = ((value / scale).round() + zero).clamp(0, _BYTE)
    return made.to(torch.uint8), scale, zero.to(torch.uint8)


def _gathered(node: Node, inputs: Sequence[Tensor]) -> Tensor:
    value, places = inputs
    found = value.index_select(node.axis, places.reshape(-1) % value.shape[node.axis])
    return found.reshape([*value.shape[: node.axis], *places.shape, *value.shape[node.axis + 1 :]])


def _reshaped(node: Node, inputs: Sequence[Tensor]) -> Tensor:
    """A size of 0 stays as it was."""
    value, sizes = inputs[0], inputs[1].tolist()
    return value.reshape([size or value.shape[place] for place, size in enumerate(sizes)])


def _sliced(node: Node, inputs: Sequence[Tensor]) -> Tensor:
    value, starts, ends, axes, steps = (*inputs, *(torch.tensor([]),) * (5 - len(inputs)))
    many = len(starts)
    for start, end, axis, step in zip(
        starts.tolist(), ends.tolist(), axes.tolist() or range(many), steps.tolist() or [1] * many, strict=True
    ):
        kept = range(*slice(start, end, step).indices(value.shape[axis]))
        value = value.index_select(axis, torch.tensor(list(kept), device=value.device))
    return value


def _widened(node: Node, inputs: Sequence[Tensor]) -> Tensor:
    """Unsqueeze: places count in the shape that comes out."""
    value = inputs[0]
    for axis in sorted(int(one) % (value.dim() + inputs[1].numel()) for one in inputs[1].reshape(-1)):
        value = value.unsqueeze(axis)
    return value


def _expanded(node: Node, inputs: Sequence[Tensor]) -> Tensor:
    """A size of 1, in the value or in what is asked for, takes the other's."""
    value, asked = inputs[0], [int(size) for size in inputs[1]]
    many = max(value.dim(), len(asked))
    here, there = ([1] * (many - len(sizes)) + sizes for sizes in (list(value.shape), asked))
    return value.expand([b if a == 1 else a for a, b in zip(here, there, strict=True)])


def _normed(node: Node, inputs: Sequence[Tensor]) -> Tensor:
    value, bias = inputs[0], inputs[2] if len(inputs) > 2 else None
    return torch.nn.functional.layer_norm(value, value.shape[node.axis :], inputs[1], bias, node.epsilon)


def _divided(node: Node, inputs: Sequence[Tensor]) -> Tensor:
    """Whole numbers are cut towards zero."""
    return torch.div(*inputs) if inputs[0].is_floating_point() else torch.div(*inputs, rounding_mode="trunc")


# What each operator of the files does.
OPERATORS: dict[str, _Operator] = {
    "Add": lambda node, given: given[0] + given[1],
    "Cast": lambda node, given: given[0].to(_TYPES[node.type]),
    "Concat": lambda node, given: torch.cat(list(given), node.axis),
    "Div": _divided,
    "DynamicQuantizeLinear": _quantised,
    "Equal": lambda node, given: given[0] == given[1],
    "Erf": lambda node, given: torch.erf(given[0]),
    "Expand": _expanded,
    "Flatten": lambda node, given: given[0].reshape(given[0].shape[: node.axis].numel(), -1),
    "Gather": _gathered,
    "GatherElements": lambda node, given: given[0].gather(node.axis, given[1] % given[0].shape[node.axis]),
    "LayerNormalization": _normed,
    "MatMul": lambda node, given: given[0] @ given[1],
    "MatMulInteger": _product,
    "Mul": lambda node, given: given[0] * given[1],
    "Reshape": _reshaped,
    "Shape": lambda node, given: torch.tensor(given[0].shape),
    "Slice": _sliced,
    "Softmax": lambda node, given: given[0].softmax(node.axis),
    "Sub": lambda node, given: given[0] - given[1],
    "Transpose": lambda node, given: given[0].permute(node.order),
    "Unsqueeze": _widened,
    "Where": lambda node, given: torch.where(given[0], given[1], given[2]),
}
