"""How a run and its workers speak: frames of a JSON head and some bodies of bytes, over pipes.

A frame is the length of its head (32 bits, little-endian), the head, and the bodies, whose lengths the head gives.
Nothing is unpickled.
"""

from __future__ import annotations

import json
import struct
from typing import BinaryIO, NamedTuple, TypedDict

from govnlp.batch.values import JobKind

_LENGTH = struct.Struct("<I")


class Done(TypedDict):
    """What a worker tells of one finished job; `has_reading` says whether there is a report of it in the bodies."""

    number: int
    status: str
    reason: str | None
    message: str
    seconds: float
    has_reading: bool


class Head(TypedDict, total=False):
    """The head of a frame.

    To a worker: one job (`number` to `path`), `flush` on the last of a group. From a worker: `ready` once, `began` with
    a job's number, `done` with what was finished, `memory` in bytes beside it, `fatal` where it cannot work at all.
    """

    number: int
    document: str
    source: str
    kind: JobKind
    path: str
    flush: bool
    ready: bool
    began: int
    done: list[Done]
    memory: int
    fatal: str
    bodies: list[int]


class Frame(NamedTuple):
    """A head and its bodies."""

    head: Head
    bodies: tuple[bytes, ...] = ()


def write_frame(file: BinaryIO, frame: Frame) -> None:
    """Write a frame and flush; an OSError (the other side is gone) passes through."""
    head = json.dumps({**frame.head, "bodies": [len(body) for body in frame.bodies]}).encode()
    file.write(b"".join((_LENGTH.pack(len(head)), head, *frame.bodies)))
    file.flush()


def read_frame(file: BinaryIO) -> Frame | None:
    """The next frame; None where the other side is gone, be it in the midst of one.

    >>> import io
    >>> file = io.BytesIO()
    >>> write_frame(file, Frame({"began": 3}, (b"ab", b"")))
    >>> file.seek(0), read_frame(file).bodies, read_frame(file)
    (0, (b'ab', b''), None)
    """
    length = _exactly(file, _LENGTH.size)
    data = _exactly(file, _LENGTH.unpack(length)[0]) if length is not None else None
    if data is None:
        return None
    head: Head = json.loads(data)
    bodies = [_exactly(file, size) for size in head["bodies"]]
    return Frame(head, tuple(body for body in bodies if body is not None)) if None not in bodies else None


def _exactly(file: BinaryIO, size: int) -> bytes | None:
    data = file.read(size)
    return data if len(data) == size else None
