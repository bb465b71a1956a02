"""How right prose is read, part by part: `python -m benchmarks.accuracy [--write-docs]`.

The voices of the test split taught nothing and were read by no one who writes rules. A fact is right where its indicator
and its value are. Beside the parts alone and together: how sure facts say they are, and what more voices would give.
"""

from __future__ import annotations

import argparse
from collections.abc import Iterator, Sequence
from pathlib import Path
from random import Random
from typing import NamedTuple

from benchmarks.page import Place
from corpora.records import Passage
from corpora.voices import FOLDER, Voice, read_voices
from govnlp.model_files import model_path
from govnlp.prose.cascade import SURE, CascadeTagger
from govnlp.prose.mentions import Mention
from govnlp.prose.model import Mixture, ModelTagger
from govnlp.prose.rules import RuleTagger
from govnlp.prose.tagger import Passage as Read
from govnlp.prose.tagger import Tag, Tagger
from training.evaluate import Rate, error_of_confidence, facts, of, rate, read, tally, there
from training.examples import NOTHING, figure_label, labels_of, of_voices, parted
from training.linear import Rates, lessons, trained
from training.scores import flat

DOCS = Path(__file__).resolve().parents[1] / "docs"
PAGE, PLOT = DOCS / "accuracy.md", DOCS / "reliability.svg"
START, END = "<!-- measured: python -m benchmarks.accuracy --write-docs -->", "<!-- end of what was measured -->"
SECOND = FOLDER.parent / "second"
_SIZES = (5, 10, 20, 40)
_BINS = 10
_LEASTS = (0.5, 0.6, 0.7, 0.8, 0.9, 0.95)


class Part(NamedTuple):
    """A way to read, and how right it is: of all facts, of figures, of statements of none."""

    name: str
    rates: dict[str, Rate]


class Bin(NamedTuple):
    """Facts of about one confidence: their mean confidence, the share that is right, how many they are."""

    confidence: float
    right: float
    facts: int


class Point(NamedTuple):
    """The share of figures that the linear model names rightly after so many voices."""

    voices: int
    figures: float
    named: float


class FiguresOnly:
    """A tagger that leaves signs alone: the linear model knows none.

    >>> FiguresOnly(RuleTagger()).tag(Read(""), [])
    []
    """

    def __init__(self, tagger: Tagger) -> None:
        self.tagger = tagger

    def mentions(self, text: str) -> list[Mention]:
        """What the tagger judges."""
        return self.tagger.mentions(text)

    def tag(self, passage: Read, found: list[Mention]) -> list[Tag]:
        """The tags of the figures."""
        return [tag for tag in self.tagger.tag(passage, found) if found[tag.mention].kind == "figure"]


def parts(passages: list[Passage]) -> Iterator[Part]:
    """Every part alone, and all together as `extract` reads."""
    ways: list[tuple[str, Tagger]] = [
        ("exact rules alone", RuleTagger()),
        ("linear model alone (no statements of none)", FiguresOnly(_mixed(encoder=0.0))),
        ("encoder alone", _mixed(linear=0.0, sure=2.0)),
        ("encoder and linear model", _mixed()),
        ("rules, then model: as `extract` reads", CascadeTagger(_mixed())),
        ("the same with what is doubtful", CascadeTagger(_mixed(), sure=0.0)),
    ]
    for name, tagger in ways:
        yield Part(name, facts(passages, tagger))


def second(held: list[Voice]) -> Part:
    """The same passages as another reader marked them, without seeing the marks: how far any reader can get."""
    again = {(one.voice, one.text): one for one in of(read_voices(SECOND))}
    pairs = [(there(again[one.voice, one.text]), there(one)) for one in of(held)]
    kinds = {"all": (False, True), "figures": (False,), "none": (True,)}
    return Part(
        "a second reader, who did not see the marks",
        {
            name: rate([tally(*([fact for fact in told if fact.none in kind] for told in pair)) for pair in pairs])
            for name, kind in kinds.items()
        },
    )


def _mixed(**changed: float) -> ModelTagger:
    """The shipped model with its parts in other shares."""
    tagger = ModelTagger(model_path())
    tagger.mixture = Mixture(**(tagger.mixture | changed))  # type: ignore[typeddict-item]
    return tagger


def bins(passages: list[Passage], tagger: Tagger) -> list[Bin]:
    """How often facts are right, by the confidence that they bear."""
    pairs: list[tuple[float, bool]] = []
    for passage in passages:
        wanted = {one[:2] for one in there(passage)}
        pairs += [(one.confidence, one[:2] in wanted) for one in read(passage, tagger)]
    grouped = [[pair for pair in pairs if min(int(pair[0] * _BINS), _BINS - 1) == place] for place in range(_BINS)]
    return [_bin(some) for some in grouped if some]


