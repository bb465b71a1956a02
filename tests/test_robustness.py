"""Whatever a page holds, `extract` gives a report in bounded time and raises nothing."""

from __future__ import annotations

import random
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


def _assert_read(name: str, source: bytes | str) -> None:
    report = extract(source) if isinstance(source, bytes) else extract(text=source)
    _assert_told(name, report)


def test_a_mutated_page_is_read():
    for name, data in _mutations(MUTATIONS, seed=20_240_117):
        _assert_read(name, data)


@pytest.mark.slow
def test_very_many_mutated_pages_are_read():
    for name, data in _mutations(MANY_MUTATIONS, seed=7):
        _assert_read(name, data)


OPENING = "金川县2021年政府信息公开工作年度报告\n一、总体情况\n2021年,我局公开政府信息30条"
CHARACTERS = "a1一<&\"' \t\n|-(。,件?\ufffd\u200b\u3000無\x00%=;"


@pytest.mark.parametrize("character", CHARACTERS, ids=lambda one: f"U+{ord(one):04X}")
def test_one_character_without_end_is_read(character):
    _assert_read(character, character * 30_000)
    _assert_read(character, OPENING + character * 3_000)


@pytest.mark.slow
@pytest.mark.parametrize("character", CHARACTERS, ids=lambda one: f"U+{ord(one):04X}")
def test_a_million_of_one_character_are_read(character):
    _assert_read(character, character * 1_000_000)


@pytest.mark.parametrize(
    "unit",
    ["<div>", "<table>", "<table><tr><td>", "<span>", "<b>", "<p><font>", "<a href=x>", "<ul><li>", "<select>", "<table>x<tr>",
     "<table>x<td>", "<td>1", "<img src=/a/b.png>", "<p>x<td>"],
)  # fmt: skip
def test_tags_without_end_are_read(unit):
    _assert_read(unit, "<p>" + OPENING + unit * 5_000 + "一")


@pytest.mark.slow
@pytest.mark.parametrize("unit", ["<div>", "<table>", "<span>", "<table><tr><td>", "<ul><li>", "<table>x<td>"])
def test_a_hundred_thousand_nested_tags_are_read(unit):
    _assert_read(unit, unit * (100_000 // unit.count("<")) + "一")


def test_more_tags_than_the_limit_are_refused_and_told():
    report = extract(text="<table>x<tr>" * 200_000)
    assert (report.status, report.issues[0].code) == ("failed", "source_too_large")


@pytest.mark.parametrize("stray", ["\ud800", "\x00", "\ufeff", "\u2028"])
@pytest.mark.parametrize("frame", ["{}", "<p>{}</p><table><tr><td>收费{}<td>0</table>", "申请人情况|{}|总计\n1|2|3"])
def test_stray_code_points_are_read(stray, frame):
    body = OPENING.replace("公开", f"公{stray}开") + stray
    _assert_read(frame, frame.replace("{}", body))
