"""The trained tagger: a linear model answers what it is sure of, an encoder reads the rest.

The files of a model are `encoder.onnx`, `tokenizer.json`, `linear.safetensors`, `labels.json` and `card.json`, and of one
that learnt more `patch.safetensors`; see the card for what it learnt from and how right it is. Needs tokenizers, and
onnxruntime or torch (`encoders`), which are imported when a model is loaded.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Iterator
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple, TypedDict

import numpy as np

from govnlp.errors import MissingExtraError, SourceError
from govnlp.model_files import Backend
from govnlp.prose.encoders import encoder_of
from govnlp.prose.mentions import Mention, mentions
from govnlp.prose.tagger import Passage, Tag
from govnlp.prose.weights import PATCH, Floats, read_linear, read_patch
from govnlp.prose.windows import LONGEST, MARKERS, NO_SECTION, Group, Window, windows
from govnlp.schema.facts import Period, Scope
from govnlp.schema.indicators import indicators
from govnlp.schema.report import SectionKind

if TYPE_CHECKING:
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

    It judges the mentions that the grammar leaves open too.
    """

    def __init__(self, folder: Path, backend: Backend = "onnxruntime") -> None:
        self._labels: _Labels = json.loads(_text(folder / "labels.json"))
        self.mixture: Mixture = json.loads(_text(folder / "card.json"))["mixture"]
        self._linear = read_linear(folder / "linear.safetensors")
        self._patch = read_patch(folder / PATCH)
        self._tokenizer, self._encoder = _tokenizer(folder), encoder_of(folder, backend)
        self._markers = [self._tokenizer.token_to_id(name) for name in MARKERS.values()]
        sizes = [len(self._labels["figures"]), len(self._labels["signs"]), len(self._labels["periods"])]
        self._bounds = [int(one) for one in np.cumsum(sizes)]

    def mentions(self, text: str) -> list[Mention]:
        """The mentions of the grammar, all of which the model can judge."""
        return mentions(text)

    def tag(self, passage: Passage, mentions: list[Mention]) -> list[Tag]:
        """The tags of the mentions: of a figure one, of a sign one for each thing; a figure that is nothing has None.

        Mentions that share a trigger are answered together: their tags name the first of them.
        """
        return self.tag_open(passage, mentions, ())

    def tag_open(self, passage: Passage, mentions: list[Mention], settled: Collection[int]) -> list[Tag]:
        """As `tag`, without the windows of which every new mention is settled: they need not be read."""
        found = [tag for one in self.judge(passage, mentions, settled) for tag in _tags(one, mentions)]
        return [tag for tag in found if tag.mention not in settled]

    def judge(
        self, passage: Passage, mentions: list[Mention], settled: Collection[int] = frozenset()
    ) -> Iterator[Judged]:
        """What the model says of each group of mentions, in order; of a window that is settled nothing."""
        for window in windows(passage, mentions):
            new = range(window.known, len(window.groups))
            asked = [place for place in new if window.groups[place].members[0] not in settled]
            if asked:
                yield from self._judged(window, asked)

    def sections(self, text: str) -> dict[SectionKind, float]:
        """The chance of each kind of section that a paragraph without a heading belongs to it, by its first sentences."""
        made = windows(Passage(text), mentions(text))
        shown = made[0] if made else Window(NO_SECTION + text[:LONGEST], ())
        scores = _soft(self.read(shown)[1])[0]
        return dict(zip(self._labels["sections"], map(float, scores), strict=True))

    def _judged(self, window: Window, asked: list[int]) -> Iterator[Judged]:
        """What is said of the groups of a window whose places are asked for."""
        groups = [window.groups[place] for place in asked]
        patch = self._patch.scores(window) if self._patch is not None else None
        figures = [place for place in asked if window.groups[place].kind == "figure"]
        scores = self._linear.scores(window, figures)
        # Which period and whose figure only the encoder can tell: words for another time send a window there.
        others = _speaks_of_others(window.text) or (patch is not None and _moves(patch[asked]))
        if len(figures) == len(asked) and not others:
            sure = _soft(scores * self.mixture["alone"])
            if sure.max(1).min() >= self.mixture["sure"]:
                yield from map(self._figure, groups, sure)
                return
        read, _ = self.read(window)
        if patch is not None:
            read = read + patch[: len(read)]
        linear = dict(zip(figures, scores, strict=True))
        for place in asked:
            if place < len(read):
                yield self._encoded(window.groups[place], read[place], linear.get(place))

    def _encoded(self, group: Group, row: Floats, linear: Floats | None) -> Judged:
        figures, signs, periods, scopes = np.split(row, self._bounds)
        mixture = self.mixture
        if linear is not None:
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
        return self._encoder.read(ids, columns)


@cache
def load(folder: Path, backend: Backend = "onnxruntime") -> ModelTagger:
    """The tagger of a folder, loaded once; `SourceError` where a file is missing."""
    return ModelTagger(folder, backend)


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


def _tokenizer(folder: Path) -> Tokenizer:
    try:
        from tokenizers import Tokenizer
    except ImportError as error:
        raise MissingExtraError("a model needs tokenizers: pip install tokenizers, or read with model=None.") from error
    return Tokenizer.from_file(str(folder / "tokenizer.json"))
