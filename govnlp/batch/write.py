"""The final files of a batch, each written beside its old state and then put in its place."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from govnlp.batch.ledger import Ledger
from govnlp.batch.organs import organ_key
from govnlp.batch.parts import half, part_path, publish
from govnlp.batch.rank import Rank, Ranking, Version
from govnlp.batch.rows import INTERNAL, checks_schema, facts_schema, reports_schema
from govnlp.extras import arrow, compute, parquet

if TYPE_CHECKING:
    import pyarrow as pa
    import pyarrow.parquet as pq

_ROWS = 20_000
_RANKED = ("complete", "partial")
_SHOWN = {
    "format",
    "status",
    "facts",
    "failed_checks",
    "published",
    "figures",
    "signature",
    "text_digest",
    "year",
    "organ",
}


class Source(NamedTuple):
    """The source that stands for a document: the first in the alphabet."""

    source: str
    url: str | None
    date: str | None


class Part(NamedTuple):
    """A part and the documents whose rows in it count."""

    number: int
    documents: dict[str, Source]


def write_all(out: Path, ledger: Ledger) -> None:
    """Write `facts`, `checks`, `reports` and `sources.parquet` and `failures.jsonl` from the parts."""
    for name, schema in (("facts", facts_schema()), ("checks", checks_schema())):
        with _table(out / f"{name}.parquet", schema) as file:
            for part in _parts(ledger):
                for batch in _batches(out, part, name):
                    file.write_batch(batch)
    _write_reports(out, ledger)
    _write_sources(out, ledger)
    _write_failures(out, ledger)


def _parts(ledger: Ledger) -> Iterator[Part]:
    for number in ledger.parts():
        documents = {name: Source(*row) for name, row in ledger.documents_of(number).items()}
        yield Part(number, documents)


def _batches(out: Path, part: Part, name: str) -> Iterator[pa.RecordBatch]:
    """The rows of a part that count: not those of documents that a later part has anew."""
    wanted = arrow().array(list(part.documents), arrow().string())
    with parquet().ParquetFile(part_path(out, part.number) / f"{name}.parquet") as file:
        for batch in file.iter_batches(batch_size=_ROWS):
            kept = batch.filter(compute().is_in(batch.column("document"), value_set=wanted))
            if kept.num_rows:
                yield kept


def _write_reports(out: Path, ledger: Ledger) -> None:
    """reports.parquet: the first source of each document, its group, its rank. Ranks are given once all are known."""
    ranking = Ranking()
    for part in _parts(ledger):
        for batch in _batches(out, part, "reports"):
            ranking.add(_versions(batch, part))
    places = Places(ranking)
    with _table(out / "reports.parquet", _public(reports_schema())) as file:
        for part in _parts(ledger):
            for batch in _batches(out, part, "reports"):
                file.write_batch(_completed(batch, part, places))


class Places:
    """The ranks of a ranking by document, kept on the disk."""

    def __init__(self, ranking: Ranking) -> None:
        self._base = ranking.store()

    def get(self, document: str) -> Rank | None:
        """The rank of a document; None where it is no report."""
        row = self._base.execute("SELECT * FROM ranks WHERE document = ?", (document,)).fetchone()
        return Rank(*row) if row else None


def _versions(batch: pa.RecordBatch, part: Part) -> Iterator[Version]:
    for row in batch.select([*sorted(_SHOWN), "document", "region"]).to_pylist():
        if row["status"] in _RANKED:
            organ = organ_key(row.pop("organ"), row.pop("region"))
            yield Version(id=0, organ=organ, date=part.documents[row["document"]].date, **row)


def _completed(batch: pa.RecordBatch, part: Part, places: Places) -> pa.RecordBatch:
    documents = batch.column("document").to_pylist()
    sources = [part.documents[one] for one in documents]
    ranks = [places.get(one) for one in documents]
    new: dict[str, Sequence[str | int | None]] = {
        "source": [one.source for one in sources],
        "url": [one.url for one in sources],
        "date": [one.date for one in sources],
        "group": [one and one.group for one in ranks],
        "rank": [one and one.rank for one in ranks],
        "rank_reason": [one and one.reason for one in ranks],
    }
    schema = _public(batch.schema)
    columns = [arrow().array(new[field.name], field.type) if field.name in new else batch.column(field.name)
               for field in schema]  # fmt: skip
    return arrow().RecordBatch.from_arrays(columns, schema=schema)


def _public(schema: pa.Schema) -> pa.Schema:
    return arrow().schema([field for field in schema if field.name not in INTERNAL])


def _write_sources(out: Path, ledger: Ledger) -> None:
    text = arrow().string()
    schema = arrow().schema([(name, text) for name in ("document", "source", "url", "date")])
    with _table(out / "sources.parquet", schema) as file:
        rows = ledger.sources()
        while some := list(islice(rows, _ROWS)):
            arrays = [arrow().array(column, text) for column in zip(*some, strict=True)]
            file.write_batch(arrow().RecordBatch.from_arrays(arrays, schema=schema))


def _write_failures(out: Path, ledger: Ledger) -> None:
    final = out / "failures.jsonl"
    with half(final).open("w", encoding="utf-8", newline="\n") as file:
        for failure in ledger.failures():
            file.write(json.dumps(failure._asdict(), ensure_ascii=False) + "\n")
    publish(half(final), final)


@contextmanager
def _table(final: Path, schema: pa.Schema) -> Iterator[pq.ParquetWriter]:
    with parquet().ParquetWriter(half(final), schema, compression="zstd") as file:
        yield file
    publish(half(final), final)
