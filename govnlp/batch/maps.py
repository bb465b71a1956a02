"""Functions for `datasets.Dataset.map`: rows with a text or HTML in, rows of reports or of facts out."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING, TypeAlias

from govnlp.batch.columns import fields, found_in
from govnlp.batch.rows import FactColumns, Reading, fact_rows, report_row
from govnlp.batch.values import Columns, digest
from govnlp.errors import OptionError
from govnlp.extras import imported
from govnlp.model_files import DEFAULT
from govnlp.pipeline import extract
from govnlp.schema.report import Report

if TYPE_CHECKING:
    import datasets

Row: TypeAlias = Mapping[str, object]
_REPORT = ("document", "status", "organ", "region", "year", "form", "title", "published", "facts", "failed_checks")
_LARGEST = 32 * 1024 * 1024


def to_row(model: str | None = DEFAULT, columns: Columns = Columns()) -> Callable[[Row], dict[str, object]]:  # noqa: B008
    """A function for `Dataset.map`: it adds to a row what its report is, and the whole report as JSON.

    The text or HTML is found by the usual names of columns, or by those of `columns`. `OptionError` where there is none.

    >>> row = to_row()({"text": "某县2016年政府信息公开工作年度报告\\n二、依申请公开情况\\n2016年共收到政府信息公开申请3件。"})
    >>> row["status"], row["year"], Report.from_json(row["report"]).value("applications.new.total")
    ('complete', 2016, Decimal('3'))
    """

    def read(row: Row) -> dict[str, object]:
        document, report = _read(row, model, columns)
        made = report_row(Reading(document, "", report, 0.0, None))._asdict()
        return {**{name: made[name] for name in _REPORT}, "report": report.to_json()}

    return read


def to_facts(
    model: str | None = DEFAULT,
    columns: Columns = Columns(),  # noqa: B008 - immutable
) -> Callable[[Mapping[str, Sequence[object]]], dict[str, list[object]]]:
    """A function for `Dataset.map(…, batched=True)`: the facts of a batch of rows, one a row, as in facts.parquet.

    Give `map` the `remove_columns` of the data set and `features=fact_features()`.

    >>> facts = to_facts()({"text": ["某县2016年政府信息公开工作年度报告\\n二、依申请公开情况\\n2016年共收到政府信息公开申请3件。"]})
    >>> facts["indicator"], facts["value"]
    (['applications.new.total'], [Decimal('3.0000')])
    """

    def read(batch: Mapping[str, Sequence[object]]) -> dict[str, list[object]]:
        length = len(next(iter(batch.values()), ()))
        rows = ({name: column[place] for name, column in batch.items()} for place in range(length))
        facts = [fact for row in rows for fact in fact_rows(*_read(row, model, columns))]
        return {name: [getattr(fact, name) for fact in facts] for name in FactColumns._fields}

    return read


def fact_features() -> datasets.Features:
    """The columns of facts.parquet for `datasets`; needs the extra `train`."""
    from govnlp.batch.rows import facts_schema

    module = imported("datasets", "train")
    made: datasets.Features = module.Features.from_arrow_schema(facts_schema())
    return made


def _read(row: Row, model: str | None, columns: Columns) -> tuple[str, Report]:
    found = found_in(row, fields(row, columns), "row", _LARGEST)
    if found.refusal is not None and found.refusal.reason == "no_text_column":
        raise OptionError(f"{found.refusal.message} In Python: columns=Columns(text=…).")
    text = found.data.decode("utf-8")
    return digest(found.data), extract(text=text, model=model)
