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

from govnlp.errors import AnnotationError, FormatError, OptionError
from govnlp.learn.examples import Example, Marker, examples
from govnlp.learn.linear import FILE, Classes, Figure, Linear, Settings, learnt, read_classes, read_linear, write_linear
from govnlp.learn.measure import Measured, measured
from govnlp.learn.passages import compared
from govnlp.learn.taggers import Scorer, scorer_of, tagger_of
from govnlp.prose.annotations import Annotated, read_annotations, to_line
from govnlp.schema.indicators import indicators

CARD = "card.json"
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

    `unknown` counts figures of indicators that the base has no class for, `signs` statements of none and carried totals:
    neither is learnt by the linear model.
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
    classes, linear = read_classes(base), read_linear(base)
    new, old = examples(train), examples(replay)
    model = learnt(linear, _figures(new, old, classes, base, shares), settings or _settings(base), step)
    output.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=output.parent) as folder:
        made = Path(folder) / "model"
        _write(base, made, model, [*replay, *train], {"passages": len(train), "held_out": len(held)})
        found = _learnt(base, made, held, check)
        _check_output(output)
        made.replace(output)
    return replace(
        found, passages=len(train), replayed=len(replay), unknown=_unknown(new, classes),
        figures=_count(new, lambda one: one.kind == "figure"),
        signs=_count(new, lambda one: one.kind != "figure" and bool(one.labels)),
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


def _settings(base: Path) -> Settings:
    """As the card of the base says that its scores are mixed."""
    try:
        mixture = json.loads((base / CARD).read_text("utf-8"))["mixture"]
        share, encoder, alone = (float(mixture[name]) for name in ("linear", "encoder", "alone"))
        return Settings(share=share or 1.0, encoder=encoder, alone=alone or 1.0)
    except (OSError, ValueError, KeyError, TypeError):
        raise FormatError(
            f"{base / CARD} does not say how the model mixes its scores; take a whole model folder."
        ) from None


def _figures(new: list[Example], old: list[Example], classes: Classes, base: Path, shares: Shares) -> list[Figure]:
    """What to learn: the new figures and, so that nothing is forgotten, the old ones."""
    scorer = scorer_of(base)
    fresh, replayed = (_of(some, classes, scorer) for some in (new, old))
    weight = max(1.01, shares.new * len(replayed) / max(1, len(fresh)))
    return [*(replace(one, weight=weight) for one in fresh), *replayed]


def _of(found: Iterable[Example], classes: Classes, scorer: Scorer) -> list[Figure]:
    places = {name: place for place, name in enumerate(classes.figures)}
    made: list[Figure] = []
    for example in found:
        wanted = [one for one in example.markers if one.kind == "figure" and one.indicator in places]
        scores = scorer(example.window) if wanted else None
        for one in wanted:
            told = scores[one.place] if scores is not None and one.place < len(scores) else None
            made.append(Figure(one.hashes, places[one.indicator], encoder=told))
    return made


def _count(found: Iterable[Example], is_counted: Callable[[Marker], bool]) -> int:
    return sum(is_counted(one) for example in found for one in example.markers)


def _unknown(found: Iterable[Example], classes: Classes) -> dict[str, int]:
    names = (one.indicator for example in found for one in example.markers if one.kind == "figure")
    return dict(Counter(name for name in names if name in indicators() and name not in classes.figures))


def _write(base: Path, made: Path, model: Linear, replay: Iterable[Annotated], learnt_from: dict[str, int]) -> None:
    """A copy of the base with the new weights, which remembers what it learnt from and can be taught further."""
    shutil.copytree(base, made, ignore=shutil.ignore_patterns(FILE, REPLAY, CARD))
    write_linear(model, made)
    (made / REPLAY).write_text("".join(to_line(one) + "\n" for one in replay), "utf-8")
    card = json.loads((base / CARD).read_text("utf-8"))
    card["fine_tuned"] = [*card.get("fine_tuned", []), learnt_from]
    (made / CARD).write_text(json.dumps(card, ensure_ascii=False, indent=1) + "\n", "utf-8")


def _learnt(base: Path, made: Path, held: list[Annotated], check: list[Annotated]) -> Learnt:
    """Both models on what neither learnt from."""
    before, after = (measured(compared(held, tagger_of(one))) for one in (base, made))
    kept = [measured(compared(check, tagger_of(one))) for one in (base, made)] if check else [None, None]
    return Learnt(0, len(held), 0, 0, before, after, kept[0], kept[1], {}, 0)
