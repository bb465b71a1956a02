"""JSON Lines and CSV: a document a row, its text or HTML in a column."""

from __future__ import annotations

import csv
import gzip
import io
import json
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO, cast

from govnlp.batch.columns import fields, found_in, too_large
from govnlp.batch.values import Columns, Found, Refusal, shown

# JSON spells a character of Chinese with six bytes where UTF-8 has three, and a row holds more than its text.
_ROW = 3
_PROBED = 64 * 1024


def read_lines(path: Path, limit: int, columns: Columns = Columns()) -> Iterator[Found]:  # noqa: B008 - immutable
    """The documents of a JSON Lines file (`.gz` too): one object a line. A line that is none is a refusal.

    A document is named after its line: `dump.jsonl::17`. No line longer than three times `limit` is held.
    """
    with path.open("rb") as raw:
        file = cast("BinaryIO", gzip.GzipFile(fileobj=raw)) if path.suffix.lower() == ".gz" else raw
        consumed = 0
        for number, line in enumerate(_lines(file, limit * _ROW), start=1):
            weight, consumed = raw.tell() - consumed, raw.tell()
            if line is None or line.strip():
                yield _row(line, f"{shown(str(path))}::{number}", limit, columns, weight)


def read_table(path: Path, limit: int, columns: Columns = Columns()) -> Iterator[Found]:  # noqa: B008 - immutable
    """The documents of a CSV file with a head line (`.tsv`: parted by tabs), in UTF-8 or GBK.

    A document is named after its row, the first below the head being 1: `dump.csv::1`.
    """
    csv.field_size_limit(max(csv.field_size_limit(), limit))
    with path.open("rb") as raw:
        encoding = _encoding(raw.read(_PROBED))
        raw.seek(0)
        text = io.TextIOWrapper(raw, encoding, errors="replace", newline="")
        delimiter = "\t" if path.suffix.lower() == ".tsv" else ","
        rows = csv.DictReader((line.replace("\0", "") for line in text), delimiter=delimiter, restkey="", restval=None)
        chosen = fields(rows.fieldnames or (), columns)
        consumed = 0
        for number, row in enumerate(_sound(rows), start=1):
            source = f"{shown(str(path))}::{number}"
            weight, consumed = raw.tell() - consumed, raw.tell()
            yield found_in(row, chosen, source, limit, weight)


def _sound(rows: csv.DictReader[str]) -> Iterator[dict[str, str]]:
    """The rows; a fault of the file that ends them is a ValueError."""
    try:
        yield from rows
    except csv.Error as error:
        raise ValueError(f"row {rows.line_num} of the table cannot be read ({error})") from error


def _lines(file: BinaryIO, longest: int) -> Iterator[bytes | None]:
    """The lines of a file; None for one that is longer than `longest`."""
    try:
        while line := file.readline(longest + 1):
            if len(line) <= longest:
                yield line
                continue
            while line and not line.endswith(b"\n"):
                line = file.readline(longest)
            yield None
    except EOFError as error:
        raise ValueError(f"the file is cut off ({error})") from error


def _row(line: bytes | None, source: str, limit: int, columns: Columns, weight: int) -> Found:
    if line is None:
        return Found(source, "text", weight=weight, refusal=too_large(limit * _ROW + 1, limit))
    try:
        row = json.loads(line.removeprefix(b"\xef\xbb\xbf"))
    except (ValueError, RecursionError) as error:
        said = Refusal("bad_line", f"the line is no JSON object ({' '.join(str(error).split())[:200]}).")
        return Found(source, "text", weight=weight, refusal=said)
    if not isinstance(row, dict):
        said = Refusal("bad_line", f"the line holds a {type(row).__name__}, no JSON object.")
        return Found(source, "text", weight=weight, refusal=said)
    return found_in(row, fields(row, columns), source, limit, weight)


def _encoding(start: bytes) -> str:
    """UTF-8 (with or without a mark), UTF-16 with its mark, else GB18030."""
    if start.startswith((b"\xff\xfe", b"\xfe\xff")):
        return "utf-16"
    try:
        start.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        # A character that the probe cut in two is no fault.
        return "utf-8-sig" if error.start >= len(start) - 4 else "gb18030"
    return "utf-8-sig"
