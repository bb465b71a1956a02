"""Ruled tables in pictures: every cell with its spans, however the page is turned, the rules drawn and the letters set."""

from __future__ import annotations

from random import Random

import pytest

from govnlp.read import ocr

if ocr.missing():
    pytest.skip("the extra ocr is not installed", allow_module_level=True)

import cv2
import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageDraw, ImageFont

from govnlp.read.ocr_ink import ink, letter_height, marks
from govnlp.read.ocr_ruling import RuledTable, ruled_tables
from govnlp.read.ocr_sheet import sheet_of
from govnlp.read.ocr_upright import skew
from tests.render import picture

DPI = 150.0
WORDS = "本年制发件数现行有效行政许可处理决定申请公开总计结果维持其他一二三"
Spans = list[tuple[int, int, int, int]]
Canvas = NDArray[np.uint8]


def _spans(random: Random, rows: int, columns: int) -> Spans:
    """A grid some of whose cells are merged: row, column, rowspan, colspan of each cell, in reading order."""
    free = {(row, column) for row in range(rows) for column in range(columns)}
    made: Spans = []
    for row in range(rows):
        for column in range(columns):
            if (row, column) not in free:
                continue
            down, along = random.choice(((1, 1), (1, 1), (1, 1), (2, 1), (1, 2), (1, 3), (3, 1), (2, 2)))
            covered = [(row + a, column + b) for a in range(down) for b in range(along)]
            if not free.issuperset(covered):
                down, along, covered = 1, 1, [(row, column)]
            free.difference_update(covered)
            made.append((row, column, down, along))
    return _used(made)


def _used(spans: Spans) -> Spans:
    """The same cells, rows and columns counted by the levels at which a cell begins or ends."""
    tops = sorted({level for row, _, down, _ in spans for level in (row, row + down)})
    lefts = sorted({level for _, column, _, along in spans for level in (column, column + along)})
    return sorted(
        (tops.index(row), lefts.index(column), tops.index(row + down) - tops.index(row),
         lefts.index(column + along) - lefts.index(column))
        for row, column, down, along in spans
    )  # fmt: skip


def _drawn(spans: Spans, random: Random, shade: int = 0, thick: int = 1, *, inset: int = 0) -> Canvas:
    """The grid on paper, words in its cells; `inset` draws a border for each cell, apart from its neighbours'."""
    image = Image.new("L", (900, 700), 250)
    draw = ImageDraw.Draw(image)
    font = ImageFont.truetype(picture.CJK, 18)
    for row, column, down, along in spans:
        box = (60 + column * 100, 70 + row * 40, 60 + (column + along) * 100, 70 + (row + down) * 40)
        draw.rectangle((box[0] + inset, box[1] + inset, box[2] - inset, box[3] - inset), outline=shade, width=thick)
        text = random.choice(("", "0", "37", random.choice(WORDS) * 2, "".join(random.sample(WORDS, 4)), "—"))
        draw.text((box[0] + 8, box[1] + 10), text, fill=30, font=font)
    return np.asarray(image)


def _read(canvas: Canvas) -> list[RuledTable]:
    return ruled_tables(sheet_of(canvas, DPI))


def _found(canvas: Canvas) -> Spans:
    (table,) = _read(canvas)
    return [(cell.row, cell.column, cell.rowspan, cell.colspan) for cell in table.cells]


@pytest.mark.parametrize("seed", range(12))
def test_merged_cells_are_found(seed):
    random = Random(seed)
    spans = _spans(random, random.randint(3, 12), random.randint(2, 7))
    assert _found(_drawn(spans, random)) == spans


@pytest.mark.parametrize(("shade", "thick", "inset"), [(210, 1, 0), (0, 3, 0), (120, 2, 0), (0, 1, 1), (90, 1, 1)])
def test_light_thick_and_double_rules(shade, thick, inset):
    random = Random(shade + thick)
    spans = _spans(random, 9, 6)
    assert _found(_drawn(spans, random, shade, thick, inset=inset)) == spans


