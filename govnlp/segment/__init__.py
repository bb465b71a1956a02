"""What a document is, and how it is divided into sections."""

from govnlp.segment.headless import SectionJudge
from govnlp.segment.outline import segment

__all__ = ["SectionJudge", "segment"]
