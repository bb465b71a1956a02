"""Fine-tuning: a model folder and a user's annotations in, a model folder out, with what was learnt and what was kept."""

from __future__ import annotations

import json
import shutil
import tempfile
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from zlib import crc32

from govnlp.errors import AnnotationError, OptionError
from govnlp.learn.calibrate import Sharpness
from govnlp.learn.examples import Example, Marker
from govnlp.learn.lesson import CARD, Weights, base_of, read_mixture, sharpened
from govnlp.learn.linear import FILE, Classes, Settings, write_linear
from govnlp.learn.measure import Measured, measured
from govnlp.learn.passages import compared
from govnlp.learn.patch import write_patch
from govnlp.learn.taggers import tagger_of
from govnlp.prose.annotations import Annotated, read_annotations, to_line
from govnlp.prose.memory import FILE as TAUGHT
from govnlp.prose.weights import PATCH
from govnlp.schema.indicators import indicators

# What the shipped model learnt from, to be learnt again beside what is new; and what it never learnt from.
REPLAY, CHECK = "replay.jsonl", "check.jsonl"
LEAST_PASSAGES = 10


@dataclass(frozen=True)
class Shares:
    """How annotations are used: `held_out` of them measure, and new figures together weigh `new` times the old ones."""

    held_out: float = 0.2
    new: float = 1.0


@dataclass(frozen=True)
class Learnt:
    """What fine-tuning did. The scores are of the annotations held out, and of passages that no model learnt from.

    `figures` and `signs` (statements of none and carried totals) taught, `others` counts those of another period or scope.
    Two things cannot be learnt: `unknown` counts marks of indicators that the base has no class for, `unfound` marks of
    words that no denial and no carried total is looked for in.
    """

    passages: int
    held_out: int
    replayed: int
    figures: int
    before: Measured
    after: Measured
    kept_before: Measured | None
    kept_after: Measured | None
    unknown: dict[str, int]
    signs: int
    others: int
    unfound: int


def fine_tune(
    annotations: Path, base: Path, output: Path, settings: Settings | None = None, shares: Shares | None = None,
    step: Callable[[], None] = lambda: None,
) -> Learnt:  # fmt: skip
    """Write to `output` a model that learnt from a file of annotations without forgetting what the base knows.

    `AnnotationError` names every line of the file that cannot be used, `MissingModelError` says that `base` is none,
    `OptionError` that `output` holds something. The base stays as it is.
    """
    _check_output(output)
    shares = shares or Shares()
    train, held = parted(_enough(read_annotations(annotations), annotations.name), shares.held_out)
    replay, check = _kept(base / REPLAY), _kept(base / CHECK)
    known = base_of(base, settings)
    new = known.read(train)
    weights = known.learnt(new, known.read(replay), shares.new, step)
    sharper = known.sharper(known.read(check), weights)
    output.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=output.parent) as folder:
        made = Path(folder) / "model"
        _write(base, made, weights, [*replay, *train])
        _note(made, {"passages": len(train), "held_out": len(held)}, sharper)
        _remember(made, train)
        found = _learnt(base, made, held, check)
        # What measured is remembered only now that it has measured.
        _remember(made, held)
        _check_output(output)
        made.replace(output)
    return replace(
        found, passages=len(train), replayed=len(replay), unknown=_unknown(new.examples, known.classes),
        figures=_count(new.examples, lambda one: one.kind == "figure"),
        signs=_count(new.examples, lambda one: one.kind != "figure" and bool(one.labels)),
        others=_count(new.examples, _is_other), unfound=_unfound(train, new.examples),
    )  # fmt: skip


def parted(passages: Sequence[Annotated], share: float) -> tuple[list[Annotated], list[Annotated]]:
    """The passages to learn from and those held out; the same text always lies on the same side.

    >>> some = [Annotated(f"收到{number}件", ()) for number in range(100)]
    >>> train, held = parted(some, 0.2)
    >>> len(train) + len(held), 10 < len(held) < 30
    (100, True)
    """
    order = sorted({one.text for one in passages}, key=lambda text: crc32(text.encode()))
    held = set(order[: max(1, round(len(order) * share))])
    return [one for one in passages if one.text not in held], [one for one in passages if one.text in held]


def _enough(found: list[Annotated], name: str) -> list[Annotated]:
    texts = len({one.text for one in found})
    if texts < LEAST_PASSAGES:
        raise AnnotationError(
            name, [f"only {texts} different passages: at least {LEAST_PASSAGES} are needed to learn and to measure"]
        )
    return found


def _check_output(output: Path) -> None:
    if output.exists() and (not output.is_dir() or any(output.iterdir())):
        raise OptionError(f"{output} exists already; name a new folder for the model.")


def _kept(path: Path) -> list[Annotated]:
    return read_annotations(path) if path.is_file() else []


def _count(found: Iterable[Example], is_counted: Callable[[Marker], bool]) -> int:
    return sum(is_counted(one) for example in found for one in example.markers)


def _is_other(one: Marker) -> bool:
    return any(label.period != "year" or label.scope != "own" for label in one.labels)


def _unknown(found: Iterable[Example], classes: Classes) -> dict[str, int]:
    """How many marks name indicators that their kind has no class for."""
    markers = [one for example in found for one in example.markers if one.labels]
    names = [
        label.indicator for one in markers for label in (one.labels[:1] if one.kind == "figure" else one.labels)
        if label.indicator not in (classes.figures if one.kind == "figure" else classes.signs)
    ]  # fmt: skip
    return dict(Counter(name for name in names if name in indicators()))


def _unfound(passages: Iterable[Annotated], found: Iterable[Example]) -> int:
    marks = sum(len(one.marks) for one in passages)
    return marks - _count(found, lambda one: bool(one.labels))


def _write(base: Path, made: Path, weights: Weights, replay: Iterable[Annotated]) -> None:
    """A copy of the base with the new weights, which remembers what it learnt from and can be taught further."""
    shutil.copytree(base, made, ignore=shutil.ignore_patterns(FILE, PATCH, REPLAY))
    write_linear(weights.linear, made)
    write_patch(weights.patch, made)
    (made / REPLAY).write_text("".join(to_line(one) + "\n" for one in replay), "utf-8")


def _note(made: Path, learnt_from: dict[str, int], sharper: Sharpness) -> None:
    """Tell the card what was learnt and how the scores are mixed now."""
    mixture = sharpened(read_mixture(made), sharper)
    card = json.loads((made / CARD).read_text("utf-8"))
    card["fine_tuned"] = [*card.get("fine_tuned", []), learnt_from]
    card["mixture"] = mixture
    (made / CARD).write_text(json.dumps(card, ensure_ascii=False, indent=1) + "\n", "utf-8")


def _remember(made: Path, passages: Iterable[Annotated]) -> None:
    """Sentences that people marked are read as they marked them (`govnlp.prose.memory`)."""
    with (made / TAUGHT).open("a", encoding="utf-8", newline="\n") as file:
        file.writelines(to_line(one) + "\n" for one in passages)


def _learnt(base: Path, made: Path, held: list[Annotated], check: list[Annotated]) -> Learnt:
    """Both models on what neither learnt from."""
    before, after = (measured(compared(held, tagger_of(one))) for one in (base, made))
    kept = [measured(compared(check, tagger_of(one))) for one in (base, made)] if check else [None, None]
    return Learnt(0, len(held), 0, 0, before, after, kept[0], kept[1], {}, 0, 0, 0)
