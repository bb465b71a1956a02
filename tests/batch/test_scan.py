from __future__ import annotations

import csv
import gzip
import io
import json
import os
import zipfile
from pathlib import Path
from random import Random

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

from govnlp.batch.columns import fields
from govnlp.batch.scan import ScanOptions, bytes_below, missing, scan
from govnlp.batch.values import Columns, Container, Found, Limits
from tests.batch.making import report

USUAL = ScanOptions()


def found(*sources: object, options: ScanOptions = USUAL) -> list[Found]:
    """All documents of the sources, members of archives among them."""
    kept: list[Found] = []
    for entry in scan(map(str, sources), options):
        kept.extend(entry.members() if isinstance(entry, Container) else [entry])
    return kept


def reasons(some: list[Found]) -> list[str | None]:
    return [one.refusal.reason if one.refusal else None for one in some]


def texts(some: list[Found]) -> list[str]:
    return [one.data.decode() for one in some]


def test_a_folder_is_walked_in_order_without_hidden_files_and_parts_of_pages(tmp_path: Path):
    for name in ("b/2.html", "a/1.htm", "a/.hidden/x.html", "c/style.css", "c/scan.png", "c/无后缀", ".x"):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text("x", "utf-8")
    some = found(tmp_path)
    assert [Path(one.path).name for one in some] == ["1.htm", "2.html", "scan.png", "style.css", "无后缀"]
    assert reasons(some) == [None, None, "left_out", "left_out", None]
    assert reasons(found(tmp_path, options=ScanOptions(pictures=True)))[2] is None
    assert bytes_below([str(tmp_path)]) == 7


def test_the_output_folder_inside_the_archive_is_no_part_of_it(tmp_path: Path):
    (tmp_path / "out").mkdir()
    (tmp_path / "out" / "facts.html").write_text("x")
    (tmp_path / "a.html").write_text("x")
    some = found(tmp_path, options=ScanOptions(leave=tmp_path / "out"))
    assert [Path(one.path).name for one in some] == ["a.html"]


def test_a_pattern_names_files_and_what_matches_nothing_is_missing(tmp_path: Path):
    (tmp_path / "x").mkdir()
    (tmp_path / "x" / "1.html").write_text("x")
    (tmp_path / "[1].html").write_text("x")
    assert [Path(one.path).name for one in found(tmp_path / "**" / "1.html")] == ["1.html"]
    assert [Path(one.path).name for one in found(tmp_path / "[1].html")] == ["[1].html"]
    assert missing([str(tmp_path / "*.pdf"), str(tmp_path)]) == [str(tmp_path / "*.pdf")]


def test_a_large_file_is_refused_by_its_size_and_never_opened(tmp_path: Path):
    with (tmp_path / "huge.html").open("wb") as file:
        file.truncate(300 * 1024 * 1024)
    (one,) = found(tmp_path)
    assert one.refusal
    assert one.refusal.reason == "too_large"


def test_a_device_is_no_file(tmp_path: Path):
    os.mkfifo(tmp_path / "pipe")
    assert reasons(found(tmp_path)) == ["unreadable"]


def test_a_name_that_is_no_text_is_spelt_out(tmp_path: Path):
    path = os.fsencode(tmp_path) + b"/\xc4\xea.html"
    Path(os.fsdecode(path)).write_bytes(b"x")
    (one,) = found(tmp_path)
    assert one.source.encode("utf-8").endswith(b".html")
    assert Path(one.path).read_bytes() == b"x"


class GbkName(zipfile.ZipInfo):
    def _encodeFilenameFlags(self):
        return self.filename.encode("gbk"), self.flag_bits & ~0x800


def test_members_of_a_zip_with_names_in_gbk(tmp_path: Path):
    with zipfile.ZipFile(tmp_path / "a.zip", "w", zipfile.ZIP_DEFLATED) as file:
        file.writestr(GbkName("年报/2021/县.html"), "一")
        file.writestr("年报/二.html", "二")
        file.writestr("__MACOSX/x.html", "no")
        file.writestr("logo.gif", "no")
        file.writestr("inner/dump.jsonl", "{}")
    some = found(tmp_path)
    assert [one.source.partition("::")[2] for one in some] == [
        "年报/2021/县.html",
        "年报/二.html",
        "logo.gif",
        "inner/dump.jsonl",
    ]
    assert texts(some[:2]) == ["一", "二"]
    assert reasons(some) == [None, None, "left_out", "nested"]


