"""Reports as tidy rows, one a fact."""

from __future__ import annotations

import csv
from collections.abc import Iterable
from decimal import Decimal
from typing import TextIO

from govnlp.schema.facts import plain
from govnlp.schema.report import Report
from govnlp.schema.views import FactRow, fact_rows

_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def to_csv(reports: Iterable[Report], file: TextIO, *, excel: bool = False) -> int:
    r"""Write the facts of reports as CSV and give the number of rows; the columns are those of `FactRow`.

    Values are exact digits; an empty field is a blank cell or nothing. Open `file` with `newline=""` and UTF-8.
    With `excel` a byte order mark comes first, and a text that Excel would run as a formula gets a `'` before it.

    >>> import io
    >>> file = io.StringIO()
    >>> to_csv([Report(status="not_a_report")], file), file.getvalue().split(",")[:3]
    (0, ['source', 'organ', 'region'])
    """
    if excel:
        file.write("\ufeff")
    writer = csv.writer(file, lineterminator="\n")
    writer.writerow(FactRow._fields)
    count = 0
    for report in reports:
        for row in fact_rows(report):
            writer.writerow([_field(one, excel=excel) for one in row])
            count += 1
    return count


def _field(value: object, *, excel: bool) -> object:
    if isinstance(value, Decimal):
        return plain(value)
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, str) and excel and len(value) > 1 and value.startswith(_FORMULA):
        return f"'{value}"
    return value
