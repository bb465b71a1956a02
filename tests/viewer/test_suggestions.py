"""The one cell that breaks two sums: named beside its checks, and never changed by the page itself."""

from __future__ import annotations

from pathlib import Path

import pytest

from govnlp.export.html_sheet import sheet
from govnlp.pipeline import inspect
from tests.viewer.making import CONFLICT, written
from tests.viewer.test_correcting import NEW, SLOT, save


@pytest.fixture(scope="module")
def broken(repository: Path) -> Path:
    return repository / "tests" / "golden" / "county-2022-broken.html"


def test_a_check_tells_its_suggestion(broken):
    found = inspect(broken, model=None)
    told = {one.id: one.suggestion for one in sheet(found.report, found.document).checks if one.suggestion}
    assert {(one.indicator, one.value) for one in told.values()} == {(NEW, "29")}
    assert set(told) == {one.id for one in found.report.failed_checks if one.suggestion}
    assert len(told) == 2


def test_the_suspect_cell_is_filled_into_the_editor_and_not_applied(broken, opened, tmp_path, shot):
    for theme, language in (("dark", "en-GB"), ("light", "zh-CN")):
        page = opened(written(tmp_path, source=broken), theme=theme, language=language)
        told = page.locator(".findings .suggestion").first
        told.scroll_into_view_if_needed()
        shot(page, f"suggestion-{theme}")
        assert page.locator(".checks.failed .suggestion").count() == 2
        told.locator(".small").click()
        assert page.input_value(".editor input[name=value]") == "29"
        shot(page, f"suggestion-{theme}-editor")
    assert page.locator(".mark.selected").inner_text() == "30"
    assert "建议值尚未采用" in page.locator(".editor .note").inner_text()
    assert page.locator(SLOT.format(NEW)).inner_text() == "30"
    page.keyboard.press("Escape")
    assert page.locator(".editor").count() == 0
    assert page.locator(SLOT.format(NEW)).inner_text() == "30"
    assert page.locator("button.unsaved").count() == 0
    told.locator(".small").click()
    page.click(".editor .primary")
    assert page.locator(SLOT.format(NEW)).inner_text() == "29"
    assert '"value":"29"' in save(page, tmp_path).read_text("utf-8")


def test_the_suspect_cell_is_shown(broken, opened, tmp_path):
    page = opened(written(tmp_path, source=broken))
    told = page.locator(".checks.failed .suggestion").first
    assert "30" in told.inner_text()
    assert "若为 29" in told.inner_text()
    told.locator(".term").click()
    assert page.locator(".mark.selected").inner_text() == "30"
    assert page.locator("td.value.selected").get_attribute("data-indicator") == NEW


def test_a_check_without_a_suggestion_names_no_cell(opened, tmp_path):
    page = opened(written(tmp_path, text=CONFLICT))
    assert page.locator(".checks.failed").count() == 1
    assert page.locator(".suggestion").count() == 0
