"""The annotation loop: thirty corrections of one kind of sentence, what they teach, and what they cost elsewhere.

    $ python -m benchmarks.loop

Trains on the corrections with `govnlp train`, then reads sentences of the same kind that were not among them, and the
passages that the base keeps for checking (`kept`), with both models.
"""

from __future__ import annotations

import argparse
import json
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple, TypedDict, cast

import yaml

from govnlp.learn.passages import compared
from govnlp.learn.taggers import tagger_of
from govnlp.learn.train import Learnt, fine_tune
from govnlp.model_files import model_path
from govnlp.prose.annotations import Annotated, Label, Mark, to_line
from govnlp.schema.text import Span

_SENTENCES = Path(__file__).with_name("loop_sentences.yaml")


class _Sheet(TypedDict):
    indicator: str
    taught: list[str]
    unseen: list[str]


class Found(NamedTuple):
    """What the loop did. Shares are of the unseen sentences, F1 of the passages kept for checking, in points."""

    taught: int
    unseen: int
    right_before: int
    right_after: int
    fixed: int
    kept_before: float
    kept_after: float
    seconds: float


def sentences() -> tuple[list[Annotated], list[Annotated]]:
    """The corrections and the sentences of the same kind that nobody corrected.

    >>> taught, unseen = sentences()
    >>> len(taught), len(unseen)
    (30, 15)
    """
    sheet = cast("_Sheet", yaml.safe_load(_SENTENCES.read_text("utf-8")))
    made = [[_annotated(one, sheet["indicator"]) for one in some] for some in (sheet["taught"], sheet["unseen"])]
    return made[0], made[1]


def _annotated(text: str, indicator: str) -> Annotated:
    before, _, rest = text.partition("{")
    figure, _, after = rest.partition("}")
    mark = Mark(Span(len(before), len(before) + len(figure)), "figure", (Label(indicator),))
    return Annotated(before + figure + after, (mark,), "overview", 2022)


def measure(folder: Path) -> Found:
    """Train on the corrections and compare the two models."""
    taught, unseen = sentences()
    base, file = model_path(), folder / "annotations.jsonl"
    file.write_text("".join(to_line(one) + "\n" for one in taught), "utf-8")
    start = time.perf_counter()
    learnt = fine_tune(file, base, folder / "model")
    seconds = time.perf_counter() - start
    before, after = (_right(unseen, one) for one in (base, folder / "model"))
    fixed = sum(now and not then for then, now in zip(before, after, strict=True))
    return Found(len(taught), len(unseen), sum(before), sum(after), fixed, *_kept(learnt), seconds)


def _right(passages: Sequence[Annotated], model: Path) -> list[bool]:
    """Of each passage whether it was read wholly right: each fact, and no other."""
    tagger = tagger_of(model)
    return [all(one.is_right for one in found.outcomes) for found in compared(passages, tagger)]


def _kept(learnt: Learnt) -> tuple[float, float]:
    if learnt.kept_before is None or learnt.kept_after is None:
        return 0.0, 0.0
    return 100 * learnt.kept_before.overall.f1, 100 * learnt.kept_after.overall.f1


def main() -> None:
    """Print what the loop did, as lines or as JSON."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--json", action="store_true")
    wanted = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        found = measure(Path(folder))
    if wanted.json:
        print(json.dumps(found._asdict(), ensure_ascii=False))
        return
    wrong = found.unseen - found.right_before
    print(f"{found.taught} corrections, learnt in {found.seconds:.0f} s")
    print(
        f"unseen sentences of the kind: {found.right_before} of {found.unseen} right before, {found.right_after} after"
    )
    print(f"fixed: {found.fixed} of the {wrong} that were wrong")
    print(
        f"elsewhere: F1 {found.kept_before:.2f} -> {found.kept_after:.2f} ({found.kept_after - found.kept_before:+.2f} points)"
    )


if __name__ == "__main__":
    main()
