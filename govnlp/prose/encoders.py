"""What runs the encoder of a model folder, `encoder.onnx`: onnxruntime, or torch; both give the same answers."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Protocol

import numpy as np

from govnlp.errors import MissingExtraError, SourceError
from govnlp.model_files import Backend
from govnlp.prose.weights import Floats

if TYPE_CHECKING:
    from onnxruntime import InferenceSession

FILE = "encoder.onnx"
# Where onnxruntime joins an addition and the norm behind it, it takes longer on one core than with both apart.
_SLOW = ["SkipLayerNormFusion"]


class Encoder(Protocol):
    """Reads one window."""

    def read(self, ids: list[int], columns: list[int]) -> tuple[Floats, Floats]:
        """The scores of the tokens at `columns`, [columns, classes], and of the window's section, [1, sections]."""
        ...


def encoder_of(folder: Path, backend: Backend) -> Encoder:
    """The encoder of a model folder; `MissingExtraError` where what runs it is not installed."""
    path = folder / FILE
    if not path.is_file():
        raise SourceError(f"{FILE} of the model is missing from {folder.name}")
    if backend == "onnxruntime":
        return _Session(path)
    try:
        from govnlp.prose.torch_encoder import TorchEncoder
    except ImportError as error:
        raise MissingExtraError(
            "backend='torch' needs torch and onnx: pip install 'govnlp[train]', or leave the backend out."
        ) from error
    return TorchEncoder(path)


class _Session:
    """The file in onnxruntime, on one thread: several documents are read by several processes."""

    def __init__(self, path: Path) -> None:
        self._session = session(path)

    def read(self, ids: list[int], columns: list[int]) -> tuple[Floats, Floats]:
        markers, sections = self._session.run(["markers", "sections"], feeds(ids, columns))
        return markers, sections


def feeds(ids: list[int], columns: list[int]) -> dict[str, np.ndarray[tuple[int, ...], np.dtype[np.int64]]]:
    """One window as the file takes it.

    >>> {name: value.shape for name, value in feeds([2, 7, 3], [1]).items()}
    {'ids': (1, 3), 'mask': (1, 3), 'rows': (1,), 'columns': (1,)}
    """
    return {
        "ids": np.array([ids], np.int64), "mask": np.ones((1, len(ids)), np.int64),
        "rows": np.zeros(len(columns), np.int64), "columns": np.array(columns, np.int64),
    }  # fmt: skip


def session(path: Path) -> InferenceSession:
    """The file in onnxruntime, on one thread of a processor."""
    try:
        import onnxruntime
    except ImportError as error:
        raise MissingExtraError(
            "a model needs onnxruntime: pip install onnxruntime, or read with model=None."
        ) from error
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = options.inter_op_num_threads = 1
    return onnxruntime.InferenceSession(
        str(path), options, providers=["CPUExecutionProvider"], disabled_optimizers=_SLOW
    )
