"""Paragraphs that lost their headings: the section of each by its words, its neighbours and the order of the forms.

Only what stands under no heading is divided: before the first one (all of a report that has none), and behind a table
that ended its section. A section with a heading is left as it is. Source: `paragraphs.yaml` beside this file.
"""

from __future__ import annotations

import math
import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import groupby, pairwise
from typing import NamedTuple, Protocol, TypedDict, cast, runtime_checkable

from govnlp.schema.document import Block, Document, Paragraph
from govnlp.schema.report import Section, SectionKind
from govnlp.schema.text import Span
from govnlp.segment.data import load
from govnlp.segment.wordings import LONGEST_HEADING, read_heading

# Fewer paragraphs than this are an introduction, and no report without headings.
LEAST_PARAGRAPHS = 3
_LONGEST_READ = 1200
_SHORTEST = 4
# No report has more paragraphs; a hostile page has.
_MOST_UNITS = 1000
_AROUND: tuple[SectionKind, ...] = ("header", "footer", "boilerplate")
_OPENING = 30
_NUMBER = re.compile(r"^[一二三四五六七八九十\d()、.\s]{1,8}")
# What a judge is believed at most: it was taught passages with figures, and a report has others.
_LEAST_CHANCE = 0.02


@runtime_checkable
class SectionJudge(Protocol):
    """Tells the section of a paragraph by its words, as a trained model does."""

    def sections(self, text: str) -> Mapping[SectionKind, float]:
        """The chance of each kind of section."""
        ...


class Unit(NamedTuple):
    """A paragraph whose section is asked for, or (`kind` given) something whose section is known: a table, a heading."""

    span: Span
    kind: SectionKind | None = None


class _Words(TypedDict):
    strong: str
    plain: str


class _Weights(TypedDict):
    strong: float
    plain: float
    opening: float
    most: float
    silent: float


class _Costs(TypedDict):
    forward: float
    skip: float
    back: float
    start: float
    aside: float


class _Data(TypedDict):
    weights: _Weights
    costs: _Costs
    order: list[SectionKind]
    words: dict[SectionKind, _Words]


@dataclass(frozen=True)
class Lexicon:
    """The compiled data file: words by kind, and what it costs that one kind follows another."""

    strong: Mapping[SectionKind, re.Pattern[str]]
    plain: Mapping[SectionKind, re.Pattern[str]]
    weights: _Weights
    order: tuple[SectionKind, ...]
    costs: Mapping[tuple[SectionKind, SectionKind], float]


def divided(
    document: Document, sections: Sequence[Section], tables: Collection[int], judge: SectionJudge | None
) -> list[Section]:
    """The sections, those that have no heading divided by what their paragraphs say.

    `tables` are the places where sections that are a table of the forms start. `judge` is asked beside the words.
    """
    bare = all(one.kind in _AROUND or not one.heading for one in sections)
    loose = [one for one in sections if _is_loose(one, tables, bare=bare)]
    behind = [one for before, one in pairwise(sections) if one in loose and before.span.start in tables]
    if len(_paragraphs(document, [one for one in loose if one not in behind])) < LEAST_PARAGRAPHS:
        loose = behind
    units = _units(document, sections, loose)
    if len(units) > _MOST_UNITS:
        return list(sections)
    kinds = _kinds(document, units, _closed(sections, loose, tables), judge)
    return [part for one in sections for part in (_parts(one, kinds) if one in loose else [one])]


def _is_loose(section: Section, tables: Collection[int], *, bare: bool) -> bool:
    """Prose that stands under no heading: before the first, or behind a table that ended its section.

    In a report without any heading what stands below the title is prose too.
    """
    if section.kind == "header":
        return bare
    return not section.heading and section.kind not in _AROUND and section.span.start not in tables


def _closed(sections: Sequence[Section], loose: Sequence[Section], tables: Collection[int]) -> set[SectionKind]:
    """The kinds that no loose paragraph is of: those with a heading, and those that are tables in the forms of 2019 on."""
    modern = {one.kind for one in sections if one.span.start in tables and one.kind != "appendix"}
    headed = {one.kind for one in sections if one not in loose and one.kind not in (*_AROUND, "appendix")}
    # Fees have no section in those forms.
    closed: set[SectionKind] = headed | {"fees"} if modern else headed
    return closed - {"overview"}


def _units(document: Document, sections: Sequence[Section], loose: Sequence[Section]) -> list[Unit]:
    """The paragraphs of the loose sections, and all other sections as what they are."""
    known = [Unit(one.span, one.kind) for one in sections if one not in loose]
    return sorted([*known, *_paragraphs(document, loose)], key=lambda one: one.span)


def _paragraphs(document: Document, sections: Sequence[Section]) -> list[Unit]:
    return [
        Unit(block.span) for section in sections for block in document.blocks
        if section.span.start + len(section.heading) <= block.span.start < section.span.end and _is_text(document, block)
    ]  # fmt: skip


def _is_text(document: Document, block: Block) -> bool:
    if not isinstance(block, Paragraph) or block.link:
        return False
    return len(document.cut(block.span).strip(" |\t\n")) >= _SHORTEST


