"""Whole forms with random figures as Word files: every figure is read, in its place, and none is invented."""

from __future__ import annotations

from random import Random

import pytest

from govnlp import extract
from tests.render import docx
from tests.render.catalogue import DAMAGES, page
from tests.render.fill import FORMS
from tests.render.grid import Page
from tests.render.source import Source
from tests.render.verdict import faults

SHAPES = (docx.plain, docx.torn_runs, docx.controlled)
# Damages of the wording and of single figures that a Word file can carry as well as a page can.
CARRIED = [one for one in DAMAGES if one.name in {
    "rows_dropped", "no_total_column", "groups_lost", "row_repeated", "cells_blanked", "zeros_blanked", "amounts_in_yuan",
    "labels_reworded", "labels_spaced", "labels_on_lines", "traditional",
}]  # fmt: skip


def _assert_read(made: Page, data: bytes) -> None:
    report = extract(data)
    assert report.source.format == "docx"
    assert faults(made, Source(_print_of(data)), report) == []


def _print_of(data: bytes) -> str:
    from govnlp.read import read

    return read(data).source


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("shape", SHAPES, ids=lambda one: one.__name__)
def test_a_form_is_read_from_word(form, shape):
    made = page(form, Random(form))
    _assert_read(made, shape(made, Random(1)))


@pytest.mark.parametrize("damage", CARRIED, ids=lambda one: one.name)
def test_a_damaged_form_is_read_from_word(damage):
    for form in sorted(damage.forms or FORMS):
        made = damage.apply(page(form, Random(form)), Random(5))
        _assert_read(made, docx.plain(made, Random(1)))


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(40))
def test_very_many_forms_are_read_from_word(seed):
    random = Random(seed)
    made = page(random.choice(FORMS), random)
    _assert_read(made, random.choice(SHAPES)(made, random))
