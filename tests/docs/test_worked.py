"""The pages that add a form and a reader can be followed to the end, and nothing goes wrong before they are."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.docs.pages import CHANGING, snippets
from tests.docs.worked import followed, tried


@pytest.mark.parametrize("page", sorted(CHANGING))
def test_a_page_can_be_followed(page: str, tmp_path: Path):
    followed(page, tmp_path)
    assert tried(page, tmp_path) == ""


def test_what_the_pages_add_is_not_there_without_them():
    assert len(CHANGING) == 2
    for page in CHANGING:
        assert {one.language for one in snippets("diff", "pycon") if one.page.name == page} == {"diff", "pycon"}


def test_a_page_that_no_longer_fits_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    from tests.docs import worked

    sound = [one for one in snippets("diff") if one.page.name == "add-a-form.md"]
    spoilt = [one._replace(text=one.text.replace("\n ", "\n x ").replace("\n-", "\n-x ")) for one in sound]
    monkeypatch.setattr(worked, "snippets", lambda *_: spoilt)
    with pytest.raises(AssertionError, match="is not once in"):
        followed("add-a-form.md", tmp_path)
