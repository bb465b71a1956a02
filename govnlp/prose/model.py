"""The trained tagger: a linear model answers what it is sure of, an encoder reads the rest.

The files of a model are `encoder.onnx`, `tokenizer.json`, `linear.safetensors`, `labels.json` and `card.json`, and of one
that learnt more `patch.safetensors`; see the card for what it learnt from and how right it is. Needs onnxruntime and tokenizers, which are imported when a model is loaded.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple, TypedDict

import numpy as np

from govnlp.errors import SourceError
from govnlp.prose.mentions import Mention
from govnlp.prose.signs import candidates
from govnlp.prose.tagger import Passage, Tag
from govnlp.prose.weights import PATCH, Floats, read_linear, read_patch
from govnlp.prose.windows import LONGEST, MARKERS, NO_SECTION, Group, Window, windows
from govnlp.schema.facts import Period, Scope
from govnlp.schema.indicators import indicators
from govnlp.schema.report import SectionKind

if TYPE_CHECKING:
    from onnxruntime import InferenceSession
    from tokenizers import Tokenizer

# The classes of a figure that is no indicator: nothing at all, and a member of a list after 其中.
NOTHING, PART = "", "part"
_LONGEST = 512
# What a patch adds at least where it speaks of a marker.
_MOVED = 1.0


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
    sections: list[SectionKind]


class Judged(NamedTuple):
    """What a model says of one group: indicators with their confidence, most likely first; none where it is nothing."""

    group: Group
    indicators: tuple[tuple[str, float], ...]
    period: Period = "year"
    scope: Scope = "own"
    nothing: float = 0.0


class ModelTagger:
    """The tagger of a model folder; loading takes about half a second, so keep it. It may be used from several threads.

    Give it `govnlp.prose.signs.candidates(text)` rather than the mentions of the grammar alone: the model can judge
    signs that the grammar leaves out.
    """

    def __init__(self, folder: Path) -> None:
        self._labels: _Labels = json.loads(_text(folder / "labels.json"))
        self.mixture: Mixture = json.loads(_text(folder / "card.json"))["mixture"]
        self._linear = read_linear(folder / "linear.safetensors")
        self._patch = read_patch(folder / PATCH)
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

    def sections(self, text: str) -> dict[SectionKind, float]:
        """The chance of each kind of section that a paragraph without a heading belongs to it, by its first sentences."""
        made = windows(Passage(text), candidates(text))
        shown = made[0] if made else Window(NO_SECTION + text[:LONGEST], ())
        scores = _soft(self.read(shown)[1])[0]
        return dict(zip(self._labels["sections"], map(float, scores), strict=True))

    def _judged(self, window: Window) -> Iterator[Judged]:
        linear = self._linear.scores(window)
        patch = self._patch.scores(window) if self._patch is not None else None
        new = window.groups[window.known :]
        if all(one.kind == "figure" for one in new):
            sure = _soft(linear[window.known :] * self.mixture["alone"])
            # Which period and whose figure only the encoder can tell: words for another time send a window there.
            others = _speaks_of_others(window.text) or (patch is not None and _moves(patch[window.known :]))
            if sure.max(1).min() >= self.mixture["sure"] and not others:
                yield from (self._figure(one, row) for one, row in zip(new, sure, strict=True))
                return
        read, _ = self.read(window)
        if patch is not None:
            read = read + patch[: len(read)]
        for place, (group, row) in enumerate(zip(window.groups, read, strict=False)):
            if place >= window.known:
                yield self._encoded(group, row, linear[place])

    def _encoded(self, group: Group, row: Floats, linear: Floats) -> Judged:
        figures, signs, periods, scopes = np.split(row, self._bounds)
        mixture = self.mixture
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
        best = [place for place in np.argsort(-chances)[:8] if chances[place] >= self.mixture["floor"]]
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


def _moves(patch: Floats) -> bool:
    """Whether what was learnt later says anything of one of these figures."""
    return bool(np.abs(patch).max(initial=0) > _MOVED)


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
