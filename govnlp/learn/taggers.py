"""What reads when a model is measured: the same that `extract` uses."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

from govnlp.learn.documents import Reader
from govnlp.prose import RuleTagger, Tagger
from govnlp.prose.windows import Window

Scorer: TypeAlias = "Callable[[Window], NDArray[np.float32] | None]"
ENCODER = "encoder.onnx"


def tagger_of(model: str | os.PathLike[str] | None) -> Tagger:
    """The tagger of a model; without one the rules alone."""
    from govnlp.pipeline import load_model

    return load_model(model) if model is not None else RuleTagger()


def reader_of(model: str | os.PathLike[str] | None) -> Reader:
    """`extract` with a model; without one the rules alone."""
    from govnlp.pipeline import extract

    return lambda path: extract(path, model=model)


def scorer_of(model: Path) -> Scorer:
    """Gives the scores of a model's encoder for each marker of a window: figures, signs, periods, scopes.

    None where the model has no encoder.
    """
    if not (model / ENCODER).is_file():
        return lambda _window: None
    from govnlp.prose.model import ModelTagger

    tagger = ModelTagger(model)
    return lambda window: tagger.read(window)[0]
