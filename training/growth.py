"""What an epoch of training reads: the passages of the voices with words changed for their like, and grown ones beside them."""

from __future__ import annotations

from itertools import islice
from random import Random

from corpora.grow import grow
from corpora.load import split_of
from corpora.records import Passage
from corpora.swap import swap
from corpora.voices import Voice

# How often a sort of words changes in a passage, and the share of grown passages that are damaged.
SWAPPED, DAMAGED = 0.35, 0.1


def taught(voices: list[Voice], grown: float, seed: str, swapped: float = SWAPPED) -> list[Passage]:
    """The passages of one epoch: each as it stands or with words changed, and `grown` times as many made of their pieces.

    `swapped` is how often a sort of words changes. Equal seeds give equal passages. Passages that are not of the training split are not grown.

    >>> taught([], 0.5, "7 0")
    []
    """
    dice = Random(seed)  # noqa: S311 - no secret
    own = [one for voice in voices for one in voice.passages]
    changed = [swap(one, dice, swapped) if dice.random() < 0.7 else one for one in own]
    pool = [one for one in own if split_of(one.voice) == "train"]
    made = islice(grow(pool, dice.randrange(2**32), DAMAGED), round(grown * len(pool)))
    return [*changed, *(swap(one, dice, swapped) for one in made)]
