"""Writes what ships for fine-tuning: `python -m training.replay` makes `replay.jsonl` and `check.jsonl` in the model folder.

`replay.jsonl` is a part of what the model learnt from, to be learnt again beside what is new; `check.jsonl` is of voices
that it never learnt from, and tells what fine-tuning forgets.
"""

from __future__ import annotations

import argparse
import random
from collections import Counter
from pathlib import Path

from corpora.records import Passage
from corpora.voices import Voice, read_voices
from govnlp.prose.annotations import Annotated, Label, Mark, to_line
from training.examples import parted

# Bytes of each file at most.
REPLAY, CHECK = 750_000, 200_000


def chosen(voices: list[Voice], size: int, seed: int = 7) -> list[str]:
    """Lines of passages of all voices, those with rare indicators first, up to `size` bytes."""
    passages = [one for voice in voices for one in voice.passages]
    counts = Counter(name for one in passages for name in _names(one))
    dice = random.Random(seed)  # noqa: S311 - no secret

    def key(one: Passage) -> float:
        return dice.random() ** (max((1 / counts[name] for name in _names(one)), default=0.002) ** -0.5)

    lines: list[str] = []
    left = size
    for one in sorted(passages, key=key, reverse=True):
        line = to_line(annotated(one)) + "\n"
        left -= len(line.encode())
        if left < 0:
            break
        lines.append(line)
    return lines


def annotated(one: Passage) -> Annotated:
    """A passage of the corpus as the library reads annotations."""
    marks = tuple(Mark(mark.span, mark.kind, tuple(Label(*label) for label in mark.labels)) for mark in one.marks)
    return Annotated(one.text, marks, one.section, one.year, one.voice)


def _names(one: Passage) -> set[str]:
    return {label.indicator for mark in one.marks for label in mark.labels}


def main(arguments: list[str] | None = None) -> None:
    """Write both files."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--out", type=Path, default=Path("models/zh_govnlp"))
    folder = parser.parse_args(arguments).out
    train, validation, _ = parted(read_voices())
    for name, voices, size in (("replay", train, REPLAY), ("check", validation, CHECK)):
        lines = chosen(voices, size)
        (folder / f"{name}.jsonl").write_text("".join(lines), "utf-8")
        print(f"{name}.jsonl: {len(lines)} passages")


if __name__ == "__main__":
    main()
