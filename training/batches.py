"""Examples as tensors: token ids, places of the markers, targets."""

from __future__ import annotations

import random
import re
from collections.abc import Iterator
from dataclasses import dataclass

import torch
from tokenizers import Tokenizer
from torch import Tensor

from govnlp.prose.windows import MARKERS, NO_SECTION
from training.examples import Example, Labels, Target, figure_label
from training.network import Batch

LONGEST = 512
# Widths are rounded up: each new shape costs the libraries of matrix products a new plan.
_STEP = 16
IGNORED = -100
# A marker, or one character.
_TOKEN = re.compile(r"<[a-z:+01-]+>|.")


@dataclass(frozen=True)
class Targets:
    """What the markers of a batch say. A class of -100 counts for nothing; `signs` is [markers, signs], `is_sign` [markers]."""

    figures: Tensor
    signs: Tensor
    is_sign: Tensor
    periods: Tensor
    scopes: Tensor
    sections: Tensor


@dataclass(frozen=True)
class Encoded:
    """An example with its tokens: the first one stands for the section."""

    ids: list[int]
    columns: list[int]
    example: Example


@dataclass(frozen=True)
class Noise:
    """What is hidden in training: the section of a share of windows, a share of the words."""

    section: float = 0.3
    words: float = 0.08


def encoded(found: list[Example], tokenizer: Tokenizer, *, characters: bool = False) -> list[Encoded]:
    """Examples with their tokens, pieces of words or single `characters`, and the places of their markers."""
    markers = {tokenizer.token_to_id(name) for name in MARKERS.values()}
    texts = [one.window.text for one in found]
    cuts = _characters(texts, tokenizer) if characters else [cut.ids for cut in tokenizer.encode_batch(texts)]
    made = []
    for example, cut in zip(found, cuts, strict=True):
        ids = cut[:LONGEST]
        made.append(Encoded(ids, [place for place, one in enumerate(ids) if one in markers], example))
    return made


def _characters(texts: list[str], tokenizer: Tokenizer) -> list[list[int]]:
    unknown = _id(tokenizer, "<unk>")
    return [
        [known if (known := tokenizer.token_to_id(one)) is not None else unknown for one in _TOKEN.findall(text)]
        for text in texts
    ]


def batches(found: list[Encoded], size: int, dice: random.Random | None = None) -> Iterator[list[Encoded]]:
    """Batches of windows of about one length; with dice in random order."""
    if dice is None:
        order = sorted(found, key=lambda one: len(one.ids))
        yield from (order[at : at + size] for at in range(0, len(order), size))
        return
    order = sorted(found, key=lambda one: len(one.ids) + dice.uniform(0, 20))
    cut = [order[at : at + size] for at in range(0, len(order), size)]
    dice.shuffle(cut)
    yield from cut


def batch(
    found: list[Encoded], tokenizer: Tokenizer, noise: Noise | None = None, dice: random.Random | None = None
) -> Batch:
    """A batch of windows, padded; with noise for training."""
    lists = [_noisy(one, tokenizer, noise, dice) if noise and dice else one.ids for one in found]
    width = min(LONGEST, -(-max(map(len, lists)) // _STEP) * _STEP)
    ids = torch.zeros(len(lists), width, dtype=torch.long)
    mask = torch.zeros(len(lists), width, dtype=torch.long)
    for row, one in enumerate(lists):
        ids[row, : len(one)] = torch.tensor(one)
        mask[row, : len(one)] = 1
    rows = torch.tensor([row for row, one in enumerate(found) for _ in one.columns], dtype=torch.long)
    columns = torch.tensor([place for one in found for place in one.columns], dtype=torch.long)
    return Batch(ids, mask, rows, columns)


def _noisy(one: Encoded, tokenizer: Tokenizer, noise: Noise, dice: random.Random) -> list[int]:
    unknown, words = _id(tokenizer, "<unk>"), _id(tokenizer, MARKERS["figure"])
    ids = [unknown if at < words and dice.random() < noise.words else at for at in one.ids]
    if dice.random() < noise.section:
        ids[0] = _id(tokenizer, NO_SECTION)
    return ids


def _id(tokenizer: Tokenizer, token: str) -> int:
    found = tokenizer.token_to_id(token)
    assert found is not None, f"the tokenizer lacks {token}"  # noqa: S101 - written by training.encoder
    return int(found)


def targets(found: list[Encoded], labels: Labels) -> Targets:
    """The targets of a batch, marker by marker. Context and what no one can tell count for nothing."""
    figures, signs, is_sign, periods, scopes = [], [], [], [], []
    for one in found:
        for place, target in enumerate(one.example.targets[: len(one.columns)]):
            counts = target.counts and place >= one.example.window.known
            figures.append(_figure(target, labels) if counts else IGNORED)
            signs.append([float(name in {label.indicator for label in target.labels}) for name in labels.signs])
            is_sign.append(counts and target.kind != "figure")
            first = target.labels[0] if target.labels and counts else None
            periods.append(labels.periods.index(first.period) if first else IGNORED)
            scopes.append(labels.scopes.index(first.scope) if first else IGNORED)
    sections = [labels.sections.index(one.example.section) for one in found]
    return Targets(
        torch.tensor(figures), torch.tensor(signs).reshape(len(figures), len(labels.signs)), torch.tensor(is_sign),
        torch.tensor(periods), torch.tensor(scopes), torch.tensor(sections),
    )  # fmt: skip


def _figure(target: Target, labels: Labels) -> int:
    name = figure_label(target)
    return labels.figures.index(name) if target.kind == "figure" and name in labels.figures else IGNORED