def test_a_zip_never_unpacks_more_than_the_limit(tmp_path: Path):
    with zipfile.ZipFile(tmp_path / "bomb.zip", "w", zipfile.ZIP_DEFLATED) as file:
        file.writestr("bomb.html", b"\0" * 200_000)
        file.writestr("fine.html", "x")
    data = bytearray((tmp_path / "bomb.zip").read_bytes())
    at = data.rindex(b"PK\x01\x02", 0, data.rindex(b"PK\x01\x02")) + 24  # the size that the first member claims
    data[at : at + 4] = (10).to_bytes(4, "little")
    (tmp_path / "liar.zip").write_bytes(data)
    small = ScanOptions(limits=Limits(bytes=1000))
    assert reasons(found(tmp_path / "bomb.zip", options=small)) == ["too_large", None]
    assert reasons(found(tmp_path / "liar.zip", options=small))[0] in ("damaged", "too_large", None)
    assert all(len(one.data) <= 1000 for one in found(tmp_path / "liar.zip", options=small))


@pytest.mark.parametrize("cut", [1, 30, 200])
def test_a_zip_that_is_cut_off_or_encrypted_is_told(tmp_path: Path, cut: int):
    with zipfile.ZipFile(tmp_path / "a.zip", "w") as file:
        file.writestr("a.html", "x" * 400)
    whole = (tmp_path / "a.zip").read_bytes()
    (tmp_path / "a.zip").write_bytes(whole[:-cut])
    assert reasons(found(tmp_path)) == ["unreadable"]
    encrypted = bytearray(whole)
    for mark, place in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        encrypted[encrypted.index(mark) + place] |= 1
    (tmp_path / "a.zip").write_bytes(encrypted)
    assert reasons(found(tmp_path)) == ["encrypted"]


def warc(path: Path, *answers: tuple[str, str, str, bytes]) -> None:
    with path.open("wb") as file:
        writer = WARCWriter(file, gzip=True)
        for url, status, media, body in answers:
            headers = StatusAndHeaders(status, [("Content-Type", media)] if media else [], protocol="HTTP/1.1")
            record = writer.create_warc_record(url, "response", payload=io.BytesIO(body), http_headers=headers)
            writer.write_record(record)


def test_answers_of_a_warc(tmp_path: Path):
    warc(
        tmp_path / "crawl.warc.gz",
        ("http://a.cn/1.html", "200 OK", "text/html", report().encode()),
        ("http://a.cn/gone", "404 Not Found", "text/html", b"404"),
        ("http://a.cn/a.png", "200 OK", "image/png", b"png"),
        ("http://a.cn/2.pdf", "200 OK", "application/pdf", b"%PDF"),
        ("http://a.cn/b.css?v=1", "200 OK", "", b"css"),
    )
    some = found(tmp_path)
    assert reasons(some) == [None, "left_out", "left_out", None, "left_out"]
    assert [one.refusal.message for one in some if one.refusal] == ["http 404", "image/png", ".css"]
    assert some[0].url == "http://a.cn/1.html"
    assert some[0].data.decode() == report()
    assert some[0].date
    assert len({one.source for one in some}) == 5


def test_a_warc_that_breaks_off_gives_what_stands_before(tmp_path: Path):
    path = tmp_path / "crawl.warc.gz"
    body = os.urandom(20_000)
    warc(path, ("http://a.cn/1", "200 OK", "text/html", b"first"), ("http://a.cn/2", "200 OK", "text/html", body))
    path.write_bytes(path.read_bytes()[:-9000])
    some = found(path)
    assert some[0].data == b"first"
    assert some[-1].refusal
    assert some[-1].refusal.reason in ("unreadable", "damaged")


