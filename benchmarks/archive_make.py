"""Makes an archive such as a scraper leaves: files in folders, ZIP, WARC, JSONL, CSV and Parquet; copies, mirrors, poison.

Reports are the forms of tests/render with random figures and passages of the corpus; each has an organ of its own.
"""

from __future__ import annotations

import csv
import io
import json
import zipfile
from collections.abc import Iterator
from contextlib import ExitStack
from functools import cache
from itertools import product
from pathlib import Path
from random import Random
from typing import NamedTuple, Protocol

import pyarrow as pa
import pyarrow.parquet as pq
from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

from corpora.load import load
from tests.render import flat, html
from tests.render.catalogue import page
from tests.render.fill import FORMS

_STORINGS = (
    html.plain,
    html.nested,
    html.layout_table,
    html.furnished,
    html.gb18030,
    flat.bars,
    flat.lines,
    flat.markdown,
)
_RENDERED = "澄湖县"
_NAMES = "安宁平和顺昌永康福泰清水青石白云金山玉泉临江望海东岭西川南浦北河"
# Of each hundred documents, by their number: copies of the one before, mirrors of it, and what is no report.
_COPY, _MIRROR = frozenset({7, 23, 61, 88}), frozenset({15, 42, 77})
_ODD = {30: "error", 55: "error", 66: "cut", 99: "empty"}
_HUGE = 300 * 1024 * 1024
_ERROR = "<html><head><title>404 Not Found</title></head><body><h1>404</h1><p>您访问的页面不存在或已删除。{}</p></body></html>"


class Item(NamedTuple):
    """A document of the archive: its number, the end of its name, its bytes."""

    number: int
    suffix: str
    data: bytes

    @property
    def name(self) -> str:
        """A path such as crawlers make."""
        return f"site-{self.number % 37:02d}/{2008 + self.number % 18}/t{self.number:06d}{self.suffix}"


class _Shelf(Protocol):
    def put(self, item: Item) -> None:
        """Store a document."""


def make(count: int, folder: Path, *, poison: bool = False) -> None:
    """`count` documents below `folder`, the same at every call. `poison` adds some that `benchmarks.poison` acts on."""
    folder.mkdir(parents=True, exist_ok=True)
    with ExitStack() as stack:
        shelves = _shelves(folder, stack)
        for item in items(count, poison=poison):
            shelves[_place(item.number)].put(item)
    with (folder / "dump.bin").open("wb") as huge:
        huge.truncate(_HUGE)  # a hole: nothing is written


def items(count: int, *, poison: bool = False) -> Iterator[Item]:
    """The documents in their order."""
    before = Item(0, ".html", b"")
    for number in range(count):
        item = _item(number, before)
        yield item
        before = item if item.data and number % 100 not in _ODD else before
    for number, kind in enumerate(("crash", "memory", "hang") if poison else (), start=count):
        yield Item(number, ".html", f"<p>某县2016年政府信息公开工作年度报告 POISON:{kind}</p>".encode())


