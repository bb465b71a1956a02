"""Several pictures as one file of several pages, so that a table that goes on in the next picture is read as one."""

from __future__ import annotations

import io
import warnings
from collections.abc import Sequence

from govnlp.read.limits import Limits

_UNKNOWN = (150.0, 150.0)  # dots an inch, where a picture does not say


def album(pictures: Sequence[bytes], limits: Limits) -> bytes | None:
    """A TIFF with a page for each picture; none where one cannot be opened, is too large, or Pillow is not installed.

    >>> album([b"no picture"], Limits()) is None
    True
    """
    try:
        from PIL import Image
    except ImportError:
        return None
    pages = []
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            for data in pictures:
                opened = Image.open(io.BytesIO(data))
                if opened.width * opened.height > limits.pixels:
                    return None
                page = opened.convert("L")
                page.info["dpi"] = opened.info.get("dpi", _UNKNOWN)
                pages.append(page)
        out = io.BytesIO()
        dots = tuple(float(one) for one in pages[0].info["dpi"])
        pages[0].save(out, "TIFF", save_all=True, append_images=pages[1:], compression="tiff_deflate", dpi=dots)
    except (OSError, ValueError, SyntaxError, TypeError, EOFError, Image.DecompressionBombError, Warning):
        return None
    return out.getvalue()
