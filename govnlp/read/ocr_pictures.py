"""Picture files (PNG, JPEG, TIFF, WebP, GIF, BMP) to bitmaps; how large they are is asked before they are unpacked."""

from __future__ import annotations

import warnings
from collections.abc import Iterator
from io import BytesIO
from typing import NamedTuple

import numpy as np
from PIL import Image, ImageOps, UnidentifiedImageError

from govnlp.read.limits import Limits
from govnlp.read.ocr_engine import Bitmap

_FORMATS = ("PNG", "JPEG", "TIFF", "WEBP", "GIF", "BMP")
_PAGED = frozenset({"TIFF"})  # the further pictures of other formats are an animation, or the first one again
_SCREEN_DPI, _LEAST_DPI, _MOST_DPI = 96.0, 50.0, 1200.0
_A4 = 8.27  # inches
_SHAPES = (1.35, 1.48)  # an A4 page's height is 1.41 times its width
_DEEP = frozenset({"I", "I;16", "I;16B", "I;16L", "F"})


class Frame(NamedTuple):
    """One picture of a file: its number from 1, its bitmap in colours, how many dots make an inch."""

    number: int
    bitmap: Bitmap
    dpi: float


class Fault(NamedTuple):
    """A picture that is not read: its number from 1 and why."""

    number: int
    why: str


def frames(data: bytes, limits: Limits) -> Iterator[Frame | Fault]:
    """The pictures of a file in order, upright as its camera says, transparent parts white.

    A fault ends them: what cannot be unpacked, is larger than `limits.pixels` or comes after `limits.pages`.

    >>> [one.why for one in frames(b"no picture", Limits())]
    ['it is damaged or no picture']
    """
    number = 1
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # of sizes, which are asked here, and of odd metadata
            with Image.open(BytesIO(data), formats=_FORMATS) as image:
                for number in range(1, _count(image) + 1):
                    if number > limits.pages:
                        yield Fault(number, f"only {limits.pages:,} pictures of a file are read")
                        return
                    image.seek(number - 1)
                    if image.width * image.height > limits.pixels:
                        yield Fault(number, f"it has more than {limits.pixels:,} pixels")
                        return
                    yield Frame(number, _bitmap(image), _dpi(image))
    except Image.DecompressionBombError:
        yield Fault(number, f"it has more than {limits.pixels:,} pixels")
    except UnidentifiedImageError:
        yield Fault(number, "it is damaged or no picture")
    except Exception as error:  # a damaged file makes the unpackers of its format raise anything
        yield Fault(number, f"it is damaged ({type(error).__name__})")


def _count(image: Image.Image) -> int:
    return int(getattr(image, "n_frames", 1)) if image.format in _PAGED else 1


def _bitmap(image: Image.Image) -> Bitmap:
    whole = ImageOps.exif_transpose(image)
    if whole.mode in _DEEP:
        return _of_deep(np.asarray(whole, dtype=np.float32))
    if whole.has_transparency_data:
        clear = whole.convert("RGBA")
        whole = Image.new("RGBA", clear.size, "white")
        whole.alpha_composite(clear)
    return np.asarray(whole.convert("RGB"), dtype=np.uint8)


def _of_deep(shades: np.ndarray) -> Bitmap:
    """More than 256 shades brought to 256."""
    low, high = float(shades.min()), float(shades.max())
    grey = ((shades - low) * (255 / max(high - low, 1.0))).astype(np.uint8)
    return np.repeat(grey[:, :, None], 3, axis=2)


def _dpi(image: Image.Image) -> float:
    """The dots an inch that the file names; else those that make a page of A4 of it, or those of a screen."""
    named = image.info.get("dpi")
    if isinstance(named, tuple) and named and _LEAST_DPI <= float(named[0]) <= _MOST_DPI:
        return float(named[0])
    short, long = sorted(image.size)
    likely = short / _A4
    return likely if _SHAPES[0] <= long / short <= _SHAPES[1] and likely >= _LEAST_DPI else _SCREEN_DPI