def test_lines_of_json(tmp_path: Path):
    lines = [
        json.dumps({"正文": "一", "网址": "http://a.cn", "日期": "2021-01-01"}),
        "",
        "no json",
        "[1]",
        json.dumps({"title": "nothing to read"}),
        json.dumps({"text": "x" * 2000}),
        json.dumps({"html": None, "text": "二"}),
    ]
    (tmp_path / "a.jsonl").write_text("\n".join(lines), "utf-8")
    with gzip.open(tmp_path / "a.jsonl.gz", "wt", encoding="utf-8") as file:
        file.write("\n".join(lines))
    for name in ("a.jsonl", "a.jsonl.gz"):
        some = found(tmp_path / name, options=ScanOptions(limits=Limits(bytes=1000)))
        assert reasons(some) == [None, "bad_line", "bad_line", "no_text_column", "too_large", None]
        assert (some[0].url, some[0].date, some[0].data.decode()) == ("http://a.cn", "2021-01-01", "一")
        assert [one.source.rpartition("::")[2] for one in some] == ["1", "3", "4", "5", "6", "7"]


def test_a_line_without_an_end_is_never_held(tmp_path: Path):
    (tmp_path / "a.jsonl").write_bytes(b'{"text": "' + b"x" * 100_000 + b'"}\n{"text": "fine"}\n')
    some = found(tmp_path, options=ScanOptions(limits=Limits(bytes=1000)))
    assert reasons(some) == ["too_large", None]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
def test_tables_in_the_encodings_of_spreadsheets(tmp_path: Path, encoding: str):
    with (tmp_path / "a.csv").open("w", encoding=encoding, newline="") as file:
        writer = csv.writer(file)
        writer.writerows([["ID", "内容", "链接"], ["1", "一\n二,三", "http://a.cn"], ["2", "四" * 40_000, ""], ["3"]])
    some = found(tmp_path)
    assert texts(some)[:2] == ["一\n二,三", "四" * 40_000]
    assert some[0].url == "http://a.cn"
    assert reasons(some) == [None, None, None]


def test_rows_of_parquet_and_a_damaged_file(tmp_path: Path):
    table = pa.table({"content": ["一", None, "三"], "n": [1, 2, 3], "url": ["a", "b", "c"]})
    pq.write_table(table, tmp_path / "a.parquet")
    some = found(tmp_path)
    assert texts(some) == ["一", "", "三"]
    assert [one.url for one in some] == ["a", "b", "c"]
    (tmp_path / "a.parquet").write_bytes(b"PAR1 no more")
    assert reasons(found(tmp_path)) == ["unreadable"]


def test_damaged_archives_of_every_kind_are_told_and_never_raise(tmp_path: Path):
    random = Random(20)
    with zipfile.ZipFile(tmp_path / "a.zip", "w", zipfile.ZIP_DEFLATED) as file:
        file.writestr("年报.html", report())
    warc(tmp_path / "a.warc.gz", ("http://a.cn/1", "200 OK", "text/html", report().encode()))
    warc(tmp_path / "b.warc", ("http://a.cn/1", "200 OK", "text/html", report().encode()))
    with gzip.open(tmp_path / "a.jsonl.gz", "wt", encoding="utf-8") as lines:
        lines.write(json.dumps({"text": report(), "url": "\ud800"}) + "\n")
    (tmp_path / "a.csv").write_text(f'url,text\nx,"{report()}"\n', "utf-8")
    pq.write_table(pa.table({"text": [report()]}), tmp_path / "a.parquet")
    for path in sorted(tmp_path.iterdir()):
        whole = path.read_bytes()
        assert any(report()[:20].encode() in one.data for one in found(path)), path
        for _ in range(40):
            data = bytearray(whole[: random.randrange(len(whole))] if random.random() < 0.3 else whole)
            for _ in range(random.randrange(1, 12)):
                if data:
                    data[random.randrange(len(data))] = random.randrange(256)
            path.write_bytes(data)
            for one in found(path):
                (one.source + (one.url or "") + (one.date or "")).encode("utf-8")


def test_columns_can_be_named():
    assert fields(["a", "b", "text"], Columns(html="b")) == ("b", None, None, None)
    assert fields([" HTML ", "Text"]).html == " HTML "
