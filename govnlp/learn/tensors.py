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

Array: TypeAlias = "NDArray[np.float32] | NDArray[np.int8] | NDArray[np.uint32]"
_TYPES = {"F32": "<f4", "I8": "i1", "U32": "<u4"}
_NAMES = {np.dtype(kind): name for name, kind in _TYPES.items()}
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
        header = json.loads(data[8 : 8 + min(length, _LONGEST_HEADER)])
        header.pop("__metadata__", None)
        return {name: _array(one, data[8 + length :]) for name, one in _HEADER.validate_python(header).items()}
    except (struct.error, ValidationError, ValueError, KeyError, AttributeError, RecursionError) as error:
        told = " ".join(str(error).split())
        raise FormatError(f"{path.name} is no safetensors file of numbers that govnlp writes: {told}") from None


def _array(entry: _Entry, data: bytes) -> Array:
    kind = np.dtype(_TYPES[entry.dtype])
    start, end = entry.data_offsets
    if (
        start < 0
        or min(entry.shape, default=0) < 0
        or end - start != prod(entry.shape) * kind.itemsize
        or end > len(data)
    ):
        raise FormatError("an array lies outside the file")
    made: Array = np.frombuffer(data[start:end], kind).reshape(entry.shape)
    return made


def write_tensors(path: Path, arrays: dict[str, Array]) -> None:
    """Write arrays of float32, int8 and uint32; the same arrays give the same bytes."""
    header: dict[str, dict[str, object]] = {}
    at = 0
    for name, one in arrays.items():
        header[name] = {"dtype": _NAMES[one.dtype], "shape": list(one.shape), "data_offsets": [at, at + one.nbytes]}
        at += one.nbytes
    told = json.dumps(header).encode()
    told += b" " * (-len(told) % 8)
    with path.open("wb") as file:
        file.write(struct.pack("<Q", len(told)) + told)
        file.writelines(np.ascontiguousarray(one).tobytes() for one in arrays.values())
