"""The renderer itself: what it draws must hold the figures that it promises, where the form has them."""

from __future__ import annotations

from random import Random

import pytest
from lxml import html as lxml_html

from govnlp.schema.indicators import indicators
from tests.render import flat, html
from tests.render.catalogue import DAMAGES, SHAPES, fits, page, render
from tests.render.fill import FORMS, filled
from tests.render.forms import tables
from tests.render.grid import Table, expected, turned, without_column, without_row
from tests.render.wording import variants


def _read_back(markup: str) -> list[dict[tuple[int, int], str]]:
    """The grids of a page by the rules of HTML: position to the text of the cell that covers it."""
    grids = []
    for table in lxml_html.fromstring(markup).iter("table"):
        grid: dict[tuple[int, int], str] = {}
        for row, line in enumerate(table.iter("tr")):
            column = 0
            for cell in line.iter("td"):
                while (row, column) in grid:
                    column += 1
                for down in range(int(cell.get("rowspan", 1))):
                    for right in range(int(cell.get("colspan", 1))):
                        grid[row + down, column + right] = cell.text_content()
                column += int(cell.get("colspan", 1))
        grids.append(grid)
    return grids


@pytest.mark.parametrize("form", FORMS)
def test_html_read_back_by_the_rules_gives_the_grid(form):
    made = page(form, Random(3))
    for table, grid in zip(made.tables, _read_back(html.plain(made, Random(0)).text), strict=True):
        for cell in table.cells:
            assert grid[cell.row, cell.column] == cell.text
            assert grid[cell.row + cell.rowspan - 1, cell.column + cell.colspan - 1] == cell.text


@pytest.mark.parametrize("form", FORMS)
def test_forms_print_the_indicators_that_the_schema_gives_them(form):
    printed = {cell.indicator for table in tables(filled(form, Random(1))) for cell in table.figures()}
    named = {one.id for one in indicators().values() if form in one.forms}
    if form == "stat2014":
        named = {one for one in named if not one.startswith("applications.") or one.endswith((".total", *_CHANNELS))}
    assert printed == named


_CHANNELS = ("in_person", "fax", "online", "letter")


@pytest.mark.parametrize("form", ["art50v1", "art50v2"])
def test_random_figures_keep_the_identities(form):
    made = filled(form, Random(8))
    value = {name: figure.value or 0 for name, figure in made.figures.items()}
    for applicant in ("natural_person", "ngo", "total"):
        name = f"applications.{{}}.{applicant}"
        left = value[name.format("new")] + value[name.format("carried_in")]
        assert left == value[name.format("closed")] + value[name.format("carried_out")]
        outcomes = [
            one for stem, one in value.items() if stem.startswith("applications.") and stem.endswith(f".{applicant}")
        ]
        assert sum(outcomes) == 2 * left + value[name.format("closed")]


def test_every_shape_with_every_damage_can_be_drawn():
    count = 0
    for form in FORMS:
        for shape in SHAPES:
            for damage in DAMAGES:
                chosen = [damage, *(one for one in DAMAGES if one.name == shape.needs_damage and one is not damage)]
                if fits(shape, chosen, form):
                    random = Random(count)
                    made, source = render(page(form, random), shape, chosen, random)
                    assert expected(made)
                    assert source.text
                    count += 1
    assert count > 1500


def test_variants_speak_of_labels_that_the_forms_print():
    printed = {
        cell.text
        for form in FORMS
        for rows in (1, 3)
        for table in tables(filled(form, Random(2), rows))
        for cell in table.cells
    }
    assert set(variants()) <= printed


def test_dropping_a_row_and_a_column_keeps_the_rest_in_place():
    matrix = tables(filled("art50v2", Random(4)))[1]
    smaller = without_column(without_row(matrix, 7), 7)
    assert (smaller.height, smaller.width) == (matrix.height - 1, matrix.width - 1)
    assert len(smaller.figures()) == len(matrix.figures()) - 7 - 24
    _assert_covers_once(smaller)


def test_turning_twice_gives_the_table_back():
    matrix = tables(filled("art50v1", Random(4)))[1]
    assert set(turned(turned(matrix)).cells) == set(matrix.cells)


@pytest.mark.parametrize("damage", [one for one in DAMAGES if one.name != "unknown_column"], ids=lambda one: one.name)
def test_no_damage_lays_one_cell_over_another(damage):
    for form in FORMS:
        random = Random(6)
        for table in damage.apply(page(form, random), random).tables:
            _assert_covers_once(table)


def _assert_covers_once(table: Table) -> None:
    seen: set[tuple[int, int]] = set()
    for cell in table.cells:
        for row in range(cell.row, cell.row + cell.rowspan):
            for column in range(cell.column, cell.column + cell.colspan):
                assert (row, column) not in seen, f"{table.name}: {cell.text!r} lies over another cell"
                seen.add((row, column))


def test_flattened_cells_stand_as_the_known_converters_write_them():
    made = page("art50v2", Random(3))
    text = flat.bars_with_spans(made, Random(0)).text
    assert "第二十条第(一)项 |\n|||\n信息内容 |\n" in text
    assert "申请人情况 |\n||||||||\n自然人 |\n法人或其他组织 |\n总计 |\n|||||||\n" in text
    assert "行政诉讼 |\n|||||||||||||\n结果维持 |\n" in text


def test_a_shape_that_loses_blanks_asks_less_of_their_rows():
    shape = next(one for one in SHAPES if one.name == "lines_dropped")
    blanked = next(one for one in DAMAGES if one.name == "zeros_blanked")
    kinds = set()
    for seed in range(12):
        random = Random(seed)
        made, _ = render(page("art50v2", random), shape, [blanked], random)
        dropped = any(cell.text == "" for table in made.tables for cell in table.figures())
        assert dropped == any(one.lenient for one in expected(made).values())
        kinds.add(dropped)
    assert kinds == {True, False}
