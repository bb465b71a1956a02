"""govnlp reads Chinese government information-disclosure annual reports (政府信息公开工作年度报告).

>>> from govnlp import extract
>>> report = extract(text="某县2016年政府信息公开工作年度报告\\n二、依申请公开情况\\n2016年共收到政府信息公开申请3件。")
>>> report.value("applications.new.total")
Decimal('3')
"""

from importlib import import_module
from typing import TYPE_CHECKING

from govnlp.errors import (
    FormatError,
    GovnlpError,
    MissingExtraError,
    MissingModelError,
    OptionError,
    SourceError,
    UnknownIndicatorError,
)
from govnlp.version import __version__

if TYPE_CHECKING:
    from govnlp.batch.many import extract_many
    from govnlp.pipeline import extract, load_model
    from govnlp.read.limits import Limits
    from govnlp.schema.facts import Evidence, Fact, Part
    from govnlp.schema.indicators import Indicator, indicators
    from govnlp.schema.report import Check, Conflict, Issue, Meta, Report, Section
    from govnlp.viewing import view

__all__ = [
    "Check",
    "Conflict",
    "Evidence",
    "Fact",
    "FormatError",
    "GovnlpError",
    "Indicator",
    "Issue",
    "Limits",
    "Meta",
    "MissingExtraError",
    "MissingModelError",
    "OptionError",
    "Part",
    "Report",
    "Section",
    "SourceError",
    "UnknownIndicatorError",
    "__version__",
    "extract",
    "extract_many",
    "indicators",
    "load_model",
    "view",
]

# Where each name is imported from when it is first asked for, so that `import govnlp` and `govnlp --help` cost little.
_HOMES = {
    "extract_many": "govnlp.batch.many",
    **dict.fromkeys(("extract", "load_model"), "govnlp.pipeline"),
    "Limits": "govnlp.read.limits",
    "view": "govnlp.viewing",
    **dict.fromkeys(("Evidence", "Fact", "Part"), "govnlp.schema.facts"),
    **dict.fromkeys(("Indicator", "indicators"), "govnlp.schema.indicators"),
    **dict.fromkeys(("Check", "Conflict", "Issue", "Meta", "Report", "Section"), "govnlp.schema.report"),
}

if not TYPE_CHECKING:  # a type checker sees the imports above, and still tells a name that does not exist

    def __getattr__(name: str) -> object:
        if name not in _HOMES:
            raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
        found = globals()[name] = getattr(import_module(_HOMES[name]), name)
        return found

    def __dir__() -> list[str]:
        return sorted({*globals(), *__all__})
