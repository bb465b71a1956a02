"""Whatever a page holds, `extract` gives a report in bounded time and raises nothing."""

from __future__ import annotations

import random
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from govnlp import extract
from govnlp.schema.report import Report

ROOT = Path(__file__).resolve().parents[1]
PAGES = sorted(
    path
    for folder in ("corpora/samples", "tests/golden")
    for path in (ROOT / folder).iterdir()
    if path.suffix in (".html", ".txt")
)
LONGEST = 5.0  # seconds
MUTATIONS = 150
MANY_MUTATIONS = 2000
TAGS = (
    b"<table>", b"</table>", b"<tr>", b"</tr>", b"<td>", b"</td>", b"<td rowspan=999>", b"<td colspan=-3>", b"<div>", b"</div>",
    b"<p>", b"<br>", b"<!--", b"-->", b"<script>", b"</script>", b"<![CDATA[", b"<pre>", b"<img src=/a/b.png>", b"<textarea>",
    b"</body>", b"<html>", b"<title>", b"<select>", b"<div style='display:none'>", b"<span style='display:table-cell'>", b"&#x",
    b"<", b"\"", b"\x00", b"\xff\xfe", b"\xed\xa0\x80", b"\n\n", b"|", b"1", b"\xe4\xb8\x80\xe3\x80\x81",
)  # fmt: skip


def _flipped(data: bytes, draw: random.Random) -> bytes:
    changed = bytearray(data)
    for _ in range(draw.choice((1, 5, 50))):
        changed[draw.randrange(len(changed))] = draw.randrange(256)
    return bytes(changed)


def _cut_short(data: bytes, draw: random.Random) -> bytes:
    return data[: draw.randrange(len(data))]


def _beheaded(data: bytes, draw: random.Random) -> bytes:
    return data[draw.randrange(len(data)) :]


def _slice(data: bytes, draw: random.Random) -> tuple[int, int]:
    start = draw.randrange(len(data))
    return start, min(len(data), start + draw.choice((1, 10, 100, 1000, 5000)))


def _doubled(data: bytes, draw: random.Random) -> bytes:
    start, end = _slice(data, draw)
    return data[:end] + data[start:end] * draw.choice((1, 1, 3, 20)) + data[end:]


def _thinned(data: bytes, draw: random.Random) -> bytes:
    start, end = _slice(data, draw)
    return data[:start] + data[end:]


def _moved(data: bytes, draw: random.Random) -> bytes:
    start, end = _slice(data, draw)
    rest = data[:start] + data[end:]
    at = draw.randrange(len(rest) + 1)
    return rest[:at] + data[start:end] + rest[at:]


def _tagged(data: bytes, draw: random.Random) -> bytes:
    for _ in range(draw.choice((1, 3, 20))):
        at = draw.randrange(len(data) + 1)
        data = data[:at] + draw.choice(TAGS) + data[at:]
    return data


WAYS = (_flipped, _cut_short, _beheaded, _doubled, _thinned, _moved, _tagged, _tagged)


def _mutations(count: int, seed: int) -> Iterator[tuple[str, bytes]]:
    """Pages with one to three mutations, each with a name to find it by."""
    draw = random.Random(seed)
    originals = [(path.name, path.read_bytes()) for path in PAGES]
    for number in range(count):
        name, data = draw.choice(originals)
        for way in draw.choices(WAYS, k=draw.choice((1, 1, 2, 3))):
            data, name = way(data or b" ", draw), name + way.__name__
        yield f"{number}:{name}", data


def _assert_told(name: str, report: Report) -> None:
    """A report is consistent: its sections tile its text, and what it answers lies in it."""
    assert report.status in ("complete", "partial", "not_a_report", "failed"), name
    if report.sections:
        ends = [0, *(one.span.end for one in report.sections)]
        assert [one.span.start for one in report.sections] == ends[:-1], name
        assert ends[-1] == len(report.text), name
    for fact in report.answers.values():
        for one in fact.evidence:
            assert 0 <= one.span.start <= one.span.end <= len(report.text), (name, fact.indicator)
    report.to_json()


def _read_in_time(name: str, source: bytes | str) -> None:
    started = time.process_time()
    report = extract(source) if isinstance(source, bytes) else extract(text=source)
    taken = time.process_time() - started
    assert taken < LONGEST, f"{name} took {taken:.1f} s"
    _assert_told(name, report)


def test_a_mutated_page_is_read():
    for name, data in _mutations(MUTATIONS, seed=20_240_117):
        _read_in_time(name, data)


@pytest.mark.slow
def test_very_many_mutated_pages_are_read():
    for name, data in _mutations(MANY_MUTATIONS, seed=7):
        _read_in_time(name, data)
