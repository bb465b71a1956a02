"""What a shape gives: the bytes or the text to read, and the text that offsets speak of."""

from __future__ import annotations

from typing import NamedTuple


class Source(NamedTuple):
    """A rendered page. `data` is given to `extract` where it is there, else `text`; `text` is the decoded file."""

    text: str
    data: bytes | None = None

    @property
    def is_markup(self) -> bool:
        return self.data is not None


def encoded(text: str, encoding: str = "utf-8") -> Source:
    """Markup in an encoding; what the encoding lacks is written as a reference, as servers do."""
    data = text.encode(encoding, "xmlcharrefreplace")
    return Source(data.decode(encoding), data)
