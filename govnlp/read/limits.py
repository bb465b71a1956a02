"""How much of a source is read before an issue says that it is too large."""

from __future__ import annotations

from typing import NamedTuple


class Limits(NamedTuple):
    """The most that is read of one source; what passes a limit is told in an issue.

    `bytes` of the source, and of each file that it is followed to; `tags` (`<`) of a page of markup; `pages` of a PDF
    or a scan; `pixels` of one picture or rendered page; `unpacked` bytes of all that an archive or a Word file holds;
    `files` that a page is followed to; `seconds` that a recogniser, a converter or a download may take for the source.

    >>> Limits(pages=50).pages
    50
    """

    bytes: int = 32 * 1024 * 1024
    tags: int = 200_000
    pages: int = 2_000
    pixels: int = 60_000_000
    unpacked: int = 128 * 1024 * 1024
    files: int = 40
    seconds: float = 300.0
