"""The trained tagger: a linear model answers what it is sure of, an encoder reads the rest.

The files of a model are `encoder.onnx`, `tokenizer.json`, `linear.safetensors`, `labels.json` and `card.json`; see the
card for what it learnt from and how right it is. Needs onnxruntime and tokenizers, which are imported when a model is loaded.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple, TypedDict, cast

import numpy as np
from numpy.typing import NDArray

from govnlp.errors import SourceError
from govnlp.prose.mentions import Mention
from govnlp.prose.ngrams import features
from govnlp.prose.signs import candidates
from govnlp.prose.tagger import Passage, Tag
from govnlp.prose.windows import MARKERS, Group, Window, windows
from govnlp.schema.facts import Period, Scope
from govnlp.schema.indicators import indicators

if TYPE_CHECKING:
    from onnxruntime import InferenceSession
    from tokenizers import Tokenizer

Floats = NDArray[np.float32]
# The classes of a figure that is no indicator: nothing at all, and a member of a list after 其中.
NOTHING, PART = "", "part"
_LONGEST = 512


class Mixture(TypedDict):
    """How scores become confidence, fitted on voices that taught nothing.

    Scores of figures are `encoder` times the encoder's plus `linear` times the linear model's. Where the linear model
    alone, times `alone`, gives every figure of a window at least `sure`, the encoder is not asked. `signs` divides the
    scores of signs, `floor` is the least confidence of a sign's label.
    """

    encoder: float
    linear: float
    alone: float
    sure: float
    signs: float
    floor: float


class _Labels(TypedDict):
    figures: list[str]
    signs: list[str]
    periods: list[Period]
    scopes: list[Scope]
    sections: list[str]


class Judged(NamedTuple):
    """What a model says of one group: indicators with their confidence, most likely first; none where it is nothing."""

    group: Group
    indicators: tuple[tuple[str, float], ...]
    period: Period = "year"
    scope: Scope = "own"
    nothing: float = 0.0


@dataclass(frozen=True)
class Linear:
    """The linear model of figures, as `training.linear` writes it."""

    known: NDArray[np.uint32]
    weights: NDArray[np.int8]
    scale: Floats
    bias: Floats

    def scores(self, window: Window) -> Floats:
        """Scores of the figure classes for each group of a window, [groups, classes]."""
        return np.stack([self._one(row) for row in features(window)])

    def _one(self, row: list[int]) -> Floats:
        wanted = np.array(row, np.uint32)
        places = np.searchsorted(self.known, wanted).clip(max=len(self.known) - 1)
        places = places[self.known[places] == wanted]
        summed = self.weights[places].sum(0, dtype=np.int32) * self.scale
        return np.asarray(summed / max(1, len(places)) ** 0.5 + self.bias, np.float32)


class ModelTagger:
    """The tagger of a model folder; loading takes about half a second, so keep it. It may be used from several threads.

    Give it `govnlp.prose.signs.candidates(text)` rather than the mentions of the grammar alone: the model can judge
    signs that the grammar leaves out.
    """

    def __init__(self, folder: Path) -> None:
        self._labels: _Labels = json.loads(_text(folder / "labels.json"))
        self._mixture: Mixture = json.loads(_text(folder / "card.json"))["mixture"]
        self._linear = _linear(folder / "linear.safetensors")
        self._tokenizer, self._session = _loaded(folder)
        self._markers = [self._tokenizer.token_to_id(name) for name in MARKERS.values()]
        sizes = [len(self._labels["figures"]), len(self._labels["signs"]), len(self._labels["periods"])]
        self._bounds = [int(one) for one in np.cumsum(sizes)]

    def mentions(self, text: str) -> list[Mention]:
        """The mentions of the grammar, and every other word that may deny or carry a total."""
        return candidates(text)

    def tag(self, passage: Passage, mentions: list[Mention]) -> list[Tag]:
        """The tags of the mentions: of a figure one, of a sign one for each thing; a figure that is nothing has None.

        Mentions that share a trigger are answered together: their tags name the first of them.
        """
        return [tag for one in self.judge(passage, mentions) for tag in _tags(one, mentions)]

    def judge(self, passage: Passage, mentions: list[Mention]) -> Iterator[Judged]:
        """What the model says of each group of mentions, in order."""
        for window in windows(passage, mentions):
            yield from self._judged(window)

    def section(self, text: str) -> tuple[str, float]:
        """The kind of section that a paragraph without a heading most likely belongs to, and how sure that is."""
        from govnlp.prose.signs import candidates

        made = windows(Passage(text), candidates(text))
        shown = made[0] if made else Window("<section>" + text[:240], ())
        scores = _soft(self.read(shown)[1])[0]
        best = int(scores.argmax())
        return self._labels["sections"][best], float(scores[best])

    def _judged(self, window: Window) -> Iterator[Judged]:
        linear = self._linear.scores(window)
        new = window.groups[window.known :]
        if all(one.kind == "figure" for one in new):
            sure = _soft(linear[window.known :] * self._mixture["alone"])
            # Which period and whose figure only the encoder can tell: words for another time send a window there.
            if sure.max(1).min() >= self._mixture["sure"] and not _speaks_of_others(window.text):
                yield from (self._figure(one, row) for one, row in zip(new, sure, strict=True))
                return
        read, _ = self.read(window)
        for place, (group, row) in enumerate(zip(window.groups, read, strict=False)):
            if place >= window.known:
                yield self._encoded(group, row, linear[place])

    def _encoded(self, group: Group, row: Floats, linear: Floats) -> Judged:
        figures, signs, periods, scopes = np.split(row, self._bounds)
        mixture = self._mixture
        if group.kind == "figure":
            one = self._figure(group, _soft((figures * mixture["encoder"] + linear * mixture["linear"])[None])[0])
        else:
            one = self._sign(group, 1 / (1 + np.exp(-np.clip(signs / mixture["signs"], -30, 30))))
        period = self._labels["periods"][int(periods.argmax())]
        return one._replace(period=period, scope=self._labels["scopes"][int(scopes.argmax())])

    def _figure(self, group: Group, chances: Floats) -> Judged:
        names = self._labels["figures"]
        best = np.argsort(-chances)[:5]
        told = tuple((names[place], float(chances[place])) for place in best if names[place] not in (NOTHING, PART))
        return Judged(group, told, nothing=float(chances[names.index(NOTHING)] + chances[names.index(PART)]))

    def _sign(self, group: Group, chances: Floats) -> Judged:
        names = self._labels["signs"]
        best = [place for place in np.argsort(-chances)[:8] if chances[place] >= self._mixture["floor"]]
        return Judged(
            group, tuple((names[place], float(chances[place])) for place in best), nothing=float(1 - chances.max())
        )

    def read(self, window: Window) -> tuple[Floats, Floats]:
        """The encoder's scores of the markers of a window, and of its section."""
        ids = self._tokenizer.encode(window.text).ids[:_LONGEST]
        columns = [place for place, one in enumerate(ids) if one in self._markers] or [0]
        values = {
            "ids": np.array([ids], np.int64), "mask": np.ones((1, len(ids)), np.int64),
            "rows": np.zeros(len(columns), np.int64), "columns": np.array(columns, np.int64),
        }  # fmt: skip
        markers, sections = self._session.run(["markers", "sections"], values)
        return markers, sections


