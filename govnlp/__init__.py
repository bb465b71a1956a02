"""govnlp reads Chinese government information-disclosure annual reports (政府信息公开工作年度报告).

>>> from govnlp import extract
>>> report = extract(text="某县2016年政府信息公开工作年度报告\\n二、依申请公开情况\\n2016年共收到政府信息公开申请3件。")
>>> report.value("applications.new.total")
Decimal('3')
"""

from govnlp.errors import (
    FormatError,
    GovnlpError,
    MissingExtraError,
    OptionError,
    SourceError,
    UnknownIndicatorError,
)
from govnlp.pipeline import extract
from govnlp.schema.facts import Evidence, Fact, Part
from govnlp.schema.indicators import Indicator, indicators
from govnlp.schema.report import Check, Conflict, Issue, Meta, Report, Section
from govnlp.version import __version__

__all__ = [
    "Check",
    "Conflict",
    "Evidence",
    "Fact",
    "FormatError",
    "GovnlpError",
    "Indicator",
    "Issue",
    "Meta",
    "MissingExtraError",
    "OptionError",
    "Part",
    "Report",
    "Section",
    "SourceError",
    "UnknownIndicatorError",
    "__version__",
    "extract",
    "indicators",
]
