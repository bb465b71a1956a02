"""What reads when a model is measured: the same that `extract` uses."""

from __future__ import annotations

from pathlib import Path

from govnlp.learn.documents import Reader
from govnlp.prose import RuleTagger, Tagger


def tagger_of(model: Path | None) -> Tagger:
    """The tagger of a model folder; without one, what `extract` uses by itself."""
    return RuleTagger()


def reader_of(model: Path | None) -> Reader:
    """`extract` with a model folder; without one, as it comes."""
    from govnlp.pipeline import extract

    return extract
