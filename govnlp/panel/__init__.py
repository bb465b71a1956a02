"""Panels: what `govnlp batch` wrote, by organ, year and indicator, for analysis.

`read` gives a `Panel`, `write` writes its tables, `plot` its pictures.
"""

from govnlp.panel.panel import Panel, read
from govnlp.panel.plots import plot
from govnlp.panel.write import write

__all__ = ["Panel", "plot", "read", "write"]
