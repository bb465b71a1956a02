"""Arrays in a safetensors file, read and written with numpy alone.

Source of the format: https://huggingface.co/docs/safetensors: 8 bytes of length, a JSON header, the bytes of the arrays.
"""

from __future__ import annotations

import json
import struct
from math import prod
from pathlib import Path
from typing import TYPE_CHECKING, TypeAlias

import numpy as np
from pydantic import BaseModel, TypeAdapter, ValidationError

from govnlp.errors import FormatError, MissingModelError

if TYPE_CHECKING:
    from numpy.typing import NDArray

Array: TypeAlias = "NDArray[np.float32] | NDArray[np.int8]"
_TYPES: dict[str, np.dtype[np.float32] | np.dtype[np.int8]] = {"F32": np.dtype("<f4"), "I8": np.dtype("i1")}
_NAMES = {kind: name for name, kind in _TYPES.items()}
_LONGEST_HEADER = 1_000_000


class _Entry(BaseModel):
    dtype: str
    shape: list[int]
    data_offsets: tuple[int, int]


_HEADER = TypeAdapter(dict[str, _Entry])


def read_tensors(path: Path) -> dict[str, Array]:
    """The arrays of a file by name; `MissingModelError` where it cannot be read, `FormatError` where it is no such file."""
    try:
        data = path.read_bytes()
    except OSError as error:
        raise MissingModelError(f"{path} cannot be read: {error.strerror or error}.") from None
    try:
        (length,) = struct.unpack_from("<Q", data)
        if length > _LONGEST_HEADER:
            raise FormatError(f"{path.name} is no safetensors file: its header would have {length} bytes")
        header = json.loads(data[8 : 8 + length])
        header.pop("__metadata__", None)
        return {name: _array(one, data[8 + length :]) for name, one in _HEADER.validate_python(header).items()}
    except (struct.error, ValidationError, ValueError, KeyError, AttributeError) as error:
        raise FormatError(
            f"{path.name} is no safetensors file of floats and bytes: {' '.join(str(error).split())}"
        ) from None


def _array(entry: _Entry, data: bytes) -> Array:
    kind = _TYPES[entry.dtype]
    start, end = entry.data_offsets
    if start < 0 or end - start != prod(entry.shape) * kind.itemsize or end > len(data):
        raise FormatError("an array lies outside the file")
    made = np.frombuffer(data[start:end], kind).reshape(entry.shape)
    return made.astype(np.int8 if entry.dtype == "I8" else np.float32, copy=False)


def write_tensors(path: Path, arrays: dict[str, Array]) -> None:
    """Write arrays of float32 and int8; the same arrays give the same bytes."""
    header: dict[str, dict[str, object]] = {}
    at = 0
    for name, one in arrays.items():
        header[name] = {"dtype": _NAMES[one.dtype], "shape": list(one.shape), "data_offsets": [at, at + one.nbytes]}
        at += one.nbytes
    told = json.dumps(header).encode()
    told += b" " * (-len(told) % 8)
    path.write_bytes(
        struct.pack("<Q", len(told)) + told + b"".join(np.ascontiguousarray(one).tobytes() for one in arrays.values())
    )
