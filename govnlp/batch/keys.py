"""What decides how a document is read: the version, the model, the options; a batch remembers it beside each document."""

from __future__ import annotations

import hashlib
from pathlib import Path
from typing import NamedTuple

from govnlp.batch.values import Limits
from govnlp.model_files import model_path
from govnlp.version import __version__


class Keys(NamedTuple):
    """`reading` changes where a document may be read otherwise, `limits` where it may be read at all; `model` names
    the model with a digest of its files.
    """

    reading: str
    limits: str
    model: str | None


def keys(model: str | None, limits: Limits) -> Keys:
    """The keys of a run; `MissingModelError` where there is no such model.

    >>> keys(None, Limits()).limits
    '60 s, 2048 MiB'
    """
    named = f"{Path(model).name}:{_digest(model_path(model))}" if model is not None else None
    return Keys(
        reading=f"{__version__}, {named or 'no model'}, {limits.bytes} bytes",
        limits=f"{limits.seconds:g} s, {limits.memory >> 20} MiB",
        model=named,
    )


def _digest(folder: Path) -> str:
    """Of the names and bytes of the files of a model."""
    made = hashlib.blake2b(digest_size=6)
    for path in sorted(folder.rglob("*")):
        if path.is_file():
            made.update(path.relative_to(folder).as_posix().encode())
            with path.open("rb") as file:
                while data := file.read(1 << 20):
                    made.update(data)
    return made.hexdigest()
