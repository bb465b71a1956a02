"""The answers of web servers that a crawler kept in a WARC file (ISO 28500), one at a time."""

from __future__ import annotations

import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from govnlp.batch.columns import too_large
from govnlp.batch.kinds import is_asset_media, is_left_out
from govnlp.batch.values import Found, Refusal, shown
from govnlp.extras import warc

if TYPE_CHECKING:
    from warcio.recordloader import ArcWarcRecord

_KINDS = frozenset({"response", "resource"})


def read_warc(path: Path, limit: int, *, pictures: bool = False) -> Iterator[Found]:
    """The documents of a WARC file (`.gz` too), named after the place of their record: `crawl.warc.gz::40213`.

    Answers that carry no document (redirections, errors, style sheets) are refusals `left_out`. `ValueError` where the
    file breaks off; what stands before is read.
    """
    reader = warc()
    with path.open("rb") as raw:
        records = reader.ArchiveIterator(raw)
        consumed = 0
        try:
            for record in records:
                if record.rec_type in _KINDS:
                    found = _record(record, limit, pictures)
                    source = f"{shown(str(path))}::{records.get_record_offset()}"  # passes over the record's rest
                    weight, consumed = raw.tell() - consumed, raw.tell()
                    yield found._replace(source=source, weight=weight)
        except (reader.ArchiveLoadFailed, zlib.error, EOFError) as error:
            raise ValueError(f"the WARC file breaks off ({' '.join(str(error).split())[:200]})") from error


def _record(record: ArcWarcRecord, limit: int, pictures: bool) -> Found:
    url = shown(record.rec_headers.get_header("WARC-Target-URI") or "") or None
    date = shown(record.rec_headers.get_header("WARC-Date") or "") or None
    address = (url or "").partition("?")[0].partition("#")[0].removesuffix("/")
    refusal = _left_out(record, address, pictures)
    data = b""
    if refusal is None:
        try:
            data = record.content_stream().read(limit + 1)
            if getattr(record.raw_stream, "limit", 0) and not record.raw_stream.read(1):
                refusal = Refusal("damaged", "the record is cut off; fetch the page again.")
        except (zlib.error, OSError, EOFError, ValueError) as error:
            refusal = Refusal("damaged", f"the record cannot be unpacked ({error}); fetch the page again.")
    if refusal is not None:
        data = b""
    elif len(data) > limit:
        refusal, data = too_large(len(data), limit), b""
    return Found("", "bytes", data=data, url=url, date=date, refusal=refusal)


def _left_out(record: ArcWarcRecord, address: str, pictures: bool) -> Refusal | None:
    """Why an answer carries no document, or None."""
    headers = record.http_headers
    code = headers.get_statuscode() if headers else "200"
    if code != "200":
        return Refusal("left_out", f"http {code}")
    media = (headers.get_header("Content-Type") if headers else None) or ""
    is_picture = pictures and media.startswith("image/")
    if is_asset_media(media) and not is_picture:
        return Refusal("left_out", media.partition(";")[0].strip().lower())
    if not media and is_left_out(address, pictures=pictures):
        return Refusal("left_out", Path(address).suffix.lower())
    return None
