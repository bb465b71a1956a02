"""The real reports beside the repository: their gold sections and meta."""

from __future__ import annotations

import json

import pytest

from govnlp.segment import segment
from tests.segment.pages import SEEDS, page, plain

NAMES = [
    "000_33dd7dc401233ec9",
    "001_9a9840e34a30576e",
    "002_082f890431297067",
    "003_87dd774a6789ddfd",
    "004_1f4a53c53794b431",
]


def read(name):
    if not SEEDS.is_dir():
        pytest.skip("the real reports (../shared/seeds) are not here")
    text = (SEEDS / f"{name}.txt").read_text("utf-8")
    gold = json.loads((SEEDS / "gold" / f"{name}.json").read_text("utf-8"))
    return segment(normalised(text)), gold


def normalised(text):
    """The text as the pipeline hands it on."""
    normalise = pytest.importorskip("govnlp.normalise")
    if hasattr(normalise, "normalise"):
        return normalise.normalise(page(text))
    return page(plain(text))


@pytest.mark.parametrize("name", NAMES)
def test_sections(name):
    outline, gold = read(name)
    assert [(one.kind, one.repeat) for one in outline.sections] == [
        (one["kind"], one.get("repeat", False)) for one in gold["sections"]
    ]


@pytest.mark.parametrize("name", NAMES)
def test_meta(name):
    outline, gold = read(name)
    wanted, meta = gold["meta"], outline.meta
    assert outline.is_report
    assert (meta.year, meta.form, meta.published) == (wanted["year"], wanted["form"], wanted["publish_date"])
    # A township's county is known only where it is printed.
    assert (wanted["organ"] or "").endswith(meta.organ or "?")
    assert (wanted["region"] or "").endswith(meta.region or "")
