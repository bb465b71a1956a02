"""Writes the corpus as files: `python -m corpora.build -o DIR [--grown 20000 --seed 7] [--spacy]`.

One record a line in `train.jsonl`, `validation.jsonl`, `test.jsonl`, and `train-grown.jsonl` where asked for. With
`--spacy` each also as a `.spacy` DocBin, which needs the extra `train`.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Iterable, Sequence
from itertools import islice
from pathlib import Path

from corpora.grow import grow
from corpora.load import SPLITS, load
from corpora.records import Passage, to_record
from corpora.voices import FOLDER

GROWN = "train-grown"


def build(
    output: Path, voices: Path = FOLDER, grown: int = 0, seed: int = 7, damaged: float = 0.2, spacy: bool = False
) -> dict[str, int]:
    """Write the splits of the voices to the folder `output`; returns how many passages each file holds.

    The same voices and seed give the same bytes. `grown` is the number of passages to grow from the training split.
    """
    files = {str(split): load(split, voices) for split in SPLITS}
    if grown:
        files[GROWN] = list(islice(grow(files["train"], seed, damaged), grown))
    output.mkdir(parents=True, exist_ok=True)
    for name, passages in files.items():
        write_jsonl(passages, output / f"{name}.jsonl")
        if spacy:
            from corpora.spacy_docs import write_docbin

            write_docbin(passages, output / f"{name}.spacy")
    return {name: len(passages) for name, passages in files.items()}


def write_jsonl(passages: Iterable[Passage], path: Path) -> None:
    """One record a line (`corpora.records.Record`), UTF-8, Chinese as it is."""
    with path.open("w", encoding="utf-8", newline="\n") as file:
        file.writelines(json.dumps(to_record(one), ensure_ascii=False) + "\n" for one in passages)


def main(arguments: Sequence[str] | None = None) -> int:
    """The command line; returns the exit status."""
    parser = argparse.ArgumentParser(prog="python -m corpora.build", description=__doc__)
    parser.add_argument("-o", "--output", type=Path, required=True, help="the folder to write to")
    parser.add_argument("--voices", type=Path, default=FOLDER, help="folder of the voice files")
    parser.add_argument("--grown", type=int, default=0, help="how many passages to grow for training")
    parser.add_argument("--seed", type=int, default=7)
    parser.add_argument("--damaged", type=float, default=0.2, help="share of the grown passages that is damaged")
    parser.add_argument("--spacy", action="store_true", help="write .spacy files too")
    chosen = parser.parse_args(arguments)
    counts = build(chosen.output, chosen.voices, chosen.grown, chosen.seed, chosen.damaged, chosen.spacy)
    sys.stdout.writelines(f"{name}: {count} passages\n" for name, count in counts.items())
    return 0


if __name__ == "__main__":
    sys.exit(main())
