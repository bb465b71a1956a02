"""The encoder in torch beside onnxruntime: each operator, whole windows, whole reports."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.typing import NDArray

torch = pytest.importorskip("torch", reason="needs the extra train")
onnx = pytest.importorskip("onnx", reason="needs the extra train")
import onnxruntime  # noqa: E402
from onnx import TensorProto, helper, numpy_helper  # noqa: E402

from govnlp import extract  # noqa: E402
from govnlp.errors import MissingExtraError, OptionError, SourceError  # noqa: E402
from govnlp.model_files import model_path  # noqa: E402
from govnlp.pipeline import load_model  # noqa: E402
from govnlp.prose.annotations import read_annotations  # noqa: E402
from govnlp.prose.encoders import encoder_of  # noqa: E402
from govnlp.prose.model import ModelTagger, _soft  # noqa: E402
from govnlp.prose.torch_encoder import OPERATORS, TorchEncoder, _node, _prepare  # noqa: E402
from govnlp.prose.windows import windows  # noqa: E402

Array = NDArray[np.generic]
FLOATS = np.random.default_rng(5).normal(size=(2, 3, 4)).astype(np.float32)
INTS = np.arange(24).reshape(2, 3, 4)
# For each operator some inputs, and its attributes.
SHOWN: dict[str, list[tuple[list[Array], dict[str, Any]]]] = {
    "Add": [([FLOATS, FLOATS[0]], {})],
    "Cast": [([INTS], {"to": TensorProto.FLOAT}), ([FLOATS], {"to": TensorProto.INT64})],
    "Concat": [([FLOATS, FLOATS], {"axis": -1}), ([INTS, INTS], {"axis": 0})],
    "Div": [([FLOATS, FLOATS + 9], {}), ([INTS - 12, np.array(5)], {})],
    "DynamicQuantizeLinear": [([FLOATS], {}), ([abs(FLOATS)], {}), ([0 * FLOATS], {})],
    "Equal": [([INTS, INTS.clip(3)], {})],
    "Erf": [([FLOATS], {})],
    "Expand": [([FLOATS[:, :1], np.array([5, 1, 3, 1])], {})],
    "Flatten": [([FLOATS], {"axis": 2}), ([FLOATS], {})],
    "Gather": [([FLOATS, np.array([[1, -1]])], {"axis": 1}), ([INTS, np.array(1)], {"axis": 2})],
    "GatherElements": [([FLOATS, np.array([[[0, -1, 1, 0]]] * 2)], {"axis": 1})],
    "LayerNormalization": [([FLOATS, FLOATS[0, 0], FLOATS[0, 1]], {"axis": -1, "epsilon": 1e-12})],
    "MatMul": [([FLOATS, FLOATS[0].T.copy()], {})],
    "MatMulInteger": [
        (
            [np.arange(6, dtype=np.uint8).reshape(2, 3) * 50, np.arange(-6, 6).reshape(3, 4).astype(np.int8) * 10, np.array(7, np.uint8)],
            {},
        )
    ],
    "Mul": [([FLOATS, FLOATS], {})],
    "Reshape": [([FLOATS, np.array([0, -1])], {})],
    "Shape": [([FLOATS], {})],
    "Slice": [
        ([FLOATS, np.array([-2]), np.array([9223372036854775807]), np.array([1])], {}),
        ([INTS, np.array([0, 2]), np.array([1, -9]), np.array([0, 1]), np.array([1, -2])], {}),
    ],
    "Softmax": [([FLOATS], {"axis": -1}), ([FLOATS], {"axis": 1})],
    "Sub": [([FLOATS, FLOATS[0, 0]], {})],
    "Transpose": [([FLOATS], {"perm": [2, 0, 1]})],
    "Unsqueeze": [([FLOATS, np.array([0, -1])], {})],
    "Where": [([FLOATS > 0, FLOATS, -FLOATS], {})],
}  # fmt: skip


def test_every_operator_is_shown():
    assert set(SHOWN) == set(OPERATORS)


@pytest.mark.parametrize("kind", SHOWN)
def test_an_operator_gives_what_onnxruntime_gives(kind: str):
    for inputs, attributes in SHOWN[kind]:
        wanted, made = _by_onnxruntime(kind, inputs, attributes), _by_torch(kind, inputs, attributes)
        for one, other in zip(wanted, made, strict=True):
            assert one.shape == other.shape
            if one.dtype.kind == "f":
                assert np.allclose(one, other, rtol=1e-5, atol=1e-6)
            else:
                assert np.array_equal(one, other)


@given(st.lists(st.floats(-1e4, 1e4, width=32), min_size=1, max_size=40))
def test_bytes_of_activations_are_those_of_onnxruntime(values: list[float]):
    inputs: list[Array] = [np.array(values, np.float32)]
    wanted, made = (run("DynamicQuantizeLinear", inputs, {}) for run in (_by_onnxruntime, _by_torch))
    for one, other in zip(wanted, made, strict=True):
        assert np.array_equal(one, other)


def test_products_of_bytes_are_exact_where_sums_are_large():
    """Sums that a float of 32 bits cannot hold are made in wider ones."""
    random = np.random.default_rng(2)
    left = random.integers(250, 256, (3, 4000)).astype(np.uint8)
    right = random.integers(120, 128, (4000, 5)).astype(np.int8)
    (made,) = _by_torch("MatMulInteger", [left, right, np.array(0, np.uint8)], {})
    assert np.array_equal(made, left.astype(np.int64) @ right.astype(np.int64))


def _by_onnxruntime(kind: str, inputs: list[Array], attributes: dict[str, Any]) -> list[Array]:
    names = [f"in{place}" for place in range(len(inputs))]
    outputs = [f"out{place}" for place in range(3 if kind == "DynamicQuantizeLinear" else 1)]
    values = [
        helper.make_tensor_value_info(name, helper.np_dtype_to_tensor_dtype(one.dtype), one.shape)
        for name, one in zip(names, inputs, strict=True)
    ]
    node = helper.make_node(kind, names, outputs, **attributes)
    graph = helper.make_graph([node], "one", values, [onnx.ValueInfoProto(name=name) for name in outputs])
    model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", 17)], ir_version=8)
    session = onnxruntime.InferenceSession(model.SerializeToString(), providers=["CPUExecutionProvider"])
    found: list[Array] = session.run(None, dict(zip(names, inputs, strict=True)))
    return found


def _by_torch(kind: str, inputs: list[Array], attributes: dict[str, Any]) -> list[Array]:
    names = [f"in{place}" for place in range(len(inputs))]
    node = _node(helper.make_node(kind, names, ["out"], **attributes))
    values = {name: torch.from_numpy(one) for name, one in zip(names, map(np.asarray, inputs), strict=True)}
    _prepare([node], values)
    made = OPERATORS[kind](node, [values[name] for name in names])
    return [one.numpy() for one in (made if isinstance(made, tuple) else (made,))]


@pytest.fixture(scope="module")
def folder() -> Path:
    try:
        return model_path()
    except SourceError:
        pytest.skip("the trained model is not here")


def test_windows_are_judged_alike(folder: Path):
    """Sums of floats differ in their last digit; where that moves a byte of the encoder, chances move a little."""
    taggers = [ModelTagger(folder, backend) for backend in ("onnxruntime", "torch")]
    moved, equal, count = [], 0, 0
    for one in read_annotations(folder / "check.jsonl"):
        passage = one.as_passage()
        for window in windows(passage, taggers[0].mentions(passage.text)):
            (read, section), (other, other_section) = (tagger.read(window) for tagger in taggers)
            assert read.shape == other.shape
            assert section.argmax() == other_section.argmax()
            figures = slice(0, taggers[0]._bounds[0])
            moved.append(float(abs(_soft(read[:, figures]) - _soft(other[:, figures])).max()))
            equal += int((read[:, figures].argmax(1) == other[:, figures].argmax(1)).sum())
            count += len(read)
    assert count > 200
    assert equal >= 0.995 * count
    assert np.median(moved) < 0.002


def _reports(repository: Path) -> Iterator[Path]:
    yield from (path for path in sorted((repository / "corpora" / "samples").glob("*.*")) if path.suffix != ".json")
    yield from sorted((repository.parent / "shared" / "seeds").glob("*.txt"))


def test_reports_are_read_alike(repository: Path, folder: Path):
    model = load_model(backend="torch")
    paths = list(_reports(repository))
    assert len(paths) > 6
    moved = 0
    for path in paths:
        one, other = extract(path), extract(path, model=model)
        for here, there in ((one, other), (other, one)):
            missing = {_said(fact) for fact in here.facts} - {_said(fact) for fact in there.facts}
            assert missing <= {_said(fact) for fact in there.doubtful}, path.name
            moved += len(missing)
    # A confidence at the limit may fall on either side of it.
    assert moved <= 2


def _said(fact: object) -> tuple[object, ...]:
    names = ("indicator", "value", "status", "period", "scope", "raw", "evidence")
    return tuple(getattr(fact, name) for name in names)


def test_an_operator_that_is_not_known_is_named(tmp_path: Path):
    value = helper.make_tensor_value_info("a", TensorProto.FLOAT, [1])
    graph = helper.make_graph([helper.make_node("Sinh", ["a"], ["b"])], "one", [value], [onnx.ValueInfoProto(name="b")])
    onnx.save(helper.make_model(graph), str(tmp_path / "encoder.onnx"))
    with pytest.raises(SourceError, match=r"Sinh.*onnxruntime"):
        TorchEncoder(tmp_path / "encoder.onnx")


@pytest.mark.parametrize("data", [b"no graph", b"\x0a\xff\xff\xff\x7f"])
def test_a_file_that_is_no_graph(tmp_path: Path, data: bytes):
    (tmp_path / "encoder.onnx").write_bytes(data)
    with pytest.raises(SourceError, match=r"encoder\.onnx"):
        TorchEncoder(tmp_path / "encoder.onnx")


def test_weights_that_lie_in_another_file_are_not_followed(tmp_path: Path):
    secret = tmp_path / "secret.bin"
    secret.write_bytes(b"\0" * 16)
    weight = numpy_helper.from_array(np.zeros(4, np.float32), "w")
    weight.ClearField("raw_data")
    weight.data_location = TensorProto.EXTERNAL
    weight.external_data.add(key="location", value="secret.bin")
    value = helper.make_tensor_value_info("a", TensorProto.FLOAT, [4])
    graph = helper.make_graph(
        [helper.make_node("Add", ["a", "w"], ["markers"])],
        "one",
        [value],
        [onnx.ValueInfoProto(name="markers")],
        [weight],
    )
    (tmp_path / "encoder.onnx").write_bytes(helper.make_model(graph).SerializeToString())
    with pytest.raises(SourceError, match="other files"):
        TorchEncoder(tmp_path / "encoder.onnx")


def test_without_torch_the_error_says_what_to_install(folder: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setitem(sys.modules, "govnlp.prose.torch_encoder", None)
    with pytest.raises(MissingExtraError, match=r"govnlp\[train\]"):
        encoder_of(folder, "torch")


def test_without_onnxruntime_the_error_says_what_to_install(folder: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setitem(sys.modules, "onnxruntime", None)
    with pytest.raises(MissingExtraError, match="onnxruntime"):
        encoder_of(folder, "onnxruntime")


def test_another_backend_is_refused():
    with pytest.raises(OptionError, match="onnxruntime and torch"):
        load_model(backend="jax")  # type: ignore[arg-type]
