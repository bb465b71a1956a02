"""Where the trained models lie: in the wheel beside the code, in a checkout under `models/`."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Literal, TypeAlias

from govnlp.errors import MissingModelError

# What runs a model's encoder.
Backend: TypeAlias = Literal["onnxruntime", "torch"]
DEFAULT = "zh_govnlp"
# Every model folder tells its classes in this file.
LABELS = "labels.json"
_PACKAGE = Path(__file__).resolve().parent


def model_path(name: str | os.PathLike[str] = DEFAULT) -> Path:
    """The folder of a model: the name of one that ships with govnlp, or a path to one of your own.

    `MissingModelError` where there is none, or where the folder holds no model; it says what to do.

    >>> model_path("no_such_model")
    Traceback (most recent call last):
    govnlp.errors.MissingModelError: no model named 'no_such_model' ships with govnlp, and no folder of this name is here. Give the folder that `govnlp train -o DIR` wrote, or leave the model out for the one that ships.
    """
    given = Path(name)
    places = [given] if given.is_dir() or len(given.parts) != 1 else _shipped(str(name))
    for place in places:
        if (place / LABELS).is_file():
            return place
    raise MissingModelError(_advice(given, places))


def _shipped(name: str) -> list[Path]:
    """Where a model of this name would ship: in an installed wheel, in a checkout."""
    return [_PACKAGE / "models" / name, _PACKAGE.parent / "models" / name]


def _advice(given: Path, places: list[Path]) -> str:
    hint = "Give the folder that `govnlp train -o DIR` wrote, or leave the model out for the one that ships."
    if given.name == DEFAULT and len(given.parts) == 1:
        return f"the model {DEFAULT} that ships with govnlp is not in this installation; install govnlp again from its wheel."
    if given.is_dir():
        return f"{given} is a folder, but holds no model (no {LABELS}). {hint}"
    if given.exists():
        return f"{given} is a file; a model is a folder. {hint}"
    if places != [given]:
        return f"no model named {str(given)!r} ships with govnlp, and no folder of this name is here. {hint}"
    return f"there is no folder {given}. {hint}"
