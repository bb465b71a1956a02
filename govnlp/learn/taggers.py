"""What reads when a model is measured: the same that `extract` uses."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

from govnlp.learn.documents import Reader
from govnlp.learn.linear import read_classes
from govnlp.model_files import model_path
from govnlp.prose import RuleTagger, Tagger
from govnlp.prose.windows import Window

Scorer: TypeAlias = "Callable[[Window], NDArray[np.float32] | None]"
ENCODER = "encoder.onnx"


def tagger_of(model: Path | None) -> Tagger:
    """The tagger of a model folder; without one, what `extract` uses by itself."""
    if model is None:
        return RuleTagger()
    from govnlp.prose.cascade import CascadeTagger
    from govnlp.prose.model import ModelTagger

    return CascadeTagger(ModelTagger(model_path(model)))


def reader_of(model: Path | None) -> Reader:
    """`extract` with a model folder; without one, as it comes."""
    from govnlp.pipeline import extract

    return extract


def scorer_of(model: Path) -> Scorer:
    """Gives the scores of figure classes by the model's encoder for each marker of a window; None where it has none."""
    if not (model / ENCODER).is_file():
        return lambda _window: None
    from govnlp.prose.model import ModelTagger

    tagger, classes = ModelTagger(model), len(read_classes(model).figures)
    return lambda window: tagger._read(window)[0][:, :classes]
