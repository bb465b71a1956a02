"""The recogniser of characters: where text stands in a picture, and what a crop of it says.

The two networks (PP-OCR) lie in the package `rapidocr`; they are run by onnxruntime as they are. Nothing is fetched.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple, TypeAlias

import cv2
import numpy as np
from numpy.typing import NDArray

if TYPE_CHECKING:
    from onnxruntime import InferenceSession

Bitmap: TypeAlias = "NDArray[np.uint8]"
"""A picture in grey or in colours, (height, width) or (height, width, 3); 0 is black."""
_Sheet: TypeAlias = "NDArray[np.float32]"

_HEIGHT = 48  # what the network of characters takes
_STEP = 32
_NARROWEST, _WIDEST = 64, 3200
_BATCH = 12
_FIGURES = frozenset("0123456789.,-+/%—")
_IN_TEXT, _TEXT = 0.3, 0.5  # how sure the other network is of a pixel of a line, and of all of them
_GROWN = 1.6  # its lines are thinner than those on the page, by this times area over circumference
_MOST_BOXES = 1_000


class Figure(NamedTuple):
    """A crop as a figure, and how sure the recogniser is of its least sure character."""

    text: str
    sure: float


class Reading(NamedTuple):
    """What a crop says, and how sure the recogniser is of each character (0 to 1).

    `figure` is what it says if it can only be a figure: the likeliest of the characters that figures are written in.
    """

    text: str
    sure: tuple[float, ...]
    figure: Figure


class Found(NamedTuple):
    """Where something stands: left, top, right, bottom in pixels."""

    left: int
    top: int
    right: int
    bottom: int


def find(grey: Bitmap) -> list[Found]:
    """The boxes of the lines of a level picture, in no order."""
    height, width = grey.shape
    padded = cv2.copyMakeBorder(grey, 0, -height % _STEP, 0, -width % _STEP, cv2.BORDER_REPLICATE)
    likely = _networks().lines(_batch([np.asarray(padded, dtype=np.uint8)]))[0, 0, :height, :width]
    seen = cv2.dilate((likely > _IN_TEXT).astype(np.uint8), np.ones((2, 2), np.uint8))
    _, labels, stats, _ = cv2.connectedComponentsWithStats(seen, connectivity=8)
    large = sorted(enumerate(stats.tolist()), key=lambda one: -one[1][cv2.CC_STAT_AREA])
    boxes = []
    for number, (left, top, wide, high, _) in large[: _MOST_BOXES + 1]:
        part = np.s_[top : top + high, left : left + wide]
        if number and min(wide, high) >= 3 and likely[part][labels[part] == number].mean() >= _TEXT:
            more = round(wide * high * _GROWN / (2 * (wide + high)))
            boxes.append(
                Found(
                    max(left - more, 0),
                    max(top - more, 0),
                    min(left + wide + more, width),
                    min(top + high + more, height),
                )
            )
    return boxes


def recognise(crops: Sequence[Bitmap]) -> list[Reading]:
    """What each crop of one line in shades of grey says; an empty text where nothing was recognised."""
    scaled = [_scaled(crop) for crop in crops]
    order = sorted(range(len(scaled)), key=lambda at: scaled[at].shape[1])
    read: dict[int, Reading] = {}
    for batch in _batches(order, scaled):
        read.update(zip(batch, _read([scaled[at] for at in batch]), strict=True))
    return [read[at] for at in range(len(scaled))]


class _Networks(NamedTuple):
    """The finder of lines, the network of characters, and its alphabet; the first of that stands for no character."""

    lines: Callable[[_Sheet], _Sheet]
    characters: Callable[[_Sheet], _Sheet]
    alphabet: tuple[str, ...]


@cache
def _networks() -> _Networks:
    """Both networks, loaded once; `ImportError` where they are not installed."""
    import onnxruntime

    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = options.inter_op_num_threads = 1
    options.enable_cpu_mem_arena = False  # it would keep what the largest page took
    sessions = [
        onnxruntime.InferenceSession(model, options, providers=["CPUExecutionProvider"])
        for model in (_model("det"), _model("rec"))
    ]
    letters = sessions[1].get_modelmeta().custom_metadata_map["character"].splitlines()
    lines, characters = map(_runner, sessions)
    return _Networks(lines, characters, ("", *letters, " "))


def _model(kind: str) -> str:
    """The file of a network in the installed package."""
    package = find_spec("rapidocr")
    folders = package.submodule_search_locations if package else None
    found = [path for folder in folders or () for path in sorted(Path(folder, "models").glob(f"*_{kind}_*.onnx"))]
    if not found:
        raise ImportError(f"the package rapidocr is not installed, or lacks its model {kind!r}.")
    return str(found[-1])


def _runner(session: InferenceSession) -> Callable[[_Sheet], _Sheet]:
    """A network of one input and one output as a function."""
    name = session.get_inputs()[0].name
    return lambda batch: np.asarray(session.run(None, {name: batch})[0], dtype=np.float32)


def _batch(pictures: Sequence[Bitmap], width: int = 0) -> _Sheet:
    """Pictures of one height as the networks take them, filled up with grey to the width of the widest."""
    wide = max(width, *(picture.shape[1] for picture in pictures))
    batch = np.zeros((len(pictures), 3, pictures[0].shape[0], wide), dtype=np.float32)
    for at, picture in enumerate(pictures):
        batch[at, :, :, : picture.shape[1]] = picture / 127.5 - 1
    return batch


def _scaled(crop: Bitmap) -> Bitmap:
    """The crop at the height that the network takes."""
    height, width = crop.shape
    wide = min(max(round(width * _HEIGHT / height), 8), _WIDEST)
    smooth = cv2.INTER_AREA if height > _HEIGHT else cv2.INTER_CUBIC
    return np.asarray(cv2.resize(crop, (wide, _HEIGHT), interpolation=smooth), dtype=np.uint8)


def _batches(order: Sequence[int], scaled: Sequence[Bitmap]) -> Iterator[list[int]]:
    """Crops of like width together, so that little of the network's work goes to their padding."""
    batch: list[int] = []
    for at in order:
        if batch and (len(batch) == _BATCH or _padded(scaled[at]) != _padded(scaled[batch[0]])):
            yield batch
            batch = []
        batch.append(at)
    if batch:
        yield batch


def _padded(crop: Bitmap) -> int:
    return max(_NARROWEST, -(-int(crop.shape[1]) // _STEP) * _STEP)


def _read(crops: Sequence[Bitmap]) -> Iterator[Reading]:
    networks = _networks()
    for sheet in networks.characters(_batch(crops, max(map(_padded, crops)))):
        text, sure = _likeliest(sheet, np.arange(len(networks.alphabet)), networks.alphabet)
        figure, least = _likeliest(sheet, _figure_columns(networks.alphabet), networks.alphabet)
        yield Reading(text, sure, Figure(figure, min(least, default=0.0)))


def _likeliest(sheet: _Sheet, columns: NDArray[np.intp], alphabet: Sequence[str]) -> tuple[str, tuple[float, ...]]:
    """The likeliest character of each step among some; one over several steps is one, the first of all is none."""
    own = sheet[:, columns]
    best, sure = own.argmax(axis=1).tolist(), own.max(axis=1).tolist()
    kept = [at for at, one in enumerate(best) if one and (at == 0 or one != best[at - 1])]
    return "".join(alphabet[columns[best[at]]] for at in kept), tuple(sure[at] for at in kept)


@cache
def _figure_columns(alphabet: tuple[str, ...]) -> NDArray[np.intp]:
    return np.array([0, *(at for at, char in enumerate(alphabet) if char in _FIGURES)])
