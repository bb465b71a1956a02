"""The pages of the documentation and the snippets in them."""

from __future__ import annotations

import re
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).resolve().parents[2]
PAGES = (ROOT / "README.md", ROOT / "CONTRIBUTING.md", *sorted((ROOT / "docs").glob("*.md")))
CHANGING = frozenset({"add-a-form.md", "add-a-reader.md"})
"""Pages whose snippets change the package; tests/docs/test_worked.py follows them in a copy."""
_FENCE = re.compile(r"^```(\w+)\n(.*?)^```$", re.MULTILINE | re.DOTALL)

ORDERED = frozenset({"tutorial.md"})
"""Pages whose snippets build on each other; tests/docs/test_tutorial.py runs each from top to bottom."""
GENERATED = frozenset({"api.md"})
"""Pages of examples from docstrings; tests/docs/test_api.py runs them where they stand."""


class Snippet(NamedTuple):
    """A block of code: its page, the line that it begins on, its language, its text."""

    page: Path
    line: int
    language: str
    text: str

    @property
    def name(self) -> str:
        return f"{self.page.name}:{self.line}"


def snippets(*languages: str) -> list[Snippet]:
    """The blocks of code in some languages, over all pages."""
    return [one for page in PAGES for one in _of(page) if one.language in languages]


def _of(page: Path) -> list[Snippet]:
    text = page.read_text("utf-8")
    return [
        Snippet(page, text.count("\n", 0, found.start()) + 2, found[1], found[2]) for found in _FENCE.finditer(text)
    ]
