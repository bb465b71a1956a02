"""The panel of an archive: organ x year x indicator, with what was resolved, chosen, checked and found missing."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from govnlp.extras import arrow, imported
from govnlp.panel import frames
from govnlp.panel.across import checks_over_levels, checks_over_years
from govnlp.panel.choose import choose
from govnlp.panel.gaps import gaps
from govnlp.panel.resolve import read_aliases
from govnlp.panel.tables import read_cells, read_inner_checks, read_reports
from govnlp.panel.values import AcrossCheck, Document, Gap, InnerChecks, NameRow, OrganYear

if TYPE_CHECKING:
    import pandas as pd
    import pyarrow as pa


@dataclass(frozen=True)
class Panel:
    """The figures of an archive by organ and year.

    `rows` are the organ-years in order, `documents` every report with the reason why it speaks for its organ-year or
    does not, `name_rows` every printed name and what became of it. `cells` holds the figures, see `tables.read_cells`;
    `inner_checks` counts the checks within the reports that speak.
    The tables of the other members are pandas DataFrames; values in them are exact Decimals.
    """

    rows: tuple[OrganYear, ...]
    documents: tuple[Document, ...]
    name_rows: tuple[NameRow, ...]
    cells: pa.Table = field(repr=False)
    inner_checks: tuple[InnerChecks, ...] = ()

    def long(self) -> pd.DataFrame:
        """A row for each figure: `organ`, `printed` (the name in the document), `place`, `level`, `year`, `form`,
        `indicator`, `value`, `status`, `qualifier`, `confidence`, `method`, `document`, `source`. `value` is None where the cell is blank.
        """
        return _frame(frames.long_batches(self.rows, self.cells))

    def wide(self, of: frames.Of = "value") -> pd.DataFrame:
        """A row for each organ-year, a column for each indicator: its `value`, or `of` each the `status`, ….

        `wide("status")` has the same rows and columns, and tells a `blank` cell from an indicator that is `absent`.
        """
        return _frame(frames.wide_batches(self.rows, self.cells, of))

    @cached_property
    def check_rows(self) -> tuple[AcrossCheck, ...]:
        """The checks over years and over levels."""
        return (*checks_over_years(self.rows, self.cells), *checks_over_levels(self.rows, self.cells))

    @property
    def checks(self) -> pd.DataFrame:
        """The checks across reports: columns as in `values.AcrossCheck`."""
        return _of_rows(self.check_rows, AcrossCheck)

    @property
    def gap_rows(self) -> Iterator[Gap]:
        """What is missing, one by one: a large panel has more gaps than figures."""
        return gaps(self.rows, self.cells)

    @property
    def gaps(self) -> pd.DataFrame:
        """What is missing: columns as in `values.Gap`."""
        return _of_rows(self.gap_rows, Gap)

    @property
    def names(self) -> pd.DataFrame:
        """Every printed name with its canonical one and the reasons: columns as in `values.NameRow`."""
        return _of_rows(self.name_rows, NameRow)


def read(out: str | os.PathLike[str], *, aliases: str | os.PathLike[str] | None = None) -> Panel:
    """The panel of the folder that `govnlp batch` wrote.

    `aliases` names a CSV file with the columns `name` and `canonical`, which goes before all rules. `SourceError`: the
    tables or the file are not there; `FormatError`: they are not as they should be.

    >>> import tempfile
    >>> from govnlp.batch import batch
    >>> out = tempfile.mkdtemp()
    >>> _ = batch(["corpora/samples/city-2010.txt"], out)
    >>> panel = read(out)
    >>> panel.rows[0].organ, panel.wide()["disclosure.total"].tolist()
    ('江洲市人民政府', [Decimal('12400.0000')])
    """
    folder = Path(out)
    choice = choose(read_reports(folder), read_aliases(Path(aliases)) if aliases is not None else {})
    cells, inner = read_cells(folder, choice.rows), read_inner_checks(folder, choice.rows)
    return Panel(choice.rows, choice.documents, choice.names, cells, inner)


def _frame(batches: Iterable[pa.RecordBatch]) -> pd.DataFrame:
    found = list(batches)
    empty = imported("pandas").DataFrame()
    made: pd.DataFrame = arrow().Table.from_batches(found).to_pandas() if found else empty
    return made


def _of_rows(rows: Iterable[NamedTuple], kind: type[NamedTuple]) -> pd.DataFrame:
    made: pd.DataFrame = imported("pandas").DataFrame(list(rows), columns=list(kind._fields))
    return made
