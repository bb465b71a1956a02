"""Figures told in sentences."""

from govnlp.schema.document import Document
from govnlp.schema.reading import Outline, Reading


def read(document: Document, outline: Outline) -> Reading:
    """Nothing yet."""
    return Reading()
