"""The weights of a model that are no network: sums over the n-grams around a marker, read from safetensors with numpy alone."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TypeAlias, TypedDict, cast

import numpy as np
from numpy.typing import NDArray

from govnlp.errors import SourceError
from govnlp.prose.ngrams import features
from govnlp.prose.windows import Window

Floats: TypeAlias = NDArray[np.float32]
# The file of what a model learnt after it was made; the shipped model has none.
PATCH = "patch.safetensors"


@dataclass(frozen=True)
class Linear:
    """The linear model of figures, as `training.linear` writes it."""

    known: NDArray[np.uint32]
    weights: NDArray[np.int8]
    scale: Floats
    bias: Floats

    def scores(self, window: Window, wanted: Sequence[int] | None = None) -> Floats:
        """Scores of the figure classes for each group of a window or each of the `wanted` ones, [groups, classes]."""
        rows = [self._one(row) for row in features(window, wanted)]
        return np.stack(rows) if rows else np.zeros((0, len(self.bias)), np.float32)

    def _one(self, row: list[int]) -> Floats:
        wanted = np.array(row, np.uint32)
        places = np.searchsorted(self.known, wanted).clip(max=len(self.known) - 1)
        places = places[self.known[places] == wanted]
        summed = self.weights[places].sum(0, dtype=np.int32) * self.scale
        return np.asarray(summed / max(1, len(places)) ** 0.5 + self.bias, np.float32)


@dataclass(frozen=True)
class Patch:
    """What fine-tuning adds to the encoder's scores, as `govnlp.learn.patch` writes it."""

    known: NDArray[np.uint32]
    weights: NDArray[np.int8]
    scale: Floats

    def scores(self, window: Window) -> Floats:
        """What it adds for each group of a window, [groups, classes].

        The root of all features divides, known or not: sentences that share few with those taught hardly change.
        """
        return np.stack([self._one(row) for row in features(window)])

    def _one(self, row: list[int]) -> Floats:
        places = np.searchsorted(self.known, row).clip(max=max(0, len(self.known) - 1))
        places = places[self.known[places] == row] if len(self.known) else places[:0]
        summed = self.weights[places].sum(0, dtype=np.int32) * self.scale
        return np.asarray(summed / max(1, len(row)) ** 0.5, np.float32)


_TYPES = {"U32": np.uint32, "I8": np.int8, "F32": np.float32}


class _Entry(TypedDict):
    dtype: str
    shape: list[int]
    data_offsets: list[int]


def read_linear(path: Path) -> Linear:
    """The linear model of a file; `SourceError` where the file cannot be read."""
    arrays = _arrays(path)
    return Linear(arrays["known"], arrays["weights"], arrays["scale"], arrays["bias"])  # type: ignore[arg-type]


def read_patch(path: Path) -> Patch | None:
    """The patch of a model that learnt more than the base."""
    if not path.is_file():
        return None
    arrays = _arrays(path)
    return Patch(arrays["known"], arrays["weights"], arrays["scale"])  # type: ignore[arg-type]


def _arrays(path: Path) -> dict[str, NDArray[np.generic]]:
    """A safetensors file: the length of its head, the head as JSON, the arrays."""
    try:
        data = path.read_bytes()
    except OSError as error:
        raise SourceError(f"{path.name} of the model cannot be read: {error.strerror}") from None
    start = 8 + int.from_bytes(data[:8], "little")
    head = cast("dict[str, _Entry]", json.loads(data[8:start]))
    return {name: _array(data, start, entry) for name, entry in head.items() if name != "__metadata__"}


def _array(data: bytes, start: int, entry: _Entry) -> NDArray[np.generic]:
    first, last = entry["data_offsets"]
    kind = np.dtype(_TYPES[entry["dtype"]])
    values = np.frombuffer(data, kind, (last - first) // kind.itemsize, start + first)
    return cast("NDArray[np.generic]", values.reshape(entry["shape"]))