@cache
def load(folder: Path) -> ModelTagger:
    """The tagger of a folder, loaded once; `SourceError` where a file is missing."""
    return ModelTagger(folder)


def _tags(one: Judged, mentions: list[Mention]) -> Iterator[Tag]:
    mention = one.group.members[0]
    if one.group.kind == "figure":
        best = one.indicators[0] if one.indicators and one.indicators[0][1] > one.nothing else None
        name, chance = best or (None, one.nothing)
        yield Tag(mention, name, one.period, one.scope, round(chance, 4))
        return
    for name, chance in one.indicators:
        if chance > 0.5 and name in indicators():
            yield Tag(mention, name, one.period, one.scope, round(chance, 4))


# Words that may give a figure another time or another organ: <year-1>, 上年, 其中…局.
_OTHERS = (
    "<year-1>",
    "<year+1>",
    "<year>",
    "上年",
    "上一年",
    "去年",
    "往年",
    "同期",
    "累计",
    "历年",
    "以来",
    "其中",
    "下属",
    "所属",
    "本级",
)


def _speaks_of_others(text: str) -> bool:
    return any(word in text for word in _OTHERS)


def _soft(scores: Floats) -> Floats:
    raised = np.exp(scores - scores.max(1, keepdims=True))
    return np.asarray(raised / raised.sum(1, keepdims=True), np.float32)


def _text(path: Path) -> str:
    try:
        return path.read_text("utf-8")
    except OSError as error:
        raise SourceError(f"{path.name} of the model cannot be read: {error.strerror}") from None


def _loaded(folder: Path) -> tuple[Tokenizer, InferenceSession]:
    import onnxruntime
    from tokenizers import Tokenizer

    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = options.inter_op_num_threads = 1
    path = folder / "encoder.onnx"
    if not path.is_file():
        raise SourceError(f"{path.name} of the model is missing from {folder.name}")
    session = onnxruntime.InferenceSession(str(path), options, providers=["CPUExecutionProvider"])
    return Tokenizer.from_file(str(folder / "tokenizer.json")), session


_TYPES = {"U32": np.uint32, "I8": np.int8, "F32": np.float32}


class _Entry(TypedDict):
    dtype: str
    shape: list[int]
    data_offsets: list[int]


def _linear(path: Path) -> Linear:
    """A safetensors file: the length of its head, the head as JSON, the arrays."""
    try:
        data = path.read_bytes()
    except OSError as error:
        raise SourceError(f"{path.name} of the model cannot be read: {error.strerror}") from None
    start = 8 + int.from_bytes(data[:8], "little")
    head = cast("dict[str, _Entry]", json.loads(data[8:start]))
    arrays = {name: _array(data, start, entry) for name, entry in head.items() if name != "__metadata__"}
    return Linear(arrays["known"], arrays["weights"], arrays["scale"], arrays["bias"])  # type: ignore[arg-type]


def _array(data: bytes, start: int, entry: _Entry) -> NDArray[np.generic]:
    first, last = entry["data_offsets"]
    kind = np.dtype(_TYPES[entry["dtype"]])
    values = np.frombuffer(data, kind, (last - first) // kind.itemsize, start + first)
    return cast("NDArray[np.generic]", values.reshape(entry["shape"]))