def _bin(pairs: Sequence[tuple[float, bool]]) -> Bin:
    count = len(pairs)
    return Bin(sum(one for one, _ in pairs) / count, sum(right for _, right in pairs) / count, count)


def curve(train: list[Voice], watched: list[Voice], seed: int = 3) -> Iterator[Point]:
    """What more voices give the linear model, which learns in a minute; the encoder's curve has the same shape."""
    order = Random(seed).sample(train, len(train))
    found = of_voices(watched)
    told = [(figure_label(target), counts and target.kind == "figure") for target, counts in flat(found)]
    for size in (*(one for one in _SIZES if one < len(train)), len(train)):
        lesson = lessons(order[:size], Rates())
        labels = labels_of(lesson)
        best = trained(lesson, labels, Rates()).scores(found).argmax(1)
        right = [(labels.figures[at] == name, name) for at, (name, counts) in zip(best, told, strict=True) if counts]
        named = [one for one, name in right if name != NOTHING]
        yield Point(size, sum(one for one, _ in right) / len(right), sum(named) / len(named))


def report() -> Iterator[str]:
    """The page's part, line by line; writes the plot beside it."""
    train, validation, held = parted(read_voices())
    passages = of(held)
    yield f"{len(passages)} passages of {len(held)} voices; between: 95 of 100 draws of passages."
    yield ""
    yield "| read with | precision | recall | F1 | between | F1 of figures | F1 of statements of none |"
    yield "| --- | ---: | ---: | ---: | :---: | ---: | ---: |"
    yield from map(_row, [*parts(passages), second(held)])
    yield ""
    tagger = CascadeTagger(_mixed(), sure=0.0)
    found = bins(passages, tagger)
    PLOT.write_text(plot(found), "utf-8")
    error = error_of_confidence(passages, tagger)
    yield f"Confidence and the share that is right differ by {error:.3f} on the mean (expected calibration error)."
    yield ""
    yield "![Confidence of facts against the share that is right](reliability.svg)"
    yield ""
    yield f"How sure the model must be before it answers (`extract`: {SURE}), on the validation voices:"
    yield ""
    yield "| answers from | precision | recall | F1 |"
    yield "| ---: | ---: | ---: | ---: |"
    for least in _LEASTS:
        one = facts(of(validation), CascadeTagger(_mixed(), sure=least))["all"]
        yield f"| {least} | {one.precision:.3f} | {one.recall:.3f} | {one.f1:.3f} |"
    yield ""
    yield "| voices to learn from | figures right, linear model | figures of an indicator right |"
    yield "| ---: | ---: | ---: |"
    for point in curve(train, validation):
        yield f"| {point.voices} | {point.figures:.1%} | {point.named:.1%} |"


def _row(part: Part) -> str:
    every, figures, none = (part.rates[name] for name in ("all", "figures", "none"))
    shares = f"{every.precision:.3f} | {every.recall:.3f} | {every.f1:.3f} | {every.low:.3f}-{every.high:.3f}"
    return f"| {part.name} | {shares} | {figures.f1:.3f} | {none.f1:.3f} |"


def plot(found: list[Bin]) -> str:
    """The reliability plot as SVG: a dot for each bin, its area the number of facts; on the line all would be well.

    >>> plot([Bin(0.9, 0.92, 10)]).startswith("<svg")
    True
    """
    most = max(one.facts for one in found)
    dots = "".join(
        f'<circle cx="{40 + 300 * one.confidence:.1f}" cy="{320 - 300 * one.right:.1f}" r="{3 + 12 * (one.facts / most) ** 0.5:.1f}"'
        f' fill="#2a6f97" fill-opacity="0.7"><title>{one.facts}</title></circle>'
        for one in found
    )
    axes = '<path d="M40 20V320H340" fill="none" stroke="#888"/><path d="M40 320L340 20" stroke="#bbb" stroke-dasharray="4"/>'
    words = (
        '<text x="190" y="352" text-anchor="middle">confidence</text>'
        '<text x="14" y="170" text-anchor="middle" transform="rotate(-90 14 170)">share that is right</text>'
        '<text x="40" y="336">0</text><text x="330" y="336">1</text><text x="26" y="26">1</text>'
    )
    style = 'font-family="sans-serif" font-size="13" fill="#666"'
    return f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 360 360" width="360"><g {style}>{axes}{dots}{words}</g></svg>\n'


def main(arguments: list[str] | None = None) -> None:
    """Measure; print, or write into the documentation."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.accuracy", description=__doc__)
    parser.add_argument("--write-docs", action="store_true", help="write the tables into docs/accuracy.md")
    written = parser.parse_args(arguments).write_docs
    text = "\n".join(report())
    Place(PAGE, START, END).show(text, write=written)


if __name__ == "__main__":
    main()