def _kinds(
    document: Document, units: Sequence[Unit], closed: Collection[SectionKind], judge: SectionJudge | None
) -> dict[int, SectionKind]:
    """The kind of each asked paragraph by where it starts; one that is printed again has the kind of its first printing."""
    texts: dict[str, int] = {}
    for one in units:
        texts.setdefault(document.cut(one.span).strip(), one.span.start)
    once = [one for one in units if one.kind is not None or texts[document.cut(one.span).strip()] == one.span.start]
    rows = [_scores(document.cut(one.span), one.kind, judge) for one in once]
    open_ = [{kind: score for kind, score in row.items() if len(row) == 1 or kind not in closed} for row in rows]
    found = {one.span.start: kind for one, kind in zip(once, best_kinds(open_), strict=True)}
    asked = [one for one in units if one.kind is None]
    return {one.span.start: found[texts[document.cut(one.span).strip()]] for one in asked}


def _parts(section: Section, kinds: Mapping[int, SectionKind]) -> Iterator[Section]:
    """A loose section cut where the kind of its paragraphs changes; its first part keeps what heading it has."""
    inside = [(at, kind) for at, kind in kinds.items() if section.span.start <= at < section.span.end]
    if section.kind == "header" and section.heading:
        inside = [(section.span.start, "header"), *inside]
    runs = [(kind, next(run)[0]) for kind, run in groupby(inside, key=lambda one: one[1])]
    if not runs:
        yield section
        return
    stops = [*(at for _, at in runs[1:]), section.span.end]
    for place, ((kind, at), stop) in enumerate(zip(runs, stops, strict=True)):
        start, heading = (at, "") if place else (section.span.start, section.heading)
        yield section.model_copy(update={"kind": kind, "heading": heading, "span": Span(start, stop)})


Scores = Mapping[SectionKind, float]


def _scores(text: str, kind: SectionKind | None, judge: SectionJudge | None) -> Scores:
    if kind is not None:
        return {kind: 0.0}
    found = word_scores(text)
    if judge is None:
        return found
    chances = judge.sections(text[:_LONGEST_READ])
    return {name: score + math.log(max(_LEAST_CHANCE, chances.get(name, 0.0))) for name, score in found.items()}


def word_scores(text: str) -> dict[SectionKind, float]:
    """How much the words of a paragraph speak for each kind, in nats.

    >>> scores = word_scores("本年度未发生因政府信息公开引发的行政复议和行政诉讼。")
    >>> max(scores, key=scores.get)
    'remedies'
    """
    one, read = lexicon(), text[:_LONGEST_READ]
    scores = {kind: _weight(read, kind) for kind in one.order}
    scores["overview"] += one.weights["silent"]
    title = text.strip(" |\t\n")
    if len(title) <= LONGEST_HEADING:
        heading = read_heading(_NUMBER.sub("", title))
        if heading is not None and heading.kind is not None:
            scores[heading.kind] += heading.weight
    return scores


def _weight(text: str, kind: SectionKind) -> float:
    """What the words of a kind weigh together: a paragraph says at its beginning what it is about."""
    one = lexicon()
    found = 0.0
    for pattern, weight in ((one.strong[kind], one.weights["strong"]), (one.plain[kind], one.weights["plain"])):
        places: dict[str, int] = {}
        for match in pattern.finditer(text):
            places.setdefault(match[0], match.start())
        found += sum(weight * (one.weights["opening"] if at < _OPENING else 1.0) for at in places.values())
    return min(one.weights["most"], found)


def best_kinds(rows: Sequence[Scores]) -> list[SectionKind]:
    """The likeliest kinds of paragraphs in order, by their scores and by how sections follow each other (Viterbi).

    >>> best_kinds([{"overview": 1.0, "problems": 1.5}, {"proactive": 2.0, "overview": 0.0}])
    ['overview', 'proactive']
    """
    costs = lexicon().costs
    best: dict[SectionKind, float] = {"header": 0.0}
    links: list[dict[SectionKind, SectionKind]] = []
    for row in rows:
        link = {kind: min(best, key=lambda one, kind=kind: costs[one, kind] - best[one]) for kind in row}  # type: ignore[misc]
        best = {kind: best[before] - costs[before, kind] + row[kind] for kind, before in link.items()}
        links.append(link)
    if not links:
        return []
    chain = [max(best, key=best.__getitem__)]
    for link in links[:0:-1]:
        chain.append(link[chain[-1]])
    return chain[::-1]


@cache
def lexicon() -> Lexicon:
    """The data file, compiled once."""
    raw = cast("_Data", load("paragraphs.yaml"))
    listed = {kind: (words["strong"], words["plain"]) for kind, words in raw["words"].items()}
    strong, plain = (
        {kind: re.compile(words[place].replace(" ", "")) for kind, words in listed.items()} for place in range(2)
    )
    order = tuple(raw["order"])
    costs = {(one, other): _cost(order, raw["costs"], one, other) for one in order for other in order}
    return Lexicon(strong, plain, raw["weights"], order, costs)


def _cost(order: Sequence[SectionKind], costs: _Costs, one: SectionKind, other: SectionKind) -> float:
    steps = order.index(other) - order.index(one)
    if steps == 0:
        return 0.0
    if one == "header" and other != "overview":
        return costs["start"] + costs["skip"] * abs(steps)
    if steps > 0:
        return costs["forward"] + costs["skip"] * (steps - 1)
    return costs["aside"] if other == "overview" else costs["back"]
