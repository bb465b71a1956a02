"""New passages from those that train: `python -m corpora.grow -n 20000 --seed 7 -o grown.jsonl [--damaged 0.2]`.

Whole sentences and clauses of our own writing change places, are dropped or stand beside those of another passage of
the same section; figures are drawn anew. What shares a topic stays together and in order, so every mark keeps its
meaning. Passages of other splits are refused.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import islice
from pathlib import Path
from random import Random

from corpora.align import align
from corpora.damage import damage
from corpora.groups import assembled, groups, moved_to, stops_of, topics
from corpora.load import load, split_of
from corpora.records import Passage, to_record
from corpora.redraw import carries_hold, redraw
from corpora.survey import names
from govnlp.errors import OptionError

# A passage longer than this is no paragraph of a report.
_LONGEST = 600
# How many tries a new passage may take before growing ends: small corpora run dry.
_TRIES = 50


def shuffle(passage: Passage, random: Random) -> Passage:
    """The groups of a passage in another order; its stops stay in their places."""
    pieces = groups(passage)
    order = random.sample(pieces, len(pieces))
    return assembled(passage, order, stops_of(pieces))


def drop(passage: Passage, random: Random) -> Passage:
    """The passage without one of its groups, where it has more than one."""
    pieces = groups(passage)
    if len(pieces) < 2:
        return passage
    gone = random.randrange(len(pieces))
    left = [piece for number, piece in enumerate(pieces) if number != gone]
    return assembled(passage, left, [*stops_of(left[:-1]), pieces[-1].stop])


def split(passage: Passage, random: Random) -> tuple[Passage, ...]:
    """The passage in two at a place between groups, or alone where it has one."""
    pieces = groups(passage)
    if len(pieces) < 2:
        return (passage,)
    at = random.randrange(1, len(pieces))
    last = pieces[-1].stop
    halves = pieces[:at], pieces[at:]
    return tuple(assembled(passage, half, [*stops_of(half[:-1]), last]) for half in halves)


def part(passage: Passage, random: Random) -> Passage:
    """One of the two parts of a passage."""
    return random.choice(split(passage, random))


def join(first: Passage, second: Passage, random: Random) -> Passage | None:
    """The groups of two passages of one section, now and then mixed; the years of the second follow the first.

    None where both speak of one topic (they could contradict each other), where the sections differ, or where the
    years of the second are written so that they cannot follow.
    """
    moved = moved_to(second, first.year)
    if first.section != second.section or topics(first) & topics(second) or moved is None:
        return None
    pieces = [*groups(first), *groups(moved)]
    if len(first.text) + len(moved.text) > _LONGEST or not all(piece.passage.text for piece in pieces):
        return None
    order = random.sample(pieces, len(pieces)) if random.random() < 0.5 else pieces
    voice = first.voice if first.voice == second.voice else f"{first.voice}+{second.voice}"
    return replace(assembled(first, order, stops_of(pieces)), voice=voice)


def grow(passages: Sequence[Passage], seed: int, damaged: float = 0.0) -> Iterator[Passage]:
    """New passages, each different from all before it and from those given, as long as there are any.

    `damaged` in [0, 1] is the share that is damaged too. Passages with rare indicators serve more often. The same seed
    gives the same passages. `OptionError` where a passage is not of the training split.

    >>> one = Passage("a", "county", "plain", "fees", 2016, "召开常务会议12次。印发文件30份。", ())
    >>> len(list(islice(grow([one], 1), 3)))
    3
    """
    if not 0 <= damaged <= 1:
        raise OptionError(f"damaged is a share between 0 and 1, not {damaged}")
    held = next((one.voice for one in passages if split_of(one.voice) != "train"), None)
    if held is not None:
        raise OptionError(f"{held} is held out: only voices of the training split may grow")
    random = Random(seed)  # noqa: S311 - no secret
    weights = _weights(passages)
    kin = _kin(passages)
    seen = {one.text for one in passages}
    tries = 0
    while passages and tries < _TRIES:
        base = random.choices(passages, weights)[0]
        made = _grown(base, kin, random)
        tries += 1
        if made.text in seen or not made.text.strip() or not _is_whole(made, base):
            continue
        seen.add(made.text)
        tries = 0
        yield damage(made, random) if random.random() < damaged else made


def _weights(passages: Sequence[Passage]) -> list[float]:
    """A passage weighs as much as its rarest indicator is rare."""
    counts = Counter(name for one in passages for name in names(one))
    return [max((1 / counts[name] ** 0.5 for name in names(one)), default=0.1) for one in passages]


_Kin = dict[tuple[str, ...], list[Passage]]


def _kin(passages: Sequence[Passage]) -> _Kin:
    """The passages by voice and section, and by section alone."""
    found: _Kin = defaultdict(list)
    for one in passages:
        found[one.voice, one.section].append(one)
        found[one.section,].append(one)
    return found


def _grown(base: Passage, kin: _Kin, random: Random) -> Passage:
    made = base
    if random.random() < 0.5:
        key = (base.voice, base.section) if random.random() < 0.7 else (base.section,)
        other = random.choice(kin[key])
        made = (join(base, other, random) if other.text != base.text else None) or base
    for change in (shuffle, drop, part):
        if random.random() < 0.35:
            made = change(made, random)
    return redraw(made, random) if random.random() < 0.85 else made


def _is_whole(made: Passage, base: Passage) -> bool:
    """Whether carried totals stand beside what they carry, and the grammar of mentions finds as many marks as before."""
    if not carries_hold(made):
        return False
    before, after = len(align(base).missed), len(align(made).missed)
    return len(made.marks) != len(base.marks) or after <= before


def main(arguments: Sequence[str] | None = None) -> int:
    """The command line; returns the exit status."""
    parser = argparse.ArgumentParser(prog="python -m corpora.grow", description=__doc__)
    parser.add_argument("-n", type=int, default=20_000, help="how many passages")
    parser.add_argument("--seed", type=int, default=7)
    parser.add_argument("--damaged", type=float, default=0.2, help="share of damaged passages")
    parser.add_argument("-o", "--output", type=Path, required=True, help="the .jsonl file to write")
    chosen = parser.parse_args(arguments)
    count = 0
    with chosen.output.open("w", encoding="utf-8") as file:
        for passage in islice(grow(load("train"), chosen.seed, chosen.damaged), chosen.n):
            file.write(json.dumps(to_record(passage), ensure_ascii=False) + "\n")
            count += 1
    sys.stdout.write(f"{count} passages in {chosen.output}\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
