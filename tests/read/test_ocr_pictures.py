"""Files of pictures: every mode is unpacked, none too large, none that is damaged raises."""

from __future__ import annotations

import struct
import zlib
from io import BytesIO
from random import Random

import numpy as np
import pytest
from PIL import Image

from govnlp.read import ocr, read
from govnlp.read.limits import Limits

pytestmark = pytest.mark.skipif(bool(ocr.missing()), reason="the extra ocr is not installed")


def _saved(image: Image.Image, form: str, **options: object) -> bytes:
    out = BytesIO()
    image.save(out, form, **options)
    return out.getvalue()


def _frames(data: bytes, limits: Limits = Limits()) -> list[object]:  # noqa: B008
    from govnlp.read.ocr_pictures import frames

    return list(frames(data, limits))


def _shaded() -> Image.Image:
    """Black on the left, white on the right."""
    return Image.fromarray(np.repeat([[0] * 20 + [255] * 20], 30, axis=0).astype(np.uint8))


@pytest.mark.parametrize("form", ["PNG", "JPEG", "TIFF", "WEBP", "GIF", "BMP"])
@pytest.mark.parametrize("mode", ["1", "L", "P", "RGB", "RGBA", "LA", "CMYK", "I;16"])
def test_every_format_and_mode(form, mode):
    from govnlp.read.ocr_pictures import Frame

    shaded = _shaded()
    wide = np.asarray(shaded, dtype=np.uint16) * 257
    image = Image.fromarray(wide) if mode == "I;16" else shaded.convert(mode)
    try:
        data = _saved(image, form)
    except (OSError, KeyError, ValueError):
        pytest.skip(f"{form} holds no {mode}")
    (frame,) = _frames(data)
    assert isinstance(frame, Frame)
    assert frame.bitmap.shape == (30, 40, 3)
    assert int(frame.bitmap[15, 2].max()) < 40
    assert int(frame.bitmap[15, 37].min()) > 215


def test_transparent_is_white():
    from govnlp.read.ocr_pictures import Frame

    (frame,) = _frames(_saved(Image.new("RGBA", (9, 9), (0, 0, 0, 0)), "PNG"))
    assert isinstance(frame, Frame)
    assert frame.bitmap.min() == 255


def test_a_camera_that_was_held_upright():
    from govnlp.read.ocr_pictures import Frame

    exif = Image.Exif()
    exif[0x0112] = 6
    (frame,) = _frames(_saved(_shaded(), "JPEG", exif=exif))
    assert isinstance(frame, Frame)
    assert frame.bitmap.shape == (40, 30, 3)
    assert int(frame.bitmap[2, 15].max()) < 40


def test_the_first_picture_of_an_animation_and_every_page_of_a_tiff():
    several = [Image.new("L", (12, 12), shade) for shade in (0, 120, 240)]
    assert len(_frames(_saved(several[0], "GIF", save_all=True, append_images=several[1:]))) == 1
    pages = _saved(several[0], "TIFF", save_all=True, append_images=several[1:])
    assert len(_frames(pages)) == 3
    *_, last = _frames(pages, Limits(pages=2))
    assert "only 2 pictures" in str(last)


def test_dots_an_inch_are_those_named_or_those_of_a4():
    from govnlp.read.ocr_pictures import Frame

    found = [
        _frames(_saved(image, "PNG", **options))[0]
        for image, options in (
            (Image.new("L", (100, 50)), {"dpi": (200, 200)}),
            (Image.new("L", (827, 1169)), {}),
            (Image.new("L", (900, 300)), {}),
            (Image.new("L", (900, 300)), {"dpi": (1, 1)}),
        )
    ]
    assert [round(one.dpi) for one in found if isinstance(one, Frame)] == [200, 100, 96, 96]


def _bomb(width: int, height: int) -> bytes:
    """A PNG of a few bytes that says that it is huge."""
    head = struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
    parts = ((b"IHDR", head), (b"IDAT", zlib.compress(b"\0" * 100)), (b"IEND", b""))
    body = b"".join(
        struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data)) for kind, data in parts
    )
    return b"\x89PNG\r\n\x1a\n" + body


def test_a_picture_too_large_is_not_unpacked():
    for size in ((60_000, 60_000), (9_000, 9_000)):
        document = read(_bomb(*size))
        assert [one.code for one in document.issues] == ["source_too_large"]
        assert "60,000,000 pixels" in document.issues[0].message


@pytest.mark.parametrize(
    "data", [b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff\xe0" + b"\0" * 50, b"GIF89a", b"II*\x00" + b"\xff" * 40]
)
def test_what_is_damaged_is_told(data):
    document = read(data)
    assert [one.code for one in document.issues] == ["damaged_source"]
    assert document.format in ("png", "jpeg", "gif", "tiff")


def _mutations(count: int) -> list[bytes]:
    random = Random(3)
    image = _shaded()
    sound = [_saved(image, form) for form in ("PNG", "JPEG", "TIFF", "WEBP", "GIF", "BMP")]
    made = []
    for number in range(count):
        data = bytearray(sound[number % len(sound)])
        for _ in range(random.randint(1, 12)):
            data[random.randrange(len(data))] = random.randrange(256)
        made.append(bytes(data[: random.randint(1, len(data))]) if random.random() < 0.3 else bytes(data))
    return made


def test_mutations_never_raise():
    for data in _mutations(60):
        read(data)


@pytest.mark.slow
def test_a_thousand_mutations_never_raise():
    for data in _mutations(1000):
        read(data)
