"""Mutated Word files, archives and pages with attachments: never an exception, always a status and an end."""

from __future__ import annotations

import io
import random
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path
from random import Random

import pytest

from govnlp import Report, extract
from tests.read.word_files import packed
from tests.render import docx
from tests.render.catalogue import page
from tests.test_robustness import WAYS, _assert_told

FEW, MANY = 50, 1000
MADE = page("art50v2", Random(3))
WORD = docx.plain(MADE, Random(1))
SHELL = f'<title>{MADE.title}</title><h1>{MADE.title}</h1><a href="nb.docx">年报</a><img src="t.png"><iframe src="f.html">'.encode()
ZIP = packed({"a.html": SHELL, "nb.docx": WORD})


def _mutated(data: bytes, draw: random.Random) -> bytes:
    for way in draw.choices(WAYS, k=draw.choice((1, 1, 2))):
        data = way(data or b" ", draw)
    return data


def _inside(data: bytes, draw: random.Random) -> bytes:
    """A sound archive, one file of which was mutated."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        files = {name: archive.read(name) for name in archive.namelist()}
    parts = [
        name
        for name in files
        if name.endswith(("document.xml", ".rels", "styles.xml", "numbering.xml", ".html", ".docx"))
    ]
    name = draw.choice(parts)
    return packed({**files, name: _mutated(files[name], draw)})


def _word(draw: random.Random, _: Path) -> Report:
    return extract(draw.choice((_mutated, _inside))(WORD, draw))


def _archive(draw: random.Random, _: Path) -> Report:
    return extract(draw.choice((_mutated, _inside))(ZIP, draw))


def _page(draw: random.Random, folder: Path) -> Report:
    (folder / "nb.docx").write_bytes(draw.choice((_mutated, _inside))(WORD, draw))
    return extract(_mutated(SHELL, draw) if draw.random() < 0.5 else SHELL, beside=folder)


KINDS: tuple[Callable[[random.Random, Path], Report], ...] = (_word, _archive, _page)


def _reports(kind: Callable[[random.Random, Path], Report], count: int, folder: Path) -> Iterator[tuple[str, Report]]:
    for number in range(count):
        yield f"{kind.__name__} {number}", kind(random.Random(number), folder)


@pytest.mark.parametrize("kind", KINDS)
def test_a_mutated_file_is_read(kind, tmp_path):
    for name, report in _reports(kind, FEW, tmp_path):
        _assert_told(name, report)


@pytest.mark.slow
@pytest.mark.parametrize("kind", KINDS)
def test_very_many_mutated_files_are_read(kind, tmp_path):
    statuses = set()
    for name, report in _reports(kind, MANY, tmp_path):
        _assert_told(name, report)
        statuses.add(report.status)
    assert {"complete", "failed"} <= statuses or {"complete", "partial"} <= statuses


@pytest.mark.parametrize("seed", range(12))
def test_what_is_lost_is_told_and_never_a_blank_or_a_part_of_a_figure(seed):
    draw = random.Random(seed)
    with zipfile.ZipFile(io.BytesIO(WORD)) as archive:
        files = {name: archive.read(name) for name in archive.namelist()}
    whole = {name: fact.value for name, fact in extract(WORD).answers.items()}
    text = files["word/document.xml"]
    report = extract(packed({**files, "word/document.xml": text[: draw.randrange(len(text) // 10, len(text) - 20)]}))
    assert report.status in ("partial", "failed")
    assert "damaged_source" in {one.code for one in report.issues}
    assert {name: fact.value for name, fact in report.answers.items()}.items() <= whole.items()