@pytest.mark.parametrize("angle", [-3.0, 0.4, 1.7])
def test_a_turned_page_with_grain_and_gaps(angle):
    random = Random(angle)
    spans = _spans(random, 10, 6)
    canvas = _drawn(spans, random).copy()
    grains = np.random.default_rng(1)
    for _ in range(60):  # small gaps, as worn drums leave them
        left, top = int(grains.integers(60, 800)), int(grains.integers(60, 600))
        canvas[top : top + 2, left : left + 2] = 250
    turned = Image.fromarray(canvas).rotate(angle, Image.Resampling.BICUBIC, fillcolor=250)
    noisy = (np.asarray(turned, dtype=np.float32) + grains.normal(0, 9, canvas.shape)).clip(0, 255).astype(np.uint8)
    assert abs(skew(noisy) + angle) < 0.1
    assert _found(noisy) == spans


def test_a_table_open_at_its_sides():
    spans = [(row, column, 1, 1) for row in range(4) for column in range(3)]
    canvas = _drawn(spans, Random(1)).copy()
    canvas[71:230, 58:63] = 250
    canvas[71:230, 358:363] = 250
    assert _found(canvas) == spans


def test_frames_underlines_and_prose_are_no_tables():
    image = Image.new("L", (900, 700), 250)
    draw = ImageDraw.Draw(image)
    font = ImageFont.truetype(picture.CJK, 22)
    draw.rectangle((20, 20, 880, 680), outline=0)
    for row in range(8):
        draw.text((60, 60 + row * 50), "".join(Random(row).choices(WORDS, k=30)), fill=0, font=font)
    draw.line((60, 90, 500, 90), fill=0)
    assert _read(np.asarray(image)) == []


def test_rows_of_a_shading_without_rules_are_divided_as_the_others():
    spans = [(row, column, 1, 1) for row in range(5) for column in range(4)]
    canvas = _drawn(spans, Random(2)).copy()
    canvas[70:111, 60:461] = 150
    image = Image.fromarray(canvas)
    draw = ImageDraw.Draw(image)
    font = ImageFont.truetype(picture.CJK, 18)
    for column in range(4):
        draw.text((75 + column * 100, 80), "件数", fill=10, font=font)
    assert _found(np.asarray(image)) == spans


@pytest.mark.parametrize("letter", [12, 18, 30, 60])
def test_letters_are_measured(letter):
    image = Image.new("L", (1200, 900), 245)
    font = ImageFont.truetype(picture.CJK, letter)
    for row in range(6):
        ImageDraw.Draw(image).text((40, 40 + row * letter * 2), "政府信息公开年度报告", fill=20, font=font)
    assert letter * 0.75 <= letter_height(np.asarray(image)) <= letter * 1.3
    assert 18 <= sheet_of(np.asarray(image), DPI).letter <= 52


def test_grain_is_no_ink():
    grains = np.random.default_rng(2)
    paper = (240 + grains.normal(0, 12, (600, 600))).clip(0, 255).astype(np.uint8)
    sheet = sheet_of(paper, DPI)
    assert not [one for one in marks(sheet.ink, sheet.letter) if one.bottom - one.top > sheet.letter / 2]
    assert ink(np.zeros((50, 50), np.uint8)).sum() == 0


@pytest.mark.parametrize("kind", ["checks", "stripes", "noise", "black", "one dot"])
def test_hostile_pictures_end(kind):
    side = 500
    rows, columns = np.indices((side, side))
    canvases = {
        "checks": ((rows // 20 + columns // 20) % 2 * 255),
        "stripes": (rows // 3 % 2 * 255),
        "noise": np.random.default_rng(0).integers(0, 256, (side, side)),
        "black": np.zeros((side, side)),
        "one dot": np.where((rows == 5) & (columns == 5), 0, 255),
    }
    canvas = canvases[kind].astype(np.uint8)
    assert isinstance(_read(canvas), list)
    assert cv2.countNonZero(sheet_of(canvas, DPI).ink) >= 0


def test_boxes_lead_back_to_the_picture():
    spans = [(row, column, 1, 1) for row in range(4) for column in range(3)]
    turned = np.asarray(Image.fromarray(_drawn(spans, Random(1))).rotate(2.0, Image.Resampling.BICUBIC, fillcolor=250))
    sheet = sheet_of(turned, DPI)
    (table,) = ruled_tables(sheet)
    left, top, right, bottom = (edge * DPI / 72 for edge in sheet.page.box(table.cells[4].inside, DPI))
    middle = np.array([(left + right) / 2 - 450, (top + bottom) / 2 - 350])
    angle = np.deg2rad(2.0)
    level = np.array([[np.cos(angle), -np.sin(angle)], [np.sin(angle), np.cos(angle)]]) @ middle + (450, 350)
    assert np.allclose(level, (210, 130), atol=4)
