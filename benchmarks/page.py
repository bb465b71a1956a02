"""What a benchmark prints, put into a page of the documentation between two marks."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import NamedTuple


class Place(NamedTuple):
    """Where a page shows what a command measured: the page, and the marks around it."""

    page: Path
    start: str
    end: str

    def show(self, text: str, *, write: bool) -> None:
        """Print the text, or write it into the page in place of what stood there."""
        if not write:
            sys.stdout.write(text + "\n")
            return
        before, rest = self.page.read_text("utf-8").split(self.start, 1)
        after = rest.split(self.end, 1)[1]
        self.page.write_text(f"{before}{self.start}\n\n{text}\n\n{self.end}{after}", "utf-8")
