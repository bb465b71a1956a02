"""The pages of a PDF or of a scan as pictures, small enough to stand in the page itself."""

from __future__ import annotations

import io
from base64 import b64encode
from collections.abc import Iterator
from typing import TYPE_CHECKING, NamedTuple

from govnlp.schema.facts import Value

if TYPE_CHECKING:
    from PIL.Image import Image

_DPI = 110
# Pages beyond these are read, but not drawn; a page larger than this many pixels is made smaller.
MOST_PAGES = 200
_MOST_PIXELS = 2_500_000
_QUALITY = 55


class PageView(Value):
    """A page: its number from 1, its size in points."""

    number: int
    width: float
    height: float


class Drawn(NamedTuple):
    """A page with its picture as WebP in base64."""

    view: PageView
    picture: str


def of_pdf(data: bytes) -> Iterator[Drawn]:
    """The pages of a PDF. Needs pypdfium2 and pillow; a damaged file raises what they raise.

    >>> next(of_pdf(b"no pages"), None)
    Traceback (most recent call last):
    pypdfium2._helpers.misc.PdfiumError: Failed to load document (PDFium: Data format error).
    """
    import pypdfium2

    file = pypdfium2.PdfDocument(data)
    try:
        for number in range(1, min(len(file), MOST_PAGES) + 1):
            page = file[number - 1]
            width, height = page.get_size()
            scale = min(_DPI / 72, (_MOST_PIXELS / max(1.0, width * height)) ** 0.5)
            picture = page.render(scale=scale).to_pil()
            yield Drawn(PageView(number=number, width=width, height=height), _packed(picture))
            page.close()
    finally:
        file.close()


def of_picture(picture: Image, number: int, dpi: float) -> Drawn:
    """A scanned page as it was recognised: `dpi` are the dots an inch that its boxes were measured with.

    >>> from PIL import Image
    >>> of_picture(Image.new("RGB", (150, 300)), 1, 75).view.width
    144.0
    """
    view = PageView(number=number, width=picture.width * 72 / dpi, height=picture.height * 72 / dpi)
    shrink = (_MOST_PIXELS / (picture.width * picture.height)) ** 0.5
    if shrink < 1:
        picture = picture.resize((max(1, int(picture.width * shrink)), max(1, int(picture.height * shrink))))
    return Drawn(view, _packed(picture))


def _packed(picture: Image) -> str:
    file = io.BytesIO()
    picture.convert("RGB").save(file, "WEBP", quality=_QUALITY, method=2)
    return b64encode(file.getvalue()).decode("ascii")
