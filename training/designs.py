"""What other designs of the encoder would give: `python -m training.designs [--write-docs]`.

Each design learns from the same voices for fewer epochs than what ships, and is scored on the validation voices. A design that
was measured before is not run again: its figures stand in `out/designs`.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Iterator
from dataclasses import asdict, replace
from pathlib import Path
from random import Random
from time import process_time
from typing import NamedTuple

import torch

from benchmarks.page import Place
from corpora.voices import Voice, read_voices
from training.batches import encoded
from training.examples import of_voices, parted
from training.scores import accuracy
from training.train import Settings, learnt, restored, score

PAGE = Path(__file__).resolve().parents[1] / "docs" / "accuracy.md"
START, END = "<!-- measured: python -m training.designs --write-docs -->", "<!-- end of designs -->"
_BASE = Settings(layers=8, epochs=3, voices=40)


class Design(NamedTuple):
    """A way to build the encoder, in words, and what it changes."""

    name: str
    settings: Settings


_SMALL = replace(_BASE, layers=4)
DESIGNS = (
    Design("8 layers (what ships)", _BASE),
    Design("6 layers", replace(_BASE, layers=6)),
    Design("4 layers", _SMALL),
    Design("4 layers, each sentence alone", replace(_SMALL, context="sentence")),
    Design("4 layers, sections not learnt beside", replace(_SMALL, sections=0.0)),
    Design("4 layers, no words swapped, no passages grown", replace(_SMALL, swapped=0.0, grown=0.0)),
    Design("4 layers, characters in place of pieces of words", replace(_SMALL, pieces="characters")),
)
_SEED = 3


class Outcome(NamedTuple):
    """Shares right on the validation voices, and milliseconds of one core a window."""

    name: str
    figures: float
    named: float
    signs: float
    sections: float
    milliseconds: float


def outcome(design: Design, train: list[Voice], validation: list[Voice], encoder: Path, folder: Path) -> Outcome:
    """Train a design, or take what was measured."""
    folder = folder / design.name.replace(" ", "-").replace("(", "").replace(")", "").replace(",", "")
    told = folder / "outcome.json"
    if told.is_file() and json.loads((folder / "settings.json").read_text("utf-8")) == asdict(design.settings):
        return Outcome(**json.loads(told.read_text("utf-8")))
    learnt(train, design.settings, encoder, folder, validation)
    network, tokenizer, labels, chosen = restored(folder, encoder)
    found = of_voices(validation, alone=chosen.context == "sentence")
    cut = encoded(found, tokenizer, characters=chosen.pieces == "characters")
    began = process_time()
    right = accuracy(score(network, cut, tokenizer, labels, 1), found, labels)
    spent = 1000 * (process_time() - began) / len(found)
    made = Outcome(design.name, right["figures"], right["named"], right["signs"], right["sections"], round(spent, 1))
    told.write_text(json.dumps(made._asdict()), "utf-8")
    return made


def table(found: list[Outcome]) -> Iterator[str]:
    """The outcomes as a table; times as shares of the first design's."""
    yield f"{_BASE.voices} voices, {_BASE.epochs} epochs each (what ships learnt more), on the validation voices; time is that of a window."
    yield ""
    yield "| design | figures right | figures of an indicator right | statements of none right | sections right | time |"
    yield "| --- | ---: | ---: | ---: | ---: | ---: |"
    for one in found:
        shares = " | ".join(f"{share:.1%}" for share in (one.figures, one.named, one.signs, one.sections))
        yield f"| {one.name} | {shares} | {one.milliseconds / found[0].milliseconds:.2f} |"


def main(arguments: list[str] | None = None) -> None:
    """Measure the designs; print, or write into the documentation."""
    parser = argparse.ArgumentParser(prog="python -m training.designs", description=__doc__)
    parser.add_argument("--encoder", type=Path, default=Path("out/encoder"))
    parser.add_argument("--out", type=Path, default=Path("out/designs"))
    parser.add_argument("--write-docs", action="store_true", help="write the table into docs/accuracy.md")
    chosen = parser.parse_args(arguments)
    torch.set_num_threads(1)
    train, validation, _ = parted(read_voices())
    some = Random(_SEED).sample(train, _BASE.voices)  # noqa: S311 - no secret
    found = [outcome(one, some, validation, chosen.encoder, chosen.out) for one in DESIGNS]
    text = "\n".join(table(found))
    Place(PAGE, START, END).show(text, write=chosen.write_docs)


if __name__ == "__main__":
    main()
