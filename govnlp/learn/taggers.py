"""What reads when a model is measured: the same that `extract` uses."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, TypeAlias

import numpy as np
from numpy.typing import NDArray

from govnlp.learn.documents import Reader
from govnlp.prose import RuleTagger, Tagger
from govnlp.prose.windows import Window

if TYPE_CHECKING:
    from govnlp.pipeline import Model

Scorer: TypeAlias = "Callable[[Window], NDArray[np.float32] | None]"
ENCODER = "encoder.onnx"


def tagger_of(model: Model) -> Tagger:
    """The tagger of a model; without one the rules alone."""
    from govnlp.pipeline import load_model

    if isinstance(model, str | os.PathLike):
        return load_model(model)
    return model if model is not None else RuleTagger()


def reader_of(model: Model) -> Reader:
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
