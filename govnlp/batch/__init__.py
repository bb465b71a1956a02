"""Archives: batch extraction that never loses a document.

`batch` reads an archive into a folder of tables, `extract_many` gives reports one by one, `to_row` and `to_facts` are for
`datasets.Dataset.map`.
"""

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from govnlp.batch.many import extract_many
    from govnlp.batch.maps import fact_features, to_facts, to_row
    from govnlp.batch.run import Cadence, Options, batch
    from govnlp.batch.status import Status, Summary
    from govnlp.batch.values import Columns, Limits

__all__ = [
    "Cadence",
    "Columns",
    "Limits",
    "Options",
    "Status",
    "Summary",
    "batch",
    "extract_many",
    "fact_features",
    "to_facts",
    "to_row",
]

# Imported when they are asked for: a worker needs none of them.
_HOMES = {
    "extract_many": "many",
    **dict.fromkeys(("fact_features", "to_facts", "to_row"), "maps"),
    **dict.fromkeys(("Cadence", "Options", "batch"), "run"),
    **dict.fromkeys(("Status", "Summary"), "status"),
    **dict.fromkeys(("Columns", "Limits"), "values"),
}

if not TYPE_CHECKING:

    def __getattr__(name: str) -> object:
        if name not in _HOMES:
            raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
        found = globals()[name] = getattr(import_module(f"{__name__}.{_HOMES[name]}"), name)
        return found