def _item(number: int, before: Item) -> Item:
    place = number % 100
    if place in _COPY and before.data:
        return before._replace(number=number)
    if place in _MIRROR and before.suffix == ".html":
        return Item(number, ".html", before.data + b"<!-- mirror -->")
    odd = _ODD.get(place)
    if odd == "empty":
        return Item(number, ".html", b"")
    if odd == "error":
        return Item(number, ".html", _ERROR.format(number).encode())
    made = _report(number)
    return made._replace(data=made.data[: len(made.data) // 3]) if odd == "cut" else made


def _report(number: int) -> Item:
    base = _bases()[number % len(_bases())]
    text = base.text.replace(_RENDERED, f"{_place_name(number)}县")
    return Item(number, base.suffix, text.encode(base.encoding, "xmlcharrefreplace"))


class _Base(NamedTuple):
    text: str
    encoding: str
    suffix: str


@cache
def _bases() -> tuple[_Base, ...]:
    """Reports of every form and shape, and reports in prose."""
    return (*_forms(), *_prose())


def _forms() -> Iterator[_Base]:
    for number, (form, store) in enumerate(product(FORMS * 2, _STORINGS)):
        random = Random(number)
        source = store(page(form, random), random)
        encoding = "gb18030" if store is html.gb18030 else "utf-8"
        yield _Base(source.text, encoding, ".html" if source.is_markup else ".txt")


def _prose() -> Iterator[_Base]:
    """A report of the passages of one voice and year."""
    by_voice: dict[str, list[str]] = {}
    for passage in load("train"):
        by_voice.setdefault(passage.voice, []).append(passage.text)
    for texts in list(by_voice.values())[:12]:
        body = "\n".join(texts[:14])
        yield _Base(f"{_RENDERED}人民政府2013年政府信息公开工作年度报告\n一、概述\n{body}\n", "utf-8", ".txt")


def _place_name(number: int) -> str:
    digits = []
    for _ in range(4):
        number, digit = divmod(number, len(_NAMES))
        digits.append(_NAMES[digit])
    return "".join(digits)


def _place(number: int) -> str:
    """Where a document is stored: half of all are files."""
    shares = (("files", 50), ("zip", 14), ("warc", 12), ("jsonl", 12), ("csv", 6), ("parquet", 6))
    mark = number * 61 % 100
    for name, share in shares:
        mark -= share
        if mark < 0:
            return name
    return "files"


def _shelves(folder: Path, stack: ExitStack) -> dict[str, _Shelf]:
    return {
        "files": _Files(folder / "pages"),
        "zip": _Zip(stack.enter_context(zipfile.ZipFile(folder / "packed.zip", "w", zipfile.ZIP_DEFLATED))),
        "warc": _Warc(WARCWriter(stack.enter_context((folder / "crawl.warc.gz").open("wb")), gzip=True)),
        "jsonl": _Jsonl(stack.enter_context((folder / "dump.jsonl").open("wb"))),
        "csv": _Csv(stack.enter_context((folder / "dump.csv").open("w", encoding="utf-8", newline=""))),
        "parquet": _Parquet(stack.enter_context(pq.ParquetWriter(folder / "dump.parquet", _COLUMNS))),
    }


_COLUMNS = pa.schema([(name, pa.string()) for name in ("content", "url", "date")])


def _row(item: Item) -> dict[str, str]:
    text = item.data.decode("gb18030" if b"gb18030" in item.data[:400] else "utf-8", "replace")
    return {"content": text, "url": f"http://www.example.gov.cn/{item.name}", "date": "2023-02-01"}


class _Files:
    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def put(self, item: Item) -> None:
        path = self._folder / item.name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(item.data)


class _GbkName(zipfile.ZipInfo):
    """A member whose name is written in GBK, without a mark, as an older Windows does."""

    def _encodeFilenameFlags(self) -> tuple[bytes, int]:  # noqa: N802 - the name that zipfile gives it
        return self.filename.encode("gbk"), self.flag_bits & ~0x800


class _Zip:
    def __init__(self, file: zipfile.ZipFile) -> None:
        self._file = file

    def put(self, item: Item) -> None:
        member = _GbkName(f"年报/{item.name}")
        member.compress_type = zipfile.ZIP_DEFLATED
        self._file.writestr(member, item.data)


class _Warc:
    def __init__(self, writer: WARCWriter) -> None:
        self._writer = writer

    def put(self, item: Item) -> None:
        headers = StatusAndHeaders("200 OK", [("Content-Type", "text/html")], protocol="HTTP/1.1")
        url = f"http://www.example.gov.cn/{item.name}"
        record = self._writer.create_warc_record(url, "response", payload=io.BytesIO(item.data), http_headers=headers)
        self._writer.write_record(record)


class _Jsonl:
    def __init__(self, file: io.BufferedWriter) -> None:
        self._file = file

    def put(self, item: Item) -> None:
        self._file.write(json.dumps(_row(item), ensure_ascii=False).encode() + b"\n")


class _Csv:
    def __init__(self, file: io.TextIOWrapper) -> None:
        self._writer = csv.DictWriter(file, ("content", "url", "date"))
        self._writer.writeheader()

    def put(self, item: Item) -> None:
        self._writer.writerow(_row(item))


class _Parquet:
    def __init__(self, writer: pq.ParquetWriter) -> None:
        self._writer = writer

    def put(self, item: Item) -> None:
        self._writer.write_table(pa.Table.from_pylist([_row(item)], _COLUMNS))
